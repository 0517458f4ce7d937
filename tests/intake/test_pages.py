"""Tables whose header stands on another sheet than their rows, from the files to what is counted."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from stdnum.cn import uscc
from support.settings import SETTINGS

from pipeline.adapters.annotate import write_annotated
from pipeline.adapters.sheet import read_sheets
from pipeline.domain.records.applicants import APPLICANTS
from pipeline.domain.records.kinds import READERS
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.domain.values.identity import check_sign
from pipeline.intake import Intake, gathered

ROSTER = [
    ["编号", "单位名称", "全称", "类别", "别名"],
    ["01", "东村镇", "岚县东村镇人民政府", "乡镇", ""],
    ["02", "普明镇", "岚县普明镇人民政府", "乡镇", ""],
]
TARGETS = [["序号", "单位名称", "任务数"], ["1", "东村镇", "180"], ["2", "普明镇", "120"]]
EXPORT = ["序号", "统一社会信用代码", "名称", "经营者", "成立日期", "引荐单位", "操作"]
LIST = ["姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位"]
Rows = Sequence[Sequence[str]]


def shop(number: int) -> list[str]:
    digits = f"92140000MA{number:07d}"
    code = digits + uscc.calc_check_digit(digits)
    return [str(number), code, f"试样{number}号店", "王某", "2022-05-07", "东村镇", "查看"]


def person(number: int) -> list[str]:
    digits = f"14000019900101{number:03d}"
    return [
        "王某",
        digits + check_sign(digits),
        f"138000000{number:02d}",
        f"王记{number}号店",
        "零售",
        "样板街1号",
        "东村镇",
    ]


SHOPS = [shop(number) for number in range(1, 13)]
PEOPLE = [person(number) for number in range(1, 13)]


def page(*tables: Rows) -> bytes:
    """A web page as scrolling tables save it."""

    def cells(row: Sequence[str]) -> str:
        return "".join(f"<td><div>{cell}</div></td>" for cell in row)

    bodies = ("".join(f"<tr>{cells(row)}</tr>" for row in rows) for rows in tables)
    return "".join(f"<table><tbody>{body}</tbody></table>" for body in bodies).encode()


def book(path: Path, *sheets: Rows) -> bytes:
    """A workbook with a sheet for each page."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = made.create_sheet(f"第{number}页")
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path.read_bytes()


def read(data: bytes, file: str = "登记.xls", plan: bool = True) -> Intake:
    own = [("名录.xls", page(ROSTER)), ("任务.xls", page(TARGETS))] if plan else []
    files = [(name, read_sheets(name, content)) for name, content in (*own, (file, data))]
    intake = gathered(files, SETTINGS, date(2022, 6, 30), READERS)
    for account in intake.accounts:
        assert account.rows == account.read + sum(account.left_out.values()), account
    lines = {name: sum(len(grid.rows) for grid in found) for name, found in files if isinstance(found, tuple)}
    for name, count in lines.items():
        assert sum(account.rows for account in intake.accounts if account.file == name) == count
    return intake


def told(intake: Intake) -> list[tuple[str, str | None]]:
    return [(each.code, each.source.sheet) for each in (*intake.problems, *intake.notices)]


def test_a_saved_page_with_its_header_in_a_table_of_its_own_is_read() -> None:
    intake = read(page([EXPORT], SHOPS))
    assert told(intake) == [("continued-table", "表格1")] and not intake.problems
    assert [each.uscc for each in intake.said(REGISTRATIONS)] == [cells[1] for cells in SHOPS]
    assert str(intake.said(REGISTRATIONS)[3].sources[0]) == "登记.xls › 表格2 › 第4行"


def test_so_is_a_list_of_people() -> None:
    intake = read(page([LIST], PEOPLE))
    assert not intake.problems and len(intake.said(APPLICANTS)["01"]) == 12


def test_rows_of_frozen_row_numbers_before_the_header_stay_a_remark() -> None:
    intake = read(page([[str(number)] for number in range(1, 13)], [EXPORT], SHOPS))
    assert told(intake) == [("unknown-table", "表格1"), ("continued-table", "表格2")]
    assert not intake.problems and len(intake.said(REGISTRATIONS)) == 12


