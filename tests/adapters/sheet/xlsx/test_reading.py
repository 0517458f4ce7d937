"""What stands in an .xlsx, and what must not matter in it."""

import io
import time as clock
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import PatternFill
from support.inputs import makes

from pipeline.adapters.sheet import read_sheets
from pipeline.domain.model import Problem
from pipeline.domain.tables.grid import Area, Grid
from pipeline.domain.values.cell import Unreadable, Value


def content(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def book(*rows: tuple[object, ...]) -> Workbook:
    made = Workbook()
    for row in rows:
        made.active.append(list(row))
    return made


def grids(data: bytes) -> tuple[Grid, ...]:
    found = read_sheets("甲.xlsx", data)
    assert isinstance(found, tuple), found
    return found


def cells(data: bytes, row: int = 1) -> tuple[Value, ...]:
    return dict(grids(data)[0].rows)[row]


def code(data: bytes) -> str:
    found = read_sheets("甲.xlsx", data)
    assert isinstance(found, Problem), found
    return found.code


def test_a_wrong_dimension_record_hides_nothing() -> None:
    rows = "".join(f'<row r="{row}"><c r="B{row}"><v>{row}</v></c></row>' for row in range(1, 11))
    assert len(grids(makes.xlsx_by_hand(rows))[0].rows) == 10


def test_rows_and_cells_without_references_follow_each_other() -> None:
    rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>'
    assert grids(makes.xlsx_by_hand(rows))[0].rows == ((1, (1, 2)), (5, (None, None, 3, 4)), (6, (5,)))


def test_rows_and_cells_out_of_order_are_put_in_order() -> None:
    rows = (
        '<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>'
    )
    assert grids(makes.xlsx_by_hand(rows))[0].rows == ((1, (1, 2)), (3, (3,)))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>abc</v></c></row>',
        '<row r="1"><c r="A1"><v>1_0</v></c></row>',
        '<row r="1"><c r="A1"><v>nan</v></c></row>',
        '<row r="1"><c r="A1"><v>1e999</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" t="new"><v>7</v></c></row>',
    ],
)
def test_what_contradicts_itself_is_not_guessed_at(rows: str) -> None:
    assert code(makes.xlsx_by_hand(rows, strings="<si><t>甲</t></si>")) == "broken-file"


def test_texts_of_every_kind() -> None:
    strings = (
        "<si><r><t>富</t></r><r><rPr><b/></rPr><t>文本</t></r><rPh sb='0' eb='1'><t>fu</t></rPh><phoneticPr fontId='1'/></si>"
        "<si><t xml:space='preserve'>  </t></si><si><t>一_x000D_二_x005F_x0041_</t></si>"
    )
    rows = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c>'
        '<c t="inlineStr"><is><r><t>内</t></r><r><t>联</t></r><rPh sb="0" eb="1"><t>nei</t></rPh></is></c>'
        '<c t="str"><f>A1&amp;"x"</f><v>富x</v></c><c t="str"><f>""</f><v></v></c><c t="b"><v>1</v></c></row>'
    )
    found = cells(makes.xlsx_by_hand(rows, strings=strings))
    assert found == ("富文本", None, "一\r二_x0041_", "内联", "富x", None, True)


def test_numbers_keep_what_a_spreadsheet_keeps_and_no_more() -> None:
    rows = "<row>" + "".join(
        f"<c><v>{text}</v></c>" for text in ("180", "180.0", "1.5E1", "-0", "0.1", "141127199001010015")
    )
    found = cells(makes.xlsx_by_hand(rows + "</row>"))
    assert found == (180, 180, 15, 0, 0.1, 1.41127199001010015e17)
    assert [type(value) for value in found] == [int, int, int, int, float, float]


def test_formulas_errors_and_results() -> None:
    rows = (
        '<row><c><f>SUM(B1:C1)</f><v>3</v></c><c><f>VLOOKUP(A1,[1]Sheet1!A:B,2)</f></c><c t="str"><f>A1</f></c>'
        '<c t="e"><v>#N/A</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c><f t="shared" si="0"/></c></row>'
    )
    assert cells(makes.xlsx_by_hand(rows)) == (
        3, Unreadable("=VLOOKUP(A1,[1]Sheet1!A:B,2)", "no-cached-value"), Unreadable("=A1", "no-cached-value"),
        Unreadable("#N/A", "error-value"), Unreadable("#DIV/0!", "error-value"), Unreadable("=…", "no-cached-value"),
    )  # fmt: skip


