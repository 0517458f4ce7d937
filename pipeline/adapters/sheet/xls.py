"""Sheets of an old .xls or .et (BIFF 2 to 8), by xlrd."""

import io
import warnings
from typing import Any

import xlrd
from xlrd.book import Book
from xlrd.formatting import XF
from xlrd.sheet import Sheet

from pipeline.adapters.sheet.refusal import SheetProblem, broken, encrypted
from pipeline.adapters.sheet.rows import Allowance, Rows
from pipeline.adapters.sheet.values import ELAPSED, clock, error, moment, seen, shown_as, whole
from pipeline.domain.model import Area, Grid, Source, Value

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_NUMBERS = {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}
_WESTERN = {None, 367, 1252, 32769}
"""Code pages that old web programs declare, or leave out, whatever they write."""


def is_xls(data: bytes) -> bool:
    """Whether it is an OLE2 file with a workbook in it, or a workbook stream by itself."""
    if data.startswith(_OLE2):
        return has_stream(data, "Workbook") or has_stream(data, "Book")
    return data.startswith(_BARE)


def has_stream(data: bytes, name: str) -> bool:
    """Whether an OLE2 file's directory has a stream of this name."""
    if not data.startswith(_OLE2):
        return False
    wanted = name.encode("utf-16-le") + b"\0\0"
    position = data.find(wanted)
    while position >= 0:
        if position % 128 == 0 and data[position + 64 : position + 67] == bytes((len(wanted), 0, 2)):
            return True
        position = data.find(wanted, position + 1)
    return False


def read(file: str, data: bytes, allowance: Allowance) -> tuple[Grid, ...]:
    """Every sheet with cells; charts and macros are left out.

    :raises SheetProblem: ``encrypted-file``, ``broken-file``, ``too-big``.
    """
    try:
        book = _open(data)
        return tuple(
            _grid(file, book, sheet, allowance)
            for sheet in (book.sheet_by_index(index) for index in range(book.nsheets))
        )
    except (SheetProblem, MemoryError):
        raise
    except Exception as fault:  # noqa: BLE001 - xlrd raises whatever its unpacking meets in a damaged file
        if "encrypted" in str(fault):
            raise encrypted() from None
        raise broken("旧版表格不完整") from None


def _open(data: bytes) -> Book:
    book = _workbook(data, None)
    if book.biff_version < 80 and book.codepage in _WESTERN:
        try:
            return _workbook(data, "gb18030")
        except UnicodeDecodeError:
            return book
    return book


def _workbook(data: bytes, encoding: str | None) -> Book:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return xlrd.open_workbook(
            file_contents=data,
            logfile=io.StringIO(),
            formatting_info=True,
            ragged_rows=True,
            encoding_override=encoding,
        )


def _grid(file: str, book: Book, sheet: Sheet, allowance: Allowance) -> Grid:
    rows = Rows(allowance)
    from_1904 = bool(book.datemode)
    elapsed = {index for index, style in enumerate(book.xf_list) if shown_as(_format(book, style)) == ELAPSED}
    for row in range(sheet.nrows):
        cells: list[Value] = []
        found: Any = sheet.row_values(row)
        for column, (kind, raw) in enumerate(zip(sheet.row_types(row), found, strict=True)):
            if kind == xlrd.XL_CELL_TEXT:
                text = seen(raw)
                cells.append(text and allowance.once(text))
            elif kind in _NUMBERS and elapsed and sheet.cell_xf_index(row, column) in elapsed:
                cells.append(clock(raw * 86_400))
            elif kind == xlrd.XL_CELL_NUMBER:
                cells.append(whole(raw))
            elif kind == xlrd.XL_CELL_DATE:
                cells.append(moment(raw, from_1904))
            elif kind == xlrd.XL_CELL_BOOLEAN:
                cells.append(bool(raw))
            elif kind == xlrd.XL_CELL_ERROR:
                cells.append(error(xlrd.error_text_from_code.get(raw, "")))
            else:
                cells.append(None)
        rows.add(row + 1, cells, _hidden(sheet, row))
    for top, bottom, left, right in sheet.merged_cells:
        rows.merge(Area(top + 1, left + 1, bottom, right))
    return rows.grid(Source(file, sheet.name), sheet.visibility != 0, from_1904)


def _hidden(sheet: Sheet, row: int) -> bool:
    info = sheet.rowinfo_map.get(row)
    return info is not None and bool(info.hidden)


def _format(book: Book, style: XF) -> str:
    known = book.format_map.get(style.format_key)
    return known.format_str if known else ""
