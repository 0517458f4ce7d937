"""Tables as workbooks: .xlsx and .xls; as text they are written in :mod:`examples.build.texts`.

Each is written the same byte for byte every time, and knows its own lines and what is wrong in them.
"""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, partial
from typing import Any

import xlsxwriter
import xlwt
from xlwt.CompoundDoc import XlsDoc

WHEN = datetime(2022, 7, 1, 9)  # noqa: DTZ001 - a workbook's own time has no zone
"""When every workbook says it was made."""
DAY_FORMAT = "yyyy-mm-dd"


@dataclass(frozen=True)
class Formula:
    """A formula and what it came to; an empty result was never calculated."""

    text: str
    result: str | int = ""


@dataclass(frozen=True)
class Looks:
    """A cell of an .xlsx that does not show just what it holds."""

    value: str | float
    form: str = "General"
    """Its number format."""
    struck: str = ""
    """Words before the value, struck out."""


@dataclass(frozen=True)
class Fault:
    """Something that the program has to find."""

    row: int | None
    column: str | None
    code: str
    severity: str


@dataclass
class Sheet:
    """A sheet in the making: its lines from row 1, how they look, and what is wrong in them."""

    name: str = "Sheet1"
    lines: list[Sequence[Any]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Top, left, bottom, right; from 1."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck_rows: set[int] = field(default_factory=set)
    is_hidden: bool = False
    is_lost: bool = False
    """Whether it is of no kind, whatever the others of its file are."""
    records: set[int] = field(default_factory=set)
    """Rows that are people or businesses."""
    faults: list[Fault] = field(default_factory=list)

    @property
    def row(self) -> int:
        """Number of the last line."""
        return len(self.lines)

    @property
    def filled(self) -> int:
        """Lines that are not blank."""
        return sum(any(cell not in (None, "") for cell in line) for line in self.lines)

    @property
    def good(self) -> int:
        """Records that can be used, each once."""
        bad = {
            fault.row
            for fault in self.faults
            if fault.severity == "problem" or fault.code == "duplicate-applicant"
        }
        return len(self.records - bad)

    def add(self, *cells: Any) -> int:
        """A line that is no record; its row."""
        self.lines.append(cells)
        return self.row

    def title(self, text: str, width: int) -> int:
        """A line merged over so many columns."""
        self.merged.append((self.row + 1, 1, self.row + 1, width))
        return self.add(text)

    def record(self, *cells: Any) -> int:
        """A person or a business; its row."""
        self.records.add(self.add(*cells))
        return self.row

    def fault(self, code: str, column: str | None = None, severity: str = "problem") -> None:
        """Something is wrong in the last line."""
        self.faults.append(Fault(self.row, column, code, severity))

    def of_all(self, code: str, severity: str = "problem") -> None:
        """Something is wrong in the sheet as a whole."""
        self.faults.append(Fault(None, None, code, severity))

    def notice(self, code: str, column: str | None = None) -> None:
        """Something in the last line is to be told."""
        self.fault(code, column, "notice")


def xlsx(*sheets: Sheet, from_1904: bool = False, **options: bool) -> bytes:
    """An .xlsx, as Excel 2007 and later write it.

    :param options: of xlsxwriter, besides.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "date_1904": from_1904, **options})
    book.set_properties({"created": WHEN, "author": "示例"})
    style = cache(lambda **look: book.add_format(look) if look else None)
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.set_column(0, 20, 16)
        for number, line in enumerate(sheet.lines):
            look = {"font_strikeout": True} if number + 1 in sheet.struck_rows else {}
            for place, value in enumerate(line):
                _write_xlsx(page, number, place, value, partial(style, **look))
            if number + 1 in sheet.hidden_rows:
                page.set_row(number, None, None, {"hidden": True})
        for top, left, bottom, right in sheet.merged:
            value = sheet.lines[top - 1][left - 1]
            page.merge_range(top - 1, left - 1, bottom - 1, right - 1, value)
        for column in sheet.hidden_columns:
            page.set_column(column - 1, column - 1, 16, None, {"hidden": True})
        if sheet.is_hidden:
            page.hide()
    book.close()
    return repacked(target.getvalue(), _as_calculated)


def _write_xlsx(page: Any, number: int, place: int, value: Any, style: Callable[..., Any]) -> None:
    if isinstance(value, Looks):
        if value.struck:
            struck = style(font_strikeout=True)
            page.write_rich_string(number, place, struck, value.struck, str(value.value))
            return
        value, style = value.value, partial(style, num_format=value.form)
    if isinstance(value, Formula):
        page.write_formula(number, place, value.text, style(), value.result or "never calculated")
    elif isinstance(value, date):
        page.write_datetime(number, place, value, style(num_format=DAY_FORMAT))
    elif isinstance(value, bool):
        page.write_boolean(number, place, value, style())
    elif isinstance(value, int | float):
        page.write_number(number, place, value, style())
    elif value not in (None, ""):
        page.write_string(number, place, value, style())


def _as_calculated(name: str, part: bytes) -> bytes:
    """A part of a workbook whose formulas were all calculated when it was saved, but for those that never were."""
    if name == "xl/workbook.xml":
        return part.replace(b' fullCalcOnLoad="1"', b"")
    return re.sub(rb' t="str"(><f>[^<]*</f>)<v>never calculated</v>', rb"\1", part)


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A zip package with its parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(
                zipfile.ZipInfo(entry.filename, entry.date_time), change(entry.filename, old.read(entry)), 8
            )
    return target.getvalue()


def xls(*sheets: Sheet, lock: Callable[[bytes], bytes] = bytes) -> bytes:
    """An .xls, as Excel 97 to 2003 write it.

    :param lock: what is done to its stream before it is saved.
    """
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str=DAY_FORMAT)
    plain = xlwt.easyxf()
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        tops = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merged}
        for number, line in enumerate(sheet.lines):
            for place, value in enumerate(line):
                style = day if isinstance(value, date) else plain
                if (number + 1, place + 1) in tops:
                    bottom, right = tops[number + 1, place + 1]
                    page.write_merge(number, bottom - 1, place, right - 1, value, style)
                elif value not in (None, ""):
                    page.write(number, place, value, style)
            if number + 1 in sheet.hidden_rows:
                page.row(number).hidden = True
        for column in sheet.hidden_columns:
            page.col(column - 1).hidden = True
        if sheet.is_hidden:
            page.visibility = 1
    target = io.BytesIO()
    XlsDoc().save(target, lock(book.get_biff_data()))
    return target.getvalue()
