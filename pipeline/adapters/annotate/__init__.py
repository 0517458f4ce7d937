"""Findings → a copy of the clerk's file in which he sees them: cells coloured, commented and listed.

``findings``  what is listed, marked and commented; knows no format of file
``over``      a copy of an xlsx with everything in it that openpyxl keeps
``fresh``     a new workbook with the values alone, for every other make of file
"""

from collections.abc import Sequence
from pathlib import Path

from pipeline.adapters.annotate.findings import Findings
from pipeline.adapters.annotate.fresh import write_fresh
from pipeline.domain.model import Problem
from pipeline.domain.tables.grid import Grid


def write_annotated(
    path: Path, data: bytes, grids: Sequence[Grid], problems: Sequence[Problem], notices: Sequence[Problem]
) -> None:
    """Write an .xlsx copy of one file: problems red, notices yellow, all of them on a first sheet 问题清单.

    An xlsx of bearable size is copied as it is (formats, formulas, comments, charts), without macros and protection;
    rows, columns and sheets with findings are no longer hidden. Of anything else, and of what openpyxl cannot load or
    write, the values are copied. The same input gives the same bytes.

    :param path: where to, with the suffix ``.xlsx``; in a private folder, since temporary files lie beside it.
    :param data: the content of the clerk's file.
    :param grids: its sheets as they were read; may be empty.
    :param problems: what is wrong in this file, in any order; ``seen`` masked, it is shown as it is.
    :param notices: what he should know about this file.
    :raises OSError: the disk refuses. What the file holds never makes it fail.
    """
    from pipeline.adapters.annotate.over import write_over  # noqa: PLC0415 - openpyxl is slow to import, and rarely needed

    findings = Findings(grids, problems, notices)
    if not write_over(path, data, findings):
        write_fresh(path, grids, findings)
