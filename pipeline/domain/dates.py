"""The day that a cell names, in every form in which clerks and exports write one."""

import re
from datetime import date, datetime, timedelta

from pipeline.domain.model import Value
from pipeline.domain.typed import typed

FIRST, LAST = date(1950, 1, 1), date(2099, 12, 31)
"""A day's number that means no day between these is none: 2022 is a year, 202205 a month."""
_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's calendar of 1900, seen from 1 March 1900 on: before that it counts a 29 February 1900."""
_EPOCH_1904 = date(1904, 1, 1)

_DIGITS = {sign: digit for digit, signs in enumerate(("〇零○Oo0", *"一二三四五六七八九")) for sign in signs}
_TIME = r"(?:[T ]?(?:上午|下午|AM|PM)? ?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)? ?(?:AM|PM)?)?"
_PLAIN = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FOUR_DIGIT_YEAR = re.compile(rf"([0-9]{{4}}) ?([-/.、]) ?([0-9]{{1,2}}) ?\2 ?([0-9]{{1,2}}){_TIME}")
_TWO_DIGIT_YEAR = re.compile(rf"([0-9]{{2}}) ?([-/.、]) ?([0-9]{{1,2}}) ?\2 ?([0-9]{{1,2}}){_TIME}")
_IN_WORDS = re.compile(
    r"([0-9〇零○Oo一二三四五六七八九]{4}|[0-9〇零○Oo一二三四五六七八九]{2}) ?年"
    rf" ?([0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}}) ?月 ?([0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}}) ?[日号]?{_TIME}"
)
_RUN_TOGETHER = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-2][0-9][0-5][0-9][0-5][0-9])?")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"。": "."})


def day_of(value: Value, from_1904: bool = False) -> date | None:
    """The day, without its time; None where there is none, where it is not in the calendar, and in doubt.

    Read are: a date cell; ``2022-05-07``, ``2022/5/7``, ``2022.5.7``, ``2022、5、7``, each also full-width and with a
    time; ``2022-05-07T00:00:00``; ``2022年5月7日``, ``二〇二二年五月七日``; ``20220507``; ``22.5.7``; a day's number in
    Excel (44688), as number or text. In doubt are a month without day, a day or month that comes first
    (``05/07/2022``), and a year of two digits that could be a month (``05/07/22``).

    :param from_1904: whether the workbook counts days from 1904.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _day_numbered(value, from_1904=from_1904)
    if not isinstance(value, str):
        return None
    if match := _PLAIN.fullmatch(value):
        return _day(*map(int, match.groups()))
    text = " ".join(typed(value).translate(_DASHES).split())
    return _day_written(text, from_1904=from_1904)


def _day_written(text: str, *, from_1904: bool) -> date | None:
    if match := _FOUR_DIGIT_YEAR.fullmatch(text):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if match := _TWO_DIGIT_YEAR.fullmatch(text):
        return _day(_century(int(match[1])), int(match[3]), int(match[4])) if int(match[1]) > 12 else None
    if match := _IN_WORDS.fullmatch(text):
        year = int("".join(str(_DIGITS.get(sign, sign)) for sign in match[1]))
        return _day(year if len(match[1]) == 4 else _century(year), _small(match[2]), _small(match[3]))
    if match := _RUN_TOGETHER.fullmatch(text):
        return _day(*map(int, match.groups()))
    return _day_numbered(float(text), from_1904=from_1904) if _SERIAL.fullmatch(text) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_numbered(number: float, *, from_1904: bool) -> date | None:
    if 10_000_000 <= number <= 99_999_999 and number == int(number):
        return _day(int(number) // 10_000, int(number) // 100 % 100, int(number) % 100)
    if not 0 < number < 100_000:
        return None
    day = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(int(number))
    return day if FIRST <= day <= LAST else None


def _century(year: int) -> int:
    return year + (1900 if year >= 80 else 2000)


def _small(text: str) -> int:
    """A number below 100 in figures or hanzi: 5, 五, 十五, 二十, 三十一; 0 for what is none (五六)."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS[ones] if len(ones) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