@pytest.mark.parametrize("fixed", [slice(0, 7), slice(0, 2), slice(0, 1), slice(6, 7)])
@pytest.mark.parametrize("head, rows", [(EXPORT, SHOPS), (LIST, PEOPLE)])
def test_columns_that_are_fixed_by_a_second_copy_count_once(
    fixed: slice, head: list[str], rows: list[list[str]]
) -> None:
    intake = read(page([head], rows, [head[fixed]], [cells[fixed] for cells in rows]))
    assert not intake.problems
    assert len(intake.said(REGISTRATIONS)) + sum(map(len, intake.said(APPLICANTS).values())) == 12
    assert {code for code, _ in told(intake)} <= {
        "continued-table", "repeated-table", "empty-table", "unknown-table",
    }  # fmt: skip


def test_pages_of_a_converter_are_one_table(tmp_path: Path) -> None:
    pages = (
        [["岚县登记数据"], EXPORT, *SHOPS[:4]],
        SHOPS[4:8],
        [["岚县登记数据"], *SHOPS[8:], ["合计", "12"], ["填报人：王某"]],
    )
    intake = read(book(tmp_path / "页.xlsx", *pages))
    assert told(intake) == [("continued-table", "第1页")]
    assert "“第2页”、“第3页”" in intake.notices[0].advice and "11行" in intake.notices[0].advice
    assert [str(each.sources[0]).split(" › ", 1)[1] for each in intake.said(REGISTRATIONS)][3:6] == [
        "第1页 › 第6行", "第2页 › 第1行", "第2页 › 第2行",
    ]  # fmt: skip
    [account] = [each for each in intake.accounts if each.kind == "registrations"]
    assert (account.rows, account.read) == (17, 12)
    assert account.left_out == {"标题": 1, "表头": 1, "合计": 1, "填报说明": 2}


def test_the_total_on_the_last_page_is_held_against_all_pages(tmp_path: Path) -> None:
    pages = [[LIST, *PEOPLE[:6]], [*PEOPLE[6:], ["合计", "", "11人"]]]
    intake = read(book(tmp_path / "页.xlsx", *pages))
    assert [(each.code, str(each.source)) for each in intake.problems] == [
        ("wrong-total", "登记.xls › 第2页 › 第7行")
    ]


@pytest.mark.parametrize("rows", [TARGETS, ROSTER])
def test_the_plan_may_go_on_over_pages_too(tmp_path: Path, rows: list[list[str]]) -> None:
    other = ROSTER if rows is TARGETS else TARGETS
    files = [
        ("一.xlsx", read_sheets("一.xlsx", book(tmp_path / "一.xlsx", rows[:2], rows[2:]))),
        ("二.xlsx", read_sheets("二.xlsx", book(tmp_path / "二.xlsx", other))),
    ]
    intake = gathered(files, SETTINGS, date(2022, 6, 30), READERS)
    assert not intake.problems and [unit.target for unit in intake.units] == [180, 120]


def test_a_row_with_a_fault_is_marked_where_it_stands_on_its_page(tmp_path: Path) -> None:
    bad = [*PEOPLE[7][:2], "1380", *PEOPLE[7][3:]]
    data = book(tmp_path / "页.xlsx", [LIST, *PEOPLE[:6]], [PEOPLE[6], bad])
    intake = read(data)
    [fault] = intake.problems
    assert (fault.code, fault.column, str(fault.source)) == (
        "bad-phone", "联系方式", "登记.xls › 第2页 › 第2行",
    )  # fmt: skip
    assert intake.is_of(fault, APPLICANTS) and intake.column(fault.source, "phone") == ("联系方式", 3)
    grids = read_sheets("登记.xls", data)
    assert isinstance(grids, tuple)
    write_annotated(tmp_path / "标注.xlsx", data, grids, intake.problems, intake.notices)
    marked = load_workbook(tmp_path / "标注.xlsx")["第2页"]["C2"]
    assert marked.value == "1380" and marked.comment is not None and fault.advice in marked.comment.text


@pytest.mark.parametrize("sheet, code", [("普明镇", "02"), ("Sheet2", "01")])
def test_a_further_page_is_the_unit_s_whose_name_it_has(sheet: str, code: str, tmp_path: Path) -> None:
    book(tmp_path / "页.xlsx", [LIST[:-1], PEOPLE[0][:-1]], [each[:-1] for each in PEOPLE[1:3]])
    made = load_workbook(tmp_path / "页.xlsx")
    made["第1页"].title, made["第2页"].title = "东村镇", sheet
    made.save(tmp_path / "页.xlsx")
    intake = read((tmp_path / "页.xlsx").read_bytes())
    assert {who.source.sheet for who in intake.said(APPLICANTS)[code] if who.source} >= {sheet}
    assert not intake.problems and told(intake).count(("unit-by-place", sheet)) == 1


