"""The same month of the year before: as published, else as the exports tell it, else unknown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.figures.shops import business

from pipeline.domain.analysis.year_ago import YearAgo, from_exports, from_published, month_ago
from pipeline.domain.period import BY_CALENDAR, Calendar, Month

JUNE = Month(2021, 6)
PUBLISHED = {
    "as_of": "2021-06-30", "new_month": 20, "cancelled_month": 3, "new": 100, "cancelled": 9, "stock": {"end": 1000},
}  # fmt: skip


def test_what_was_published_of_the_same_days_is_taken() -> None:
    assert month_ago(Month(2022, 6)) == JUNE
    assert from_published(PUBLISHED, JUNE, BY_CALENDAR) == YearAgo("analyse", 20, 3, 100, 9, 1000)
    assert from_published(PUBLISHED, JUNE, Calendar(25)) is None
    assert from_published(None, JUNE, BY_CALENDAR) is None
    unknown = from_published(PUBLISHED | {"stock": {"end": None}}, JUNE, BY_CALENDAR)
    assert unknown and unknown.stock is None and unknown.net == 91


@pytest.mark.parametrize(
    "since, known", [(date(2020, 1, 1), True), (date(2021, 1, 1), True), (date(2021, 1, 2), False)]
)
def test_exports_that_do_not_go_back_so_far_tell_nothing(since: date, known: bool) -> None:
    assert (from_exports([business(1, "2021-02-01")], JUNE, BY_CALENDAR, since) is not None) is known


def test_a_month_by_the_registry_s_days() -> None:
    shops = [
        business(1, "2021-05-26"), business(2, "2021-05-25"), business(3, "2021-06-26"), business(4, "2020-12-26"),
        business(5, "2020-12-25", "2021-06-25"), business(6, "2020-01-01", "2021-06-26"),
    ]  # fmt: skip
    assert from_exports(shops, JUNE, Calendar(25), date.min) == YearAgo("exports", 1, 1, 3, 1, 4)
    assert from_exports(shops, JUNE, BY_CALENDAR, date.min) == YearAgo("exports", 1, 2, 3, 2, 4)


@given(
    st.lists(
        st.tuples(st.dates(date(2020, 1, 1), date(2022, 6, 30)), st.none() | st.integers(0, 900), st.booleans()),
        max_size=30,
    )
)  # fmt: skip
def test_exports_equal_a_recount(made: list[tuple[date, int | None, bool]]) -> None:
    shops = []
    for number, (opened, lasts, is_struck) in enumerate(made):
        end = None if lasts is None else opened + timedelta(lasts)
        shop = business(number)._replace(established=opened)
        shops.append(shop._replace(struck_off=end) if is_struck else shop._replace(cancelled=end))
    found = from_exports(shops, JUNE, BY_CALENDAR, date(2020, 1, 1))
    ends = [each.cancelled or each.struck_off for each in shops]
    there = [shop for shop, end in zip(shops, ends, strict=True) if not (end and end <= date(2021, 6, 30))]
    false = [each for each in shops if each.struck_off and each.struck_off <= date(2021, 6, 30)]
    opened = [str(each.established) for each in shops if each not in false]
    gone = [str(each.cancelled) for each in shops if each.cancelled]

    def within(days: list[str], first: str) -> int:
        return sum(first <= day <= "2021-06-30" for day in days)

    assert found == YearAgo(
        "exports", within(opened, "2021-06-01"), within(gone, "2021-06-01"), within(opened, "2021-01-01"),
        within(gone, "2021-01-01"), sum(str(each.established) <= "2021-06-30" for each in there),
    )  # fmt: skip
