"""What a cell of a registration export says that is only compared: nothing is told of it."""

import sys

from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.text import text_of

NOTHING = frozenset((
    "", "无", "暂无", "/", "//", "／", "\\", "-", "--", "－", "—", "——", "null", "NULL", "0000-00-00", "0000-00-00 00:00:00",
))  # fmt: skip
"""What exports and clerks write where there is nothing to say."""


def says_nothing(value: Value) -> bool:
    """Whether a cell is empty, or says in words that there is nothing."""
    return value is None or (isinstance(value, str) and value.strip() in NOTHING)


def said(row: Row, name: str) -> str:
    """A field's text; empty where it says nothing or cannot be read."""
    value = row.cells.get(name)
    if value is None:
        return ""
    return "" if isinstance(value, Unreadable) or says_nothing(value) else text_of(value)


def shared(row: Row, name: str) -> str:
    """A field's text, of which equal ones are kept once: there are few of them in many rows."""
    return sys.intern(said(row, name)) if row.cells.get(name) is not None else ""


def column_of(table: Table, *names: str) -> str:
    """The first of these fields that a table has."""
    return next((name for name in names if name in table.headers), names[0])