def test_rows_that_fit_no_table_before_stop_instead_of_vanishing() -> None:
    moved = [cells[1:] for cells in SHOPS]
    intake = read(page([EXPORT], moved))
    assert ("headless-table", "表格2") in told(intake) and not intake.said(REGISTRATIONS)
    assert [each.code for each in intake.stopping] == ["headless-table"]
    assert {each.kind: each.left_out for each in intake.accounts if each.file == "登记.xls"} == {
        "registrations": {"表头": 1}, None: {"没有表头": 12},
    }  # fmt: skip


def test_rows_are_not_hung_on_a_table_behind_a_header_that_was_refused() -> None:
    twice = [*EXPORT[:4], "成立日期", "成立日期", "引荐单位"]
    intake = read(page([EXPORT], SHOPS[:6], [twice], SHOPS[6:]))
    assert {code for code, _ in told(intake)} == {"continued-table", "duplicate-column", "headless-table"}
    assert len(intake.said(REGISTRATIONS)) == 6


def test_a_sheet_with_a_header_of_its_own_that_lacks_a_column_is_no_further_page() -> None:
    other = ["变更日" if name == "成立日期" else name for name in EXPORT]
    intake = read(page([EXPORT, *SHOPS[:6]], [other, *SHOPS[6:]]))
    assert told(intake) == [("unknown-table", "表格2")] and len(intake.problems) == 1
    assert "成立日期" in intake.problems[0].advice and len(intake.said(REGISTRATIONS)) == 6


def test_a_remark_that_is_there_twice_is_one_twice() -> None:
    intake = read(page([EXPORT, *SHOPS], [["以上数据供参考"]], [["以上数据供参考"]]))
    [account] = [each for each in intake.accounts if each.file == "登记.xls"]
    assert account.left_out == {"表头": 1, "说明页": 2} and not intake.problems


def test_remark_sheets_stay_remarks(tmp_path: Path) -> None:
    remark = [["填表要求"], ["身份证号填18位"], ["示例", "140000199001010010"], ["有问题请打电话"]]
    intake = read(book(tmp_path / "页.xlsx", [LIST, *PEOPLE], remark))
    assert not intake.problems and told(intake) == [("unknown-table", "第2页")]
    [account] = [each for each in intake.accounts if each.file == "登记.xls"]
    assert account.left_out == {"表头": 1, "说明页": 4}
    [notice] = [each for each in intake.notices if each.code == "unknown-table"]
    assert notice.seen == "填表要求" and "不影响别的工作表" in notice.advice and "移出" not in notice.advice


@pytest.mark.parametrize("word", ["说明", "备注"])
def test_a_word_that_heads_a_column_too_makes_no_table_of_remarks(word: str, tmp_path: Path) -> None:
    intake = read(book(tmp_path / "页.xlsx", [LIST, *PEOPLE], [[word], ["联系人以本表为准"]]))
    assert not intake.problems and told(intake) == [("unknown-table", "第2页")]


def test_without_any_header_in_the_file_all_of_it_is_unknown() -> None:
    intake = read(page(SHOPS[:6], SHOPS[6:]))
    assert [code for code, _ in told(intake)] == ["unknown-table"] * 2


def test_hidden_rows_of_a_further_page_are_told_there(tmp_path: Path) -> None:
    path = tmp_path / "页.xlsx"
    book(path, [EXPORT, *SHOPS[:6]], SHOPS[6:])
    made = load_workbook(path)
    made["第2页"].row_dimensions[2].hidden = True
    made.save(path)
    assert ("hidden-rows", "第2页") in told(read(path.read_bytes()))


def test_files_come_in_their_order_whether_or_not_their_sheets_have_names() -> None:
    contents = {
        "7月.csv": "\n".join(map(",".join, (EXPORT, *SHOPS))).encode(),
        "8月.xls": page([EXPORT], SHOPS, [cells[:2] for cells in SHOPS]),
    }
    files = [(name, read_sheets(name, data)) for name, data in contents.items()]
    intake = gathered(files, SETTINGS, date(2022, 6, 30), READERS)
    assert [account.file for account in intake.accounts] == list(contents)
