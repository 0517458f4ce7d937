from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.workdays import weekday_name, working_day_after


@pytest.mark.parametrize(
    "day, count, expected",
    [
        pytest.param("2022-07-05", 2, "2022-07-07", id="within a week"),
        pytest.param("2022-07-05", 5, "2022-07-12", id="over a weekend"),
        pytest.param("2022-07-08", 1, "2022-07-11", id="friday"),
        pytest.param("2022-07-09", 1, "2022-07-11", id="saturday"),
        pytest.param("2022-07-10", 5, "2022-07-15", id="sunday"),
        pytest.param("2022-07-10", 0, "2022-07-11", id="none, on a weekend"),
        pytest.param("2022-12-30", 1, "2023-01-02", id="into the next year"),
    ],
)
def test_situations(day: str, count: int, expected: str) -> None:
    assert working_day_after(date.fromisoformat(day), count) == date.fromisoformat(expected)


@given(day=st.dates(date(2000, 1, 1), date(2999, 1, 1)), count=st.integers(0, 60))
def test_so_many_weekdays_lie_between(day: date, count: int) -> None:
    found = working_day_after(day, count)
    passed = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    assert found.weekday() < 5
    assert sum(each.weekday() < 5 for each in passed) == count or (count == 0 and day.weekday() >= 5)


def test_a_day_of_the_week_by_name() -> None:
    assert [weekday_name(date(2022, 7, day)) for day in (4, 10)] == ["星期一", "星期日"]
