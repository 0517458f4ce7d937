"""Registrations held against letters (对账): of each that names a letter, or should, whether it is as it should be.

What is doubtful :mod:`~pipeline.domain.statistics.doubts` says, for the bulletin and here alike; this module gives it the words of
the trade.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.model import Problem
from pipeline.domain.period import BY_CALENDAR, Calendar
from pipeline.domain.statistics.attribution import BY_LETTER, Attribution, is_live
from pipeline.domain.statistics.doubts import doubted
from pipeline.domain.values.identity import long_form

AS_ISSUED, NOT_NAMED, NAMED_NONE = "used-as-issued", "letter-not-named", "no-letter"
"""What is said of a registration about which there is no doubt: it names its letter, it hides it, it has none."""
WORDS: Mapping[str, str] = {
    AS_ISSUED: "相符",
    "letter-other-unit": "介绍信用于别的单位",
    "letter-used-twice": "一份介绍信用于两户",
    "letter-void": "已作废的介绍信仍被使用",
    "letter-lost": "已遗失的介绍信仍被使用",
    "letter-unknown": "台账查无此编号",
    "letter-of-no-unit": "介绍信的单位不在名录",
    "letter-other-person": "经营者与介绍信上的人不符",
    "before-letter": "成立日期早于介绍信日期",
    "after-letter": "成立日期超过介绍信有效期",
    "registered-again": "同一经营者注销后短期内再次登记",
    NOT_NAMED: "本人有介绍信，登记时未注明",
    NAMED_NONE: "申报单位引荐，未注明介绍信",
}
"""Finding → what clerks call it, the harmless at both ends."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A registration and what came of holding it against the letters."""

    attribution: Attribution
    """The business, and the unit that it counts for."""
    letter: Letter | None
    """The letter that it names, or that its operator has; None where there is none."""
    codes: tuple[str, ...]
    """What was found, keys of :data:`WORDS`; at least one."""
    doubts: tuple[Problem, ...]
    """The same where it is a doubt, with its row and advice."""

    @property
    def words(self) -> str:
        """What was found, in words of the trade."""
        return "；".join(WORDS[code] for code in self.codes)

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody has to look into it."""
        return bool(self.doubts) or NOT_NAMED in self.codes

    @property
    def units(self) -> frozenset[str]:
        """Codes of the units that may know: whose letter it is, who is declared, for whom it counts."""
        business = self.attribution.business
        serial = self.letter.serial if self.letter else business.letter
        return frozenset(filter(None, (serial.unit if serial else "", business.unit, self.attribution.unit)))


@dataclass(frozen=True, slots=True)
class Period:
    """Which registrations are told: those established from its first to its last day."""

    first: date
    """First day."""
    last: date
    """Last day, on which letters are counted as outstanding."""


def reconciled(
    attributions: Sequence[Attribution],
    letters: Mapping[Serial, Letter],
    period: Period,
    valid_days: int | None = None,
    handed_out: Mapping[Serial, date] = MappingProxyType({}),
    calendar: Calendar = BY_CALENDAR,
) -> tuple[Finding, ...]:
    """A finding for each registration of the period that names a letter, or should, in their order.

    One should name a letter if a unit is declared, or if its operator has a filled letter.

    :param attributions: as of :func:`~pipeline.domain.statistics.attribution.attribute`, with the same letters and the period's
        last day.
    :param valid_days: how many days a letter is good for after its own; None for any number.
    :param handed_out: when letters were first handed out.
    :param calendar: the plan's.
    """
    held = {
        long_form(letter.applicant.id_no): letter
        for letter in letters.values()
        if letter.applicant and is_live(letter)
    }
    found = []
    for each, doubts in doubted(attributions, letters, period.last, valid_days, handed_out, calendar):
        business = each.business
        if business.established is None or business.established < period.first:
            continue
        letter = letters.get(business.letter) if business.letter else held.get(long_form(business.id_no))
        codes = tuple(doubt.code for doubt in doubts)
        if each.by == BY_LETTER and not codes:
            codes = (AS_ISSUED,)
        elif business.letter is None and letter:
            codes = (*codes, NOT_NAMED)
        elif business.letter is None and business.unit:
            codes = (*codes, NAMED_NONE)
        if codes:
            found.append(Finding(each, letter, codes, doubts))
    return tuple(found)
