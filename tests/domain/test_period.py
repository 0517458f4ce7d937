"""What a report speaks of: its name is read back, orders it in time, and by the registry's calendar has its days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.period import Calendar, Month, Period, Quarter, Year


@pytest.mark.parametrize(
    "period, name, words",
    [
        (Month(2022, 6), "2022-06", "2022年6月"), (Month(2022, 12), "2022-12", "2022年12月"),
        (Quarter(2022, 1), "2022-Q1", "2022年第1季度"), (Quarter(2022, 4), "2022-Q4", "2022年第4季度"),
        (Year(2022), "2022", "2022年"),
    ],
)  # fmt: skip
def test_a_period_has_a_name_and_words(period: Period, name: str, words: str) -> None:
    assert (period.name, period.words) == (name, words)
    assert type(period).read(name) == period


@pytest.mark.parametrize(
    "month_end, period, first, last",
    [
        (0, Month(2022, 6), "2022-06-01", "2022-06-30"), (0, Month(2024, 2), "2024-02-01", "2024-02-29"),
        (0, Month(2022, 12), "2022-12-01", "2022-12-31"), (0, Quarter(2022, 4), "2022-10-01", "2022-12-31"),
        (0, Year(2022), "2022-01-01", "2022-12-31"),
        (25, Month(2022, 6), "2022-05-26", "2022-06-25"), (25, Month(2022, 1), "2021-12-26", "2022-01-25"),
        (25, Quarter(2022, 1), "2021-12-26", "2022-03-25"), (25, Year(2022), "2021-12-26", "2022-12-25"),
        (28, Month(2024, 3), "2024-02-29", "2024-03-28"), (28, Month(2022, 3), "2022-03-01", "2022-03-28"),
        (20, Month(2022, 2), "2022-01-21", "2022-02-20"),
    ],
)  # fmt: skip
def test_a_calendar_says_which_days_a_period_has(
    month_end: int, period: Period, first: str, last: str
) -> None:
    calendar = Calendar(month_end)
    assert (calendar.first(period).isoformat(), calendar.last(period).isoformat()) == (first, last)


@given(st.sampled_from([0, *range(20, 29)]), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_of_one_month_and_the_next_month_begins_the_day_after(month_end: int, day: date) -> None:
    calendar = Calendar(month_end)
    month = calendar.month(day)
    assert calendar.first(month) <= day <= calendar.last(month)
    after = calendar.last(month) + timedelta(1)
    assert calendar.first(calendar.month(after)) == after


@pytest.mark.parametrize(
    "kind, text",
    [
        (Month, "2022"), (Month, "2022-13"), (Month, "五月"), (Quarter, "2022-Q5"), (Quarter, "22-Q1"), (Quarter, "2022-06"),
        (Quarter, "二〇二二-Q1"), (Year, "2022-06"), (Year, "今年"),
    ],
)  # fmt: skip
def test_what_is_no_such_period_is_refused(kind: type[Period], text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        kind.read(text)


def test_names_of_one_kind_come_in_the_order_of_time() -> None:
    names = [Month(year, month).name for year in (2021, 2022) for month in range(1, 13)]
    assert names == sorted(names)
