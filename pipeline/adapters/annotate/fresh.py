"""A new workbook with the values of any make of file, and the findings set over them; memory stays flat."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.adapters.annotate.copied import written
from pipeline.adapters.annotate.findings import Findings, Mark
from pipeline.adapters.annotate.layout import (
    AUTHOR,
    BODY_FONT,
    COLUMNS,
    HEAD_COLOUR,
    HEAD_FONT,
    HEADERS,
    LINK_COLOUR,
    LINK_COLUMN,
    LIST,
    MARGIN,
    RED,
    ROW_HEIGHT,
    ROWS,
    TITLE_FONT,
    YELLOW,
    Cell,
    comment_size,
    link,
    sheet_title,
    width,
)
from pipeline.domain.tables.grid import Area, Grid
from pipeline.domain.values.cell import Unreadable, Value

_REMARK = "这份是按内容重抄的，没有原来的格式和公式；隐藏的行也抄出来了。"
_TOO_BIG = "表太大，第 1048576 行以下或第 16384 列以右的抄不下。"
_MOST_OPEN = 200
"""Sheets that may each have a temporary file open."""
_SAMPLE = 200
"""Rows by which a column's width is chosen."""


def write_fresh(path: Path, grids: Sequence[Grid], findings: Findings) -> None:
    """Write the grids' values in their places and the findings over them.

    :raises OSError: the disk refuses.
    """
    # Its temporary files hold what the table holds, so they stay in the same private folder.
    flat = len(grids) < _MOST_OPEN
    book = xlsxwriter.Workbook(
        path, {"constant_memory": flat, "tmpdir": str(path.parent), "remove_timezone": True}
    )
    book.use_zip64()
    book.set_properties({"created": datetime(1980, 1, 1)})  # noqa: DTZ001 - as the parts' times
    taken: set[str] = set()
    named = [(grid, sheet_title(grid.source.sheet, taken)) for grid in grids]
    titles: dict[str | None, str] = {}
    areas: dict[str | None, Sequence[Area]] = {}
    for grid, title in named:
        titles.setdefault(grid.source.sheet, title)
        areas.setdefault(grid.source.sheet, grid.merged)
    marks = findings.marks(areas)
    _list(book, sheet_title(LIST, taken), findings, titles, any(map(_is_cut, grids)))
    for grid, title in named:
        _Copy(book, title).fill(grid, marks.pop(grid.source.sheet, {}))
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as fault:
        raise OSError(str(fault)) from fault


