"""Tables → workbooks that a clerk can filter and print, the same bytes for the same content."""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

from pipeline.adapters.workbook.plain_rows import PlainRows
from pipeline.domain.documents import Cell, Column, Formula, Worksheet

_LINE_PT, _HIGHEST_PT = 15, 405
"""A line of text, and the highest row of whole lines that a workbook takes."""
_FORM_ROW_PT = 33
"""Two lines: headings that break, and room to write in."""
_DENSE_ROW_PT = 21
_COPIED = 1 << 20
_AT_ONCE = 500
"""Rows that are written together."""
_WIDE = re.compile("[\u4e00-\u9fff，。、：；（）“”！？…]+")
"""Signs that are two characters wide, and nearly all that are."""
_LOCKED = "EDEDED"
"""Colour of cells that are computed, where others are to be filled in."""
_OVER, _OVER_TEXT = "D9D9D9", "595959"
"""Colours of a row that is over."""
_SHOWN = ("@", "0", "0.0%", "0.00", "General", "0.0")
"""Number formats: text, whole numbers, rates, points, amounts with their own decimals, decimals with one place."""
_ALLOWED = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}
"""What may be done on a locked sheet besides; no password, as it guards against slips and nobody else."""


class _Sheet(xlsxwriter.worksheet.Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet whose rows go from the file in which they wait into the sheet's own as they stand, not sign by sign."""

    def _write_optimized_sheet_data(self) -> None:
        if self.dim_rowmin is None:
            super()._write_optimized_sheet_data()
            return
        self._xml_start_tag("sheetData")
        for file in (self.row_data_fh, self.fh):
            file.flush()
        self.row_data_fh.buffer.seek(0)
        copyfileobj(self.row_data_fh.buffer, self.fh.buffer, _COPIED)
        self.row_data_fh.close()
        Path(self.row_data_filename).unlink()
        self._xml_end_tag("sheetData")


def write_table(
    path: Path, title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], at: datetime
) -> None:
    """A workbook of one table, named as its title is.

    :raises OSError: the disk refuses.
    """
    write_tables(path, [Worksheet(re.sub(r"[\[\]:*?/\\']", "", title)[:31], title, columns, rows)], at)


def write_tables(path: Path, sheets: Sequence[Worksheet], at: datetime) -> None:
    """A4 landscape, a title, the header frozen on screen and repeated on each page; memory flat.

    :param at: when the workbook says that it was made.
    :raises OSError: the disk refuses.
    """
    # Its temporary files hold what the table holds, so they stay in the same private folder.
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    book = xlsxwriter.Workbook(path, options)
    book.set_properties({"title": sheets[0].title, "created": at.replace(tzinfo=None)})
    for sheet in sheets:
        _write(book, sheet)
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as fault:
        raise OSError(str(fault)) from fault


def _write(book: Any, table: Worksheet) -> None:
    box = {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    head = book.add_format({**box, "num_format": "@", "font_name": "黑体", "font_size": 11})
    body = {**box, "font_name": "仿宋_GB2312", "font_size": 11}
    is_form = any(column.is_open for column in table.columns)
    locked = {"bg_color": _LOCKED} if is_form else {}
    formats = [book.add_format({**body, **locked, "num_format": shown}) for shown in _SHOWN]
    open_formats = (
        [book.add_format({**body, "num_format": "@", "locked": False})] * len(_SHOWN) if is_form else []
    )
    grey = {"bg_color": _OVER, "font_color": _OVER_TEXT}
    faded = [book.add_format({**body, **grey, "num_format": shown}) for shown in _SHOWN if table.faded]
    sheet = book.add_worksheet(table.name, _Sheet)
    if is_form:
        sheet.protect("", _ALLOWED)
        sheet.set_default_row(_FORM_ROW_PT)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(table.pages_wide, 0)
    sheet.repeat_rows(0, 1)
    if table.pages_wide > 1:
        sheet.repeat_columns(0, table.fixed - 1)
        sheet.print_across()
    if table.is_dense:
        sheet.set_margins(left=0.35, right=0.35, top=0.5, bottom=0.6)
        sheet.set_default_row(_DENSE_ROW_PT)
    sheet.freeze_panes(2, table.fixed)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width)
    sheet.set_row(0, 30)
    title = book.add_format({"font_name": "方正小标宋简体", "font_size": 18, "valign": "vcenter"})
    is_wide = (
        table.pages_wide > 1
    )  # fixed columns stand on each page, where a title over them would be cut off
    if is_wide:
        sheet.set_header("&R" + table.title.replace("&", "&&"), {"margin": 0.25})
    sheet.write_string(0, table.fixed if is_wide else 0, table.title, title)
    sheet.write_row(1, 0, [column.header for column in table.columns], head)
    long = [place for place, column in enumerate(table.columns) if column.is_long]
    lines = max(_lines(column.header, column.width) for column in table.columns)
    if long and lines > 1:  # other tables are made again as they were, byte for byte
        sheet.set_row(1, _height_pt(lines, is_dense=table.is_dense))
    count = _write_rows(sheet, table, (formats, open_formats, faded), long)
    sheet.autofilter(1, 0, count, len(table.columns) - 1)


