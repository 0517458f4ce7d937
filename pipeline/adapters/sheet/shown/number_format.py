"""What a number format makes of what a cell holds: the text on the screen, or that it cannot be told for certain.

The grammar is that of ECMA-376-1 18.8.31, with what Chinese Excel and WPS add (``上午/下午``, ``aaaa``, ``G/通用格式``,
``[DBNum1]``). Not guessed at is what depends on a column's width or on how a computer is set up, what Excel, WPS and
LibreOffice show in different ways, and exponents: nobody knows whether 3.00E+05 was typed as 3E5.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

from pipeline.adapters.sheet.shown.day_format import day_text
from pipeline.adapters.sheet.shown.digit_format import digits_text
from pipeline.adapters.sheet.shown.format_code import Section, Uncertain, sections
from pipeline.adapters.sheet.shown.values import shown_as
from pipeline.domain.values.cell import Unreadable
from pipeline.domain.values.text import text_of

_AS_HELD = {"", "general", "@", "g/通用格式", "general number"}
_YEAR_MONTH, _MONTH_DAY, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_AFTERNOON = '上午/下午h"时"mm"分"'
_ACCOUNT = '_ * #,##0{0}_ ;_ * -#,##0{0}_ ;_ * "-"_ ;_ @_ '
BUILTIN: Mapping[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: _DAY,
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: _AFTERNOON, 35: f'{_AFTERNOON}ss"秒"', 36: _YEAR_MONTH,
    37: "#,##0 ;-#,##0 ", 38: "#,##0 ;-#,##0 ", 39: "#,##0.00 ;-#,##0.00 ", 40: "#,##0.00 ;-#,##0.00 ",
    41: _ACCOUNT.format(""), 43: _ACCOUNT.format(".00"), 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY, 55: _AFTERNOON,
    56: f'{_AFTERNOON}ss"秒"', 57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip
"""Formats that files name by number alone (ECMA-376-1 18.8.30), as they are in Chinese Excel and WPS."""
_HOLDS = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_MOST_SEEN = 30


class Format:
    """A number format."""

    def __init__(self, code: str) -> None:
        """Take a code apart."""
        self._code = code
        every = sections(code)
        self._worded = every[-1] if every[-1].is_text or len(every) == 4 else None
        self._numeric = every[:-1] if self._worded else every
        self.shape = shown_as(code)
        """What it makes of a number, see :func:`~pipeline.adapters.sheet.shown.values.shown_as`."""
        self.rewords = self._worded is not None and self._reworded("字").strip() != "字"
        """Whether it shows texts as something else than they are."""

    def text(self, held: float | datetime | str) -> str | Unreadable:
        """What the cell shows, its edges stripped; where it is not certain, code ``unclear-format``.

        :param held: a text; a day as a moment; any other number as the file has it.
        """
        try:
            shown = self._reworded(held) if isinstance(held, str) else self._counted(held)
        except Uncertain:
            code = self._code if len(self._code) <= _MOST_SEEN else f"{self._code[:_MOST_SEEN]}…"
            return Unreadable(f"{text_of(held).removesuffix(' 00:00:00')}（格式 {code}）", "unclear-format")
        return shown.strip()

    def _reworded(self, held: str) -> str:
        if self._worded is None:
            return held
        shown = {("sign", "@"): held, ("general", "General"): held}
        if any(token.kind not in {"literal", "sign", "general"} for token in self._worded.tokens):
            raise Uncertain
        return "".join(shown.get((token.kind, token.text), token.text) for token in self._worded.tokens)

    def _counted(self, held: float | datetime) -> str:
        section, sign = self._section(held)
        if section.is_of_day:
            return day_text(section, held)
        if isinstance(held, datetime):
            raise Uncertain
        shown = digits_text(section, abs(held))
        return sign + shown if re.search("[1-9]", shown) else shown

    def _section(self, held: float | datetime) -> tuple[Section, str]:
        """The section for a number, and the minus that stands before what it shows."""
        numeric = self._numeric
        number = 1 if isinstance(held, datetime) else held
        if any(section.condition for section in numeric):
            return self._conditioned(number), ""
        if not numeric or (number < 0 and len(numeric) == 2 and not numeric[1].tokens):
            raise Uncertain
        if number < 0:
            return (numeric[1], "") if len(numeric) > 1 else (numeric[0], "-")
        return numeric[2 if number == 0 and len(numeric) == 3 else 0], ""

    def _conditioned(self, number: float) -> Section:
        if number < 0:
            raise Uncertain  # programs differ in whether the minus is shown
        for section in self._numeric:
            if section.condition is None or _HOLDS[section.condition[0]](number, section.condition[1]):
                return section
        raise Uncertain


@lru_cache(maxsize=1000)
def number_format(code: str) -> Format | None:
    """The format of a code; None for one that shows everything as it is held."""
    return None if code.strip().lower() in _AS_HELD else Format(code)
