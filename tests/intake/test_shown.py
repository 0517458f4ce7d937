"""What a clerk sees in a cell is what is printed, or he is told why not; real files, read as any input."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from support.desk import Desk, settle

from pipeline.domain.model import Applicant
from pipeline.domain.records.applicants import APPLICANTS
from pipeline.domain.records.kinds import READERS
from pipeline.domain.records.notes import NOTES
from pipeline.intake import Intake, read_inputs
from pipeline.workspace import open_workspace

HEADER = ("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
WHO = (1, "王小明", "999999199001010120", "13800000000", "小明便利店", "日用百货", "文明街12号", "东村镇")
NOTES_HEADER = ("栏目", "内容", "指标", "数值")
MARCH, JUNE = datetime(2022, 3, 5), datetime(2022, 6, 30)  # noqa: DTZ001 - as in a spreadsheet


def write(desk: Desk, name: str, *rows: Sequence[Any]) -> None:
    """A workbook of one sheet, in which a cell may have a number format."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            cell.value, cell.number_format = value if isinstance(value, tuple) else (value, "General")
    book.save(desk.root / "inputs" / name)
    settle(desk.root / "inputs" / name)


def read(desk: Desk) -> Intake:
    return read_inputs(open_workspace(desk.root), date(2022, 6, 1), READERS)


def applicant(desk: Desk, header: str, value: Any) -> tuple[Applicant | None, Intake]:
    """The one applicant of a list in which one cell is otherwise."""
    place = HEADER.index(header)
    write(desk, "名单.xlsx", HEADER, (*WHO[:place], value, *WHO[place + 1 :]))
    intake = read(desk)
    return next((who for each in intake.said(APPLICANTS).values() for who in each), None), intake


@pytest.mark.parametrize(
    "header, value, field, printed",
    [
        ("经营地址", ("东街1号", '"岚县"@'), "address", "岚县东街1号"),
        ("经营地址", (305, '"样板街"0"号"'), "address", "样板街305号"),
        ("名称", (7, "000"), "business", "007"),
        ("名称", (1, "0%"), "business", "100%"),
        ("名称", (7.5 / 24, "h:mm"), "business", "7:30"),
        ("名称", (1314, "General"), "business", "1314"),
        ("主要经营", (1234.5, '#,##0.00"元店"'), "scope", "1,234.50元店"),
        ("姓名", ("小明", '"王"@'), "name", "王小明"),
        ("联系方式", (13800000002, "000-0000-0000"), "phone", "13800000002"),
        ("联系方式", (3586722345, "0000-0000000"), "phone", "0358-6722345"),
        ("联系方式", (6722345, '"0358-"0'), "phone", "0358-6722345"),
        ("联系方式", (13800000002, "0.00E+00"), "phone", "13800000002"),
        ("联系方式", (13800000002, "#,##0"), "phone", "13800000002"),
        ("联系方式", (13800000002, "0.00"), "phone", "13800000002"),
        ("身份证号", ("999999199001010120", '"号"@'), "id_no", "999999199001010120"),
        ("单位", ("东村", '@"镇"'), "name", "王小明"),
        ("名称", ("面馆\n小吃", "General"), "business", "面馆 小吃"),
    ],
)
def test_a_letter_has_what_the_cell_shows(
    desk: Desk, header: str, value: Any, field: str, printed: str
) -> None:
    who, intake = applicant(desk, header, value)
    assert list(intake.problems) == []
    assert who is not None and getattr(who, field) == printed


@pytest.mark.parametrize(
    "header, value, code",
    [
        ("名称", (300000, "0.00E+00"), "unclear-format"),
        ("名称", (0.5, "# ?/?"), "unclear-format"),
        ("经营地址", (12, "[DBNum2]G/通用格式"), "unclear-format"),
        ("名称", (MARCH, 'm"月"d"日"'), "not-text"),
        ("名称", (True, "General"), "not-text"),
        ("名称", ("小吃店", ";;;"), "empty-cell"),
        ("身份证号", (999999199001010120, "0"), "digits-lost"),
        ("单位", (5, "# ?/?"), "unclear-format"),
        ("名称", (123456789012, "General"), "unclear-format"),
    ],
)
def test_what_cannot_be_told_for_certain_stops_at_its_cell(
    desk: Desk, header: str, value: Any, code: str
) -> None:
    who, intake = applicant(desk, header, value)
    assert who is None
    assert [(each.code, each.column, each.source.row) for each in intake.problems] == [(code, header, 2)]
    if code == "unclear-format":
        assert "设为文本格式" in intake.problems[0].advice


