"""Findings → a copy of the clerk's file in which he sees them: cells coloured, commented and listed.

``annotations``  what is listed, marked and commented; knows no format of file
``original``     the clerk's workbook, loaded with everything in it that openpyxl keeps
``retyped``      a new workbook with the values alone, for every other make of file
``marking``      the marks and the list, set over either
"""

from collections.abc import Sequence
from pathlib import Path

from pipeline.adapters.annotate.annotations import Annotations
from pipeline.domain.model import Problem
from pipeline.domain.tables.grid import Grid

MOST_CELLS = 400_000
"""Cells, the list's included, with which a copy is made; openpyxl holds them all in memory."""


def write_annotated(
    path: Path, data: bytes, grids: Sequence[Grid], problems: Sequence[Problem], notices: Sequence[Problem]
) -> None:
    """Write an .xlsx copy of one file: problems red, notices yellow, all of them on a first sheet 问题清单.

    An xlsx is copied as it is (formats, formulas, comments, charts), without macros and protection; rows, columns and
    sheets with findings are no longer hidden. Of anything else, and of what openpyxl cannot load or write, the values
    are copied; of a file of more than :data:`MOST_CELLS`, nothing: the list is all. The same input gives the same bytes.

    :param path: where to, with the suffix ``.xlsx``; in a private folder, since temporary files lie beside it.
    :param data: the content of the clerk's file.
    :param grids: its sheets as they were read; may be empty.
    :param problems: what is wrong in this file, in any order; ``seen`` masked, it is shown as it is.
    :param notices: what he should know about this file.
    :raises OSError: the disk refuses. What the file holds never makes it fail.
    """
    # openpyxl is slow to import, and rarely needed
    from pipeline.adapters.annotate.marking import write_list_alone, write_over, write_retyped  # noqa: PLC0415

    annotations = Annotations(grids, problems, notices)
    room = MOST_CELLS - annotations.list_cells
    if annotations.cells > room:
        write_list_alone(path, annotations)
    elif not write_over(path, data, annotations, room):
        write_retyped(path, grids, annotations)