def test_a_result_of_0_that_its_writer_wants_calculated_is_none() -> None:
    import xlsxwriter

    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer)
    sheet = made.add_worksheet()
    sheet.write_formula(0, 0, "=1+1")
    sheet.write_formula(0, 1, "=1+1", None, 2)
    sheet.write_number(0, 2, 0)
    made.close()
    assert cells(buffer.getvalue()) == (Unreadable("=1+1", "no-cached-value"), 2, 0)


def test_a_long_formula_is_shown_by_its_beginning() -> None:
    found = cells(content(book(("=" + "+".join(["1"] * 200),))))
    assert isinstance(found[0], Unreadable) and len(found[0].seen) < 70


@pytest.mark.parametrize(
    "number_format, shown",
    [
        ("yyyy-mm-dd", datetime(2022, 6, 1)), ('yyyy"年"m"月"d"日";@', datetime(2022, 6, 1)),
        ("[$-804]yyyy/m/d", datetime(2022, 6, 1)), ("[DBNum1][$-804]m月d日", datetime(2022, 6, 1)), ("General", 44713),
        ("0.00_);[Red]\\(0.00\\)", 44713), ("#,##0\"days\"", 44713), ("@", 44713), ("[h]:mm", "1073112:00:00"),
    ],
)  # fmt: skip
def test_a_number_is_a_day_only_where_it_is_shown_as_one(number_format: str, shown: Value) -> None:
    made = book((44713,))
    made.active["A1"].number_format = number_format
    assert cells(content(made)) == (shown,)


@pytest.mark.parametrize("number", [14, 22, 27, 31, 36, 50, 57, 58])
def test_built_in_formats_for_days_also_those_of_the_chinese_excel(number: int) -> None:
    styles = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs>'
    rows = '<row><c s="1"><v>44713</v></c><c s="0"><v>44713</v></c><c s="9"><v>1</v></c></row>'
    assert cells(makes.xlsx_by_hand(rows, styles=styles)) == (datetime(2022, 6, 1), 44713, 1)


def test_days_in_both_calendars() -> None:
    styles = '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>'
    rows = (
        "<row>"
        + "".join(f'<c s="1"><v>{day}</v></c>' for day in (1, 59, 61, 43251, 0.25, -1, 2958466))
        + "</row>"
    )
    assert cells(makes.xlsx_by_hand(rows, styles=styles)) == (
        datetime(1900, 1, 1), datetime(1900, 2, 28), datetime(1900, 3, 1), datetime(2018, 5, 31), "06:00:00", -1, 2958466,
    )  # fmt: skip
    [grid] = grids(makes.xlsx_by_hand(rows, styles=styles, properties='<workbookPr date1904="1"/>'))
    assert grid.from_1904 and grid.rows[0][1][3] == datetime(2022, 6, 1)


def test_dates_written_as_text_in_the_strict_variant() -> None:
    rows = '<row><c t="d"><v>2022-06-01</v></c><c t="d"><v>2022-06-01T08:30:00.500</v></c><c t="d"><v>08:30:00</v></c></row>'
    data = makes.xlsx_by_hand(rows, main="http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert cells(data) == (datetime(2022, 6, 1), datetime(2022, 6, 1, 8, 30, 0, 500_000), "08:30:00")


def test_times_and_durations_are_texts() -> None:
    assert cells(content(book((date(2022, 6, 1), time(8, 30), timedelta(hours=26), True)))) == (
        datetime(2022, 6, 1), "08:30:00", "26:00:00", True,
    )  # fmt: skip


def test_what_a_merge_covers_is_not_read_even_if_it_is_there() -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}"><v>2</v></c></row>' for row in (1, 2, 3)
    )
    merged = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B3"/><mergeCell ref="C3:XFD1048576"/></mergeCells>'
    [grid] = grids(makes.xlsx_by_hand(rows, after=merged))
    assert grid.rows == ((1, (1,)), (3, (1, 2)))
    assert grid.merged == (Area(1, 1, 2, 2), Area(3, 3, 1048576, 16384))


