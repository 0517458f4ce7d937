from datetime import date, datetime

import pytest

from pipeline.domain.letters.lifecycle import (
    FORCED,
    HAPPENINGS,
    MOVES,
    STATES,
    Event,
    acts,
    latest,
    refusal,
    refusals,
)
from pipeline.domain.letters.model import DEAD, BatchId, Letter, Serial


def letter(number: int, state: str) -> Letter:
    return Letter(
        Serial(2022, "01", number), f"岚01-{number:04d}", "东村镇", "岚县东村镇人民政府", None, None, state
    )


def test_every_state_has_a_name_and_its_moves() -> None:
    assert set(STATES) == set(MOVES) and set().union(*MOVES.values()) == set(STATES) - {"reserved"}
    assert set(STATES) < set(HAPPENINGS)


def test_a_dead_letter_stays_dead() -> None:
    for state in DEAD:
        assert MOVES[state] <= set(DEAD)
    assert MOVES["void"] == frozenset()


def test_no_letter_becomes_unprinted_or_unnumbered_again() -> None:
    for state in STATES:
        assert "reserved" not in MOVES[state]
        assert ("printed" in MOVES[state]) == (state == "reserved")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("to", [state for state in STATES if state != "reserved"])
def test_a_move_is_either_in_the_table_or_refused_with_a_reason(state: str, to: str) -> None:
    reason = refusal(state, to, force=True)
    assert (reason is None) == (to in MOVES[state])
    assert reason is None or len(reason) >= 4
    assert (refusal(state, to) is None) == (to in MOVES[state] and (state, to) != FORCED)


def test_a_used_letter_becomes_void_only_by_force() -> None:
    assert refusal("used", "void") == "已经办照"
    assert refusal("used", "void", force=True) is None
    assert refusal("void", "void", force=True) is not None


def test_refusals_name_the_first_letters_and_count_the_rest() -> None:
    letters = [letter(number, "void" if number != 3 else "printed") for number in range(1, 10)]
    told = refusals(letters, "distributed") or ""
    assert "岚01-0001号已经作废" in told and "岚01-0003号" not in told and "岚01-0006号" in told
    assert "岚01-0007号" not in told and "还有3份" in told
    assert refusals(letters[2:3], "distributed") is None


def test_the_latest_event_of_a_letter_is_the_one_that_made_its_state() -> None:
    def event(what: str, first: int, last: int) -> Event:
        at = datetime(2022, 6, 1, 8, 0)  # noqa: DTZ001
        return Event(at, what, Serial(2022, "01", first), last, BatchId(2022, 1), date(2022, 6, 1), "", "")

    events = [event("reserved", 1, 3), event("printed", 1, 3), event("void", 2, 2), event("rebuilt", 1, 3)]
    assert {serial.number: event.what for serial, event in latest(events).items()} == {
        1: "printed",
        2: "void",
        3: "printed",
    }


@pytest.mark.parametrize(
    "state, free, forced",
    [
        ("reserved", [], []),
        ("printed", ["distribute", "lost", "void", "reprint", "replace"], []),
        ("distributed", ["return", "lost", "void", "reprint", "replace"], []),
        ("returned", ["distribute", "lost", "void", "reprint", "replace"], []),
        ("used", [], ["void"]),
        ("lost", ["void", "replace"], []),
        ("void", ["replace"], []),
    ],
)
def test_the_commands_that_a_letter_takes(state: str, free: list[str], forced: list[str]) -> None:
    assert acts(letter(1, state), 2022, is_replaced=False) == (tuple(free), tuple(forced))
    for year, is_replaced in ((2022, True), (2023, False)):
        kept = [name for name in free if name != "replace"]
        assert acts(letter(1, state), year, is_replaced=is_replaced) == (tuple(kept), tuple(forced))
