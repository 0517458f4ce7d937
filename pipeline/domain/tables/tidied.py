"""A sheet as it is meant to be read: its characters legible, its merged cells filled."""

from collections import ChainMap, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.domain.tables.grid import Grid, cell_at
from pipeline.domain.values.cell import Value
from pipeline.domain.values.characters import is_ordinary, legible, radicals_in
from pipeline.domain.values.text import Cells

MOST_FILLED = 1_000_000
"""Cells that merged areas may fill; more are not an office's table."""
_TOGETHER = 100
"""Lines that are looked at together."""


def legible_grid(grid: Grid) -> Grid:
    """The sheet with each text made legible; a cell in which nothing was to be seen is blank.

    Rows in which nothing changes, by far the most, cost one look at the texts of all of them together.
    """
    rows = list(grid.rows)
    radicals: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for place, (number, cells) in _extraordinary(grid):
        rows[place] = (number, tuple(map(_legible_cell, cells)))
        for column, cell in enumerate(cells, 1):
            if isinstance(cell, str) and (found := radicals_in(cell)):
                radicals[column].append((number, found))
    return replace(
        grid, rows=tuple(rows), radicals={column: tuple(found) for column, found in radicals.items()}
    )


def _extraordinary(grid: Grid) -> Iterator[tuple[int, tuple[int, Cells]]]:
    """The lines in which something may change, each with its place."""
    for first in range(0, len(grid.rows), _TOGETHER):
        lines = grid.rows[first : first + _TOGETHER]
        if not _are_ordinary(lines):
            yield from (line for line in enumerate(lines, first) if not _are_ordinary([line[1]]))


def _are_ordinary(lines: Sequence[tuple[int, Cells]]) -> bool:
    return bool(is_ordinary("".join([cell for _, cells in lines for cell in cells if type(cell) is str])))


def _legible_cell(cell: Value) -> Value:
    return (legible(cell) or None) if isinstance(cell, str) else cell


def merged_filled(grid: Grid) -> Grid:
    """A sheet in which cells merged downwards all have the value that they share, and show the same."""
    tall = [area for area in grid.merged if area.bottom > area.top]
    if not tall:
        return grid
    lines = {number: list(cells) for number, cells in grid.rows}
    shown = {}
    filled = 0
    for area in tall:
        value = cell_at(tuple(lines.get(area.top, ())), area.left - 1)
        text = grid.shown.get((area.top, area.left))
        for number in range(area.top + 1, area.bottom + 1) if value is not None else ():
            cells = lines.get(number)
            filled += 1
            if filled > MOST_FILLED:
                return grid
            if cells is not None:
                cells.extend([None] * (area.left - len(cells)))
                cells[area.left - 1] = value
                if text is not None:
                    shown[number, area.left] = text
    rows = tuple((number, tuple(cells)) for number, cells in lines.items())
    if not shown:
        return replace(grid, rows=rows)
    return replace(grid, rows=rows, shown=ChainMap(shown, grid.shown))  # type: ignore[arg-type] # nobody writes to it
