"""What is particular to .xls, .ods, text, web pages and XML spreadsheets 2003."""

import io
from datetime import datetime, time

import pytest
import xlwt
from support.inputs import makes

from pipeline.adapters.sheet import read_sheets
from pipeline.domain.model import Problem
from pipeline.domain.tables.grid import Area, Grid
from pipeline.domain.values.cell import Unreadable, Value


def grids(data: bytes) -> tuple[Grid, ...]:
    found = read_sheets("甲", data)
    assert isinstance(found, tuple), found
    return found


def rows(data: bytes) -> dict[int, tuple[Value, ...]]:
    return dict(grids(data)[0].rows)


def saved(book: xlwt.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# .xls


def test_xls_values_of_every_kind() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column, value in enumerate((1.5, 7, True, "文", "", time(8, 30), 141127199001010015.0)):
        style = xlwt.easyxf(num_format_str="hh:mm" if isinstance(value, time) else "General")
        sheet.write(0, column, value, style)
    sheet.row(0).set_cell_error(7, 42)
    sheet.write(1, 0, 44713, xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"'))
    sheet.write(1, 1, 44713.354166666664, xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm"))
    sheet.write(3, 0, xlwt.Formula("1+1"))
    sheet.write(3, 1, "后")
    assert rows(saved(book)) == {
        1: (1.5, 7, True, "文", None, "08:30:00", 141127199001010015.0, Unreadable("#N/A", "error-value")),
        2: (datetime(2022, 6, 1), datetime(2022, 6, 1, 8, 30)),
        4: (None, "后"),
    }


def test_xls_days_that_count_from_1904() -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    book.add_sheet("表").write(0, 0, 43251, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    [grid] = grids(saved(book))
    assert grid.from_1904 and grid.rows == ((1, (datetime(2022, 6, 1),)),)


def test_xls_phantom_rows_and_a_far_cell_cost_nothing() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "序号")
    for row in range(1, 3000):
        for column in range(40):
            sheet.write(
                row,
                column,
                None,
                xlwt.easyxf("pattern: pattern solid")
                if row == 1 and column == 0
                else xlwt.Style.default_style,
            )
    sheet.write(65535, 255, "x")
    assert [(row, len(cells)) for row, cells in rows(saved(book)).items()] == [(1, 1), (65536, 256)]


def test_xls_a_stream_of_many_sectors_and_small_ones() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row in range(5000):
        sheet.write(row, 0, f"第{row}户")
    data = saved(book)
    assert len(data) > 200_000 and rows(data)[5000] == ("第4999户",)


# .ods


FLOAT = '<table:table-cell office:value-type="float" office:value="{}"/>'


def ods(cells: str, **more: str) -> dict[int, tuple[Value, ...]]:
    return rows(
        makes.ods_by_hand(f"<table:table><table:table-row>{cells}</table:table-row></table:table>", **more)
    )


@pytest.mark.parametrize(
    "cell, value",
    [
        ('office:value-type="percentage" office:value="0.125"><text:p>12.5%</text:p>', 0.125),
        ('office:value-type="currency" office:value="180"><text:p>￥180.00</text:p>', 180),
        ('office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p>', True),
        ('office:value-type="date" office:date-value="2022-06-01"><text:p>6月1日</text:p>', datetime(2022, 6, 1)),
        ('office:value-type="time" office:time-value="PT26H00M05S"><text:p>2:00</text:p>', "26:00:05"),
        ('office:value-type="time" office:time-value="-PT1H">', "-01:00:00"),
        ('office:value-type="string"><text:p>一<text:s text:c="2"/>二<text:tab/>三<text:line-break/>四</text:p><text:p>五</text:p>',
         "一  二\t三\n四\n五"),
        ('office:value-type="string" office:string-value="甲">', "甲"),
        ('office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation><text:p>文</text:p>', "文"),
        ('office:value-type="string"><drawing:frame><text:p>图上的字</text:p></drawing:frame><text:p>文</text:p>', "文"),
        ('office:value-type="string"><text:p><text:span>粗</text:span>体</text:p>', "粗体"),
        ('table:formula="of:=SUM([.A1])" office:value-type="float" office:value="3"><text:p>3</text:p>', 3),
        ('table:formula="of:=[.A1]/0" office:value-type="string"><text:p>#DIV/0!</text:p>', Unreadable("#DIV/0!", "error-value")),
        ('table:formula="of:=X()" office:value-type="float" office:value="0"><text:p>Err:508</text:p>', Unreadable("Err:508", "error-value")),
        ('table:formula="of:=[.A1]+1">', Unreadable("=[.A1]+1", "no-cached-value")),
        ('office:value-type="string"><text:p>#1 店</text:p>', "#1 店"),
    ],
)  # fmt: skip
def test_ods_values_of_every_kind(cell: str, value: Value) -> None:
    assert ods(f"<table:table-cell {cell}</table:table-cell>") == {1: (value,)}


def test_ods_repeats() -> None:
    table = (
        '<table:table-row table:number-rows-repeated="3"/>'
        '<table:table-row table:number-rows-repeated="2" table:visibility="filter"><table:table-cell '
        'table:number-columns-repeated="2"/>' + FLOAT.format(1).replace("/>", ' table:number-columns-repeated="2"/>')
        + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:style-name="a"/></table:table-row>'
    )  # fmt: skip
    [grid] = grids(makes.ods_by_hand(f"<table:table>{table}</table:table>"))
    assert grid.rows == ((4, (None, None, 1, 1)), (5, (None, None, 1, 1)))
    assert grid.concealed == {4, 5}


def test_ods_what_a_merge_covers_and_the_cells_after_it() -> None:
    cells = (
        FLOAT.format(1).replace("/>", ' table:number-columns-spanned="2" table:number-rows-spanned="2"/>')
        + '<table:covered-table-cell office:value-type="float" office:value="9"/>' + FLOAT.format(3)
    )  # fmt: skip
    [grid] = grids(
        makes.ods_by_hand(f"<table:table><table:table-row>{cells}</table:table-row></table:table>")
    )
    assert grid.rows == ((1, (1, None, 3)),) and grid.merged == (Area(1, 1, 2, 2),)


def test_ods_tables_that_are_no_sheets_and_the_calendar() -> None:
    row = f"<table:table-row>{FLOAT.format(1)}</table:table-row>"
    content = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
        f'<table:table table:name="表">{row}</table:table>'
        f'<table:table table:name="外"><table:table-source/>{row}</table:table>'
        f"<table:dde-links><table:dde-link><table:table>{row}</table:table></table:dde-link></table:dde-links>"
    )
    [grid] = grids(makes.ods_by_hand(content))
    assert (grid.source.sheet, grid.from_1904) == ("表", True)


# text


@pytest.mark.parametrize(
    "text, column",
    [
        ('单位,身份证号\n东村镇,="141127199001010015"\n普明镇,\'141127199001010023\n', ["身份证号", "141127199001010015", "141127199001010023"]),
        ('单位,身份证号\n东村镇,"=""141127199001010015"""\n', ["身份证号", "141127199001010015"]),
        ("单位\t地址\n东村镇\t东街,1号,2室\n普明镇\t西街\n", ["地址", "东街,1号,2室", "西街"]),
        ("附件,\n单位,别名\n东村镇,东村、东村乡\n普明镇,普明、普明乡\n", ["别名", "东村、东村乡", "普明、普明乡"]),
        ("sep=;\n单位;地址\n东村镇;a,b\n", ["地址", "a,b"]),
        ('单位,地址\n东村镇,"东街\n1号"\n', ["地址", "东街\n1号"]),
        ("单位,地址\r东村镇,东街\r", ["地址", "东街"]),
        ('单位,地址\n东村镇,5寸"屏\n', ["地址", '5寸"屏']),
        ('单位\t店名\n东村镇\t"高级"烟酒店\n普明镇\t"好\n', ["店名", '"高级"烟酒店', '"好']),
        ("单位,地址\n东村镇,东街\n\x1a", ["地址", "东街"]),
        ("单位,地址\n东村镇,0012\n", ["地址", "0012"]),
        ("单位,说明\n东村镇,'老'味道\n", ["说明", "'老'味道"]),
    ],
)  # fmt: skip
def test_csv_second_column(text: str, column: list[str]) -> None:
    assert [values[1] for values in rows(text.encode()).values() if len(values) > 1] == column


def test_csv_rows_are_numbered_by_record() -> None:
    text = '标题\n\n单位,地址\n"东村镇","东街\n1号\n2室"\n , \n普明镇,西街\n'
    assert list(rows(text.encode())) == [1, 3, 4, 6]


@pytest.mark.parametrize("text", ["PKID,单位\n1,东村镇\n", "BM,单位\n1,东村镇\n", "\t单位\n1\t东村镇\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_csv_that_begins_like_another_format(text: str, encoding: str) -> None:
    assert rows(text.encode(encoding))[2] == ("1", "东村镇")


def test_csv_of_a_single_column() -> None:
    assert rows("单位\n东村镇\n普明镇\n".encode("gbk")) == {1: ("单位",), 2: ("东村镇",), 3: ("普明镇",)}


def test_csv_with_rare_characters() -> None:
    text = "姓名,地址\n㛃𠅤,䶮街\n"
    for encoding in ("utf-8", "gb18030", "utf-16"):
        assert rows(text.encode(encoding))[2] == ("㛃𠅤", "䶮街")


@pytest.mark.parametrize("length", range(1, 12))
def test_the_shortest_chinese_texts_are_told_from_their_bytes(length: int) -> None:
    word = "东村镇普明镇岚城镇界河口"[:length]
    for encoding in ("utf-8", "gb18030"):
        assert rows(f"{word},1\n".encode(encoding)) == {1: (word, "1")}


# web pages


def test_html_tables_within_and_after_each_other() -> None:
    page = (
        "<table><tr><td>外<table><tr><td>内一</td></tr></table></td></tr></table><p>字</p>"
        "<table><thead><tr><th>头</th></tr></thead><tbody><tr><td>身</td></tr></tbody></table><table><tr><td> &nbsp; </table>"
    )
    assert [(grid.source.sheet, grid.rows) for grid in grids(page.encode())] == [
        ("表格1", ((1, ("外",)),)), ("表格2", ((1, ("内一",)),)), ("表格3", ((1, ("头",)), (2, ("身",)))),
    ]  # fmt: skip


def test_html_spans_push_cells_aside() -> None:
    page = "<table><tr><td rowspan=2 colspan=2>一<td>二<tr><td>三<tr><td>四</table>"
    [grid] = grids(page.encode())
    assert grid.rows == ((1, ("一", None, "二")), (2, (None, None, "三")), (3, ("四",)))
    assert grid.merged == (Area(1, 1, 2, 2),)


def test_html_without_rows_and_with_sloppy_ends() -> None:
    assert rows("<TABLE border=1><td>一<td>二<tr><td>三</TABLE>".encode("gbk")) == {
        1: ("一", "二"),
        2: ("三",),
    }


def test_html_white_space_entities_and_lines() -> None:
    page = "<table><tr><td>\n  东村镇 \r\n 一号&lt;A&amp;B&gt;<br>第二&nbsp;行<p>三</p><script>x</script><!-- y --></td></tr></table>"
    assert rows(page.encode()) == {1: ("东村镇 一号<A&B>\n第二\xa0行\n三",)}


# XML 2003


def xml(table: str, before: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel">{before}<ss:Worksheet ss:Name="表"><ss:Table>{table}</ss:Table>'
        "</ss:Worksheet></ss:Workbook>"
    ).encode()


def test_xml_2003_values_of_every_kind() -> None:
    cells = (
        '<ss:Cell><ss:Data ss:Type="Boolean">1</ss:Data></ss:Cell><ss:Cell><ss:Data ss:Type="Error">#N/A</ss:Data></ss:Cell>'
        '<ss:Cell ss:Formula="=R1C1+1"/><ss:Cell ss:Formula="=1"><ss:Data ss:Type="Number">1</ss:Data></ss:Cell>'
        '<ss:Cell ss:StyleID="d"><ss:Data ss:Type="Number">44713</ss:Data></ss:Cell>'
        '<ss:Cell><ss:Data ss:Type="String"><B xmlns="http://www.w3.org/TR/REC-html40">粗</B>体</ss:Data></ss:Cell>'
        '<ss:Cell ss:StyleID="p"><ss:Data ss:Type="Number">0.5</ss:Data></ss:Cell>'
    )
    styles = '<ss:Style ss:ID="d"><ss:NumberFormat ss:Format="Short Date"/></ss:Style><ss:Style ss:ID="p"><ss:NumberFormat ss:Format="Fixed"/></ss:Style>'
    assert rows(xml(f"<ss:Row>{cells}</ss:Row>", styles)) == {
        1: (
            True,
            Unreadable("#N/A", "error-value"),
            Unreadable("=R1C1+1", "no-cached-value"),
            1,
            datetime(2022, 6, 1),
            "粗体",
            0.5,
        )
    }


def test_xml_2003_indexes_spans_and_merges() -> None:
    cell = '<ss:Cell {}><ss:Data ss:Type="Number">{}</ss:Data></ss:Cell>'
    merged = cell.format('ss:MergeAcross="1" ss:MergeDown="2"', 1)
    table = (
        f'<ss:Row ss:Index="3" ss:Span="1">{merged}{cell.format("", 2)}</ss:Row>'
        "<ss:Row>" + cell.format('ss:Index="4"', 3) + "</ss:Row>"
    )
    [grid] = grids(xml(table))
    assert grid.rows == ((3, (1, None, 2)), (5, (None, None, None, 3))) and grid.merged == (Area(3, 1, 5, 2),)


def test_xml_2003_days_that_count_from_1904() -> None:
    before = '<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook><ss:Style ss:ID="d"><ss:NumberFormat ss:Format="yyyy\\-mm\\-dd"/></ss:Style>'
    data = '<ss:Row><ss:Cell ss:StyleID="d"><ss:Data ss:Type="Number">43251</ss:Data></ss:Cell></ss:Row>'
    [grid] = grids(xml(data, before))
    assert grid.from_1904 and grid.rows == ((1, (datetime(2022, 6, 1),)),)


@pytest.mark.parametrize(
    "table",
    [
        '<ss:Row ss:Index="0"><ss:Cell/></ss:Row>', '<ss:Row ss:Index="9999999"/>', '<ss:Row ss:Index="x"/>',
        '<ss:Row><ss:Cell ss:Index="99999"/></ss:Row>', '<ss:Row><ss:Cell><ss:Data ss:Type="New">1</ss:Data></ss:Cell></ss:Row>',
        '<ss:Row><ss:Cell ss:MergeDown="-3"/></ss:Row>', '<ss:Row><ss:Cell><ss:Data ss:Type="Number">一</ss:Data></ss:Cell></ss:Row>',
    ],
)  # fmt: skip
def test_xml_2003_that_contradicts_itself(table: str) -> None:
    found = read_sheets("甲", xml(table))
    assert isinstance(found, Problem) and found.code == "broken-file"
