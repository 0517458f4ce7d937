"""How many businesses last: cohorts, and held against a recount by brute force."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.figures.shops import UNITS, business, day, letter, serial

from pipeline.domain.analysis.survival import (
    Cohort,
    Survival,
    cohorts,
    letter_survival,
    months_after,
    recent,
    summed,
    told_since,
)  # fmt: skip
from pipeline.domain.period import Calendar, Month
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import attribute

AS_OF = date(2022, 6, 30)
KS = (3, 6, 12, 24, 36)
BY_CALENDAR = Calendar()


def counted(
    businesses: Sequence[Registration], k: int = 3, as_of: date = AS_OF, month_end: int = 0
) -> dict[str, tuple[int, int]]:
    """Cohort → how many had the time, and how many lasted."""
    found = cohorts(businesses, (k,), as_of, Calendar(month_end), date.min)
    return {each.month.name: (each.survival.size, each.survival.alive) for each in found}


@pytest.mark.parametrize(
    "text, months, wanted",
    [
        ("2021-11-30", 3, "2022-02-28"), ("2021-11-28", 3, "2022-02-28"), ("2022-01-31", 3, "2022-04-30"),
        ("2022-03-31", 3, "2022-06-30"), ("2020-02-29", 12, "2021-02-28"), ("2020-02-29", 48, "2024-02-29"),
        ("2021-12-15", 12, "2022-12-15"), ("2021-12-15", 1, "2022-01-15"), ("2019-06-30", 36, "2022-06-30"),
    ],
)  # fmt: skip
def test_months_go_by_the_day_or_to_the_month_s_last(text: str, months: int, wanted: str) -> None:
    assert months_after(day(text), months) == day(wanted)


@pytest.mark.parametrize(
    "cancelled, alive",
    [
        (None, 1),
        ("2022-04-09", 0),
        ("2022-04-10", 0),
        ("2022-04-11", 1),
        ("2022-06-30", 1),
        ("2022-01-10", 0),
    ],
)
def test_who_goes_on_the_day_itself_has_not_lasted(cancelled: str | None, alive: int) -> None:
    assert counted([business(1, "2022-01-10", cancelled)]) == {"2022-01": (1, alive)}


def test_who_has_not_had_the_time_is_in_no_number() -> None:
    young = [business(1, "2022-04-01"), business(2, "2022-05-01", "2022-05-09"), business(3, "2022-03-31")]
    assert counted(young) == {"2022-03": (1, 1)}
    assert counted(young, 6) == {}
    assert counted([business(4, "2022-03-31")], as_of=date(2022, 6, 29)) == {}


def test_a_false_registration_has_not_lasted_and_a_lost_licence_has() -> None:
    struck = business(1, "2022-01-10")._replace(struck_off=date(2022, 4, 10), status="撤销")
    later = business(2, "2022-01-10")._replace(struck_off=date(2022, 4, 11), status="撤销")
    revoked = business(3, "2022-01-10", revoked="2022-02-01")._replace(status="吊销")
    away = business(4, "2022-01-10")._replace(status="迁出")
    assert counted([struck]) == {"2022-01": (1, 0)}
    assert counted([later, revoked, away]) == {"2022-01": (3, 3)}


def test_who_is_gone_nobody_knows_since_when_is_in_no_number() -> None:
    undated = [
        business(number, "2022-01-10")._replace(status=status)
        for number, status in enumerate(("注销", "撤销"))
    ]
    assert counted([*undated, business(3, "2022-01-11")]) == {"2022-01": (1, 1)}


def test_a_change_of_operators_by_cancellation_is_one_that_has_not_lasted_and_one_that_has() -> None:
    old = business(1, "2022-01-10", "2022-03-05", operator="甲", address="岚县东村镇一街1号")
    new = business(2, "2022-03-08", operator="乙", address="岚县东村镇一街1号")
    assert counted([old, new]) == {"2022-01": (1, 0), "2022-03": (1, 1)}


def test_cohorts_are_the_registry_s_months() -> None:
    found = [business(1, "2022-01-25"), business(2, "2022-01-26")]
    assert counted(found) == {"2022-01": (2, 2)}
    assert counted(found, as_of=date(2022, 6, 25), month_end=25) == {"2022-01": (1, 1), "2022-02": (1, 1)}


def test_few_have_no_rate() -> None:
    assert Survival(3, 9, 9).rate(10) is None and Survival(3, 0, 0).rate(0) is None
    assert Survival(3, 10, 9).rate(10) == Fraction(9, 10)


def test_letters_of_a_unit_last_together_whatever_the_month() -> None:
    letters = dict(letter(unit, number) for unit, number in (("01", 1), ("01", 2), ("01", 3), ("02", 1)))
    found = [
        business(1, "2022-01-10", letter=serial("01", 1)),
        business(2, "2022-02-10", "2022-03-01", letter=serial("01", 2)),
        business(3, "2022-05-10", letter=serial("02", 1)),
        business(4, "2022-01-10", unit="01"),
        business(5, "2022-03-31", letter=serial("01", 3)),
    ]
    units = attribute(found, letters, UNITS, AS_OF)
    assert letter_survival(units, (3, 6), AS_OF) == {"01": (Survival(3, 3, 2),)}


@pytest.mark.parametrize(
    "ends, hold_all, year",
    [
        ((), True, 2022), (("2022-03-01",), True, 2022), (("2021-03-01", "2022-03-01"), True, 2021),
        (("2019-03-01", "2020-12-31", "2021-01-01"), True, 2019), (("2019-03-01", "2021-01-01"), True, 2021),
        (("2020-12-31", "2021-01-01"), False, 2022),
    ],
)  # fmt: skip
def test_exports_tell_as_far_back_as_somebody_s_end_in_every_year(
    ends: Sequence[str], hold_all: bool, year: int
) -> None:
    found = [business(number, "2015-01-01", end) for number, end in enumerate(ends)]
    assert told_since(found, 2022, BY_CALENDAR, hold_all=hold_all) == date(year, 1, 1)


def test_only_complete_cohorts_of_the_last_year_are_told_of_together() -> None:
    made = [business(number, f"{2019 + number // 12}-{number % 12 + 1:02d}-05") for number in range(41)]
    found = cohorts(made, (3, 12), AS_OF, BY_CALENDAR, date(2021, 1, 1))
    assert next(each.month.name for each in found if each.is_complete) == "2021-01"
    assert [each.month for each in recent(found, 3)] == [
        *(Month(2021, month) for month in range(4, 13)), *(Month(2022, month) for month in range(1, 4))
    ]  # fmt: skip
    assert [each.month.name for each in recent(found, 12)] == [f"2021-{month:02d}" for month in range(1, 7)]
    assert summed([each.survival for each in recent(found, 3)]) == Survival(3, 12, 12)
    assert summed([]) is None


days = st.dates(date(2018, 1, 1), AS_OF + timedelta(90))


@given(
    st.lists(st.tuples(days, st.none() | st.integers(0, 1500), st.booleans()), max_size=40),
    st.sampled_from([0, 25]),
)
def test_cohorts_equal_a_recount_day_by_day(
    made: list[tuple[date, int | None, bool]], month_end: int
) -> None:
    shops = []
    for number, (opened, lasts, is_struck) in enumerate(made):
        end = None if lasts is None else opened + timedelta(lasts)
        shop = business(number)._replace(established=opened)
        shops.append(shop._replace(struck_off=end) if is_struck else shop._replace(cancelled=end))
    found = cohorts(shops, KS, AS_OF, Calendar(month_end), date.min)
    sizes: Counter[tuple[str, int]] = Counter()
    alive: Counter[tuple[str, int]] = Counter()
    for shop in shops:
        assert shop.established
        for k in KS:
            then = _stepped(shop.established, k)
            if then > AS_OF:
                continue
            month = shop.established
            if month_end and month.day > month_end:
                month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
            key = f"{month:%Y-%m}", k
            sizes[key] += 1
            ends = [each for each in (shop.cancelled, shop.struck_off) if each]
            alive[key] += not any(each <= then for each in ends)
    wanted = {key: (size, alive[key]) for key, size in sizes.items()}
    assert {
        (each.month.name, each.survival.months): (each.survival.size, each.survival.alive) for each in found
    } == wanted
    assert [each.month.name for each in found] == sorted(each.month.name for each in found)
    assert all(isinstance(each, Cohort) for each in found)


def _stepped(opened: date, months: int) -> date:
    """Day by day, until so many first days of months have gone by, and then on to the same day or the month's end."""
    now, left = opened, months
    while left:
        now += timedelta(1)
        left -= now.day == 1
    while now.day < opened.day and (now + timedelta(1)).day != 1:
        now += timedelta(1)
    return now
