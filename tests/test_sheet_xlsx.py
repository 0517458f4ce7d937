import io
import zipfile
from datetime import date, datetime, time

import pytest
from docx import Document
from openpyxl import Workbook
from openpyxl.chart import BarChart

from pipeline.adapters.sheet import read_sheets
from pipeline.domain.model import Grid, Problem, Source


def read_workbook(file: str, data: bytes) -> tuple[tuple[Grid, ...], list[Problem], list[str]]:
    found = read_sheets(file, data)
    if isinstance(found, Problem):
        return (), [found], []
    hidden = [str(grid.source.sheet) for grid in found if grid.is_hidden]
    return tuple(grid for grid in found if not grid.is_hidden), [], hidden


def content(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def book(*rows: tuple[object, ...]) -> Workbook:
    made = Workbook()
    for row in rows:
        made.active.append(list(row))
    return made


def test_cells_come_with_the_row_numbers_that_the_clerk_sees() -> None:
    grids, problems, notices = read_workbook("甲.xlsx", content(book(("序号", "单位"), (), (1, "东村镇"))))
    assert (problems, notices) == ([], [])
    assert grids[0].source == Source("甲.xlsx", "Sheet")
    assert grids[0].rows == ((1, ("序号", "单位")), (3, (1, "东村镇")))


def test_a_workbook_is_told_by_its_content_and_not_by_its_name() -> None:
    assert read_workbook("甲.doc", content(book((1,))))[0][0].rows == ((1, (1,)),)


def test_a_hidden_sheet_is_not_read_and_the_clerk_is_told() -> None:
    made = book((1,))
    for title, state in (("旧表", "hidden"), ("更旧", "veryHidden")):
        sheet = made.create_sheet(title)
        sheet.append((2,))
        sheet.sheet_state = state
    grids, problems, notices = read_workbook("甲.xlsx", content(made))
    assert [grid.source.sheet for grid in grids] == ["Sheet"] and problems == []
    assert len(notices) == 2 and "旧表" in notices[0] and "更旧" in notices[1]


def test_a_stray_far_cell_makes_neither_phantom_rows_nor_a_long_wait() -> None:
    made = book(("序号", "单位"), (1, "东村镇"))
    made.active["XFD1048576"] = " "
    made.active["A1048576"] = None
    grids, problems, _ = read_workbook("甲.xlsx", content(made))
    assert problems == []
    assert [number for number, _ in grids[0].rows] == [1, 2, 1048576]


def test_an_empty_formatted_cell_is_nothing() -> None:
    made = book((1,))
    made.active["XFD1048576"].number_format = "@"
    assert [number for number, _ in read_workbook("甲.xlsx", content(made))[0][0].rows] == [1]


def test_a_merged_title_counts_once() -> None:
    made = book(("任务分解表", None, None), ("序号", "单位", "任务数"))
    made.active.merge_cells("A1:C1")
    assert read_workbook("甲.xlsx", content(made))[0][0].rows[0] == (1, ("任务分解表",))


def test_an_error_value_is_shown_as_it_stands() -> None:
    made = book(("#REF!", "#N/A"))
    made.active["A1"].data_type = made.active["B1"].data_type = "e"
    assert read_workbook("甲.xlsx", content(made))[0][0].rows[0][1] == ("#REF!", "#N/A")


def test_a_formula_that_was_never_calculated_is_an_empty_cell() -> None:
    assert read_workbook("甲.xlsx", content(book((1, "=1+1"))))[0][0].rows == ((1, (1,)),)


def test_dates_and_times_are_values_and_no_crash() -> None:
    day = datetime(2022, 6, 1)  # noqa: DTZ001 - a spreadsheet's dates have no zone
    row = read_workbook("甲.xlsx", content(book((date(2022, 6, 1), day, time(8, 30), True))))[0][0].rows[0][1]
    assert row == (day, day, "08:30:00", True)


def test_a_workbook_without_any_cell_has_no_grid() -> None:
    assert [problem.code for problem in read_workbook("甲.xlsx", content(Workbook()))[1]] == ["empty-file"]


def test_a_chart_sheet_is_passed_over() -> None:
    made = book((1,))
    made.create_chartsheet("图").add_chart(BarChart())
    grids, problems, _ = read_workbook("甲.xlsx", content(made))
    assert problems == [] and len(grids) == 1


def docx() -> bytes:
    buffer = io.BytesIO()
    Document().save(buffer)
    return buffer.getvalue()


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in members.items():
            package.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data, seen",
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版表格"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"<html><table></table></html>", "网页"),
        (docx(), "不认得的格式"),
        (archive(a=b"x"), "不认得的格式"),
        ("序号,单位\n1,东村镇\n".encode("gbk"), "不认得的格式"),
    ],
)
def test_another_format_is_a_problem_that_says_what_it_is_and_what_to_do(data: bytes, seen: str) -> None:
    grids, problems, _ = read_workbook("甲.xlsx", data)
    assert grids == () and len(problems) == 1
    assert (problems[0].code, problems[0].source) == ("unknown-format", Source("甲.xlsx"))
    assert seen in problems[0].seen and "另存为" in problems[0].advice


def test_an_empty_file_is_a_problem() -> None:
    assert [problem.code for problem in read_workbook("甲.xlsx", b"")[1]] == ["empty-file"]


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_workbook_that_was_not_copied_to_its_end_is_a_problem(share: float) -> None:
    whole = content(book(*((number, f"单位{number}") for number in range(200))))
    _, problems, _ = read_workbook("甲.xlsx", whole[: int(len(whole) * share)])
    assert [problem.code for problem in problems] == ["broken-file"]


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("damage", [b"", b"<not xml", b"<a/>"])
def test_a_damaged_part_is_a_problem_or_harmless_but_never_a_crash(part: str, damage: bytes) -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content(book((1, "东村镇"))))) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, damage if name == part else old.read(name))
    grids, problems, _ = read_workbook("甲.xlsx", buffer.getvalue())
    assert [problem.code for problem in problems] in ([], ["broken-file"], ["empty-file"])
    assert bool(problems) or grids == () or grids[0].rows == ((1, (1, "东村镇")),)
