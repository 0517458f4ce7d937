"""Numbers, days and times of an OpenDocument spreadsheet."""

import re
from datetime import datetime

from pipeline.adapters.sheet.refusal import MAX_ROW
from pipeline.adapters.sheet.shown.values import Reader, clock, iso_moment, number
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.text import text_of

_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_EXPONENT = re.compile(r"[0-9]E[+-]?[0-9]")


def shown_of(value: Value, held: str, text: str) -> str | Unreadable | None:
    """What a cell shows that is not its value's text; None where it is, or where the file does not say.

    :param held: the value as the file has it.
    :param text: what stands beside it.
    """
    if text == held or not text or text.isspace() or isinstance(value, Unreadable):
        return None
    if not isinstance(value, datetime) and text == text_of(value):
        return None
    return Unreadable(text, "unclear-format") if _EXPONENT.search(text) else text.strip()


def _duration(text: str) -> str:
    match = _DURATION.fullmatch(text)
    if not match:
        return text
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    return clock(-total if match[1] else total)


TYPED: dict[str, tuple[str, Reader]] = {
    "float": ("value", number),
    "percentage": ("value", number),
    "currency": ("value", number),
    "boolean": ("boolean-value", lambda text: text == "true"),
    "date": ("date-value", iso_moment),
    "time": ("time-value", _duration),
}
"""Kind of value → the attribute that holds it, and how to read it."""


def repeats(attributes: dict[str, str], name: str) -> int:
    """How often a row, cell or blank stands there.

    :raises ValueError: not a whole number from 1 to a sheet's height.
    """
    times = int(attributes.get(name, "1"))
    if not 1 <= times <= MAX_ROW:
        raise ValueError(times)
    return times
