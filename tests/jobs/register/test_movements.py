"""The life of letters as clerks use it, and whether all who count letters agree."""

from collections.abc import Callable
from datetime import date

import pytest
from support.clerk import DATE, distribute, give_back, happened, history, listed, lose, use, void
from support.desk import Desk
from support.inputs.lists import PEOPLE
from support.seen import assert_sound, filled, states

from pipeline.adapters.register import open_register
from pipeline.adapters.secret import known_secret
from pipeline.domain.letters.mark import mark_text
from pipeline.domain.letters.model import Serial
from pipeline.errors import RegisterFault, UsageFault
from pipeline.jobs.register import lookup, verify
from pipeline.workspace import open_workspace

Move = Callable[[Desk], object]


def test_a_unit_s_letters_are_handed_out_at_once(printed_desk: Desk) -> None:
    assert len(distribute(printed_desk, unit="普明镇").ranges) == 1
    assert states(printed_desk) == dict.fromkeys(("02-0001", "02-0002", "02-0003"), "distributed")
    with pytest.raises(RegisterFault, match="没有待发放的"):
        distribute(printed_desk, unit="普明镇")
    assert_sound(printed_desk, 9)


def test_a_batch_is_handed_out_without_what_is_out_already(printed_desk: Desk) -> None:
    distribute(printed_desk, "1-1", who="甲")
    [one] = distribute(printed_desk, batch="2022-001", unit="01", who="乙").ranges
    assert one.first.serial.key == "2022-01-0002"
    rest = distribute(printed_desk, batch="2022-001", who="丙")
    assert sum(each.count for each in rest.ranges) == 7
    assert set(states(printed_desk).values()) == {"distributed"}


@pytest.mark.parametrize(
    "numbers",
    [
        ("2022-03-0002至0004",), ("03-0002-0004",), ("岚个培〔2022〕03-0002号至岚个培〔2022〕03-0004号",),
        ("03-0002~03-0004",), ("3-2", "3-3", "2022-03-0004"), ("03-0003到0004", "03-0002-0003"),
    ],
)  # fmt: skip
def test_numbers_are_understood_as_they_are_typed(printed_desk: Desk, numbers: tuple[str, ...]) -> None:
    distribute(printed_desk, *numbers)
    assert states(printed_desk) == dict.fromkeys(("03-0002", "03-0003", "03-0004"), "distributed")


def test_a_letter_goes_out_comes_back_and_goes_out_again(printed_desk: Desk) -> None:
    distribute(printed_desk, "02-0001", who="张三", day=date(2022, 6, 2))
    give_back(printed_desk, "02-0001", why="没有用上", day=date(2022, 7, 1))
    distribute(printed_desk, "02-0001", who="李四", day=date(2022, 7, 2))
    lose(printed_desk, "02-0001", why="途中丢失", day=date(2022, 7, 3))
    story = history(printed_desk, "岚个培〔2022〕02-0001号")
    assert story.letter.state == "lost"
    told = [(event.what, event.day, event.who, event.why) for event in story.events]
    assert [what for what, *_ in told[:2]] == ["reserved", "printed"]
    assert told[2:] == [
        ("distributed", date(2022, 6, 2), "张三", ""),
        ("returned", date(2022, 7, 1), "", "没有用上"),
        ("distributed", date(2022, 7, 2), "李四", ""),
        ("lost", date(2022, 7, 3), "", "途中丢失"),
    ]
    assert_sound(printed_desk, 8)


def nothing(desk: Desk) -> None:
    """Let the letters lie as they were printed."""


def is_void(desk: Desk) -> None:
    void(desk, "01-0001")


def is_lost(desk: Desk) -> None:
    lose(desk, "01-0001")


def is_out(desk: Desk) -> None:
    distribute(desk, "01-0001", who="甲")


