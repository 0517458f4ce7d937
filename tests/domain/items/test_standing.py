"""What follows from an item's dates: overdue, due soon, days, totals, and the one sentence."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from support.items import ABOUT, DAY, after, do, empty_book, to

from pipeline.domain.items.number import ItemNumbers
from pipeline.domain.items.plain import ledger_object
from pipeline.domain.items.standing import (
    days_taken,
    is_due_soon,
    is_on_time,
    overdue_days,
    sentence,
    totals,
    urgency,
)

DUE = ABOUT.deadline
LATE = date(2022, 7, 25)
NUMBERS = ItemNumbers(2022, "岚个培账〔{year}〕{number:04d}")


@pytest.mark.parametrize(
    "day, late, soon",
    [(date(2022, 7, 16), 0, False), (date(2022, 7, 17), 0, True), (DUE, 0, True), (date(2022, 7, 21), 1, False), (LATE, 5, False)],
)  # fmt: skip
def test_overdue_and_due_soon_follow_from_the_day(day: date, late: int, soon: bool) -> None:
    for state in ("已立账", "整改中"):
        item = to(state).items[1]
        assert (overdue_days(item, day), is_due_soon(item, day, 3)) == (late, soon)


@pytest.mark.parametrize("state", ["待复核", "已中止", "已销号", "已撤账"])
def test_time_does_not_run_for_an_item_that_waits_rests_or_is_done(state: str) -> None:
    item = to(state).items[1]
    assert overdue_days(item, LATE) == 0 and not is_due_soon(item, DUE, 3)


def test_an_application_that_came_late_does_not_stop_the_clock() -> None:
    book = to("整改中")
    assert overdue_days(do(book, "apply", date(2022, 7, 22)), LATE) == 5
    assert overdue_days(do(book, "return", date(2022, 7, 23)), LATE) == 5


def test_an_application_in_time_excuses_until_it_is_returned() -> None:
    book = to("整改中")
    do(book, "apply", DUE)
    assert overdue_days(do(book, "apply", date(2022, 7, 24)), LATE) == 0, (
        "a newer one is as early as the first"
    )
    assert overdue_days(do(book, "return", date(2022, 7, 24)), LATE) == 5


def test_an_extension_asked_in_time_excuses_until_it_is_decided() -> None:
    book = to("整改中")
    asked = do(book, "extend", DUE)
    assert overdue_days(asked, LATE) == 0 and not is_due_soon(asked, DUE, 3)
    assert overdue_days(do(book, "refuse", date(2022, 7, 22)), LATE) == 5


def test_days_taken_leave_out_the_rest() -> None:
    book = to("整改中")
    do(book, "suspend", after(2))
    assert days_taken(book.items[1], after(9)) == 2
    do(book, "resume", after(9))
    assert days_taken(book.items[1], after(12)) == 5
    assert days_taken(to("已立账").items[1], LATE) is None
    assert days_taken(to("已销号").items[1], LATE) == 0


def mixed() -> list[object]:
    """Closed in time, closed late, overdue, waiting for review in time, resting, withdrawn, due later."""
    late = to("待复核")
    do(late, "close", date(2022, 7, 23))
    later = empty_book()
    later.open(replace(ABOUT, deadline=date(2022, 9, 1)), DAY)
    books = [to("已销号"), late, to("整改中"), to("待复核"), to("已中止"), to("已撤账"), later]
    return [replace(book.items[1], number=number) for number, book in enumerate(books, 1)]


def test_totals_count_each_item_once() -> None:
    found = totals(mixed(), LATE, 3)  # type: ignore[arg-type]
    assert (found.open, found.overdue, found.due_soon, found.closed) == (4, 1, 0, 2)
    assert found.closing_rate == Fraction(1, 3)
    assert found.on_time_rate == Fraction(1, 4), "of four whose deadline has come and whose time runs"


def test_the_sentence_of_a_ledger_in_which_nothing_is_closed_yet() -> None:
    items = [each for each in mixed() if each.is_open]  # type: ignore[attr-defined]
    assert sentence(items, LATE, 3) == "截至2022年7月25日，挂账事项共4项，均未销号，其中逾期1项。"
    late = [each for each in items if overdue_days(each, LATE)]
    assert sentence(late, LATE, 3) == "截至2022年7月25日，挂账事项共1项，尚未销号，已逾期。"
    assert sentence(late * 2, LATE, 3) == "截至2022年7月25日，挂账事项共2项，均未销号，均已逾期。"
    closed = [each for each in mixed() if each.state.value == "已销号"][:1]  # type: ignore[attr-defined]
    for many, every in ((1, ""), (2, "均")):
        assert sentence([*closed, *late * many], LATE, 3).endswith(f"；未销号{many}项，{every}已逾期。")


def test_the_sentence_says_what_the_totals_and_the_list_say() -> None:
    items = mixed()
    assert sentence(items, LATE, 3) == (  # type: ignore[arg-type]
        "截至2022年7月25日，挂账事项共6项，已销号2项，销号率33.3%；未销号4项，其中逾期1项。"
    )
    told = ledger_object(items, NUMBERS, LATE, 3)  # type: ignore[arg-type]
    states = [each["state"] for each in told["items"]]  # type: ignore[attr-defined]
    late = [each for each in told["items"] if each["overdue_days"]]  # type: ignore[attr-defined]
    assert told["totals"] == {
        "open": 4, "overdue": len(late), "due_soon": 0, "closed": states.count("已销号"), "closing_rate": 0.333333333,
        "on_time_rate": 0.25,
    }  # fmt: skip


def test_without_items_nothing_is_said() -> None:
    found = totals([], LATE, 3)
    assert (found.closing_rate, found.on_time_rate) == (None, None)
    assert sentence([], LATE, 3) == "" and sentence([to("已撤账").items[1]], LATE, 3) == ""
    assert sentence([to("已销号").items[1]], LATE, 3).endswith("销号率100%。")


def test_an_extension_that_was_granted_is_the_deadline_that_counts() -> None:
    book = to("整改中")
    do(book, "extend", after(1))
    do(book, "grant", after(2))
    assert overdue_days(book.items[1], LATE) == 0
    do(book, "apply", date(2022, 8, 4))
    assert is_on_time(do(book, "close", date(2022, 8, 5)))


def test_the_most_urgent_come_first() -> None:
    book = empty_book()
    for unit, deadline in (
        ("01", DUE),
        ("02", date(2022, 7, 27)),
        ("03", date(2022, 7, 10)),
        ("04", date(2022, 8, 9)),
    ):
        book.open(replace(ABOUT, unit=unit, deadline=deadline), DAY)
    ordered = sorted(book.items.values(), key=lambda item: urgency(item, LATE, 3))
    assert [item.about.unit for item in ordered] == ["03", "01", "02", "04"]


@pytest.mark.parametrize(
    "text, found",
    [
        ("岚个培账〔2022〕0001", (2022, 1)), ("岚个培账〔2021〕0012号", (2021, 12)), ("岚个培账[2022]1", (2022, 1)),
        ("2022-0003", (2022, 3)), ("〔2023〕7", (2023, 7)), ("0004", (2022, 4)), ("第5号", (2022, 5)), ("１２", (2022, 12)),
        ("0", None), ("", None), ("东村镇", None), ("2022-01-0001", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_typed(text: str, found: tuple[int, int] | None) -> None:
    assert NUMBERS.read(text) == found
