"""The commands that change the register: exit code, text and ``--json``; what they may do is tried with the jobs."""

import pytest
from support.clerk import REPLACE, REPRINT, VOID, use
from support.desk import Desk
from support.seen import reprints, states


def test_handing_out_is_told_and_what_is_out_is_refused(printed_desk: Desk) -> None:
    command = ("register", "distribute", "--unit", "普明镇", "--receiver", "张三")
    outcome = printed_desk.run(*command, "--date", "2022-06-02")
    assert outcome.code == 0 and "发放3份" in outcome.out and "张三" in outcome.out
    again = printed_desk.run(*command)
    assert again.code == 6 and "没有待发放的" in again.err
    outcome = printed_desk.run(
        "register", "distribute", "--batch", "2022-001", "--unit", "01", "--receiver", "乙", "--json"
    )
    assert outcome.code == 0 and [unit["first"] for unit in outcome.json["units"]] == ["2022-01-0001"]
    assert outcome.json["letters"] == 2
    assert printed_desk.ask("SELECT unit, day, who FROM events WHERE what = 'distributed'")[0] == (
        "02",
        "2022-06-02",
        "张三",
    )


@pytest.mark.parametrize(
    "command",
    [
        ("return", "01-0001", "--reason", "没有用上", "--date", "2022-07-01"),
        ("void", "01-0001", "--reason", "填错", "--date", "2022-07-01"),
        ("lost", "01-0001", "--reason", "途中丢失", "--date", "2022-07-01"),
    ],
    ids=lambda command: command[0],
)
def test_the_other_moves_are_entered_as_they_are_typed(printed_desk: Desk, command: tuple[str, ...]) -> None:
    assert printed_desk.run("register", "distribute", "01-0001", "--receiver", "甲").code == 0
    assert printed_desk.run("register", *command).code == 0
    [(state, day, why)] = printed_desk.ask("SELECT what, day, why FROM events ORDER BY id DESC LIMIT 1")
    assert states(printed_desk) == {"01-0001": state} and (day, why) == ("2022-07-01", command[3])


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
    ],
)
def test_what_is_not_understood_is_wrong_usage(printed_desk: Desk, command: tuple[str, ...]) -> None:
    assert printed_desk.run("register", *command).code == 2
    assert states(printed_desk) == {}


def test_a_used_letter_is_void_only_by_force(printed_desk: Desk) -> None:
    use(printed_desk, "01-0001")
    outcome = printed_desk.run(*VOID, "01-0001")
    assert outcome.code == 6 and "--force" in outcome.err
    assert printed_desk.run(*VOID, "01-0001", "--force").code == 0
    assert states(printed_desk) == {"01-0001": "void"}


def test_a_letter_printed_again_and_one_replaced_are_told(printed_desk: Desk) -> None:
    outcome = printed_desk.run(*REPRINT, "01-0001", "--json")
    [folder] = reprints(printed_desk)
    assert outcome.code == 0 and outcome.json["folders"] == [str(folder)]
    assert folder.stat().st_mode & 0o077 == 0
    outcome = printed_desk.run(*REPLACE, "01-0001", "--date", "2022-07-01", "--json")
    assert outcome.code == 0 and outcome.json["batches"] == ["2022-002"]
    refused = printed_desk.run(*REPLACE, "01-0001")
    assert refused.code == 6 and "已经换成岚个培〔2022〕01-0003号" in refused.err
    assert printed_desk.run(*REPLACE, "01-0002至0003").code == 2