def _write_rows(
    sheet: Any, table: Worksheet, all_formats: Sequence[Sequence[Any]], long: Sequence[int]
) -> int:
    """Write what stands below the header; the number of the last row, from 0.

    :param all_formats: of cells in general, of those to be filled in, and of rows that are over; none of the latter where
        there are none.
    :param long: places of columns whose texts may take several lines.
    """
    formats, open_formats, faded = all_formats
    plain = None if open_formats or faded else PlainRows(sheet, formats[0], formats[1], len(table.columns))
    first, rows = 2, iter(table.rows)
    while some := list(islice(rows, _AT_ONCE)):
        heights = [_height_of(row, table, long) for row in some] if long else [None] * len(some)
        is_put = plain and plain.put(first, some, heights)
        for count, (row, height) in () if is_put else enumerate(zip(some, heights, strict=True), first):
            if plain and plain.put(count, [row], [height]):
                continue
            if height:
                sheet.set_row(count, height)
            of_row = faded if count - 2 in table.faded else formats
            for number, cell in enumerate(row):
                column = table.columns[number]
                _put(sheet, (count, number), cell, open_formats if column.is_open else of_row, column.places)
        first += len(some)
    return first - 1


@cache
def _width(sign: str) -> int:
    return 2 if east_asian_width(sign) in "WFA" else 1


def _lines(cell: Cell, width: float) -> int:
    """How many lines a text takes in a column: a hanzi is two characters wide, and a word may not fit the rest of a line."""
    text, room = cell if isinstance(cell, str) else "", width - 2
    if 2 * len(text) <= room:  # most do not, and to look at each sign takes long
        return bool(text)
    rest = _WIDE.sub("", text)
    return math.ceil((2 * (len(text) - len(rest)) + sum(map(_width, rest))) / room)


def _height_of(row: Sequence[Cell], table: Worksheet, long: Sequence[int]) -> int | None:
    """Of a row, in points; None for the sheet's own."""
    lines = max(_lines(row[place], table.columns[place].width) for place in long)
    return _height_pt(lines, is_dense=table.is_dense) if lines > 1 else None


def _height_pt(lines: int, *, is_dense: bool) -> int:
    return min(lines * _LINE_PT + (_DENSE_ROW_PT - _LINE_PT if is_dense else 0), _HIGHEST_PT)


def _put(sheet: Any, place: tuple[int, int], cell: Cell, formats: Sequence[Any], places: int) -> None:
    row, column = place
    text, number, percent, points, amount, tenths = formats
    if isinstance(cell, Formula):
        value = "" if cell.value is None else cell.value
        shown = percent if cell.is_percent else number
        sheet.write_formula(row, column, cell.text.format(row=row + 1), shown, value)
    elif isinstance(cell, Decimal):
        sheet.write_number(row, column, cell, tenths if places == 1 else points)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, number)
    elif isinstance(cell, Fraction):
        sheet.write_number(row, column, float(cell), amount)
    elif cell:
        sheet.write_string(row, column, cell, text)
    else:
        sheet.write_blank(row, column, None, text)
