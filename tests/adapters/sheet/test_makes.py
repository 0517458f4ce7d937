"""The same table reads the same, whatever make of file it is in."""

import io

import pytest
import xlsxwriter
import xlwt
from openpyxl import Workbook
from support.inputs import makes

from pipeline.adapters.sheet import read_sheets
from pipeline.domain.model import Source
from pipeline.domain.tables.grid import Area, Grid

TYPED = {
    "xlsxwriter": makes.by_xlsxwriter(),
    "openpyxl": makes.by_openpyxl(),
    "xlwt": makes.by_xlwt(),
    "XML 2003": makes.xml_2003(),
    "XML 2003 in GBK": makes.xml_2003("gb18030"),
    "XML 2003 in UTF-16": makes.xml_2003("utf-16"),
    **{f"Calc {name}": (makes.CALC / f"名单.{name}").read_bytes() for name in ("xlsx", "xls", "ods", "fods")},
}
SEPARATORS = {"comma": ",", "tab": "\t", "semicolon": ";", "bar": "|", "顿号": "、"}


def grids(data: bytes) -> tuple[Grid, ...]:
    found = read_sheets("表", data)
    assert isinstance(found, tuple), found
    return found


@pytest.mark.parametrize("make", TYPED)
def test_values_rows_merges_and_hidden_rows_and_sheets_of_every_make(make: str) -> None:
    first, old, blank = grids(TYPED[make])
    assert first.source == Source("表", "名单")
    assert dict(first.rows) == makes.ROWS
    assert [type(value) for value in dict(first.rows)[4]] == [type(value) for value in makes.ROWS[4]]
    assert first.merged == (Area(1, 1, 1, 10),)
    assert first.concealed == {6}
    assert (first.is_hidden, old.is_hidden, blank.is_hidden) == (False, True, False)
    assert (old.source.sheet, old.rows, blank.rows) == ("旧表", ((1, ("旧",)),), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("separator", SEPARATORS)
def test_text_tables_in_every_encoding_and_with_every_separator(encoding: str, separator: str) -> None:
    [grid] = grids(makes.csv_text(SEPARATORS[separator]).encode(encoding))
    assert dict(grid.rows) == makes.SHOWN
    assert grid.source == Source("表")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
def test_a_web_page_whatever_it_says_of_its_encoding(encoding: str, charset: str) -> None:
    [grid] = grids(makes.html_page(charset).encode(encoding))
    assert dict(grid.rows) == makes.SHOWN
    assert (grid.merged, grid.concealed) == ((Area(1, 1, 1, 10),), {6})


def test_the_web_page_that_calc_writes() -> None:
    [grid] = grids((makes.CALC / "名单.html").read_bytes())
    assert dict(grid.rows) == {row: values for row, values in makes.SHOWN.items() if row != 6}


def test_a_web_archive() -> None:
    [grid] = grids(makes.web_archive())
    assert dict(grid.rows) == makes.SHOWN


def test_old_excel_in_the_code_page_that_it_names() -> None:
    texts = {(0, 0): "单位".encode("gbk"), (2, 1): "东村镇".encode("gbk")}
    [grid] = grids(makes.biff5(texts))
    assert grid.rows == ((1, ("单位",)), (3, (None, "东村镇")))


@pytest.mark.parametrize("codepage", [None, 1252])
def test_old_excel_that_names_no_or_a_western_code_page_is_taken_for_chinese(codepage: int | None) -> None:
    [grid] = grids(makes.biff5({(0, 0): "单位".encode("gbk")}, codepage))
    assert grid.rows == ((1, ("单位",)),)


def test_a_sheet_keeps_its_name_and_a_file_its_path() -> None:
    found = read_sheets("二月/甲.et", TYPED["xlwt"])
    assert isinstance(found, tuple)
    assert found[1].source == Source("二月/甲.et", "旧表")


HEADS = ("序号", "旧手机", "姓名", "备注", "手机")


def _xlsxwriter_with_hidden_columns() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADS)
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_column(3, 3, 0)
        sheet.set_column(5, 16383, None, None, {"hidden": True})
    return buffer.getvalue()


