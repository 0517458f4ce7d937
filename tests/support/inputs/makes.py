"""One small table in every make of file, by other programs than ours or by hand."""

import base64
import io
import struct
import zipfile
from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
import xlwt
from openpyxl import Workbook

CALC = Path(__file__).parents[2] / "data" / "calc"
"""Files that LibreOffice Calc wrote, see the note there."""
HEADER = ("序号", "单位", "身份证号", "日期", "时间", "时刻", "时长", "比例", "金额", "核对")
NAME = '<普明>&"镇"\n第二行'
DAY, MOMENT = datetime(2022, 6, 1), datetime(2022, 6, 1, 8, 30, 15)
ROWS: dict[int, tuple[Any, ...]] = {
    1: ("附件1：名单",),
    2: HEADER,
    4: (1, "东村镇", "141127199001010015", DAY, MOMENT, "08:30:00", "26:00:00", 0.125, 1234.5, 0),
    5: (2, NAME, "0012", datetime(2022, 12, 31), None, None, None, None, 3),
    6: (3, "隐藏的行"),
}
"""Row number → the values that must be read. Row 1 is merged over ten columns, row 6 is hidden."""
SHOWN: dict[int, tuple[str | None, ...]] = {
    1: ROWS[1],
    2: HEADER,
    4: ("1", "东村镇", "141127199001010015", "2022-06-01", "2022-06-01 08:30:15", "08:30:00", "26:00:00", "12.5%", "1234.5",
        "0"),
    5: ("2", NAME, "0012", "2022年12月31日", None, None, None, None, "3"),
    6: ("3", "隐藏的行"),
}  # fmt: skip
"""The same as it is shown, which is all that CSV and HTML hold."""
FORMATS = {(4, 3): "yyyy-mm-dd", (4, 4): "yyyy-mm-dd hh:mm:ss", (4, 5): "hh:mm:ss", (4, 6): "[h]:mm:ss", (4, 7): "0.0%",
           (5, 3): 'yyyy"年"m"月"d"日"'}  # fmt: skip
RAW = {(4, 5): time(8, 30), (4, 6): 26 / 24}


def by_xlsxwriter() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("名单")
    hidden = book.add_worksheet("旧表")
    hidden.hide()
    hidden.write(0, 0, "旧")
    book.add_worksheet("空表")
    sheet.merge_range("A1:J1", ROWS[1][0])
    for row, values in ROWS.items():
        for column, value in enumerate(values):
            if row > 1 and value is not None:
                style = book.add_format({"num_format": FORMATS.get((row, column), "General")})
                sheet.write(row - 1, column, RAW.get((row, column), value), style)
    sheet.write_comment("B5", "批注不是内容")
    sheet.set_row(5, None, None, {"hidden": True})
    book.close()
    return buffer.getvalue()


def by_openpyxl() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "名单"
    for row, values in ROWS.items():
        for column, value in enumerate(values):
            cell = sheet.cell(row, column + 1, RAW.get((row, column), value))
            cell.number_format = FORMATS.get((row, column), "General")
    sheet.merge_cells("A1:J1")
    sheet.row_dimensions[6].hidden = True
    old = book.create_sheet("旧表")
    old["A1"] = "旧"
    old.sheet_state = "veryHidden"
    book.create_sheet("空表")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def by_xlwt() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名单")
    for row, values in ROWS.items():
        for column, value in enumerate(values):
            if row > 1 and value is not None:
                style = xlwt.easyxf(num_format_str=FORMATS.get((row, column), "General"))
                sheet.write(row - 1, column, RAW.get((row, column), value), style)
    sheet.write_merge(0, 0, 0, 9, ROWS[1][0])
    sheet.row(5).hidden = True
    old = book.add_sheet("旧表")
    old.write(0, 0, "旧")
    old.visibility = 1
    book.add_sheet("空表")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xml_2003(encoding: str = "utf-8") -> bytes:
    styles = dict(zip(FORMATS.values(), (f"s{number}" for number in range(9)), strict=False))
    kinds = {str: "String", int: "Number", float: "Number", datetime: "DateTime"}
    special = {
        (4, 5): ("DateTime", "1899-12-31T08:30:00.000"),
        (4, 6): ("DateTime", "1900-01-01T02:00:00.000"),
    }
    lines = []
    for row, values in ROWS.items():
        cells = []
        for column, value in enumerate(values):
            if value is None:
                continue
            text = value.isoformat() + ".000" if isinstance(value, datetime) else str(value)
            kind, text = special.get((row, column), (kinds[type(value)], text))
            style = styles.get(FORMATS.get((row, column), ""), "")
            attributes = f' ss:StyleID="{style}"' if style else ""
            attributes += ' ss:MergeAcross="9"' if row == 1 else ""
            attributes += f' ss:Index="{column + 1}"' if column and values[column - 1] is None else ""
            note = "<Comment><ss:Data>批注不是内容</ss:Data></Comment>" if (row, column) == (5, 1) else ""
            data = escape(text).replace("\n", "&#10;")
            cells.append(f'<Cell{attributes}><Data ss:Type="{kind}">{data}</Data>{note}</Cell>')
        index = ' ss:Index="4"' if row == 4 else ' ss:Hidden="1"' if row == 6 else ""
        lines.append(f"<Row{index}>{''.join(cells)}</Row>")
    formats = "".join(
        f'<Style ss:ID="{name}"><NumberFormat ss:Format={quoteattr(code)}/></Style>'
        for code, name in styles.items()
    )
    hidden = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>'
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Styles>{formats}</Styles><Worksheet ss:Name="名单"><Table>{"".join(lines)}</Table></Worksheet>'
        '<Worksheet ss:Name="旧表"><Table><Row><Cell><Data ss:Type="String">旧</Data></Cell></Row></Table>'
        f'{hidden}</Worksheet><Worksheet ss:Name="空表"/></Workbook>'
    )
    return text.encode(encoding)


