from datetime import UTC, datetime
from fractions import Fraction
from math import ceil
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from xlsxwriter.worksheet import Worksheet as LibrarySheet

from pipeline.adapters.workbook import write_table, write_tables
from pipeline.adapters.workbook.plain_rows import PlainRows
from pipeline.adapters.workbook.tables import _lines
from pipeline.domain.documents import Cell, Column, Formula, Worksheet

NOW = datetime(2022, 6, 1, 8, 30, tzinfo=UTC)
COLUMNS = (Column("编号", 24), Column("身份证号", 21))


def test_every_cell_is_text_so_that_long_numbers_keep_their_digits(tmp_path: Path) -> None:
    write_table(tmp_path / "表.xlsx", "登记", COLUMNS, [("0001", "999999199001011234"), ("=1+1", "+86")], NOW)
    sheet = load_workbook(tmp_path / "表.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(min_row=3))
    assert [[cell.value for cell in row] for row in rows] == [["0001", "999999199001011234"], ["=1+1", "+86"]]
    assert {(cell.data_type, cell.number_format) for row in rows for cell in row} == {("s", "@")}


def test_title_header_frozen_rows_and_widths_are_as_a_clerk_expects(tmp_path: Path) -> None:
    write_table(tmp_path / "表.xlsx", "岚县登记", COLUMNS, [], NOW)
    sheet = load_workbook(tmp_path / "表.xlsx").worksheets[0]
    assert sheet["A1"].value == "岚县登记" and [cell.value for cell in sheet[2]] == ["编号", "身份证号"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == ("B3", "$1:$2", "A2:B2")
    assert [round(sheet.column_dimensions[letter].width) for letter in "AB"] == [25, 22]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("甲.xlsx", "乙.xlsx"):
        write_table(tmp_path / name, "登记", COLUMNS, [("1", "2")], NOW)
    assert (tmp_path / "甲.xlsx").read_bytes() == (tmp_path / "乙.xlsx").read_bytes()


@pytest.mark.parametrize("title", ["岚县[试点]登记", "甲/乙:丙*?", "很" * 60, "'引号'"])
def test_a_title_that_excel_does_not_take_as_a_sheet_name_is_still_the_title(
    tmp_path: Path, title: str
) -> None:
    write_table(tmp_path / "表.xlsx", title, COLUMNS, [("1", "2")], NOW)
    sheet = load_workbook(tmp_path / "表.xlsx").worksheets[0]
    assert sheet["A1"].value == title and 0 < len(sheet.title) <= 31


@pytest.mark.parametrize("text", ["<甲>&乙", "第一行\n第二行", "𠮷野家", "㛃"])
def test_any_text_of_a_clerk_reads_back_as_it_was(tmp_path: Path, text: str) -> None:
    write_table(tmp_path / "表.xlsx", "登记", COLUMNS, [(text, "")], NOW)
    assert load_workbook(tmp_path / "表.xlsx").worksheets[0]["A3"].value == text


def test_a_formula_is_there_with_what_it_comes_to(tmp_path: Path) -> None:
    rows = [
        ("东村镇", 4, Formula("=B{row}/8", 0.5, is_percent=True)),
        ("普明镇", 0, Formula("=B{row}/8", None)),
    ]
    path = tmp_path / "表.xlsx"
    write_tables(
        path,
        [
            Worksheet("甲", "甲表", (*COLUMNS, Column("率", 9)), rows),
            Worksheet("乙", "乙表", COLUMNS, [("=1", 2)]),
        ],
        NOW,
    )
    values, formulas = (load_workbook(path, data_only=only)["甲"] for only in (True, False))
    assert [cell.value for cell in values[3]] == ["东村镇", 4, 0.5] and values["C3"].number_format == "0.0%"
    assert formulas["C3"].value == "=B3/8" and formulas["C4"].value == "=B4/8"
    assert load_workbook(path)["乙"]["A3"].data_type == "s"


def test_a_form_is_locked_but_for_what_others_fill_in(tmp_path: Path) -> None:
    columns = (Column("单位", 20), Column("净增", 9), Column("堵点", 30, is_open=True))
    rows = [("东村镇", 4, ""), ("普明镇", 3, "")]
    write_tables(tmp_path / "表.xlsx", [Worksheet("甲", "甲表", columns, rows)], NOW)
    sheet = load_workbook(tmp_path / "表.xlsx")["甲"]
    assert sheet.protection.sheet and not sheet.protection.autoFilter
    assert sheet.sheet_format.defaultRowHeight == 33
    assert [[cell.protection.locked for cell in row] for row in sheet.iter_rows(min_row=1)] == [
        [True, True, True], [True, True, True], [True, True, False], [True, True, False],
    ]  # fmt: skip
    assert sheet["A3"].fill.fgColor.rgb == "FFEDEDED" and sheet["C3"].fill.fill_type is None


def test_what_is_no_form_is_not_locked(tmp_path: Path) -> None:
    write_table(tmp_path / "表.xlsx", "登记", COLUMNS, [("1", "2")], NOW)
    sheet = load_workbook(tmp_path / "表.xlsx").worksheets[0]
    assert not sheet.protection.sheet and sheet["A3"].fill.fill_type is None


def test_rows_are_as_high_as_their_long_texts_need(tmp_path: Path) -> None:
    """LibreOffice and printers go by the height that is written; without one they cut the text off."""
    columns = [Column("名称", 10), Column("办法", 22, is_long=True)]
    rows = [
        ["甲" * 40, "一行"],
        ["乙", "字" * 10],
        ["丙", "字" * 11],
        ["丁", "字" * 31],
        ["戊", ""],
        ["己", "字" * 5000],
    ]
    write_tables(tmp_path / "表.xlsx", [Worksheet("表", "表", columns, rows)], NOW)
    sheet = load_workbook(tmp_path / "表.xlsx")["表"]
    assert [sheet.row_dimensions[row].height for row in range(3, 9)] == [None, None, 30, 60, None, 405]
    write_tables(tmp_path / "表.xlsx", [Worksheet("表", "表", columns, rows, is_dense=True)], NOW)
    sheet = load_workbook(tmp_path / "表.xlsx")["表"]
    assert [sheet.row_dimensions[row].height for row in range(3, 9)] == [21, 21, 36, 66, 21, 405]


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("甲，（）“”…a1 龥㐀"), min_size=6, max_size=40))
def test_a_row_is_as_high_as_its_signs_are_wide_whatever_they_are(text: str) -> None:
    wide = sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)
    assert _lines(text, 12) == ceil(wide / 10)