def _list(book: Any, name: str, findings: Findings, titles: Mapping[str | None, str], is_cut: bool) -> None:
    sheet = book.add_worksheet(name)
    base = {"font_name": BODY_FONT, "font_size": 11}
    box = {**base, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    centred, left = book.add_format(box), book.add_format({**box, "align": "left", "indent": 1})
    styles = [*[centred] * (LINK_COLUMN + 1), left, left]
    linked = book.add_format({**box, "font_color": f"#{LINK_COLOUR}", "underline": 1})
    levels = {colour: book.add_format({**box, "bg_color": f"#{colour}"}) for colour in (RED, YELLOW)}
    for column, (_, room) in enumerate(HEADERS):
        sheet.set_column(column, column, room)
    sheet.set_default_row(ROW_HEIGHT)
    sheet.set_row(0, 36)
    title = {"font_name": TITLE_FONT, "font_size": 18, "valign": "vcenter"}
    sheet.write_string(0, 0, f"{LIST}：{findings.file}", book.add_format(title))
    remarks = findings.remarks(_REMARK, *([_TOO_BIG] if is_cut else []))
    for row, remark in enumerate(remarks, 1):
        sheet.write_string(row, 0, remark, book.add_format(base))
    head = row = len(remarks) + 1
    heading = book.add_format({**box, "font_name": HEAD_FONT, "bg_color": f"#{HEAD_COLOUR}"})
    for column, (header, _) in enumerate(HEADERS):
        sheet.write_string(head, column, header, heading)
    for row, line in enumerate(findings.lines(titles), head + 1):
        height = line.height
        if height != ROW_HEIGHT:
            sheet.set_row(row, height)
        styles[1], styles[LINK_COLUMN - 1] = levels[line.colour], centred
        if line.sheet is not None:
            styles[LINK_COLUMN - 1] = linked
            sheet.write_url(row, LINK_COLUMN - 1, f"internal:{link(line.sheet, line.cell)}", linked, " ")
        for column, (value, style) in enumerate(zip(line.cells, styles, strict=True)):
            _write(sheet, row, column, value, style)
    sheet.freeze_panes(head + 1, 0)
    sheet.autofilter(head, 0, row, len(HEADERS) - 1)
    sheet.repeat_rows(head, head)
    sheet.set_margins(left=MARGIN, right=MARGIN)
    _print_set_up(sheet)


def _print_set_up(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页 共 &N 页")


class _Copy:
    """A sheet of the copy."""

    def __init__(self, book: Any, title: str) -> None:
        self._book = book
        self._sheet = book.add_worksheet(title)
        self._formats: dict[tuple[str, str, bool], Any] = {}

    def fill(self, grid: Grid, marks: Mapping[Cell, Mark]) -> None:
        """Write a grid's cells row by row, each with its mark."""
        by_row: dict[int, dict[int, Mark]] = {}
        for (row, column), mark in marks.items():
            by_row.setdefault(row, {})[column] = mark
        widths: dict[int, int] = {}
        self._grid = grid
        last = widest = 0
        for count, (row, cells) in enumerate(_rows(grid, by_row)):
            marked = by_row.get(row, {})
            if not marked and all(value is None for value in cells):
                continue
            # The row before is written now. XlsxWriter would try all columns up to the widest so far: one stray
            # cell in column XFD, and it crawls.
            self._sheet.dim_colmax = last
            last = max(len(cells), *marked, 1) - 1
            widest = max(widest, last)
            for column, value in enumerate(cells[:COLUMNS], 1):
                if value is not None and column not in marked:
                    self._put(row, column, value, "")
                if count < _SAMPLE and value is not None:
                    widths[column] = max(widths.get(column, 0), _wide(value))
            for column, mark in sorted(marked.items()):
                self._put(row, column, cells[column - 1] if column <= len(cells) else None, mark.colour)
                self._comment(row, column, mark)
        self._sheet.dim_colmax = min(widest, COLUMNS - 1)
        # merge_range would write the cells, those of earlier rows too, which are on the disk already
        self._sheet.merge.extend(
            [each.top - 1, each.left - 1, each.bottom - 1, each.right - 1] for each in _apart(grid.merged)
        )
        for column, signs in widths.items():
            self._sheet.set_column(column - 1, column - 1, min(max(signs + 2, 8), 40))
        if grid.is_hidden and not marks:
            self._sheet.hide()
        _print_set_up(self._sheet)

    def _put(self, row: int, column: int, value: Value, colour: str) -> None:
        seen = self._grid.shown.get((row, column)) if self._grid.shown else None
        shown, style = written(value, seen)
        is_struck = row in self._grid.struck or (isinstance(seen, Unreadable) and seen.code == "struck-text")
        form = self._formats.get((style, colour, is_struck))
        if form is None:
            look = {
                "num_format": style,
                "valign": "vcenter",
                "font_strikeout": is_struck,
                **({"bg_color": f"#{colour}"} if colour else {}),
            }
            form = self._formats[style, colour, is_struck] = self._book.add_format(look)
        _write(self._sheet, row - 1, column - 1, shown, form)

    def _comment(self, row: int, column: int, mark: Mark) -> None:
        if mark.comment:
            across, down = comment_size(mark.comment)
            look = {"author": AUTHOR, "width": across, "height": down, "font_size": 9}
            self._sheet.write_comment(row - 1, column - 1, mark.comment, look)


def _rows(grid: Grid, marked: Mapping[int, object]) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """The grid's rows and the blank ones that are marked, as many as a sheet has."""
    blank = set(marked).difference(number for number, _ in grid.rows)
    rows = sorted([*grid.rows, *((number, ()) for number in blank)], key=lambda row: row[0])
    return (row for row in rows if 0 < row[0] <= ROWS)


def _write(sheet: Any, row: int, column: int, value: object, form: object) -> None:
    """Write a value as what it is; row and column from 0."""
    if isinstance(value, str) and value:
        if value.startswith("<r>"):  # XlsxWriter would take it for XML of its own
            value += " "
        sheet.write_string(row, column, value, form)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, form)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, form)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, form)
    else:
        sheet.write_blank(row, column, None, form)


def _wide(value: Value) -> int:
    text = value.date().isoformat() if isinstance(value, datetime) else str(value)
    return max(width(line, 40) for line in text.split("\n"))


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


def _is_cut(grid: Grid) -> bool:
    return any(number > ROWS or len(cells) > COLUMNS for number, cells in grid.rows)
