"""Tables → workbooks that a clerk can filter and print, the same bytes for the same content."""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

from pipeline.domain.documents import Cell, Column, Formula, Worksheet
from pipeline.domain.values.text import letters

_LINE_PT, _HIGHEST_PT = 15, 405
"""A line of text, and the highest row of whole lines that a workbook takes."""
_FORM_ROW_PT = 33
"""Two lines: headings that break, and room to write in."""
_DENSE_ROW_PT = 21
_MARKED = re.compile(r"[&<>]|_x|^ | $|\| | \|")
"""What the library writes in another way: marks of XML, blanks at either end, what looks like its own escapes."""
_LONGEST = 16_000
_LOCKED = "EDEDED"
"""Colour of cells that are computed, where others are to be filled in."""
_OVER, _OVER_TEXT = "D9D9D9", "595959"
"""Colours of a row that is over."""
_SHOWN = ("@", "0", "0.0%", "0.00", "General")
"""Number formats: text, whole numbers, rates, points, amounts with their own decimals."""
_ALLOWED = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}
"""What may be done on a locked sheet besides; no password, as it guards against slips and nobody else."""


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
    sheet = book.add_worksheet(table.name)
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
    margin = _DENSE_ROW_PT - _LINE_PT if table.is_dense else 0
    lines = max(_lines(column.header, column.width) for column in table.columns)
    if long and lines > 1:  # other tables are made again as they were, byte for byte
        sheet.set_row(1, lines * _LINE_PT + margin)
    plain = None if is_form or table.faded else _PlainRows(sheet, formats[0], formats[1], len(table.columns))
    count = 1
    for count, row in enumerate(table.rows, 2):
        lines = max([_lines(row[place], table.columns[place].width) for place in long], default=1)
        height = min(lines * _LINE_PT + margin, _HIGHEST_PT) if lines > 1 else None
        if plain and plain.put(count, row, height):
            continue
        if height:
            sheet.set_row(count, height)
        of_row = faded if count - 2 in table.faded else formats
        for number, cell in enumerate(row):
            _put(sheet, count, number, cell, open_formats if table.columns[number].is_open else of_row)
    sheet.autofilter(1, 0, count, len(table.columns) - 1)


class _PlainRows:
    """Writes rows of nothing but texts and whole numbers, to the byte as the library would: it takes ten times as long.

    A test holds both together. Of the library are used: its stream of rows (``fh``), its pending row, the beginning of a row,
    its dimensions.
    """

    def __init__(self, sheet: Any, text: Any, number: Any, width: int) -> None:
        """Prepare to write below the header.

        :param text: format of texts and blanks.
        :param number: format of whole numbers.
        """
        self._sheet, self._formats = sheet, {str: text, int: number}
        self._columns = [letters(column) for column in range(1, width + 1)]

    def put(self, row: int, cells: Sequence[Cell], height: float | None) -> bool:
        """Write a row; False where that takes more than numbers, and texts on one line without marks of XML.

        :param row: its number, from 0.
        :param height: in points; None for the sheet's own.
        """
        kinds = dict.fromkeys(map(type, cells))
        said = "|".join([cell for cell in cells if isinstance(cell, str)])
        if (
            not kinds.keys() <= self._formats.keys()
            or not said.isprintable()
            or _MARKED.search(said)
            or len(said) > _LONGEST
            or len(cells) > len(self._columns)
        ):
            return False
        sheet = self._sheet
        sheet._write_single_row(row)  # the one before, which still waits
        sheet.dim_rowmax = row
        styles = {
            kind: self._formats[kind]._get_xf_index() for kind in kinds
        }  # numbered as they come to be used
        of_text, of_number = styles.get(str), styles.get(int)
        number = row + 1
        written = [
            f'<c r="{column}{number}" s="{of_number}"><v>{cell:.16G}</v></c>'
            if isinstance(cell, int)
            else f'<c r="{column}{number}" s="{of_text}" t="inlineStr"><is><t>{cell}</t></is></c>'
            if cell
            else f'<c r="{column}{number}" s="{of_text}"/>'
            for column, cell in zip(self._columns, cells, strict=False)
        ]
        if height:
            sheet.set_row(row, height)
        sheet._write_row(row, None, sheet.row_info.get(row))
        sheet.previous_row = row + 1  # nothing of this one waits
        sheet.fh.write(f"{''.join(written)}</row>")
        return True


def _lines(cell: Cell, width: float) -> int:
    """How many lines a text takes in a column: a hanzi is two characters wide, and a word may not fit the rest of a line."""
    text, room = cell if isinstance(cell, str) else "", width - 2
    if 2 * len(text) <= room:  # most do not, and to look at each sign takes long
        return bool(text)
    return math.ceil((len(text) + sum(east_asian_width(sign) in "WFA" for sign in text)) / room)


def _put(sheet: Any, row: int, column: int, cell: Cell, formats: Sequence[Any]) -> None:
    text, number, percent, points, amount = formats
    if isinstance(cell, Formula):
        value = "" if cell.value is None else cell.value
        shown = percent if cell.is_percent else number
        sheet.write_formula(row, column, cell.text.format(row=row + 1), shown, value)
    elif isinstance(cell, Decimal):
        sheet.write_number(row, column, cell, points)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, number)
    elif isinstance(cell, Fraction):
        sheet.write_number(row, column, float(cell), amount)
    elif cell:
        sheet.write_string(row, column, cell, text)
    else:
        sheet.write_blank(row, column, None, text)
