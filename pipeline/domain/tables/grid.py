"""A sheet as it is, and as a table whose header has been understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import overload

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
    dressed: frozenset[int] | None = None
    """Numbers of the columns in which a cell may show another text than its value's; None where any may."""
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
        return _legible_number(self.shown[name] if name in self.shown else self.cells.get(name))


def _legible_number(value: Value) -> Value:
    if isinstance(value, int | float) and abs(value) >= 1e11:
        return Unreadable(f"{value:.0f}", "unclear-format")
    return value


_AS_HELD: Mapping[str, str | Unreadable] = {}


@dataclass(frozen=True, slots=True)
class Rows(Sequence[Row]):
    """Lines of sheets as rows of a table. A row is made when it is asked for, and a column without any."""

    grids: Sequence[Grid]
    """The sheet of each line."""
    lines: Sequence[tuple[int, Cells]]
    """Number and cells of each, as the sheet has them."""
    columns: Mapping[str, int]
    """Canonical field → column, from 0."""
    on_paper: Sequence[str]
    """Fields of which counts what a cell shows."""

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> "Rows": ...
    def __getitem__(self, place: int | slice) -> "Row | Rows":
        if isinstance(place, slice):
            return Rows(self.grids[place], self.lines[place], self.columns, self.on_paper)
        grid, (number, cells) = self.grids[place], self.lines[place]
        values = {name: cell_at(cells, index) for name, index in self.columns.items()}
        shown = shown_in(grid, number, self.on_paper, self.columns) if grid.shown else _AS_HELD
        return Row(Source(grid.source.file, grid.source.sheet, number), values, shown=shown)

    def at(self, places: Sequence[int]) -> "Rows":
        """Those at some places, in that order."""
        grids, lines = self.grids, self.lines
        return Rows(
            [grids[place] for place in places],
            [lines[place] for place in places],
            self.columns,
            self.on_paper,
        )

    def column(self, name: str) -> list[Value]:
        """What each row holds in a field."""
        index = self.columns.get(name)
        if index is None:
            return [None] * len(self.lines)
        return [cells[index] if index < len(cells) else None for _, cells in self.lines]

    def printed(self, name: str) -> list[Value]:
        """What is to be printed of a field in each row, as :meth:`Row.printed` says."""
        values, place = self.column(name), self.columns.get(name, -1) + 1
        if name in self.on_paper and self._is_dressed(place):
            for row, (grid, (number, _)) in enumerate(zip(self.grids, self.lines, strict=True)):
                if (text := grid.shown.get((number, place))) is not None:
                    values[row] = text
        return values if set(map(type, values)) <= _NO_NUMBERS else [*map(_legible_number, values)]

    def _is_dressed(self, place: int) -> bool:
        """Whether a column, from 1, may show other texts than its values' in any of the sheets."""
        grids = {id(grid): grid for grid in self.grids}.values()
        return any(grid.shown and (grid.dressed is None or place in grid.dressed) for grid in grids)

    def sources(self) -> list[Source]:
        """File, sheet and row of each."""
        return [
            Source(grid.source.file, grid.source.sheet, number)
            for grid, (number, _) in zip(self.grids, self.lines, strict=True)
        ]


_NO_NUMBERS = {str, type(None), datetime, Unreadable}


def column(rows: Sequence[Row], name: str) -> list[Value]:
    """What each row holds in a field; None where it has no such field."""
    return rows.column(name) if isinstance(rows, Rows) else [row.cells.get(name) for row in rows]


def printed(rows: Sequence[Row], name: str) -> list[Value]:
    """What is to be printed of a field in each row."""
    return rows.printed(name) if isinstance(rows, Rows) else [row.printed(name) for row in rows]


def sources(rows: Sequence[Row]) -> list[Source]:
    """Where each row stands."""
    return rows.sources() if isinstance(rows, Rows) else [row.source for row in rows]


def at(rows: Sequence[Row], places: Sequence[int]) -> Sequence[Row]:
    """The rows at some places, in that order."""
    return rows.at(places) if isinstance(rows, Rows) else tuple(rows[place] for place in places)


def shown_in(
    grid: Grid, number: int, fields: Sequence[str], columns: Mapping[str, int]
) -> Mapping[str, str | Unreadable]:
    """What a row's cells show otherwise than they hold, by field.

    :param columns: field → column, from 0.
    """
    shown = {}
    for name in fields:
        column = columns.get(name)
        if column is not None and (text := grid.shown.get((number, column + 1))) is not None:
            shown[name] = text
    return shown or _AS_HELD


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose header row said what it is."""

    kind: str
    """Name of its :class:`~pipeline.domain.tables.kinds.Kind`."""
    source: Source
    """File and sheet, and the header's row."""
    headers: Mapping[str, str]
    """Canonical field → the clerk's own header text."""
    rows: Sequence[Row]
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