def test_hidden_rows_are_named_where_they_hold_something() -> None:
    rows = '<row r="1"><c><v>1</v></c></row><row r="2" hidden="1"><c><v>2</v></c></row><row r="3" hidden="true"><c s="1"/></row>'
    assert grids(makes.xlsx_by_hand(rows))[0].concealed == {2}


def test_a_stray_far_cell_costs_nothing() -> None:
    made = book(("序号", "单位"), (1, "东村镇"))
    made.active["XFD1048576"] = "x"
    made.active["A1048575"] = "　 "
    rows = grids(content(made))[0].rows
    assert [(number, len(values)) for number, values in rows] == [(1, 2), (2, 2), (1048576, 16384)]


@pytest.mark.slow
def test_phantom_rows_cost_little() -> None:
    rows = "".join(
        f'<row r="{row}" spans="1:9" s="3" customFormat="1" ht="14.25"><c r="A{row}" s="1"/></row>'
        for row in range(2, 1048577)
    )
    data = makes.xlsx_by_hand('<row r="1"><c r="A1"><v>1</v></c></row>' + rows)
    begin = clock.process_time()
    assert grids(data)[0].rows == ((1, (1,)),)
    assert clock.process_time() - begin < 30


def test_charts_pictures_links_and_odd_styles_do_not_matter() -> None:
    made = book(("a", 1))
    made.active["A1"].fill = PatternFill("solid", "FF0000")
    chart = BarChart()
    chart.add_data(Reference(made.active, min_col=2, min_row=1))
    made.active.add_chart(chart)
    made.create_chartsheet("图").add_chart(BarChart())
    parts = makes.unpacked(content(made))
    for name in parts:
        if "chart" in name and name.endswith(".xml") and "sheet" not in name:
            parts[name] = b"<broken"
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"<fills", b"<fills><fill/></fills><fills")
    parts["xl/externalLinks/externalLink1.xml"] = b"\0"
    parts["xl/media/image1.png"] = b"\x89PNG"
    assert [grid.rows for grid in grids(makes.packed(parts))] == [((1, ("a", 1)),)]


def test_parts_under_other_names_and_with_backslashes() -> None:
    parts = makes.unpacked(makes.xlsx_by_hand("<row><c><v>1</v></c></row>"))
    parts["XL\\Worksheets\\Sheet1.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    assert cells(makes.packed(parts)) == (1,)


def test_a_prefix_before_every_element_does_not_matter() -> None:
    parts = makes.unpacked(makes.xlsx_by_hand("<row><c><v>1</v></c></row>"))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for name in ("worksheet", "dimension", "sheetData", "row", "c", "v"):
        sheet = sheet.replace(f"<{name}", f"<x:{name}").replace(f"</{name}>", f"</x:{name}>")
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("xmlns=", "xmlns:x=").encode()
    assert cells(makes.packed(parts)) == (1,)


@pytest.mark.parametrize("part", sorted(makes.unpacked(makes.xlsx_by_hand())))
@pytest.mark.parametrize("damage", [b"", b"<not xml", b"<a/>", b"\xff\xfe\0\0", None])
def test_a_damaged_or_missing_part_is_a_problem(part: str, damage: bytes | None) -> None:
    rows = '<row><c t="s"><v>0</v></c></row>'
    parts = makes.unpacked(makes.xlsx_by_hand(rows, strings="<si><t>甲</t></si>"))
    del parts[part]
    if damage is not None:
        parts[part] = damage
    found = read_sheets("甲.xlsx", makes.packed(parts))
    if isinstance(found, Problem):
        assert found.code in {"broken-file", "empty-file"}
    else:
        assert part in {"_rels/.rels", "xl/styles.xml"} and found[0].rows == ((1, ("甲",)),)


def test_a_workbook_without_any_cell_is_empty() -> None:
    assert code(content(Workbook())) == "empty-file"
