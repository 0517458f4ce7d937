"""Letters handed out, returned, used, lost, void: what the register lets happen and what it finds."""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from support.registers.numbered import DONG, IMPRINT, MIN, NOW, ORDER, SERIALS, WHO, faults, more, reserve
from support.registers.outside import MAKES, REFUSED, tamper, tampering

from pipeline.adapters.register import Register, Where, open_register
from pipeline.domain.letters.lifecycle import MOVES, STATES, Note, replace_order
from pipeline.domain.letters.model import Batch, Draft, Serial
from pipeline.domain.letters.numbering import Issued
from pipeline.domain.model import Unit
from pipeline.errors import RegisterFault, Remedy

NOTE = Note(date(2022, 6, 2), "张三", "某个原因")


@pytest.fixture(params=MAKES)
def where(request: pytest.FixtureRequest, register_after: Callable[..., Where]) -> Where:
    """A register with a printed batch of 01-0001…6 and 02-0001…2, in turn by each make."""
    return register_after(request.param, "published", publish_eight)


def publish_eight(where: Where) -> None:
    with open_register(where) as opened:
        publish(opened, (DONG, 6), (MIN, 2))


def publish(register: Register, *counts: tuple[Unit, int]) -> None:
    batch = reserve(register, *counts)
    register.use_templates(batch.id, b"letter", b"receipt")
    register.confirm(batch.id, NOW, "digest")


def of(*numbers: int, unit: str = "01") -> dict[Serial, Note]:
    return {Serial(2022, unit, number): NOTE for number in numbers}


def states(where: Where) -> dict[str, str]:
    with open_register(where) as opened:
        return {
            letter.serial.key.removeprefix("2022-"): letter.state
            for letter in opened.letters(2022)
            if letter.state != "printed"
        }


# ---- moves


def test_a_move_is_told_with_its_day_receiver_and_reason(where: Where) -> None:
    with open_register(where) as opened:
        opened.move("distributed", of(1, 2, 3), NOW)
        *_, last = opened.history(Serial(2022, "01", 2))
        assert (last.what, last.first.number, last.last, last.day) == ("distributed", 1, 3, date(2022, 6, 2))
        assert (last.who, last.why, str(last.batch), last.at) == ("张三", "某个原因", "2022-001", NOW)
        assert [event.what for event in opened.history(Serial(2022, "01", 4))] == ["reserved", "printed"]
    assert states(where) == dict.fromkeys(("01-0001", "01-0002", "01-0003"), "distributed")
    assert faults(where) == []


def test_consecutive_letters_are_one_event_but_not_over_gaps_units_batches_or_other_words(
    where: Where,
) -> None:
    with open_register(where) as opened:
        publish(opened, (DONG, 2))
        other = Note(date(2022, 6, 3), "李四")
        opened.move(
            "distributed", of(1, 2, 4, 5, 6, 7) | of(1, unit="02") | {Serial(2022, "01", 5): other}, NOW
        )
        told = [
            (event.first.unit, event.first.number, event.last, event.batch.number, event.who)
            for event in opened.events(2022)
            if event.what == "distributed"
        ]
    assert told == [
        ("01", 1, 2, 1, "张三"), ("01", 4, 4, 1, "张三"), ("01", 5, 5, 1, "李四"), ("01", 6, 6, 1, "张三"),
        ("01", 7, 7, 2, "张三"), ("02", 1, 1, 1, "张三"),
    ]  # fmt: skip
    assert faults(where) == []


def test_one_letter_that_cannot_move_stops_all(where: Where) -> None:
    with open_register(where) as opened:
        opened.move("void", of(2), NOW)
        with pytest.raises(RegisterFault, match="岚01-0002号已经作废"):
            opened.move("distributed", of(1, 2, 3), NOW)
        with pytest.raises(RegisterFault, match="2022-01-0099"):
            opened.move("distributed", of(1, 99), NOW)
    assert states(where) == {"01-0002": "void"} and faults(where) == []


def test_a_reserved_letter_cannot_be_handed_out(where: Where) -> None:
    with open_register(where) as opened:
        reserve(opened, (DONG, 1))
        with pytest.raises(RegisterFault, match="还没有印好"):
            opened.move("distributed", of(7), NOW)


