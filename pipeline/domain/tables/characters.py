"""The characters of a whole sheet made legible."""

from collections import defaultdict
from dataclasses import replace

from pipeline.domain.tables.grid import Grid
from pipeline.domain.values.cell import Value
from pipeline.domain.values.characters import _ORDINARY, _SIGNS, _read, legible


def legible_grid(grid: Grid) -> Grid:
    """The sheet with each text made legible; a cell in which nothing was to be seen is blank.

    Rows in which nothing changes, by far the most, cost one look at all their texts together.
    """
    rows = list(grid.rows)
    radicals: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for place, (number, cells) in enumerate(grid.rows):
        if not _ORDINARY.fullmatch("".join([cell for cell in cells if type(cell) is str])):
            rows[place] = (number, tuple(map(_legible_cell, cells)))
            for column, cell in enumerate(cells, 1):
                found = _radicals(cell)
                if found:
                    radicals[column].append((number, found))
    return replace(
        grid, rows=tuple(rows), radicals={column: tuple(found) for column, found in radicals.items()}
    )


def _legible_cell(cell: Value) -> Value:
    return (legible(cell) or None) if isinstance(cell, str) else cell


def _radicals(cell: Value) -> str:
    """The radicals and compatibility ideographs that a cell has."""
    if not isinstance(cell, str):
        return ""
    return "".join(match[0] for match in _SIGNS.finditer(cell) if _read(match) not in {"", match[0]})
