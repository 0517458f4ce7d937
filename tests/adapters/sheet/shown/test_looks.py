"""What is struck out, in every make of file, and what of a web page a browser shows."""

import io
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from support.inputs import makes
from support.inputs.shown import by_hand, converted, grids

from pipeline.domain.tables.grid import Grid
from pipeline.domain.values.cell import Unreadable

LINES = [["一", "张三", "甲店"], ["二", "李四", "乙店"], ["三", "王五", "丙店"]]
"""Row 2 is struck out; in row 3 the name is, and of the shop a part."""
PART = Unreadable("旧店丙店（其中划掉的是“旧店”）", "struck-text")


def by_xlsxwriter() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet, struck = book.add_worksheet(), book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, LINES[0], book.add_format({"bold": True}))
        sheet.write_row(1, 0, LINES[1], struck)
        sheet.write_row(2, 0, LINES[2])
        sheet.write(2, 1, "王五", struck)
        sheet.write_rich_string(2, 2, struck, "旧店", book.add_format({"bold": True}), "丙店")
    return buffer.getvalue()


def by_xlwt() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    struck, plain = xlwt.easyxf("font: struck_out on"), xlwt.easyxf()
    for row, line in enumerate(LINES):
        for column, text in enumerate(line):
            style = struck if row == 1 or (row, column) == (2, 1) else plain
            if (row, column) == (2, 2):
                sheet.write_rich_text(row, column, [("旧店", struck.font), ("丙店", plain.font)])
            else:
                sheet.write(row, column, text, style)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xml_2003() -> bytes:
    def cell(text: str, style: str = "") -> str:
        page = ' xmlns="http://www.w3.org/TR/REC-html40"'
        return f'<Cell{style}><ss:Data ss:Type="String"{page}>{text}</ss:Data></Cell>'

    struck = ' ss:StyleID="s"'
    rows = [
        "".join(cell(text) for text in LINES[0]),
        "".join(cell(text, struck) for text in LINES[1]),
        cell("三") + cell("王五", struck) + cell("<S>旧店</S>丙店"),
    ]
    styles = '<Style ss:ID="a"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="s" ss:Parent="a"/>'
    return by_hand("".join(f"<Row>{row}</Row>" for row in rows), styles)


def web_page() -> bytes:
    rows = [
        "<tr><td>一<td>张三<td>甲店",
        '<tr class="gone"><td>二<td>李四<td>乙店',
        '<tr><td>三<td style="text-decoration: line-through">王五<td><s>旧店</s>丙店',
    ]
    style = "<style>/* 划掉 */ .gone, td.x { text-decoration-line: line-through }</style>"
    return f"<html><head>{style}</head><body><table>{''.join(rows)}</table></body></html>".encode()


def ods() -> bytes:
    styles = (
        '<style:style style:name="ce1" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties style:text-line-through-type="single"/></style:style>'
        '<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="ce1"/>'
        '<style:style style:name="ce3" style:family="table-cell" style:parent-style-name="ce1">'
        '<style:text-properties style:text-line-through-style="none"/></style:style>'
    )

    def cell(text: str, style: str = "") -> str:
        named = f' table:style-name="{style}"' if style else ""
        return (
            f'<table:table-cell office:value-type="string"{named}><text:p>{text}</text:p></table:table-cell>'
        )

    rows = [
        "<table:table-row>" + "".join(cell(text, "ce3") for text in LINES[0]),
        '<table:table-row table:default-cell-style-name="ce1">' + "".join(map(cell, LINES[1])),
        "<table:table-row>"
        + cell("三")
        + cell("王五", "ce2")
        + cell('<text:span text:style-name="T1">旧店</text:span>丙店'),
    ]
    body = "".join(f"{row}</table:table-row>" for row in rows)
    return makes.ods_by_hand(
        f'<table:table table:name="表">{body}</table:table>',
        before=f"<office:automatic-styles>{styles}</office:automatic-styles>",
    )


MAKES = {"xlsx": by_xlsxwriter, "xls": by_xlwt, "XML 2003": xml_2003, "web page": web_page, "ods": ods}


@pytest.mark.parametrize("make", MAKES)
def test_rows_cells_and_parts_that_are_struck_out_in_every_make(make: str) -> None:
    [grid] = grids(MAKES[make]())
    assert dict(grid.rows) == {
        row: tuple(line) for row, line in enumerate([*LINES[:2], ["三", "王五", "旧店丙店"]], 1)
    }
    assert grid.struck == {2}
    assert dict(grid.shown) == {(3, 2): Unreadable("王五", "struck-text"), (3, 3): PART}


@pytest.mark.soffice
def test_struck_out_in_what_calc_writes(tmp_path: Path) -> None:
    (tmp_path / "格式.xlsx").write_bytes(by_xlsxwriter())
    [grid] = grids(converted(tmp_path, "ods").read_bytes())
    assert grid.struck == {2}
    assert dict(grid.shown) == {(3, 2): Unreadable("王五", "struck-text"), (3, 3): PART}


