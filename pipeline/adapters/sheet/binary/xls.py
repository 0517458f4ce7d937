"""Sheets of an old .xls or .et (BIFF 2 to 8), by xlrd."""

import io
import struct
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlrd
from xlrd.book import Book
from xlrd.formatting import XF
from xlrd.sheet import Sheet

from pipeline.adapters.sheet.refusal import MAX_SHEETS, SheetProblem, broken, encrypted, too_big
from pipeline.adapters.sheet.rows import Allowance, Rows
from pipeline.adapters.sheet.shown.looks import Line
from pipeline.adapters.sheet.shown.number_format import BUILTIN, Format, number_format
from pipeline.adapters.sheet.shown.values import error, moment, seen, shown_as, whole
from pipeline.domain.model import Source
from pipeline.domain.tables.grid import Area, Grid
from pipeline.domain.values.cell import Value

SHEET, END = 0x0085, 0x000A
_NUMBERS = {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}
_WESTERN = {None, 367, 1252, 32769}
"""Code pages that old web programs declare, or leave out, whatever they write."""


def read(file: str, stream: bytes, allowance: Allowance) -> tuple[Grid, ...]:
    """Every sheet with cells; charts and macros are left out.

    :param stream: the workbook stream, without the OLE2 container around it.
    :raises SheetProblem: ``encrypted-file``, ``broken-file``, ``too-big``.
    """
    starts = _starts(stream)
    if len(set(starts)) < len(starts):
        raise broken("两张工作表是同一处内容")
    try:
        book = _open(stream)
        if book.nsheets > MAX_SHEETS:
            raise too_big(f"工作表超过{MAX_SHEETS}张")
        styles = _styles(book)
        return tuple(_grid(file, book, index, allowance, styles) for index in range(book.nsheets))
    except (SheetProblem, MemoryError):
        raise
    except Exception as fault:  # noqa: BLE001 - xlrd raises whatever its unpacking meets in a damaged file
        if "encrypted" in str(fault):
            raise encrypted() from None
        raise broken("是旧版表格（.xls），里面缺了或坏了") from None


def records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Code, place and length of each record's content, in their order."""
    at = 0
    while at + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, at)
        yield code, at + 4, min(length, len(stream) - at - 4)
        at += 4 + length


def _starts(stream: bytes) -> list[int]:
    """Where the sheets begin, as the workbook's list says; each is to be read, so none may be listed twice."""
    starts = []
    for code, at, length in records(stream):
        if code == END:
            break
        if code == SHEET and length >= 4:
            starts.append(struct.unpack_from("<I", stream, at)[0])
    return starts


def _open(stream: bytes) -> Book:
    book = _workbook(stream, None)
    if book.biff_version < 80 and book.codepage in _WESTERN:
        return _workbook(stream, "gb18030")
    return book


def _workbook(stream: bytes, encoding: str | None) -> Book:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return xlrd.open_workbook(
            file_contents=stream,
            logfile=io.StringIO(),
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            encoding_override=encoding,
        )


@dataclass(frozen=True, slots=True)
class _Styles:
    """What cell styles, by number, make of a cell."""

    formats: Mapping[int, Format]
    struck: frozenset[int]
    struck_fonts: frozenset[int]

    @property
    def dress(self) -> bool:
        """Whether any of them makes something of texts: strikes them out, or puts words around them."""
        return bool(self.struck_fonts) or any(form.rewords for form in self.formats.values())


def _styles(book: Book) -> _Styles:
    found = {number: number_format(_format(book, style)) for number, style in enumerate(book.xf_list)}
    fonts = frozenset(number for number, font in enumerate(book.font_list) if font.struck_out)
    struck = frozenset(number for number, style in enumerate(book.xf_list) if style.font_index in fonts)
    return _Styles({number: form for number, form in found.items() if form}, struck, fonts)


def _grid(file: str, book: Book, index: int, allowance: Allowance, styles: _Styles) -> Grid:
    sheet = book.sheet_by_index(index)
    rows = Rows(allowance)
    line = Line()
    for row in range(sheet.nrows):
        if rows.is_full:
            break
        line.clear()
        cells: list[Value] = []
        found: Any = sheet.row_values(row)
        for column, (kind, raw) in enumerate(zip(sheet.row_types(row), found, strict=True), 1):
            if kind == xlrd.XL_CELL_TEXT:
                text = seen(raw)
                cells.append(text and allowance.once(text))
            elif kind in _NUMBERS:
                form = styles.formats.get(sheet.cell_xf_index(row, column - 1))
                cells.append(_number(kind, raw, column, form, line, bool(book.datemode)))
            elif kind == xlrd.XL_CELL_BOOLEAN:
                cells.append(bool(raw))
            elif kind == xlrd.XL_CELL_ERROR:
                cells.append(error(xlrd.error_text_from_code.get(raw, "")))
            else:
                cells.append(None)
        if styles.dress:
            _dress(sheet, row, cells, line, styles)
        rows.add(row + 1, cells, _hidden(sheet, row), line)
    for top, bottom, left, right in sheet.merged_cells:
        rows.merge(Area(top + 1, left + 1, bottom, right))
    for column, look in sheet.colinfo_map.items():
        if look.hidden or not look.width:
            rows.hide(column + 1, column + 1)
    book.unload_sheet(index)
    return rows.grid(Source(file, sheet.name), sheet.visibility != 0, bool(book.datemode))


def _number(kind: int, raw: float, column: int, form: Format | None, line: Line, from_1904: bool) -> Value:
    if kind == xlrd.XL_CELL_DATE and (form is None or form.shape is None):
        return moment(raw, from_1904)
    return whole(raw) if form is None else line.number(column, whole(raw), form, from_1904)


def _dress(sheet: Sheet, row: int, cells: Sequence[Value], line: Line, styles: _Styles) -> None:
    """Note what a row's styles make of its texts, and what is struck out."""
    for column, value in enumerate(cells, 1):
        if value is None:
            continue
        style = sheet.cell_xf_index(row, column - 1)
        form = styles.formats.get(style)
        if form and form.rewords and sheet.cell_type(row, column - 1) == xlrd.XL_CELL_TEXT:
            line.shown[column] = form.text(str(value))
        runs = sheet.rich_text_runlist_map.get((row, column - 1), ())
        if style in styles.struck:
            line.struck.append(column)
        elif runs:
            line.strike(column, str(value), _struck(str(value), runs, styles.struck_fonts))


def _struck(text: str, runs: Sequence[tuple[int, int]], struck_fonts: frozenset[int]) -> str:
    """The parts of a text that are set in a struck font.

    :param runs: where each run begins, and its font; what stands before the first has the cell's.
    """
    ends = [*(start for start, _ in runs[1:]), len(text)]
    return "".join(
        text[start:end] for (start, font), end in zip(runs, ends, strict=True) if font in struck_fonts
    )


def _hidden(sheet: Sheet, row: int) -> bool:
    info = sheet.rowinfo_map.get(row)
    return info is not None and bool(info.hidden)


def _format(book: Book, style: XF) -> str:
    builtin = BUILTIN.get(style.format_key, "")
    if shown_as(builtin):
        return builtin  # a day's goes by the computer's settings, whatever the file says
    known = book.format_map.get(style.format_key)
    return known.format_str if known else ""
