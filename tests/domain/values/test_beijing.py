from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.values.beijing import in_beijing, is_nearly_midnight, is_next_midnight

SHANGHAI = ZoneInfo("Asia/Shanghai")
YEARS = st.datetimes(datetime(1970, 1, 1), datetime(2099, 12, 31))
SUMMERS = st.datetimes(datetime(1986, 1, 1), datetime(1992, 1, 1))


@given(YEARS | SUMMERS)
def test_the_day_in_beijing_is_that_of_the_tz_database(moment: datetime) -> None:
    assert in_beijing(moment).date() == moment.replace(tzinfo=UTC).astimezone(SHANGHAI).date()


def test_it_is_so_in_every_hour_of_the_years_with_summer_time() -> None:
    for hours in range(6 * 366 * 24):
        moment = datetime(1986, 1, 1) + timedelta(hours=hours)
        assert in_beijing(moment).date() == moment.replace(tzinfo=UTC).astimezone(SHANGHAI).date(), moment


@given(
    st.dates(date(1980, 1, 1), date(2099, 12, 31)) | st.dates(date(1986, 4, 1), date(1991, 10, 1)),
    st.sampled_from([0, 43]),
)
def test_a_midnight_of_beijing_kept_by_utc_or_early_is_known(day: date, early: int) -> None:
    midnight = datetime(day.year, day.month, day.day)
    by_utc = midnight.replace(tzinfo=SHANGHAI).astimezone(UTC).replace(tzinfo=None)
    assert is_next_midnight(by_utc - timedelta(seconds=early))
    assert is_next_midnight(midnight - timedelta(seconds=43)) and not is_next_midnight(midnight)


@pytest.mark.parametrize(
    "clock",
    [
        "00:00:00", "00:00:43", "23:59:59", "23:59:00", "23:00:00", "08:00:00", "12:00:00", "16:00:01", "15:59:59", "16:30:00",
        "15:00:00", "14:59:17", "17:00:00", "23:59:16",
    ],
)  # fmt: skip
def test_other_hours_are_the_day_s_own(clock: str) -> None:
    assert not is_next_midnight(datetime.fromisoformat(f"2022-05-31 {clock}"))


@pytest.mark.parametrize(
    "clock, is_so",
    [("23:59:59.999", True), ("23:59:59.5", True), ("23:59:59.499", False), ("23:59:59", False), ("22:59:59.999", False),
     ("00:00:00", False), ("15:59:59.999", False)],
)  # fmt: skip
def test_the_last_half_second_of_a_day_may_be_the_next_midnight(clock: str, is_so: bool) -> None:
    moment = datetime.fromisoformat(f"2022-05-31 {clock}")
    assert is_nearly_midnight(moment) == is_so and not (is_so and is_next_midnight(moment))