def test_dead_letters_no_longer_count_and_their_applicants_may_have_another(where: Where) -> None:
    with open_register(where) as opened:
        batch = opened.reserve(lambda _: [Draft(DONG, WHO)], SERIALS, IMPRINT, ORDER, NOW)
        assert batch is not None
        opened.confirm(batch.id, NOW, "digest")
        assert issued(opened).live == {"01": 7, "02": 2}
        opened.move("lost", of(7), NOW)
        opened.move("void", of(1, 2), NOW)
        told = issued(opened)
        assert dict(told.live) == {"01": 4, "02": 2} and set(told.applicants) == set()
        assert opened.filled(2022) == ()
        holding = opened.holdings(2022)[0]
        assert (holding.live, dict(holding.states)) == (4, {"printed": 4, "void": 2, "lost": 1})
        assert [(run.first.serial.number, run.last.serial.number) for run in holding.ranges] == [(1, 7)]
        again = opened.preview(more((DONG, 1)), SERIALS)
        assert again[0].serial.number == 8


def issued(register: Register) -> Issued:
    told: list[Issued] = []
    register.preview(lambda issued: told.append(issued) or [], SERIALS)
    return told[0]


def test_a_returned_letter_counts_and_can_be_handed_out_again(where: Where) -> None:
    with open_register(where) as opened:
        for to in ("distributed", "returned", "distributed", "used"):
            opened.move(to, of(1), NOW)
            assert issued(opened).live["01"] == 6
    assert faults(where) == []


def test_a_used_letter_becomes_void_only_by_force(where: Where) -> None:
    with open_register(where) as opened:
        opened.move("used", of(1), NOW)
        with pytest.raises(RegisterFault, match="已经办照") as refused:
            opened.move("void", of(1), NOW)
        assert refused.value.remedy is Remedy.VOID_BY_FORCE
        with pytest.raises(RegisterFault, match="已经办照") as refused:
            opened.move("lost", of(1), NOW)
        assert refused.value.remedy is None, "no force helps"
        opened.move("void", of(1), NOW, force=True)
    assert states(where) == {"01-0001": "void"} and faults(where) == []


def replaced(register: Register, number: int) -> Batch | None:
    draft = Draft(DONG, replaces=Serial(2022, "01", number))
    order = replace_order(Serial(2022, "01", number), "填错")
    return register.reserve(lambda _: [draft], SERIALS, IMPRINT, order, NOW)


def test_a_replaced_letter_is_void_from_the_moment_its_replacement_is_out(where: Where) -> None:
    with open_register(where) as opened:
        batch = replaced(opened, 2)
        assert batch is not None and batch.letters[0].replaces == Serial(2022, "01", 2)
        assert states(where) == {"01-0007": "reserved"}
        opened.confirm(batch.id, NOW, "digest")
        assert states(where) == {"01-0002": "void"}
        assert opened.history(Serial(2022, "01", 2))[-1].why == "填错"
        assert opened.replacement(Serial(2022, "01", 2)) == opened.find(Serial(2022, "01", 7))
    assert faults(where) == []


def test_a_replacement_that_is_released_leaves_the_old_letter_as_it_was(where: Where) -> None:
    with open_register(where) as opened:
        batch = replaced(opened, 2)
        assert batch is not None
        opened.release(batch.id, NOW, "disk full")
        assert states(where) == {} and opened.replacement(Serial(2022, "01", 2)) is None
    assert faults(where) == []


def test_no_letter_is_replaced_twice_nor_one_that_does_not_exist(where: Where) -> None:
    with open_register(where) as opened:
        assert replaced(opened, 2) is not None
        for number in (2, 99):
            with pytest.raises(RegisterFault):
                replaced(opened, number)
        assert len(opened.letters(2022)) == 9
    assert faults(where) == []


# ---- guards


@pytest.mark.parametrize("old", STATES)
def test_the_guard_in_the_database_lets_pass_what_the_rules_allow_and_nothing_else(
    where: Where, old: str
) -> None:
    """Another tool cannot revive a letter either."""
    if old == "reserved":
        with open_register(where) as opened:
            reserve(opened, (DONG, 1))
        number = 7
    else:
        number = 1
        tamper(where, f"UPDATE letters SET state = '{old}' WHERE unit = '01' AND number = 1")
    allowed = set()
    for new in [*STATES, "sold", ""]:
        with tampering(where) as connection:
            connection.execute("BEGIN")
            with suppress(REFUSED):
                connection.execute(
                    f"UPDATE letters SET state = '{new}' WHERE unit = '01' AND number = {number}"
                )
                allowed.add(new)
            connection.execute("ROLLBACK")
    assert allowed == MOVES[old]


