"""Sheets read as tables, for tests of what reads them."""

from collections.abc import Sequence

from pipeline.domain.model import Problem
from pipeline.domain.records.kinds import KINDS
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.tables.headers import Unclear, header_of
from pipeline.domain.tables.rows import table_of


def recognise(grid: Grid, pages: Sequence[Grid] = ()) -> Table | Problem:
    """The table that a sheet holds, or why it is none.

    :param pages: sheets without a header with which the table goes on.
    """
    header = header_of(grid, KINDS)
    return header.problem if isinstance(header, Unclear) else table_of(header, pages)
