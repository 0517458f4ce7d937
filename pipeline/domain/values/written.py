"""The moment that a text names, in every form in which clerks and programs write one."""

import re
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from pipeline.domain.values.beijing import in_beijing

_DIGITS = {sign: digit for digit, signs in enumerate(("〇零○Oo0", *"一二三四五六七八九")) for sign in signs}
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"。": "."})
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
_WEEK = dict(zip("一二三四五六日", range(7), strict=True)) | {"天": 6} | {
    name: place for place, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}  # fmt: skip
_MORNING, _AFTERNOON = ("上午", "凌晨", "清晨", "早晨", "早上", "am"), ("下午", "午后", "傍晚", "晚上", "pm")

_SMALL = "[0-9]{1,2}|[〇零一二三四五六七八九十]{1,3}"
_FIGURES = re.compile(r"([0-9]{4}) ?([-/.、]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,2})(.*)")
_SHORT = re.compile(r"([0-9]{2}) ?([-/.、]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,2})(.*)")
_YEAR_S_REST = re.compile(r"[0-9]{4}(?![0-9:])")
"""What of ``05/07/2022`` stands where a day of two figures would."""
_IN_WORDS = re.compile(
    rf"([0-9〇零○Oo一二三四五六七八九]{{4}}|[0-9〇零○Oo一二三四五六七八九]{{2}}) ?年 ?({_SMALL}) ?月 ?({_SMALL})( ?[日号])?(.*)"
)
_RUN_TOGETHER = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T?([0-9]{2})([0-9]{2})([0-9]{2})(?:[0-9]{3})?)?(.*)"
)
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY = "(?:(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}{_MONTH} ([0-9]{{1,2}}),? ([0-9]{{4}}),?(.*)", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"{_WEEKDAY}([0-9]{{1,2}})([ -]){_MONTH}\3([0-9]{{4}}),?(.*)", re.IGNORECASE)
_YEAR_LAST = re.compile("([a-z]{3} [a-z]{3} [0-9]{1,2}) (.+) ([0-9]{4})", re.IGNORECASE)
"""``Sat May 07 00:00:00 CST 2022``, as Java has it."""

_HALF = f"(?P<half>{'|'.join((*_MORNING, *_AFTERNOON, '中午'))})"
_CLOCK = rf"""(?:(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9])(?:[.,][0-9]+)?)?
    |(?P<hours>{_SMALL})[ ]?[时点](?:(?P<even>[半整])|[ ]?(?P<minutes>{_SMALL})[ ]?分?(?:[ ]?(?P<seconds>{_SMALL})[ ]?秒)?)?)"""
_ZONE = r"""(?P<utc>Z|UTC|GMT)?(?:(?P<sign>[+-])(?P<ahead>[0-9]{1,2})(?::?(?P<beyond>[0-9]{2}))?(?:[ ]?\([^()0-9]+\))?)?
    (?P<named>[ ]?(?:CST|CDT|中国标准时间|北京时间|\[[a-z_/]+\]))?"""
_IN_WEEK = r"(?:\(?(?:星期|周|礼拜)(?P<{}>[一二三四五六日天])\)?)?"
_REST = re.compile(
    rf"""[T ]?{_IN_WEEK.format("week")}[ ]?(?:(?:中国标准|北京)时间[ ])?{_HALF}?[ ]?(?:{_CLOCK}[ ]?(?P<after>am|pm)?)?[ ]?
    {_ZONE}[ ]?{_IN_WEEK.format("last")}""",
    re.IGNORECASE | re.VERBOSE,
)
"""What may follow a day: weekday, clock, zone."""
_CLOCK_ALONE = re.compile(r"[T ]([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.[0-9]+)?)?")
"""The same, quicker, for what nearly always follows."""
_DAY_S_ZONE = re.compile("Z|[+-][0-9]{2}:[0-9]{2}", re.IGNORECASE)
_FARTHEST = timedelta(hours=14)
UNCLEAR = "不是能确定的日期"


class Written(NamedTuple):
    """What a text names."""

    moment: datetime
    """By the clock of Beijing; midnight where the text has no clock."""
    printed: date
    """The day that stands there; another one than the moment's where the text tells another zone's clock."""


class Doubt(ValueError):
    """Why a text names no day for certain, in Chinese."""


Order = Literal["certain", "likely", "open", "unlikely"]
"""Whether a year of two figures comes first: certain where nothing else makes a day (``98/5/7``, ``22/5/7``); open where
another order makes a later day (``13/05/22``); unlikely where it could be a month (``05/07/22``)."""


def tidy(text: str) -> str:
    """A text as the forms expect it: one dash, one dot, single spaces."""
    return " ".join(text.translate(_DASHES).split())


def written(text: str, year_first: bool | None = None) -> Written | None:
    """The moment of a tidy text; None where there is none, where it is not in the calendar, and in doubt."""
    try:
        return read(text, year_first)
    except Doubt:
        return None


def read(text: str, year_first: bool | None = None) -> Written:
    """The moment of a tidy text. One that tells a zone names an instant, and its day is the one in Beijing.

    :param year_first: as of :func:`~pipeline.domain.values.dates.day_of`.
    :raises Doubt: it names none for certain.
    """
    try:
        day, rest, weekday = _day_and_rest(text, year_first)
        return _told(day, rest, weekday)
    except Doubt:
        raise
    except (ValueError, OverflowError):
        raise Doubt("日历上没有这一天，或没有这个钟点") from None


def order_of(text: str, latest: date = date.max) -> tuple[str, Order] | None:
    """The sign between the parts of a tidy text whose year has two figures, and the order; None for other texts.

    With dots and 、 only a clerk writes, and the year first.

    :param latest: the last day that may be meant.
    """
    match = _SHORT.fullmatch(text)
    return (match[2], _order(match, latest)) if match else None