def test_the_bulletin_has_what_the_cells_show(desk: Desk) -> None:
    section = "无证无照清零"
    write(
        desk,
        "简报素材.xlsx",
        NOTES_HEADER,
        (section, None, "摸排数", (120, '0"户"')),
        (section, None, "清零率", (0.856, "0.0%")),
        (section, None, "办照金额", (1234567.891, '#,##0.00"元"')),
        (section, None, "截止日期", (JUNE, "yyyy年m月d日")),
        (section, None, "平均", (2 / 3, "General")),
        (section, None, "倍数", (300000, "0.00E+00")),
    )
    intake = read(desk)
    assert intake.said(NOTES).of("无证无照经营清零专项行动") == [
        "摸排数120户，清零率85.6%，办照金额1,234,567.89元，截止日期2022年6月30日，平均0.666666667。"
    ]
    assert [(notice.code, notice.source.row) for notice in intake.notices] == [
        ("no-unit", 6),
        ("unclear-format", 7),
    ]
    assert "没有采用" in intake.notices[1].advice


def test_roster_and_targets_go_by_what_they_show(desk: Desk) -> None:
    write(
        desk,
        "单位名录.xlsx",
        ("编号", "单位名称", "全称", "类别", "别名"),
        ((1, "00"), ("东村", '@"镇"'), ("东村镇人民政府", '"岚县"@'), "乡镇", None),
    )
    write(desk, "任务分解表.xlsx", ("单位名称", "任务数"), (("东村", '@"镇"'), (3, '0.0"户"')))
    intake = read(desk)
    assert intake.problems == ()
    assert [(unit.name, unit.full_name, unit.target) for unit in intake.units] == [
        ("东村镇", "岚县东村镇人民政府", 3)
    ]


def test_a_roster_with_a_cell_that_cannot_be_read_is_a_problem(desk: Desk) -> None:
    write(
        desk,
        "单位名录.xlsx",
        ("编号", "单位名称", "全称", "类别", "别名"),
        (1, "东村镇", (300000, "0.00E+00"), "乡镇", None),
    )
    assert "unclear-format" in {problem.code for problem in read(desk).problems}


def test_a_cell_merged_downwards_shows_the_same_in_each_of_its_rows(desk: Desk) -> None:
    second = (2, "李芳", "999999198503050013", "13900000001", "李芳理发店", "理发服务", None, "东村镇")
    write(desk, "名单.xlsx", HEADER, (*WHO[:6], ("东街1号", '"岚县"@'), WHO[7]), second)
    from openpyxl import load_workbook

    path = desk.root / "inputs" / "名单.xlsx"
    book = load_workbook(path)
    book.worksheets[0].merge_cells("G2:G3")
    book.save(path)
    settle(path)
    intake = read(desk)
    assert [who.address for who in intake.said(APPLICANTS)["01"]] == ["岚县东街1号"] * 2


def struck(desk: Desk, *places: str) -> Intake:
    write(desk, "名单.xlsx", HEADER, WHO)
    from openpyxl import load_workbook

    path = desk.root / "inputs" / "名单.xlsx"
    book = load_workbook(path)
    for place in places:
        book.worksheets[0][place].font = Font(strike=True)
    book.save(path)
    settle(path)
    return read(desk)


def test_a_row_struck_out_is_read_and_told(desk: Desk) -> None:
    intake = struck(desk, *(f"{letter}2" for letter in "ABCDEFGH"))
    assert intake.problems == () and len(intake.said(APPLICANTS)["01"]) == 1
    [notice] = [notice for notice in intake.notices if notice.code == "struck-rows"]
    assert notice.advice == "有1行划了删除线（第2行），照样读了。不要的，请删去。"


@pytest.mark.parametrize(
    "place, header", [("E2", "名称"), ("D2", "联系方式"), ("C2", "身份证号"), ("H2", "单位")]
)
def test_a_printed_cell_struck_out_stops_at_its_place(desk: Desk, place: str, header: str) -> None:
    intake = struck(desk, place)
    assert [(each.code, each.column) for each in intake.problems] == [("struck-text", header)]


def test_a_struck_cell_that_is_not_printed_stops_nothing(desk: Desk) -> None:
    intake = struck(desk, "A2")
    assert intake.problems == () and len(intake.said(APPLICANTS)["01"]) == 1