def test_a_header_that_breaks_has_room_for_its_lines(tmp_path: Path) -> None:
    """Beside a column of long texts; other tables, which are made again as they were, are left to the program that opens them."""
    for is_long, height in ((True, 30), (False, None)):
        columns = [Column("问题", 6, is_long=is_long), Column("兑现金额（万元）", 10)]
        write_tables(tmp_path / "表.xlsx", [Worksheet("表", "表", columns, [])], NOW)
        assert load_workbook(tmp_path / "表.xlsx")["表"].row_dimensions[2].height == height


def test_rows_of_plain_texts_are_the_same_bytes_as_the_library_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = (
        "",
        " 前",
        "后 ",
        "甲&乙",
        "<r>丙</r>",
        "_x0041_",
        "一　二",
        "一\n二",
        "一\r二\r\n",
        '"引"',
        "|",
        "| ",
        "甲" * 9_000,
        "\x07",
        "𠮷",
    )
    columns = [Column(f"列{number}", 12) for number in range(4)]
    rows: list[list[Cell]] = [["01", word, "", f"甲{number}"] for number, word in enumerate(odd)]
    rows = [each for row in rows for each in (row, ["甲", "乙"], [*row[:3], 5], ["全是", "平常", "的", "字"])]
    high = [[1, "字" * count, "", -(10**17)] for count in (0, 5, 6, 31, 5000)]
    long = [Column(f"列{number}", 12, is_long=number == 1) for number in range(4)]
    sheets = [
        Worksheet("一", "题", columns, rows),
        Worksheet("二", "题", columns, [["甲"] * 4, [0, 7, -7, "甲"]]),
        Worksheet("三", "题", long, [*high, *rows]),
        Worksheet("四", "题", long, [*high, [Formula("=1", 1), "", "", ""], *high], is_dense=True),
        Worksheet(
            "五",
            "题",
            long,
            [[str(row), "一行字，" * (row % 9), row, "" if row % 2 else row] for row in range(600)],
        ),
    ]
    write_tables(tmp_path / "快.xlsx", sheets, NOW)
    taken = []
    monkeypatch.setattr(PlainRows, "put", lambda _, _row, some, _heights: taken.extend(some))
    monkeypatch.setattr("pipeline.adapters.workbook.tables._Sheet", LibrarySheet)
    write_tables(tmp_path / "慢.xlsx", sheets, NOW)
    assert (tmp_path / "快.xlsx").read_bytes() == (tmp_path / "慢.xlsx").read_bytes()
    assert len(taken) == 2 * sum(len(list(sheet.rows)) for sheet in sheets)  # together, and each by itself


def test_an_amount_is_a_number_with_its_own_decimals(tmp_path: Path) -> None:
    rows = [["发放贷款", Fraction("436.5")], ["补助", Fraction(1, 8)]]
    write_tables(tmp_path / "表.xlsx", [Worksheet("表", "表", COLUMNS, rows)], NOW)
    cells = [row[1] for row in load_workbook(tmp_path / "表.xlsx")["表"].iter_rows(min_row=3)]
    assert [(cell.value, cell.number_format) for cell in cells] == [(436.5, "General"), (0.125, "General")]
