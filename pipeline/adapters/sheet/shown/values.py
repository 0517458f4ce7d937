"""What cells say → the same values, whichever make of file they stand in."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from math import isfinite

from pipeline.adapters.sheet.refusal import MAX_TEXT, too_long
from pipeline.domain.values.cell import Unreadable, Value

_SERIALS = (0, 2_958_466)
_EPOCH = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - a sheet's days have no zone
_NOT_A_PLACEHOLDER = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?Z?")
_FORMULA_SHOWN = 60
NO_WIDTH = re.compile(r"0+(\.0*)?")
"""How files write the width of a column that cannot be seen."""

MOMENT = "moment"
"""A number that is shown as a day, or as a time of day."""
Reader = Callable[[str], Value]
"""Makes a value of the text in which a file holds it."""
ELAPSED = "elapsed"
"""A number that is shown as hours gone by."""


def number(text: str) -> int | float:
    """A decimal number; whole ones of up to 15 digits as int, since more digits no spreadsheet keeps.

    :raises ValueError: not a finite decimal number.
    """
    value = float(text)
    if "_" in text:
        raise ValueError(text)
    return whole(value)


def whole(value: float) -> int | float:
    """A number as int where it is whole and exact.

    :raises ValueError: not finite.
    """
    if value.is_integer() and abs(value) < 1e15:
        return int(value)
    if not isfinite(value):
        raise ValueError(value)
    return value


def shown_as(format_code: str) -> str | None:
    """What a number format makes of a number: :data:`MOMENT`, :data:`ELAPSED`, or None for a plain number."""
    code = _NOT_A_PLACEHOLDER.sub("", format_code.split(";", maxsplit=1)[0])
    if _ELAPSED.search(code):
        return ELAPSED
    if "general" in code.lower() or not re.search("[dmhysDMHYS]", code):
        return None
    return MOMENT


def moment(serial: float, from_1904: bool) -> Value:
    """A day's number as datetime, below 1 as time of day; outside the calendar it stays a number.

    :raises ValueError: not finite.
    """
    value = whole(float(serial))
    if not _SERIALS[0] <= value < _SERIALS[1]:
        return value
    if value < 1:
        return clock(value * 86_400)
    if value < 60 and not from_1904:
        value += 1  # Excel's calendar has a 29 February 1900
    day = int(value)
    milliseconds = round((value - day) * 86_400_000)
    return _EPOCH[from_1904] + timedelta(days=day, milliseconds=milliseconds)


def clock(seconds: float) -> str:
    """Seconds as ``08:30:00``; hours go on past 24.

    :raises ValueError: not finite.
    """
    whole(float(seconds))
    total = round(abs(seconds))
    sign = "-" if seconds < 0 and total else ""
    return f"{sign}{total // 3600:02}:{total // 60 % 60:02}:{total % 60:02}"


def iso_moment(text: str) -> datetime | str:
    """``2022-05-07T08:30:00`` as datetime; any other text, such as a bare time, as it stands."""
    match = _ISO_DAY.fullmatch(text.strip())
    if not match:
        return text
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    fraction = int((match[7] or "0")[:3].ljust(3, "0")) * 1000
    try:
        return datetime(year, month, day, hour, minute, second, fraction)  # noqa: DTZ001 - as above
    except ValueError:
        return text


def seen(text: str) -> str | None:
    """A text, or None where there is nothing to see.

    :raises SheetProblem: ``too-big``.
    """
    if len(text) > MAX_TEXT:
        raise too_long()
    return text if text and not text.isspace() else None


def error(text: str) -> Unreadable:
    """A cell that shows an error such as ``#N/A``."""
    return Unreadable(text or "#ERROR!", "error-value")


def never_calculated(formula: str) -> Unreadable:
    """A formula whose result the file does not hold.

    :param formula: without ``=``; may be empty.
    """
    short = formula if len(formula) <= _FORMULA_SHOWN else formula[:_FORMULA_SHOWN] + "…"
    return Unreadable(f"={short or '…'}", "no-cached-value")
