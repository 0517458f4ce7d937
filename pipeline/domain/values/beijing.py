"""What o'clock it is in Beijing, and which moments are a midnight there that somebody kept by another clock.

Programs that write tables in a browser keep local midnight as UTC: the day before, 16:00:00; or they count from a
day in 1899, when Shanghai was 8:05:43 ahead of UTC, and come out 43 seconds early: the day before, 23:59:17.
"""

from datetime import date, datetime, timedelta

_SUMMERS = (
    (date(1986, 5, 4), date(1986, 9, 14)), (date(1987, 4, 12), date(1987, 9, 13)), (date(1988, 4, 17), date(1988, 9, 11)),
    (date(1989, 4, 16), date(1989, 9, 17)), (date(1990, 4, 15), date(1990, 9, 16)), (date(1991, 4, 14), date(1991, 9, 15)),
)  # fmt: skip
"""Summer time began and ended on these days at two in the morning (tz database, Asia/Shanghai); never since."""
_WINTER, _SUMMER = timedelta(hours=8), timedelta(hours=9)
_SECONDS_LOST = timedelta(seconds=43)
_HALF_A_SECOND = timedelta(milliseconds=500)


def in_beijing(moment: datetime) -> datetime:
    """The moment in Beijing of one that is told by UTC; both without a zone.

    :raises OverflowError: beyond the calendar.
    """
    summer = moment + _SUMMER
    return summer if _begins_in_summer(summer.date()) else moment + _WINTER


def _begins_in_summer(day: date) -> bool:
    """Whether it was summer time at midnight; what differs on the days of the change leaves the day as it is."""
    return any(first < day <= last for first, last in _SUMMERS)


def is_next_midnight(moment: datetime) -> bool:
    """Whether a moment without a zone is the next day's midnight in Beijing, kept by UTC or 43 seconds early or both.

    A clock at 23:59:59 is none: it is the end of its own day.
    """
    if moment.minute not in {0, 59}:
        return False
    meant = moment + _HALF_A_SECOND
    is_early = (meant.minute, meant.second) == (59, 17)
    if is_early:
        meant += _SECONDS_LOST
    if meant.minute or meant.second:
        return False
    if meant.hour == 15:
        return _begins_in_summer(meant.date() + timedelta(1))
    return meant.hour == 16 or (is_early and meant.hour == 0)


def is_nearly_midnight(moment: datetime) -> bool:
    """Whether it is within the last half second of its day: that day's end, or the next one's midnight a bit too early."""
    return moment.minute == 59 and (moment + _HALF_A_SECOND).date() != moment.date()
