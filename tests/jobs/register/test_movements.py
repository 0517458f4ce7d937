"""The life of letters as clerks enter it, and whether all who count letters agree."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.clerk import DATE, VOID
from support.desk import KEYS, Desk
from support.inputs.lists import PEOPLE, write_list
from support.seen import assert_sound, filled, states

from pipeline.adapters.register import open_register
from pipeline.adapters.secret import known_secret
from pipeline.domain.letters.lifecycle import Note
from pipeline.domain.letters.mark import mark_text
from pipeline.domain.letters.model import Serial


def listed(desk: Desk, *filters: str) -> list[str]:
    outcome = desk.run("register", "list", "--json", *filters)
    assert outcome.code == 0, outcome
    return [letter["key"].removeprefix("2022-") for letter in outcome.json["letters"]]


# ---- moves


def test_a_unit_s_letters_are_handed_out_at_once(printed_desk: Desk) -> None:
    outcome = printed_desk.run(
        "register", "distribute", "--unit", "普明镇", "--receiver", "张三", "--date", "2022-06-02"
    )
    assert outcome.code == 0 and "发放3份" in outcome.out and "张三" in outcome.out
    assert states(printed_desk) == dict.fromkeys(("02-0001", "02-0002", "02-0003"), "distributed")
    again = printed_desk.run("register", "distribute", "--unit", "普明镇", "--receiver", "张三")
    assert again.code == 6 and "没有待发放的" in again.err
    assert_sound(printed_desk, 9)


def test_a_batch_is_handed_out_without_what_is_out_already(printed_desk: Desk) -> None:
    assert printed_desk.run("register", "distribute", "1-1", "--receiver", "甲").code == 0
    outcome = printed_desk.run(
        "register", "distribute", "--batch", "2022-001", "--unit", "01", "--receiver", "乙", "--json"
    )
    assert outcome.code == 0 and [unit["first"] for unit in outcome.json["units"]] == ["2022-01-0002"]
    rest = printed_desk.run("register", "distribute", "--batch", "2022-001", "--receiver", "丙", "--json")
    assert rest.json["letters"] == 7 and set(states(printed_desk).values()) == {"distributed"}


@pytest.mark.parametrize(
    "numbers",
    [
        ("2022-03-0002至0004",), ("03-0002-0004",), ("岚个培〔2022〕03-0002号至岚个培〔2022〕03-0004号",),
        ("03-0002~03-0004",), ("3-2", "3-3", "2022-03-0004"), ("03-0003到0004", "03-0002-0003"),
    ],
)  # fmt: skip
def test_numbers_are_understood_as_they_are_typed(printed_desk: Desk, numbers: tuple[str, ...]) -> None:
    assert printed_desk.run("register", "distribute", *numbers, "--receiver", "张三").code == 0
    assert states(printed_desk) == dict.fromkeys(("03-0002", "03-0003", "03-0004"), "distributed")


def test_a_letter_goes_out_comes_back_and_goes_out_again(printed_desk: Desk) -> None:
    for command in (
        ("distribute", "02-0001", "--receiver", "张三", "--date", "2022-06-02"),
        ("return", "02-0001", "--reason", "没有用上", "--date", "2022-07-01"),
        ("distribute", "02-0001", "--receiver", "李四", "--date", "2022-07-02"),
        ("lost", "02-0001", "--reason", "途中丢失", "--date", "2022-07-03"),
    ):
        assert printed_desk.run("register", *command).code == 0
    outcome = printed_desk.run("register", "history", "岚个培〔2022〕02-0001号", "--json")
    assert outcome.code == 0 and outcome.json["state"] == "lost"
    told = [
        (event["what"], event["day"], event["receiver"], event["reason"]) for event in outcome.json["events"]
    ]
    assert [what for what, *_ in told] == [
        "reserved",
        "printed",
        "distributed",
        "returned",
        "distributed",
        "lost",
    ]
    assert told[2:] == [
        ("distributed", "2022-06-02", "张三", ""),
        ("returned", "2022-07-01", "", "没有用上"),
        ("distributed", "2022-07-02", "李四", ""),
        ("lost", "2022-07-03", "", "途中丢失"),
    ]
    shown = printed_desk.run("register", "history", "2-1").said
    assert "现在：遗失" in shown and "途中丢失" in shown and "李四" in shown
    assert_sound(printed_desk, 8)


@pytest.mark.parametrize(
    "before, command, words",
    [
        (None, ("return", "01-0001"), "还没有发放"),
        (VOID, ("distribute", "01-0001", "--receiver", "甲"), "已经作废"),
        (VOID, ("lost", "01-0001", "--reason", "丢"), "已经作废"),
        (VOID, ("return", "01-0001"), "已经作废"),
        (VOID, ("void", "01-0001", "--reason", "又一次", "--force"), "已经作废"),
        (("register", "lost", "--reason", "丢"), ("distribute", "01-0001", "--receiver", "甲"), "已报遗失"),
        (
            ("register", "distribute", "--receiver", "甲"),
            ("distribute", "01-0001", "--receiver", "乙"),
            "先退回",
        ),
        (None, ("void", "01-0099", "--reason", "错"), "没有 2022-01-0099"),
        (None, ("void", "01-0001至0099", "--reason", "错"), "没有 2022-01-0003"),
        (None, ("void", "09-0001", "--reason", "错"), "没有 2022-09-0001"),
        (None, ("history", "2021-01-0001"), "没有 2021-01-0001"),
        (None, ("distribute", "--unit", "东村", "--receiver", "甲"), "是不是“东村镇”"),
        (None, ("distribute", "--batch", "2022-007", "--receiver", "甲"), "2022-007"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    printed_desk: Desk, before: tuple[str, ...] | None, command: tuple[str, ...], words: str
) -> None:
    if before:
        assert printed_desk.run(*before, "01-0001").code == 0
    there = printed_desk.numbered()
    outcome = printed_desk.run("register", *command)
    assert outcome.code == 6 and words in outcome.err, outcome
    assert printed_desk.numbered() == there


@pytest.mark.parametrize(
    "command",
    [
        ("distribute", "01-0001"),
        ("distribute", "--receiver", "甲"),
        ("distribute", "01-0001", "--unit", "东村镇", "--receiver", "甲"),
        ("distribute", "01-0001", "--receiver", " "),
        ("void", "01-0001"),
        ("lost", "01-0001", "--reason", " "),
        ("void", "--reason", "错"),
        ("void", "第一份", "--reason", "错"),
        ("void", "01-0002至0001", "--reason", "错"),
        ("history", "01-0001至0002"),
        ("list", "--batch", "一"),
        ("list", "--xlsx", "../清单.xlsx"),
    ],
)
def test_what_is_not_understood_is_wrong_usage(printed_desk: Desk, command: tuple[str, ...]) -> None:
    assert printed_desk.run("register", *command).code == 2
    assert states(printed_desk) == {} and not (printed_desk.root / "清单.xlsx").exists()


def test_a_used_letter_is_void_only_by_force(printed_desk: Desk) -> None:
    with open_register(printed_desk.register) as register:
        at = register.batch(register.published(2022)[0]).reserved_at
        register.move("used", {Serial(2022, "01", 1): Note(date(2022, 6, 9), "", "92140000")}, at)
    outcome = printed_desk.run(*VOID, "01-0001")
    assert outcome.code == 6 and "--force" in outcome.err
    assert printed_desk.run(*VOID, "01-0001", "--force").code == 0
    assert_sound(printed_desk, 8)


# ---- who counts


def test_void_and_lost_letters_are_made_up_for_by_the_next_run(printed_desk: Desk) -> None:
    assert printed_desk.run(*VOID, "01-0001", "02-0002").code == 0
    assert printed_desk.run("register", "lost", "01-0002", "--reason", "丢失").code == 0
    assert_sound(printed_desk, 6)
    units = {unit["code"]: unit for unit in printed_desk.run("register", "status", "--json").json["units"]}
    assert (units["01"]["live"], units["01"]["states"]) == (0, {"lost": 1, "void": 1})
    assert (units["02"]["live"], units["02"]["states"]) == (2, {"printed": 2, "void": 1})
    shown = printed_desk.run("register", "status").said
    assert "作废2" in shown and "遗失1" in shown
    outcome = printed_desk.run("letters", "--json")
    assert outcome.code == 0 and outcome.json["letters"] == 3
    new = [key for key, _, batch in printed_desk.numbered() if batch == "2022-002"]
    assert new == ["2022-01-0003", "2022-01-0004", "2022-02-0004"]
    assert printed_desk.run("letters", "--json").json["letters"] == 0
    assert_sound(printed_desk, 9)


def test_an_applicant_whose_letter_is_void_gets_a_new_one(desk: Desk) -> None:
    write_list(desk, "东村镇培育对象名单.xlsx", PEOPLE[:2])
    assert desk.run("letters", *DATE).code == 0
    assert desk.run(*VOID, "01-0001").code == 0
    outcome = desk.run("letters", *DATE)
    assert outcome.code == 0 and filled(desk, "2022-002") == [("2022-01-0003", True)]
    with open_register(desk.register) as register:
        letter = register.find(Serial(2022, "01", 3))
    assert letter is not None and letter.applicant is not None and letter.applicant.name == PEOPLE[0].name
    assert desk.run("letters", *DATE, "--json").json["letters"] == 0


@pytest.mark.parametrize("command", [VOID, ("register", "lost", "--reason", "丢失")])
def test_a_dead_letter_does_not_verify(printed_desk: Desk, command: tuple[str, ...]) -> None:
    with open_register(printed_desk.register) as register:
        letter = register.find(Serial(2022, "01", 1))
    assert letter is not None
    text = mark_text(letter, known_secret(printed_desk.root / "register" / "verify.key"))
    assert printed_desk.run("register", "verify", text).code == 0
    assert printed_desk.run(*command, "01-0001").code == 0
    outcome = printed_desk.run("register", "verify", text, "--json")
    assert outcome.code == 6 and outcome.json["verdicts"][0]["verdict"] == "void"


# ---- lists


def test_a_list_is_filtered_by_unit_state_batch_and_day(printed_desk: Desk) -> None:
    assert printed_desk.run("register", "lost", "02-0001", "--reason", "丢", "--date", "2022-07-01").code == 0
    assert printed_desk.run(*VOID, "03-0002-0003", "--date", "2022-08-01").code == 0
    assert printed_desk.run("letters").code == 0
    assert len(listed(printed_desk)) == 12
    assert listed(printed_desk, "--state", "作废") == ["03-0002", "03-0003"]
    assert listed(printed_desk, "--unit", "普明镇", "--state", "未发放") == ["02-0002", "02-0003", "02-0004"]
    assert listed(printed_desk, "--batch", "2022-002") == ["02-0004", "03-0005", "03-0006"]
    assert listed(printed_desk, "--since", "2022-07-01", "--until", "2022-07-31") == ["02-0001"]
    shown = printed_desk.run("register", "list", "--state", "遗失").said
    assert "岚个培〔2022〕02-0001" in shown and "2022-07-01" in shown and "共1份" in shown


def test_a_list_finds_people_and_keeps_their_numbers_masked(desk: Desk) -> None:
    write_list(desk, "东村镇培育对象名单.xlsx", PEOPLE[:2])
    assert desk.run("letters", *DATE).code == 0
    assert listed(desk, "--name", PEOPLE[1].name) == ["01-0002"]
    assert listed(desk, "--name", PEOPLE[0].business) == ["01-0001"]
    outcome = desk.run("register", "list", "--json")
    assert PEOPLE[0].name in outcome.out and PEOPLE[0].id_no not in outcome.out


def test_a_list_finds_a_name_however_its_characters_are_typed(desk: Desk) -> None:
    write_list(desk, "东村镇培育对象名单.xlsx", [replace(PEOPLE[0], business="⾼⼭ＫＴＶ"), PEOPLE[1]])
    assert desk.run("letters", *DATE).code == 0
    for typed in ("高山", "⾼⼭", "高\u200b山", "高 山", "ktv"):
        assert listed(desk, "--name", typed) == ["01-0001"], typed
    assert listed(desk, "--name", "高川") == []


def test_a_list_is_saved_below_outputs_in_the_columns_of_the_usage_ledger(printed_desk: Desk) -> None:
    assert printed_desk.run(*VOID, "01-0001", "--date", "2022-08-01").code == 0
    outcome = printed_desk.run("register", "list", "--unit", "东村镇", "--xlsx", "清单", "--json")
    path = Path(outcome.json["file"])
    assert path == printed_desk.outputs / "清单.xlsx" and path.stat().st_mode & 0o077 == 0
    rows = list(load_workbook(path).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert rows[0][0] == "编号" and rows[0][-4] == "状态"
    assert [(row[0], row[-4], row[-1]) for row in rows[1:]] == [
        ("岚个培〔2022〕01-0001号", "作废", "2022-08-01，填错"),
        ("岚个培〔2022〕01-0002号", "未发放", None),
    ]
    assert printed_desk.run("register", "list", "--xlsx", "清单.xlsx").code == 0
    assert load_workbook(path).worksheets[0].max_row == 2 + len(KEYS)
    assert sorted(entry.name for entry in printed_desk.outputs.iterdir()) == ["letters", "清单.xlsx"]