def _order(match: re.Match[str], latest: date) -> Order:
    first, sign, month, last = int(match[1]), match[2], int(match[3]), match[4]
    if first <= 12:
        return "unlikely"
    other = _day(_century(int(last)), month, first) if len(last) == 2 else None
    if other is None or other > latest:
        return "certain"
    own = _day(_century(first), month, int(last))
    return "open" if sign in "-/" and (own is None or other > own) else "likely"


def _day_and_rest(text: str, year_first: bool | None) -> tuple[date, str, str | None]:
    """The day that a text begins with, what follows it, and the weekday before it.

    :raises ValueError: it begins with none, or with one that is not in the calendar.
    """
    if match := _FIGURES.fullmatch(text):
        return date(int(match[1]), int(match[3]), int(match[4])), match[5], None
    if match := _SHORT.fullmatch(text):
        if _YEAR_S_REST.match(match[4] + match[5]):
            raise Doubt("月日写在年份前面，分不清哪个是月、哪个是日")
        order = _order(match, date.max)
        if order != "certain" and not (order == "likely" if year_first is None else year_first):
            raise Doubt("年份只有两位，分不清哪个是年、哪个是日")
        return date(_century(int(match[1])), int(match[3]), int(match[4])), match[5], None
    if match := _IN_WORDS.fullmatch(text):
        year = int("".join(str(_DIGITS.get(sign, sign)) for sign in match[1]))
        year = year if len(match[1]) == 4 else _century(year)
        return (
            date(year, _small(match[2]), _small(match[3])),
            f" {match[5].lstrip()}" if match[4] else match[5],
            None,
        )
    if match := _RUN_TOGETHER.fullmatch(text):
        clock = ":".join(match.groups()[3:6]) if match[4] else ""
        return date(*map(int, match.groups()[:3])), clock + match[7], None
    return _in_english(text)


def _in_english(text: str) -> tuple[date, str, str | None]:
    if match := _YEAR_LAST.fullmatch(text):
        text = f"{match[1]} {match[3]} {match[2]}"
    if match := _MONTH_FIRST.fullmatch(text):
        return date(int(match[4]), _MONTHS[match[2].lower()], int(match[3])), match[5], match[1]
    if match := _DAY_FIRST.fullmatch(text):
        return date(int(match[5]), _MONTHS[match[4].lower()], int(match[2])), match[6], match[1]
    raise Doubt(UNCLEAR)


def _told(day: date, rest: str, weekday: str | None) -> Written:
    """The moment that a day and what follows it tell.

    :raises Doubt: what follows is neither weekday nor clock nor zone, or the weekday is not the day's.
    """
    if not weekday and (match := _CLOCK_ALONE.fullmatch(rest)):
        hour, minute, second = (int(part or 0) for part in match.groups())
        return Written(datetime.combine(day, time(hour, minute, second)), day)
    match = _REST.fullmatch(rest)
    if not match or (rest[:1].isdecimal() and not rest[:2].isdecimal()):  # 2022-5-118:30
        raise Doubt(UNCLEAR)
    for name in filter(None, (weekday, match["week"], match["last"])):
        if _WEEK[name.lower()] != day.weekday():
            raise Doubt(f"和星期对不上：{day}是星期{'一二三四五六日'[day.weekday()]}")
    clock, offset = _clock(match), _offset(match)
    moment = datetime.combine(day, clock or time())
    if clock is None and (offset is not None or match["named"]) and not _DAY_S_ZONE.fullmatch(rest):
        raise Doubt(UNCLEAR)
    if clock is None or offset is None:
        return Written(moment, day)
    here = in_beijing(moment - offset)
    if clock == time() and here.date() != day:
        raise Doubt("是别处的零点，在北京不是这一天")
    return Written(here, day)


def _clock(match: re.Match[str]) -> time | None:
    """The time of day that was told; 24:00 is the end of its own day.

    :raises ValueError: there is no such time.
    """
    if match["hour"]:
        hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    elif match["hours"]:
        hour, minute, second = (_small(match[name] or "0") for name in ("hours", "minutes", "seconds"))
        minute = 30 if match["even"] == "半" else minute
    else:
        return None
    half = (match["half"] or match["after"] or "").lower()
    if hour == 12 and half in _MORNING:
        hour = 0
    elif (half in _AFTERNOON and hour < 12) or (half == "中午" and hour < 10):
        hour += 12
    return time(23, 59, 59) if (hour, minute, second) == (24, 0, 0) else time(hour, minute, second)


def _offset(match: re.Match[str]) -> timedelta | None:
    """How far the clock that was told is ahead of UTC; None where no zone is told.

    :raises Doubt: it may be the end of a time (``8:30-11:30``).
    """
    if not match["sign"]:
        return timedelta() if match["utc"] else None
    ahead = timedelta(hours=int(match["ahead"]), minutes=int(match["beyond"] or 0))
    may_be_an_end = len(match["ahead"]) < 2 or (match["sign"] == "-" and not match["second"])
    if ahead > _FARTHEST or (may_be_an_end and not match["utc"]):
        raise Doubt(UNCLEAR)
    return -ahead if match["sign"] == "-" else ahead


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _century(year: int) -> int:
    return year + (1900 if year >= 80 else 2000)


def _small(text: str) -> int:
    """A number below 100 in figures or hanzi: 5, 五, 零五, 十五, 二十, 三十一; 0 for what is none (五六)."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.lstrip("零〇").rpartition("十")
    if not ten:
        return _DIGITS[ones] if len(ones) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
