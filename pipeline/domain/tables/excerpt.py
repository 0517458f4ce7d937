"""A table's own rows around what was found in it, as the clerk sees them, with ID numbers and phones masked."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.domain.model import Problem, Source
from pipeline.domain.tables.findings import as_shown
from pipeline.domain.tables.grid import Grid, Table, cell_at
from pipeline.domain.values.text import Cells

MOST_COLUMNS, MOST_SIGNS = 40, 80
"""Columns that are shown, and signs of a cell."""
MOST_ROWS = 2_000
"""Rows of a sheet that are shown; of what was found beyond, none."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some rows of a sheet."""

    source: Source
    """File and sheet, and the header's row where it has one."""
    columns: Mapping[int, str]
    """Number of each column that is shown, from 1 → what the header says above it; empty where there is no header."""
    rows: Mapping[int, tuple[str, ...]]
    """Row number → the cells' texts, in the order of the columns."""
    around: Mapping[int | None, tuple[int, ...]]
    """Row of something found (None: in the sheet as a whole) → the rows to be shown with it, in order."""


def excerpts(
    grids: Iterable[Grid], heads: Mapping[str | None, Table], found: Sequence[Problem], reach: int
) -> Iterator[Excerpt]:
    """Of each sheet in which something was found, the rows around it.

    :param heads: sheet → its table without the rows, where it is one.
    :param found: what was found in the file; what comes first has its rows first.
    :param reach: rows that are not blank to be shown above and below; of a sheet as a whole, from its top.
    """
    for grid in grids:
        own = [each for each in found if each.source.sheet == grid.source.sheet]
        if own and grid.rows:
            yield _excerpt(grid, heads.get(grid.source.sheet), own, reach)


def _excerpt(grid: Grid, head: Table | None, found: Sequence[Problem], reach: int) -> Excerpt:
    numbers = [number for number, _ in grid.rows]
    around: dict[int | None, tuple[int, ...]] = {}
    wanted: set[int] = set()
    for row in dict.fromkeys(each.source.row for each in found):
        here = bisect_left(numbers, row or 0)
        near = tuple(numbers[max(here - reach, 0) : here + reach + 1])
        if len(wanted | set(near)) <= MOST_ROWS:
            wanted |= set(near)
            around[row] = near
    there = {number: cells for number, cells in grid.rows if number in wanted}
    places = _columns(head, found, there.values())
    fields = {place: name for name, place in head.places.items()} if head else {}
    rows = {
        number: tuple(_text(grid, number, cells, place, fields.get(place, "")) for place in places)
        for number, cells in there.items()
    }
    return Excerpt(*_headed(grid, head, places), rows, around)


def _columns(head: Table | None, found: Sequence[Problem], rows: Iterable[Cells]) -> Sequence[int]:
    """Numbers of the columns that are shown: those in which something was found before those that are read, then others."""
    widest = max(map(len, rows), default=0)
    faulty = [each.place for each in found if each.place]
    read = sorted(head.places.values()) if head else []
    return sorted([*dict.fromkeys([*faulty, *read, *range(1, widest + 1)])][:MOST_COLUMNS])


def _headed(grid: Grid, head: Table | None, places: Sequence[int]) -> tuple[Source, dict[int, str]]:
    """The header's place, and what it says above each column; of a sheet that goes on with another's table, its words."""
    if head is None:
        return grid.source, dict.fromkeys(places, "")
    row = head.source.row if head.source.sheet == grid.source.sheet else None
    cells = next((cells for number, cells in grid.rows if number == row), ())
    words = {place: head.headers[name] for name, place in head.places.items()}
    said = {place: words.get(place) or _text(grid, row or 0, cells, place, "") for place in places}
    return Source(grid.source.file, grid.source.sheet, row), said


def _text(grid: Grid, number: int, cells: Cells, place: int, name: str) -> str:
    seen = grid.shown.get((number, place))
    text = as_shown(name, cell_at(cells, place - 1) if seen is None else seen)
    return text if len(text) <= MOST_SIGNS else f"{text[: MOST_SIGNS - 1]}…"