def test_a_letter_cannot_be_put_in_as_printed(where: Where) -> None:
    with tampering(where) as connection, pytest.raises(REFUSED, match="begins reserved"):
        connection.execute(
            "INSERT INTO letters SELECT year, unit, 7, batch, 'x', unit_name, signature, day, replaces, name, id_no, phone,"
            " business, scope, address, salt, person, content, 'printed' FROM letters WHERE unit = '01' AND number = 1"
        )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM letters WHERE state = 'void'",
        "INSERT INTO events SELECT * FROM events WHERE what = 'void'",
        "UPDATE events SET who = '别人' WHERE what = 'distributed'",
        "UPDATE events SET day = '2022-01-01' WHERE what = 'distributed'",
        "DELETE FROM events WHERE what = 'distributed'",
    ],
)
def test_a_move_cannot_be_undone_by_another_tool(where: Where, statement: str) -> None:
    with open_register(where) as opened:
        opened.move("distributed", of(1, 2), NOW)
        opened.move("void", of(2), NOW)
    with tampering(where) as connection, pytest.raises(REFUSED, match=r"append-only|stays"):
        connection.execute(statement)
    assert faults(where) == []


@pytest.mark.parametrize(
    "statement, named",
    [
        ("UPDATE letters SET state = 'printed' WHERE state = 'void'", "2022-01-0002"),
        ("UPDATE letters SET state = 'void' WHERE unit = '02' AND number = 1", "2022-02-0001"),
        ("UPDATE events SET who = '别人' WHERE what = 'distributed'", "第5条"),
        ("UPDATE events SET day = '2022-01-01' WHERE what = 'void'", "第6条"),
        ("DELETE FROM events WHERE what = 'void'", "2022-01-0002"),
    ],
)
def test_a_forged_move_is_found_and_named(where: Where, statement: str, named: str) -> None:
    with open_register(where) as opened:
        opened.move("distributed", of(1, 2), NOW)
        opened.move("void", of(2), NOW)
    tamper(where, statement)
    found = faults(where)
    assert any(named in fault for fault in found), found


def test_a_chain_forged_with_a_move_that_no_letter_makes_is_found(where: Where) -> None:
    with open_register(where) as opened:
        opened.move("void", of(2), NOW)
    with open_register(where) as opened:
        opened._record("distributed", opened._rows_of([Serial(2022, "01", 2)]), NOW, ("", "", ""))
    tamper(where, "UPDATE letters SET state = 'distributed' WHERE unit = '01' AND number = 2")
    assert any("规则不许" in fault and "2022-01-0002" in fault for fault in faults(where))


# ---- many


def test_random_moves_keep_the_register_sound_and_every_letter_counted(where: Where) -> None:
    draw = random.Random(6)
    with open_register(where) as opened:
        for _ in range(200):
            first = draw.randint(1, 6)
            some = range(first, min(6, first + draw.randint(0, 3)) + 1)
            to = draw.choice(list(STATES)[2:])
            before = {letter.serial.number: letter.state for letter in opened.letters(2022)[:6]}
            try:
                opened.move(to, of(*some), NOW, force=draw.random() < 0.1)
            except RegisterFault:
                assert {letter.serial.number: letter.state for letter in opened.letters(2022)[:6]} == before
            counts = Counter(letter.state for letter in opened.letters(2022))
            assert sum(counts.values()) == 8 == sum(sum(h.states.values()) for h in opened.holdings(2022))
        assert opened.faults() == []


@pytest.mark.slow
def test_ten_thousand_letters_with_their_lives_are_sound(tmp_path: Path) -> None:
    where: Where = tmp_path / "register" / "register.db"
    draw = random.Random(1)
    with open_register(where) as opened:
        publish(opened, (DONG, 5_000), (MIN, 5_000))
        every = [Serial(2022, unit, number) for unit in ("01", "02") for number in range(1, 5_001)]
        opened.move("distributed", dict.fromkeys(every, NOTE), NOW)
        used = draw.sample(every, 4_000)
        opened.move(
            "used", {serial: Note(date(2022, 7, 1), "", f"92{n:016d}") for n, serial in enumerate(used)}, NOW
        )
        opened.move("void", dict.fromkeys(draw.sample(used, 500), NOTE), NOW, force=True)
        assert opened.faults() == []
        states = Counter(letter.state for letter in opened.letters(2022))
    assert states == {"distributed": 6_000, "used": 3_500, "void": 500}
