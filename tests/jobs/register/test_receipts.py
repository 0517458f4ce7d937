"""The signed receipt sheet, typed into its workbook and put into ``inputs/``: entered whole, or not at all."""

import shutil
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.clerk import distribute, reconciled, void
from support.desk import Desk, settle, write_sheet
from support.seen import assert_sound, states

SHEET = "领取签收表.xlsx"
COLUMNS = {"起始号": 3, "终止号": 4, "份数": 5, "日期": 8, "领用人": 9, "电话": 10, "单位": 2}


def sign(desk: Desk, rows: Mapping[int, Mapping[str, object]], name: str = SHEET) -> Path:
    """Copy the batch's sheet into ``inputs/`` and type into its rows, counted from 1."""
    path = desk.root / "inputs" / name
    path.parent.mkdir(exist_ok=True)
    shutil.copy(desk.batch() / SHEET, path)
    book = load_workbook(path)
    for row, cells in rows.items():
        for column, value in cells.items():
            book.worksheets[0].cell(row + 2, COLUMNS[column]).value = value  # type: ignore[assignment]
    book.save(path)
    settle(path)
    return path


def signed(who: str, day: object, **more: object) -> dict[str, object]:
    return {"领用人": who, "日期": day} | more


def entered(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.ask("SELECT unit, first, last, day, who FROM events WHERE what = 'distributed' ORDER BY id")


def account(desk: Desk, file: str) -> dict[str, Any]:
    outcome = desk.run("check", "--json")
    [found] = [each for each in outcome.json["files"] if each["file"] == file]
    return dict(found)


def test_the_sheet_has_a_row_for_each_unit_to_be_typed_into(printed_desk: Desk) -> None:
    sheet = load_workbook(printed_desk.batch() / SHEET).worksheets[0]
    _, header, *rows = list(sheet.values)
    assert list(header) == [
        "序号", "领用单位", "起始号", "终止号", "份数", "份数（大写）", "本数", "领用日期", "领用人（签字）", "联系电话", "发放人", "备注",
    ]  # fmt: skip
    assert rows[1] == (
        2, "普明镇", "岚个培〔2022〕02-0001号", "岚个培〔2022〕02-0003号", 3, "叁", 1, None, None, None, None, None,
    )  # fmt: skip
    assert len(rows) == 3 and SHEET in printed_desk.manifest()["files"]


def test_signed_rows_are_entered_once_and_the_others_wait(printed_desk: Desk) -> None:
    sign(
        printed_desk,
        {1: signed("张三", "2022-06-02", 电话="15412345678"), 2: signed("李 四", date(2022, 6, 3))},
    )
    outcome = printed_desk.run("register", "distribute", "--json")
    assert outcome.code == 0 and outcome.json["letters"] == 5, outcome
    assert "以前登记过的0份，还没有签收的1行" in outcome.json["closing"]
    assert entered(printed_desk) == [("01", 1, 2, "2022-06-02", "张三"), ("02", 1, 3, "2022-06-03", "李 四")]
    again = printed_desk.run("register", "distribute")
    assert again.code == 0 and "登记发放0份，以前登记过的5份" in again.out and len(entered(printed_desk)) == 2
    sign(printed_desk, {1: signed("张三", "2022.6.2"), 3: signed("王五", "2022年6月9日")}, "下周/又一份.xlsx")
    third = printed_desk.run("register", "distribute", "--json")
    assert third.json["letters"] == 4 and "以前登记过的7份" in third.json["closing"]
    assert set(states(printed_desk).values()) == {"distributed"}
    assert_sound(printed_desk, 9)


def test_days_that_were_kept_as_utc_are_entered_as_meant_and_told(printed_desk: Desk) -> None:
    days = (datetime.fromisoformat(f"2022-06-{day} 16:00") for day in ("01", "02", "03"))
    sign(printed_desk, {row: signed("张三", day) for row, day in enumerate(days, 1)})
    outcome = printed_desk.run("register", "distribute")
    assert outcome.code == 0 and "都按后一天读" in outcome.out + outcome.err
    assert [event[3] for event in entered(printed_desk)] == ["2022-06-02", "2022-06-03", "2022-06-04"]
    found = printed_desk.run("check", "--json").json["notices"]
    assert [(each["code"], each["column"]) for each in found] == [("shifted-days", "领用日期")]


@pytest.mark.parametrize("nothing", ["/", "NaT", "年 月 日", 0])
def test_a_word_for_no_day_is_none(printed_desk: Desk, nothing: object) -> None:
    sign(printed_desk, {1: signed("张三", "2022-06-02"), 2: signed("", nothing)})
    outcome = printed_desk.run("register", "distribute")
    assert outcome.code == 0 and "还没有签收的2行" in outcome.out


def test_the_sheet_disturbs_nobody_else_and_each_line_is_accounted_for(printed_desk: Desk) -> None:
    sign(printed_desk, {1: signed("张三", "2022-06-02"), 2: signed("李四", "")})
    found = account(printed_desk, SHEET)
    assert (found["kind"], found["rows"], found["read"]) == ("receipts", 5, 1)
    assert found["left_out"] == {"标题": 1, "表头": 1, "有问题": 1, "没有签收": 1}
    assert printed_desk.run("letters", "--json").json["letters"] == 0
    assert states(printed_desk) == {}


def test_the_exported_ledger_may_be_put_back_into_inputs(printed_desk: Desk) -> None:
    for command in (
        ("distribute", "--unit", "普明镇", "--receiver", "张三", "--date", "2022-06-02"),
        ("return", "02-0003"),
        ("distribute", "02-0003", "--receiver", "李四", "--date", "2022-06-05"),
        ("lost", "02-0001", "--reason", "丢失"),
        ("export",),
    ):
        assert printed_desk.run("register", *command).code == 0
    path = printed_desk.root / "inputs" / "领用登记.xlsx"
    settle(Path(shutil.copy(printed_desk.outputs / "register" / "2022" / "领用登记.xlsx", path)))
    assert account(printed_desk, "领用登记.xlsx")["read"] == 2
    outcome = printed_desk.run("register", "distribute")
    assert outcome.code == 0 and "登记发放0份，以前登记过的4份" in outcome.out
    assert printed_desk.run("letters", "--dry-run").code == 0


@pytest.mark.parametrize(
    "typed, code, column",
    [
        ({"领用人": "张三"}, "empty-cell", "领用日期"),
        ({"日期": "2022-06-02"}, "empty-cell", "领用人（签字）"),
        (signed("张三", "六月二日"), "bad-date", "领用日期"),
        (signed("张三", "2026-02-30"), "bad-date", "领用日期"),
        (signed("张三", "2098-01-01"), "bad-date", "领用日期"),
        (signed("张三", "2022-06-02", 起始号="第一份"), "letter-unreadable", "起始号"),
        (signed("张三", "2022-06-02", 终止号=""), "empty-cell", "终止号"),
        (signed("张三", "2022-06-02", 终止号="2022-03-0001"), "wrong-range", "终止号"),
        (signed("张三", "2022-06-02", 起始号="2022-02-0002"), "wrong-count", "份数"),
        (signed("张三", "2022-06-02", 终止号="02-0009", 份数=9), "letter-unknown", "起始号"),
        (signed("张三", "2022-06-02", 单位="普明"), None, None),
        (signed("张三", "2022-06-02", 单位="普明镇府"), "unknown-unit", "领用单位"),
        (signed("张三", "2022-06-02", 单位="东村镇"), "range-other-unit", "起始号"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_told_and_nothing_is_entered(
    printed_desk: Desk, typed: Mapping[str, object], code: str | None, column: str | None
) -> None:
    sign(printed_desk, {1: signed("赵六", "2022-06-01"), 2: typed})
    outcome = printed_desk.run("register", "distribute", "--json")
    found = [
        (each["file"], each["sheet"], each["row"], each["column"], each["code"])
        for each in outcome.json["problems"]
    ]
    if code is None:
        assert outcome.code == 0 and outcome.json["letters"] == 5
        return
    assert outcome.code == 3 and found == [(SHEET, "领取签收表", 4, column, code)], outcome
    assert all(each["advice"] for each in outcome.json["problems"]) and states(printed_desk) == {}


def test_what_contradicts_the_register_or_another_row_enters_nothing(printed_desk: Desk) -> None:
    distribute(printed_desk, "02-0002", who="李四")
    void(printed_desk, "03-0003")
    there = entered(printed_desk)
    sign(printed_desk, {n: signed("张三", "2022-06-02") for n in (1, 2, 3)})
    sign(printed_desk, {1: signed("王五", "2022-06-02")}, "另一份.xlsx")
    outcome = printed_desk.run("register", "distribute", "--json")
    assert outcome.code == 3
    found = {(each["file"], each["row"], each["code"]) for each in outcome.json["problems"]}
    later = {name for name, _, code in found if code == "signed-twice"}
    assert found - {(name, 3, "signed-twice") for name in later} == {
        (SHEET, 4, "already-distributed"),
        (SHEET, 5, "cannot-distribute"),
    }
    assert len(later) == 1 and entered(printed_desk) == there
    advice = {each["code"]: each["advice"] for each in outcome.json["problems"]}
    assert "李四" in advice["already-distributed"] and "2022-03-0003已经作废" in advice["cannot-distribute"]


def test_a_row_may_be_parted_around_a_void_letter(printed_desk: Desk) -> None:
    void(printed_desk, "03-0003")
    path = sign(printed_desk, {3: signed("张三", "2022-06-02", 终止号="2022-03-0002", 份数=2)})
    book = load_workbook(path)
    book.worksheets[0].append(
        [4, "县民政局", "2022-03-0004", "2022-03-0004", 1, "壹", 1, "2022-06-02", "张三"]
    )
    book.worksheets[0].append([None, "合计", None, None, 9])
    book.worksheets[0].append(["填表人：某某"])
    book.save(path)
    settle(path)
    outcome = printed_desk.run("register", "distribute", "--json")
    assert outcome.code == 0 and outcome.json["letters"] == 3, outcome
    left_out = account(printed_desk, SHEET)["left_out"]
    assert left_out["没有签收"] == 2 and left_out["合计"] == 1 and left_out["填报说明"] == 1


def test_letters_that_became_a_business_first_are_counted_and_left(printed_desk: Desk) -> None:
    row = ("92999999MA00000000", "甲店", "王某", "2022-05-03", "2022-02-0002", "普明镇")
    header = ("统一社会信用代码", "名称", "经营者", "成立日期", "介绍信编号", "引荐单位")
    write_sheet(printed_desk.root / "inputs" / "登记.xlsx", [header, row])
    reconciled(printed_desk)
    sign(printed_desk, {2: signed("张三", "2022-06-02")})
    outcome = printed_desk.run("register", "distribute")
    assert outcome.code == 0 and "登记发放2份" in outcome.out and "1份已经办照" in outcome.err
    assert states(printed_desk) == {"02-0001": "distributed", "02-0002": "used", "02-0003": "distributed"}


def test_without_a_sheet_and_without_numbers_it_is_wrong_usage(printed_desk: Desk) -> None:
    outcome = printed_desk.run("register", "distribute")
    assert outcome.code == 2 and SHEET in outcome.err
    sign(printed_desk, {1: signed("张三", "2022-06-02")})
    assert printed_desk.run("register", "distribute", "--date", "2022-06-02").code == 2
    assert states(printed_desk) == {}
