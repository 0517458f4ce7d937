"""Tables → workbooks that a clerk can filter and print, the same bytes for the same content."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a written table."""

    header: str
    """Its header text."""
    width: float
    """In characters of the default font."""


def write_table(
    path: Path, title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], at: datetime
) -> None:
    """A4 landscape, a title, the header frozen on screen and repeated on each page.

    Every cell is text, so that long numbers keep their digits.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "B3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[1].height = 30
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(columns))}2"
    sheet.append([_cell(sheet, title, Font(name="方正小标宋简体", size=18), boxed=False)])
    head = Font(name="黑体", size=11)
    sheet.append([_cell(sheet, column.header, head) for column in columns])
    body = Font(name="仿宋_GB2312", size=11)
    for row in rows:
        sheet.append([_cell(sheet, text, body) for text in row])
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(_same_bytes(buffer.getvalue(), at))


def _cell(sheet: WriteOnlyWorksheet, text: str, font: Font, *, boxed: bool = True) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.font = font
    cell.alignment = Alignment(horizontal="center" if boxed else "left", vertical="center", wrap_text=boxed)
    if boxed:
        cell.border = _BOX
    return cell


def _same_bytes(data: bytes, at: datetime) -> bytes:
    """Without the times that openpyxl and zip put in."""
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            new.writestr(zipfile.ZipInfo(name, _FIXED_TIME), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
