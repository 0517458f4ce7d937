"""A new workbook with the values of any make of file, each in its place."""

from collections.abc import Iterator, Sequence

from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.adapters.annotate.layout import COLUMNS, ROWS, sheet_title, width
from pipeline.adapters.annotate.sheet import put, set_up_print
from pipeline.adapters.annotate.values import written
from pipeline.domain.tables.grid import Area, Grid
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.text import letters

_SAMPLE = 200
"""Rows by which a column's width is chosen."""


def retyped(grids: Sequence[Grid]) -> tuple[Workbook, dict[str | None, Worksheet]]:
    """A workbook of the grids' values, and its sheets by the names that findings give them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    taken: set[str] = set()
    sheets: dict[str | None, Worksheet] = {}
    for grid in grids:
        sheet = book.create_sheet(sheet_title(grid.source.sheet, taken))
        sheets.setdefault(grid.source.sheet, sheet)
        _fill(sheet, grid)
    return book, sheets


def is_cut(grid: Grid) -> bool:
    """Whether a grid has cells beyond the last row or column of a sheet."""
    return any(number > ROWS or len(cells) > COLUMNS for number, cells in grid.rows)


def _fill(sheet: Worksheet, grid: Grid) -> None:
    for row, cells in grid.rows:
        if 0 < row <= ROWS:
            for column, value in enumerate(cells[:COLUMNS], 1):
                if value is not None and value != "":
                    _write(sheet, row, column, value, grid)
    for letter, signs in _widths(grid):
        sheet.column_dimensions[letter].width = min(max(signs + 2, 8), 40)
    areas = (CellRange(None, each.left, each.top, each.right, each.bottom) for each in _apart(grid.merged))
    # merge_cells would make an object of every cell in an area
    sheet.merged_cells.ranges.update(areas)
    if grid.is_hidden:
        sheet.sheet_state = "hidden"
    set_up_print(sheet)


def _write(sheet: Worksheet, row: int, column: int, value: Value, grid: Grid) -> None:
    seen = grid.shown.get((row, column)) if grid.shown else None
    shown, form = written(value, seen)
    cell = put(sheet, row, column, shown)
    if form != "General":
        cell.number_format = form
    if row in grid.struck or (isinstance(seen, Unreadable) and seen.code == "struck-text"):
        cell.font = Font(strike=True)


def _widths(grid: Grid) -> Iterator[tuple[str, int]]:
    """Columns by their letters, each with its widest text in characters."""
    widths: dict[int, int] = {}
    for _, cells in grid.rows[:_SAMPLE]:
        for column, value in enumerate(cells[:COLUMNS], 1):
            if value is not None:
                widths[column] = max(widths.get(column, 0), _wide(value))
    return ((letters(column), signs) for column, signs in widths.items())


def _wide(value: Value) -> int:
    return max(width(line, 40) for line in str(value).removesuffix(" 00:00:00").split("\n"))


def _apart(areas: Sequence[Area]) -> Iterator[Area]:
    """Areas that a sheet can hold: of several cells, in bounds, none over another."""
    open_areas: list[Area] = []
    for area in sorted(areas, key=lambda each: (each.top, each.left)):
        open_areas = [each for each in open_areas if each.bottom >= area.top]
        is_sound = 0 < area.top <= area.bottom <= ROWS and 0 < area.left <= area.right <= COLUMNS
        is_one = (area.top, area.left) == (area.bottom, area.right)
        if is_sound and not is_one and all(e.right < area.left or e.left > area.right for e in open_areas):
            open_areas.append(area)
            yield area
