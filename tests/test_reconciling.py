"""Registrations held against letters: what is used is entered once, what is doubtful is told."""

import pytest
from desk import Desk, write_sheet
from test_bulletin import HEADER, code
from test_moves import VOID, assert_sound, states


@pytest.fixture
def shops(printed_desk: Desk) -> Desk:
    """Two shops with a letter of 东村镇 and 普明镇, one without; the other two name void and unknown letters."""
    rows = [
        (code(1), "甲店", "王某", "", "2022-05-03", "存续", "", "2022-01-0001", "东村镇"),
        (code(2), "乙店", "李某", "", "2022-05-20", "存续", "", "岚个培〔2022〕02-0002号", "普明镇"),
        (code(3), "丙店", "张某", "", "2022-05-21", "存续", "", "", "县民政局"),
        (code(4), "丁店", "赵某", "", "2022-05-22", "存续", "", "2022-03-0001", "县民政局"),
        (code(5), "戊店", "钱某", "", "2022-05-23", "存续", "", "2022-03-0099", "县民政局"),
    ]
    write_sheet(printed_desk.root / "inputs" / "登记.xlsx", [HEADER, *rows])
    assert printed_desk.run(*VOID, "03-0001").code == 0
    return printed_desk


def test_letters_that_became_a_business_are_entered_once_with_its_code_and_day(shops: Desk) -> None:
    outcome = shops.run("register", "reconcile")
    assert outcome.code == 0 and "已办照的介绍信2份" in outcome.out, outcome
    assert states(shops) == {"01-0001": "used", "02-0002": "used", "03-0001": "void"}
    last = shops.run("register", "history", "02-0002", "--json").json["events"][-1]
    assert (last["what"], last["day"], last["reason"]) == ("used", "2022-05-20", code(2))
    events = shops.ask("SELECT count(*) FROM events")
    again = shops.run("register", "reconcile", "--json")
    assert (
        again.code == 0 and again.json["letters"] == 0 and shops.ask("SELECT count(*) FROM events") == events
    )
    assert_sound(shops, 8)


def test_what_is_doubtful_is_told_and_changes_nothing(shops: Desk) -> None:
    outcome = shops.run("register", "reconcile", "--json")
    assert [problem["code"] for problem in outcome.json["problems"]] == ["letter-void", "letter-unknown"]
    assert states(shops)["03-0001"] == "void"


def test_a_used_letter_is_shown_in_lists_and_not_made_up_for(shops: Desk) -> None:
    assert shops.run("register", "reconcile").code == 0
    outcome = shops.run("register", "list", "--state", "已办照", "--json")
    assert [letter["key"] for letter in outcome.json["letters"]] == ["2022-01-0001", "2022-02-0002"]
    assert shops.run("register", "return", "01-0001").code == 6
    assert shops.run("register", "reprint", "01-0001", "--reason", "卡纸").code == 6
    assert shops.run("register", "replace", "01-0001", "--reason", "填错").code == 6
    assert shops.run("letters", "--json").json["letters"] == 1


def test_a_file_that_cannot_be_read_stops_it(shops: Desk) -> None:
    (shops.root / "inputs" / "坏.xlsx").write_bytes(b"PK not a workbook")
    outcome = shops.run("register", "reconcile")
    assert outcome.code == 3 and set(states(shops)) == {"03-0001"}
