"""The number of a letter, in every way in which clerks type it into a registration export or a command."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from string import Formatter

from pipeline.domain.letters.model import Serial
from pipeline.domain.values.cell import Value
from pipeline.domain.values.text import compact

_DASHES = re.compile(r"[\-‐‑‒–—―−_~]+")
_BRACKETS = str.maketrans("〔[【(﹝「《<{〕]】)﹞」》>}", "〔" * 9 + "〕" * 9)
_LEAD = r"(?:介绍信)?(?:编?号)?:?第?"
_KEY = re.compile(_LEAD + r"(?P<year>[0-9]{4})-(?P<unit>[0-9]{1,2})-(?P<number>[0-9]{1,6})号?")
_BRACKETED = re.compile(_LEAD + r"〔(?P<year>[0-9]{4})〕(?P<unit>[0-9]{1,2})-(?P<number>[0-9]{1,6})号?")
_OF_THE_YEAR = re.compile(_LEAD + r"(?P<unit>[0-9]{1,2})-(?P<number>[0-9]{1,6})号?")
_OF_THE_UNIT = re.compile(_LEAD + r"(?:NO\.?:?)?(?P<number>[0-9]{1,6})号?", re.IGNORECASE)

_LIKE_DAY = re.compile(r"(?:[0-9]{4}-)?[0-9]{1,2}-[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class SerialFormat:
    """How the letters of a plan year are numbered: as printed, and as clerks type it."""

    year: int
    """Plan year, four digits; a number typed without one is of it."""
    pattern: str
    """``[letters] serial`` of ``pipeline.toml``, with ``{year}``, ``{unit}`` and ``{number}``."""

    def text(self, serial: Serial) -> str:
        """A serial as it is printed, without 「号」."""
        return self.pattern.format(year=serial.year, unit=serial.unit, number=serial.number)

    def read(self, value: Value, unit_code: str | None) -> Serial | None:
        """The serial that a cell names; None for an empty cell and where it is doubtful.

        Read are: the key (``2022-01-0001``); the printed serial (``岚个培〔2022〕01-0001号``), also without its lead, with
        other brackets and dashes, full-width, with spaces and without leading zeros; ``01-0001``, of the plan year;
        ``第1号``, ``NO.0001`` or ``1``, if the row declares a unit. What could be a day (``2022-1-1``, ``1-1``) counts
        only if the row declares the same unit.

        :param unit_code: two-digit code of the unit that the row declares.
        """
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            return None
        text = evened(compact(value))
        if serial := self._named(text):
            return serial if serial.unit == unit_code or not _could_be_day(text, serial) else None
        if unit_code and (match := _OF_THE_UNIT.fullmatch(text)):
            return _serial(self.year, unit_code, match["number"])
        return None

    def read_range(self, text: str) -> tuple[Serial, Serial] | None:
        """First and last of the letters that a clerk names where nothing but a number is asked for; None when unclear.

        One number, or two with 至, 到 or a dash between; of the second the running number alone will do:
        ``01-0001至0010``. What looks like a day is a number here.
        """
        text = evened(compact(text))
        if whole := self._named(text):
            return whole, whole
        text = re.sub("[至到]", "-", text)
        for dash in re.finditer("-", text):
            first = self._named(text[: dash.start()])
            if first is None:
                continue
            rest = text[dash.end() :]
            short = _OF_THE_UNIT.fullmatch(rest)
            last = _serial(first.year, first.unit, short["number"]) if short else self._named(rest)
            if last and (first.year, first.unit) == (last.year, last.unit) and first.number <= last.number:
                return first, last
        return None

    def _named(self, text: str) -> Serial | None:
        """The serial that an evened text names in full."""
        full = (printed_pattern(self.pattern), _BRACKETED, _KEY, _OF_THE_YEAR)
        match = next((match for pattern in full if (match := pattern.fullmatch(text))), None)
        if match is None:
            return None
        return _serial(int(match.groupdict().get("year", self.year)), match["unit"], match["number"])


def _serial(year: int, unit: str, number: str) -> Serial | None:
    return Serial(year, unit.zfill(2), int(number)) if int(unit) and int(number) else None


def _could_be_day(text: str, serial: Serial) -> bool:
    if not _LIKE_DAY.fullmatch(text):
        return False
    try:
        date(serial.year, int(serial.unit), serial.number)
    except ValueError:
        return False
    return True


def evened(text: str) -> str:
    """The same with one kind of bracket and one kind of dash."""
    return _DASHES.sub("-", text.translate(_BRACKETS))


@lru_cache(maxsize=8)
def printed_pattern(serial_format: str) -> re.Pattern[str]:
    """What a printed serial looks like, evened; leading zeros may be missing unless two numbers run together."""
    pattern = ""
    parts = list(Formatter().parse(serial_format))
    for (literal, name, *_), (after, *_) in zip(parts, [*parts[1:], ("号",)], strict=True):
        apart = literal and after
        shape = {"year": "[0-9]{4}", "unit": "[0-9]{1,2}" if apart else "[0-9]{2}", "number": "[0-9]{1,6}"}
        pattern += re.escape(evened(compact(literal)))
        if name:
            pattern += f"(?P={name})" if f"<{name}>" in pattern else f"(?P<{name}>{shape[name]})"
    return re.compile(f"{_LEAD}{pattern}号?", re.IGNORECASE)
