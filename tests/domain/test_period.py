"""What a report speaks of: its name is read back, and orders it in time."""

from datetime import date

import pytest

from pipeline.domain.period import Month, Period, Quarter, Year


@pytest.mark.parametrize(
    "period, name, words, first",
    [
        (Month(2022, 6), "2022-06", "2022年6月", date(2022, 6, 1)),
        (Month(2022, 12), "2022-12", "2022年12月", date(2022, 12, 1)),
        (Quarter(2022, 1), "2022-Q1", "2022年第1季度", date(2022, 1, 1)),
        (Quarter(2022, 4), "2022-Q4", "2022年第4季度", date(2022, 10, 1)),
        (Year(2022), "2022", "2022年", date(2022, 1, 1)),
    ],
)
def test_a_period_has_a_name_words_and_a_first_day(
    period: Period, name: str, words: str, first: date
) -> None:
    assert (period.name, period.words, period.first) == (name, words, first)
    assert type(period).read(name) == period


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
