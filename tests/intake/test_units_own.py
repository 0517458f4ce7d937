"""What a unit has dropped itself, in its own folder: it speaks of that unit alone, and only where units are asked."""

from datetime import date

import pytest
from support.desk import ROSTER, Desk, settle, write_sheet
from support.inputs.truth import id_number

from pipeline.domain.records.applicants import APPLICANTS
from pipeline.domain.records.kinds import READERS
from pipeline.domain.records.receipts import RECEIPTS
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.intake import Intake, read_inputs
from pipeline.workspace import open_workspace

HEADER = ("姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址")


def read(desk: Desk) -> Intake:
    return read_inputs(open_workspace(desk.root), date(2022, 6, 1), READERS)


def dropped(desk: Desk, name: str, *rows: tuple[object, ...]) -> str:
    path = desk.root / "inputs" / "单位" / "01" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    settle(write_sheet(path, rows))
    return f"单位/01/{name}"


def person(number: int, *unit: str) -> tuple[object, ...]:
    return (
        f"编造{'甲乙丙'[number - 1]}",
        id_number(number),
        f"1380000100{number}",
        f"编造店{number}",
        "小吃",
        "编造路",
        *unit,
    )


def test_a_list_without_a_unit_is_the_unit_s_own(desk: Desk) -> None:
    dropped(desk, "名单.xlsx", HEADER, person(1), person(2))
    intake = read(desk)
    assert intake.problems == ()
    assert {code: len(people) for code, people in intake.said(APPLICANTS).items() if people} == {"01": 2}


def test_another_unit_s_people_are_not_the_unit_s_to_list(desk: Desk) -> None:
    other = ROSTER[1][1]
    file = dropped(desk, "名单.xlsx", (*HEADER, "单位"), person(1, ROSTER[0][1]), person(2, other))
    intake = read(desk)
    [problem] = intake.problems
    assert (problem.code, problem.source.file, problem.source.row) == ("other-unit", file, 3)
    assert f"“{other}”不是放这份表的单位" in problem.advice
    assert {code: len(people) for code, people in intake.said(APPLICANTS).items() if people} == {"01": 1}


def test_a_name_of_another_unit_on_the_file_gives_it_nothing(desk: Desk) -> None:
    dropped(desk, f"{ROSTER[1][1]}.xlsx", HEADER, person(1))
    assert {code: len(people) for code, people in read(desk).said(APPLICANTS).items() if people} == {"01": 1}


@pytest.mark.parametrize(
    "name, rows",
    [
        ("登记数据.xlsx", [("统一社会信用代码", "名称", "成立日期", "状态"), ("92141127MA0AAAAA0A", "编造店", "2022-03-01", "注销")]),
        ("领取签收表.xlsx", [("单位", "起始号", "终止号", "份数", "领取日期", "领取人"), ("普明镇", "0001", "0003", 3, "2022-06-01", "某某")]),
        ("任务分解表.xlsx", [("序号", "单位名称", "任务数"), (1, "东村镇", 1)]),
        ("单位名录.xlsx", [("单位代码", "单位名称", "全称", "类别", "别名"), ("01", "东村镇", "东村镇人民政府", "乡镇", "")]),
    ],
)  # fmt: skip
def test_what_the_office_drops_is_not_taken_from_a_unit(
    desk: Desk, name: str, rows: list[tuple[object, ...]]
) -> None:
    before = read(desk)
    file = dropped(desk, name, *rows)
    intake = read(desk)
    assert intake.units == before.units and intake.problems == before.problems == ()
    assert [each.code for each in intake.notices if each.source.file == file] == ["not-the-units"]
    assert not intake.said(REGISTRATIONS).businesses and not intake.said(RECEIPTS).rows
    [account] = [each for each in intake.accounts if each.file == file]
    assert (account.read, account.left_out["不由单位放"]) == (0, 1)