def test_xlsx_a_strike_that_is_switched_off_or_belongs_to_a_rule_strikes_nothing() -> None:
    styles = (
        '<fonts><font/><font><strike val="0"/></font></fonts><cellXfs><xf fontId="1"/></cellXfs>'
        "<dxfs><dxf><font><strike/></font></dxf></dxfs>"
    )
    [grid] = grids(makes.xlsx_by_hand('<row r="1"><c r="A1" s="0"><v>1</v></c></row>', styles=styles))
    assert (grid.struck, dict(grid.shown)) == (frozenset(), {})


def test_xlsx_inline_text_with_a_struck_run() -> None:
    run = "<r><rPr><strike/></rPr><t>旧店</t></r><r><t>丙店</t></r>"
    all_gone = "<r><rPr><strike/></rPr><t>旧</t></r><r><rPr><strike val='true'/></rPr><t>店</t></r>"
    rows = f'<row r="1"><c t="inlineStr"><is>{run}</is></c></row>'
    rows += f'<row r="2"><c t="inlineStr"><is>{all_gone}</is></c></row>'
    [grid] = grids(makes.xlsx_by_hand(rows))
    assert dict(grid.shown) == {(1, 1): PART} and grid.struck == {2}


# ------------------------------------------------------------ web pages


def page(cell: str, head: str = "") -> Grid:
    [grid] = grids(
        f"<html><head>{head}</head><body><table><tr><td>头<td>{cell}<td>尾</table></body></html>".encode()
    )
    return grid


@pytest.mark.parametrize(
    "cell",
    [
        '<span style="display:none">00001</span>小吃店',
        '小吃店<div style="DISPLAY : none;">类别编码5210<br>再一行</div>',
        "小吃店<span hidden>点此修改</span>",
        "小吃店<p hidden=''>点此<span>修</span>改</p>",
        '小吃店<i style="visibility:hidden">x</i>',
        '<span class="key b">00001</span>小吃店',
        '<span class="b only">00001</span>小吃店',
        "小吃店<template>x</template><script>y</script><!-- z --><noscript>请开</noscript>",
        "<span hidden><span>a</span>b<br>c</span>小吃店",
        "<select><option>批发</option><option selected>小吃店</option></select>",
        "<select><option>小吃店<option>批发</select>",
        '<select><optgroup label="一"><option>批发</option><option selected="selected"> 小吃店 </optgroup></select>',
        "<select multiple><option>批发</option><option selected>小吃店</option></select>",
        '<input type="hidden" value="7"><input value="小吃店"><input type="checkbox" value="on">',
        "<textarea>小吃店</textarea>",
        '小吃店<select style="display:none"><option>批发</option></select>',
    ],
)
def test_a_cell_says_what_a_browser_shows(cell: str) -> None:
    style = (
        "<style><!-- .key { color: red; display: none } td.only, span.only {visibility: hidden} --></style>"
    )
    assert page(cell, style).rows == ((1, ("头", "小吃店", "尾")),)


@pytest.mark.parametrize(
    "cell, head",
    [
        ('<span class="no">小吃店</span>', "<style>@media print { .no { display: none } } </style>"),
        ('<span class="no">小吃店</span>', "<style>.yes .no, div.no { display: none }</style>"),
        ('<span style="display:inline">小吃店</span>', ""),
        ('<span aria-hidden="true">小吃店</span>', ""),
        ('<s style="display:inline"></s>小吃店<span style="text-decoration:none">', ""),
        ("小吃店<select></select>", ""),
    ],
)
def test_what_only_looks_as_if_it_were_hidden_is_read(cell: str, head: str) -> None:
    found = page(cell, head)
    assert found.rows == ((1, ("头", "小吃店", "尾")),) and dict(found.shown) == {}


def test_rows_that_a_page_hides_are_read_and_told_whatever_hides_them() -> None:
    style = "<style>.off{display:none}</style>"
    rows = "<tr><td>一<tr class=off><td>二<tr hidden><td>三<tr style='display:none'><td>四"
    [grid] = grids(f"<html><head>{style}</head><table>{rows}</table></html>".encode())
    assert [cells for _, cells in grid.rows] == [("一",), ("二",), ("三",), ("四",)]
    assert grid.concealed == {2, 3, 4}


def test_a_table_in_a_part_of_the_page_that_is_not_shown_is_a_hidden_sheet() -> None:
    text = "<html><div style='display:none'><table><tr><td>旧</table></div><table><tr><td>新</table></html>"
    old, new = grids(text.encode())
    assert (old.rows, old.is_hidden) == (((1, ("旧",)),), True)
    assert (new.rows, new.is_hidden) == (((1, ("新",)),), False)
