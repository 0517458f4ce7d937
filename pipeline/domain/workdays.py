"""Working days (工作日): Monday to Friday.

Public holidays and the days worked in their place are not known here; so a paper that counts working days names the
day itself, and a person sees it before it goes out.
"""

from datetime import date, timedelta

_SATURDAY = 5
WEEKDAYS = "一二三四五六日"


def working_day_after(day: date, count: int) -> date:
    """The working day that is so many working days after a day; that day itself does not count.

    :param count: from 0, for the day itself or, on a weekend, the Monday after it.
    """
    found, left = day, count
    while left or found.weekday() >= _SATURDAY:
        found += timedelta(days=1)
        left -= left > 0 and found.weekday() < _SATURDAY
    return found


def weekday_name(day: date) -> str:
    """星期一 to 星期日."""
    return f"星期{WEEKDAYS[day.weekday()]}"