@pytest.mark.parametrize(
    "before, move, words",
    [
        (nothing, lambda desk: give_back(desk, "01-0001"), "还没有发放"),
        (is_void, lambda desk: distribute(desk, "01-0001"), "已经作废"),
        (is_void, lambda desk: lose(desk, "01-0001"), "已经作废"),
        (is_void, lambda desk: give_back(desk, "01-0001"), "已经作废"),
        (is_void, lambda desk: void(desk, "01-0001", force=True), "已经作废"),
        (is_lost, lambda desk: distribute(desk, "01-0001"), "已报遗失"),
        (is_out, lambda desk: distribute(desk, "01-0001", who="乙"), "先退回"),
        (nothing, lambda desk: void(desk, "01-0099"), "没有 2022-01-0099"),
        (nothing, lambda desk: void(desk, "01-0001至0099"), "没有 2022-01-0003"),
        (nothing, lambda desk: void(desk, "09-0001"), "没有 2022-09-0001"),
        (nothing, lambda desk: history(desk, "2021-01-0001"), "没有 2021-01-0001"),
        (nothing, lambda desk: distribute(desk, unit="东村"), "是不是“东村镇”"),
        (nothing, lambda desk: distribute(desk, batch="2022-007"), "2022-007"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    printed_desk: Desk, before: Move, move: Move, words: str
) -> None:
    before(printed_desk)
    there = printed_desk.numbered()
    with pytest.raises(RegisterFault, match=words):
        move(printed_desk)
    assert printed_desk.numbered() == there


@pytest.mark.parametrize(
    "move",
    [
        lambda desk: void(desk, "第一份"),
        lambda desk: void(desk, "01-0002至0001"),
        lambda desk: history(desk, "01-0001至0002"),
        lambda desk: listed(desk, batch="一"),
    ],
)
def test_what_is_not_understood_is_wrong_usage(printed_desk: Desk, move: Move) -> None:
    with pytest.raises(UsageFault):
        move(printed_desk)
    assert states(printed_desk) == {}


def test_a_used_letter_is_void_only_by_force(printed_desk: Desk) -> None:
    use(printed_desk, "01-0001")
    with pytest.raises(RegisterFault, match="已经办照"):
        void(printed_desk, "01-0001")
    void(printed_desk, "01-0001", force=True)
    assert_sound(printed_desk, 8)


# ---- who counts


def test_void_and_lost_letters_are_made_up_for_by_the_next_run(printed_desk: Desk) -> None:
    void(printed_desk, "01-0001", "02-0002")
    lose(printed_desk, "01-0002")
    assert_sound(printed_desk, 6)
    held = {
        account.unit_code: account.holding
        for account in lookup.status(open_workspace(printed_desk.root)).accounts
    }
    assert held["01"] and (held["01"].live, dict(held["01"].states)) == (0, {"lost": 1, "void": 1})
    assert held["02"] and (held["02"].live, dict(held["02"].states)) == (2, {"printed": 2, "void": 1})
    outcome = printed_desk.run("letters", "--json")
    assert outcome.code == 0 and outcome.json["letters"] == 3
    new = [key for key, _, batch in printed_desk.numbered() if batch == "2022-002"]
    assert new == ["2022-01-0003", "2022-01-0004", "2022-02-0004"]
    assert printed_desk.run("letters", "--json").json["letters"] == 0
    assert_sound(printed_desk, 9)


def test_an_applicant_whose_letter_is_void_gets_a_new_one(filled_desk: Desk) -> None:
    desk = filled_desk
    void(desk, "01-0001")
    outcome = desk.run("letters", *DATE)
    assert outcome.code == 0 and filled(desk, "2022-002") == [("2022-01-0003", True)]
    letter = history(desk, "01-0003").letter
    assert letter.applicant is not None and letter.applicant.name == PEOPLE[0].name
    assert desk.run("letters", *DATE, "--json").json["letters"] == 0


@pytest.mark.parametrize("move", [void, lose])
def test_a_dead_letter_does_not_verify(printed_desk: Desk, move: Callable[..., object]) -> None:
    workspace = open_workspace(printed_desk.root)
    with open_register(printed_desk.register) as register:
        letter = register.find(Serial(2022, "01", 1))
    assert letter is not None
    text = mark_text(letter, known_secret(printed_desk.root / "register" / "verify.key"))
    assert verify.verify(workspace, text).kind == "genuine"
    move(printed_desk, "01-0001")
    assert verify.verify(workspace, text).kind == "void"
    assert happened(printed_desk, "01-0001")[:2] == ["reserved", "printed"]
