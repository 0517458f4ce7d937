"""What a number format shows: held against what LibreOffice shows, and what is not guessed at."""

import csv
import io
from datetime import datetime, time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
import xlsxwriter
import xlwt
from support.inputs import makes
from support.inputs.shown import by_hand, converted, grids

from pipeline.adapters.sheet.shown.number_format import BUILTIN, Format
from pipeline.domain.values.cell import Unreadable

DAY, MOMENT = datetime(2022, 6, 30), datetime(2022, 6, 3, 15, 4, 5)
ACCOUNT = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
LONG_DAY = "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"
SHOWN: list[tuple[str, Any, str]] = [
    ('"岚县"@', "东街1号", "岚县东街1号"),
    ('@"号"', "东街1", "东街1号"),
    ('0;0;0;"（"@"）"', "小吃", "（小吃）"),
    (ACCOUNT, "小吃", "小吃"),
    ("0.00", "小吃", "小吃"),
    ("000", 7, "007"),
    ("000-0000-0000", 13800000002, "138-0000-0002"),
    ("0000-0000000", 3586722345, "0358-6722345"),
    ('"样板街"0"号"', 305, "样板街305号"),
    ("样板街0号", 305, "样板街305号"),
    ('0"户"', 120, "120户"),
    ('General"户"', 120, "120户"),
    ('General"元"', 1.5, "1.5元"),
    ("0%", 1, "100%"),
    ("0.0%", 0.856, "85.6%"),
    ("0.00%", 0.85555, "85.56%"),
    ('#,##0.00"元"', 1234567.891, "1,234,567.89元"),
    ("#,##0", 1234567, "1,234,567"),
    ("#,##0", 7, "7"),
    ("#,##0", -1234, "-1,234"),
    ("0,000", 7, "0,007"),
    ("#,##0.00", 0.005, "0.01"),
    ("0.00", 2.675, "2.68"),
    ("0.00", 1.005, "1.01"),
    ("0", 2.5, "3"),
    ("0", 0.4, "0"),
    ("#.##", 0.5, ".5"),
    ("0.0#", 1.5, "1.5"),
    ("0.0#", 1.25, "1.25"),
    ("0.0,", 12345, "12.3"),
    ('0.0,,"百万"', 12345678, "12.3百万"),
    ('0\\.0,"万"', 123456, "12.3万"),
    ("#,##0.00_);\\(#,##0.00\\)", -5, "(5.00)"),
    ("#,##0.00_);[Red]\\(#,##0.00\\)", 5, "5.00"),
    ("0.00;[Red]0.00", -2.5, "2.50"),
    ("0;-0;;@", 0, ""),
    ('0;-0;"无"', 0, "无"),
    (";;;", 5, ""),
    (";;;", "小吃", ""),
    (ACCOUNT, 1234.5, "1,234.50"),
    (ACCOUNT, -1234.5, "-1,234.50"),
    (ACCOUNT, 0, "-"),
    ("[$¥-804]#,##0.00", 3, "¥3.00"),
    ('"¥"#,##0', 1200, "¥1,200"),
    ('[>=10000]0.0,"千";0', 12345, "12.3千"),
    ('[>=10000]0.0,"千";0', 123, "123"),
    ("[<=9999999]###-####;(###) ###-####", 6722345, "672-2345"),
    ("[<=9999999]###-####;(###) ###-####", 3586722345, "(358) 672-2345"),
    ("yyyy-mm-dd", DAY, "2022-06-30"),
    ("yyyy/m/d", DAY, "2022/6/30"),
    ("yyyy/m/d;@", DAY, "2022/6/30"),
    ('yyyy"年"m"月"d"日"', DAY, "2022年6月30日"),
    ("yyyy年m月d日", DAY, "2022年6月30日"),
    ('[$-804]yyyy"年"m"月";@', DAY, "2022年6月"),
    ('m"月"d"日"', DAY, "6月30日"),
    ('[DBNum1][$-804]yyyy"年"m"月"d"日";@', DAY, "二〇二二年六月三十日"),
    ("yy.mm.dd", DAY, "22.06.30"),
    ("[$-804]aaaa;@", DAY, "星期四"),
    ("d-mmm-yy", DAY, "30-Jun-22"),
    ("[$-409]mmmm\\ d\\,\\ yyyy", DAY, "June 30, 2022"),
    ("yyyy-mm-dd hh:mm:ss", MOMENT, "2022-06-03 15:04:05"),
    ("yyyy/m/d h:mm", MOMENT, "2022/6/3 15:04"),
    ("mm/dd hh:mm", MOMENT, "06/03 15:04"),
    ('h"时"mm"分"ss"秒"', MOMENT, "15时04分05秒"),
    ("h:mm AM/PM", MOMENT, "3:04 PM"),
    ("[$-409]h:mm:ss AM/PM", MOMENT, "3:04:05 PM"),
    ("mm:ss", MOMENT, "04:05"),
    ("h:mm", 7.5 / 24, "7:30"),
    ("hh:mm:ss", 7.5 / 24, "07:30:00"),
    ("[h]:mm:ss", 26.5 / 24, "26:30:00"),
    ("[h]:mm", 1.5 / 24, "1:30"),
    ("[mm]:ss", 1.5 / 24, "90:00"),
]
"""A code, what the cell holds, and what is seen; LibreOffice agrees."""
ONLY_IN_CHINA = [
    ('G/通用格式"户"', 120, "120户"),
    ('上午/下午h"时"mm"分"', MOMENT, "下午3时04分"),
    ("上午/下午h:mm", 0.0, "上午12:00"),
    (BUILTIN[14], DAY, "2022/6/30"),
    (BUILTIN[31], DAY, "2022年6月30日"),
    (LONG_DAY, DAY, "2022年6月30日"),
    ("[$-F400]h:mm:ss\\ AM/PM", MOMENT, "15:04:05"),
    ("[$-804]dddd", DAY, "星期四"),
    ("[红色]0.0", 1.25, "1.3"),
    ("0.00", -0.001, "0.00"),
]
"""The same, of what LibreOffice does not know, or shows in its own way."""
NOT_CERTAIN = [
    ("0.00E+00", 300000), ("##0.0E+0", 3), ("# ?/?", 0.5), ("# ??/??", 0.25), ("[DBNum2]G/通用格式", 12),
    ("[DBNum1]0", 12), ("[DBNum3]0", 12), ("[NatNum1]0", 3), ("0!号", 5), ("0 kg", 5), ("*-0", 5), ("0", 1e15),
    ('General"号"', 123456789012), ("[$-411]ge.m.d", DAY), ("[$-804]mmm", DAY), ("[$-804]h:mm AM/PM", MOMENT),
    ("aaa", DAY), ("[$-30804]yyyy", DAY), ("yyyy-mm-dd", -1), ("yyyy-mm-dd", 3_000_000), ("yyyy-mm-dd", 0.5),
    ("mm:ss.0", MOMENT), ("[h]:mm", -0.5), ("[DBNum1]yyyy-mm-dd", DAY), ("[>5]0", 3), ("[>5]0;[<-5]0;0", -7),
    ('"岚县"@', 5), ("0;", -5), ("0;0;0;0;0", 5), ("0" * 300, 5), ("b2yyyy", DAY), ("0.0\\", 1), ("[h", 1), ("#.##", 3),
]  # fmt: skip


