"""Any table in every make of file: cells with what they hold and what they show → bytes."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
import xlwt
from openpyxl import Workbook

from support.inputs.makes import ods_by_hand

DAY = "yyyy-mm-dd"


@dataclass(frozen=True)
class Cell:
    """A cell of a table."""

    value: str | int | float | datetime | time | None
    """What a spreadsheet stores."""
    text: str
    """What it shows, which is all that CSV and HTML hold."""
    format: str = "General"
    """Number format."""
    as_is: bool = False
    """Whether CSV and HTML write the text as it stands, without quotation marks or escapes."""


BLANK = Cell(None, "")
Rows = Sequence[Sequence[Cell]]


def said(text: str) -> Cell:
    """A text."""
    return Cell(text, text) if text else BLANK


def counted(value: float, shown: str = "", form: str = "General") -> Cell:
    """A number."""
    return Cell(value, shown or str(value), form)


def dated(day: date | None, form: str = DAY, shown: str = "") -> Cell:
    """A day, at midnight; or none."""
    return moment(datetime.fromisoformat(f"{day}"), form, shown or f"{day}") if day else BLANK


def moment(value: datetime, form: str = "yyyy-mm-dd hh:mm:ss", shown: str = "") -> Cell:
    """A moment of a day."""
    return Cell(value, shown or value.strftime("%Y-%m-%d %H:%M:%S"), form)


def openpyxl(rows: Rows) -> bytes:
    book = Workbook()
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            made = book.active.cell(row, column)
            made.value, made.number_format = cell.value, cell.format
            if isinstance(cell.value, str):
                made.data_type = "s"
    return _saved(book.save)


def by_xlsxwriter(rows: Rows) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            write = sheet.write_string if isinstance(cell.value, str) else sheet.write
            if cell.value is not None:
                write(row, column, cell.value, book.add_format({"num_format": cell.format}))
    book.close()
    return buffer.getvalue()


def by_xlwt(rows: Rows) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    styles = {}
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell.value is not None:
                style = styles.setdefault(cell.format, xlwt.easyxf(num_format_str=cell.format))
                sheet.write(row, column, cell.value, style)
    return _saved(book.save)


def xml_2003(rows: Rows) -> bytes:
    formats = sorted({cell.format for cells in rows for cell in cells})
    styles = "".join(
        f'<Style ss:ID="s{number}"><NumberFormat ss:Format={quoteattr(form)}/></Style>'
        for number, form in enumerate(formats)
    )
    lines = []
    for cells in rows:
        parts = [
            _cell_2003(cell, place, formats) for place, cell in enumerate(cells, 1) if cell.value is not None
        ]
        lines.append(f"<Row>{''.join(parts)}</Row>")
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Styles>{styles}</Styles><Worksheet ss:Name="Sheet1"><Table>{"".join(lines)}</Table></Worksheet></Workbook>'
    ).encode()


def _cell_2003(cell: Cell, place: int, formats: Sequence[str]) -> str:
    kind, text = "String", str(cell.value)
    if isinstance(cell.value, datetime):
        kind, text = "DateTime", cell.value.isoformat(timespec="milliseconds")
    elif isinstance(cell.value, time):
        kind, text = "DateTime", f"1899-12-31T{cell.value.isoformat(timespec='milliseconds')}"
    elif not isinstance(cell.value, str):
        kind = "Number"
    data = escape(text, {"\n": "&#10;"})
    style = formats.index(cell.format)
    return f'<Cell ss:Index="{place}" ss:StyleID="s{style}"><Data ss:Type="{kind}">{data}</Data></Cell>'


def ods(rows: Rows) -> bytes:
    return ods_by_hand(_table(rows))


def fods(rows: Rows) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return (
        f'<?xml version="1.0"?><office:document {spaces} office:mimetype="{kind}"><office:body><office:spreadsheet>'
        f"{_table(rows)}</office:spreadsheet></office:body></office:document>"
    ).encode()


def _table(rows: Rows) -> str:
    lines = "".join(f"<table:table-row>{''.join(map(_cell_ods, cells))}</table:table-row>" for cells in rows)
    return f'<table:table table:name="Sheet1">{lines}</table:table>'


def _cell_ods(cell: Cell) -> str:
    if cell.value is None:
        return "<table:table-cell/>"
    kind = 'office:value-type="string"'
    if isinstance(cell.value, datetime):
        kind = f'office:value-type="date" office:date-value="{cell.value.isoformat()}"'
    elif isinstance(cell.value, time):
        kind = f'office:value-type="time" office:time-value="{cell.value:PT%HH%MM%SS}"'
    elif not isinstance(cell.value, str):
        kind = f'office:value-type="float" office:value="{cell.value}"'
    shown = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.text.split("\n"))
    return f"<table:table-cell {kind}>{shown}</table:table-cell>"


def by_csv(separator: str, encoding: str) -> Callable[[Rows], bytes]:
    def write(rows: Rows) -> bytes:
        return "".join(
            f"{separator.join(_field(cell, separator) for cell in cells)}\r\n" for cells in rows
        ).encode(encoding)

    return write


def _field(cell: Cell, separator: str) -> str:
    if cell.as_is:
        return cell.text
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerow([cell.text, ""])
    return out.getvalue().removesuffix(f"{separator}\r\n")


def html(rows: Rows) -> bytes:
    def line(cells: Sequence[Cell]) -> str:
        shown = (cell.text if cell.as_is else escape(cell.text, {"\n": "<br>"}) for cell in cells)
        return f"<tr>{''.join(f'<td>{text}</td>' for text in shown)}</tr>"

    return (
        f'<html><meta charset="utf-8"><body><table>{"".join(map(line, rows))}</table></body></html>'.encode()
    )


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


TYPED: dict[str, Callable[[Rows], bytes]] = {
    "openpyxl.xlsx": openpyxl, "xlsxwriter.xlsx": by_xlsxwriter, "xlwt.xls": by_xlwt, "2003.xml": xml_2003, "表.ods": ods,
    "表.fods": fods,
}  # fmt: skip
SEPARATORS = {",": "逗号", "\t": "制表符", ";": "分号"}
DELIMITED = {
    f"{name} {encoding}.csv": by_csv(separator, encoding)
    for separator, name in SEPARATORS.items()
    for encoding in ("utf-8-sig", "gb18030")
}
PAGES = {"网页.html": html}
EVERY = TYPED | DELIMITED | PAGES
"""Name of a file → what writes it."""
