"""A sheet as it is, and as a table whose header has been understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.domain.model import Problem, Source
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.text import Cells


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells; rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as it is, before anybody has said what it means."""

    source: Source
    """File and sheet; a file without sheets (CSV) has None for it."""
    rows: tuple[tuple[int, tuple[Value, ...]], ...]
    """Row number from 1, and its cells from column A; wholly blank rows are left out."""
    merged: tuple[Area, ...] = ()
    """Merged cells. Their value stands in the top left one, the others are blank."""
    concealed: frozenset[int] = frozenset()
    """Numbers of the rows that are hidden or filtered away."""
    is_hidden: bool = False
    """Whether the sheet itself is hidden."""
    from_1904: bool = False
    """Whether a day's number counts from 1904 instead of 1900."""
    hidden_columns: frozenset[int] = frozenset()
    """Numbers of the columns that are hidden, or have no width; none beyond the widest row."""
    radicals: Mapping[int, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    """Column → its rows that had radicals or compatibility ideographs, and which; what is read has hanzi instead."""
    widths: tuple[int, ...] = ()
    """Of delimited text: how many fields each of the rows was written with, blank ones included; else empty."""
    faults: tuple[Problem, ...] = ()
    """Rows whose cells cannot be told apart for certain; they stand among the rows as far as they can be shown."""
    shown: Mapping[tuple[int, int], str | Unreadable] = field(default_factory=dict)
    """Row number and column, both from 1 → what the cell shows, where that is not its value's text."""
    struck: frozenset[int] = frozenset()
    """Numbers of the rows in which everything is struck out."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a recognised table."""

    source: Source
    """File, sheet and row."""
    cells: Mapping[str, Value]
    """Canonical field → what stands there."""
    total: str = ""
    """What a line of totals calls itself (合计, 汇总); empty for any other. A list has no such lines among its rows."""
    shown: Mapping[str, str | Unreadable] = field(default_factory=dict)
    """Field that gets on paper → what its cell shows, where that is not its value's text."""

    def printed(self, name: str) -> Value:
        """What is to be printed of a field: what its cell shows, as on the screen.

        Of a number of twelve digits that is 1.23457E+11, which nobody means.
        """
        value = self.shown[name] if name in self.shown else self.cells.get(name)
        if isinstance(value, int | float) and abs(value) >= 1e11:
            return Unreadable(f"{value:.0f}", "unclear-format")
        return value


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose header row said what it is."""

    kind: str
    """Name of its :class:`~pipeline.domain.tables.kinds.Kind`."""
    source: Source
    """File and sheet, and the header's row."""
    headers: Mapping[str, str]
    """Canonical field → the clerk's own header text."""
    rows: tuple[Row, ...]
    """The rows below the header; of a list without totals and footers."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Canonical field → the column's number, from 1."""
    from_1904: bool = False
    """Whether a day's number counts from 1904 instead of 1900."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Why a line of the sheet is no row (标题, 表头, 合计 …) → how many."""
    doubts: tuple[Problem, ...] = ()
    """Totals that do not agree with the rows; rows whose columns contradict each other."""
    remarks: tuple[Problem, ...] = ()
    """What is to be told of its columns."""
    faults: tuple[Problem, ...] = ()
    """Lines whose cells cannot be told apart; none of them is among the rows."""


def cell_at(cells: Cells, index: int) -> Value:
    """What stands in a column, from 0; None beyond the last that is filled."""
    return cells[index] if index < len(cells) else None
