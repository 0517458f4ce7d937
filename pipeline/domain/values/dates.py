"""The day that a cell names, in every form in which clerks and exports write one."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from pipeline.domain.values.cell import Value
from pipeline.domain.values.text import typed
from pipeline.domain.values.written import UNCLEAR, Doubt, Written, read, tidy, written

FIRST, LAST = date(1950, 1, 1), date(2099, 12, 31)
"""A day's number that means no day between these is none: 2022 is a year, 202205 a month."""
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's days have no zone
"""Day 0 of Excel's calendar of 1900, seen from 1 March 1900 on: before that it counts a 29 February 1900."""
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - as above

_LONGEST = 100
"""No day is written with more characters; what is longer is not kept in mind either."""
_ISO = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ](?:[01][0-9]|2[0-3]):[0-9]{2}(?::[0-9]{2})?)?")
"""What the standard library reads is read by it, for it is quick."""
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_NOTHING = re.compile(
    r"[-‐–—－/\\.,*_:： 0年月日时分秒TtZz]*|1900\D0?1\D00?日?|-?0001\D\d+\D\d+(?:[T ][0:.]+Z?)?"
    r"|nat|nan|none|null|nil|undefined|invalid date|n/?a|#n/a|<na>|<null>|\(null\)|\\n"
    r"|无|暂无|没有|空|空白|空值|尚?未(?:注销|吊销)|不适用",
    re.IGNORECASE,
)
_NO_DAYS = frozenset((
    date(1, 1, 1), date(1753, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1970, 1, 1), date(9999, 12, 31),
))  # fmt: skip
"""Where programs begin or end to count, so that an empty date comes out as one of these: .NET, SQL Server, Excel, Unix."""


def day_of(value: Value, from_1904: bool = False, year_first: bool | None = None) -> date | None:
    """The day, without its time; None where there is none, where it is not in the calendar, and in doubt.

    Read are: a date cell; ``2022-05-07``, ``2022/5/7``, ``2022.5.7``, ``2022、5、7``, each also full-width; ``2022年5月7日``,
    ``二〇二二年五月七日``; ``20220507``; ``22.5.7``; ``May 7, 2022``, ``07-May-2022``; a day's number in Excel (44688), as
    number or text. A text may go on with a weekday, a clock (``T00:00:00``, ``下午3:30``, ``8时30分``) and a zone (``Z``,
    ``+08:00``, ``GMT+0800 (中国标准时间)``); with a zone it names an instant, and the day is the one in Beijing.

    In doubt are a month without day, a day or month that comes first (``05/07/2022``), a year of two digits that could
    be a month (``05/07/22``) or where another order makes a later day (``13/05/22``), and a weekday that the day is not.

    :param from_1904: whether the workbook counts days from 1904.
    :param year_first: whether a year of two digits comes first in this column; None where only the cell itself can tell.
    """
    if isinstance(value, datetime):
        return _date_of(value)
    found = named(value, from_1904, year_first)
    return found and found.moment.date()


@lru_cache(maxsize=1 << 14)
def _date_of(moment: datetime) -> date:
    """The same day of thousands of rows is kept once."""
    return moment.date()


def named(value: Value, from_1904: bool = False, year_first: bool | None = None) -> Written | None:
    """The day with its time; parameters and doubts as of :func:`day_of`."""
    if isinstance(value, str):
        return _told(value, from_1904, year_first) if len(value) <= _LONGEST else None
    moment = value if isinstance(value, datetime) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        moment = _numbered(value, from_1904)
    return Written(moment, moment.date()) if moment else None


@lru_cache(maxsize=1 << 14)
def _told(value: str, from_1904: bool, year_first: bool | None) -> Written | None:
    if _ISO.fullmatch(value):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return None
        return Written(moment, moment.date())
    text = tidy(typed(value))
    if _SERIAL.fullmatch(text):
        day = _numbered(float(text), from_1904)
        return Written(day, day.date()) if day else None
    return written(text, year_first)


def _numbered(number: float, from_1904: bool) -> datetime | None:
    """The moment that a number names: a day's number in Excel with its part of the day, or ``20220507``."""
    if 10_000_000 <= number <= 99_999_999 and number == int(number):
        try:
            return datetime(int(number) // 10_000, int(number) // 100 % 100, int(number) % 100)  # noqa: DTZ001
        except ValueError:
            return None
    if not 0 < number < 100_000:
        return None
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(number)
    return moment if FIRST <= moment.date() <= LAST else None


def says_no_day(value: Value) -> bool:
    """Whether a cell says that there is no day: nothing, a word for it (``NaT``, ``无``), zeros, or where counting begins."""
    if isinstance(value, str) and _NOTHING.fullmatch(typed(value)):
        return True
    return value is None or (value == 0 and not isinstance(value, bool)) or day_of(value) in _NO_DAYS


def objection(value: Value) -> str:
    """Why :func:`day_of` gives no day, as the beginning of an advice."""
    if isinstance(value, str):
        try:
            read(tidy(typed(value)))
        except Doubt as doubt:
            return str(doubt)
    return UNCLEAR