def csv_text(separator: str = ",") -> str:
    lines = []
    for number in range(1, max(SHOWN) + 1):
        fields = ['"' + (value or "").replace('"', '""') + '"' for value in SHOWN.get(number, ())]
        lines.append(separator.join(fields))
    return "\r\n".join(lines) + "\r\n"


def html_page(charset: str = "gb2312") -> str:
    lines = []
    for number in range(1, max(SHOWN) + 1):
        style = " style='mso-height-source:userset;display:none'" if number == 6 else ""
        span = " colspan=10" if number == 1 else ""
        cells = "".join(
            f"<td class=xl24{span} x:num>"
            + escape(value or "&nbsp;", {"\n": "<br>"}).replace("&amp;nbsp;", "&nbsp;")
            for value in SHOWN.get(number, ())
        )
        lines.append(f"<tr{style}>{cells}</tr>")
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        f'<meta http-equiv=Content-Type content="text/html; charset={charset}"><style>td {{color:red}}</style>'
        "<!--[if gte mso 9]><xml><x:Name>名单</x:Name></xml><![endif]--></head>"
        f"<body><table border=1>\n{''.join(lines)}</table></body></html>"
    )


def web_archive() -> bytes:
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_x"\r\n\r\n--=_x\r\n'
    part = 'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    page = base64.encodebytes(html_page().encode("gb18030"))
    return (head + part).encode() + page + b"\r\n--=_x--\r\n"


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx_by_hand(
    rows: str = "",
    *,
    after: str = "",
    strings: str = "",
    styles: str = "",
    properties: str = "",
    main: str = MAIN,
) -> bytes:
    """The least that is an .xlsx.

    :param rows: what stands in ``<sheetData>``.
    :param after: what follows it.
    :param strings: what stands in ``<sst>``.
    :param properties: what stands before ``<sheets>`` in the workbook.
    """
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    if main != MAIN:
        office = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return packed(
        {
            "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{properties}<sheets>'
            '<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
            f'<Relationship Id="r1" Type="{office}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="r3" Type="{office}/styles" Target="styles.xml"/></Relationships>',
            "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><dimension ref="A1"/>'
            f"<sheetData>{rows}</sheetData>{after}</worksheet>",
        }
    )


def ods_by_hand(tables: str, *, before: str = "", manifest: str = "", head: str = "") -> bytes:
    """The least that is an .ods.

    :param tables: what stands in ``<office:spreadsheet>``.
    :param before: what stands before ``<office:body>``.
    """
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style", "drawing")
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"{head}<office:document-content {spaces}>{before}<office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f"{manifest}</m:manifest>",
        }
    )


def biff5(texts: Mapping[tuple[int, int], bytes], codepage: int | None = 936) -> bytes:
    """A bare BIFF5 stream, as Excel 5 and old web programs write it, of one sheet with text cells."""

    def record(code: int, content: bytes = b"") -> bytes:
        return struct.pack("<HH", code, len(content)) + content

    opening = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0))
    if codepage is not None:
        opening += record(0x0042, struct.pack("<H", codepage))
    opening += record(0x00E0, bytes(16)) * 16
    sheet_at = len(opening) + 4 + 7 + 6 + 4
    listed = record(0x0085, struct.pack("<IBBB", sheet_at, 0, 0, 6) + b"Sheet1")
    cells = b"".join(
        record(0x0204, struct.pack("<HHHH", row, column, 15, len(text)) + text)
        for (row, column), text in texts.items()
    )
    sheet = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0)) + cells + record(0x000A)
    return opening + listed + record(0x000A) + sheet


def ole2(**streams: bytes) -> bytes:
    """An OLE2 file: allocation table, directory, streams (of at least 4,096 bytes each)."""
    entries = [("Root Entry", 5, 1, 0xFFFFFFFE, 0)]
    table = [0xFFFFFFFD, 0xFFFFFFFE]
    content = b""
    for number, (name, whatever) in enumerate(streams.items(), 2):
        stream = whatever.ljust(4096, b"\0")
        start = len(table)
        after = number if number <= len(streams) else 0xFFFFFFFF
        entries.append((name.replace("_", " "), 2, after, start, len(stream)))
        sectors = -(-len(stream) // 512)
        table += [*range(start + 1, start + sectors), 0xFFFFFFFE]
        content += stream.ljust(sectors * 512, b"\0")
    assert len(entries) <= 4 and len(table) <= 128
    directory = b"".join(
        (name.encode("utf-16-le") + bytes(64))[:64]
        + struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, 0xFFFFFFFF, after if kind == 2 else 0xFFFFFFFF,
                      0xFFFFFFFF if kind == 2 else after)
        + bytes(36)
        + struct.pack("<III", start, length, 0)
        for name, kind, after, start, length in entries
    )  # fmt: skip
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(10)
    )
    header += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff" * 432
    numbers = struct.pack(f"<{len(table)}I", *table)
    return header + numbers.ljust(512, b"\xff") + directory.ljust(512, b"\0") + content
