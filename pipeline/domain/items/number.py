"""The number of an open item (账号), in every way in which clerks type it."""

import re
from dataclasses import dataclass

from pipeline.domain.letters.number import evened, printed_pattern
from pipeline.domain.values.cell import Value
from pipeline.domain.values.text import compact

_LEAD = "(?:账号)?:?第?"
_OTHERS = (
    re.compile(_LEAD + r"(?P<year>[0-9]{4})-(?P<number>[0-9]{1,6})号?"),
    re.compile(_LEAD + r"〔(?P<year>[0-9]{4})〕(?P<number>[0-9]{1,6})号?"),
    re.compile(_LEAD + r"(?P<number>[0-9]{1,6})号?"),
)
"""The key, the printed number without its lead, and the plain number."""


@dataclass(frozen=True, slots=True)
class ItemNumbers:
    """How the items of a plan year are numbered: as printed, and as clerks type it."""

    year: int
    """Plan year; a number typed without one is of it."""
    pattern: str
    """``[items] serial`` of ``pipeline.toml``, with ``{year}`` and ``{number}``."""

    def text(self, number: int, year: int | None = None) -> str:
        """A number as it is printed, without 「号」.

        :param year: the plan year unless said.
        """
        return self.pattern.format(year=year or self.year, number=number)

    def read(self, value: Value) -> tuple[int, int] | None:
        """Year and number that a text names: as printed, ``2022-0001`` or ``1``; None where it names none."""
        text = evened(compact(value))
        for pattern in (printed_pattern(self.pattern), *_OTHERS):
            if (match := pattern.fullmatch(text)) and int(match["number"]):
                return int(match.groupdict().get("year") or self.year), int(match["number"])
        return None