@pytest.mark.parametrize("code, held, shown", [*SHOWN, *ONLY_IN_CHINA])
def test_a_format_shows(code: str, held: Any, shown: str) -> None:
    assert Format(code).text(held) == shown


@pytest.mark.soffice
def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "格式.xlsx") as book:
        sheet = book.add_worksheet()
        for row, (code, held, _) in enumerate(SHOWN):
            sheet.write(row, 0, held, book.add_format({"num_format": code}))
            sheet.write_string(row, 1, "|")
    text = converted(tmp_path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true").read_text("utf-8")
    made = [row[0].strip() for row in csv.reader(io.StringIO(text))]
    assert [each for each in zip(SHOWN, made, strict=True) if each[0][2] != each[1]] == []


@pytest.mark.parametrize("code, held", NOT_CERTAIN)
def test_what_cannot_be_told_for_certain_is_not_guessed_at(code: str, held: Any) -> None:
    found = Format(code).text(held)
    assert isinstance(found, Unreadable) and found.code == "unclear-format"
    assert found.seen.endswith("）") and "（格式 " in found.seen


# ------------------------------------------------------------ in files of every make

CELLS: list[tuple[str, Any, str]] = [
    ("000", 7, "007"),
    ("0.0%", 0.856, "85.6%"),
    ('#,##0.00"元"', 1234567.891, "1,234,567.89元"),
    ("000-0000-0000", 13800000002, "138-0000-0002"),
    ('yyyy"年"m"月"d"日"', DAY, "2022年6月30日"),
    ("h:mm", time(7, 30), "7:30"),
    ('"岚县"@', "东街1号", "岚县东街1号"),
]
"""Of these each stands in row 2, from column A."""
HELD = (7, 0.856, 1234567.891, 13800000002, DAY, "07:30:00", "东街1号")


def by_xlsxwriter() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for column, (code, held, _) in enumerate(CELLS):
            sheet.write(1, column, held, book.add_format({"num_format": code}))
            sheet.write(2, column, 5 if column else "文")
    return buffer.getvalue()


def by_xlwt() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column, (code, held, _) in enumerate(CELLS):
        sheet.write(1, column, held, xlwt.easyxf(num_format_str=code))
        sheet.write(2, column, 5 if column else "文")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xml_2003() -> bytes:
    kinds = {int: "Number", float: "Number", datetime: "DateTime", str: "String"}
    styles = "".join(
        f'<Style ss:ID="s{number}"><NumberFormat ss:Format={quoteattr(code)}/></Style>'
        for number, (code, _, _) in enumerate(CELLS)
    )
    cells = ""
    for number, (_, held, _) in enumerate(CELLS):
        kind, text = kinds.get(type(held), "DateTime"), str(held)
        text = held.isoformat() if kind == "DateTime" and isinstance(held, datetime) else text
        text = f"1899-12-31T{held}" if isinstance(held, time) else text
        cells += f'<Cell ss:StyleID="s{number}"><Data ss:Type="{kind}">{text}</Data></Cell>'
    plain = (
        '<Cell><Data ss:Type="String">文</Data></Cell>' + '<Cell><Data ss:Type="Number">5</Data></Cell>' * 6
    )
    return by_hand(f"<Row/><Row>{cells}</Row><Row>{plain}</Row>", styles)


MAKES = {"xlsx": by_xlsxwriter, "xls": by_xlwt, "XML 2003": xml_2003}


@pytest.mark.parametrize("make", MAKES)
def test_what_cells_show_and_what_they_hold_in_every_make(make: str) -> None:
    [grid] = grids(MAKES[make]())
    assert dict(grid.rows)[2] == HELD
    assert dict(grid.shown) == {(2, column): shown for column, (_, _, shown) in enumerate(CELLS, 1)}
    assert len(grid.shown) == len(CELLS)
    assert (3, 2) not in grid.shown and (1, 1) not in grid.shown and (99, 1) not in grid.shown


@pytest.mark.soffice
@pytest.mark.parametrize("suffix", ["ods", "fods"])
def test_opendocument_holds_the_shown_text_itself(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "格式.xlsx").write_bytes(by_xlsxwriter())
    [grid] = grids(converted(tmp_path, suffix).read_bytes())
    assert dict(grid.rows)[2][:6] == HELD[:6]
    told = {(2, column): shown for column, (_, _, shown) in enumerate(CELLS, 1)}
    assert dict(grid.shown) | {(2, 7): dict(grid.rows)[2][6]} == told


@pytest.mark.parametrize(
    "name, shown",
    [("Fixed", "1234.50"), ("Standard", "1,234.50"), ("Percent", "123450.00%"), ("General Number", None),
     ("Currency", "unclear-format"), ("Yes/No", "unclear-format"), ("Scientific", "unclear-format")],
)  # fmt: skip
def test_xml_2003_formats_that_go_by_a_name(name: str, shown: str | None) -> None:
    styles = f'<Style ss:ID="a"><NumberFormat ss:Format="{name}"/></Style><Style ss:ID="b" ss:Parent="a"/>'
    cell = '<Cell ss:StyleID="{}"><Data ss:Type="Number">1234.5</Data></Cell>'
    [grid] = grids(by_hand(f"<Row>{cell.format('a')}{cell.format('b')}</Row>", styles))
    assert grid.rows == ((1, (1234.5, 1234.5)),)
    for place in ((1, 1), (1, 2)):
        found = grid.shown.get(place)
        assert (found.code if isinstance(found, Unreadable) else found) == shown


def test_days_by_the_settings_of_the_computer_are_as_in_china() -> None:
    """Formats 14 and 22 are m/d/yy in the files, and what the computer's settings say on the screen."""
    book = xlwt.Workbook()
    book.add_sheet("表").write(0, 0, DAY, xlwt.easyxf(num_format_str="M/D/YY"))
    buffer = io.BytesIO()
    book.save(buffer)
    assert dict(grids(buffer.getvalue())[0].shown) == {(1, 1): "2022/6/30"}


def test_xlsx_days_in_iso_form_have_formats_too() -> None:
    styles = '<numFmts><numFmt numFmtId="164" formatCode="m&quot;月&quot;"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>'
    rows = '<row r="1"><c s="0" t="d"><v>2022-06-30</v></c></row>'
    assert dict(grids(makes.xlsx_by_hand(rows, styles=styles))[0].shown) == {(1, 1): "6月"}


def test_what_a_merged_cell_covers_is_not_shown_either() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        form = book.add_format({"num_format": '@"号"'})
        sheet.merge_range("A1:A2", "甲", form)
        sheet.write("A2", "乙", form)
        sheet.write("B2", 1)
    [grid] = grids(buffer.getvalue())
    assert dict(grid.shown) == {(1, 1): "甲号"}


def test_rows_that_stand_in_any_order_keep_their_formats() -> None:
    formats = '<numFmts><numFmt numFmtId="164" formatCode="000"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>'
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" s="{style}"><v>{row}</v></c></row>'
        for row, style in ((5, 1), (2, 0), (3, 1), (1, 1))
    )
    [grid] = grids(makes.xlsx_by_hand(rows, styles=formats))
    assert dict(grid.shown) == {(1, 1): "001", (3, 1): "003", (5, 1): "005"}
