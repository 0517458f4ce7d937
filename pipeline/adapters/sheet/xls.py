"""Sheets of an old .xls or .et (BIFF 2 to 8), by xlrd."""

import io
import struct
import warnings
from collections.abc import Iterator
from typing import Any

import xlrd
from xlrd.book import Book
from xlrd.formatting import XF
from xlrd.sheet import Sheet

from pipeline.adapters.sheet.refusal import MAX_SHEETS, SheetProblem, broken, encrypted, too_big
from pipeline.adapters.sheet.rows import Allowance, Rows
from pipeline.adapters.sheet.values import ELAPSED, clock, error, moment, seen, shown_as, whole
from pipeline.domain.model import Area, Grid, Source, Value

_BARE = (b"\x09\x08\x10\0", b"\x09\x08\x08\0", b"\x09\x04\x06\0", b"\x09\x02\x06\0", b"\x09\0\x04\0")
"""First record of a BIFF stream, version 8 to 2, and its length."""
SHEET, END = 0x0085, 0x000A
_NUMBERS = {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}
_WESTERN = {None, 367, 1252, 32769}
"""Code pages that old web programs declare, or leave out, whatever they write."""


def is_stream(data: bytes) -> bool:
    """Whether it begins as a workbook stream does."""
    return data.startswith(_BARE)


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
        return tuple(_grid(file, book, index, allowance) for index in range(book.nsheets))
    except (SheetProblem, MemoryError):
        raise
    except Exception as fault:  # noqa: BLE001 - xlrd raises whatever its unpacking meets in a damaged file
        if "encrypted" in str(fault):
            raise encrypted() from None
        raise broken("旧版表格不完整") from None


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


def _grid(file: str, book: Book, index: int, allowance: Allowance) -> Grid:
    sheet = book.sheet_by_index(index)
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
    for column, look in sheet.colinfo_map.items():
        if look.hidden or not look.width:
            rows.hide(column + 1, column + 1)
    book.unload_sheet(index)
    return rows.grid(Source(file, sheet.name), sheet.visibility != 0, from_1904)


def _hidden(sheet: Sheet, row: int) -> bool:
    info = sheet.rowinfo_map.get(row)
    return info is not None and bool(info.hidden)


def _format(book: Book, style: XF) -> str:
    known = book.format_map.get(style.format_key)
    return known.format_str if known else ""