def _openpyxl_with_hidden_columns() -> bytes:
    buffer = io.BytesIO()
    book = Workbook()
    assert book.active is not None
    book.active.append(HEADS)
    for letter in "BD":
        book.active.column_dimensions[letter].hidden = True
    book.save(buffer)
    return buffer.getvalue()


def _xlwt_with_hidden_columns() -> bytes:
    buffer = io.BytesIO()
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for place, head in enumerate(HEADS):
        sheet.write(0, place, head)
    sheet.col(1).hidden = True
    sheet.col(3).width = 0
    book.save(buffer)
    return buffer.getvalue()


def _ods_with_hidden_columns() -> bytes:
    cells = "".join(f"<table:table-cell><text:p>{head}</text:p></table:table-cell>" for head in HEADS)
    columns = (
        "<table:table-column/><table:table-column table:visibility='collapse'/><table:table-column/>"
        "<table:table-column-group><table:table-column table:visibility='filter'/></table:table-column-group>"
        "<table:table-column table:number-columns-repeated='2'/>"
        "<table:table-column table:visibility='collapse' table:number-columns-repeated='1000'/>"
    )
    rows = f"<table:table-row>{cells}</table:table-row>"
    return makes.ods_by_hand(f"<table:table table:name='表'>{columns}{rows}</table:table>")


def _xml_2003_with_hidden_columns() -> bytes:
    cells = "".join(f'<ss:Cell><ss:Data ss:Type="String">{head}</ss:Data></ss:Cell>' for head in HEADS)
    columns = '<ss:Column ss:Index="2" ss:Hidden="1"/><ss:Column ss:Width="50"/><ss:Column ss:Width="0"/>'
    columns += '<ss:Column ss:Index="7" ss:Hidden="1" ss:Span="40"/>'
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><ss:Workbook xmlns:ss="{space}"><ss:Worksheet ss:Name="表"><ss:Table>{columns}'
        f"<ss:Row>{cells}</ss:Row></ss:Table></ss:Worksheet></ss:Workbook>"
    ).encode()


def _web_page_with_hidden_columns() -> bytes:
    cells = "".join(f"<td>{head}</td>" for head in HEADS)
    columns = "<col width=80><col width=0 style='display:none;mso-width-source:userset'><col><col width='0'><col span=9>"
    return f"<html><table>{columns}<tr>{cells}</tr></table></html>".encode()


HIDING = {
    "xlsxwriter": _xlsxwriter_with_hidden_columns,
    "openpyxl": _openpyxl_with_hidden_columns,
    "xlwt": _xlwt_with_hidden_columns,
    "ods": _ods_with_hidden_columns,
    "XML 2003": _xml_2003_with_hidden_columns,
    "web page": _web_page_with_hidden_columns,
}


@pytest.mark.parametrize("make", HIDING)
def test_hidden_columns_of_every_make_and_none_beyond_the_widest_row(make: str) -> None:
    [grid] = grids(HIDING[make]())
    assert grid.rows == ((1, HEADS),)
    assert grid.hidden_columns == {2, 4}


@pytest.mark.parametrize("make", TYPED)
def test_of_a_table_without_hidden_columns_none_is_hidden(make: str) -> None:
    assert all(grid.hidden_columns == frozenset() for grid in grids(TYPED[make]))


@pytest.mark.parametrize("width", ["", "auto", "NaN", "8.43", "0.71"])
def test_a_width_that_is_no_nothing_hides_nothing_and_breaks_nothing(width: str) -> None:
    columns = f"<cols><col min='1' max='1' width='{width}'/></cols>"
    parts = makes.unpacked(makes.xlsx_by_hand("<row><c t='inlineStr'><is><t>单位</t></is></c></row>"))
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<sheetData>", columns.encode() + b"<sheetData>")
    [grid] = grids(makes.packed(parts))
    assert (grid.rows, grid.hidden_columns) == (((1, ("单位",)),), frozenset())
