"""Which numbers nobody had used on a day, and for how long."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.figures.shops import day, serial

from pipeline.domain.letters.lifecycle import OUT, Event
from pipeline.domain.letters.model import BatchId, Letter
from pipeline.reports.reconciliation.outstanding import AGES, Outstanding, outstanding, standings

BATCH, ZONE = BatchId(2022, 1), ZoneInfo("Asia/Shanghai")
JUNE = date(2022, 6, 30)


def letters(*units: tuple[str, int], on: date | None = None) -> list[Letter]:
    return [
        Letter(serial(unit, number), f"{unit}-{number}", f"单位{unit}", "", None, on)
        for unit, count in units
        for number in range(1, count + 1)
    ]


def happened(what: str, unit: str, first: int, last: int, on: str | None, at: str = "1-2") -> Event:
    entered = datetime.combine(day(at), datetime.min.time(), ZONE)
    return Event(entered, what, serial(unit, first), last, BATCH, day(on) if on else None, "", "")


def told(there: list[Letter], events: Iterable[Event], as_of: date = JUNE) -> list[tuple[str, str, str, int]]:
    found = outstanding(there, standings(there, list(events), as_of), as_of)
    return [(each.numbers, each.state, str(each.since), each.days) for each in found]


PRINTED = [happened("reserved", "01", 1, 9, None), happened("printed", "01", 1, 9, None)]


def test_runs_break_at_what_is_used_and_at_another_day() -> None:
    events = [
        *PRINTED,
        happened("distributed", "01", 1, 6, "3-1"),
        happened("used", "01", 3, 3, "4-1"),
        happened("returned", "01", 6, 6, "5-31"),
        happened("void", "01", 9, 9, "5-31"),
    ]
    assert told(letters(("01", 9)), events) == [
        ("2022-01-0001至0002", "distributed", "2022-03-01", 121),
        ("2022-01-0004至0005", "distributed", "2022-03-01", 121),
        ("2022-01-0006", "returned", "2022-05-31", 30),
        ("2022-01-0007至0008", "printed", "2022-01-02", 179),
    ]


def test_what_happened_later_is_not_known_on_the_day() -> None:
    events = [*PRINTED, happened("distributed", "01", 1, 9, "3-1"), happened("used", "01", 1, 9, "4-1")]
    assert told(letters(("01", 9)), events, day("3-31")) == [
        ("2022-01-0001至0009", "distributed", "2022-03-01", 30)
    ]
    assert told(letters(("01", 9)), events, day("2-28")) == [
        ("2022-01-0001至0009", "printed", "2022-01-02", 57)
    ]
    assert told(letters(("01", 9)), events, day("4-1")) == told(letters(("01", 9)), PRINTED, day("1-1")) == []


def test_a_letter_is_there_from_the_day_it_carries_or_was_handed_out() -> None:
    late = [happened(what, "01", 1, 1, None, at="12-1") for what in ("reserved", "printed")]
    assert told(letters(("01", 1)), late) == []
    assert told(letters(("01", 1), on=day("6-1")), late) == [("2022-01-0001", "printed", "2022-06-01", 29)]
    handed = [*late, happened("distributed", "01", 1, 1, "6-10", at="12-2")]
    assert told(letters(("01", 1)), handed) == [("2022-01-0001", "distributed", "2022-06-10", 20)]


def test_units_next_to_each_other_are_told_apart() -> None:
    there = letters(("01", 2), ("02", 2))
    events = [
        event
        for unit in ("01", "02")
        for what in ("reserved", "printed")
        for event in [happened(what, unit, 1, 2, None)]
    ]
    assert [number for number, *_ in told(there, events)] == ["2022-01-0001至0002", "2022-02-0001至0002"]


@pytest.mark.parametrize(
    "days, age", [(0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (999, 3)]
)
def test_age_classes(days: int, age: int) -> None:
    assert Outstanding(None, "printed", JUNE, days).age == AGES[age]  # type: ignore[arg-type]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["distributed", "returned", "used", "void", "lost"]),
            st.integers(1, 8),
            st.integers(0, 3),
            st.integers(1, 180),
        ),
        max_size=12,
    ),
    st.integers(1, 180),
)
def test_every_number_is_counted_once_or_is_no_longer_out(
    moves: list[tuple[str, int, int, int]], when: int
) -> None:
    as_of = date.fromordinal(date(2022, 1, 1).toordinal() + when)
    events = [
        *PRINTED,
        *(
            happened(
                what,
                "01",
                first,
                min(first + more, 9),
                str(date.fromordinal(date(2022, 1, 1).toordinal() + after)),
            )
            for what, first, more, after in moves
        ),
    ]
    there = letters(("01", 9))
    where = standings(there, events, as_of)
    found = outstanding(there, where, as_of)
    numbers = [
        n for each in found for n in range(each.run.first.serial.number, each.run.last.serial.number + 1)
    ]
    assert numbers == [key.number for key in sorted(where) if where[key].state in OUT]
    assert all(each.days >= 0 and each.run.count > 0 for each in found)
