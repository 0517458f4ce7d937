"""What the rules look at, and how they tell what they see."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from pipeline.domain.model import Problem
from pipeline.domain.period import Year
from pipeline.domain.records.exports.companies import Company
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import Attribution
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.values.identity import check_sign, long_form, masked
from pipeline.domain.values.text import is_name, plain
from pipeline.settings.doubts import Doubts

SHOWN = 3
"""Businesses of a group that a line names besides its own."""
_DEAD = frozenset({"注销", "吊销", "撤销", "迁出"})
_WIDE = ("村委会", "村民委员会", *"省市县区旗镇乡村街路巷道")
"""How an address ends that names a village or a street and no place in it: such a one is shared by many."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All businesses on the last day of a month."""

    new: tuple[Attribution, ...]
    """Established in the plan year to date, even if gone by now."""
    gone: tuple[Attribution, ...]
    """Cancelled in the plan year to date, new or old."""
    known: tuple[Attribution, ...]
    """Established by that day or nobody knows when, these among them; none whose registration was revoked as false (撤销)."""
    first: date
    """First day of the plan year."""
    place: Callable[[str], str]
    """An address → what it has in common with others that name the same place; empty where it names none, or a market."""
    figures: MonthFigures
    """Of the month."""
    rules: Doubts
    """From where on something is suspicious."""

    @classmethod
    def of(cls, attributions: Sequence[Attribution], figures: MonthFigures, rules: Doubts) -> "Scene":
        """Look at businesses as of the figures' day."""
        last = figures.as_of
        first = figures.yardstick.calendar.first(Year(figures.year))
        known = tuple(
            each
            for each in attributions
            if (each.business.established or date.min) <= last and not _is_void(each.business, last)
        )
        return cls(
            tuple(each for each in known if (each.business.established or date.min) >= first),
            tuple(each for each in known if first <= (each.business.cancelled or date.min) <= last),
            known,
            first,
            _placing(rules.markets),
            figures,
            rules,
        )

    def unit_name(self, each: Attribution) -> str:
        """The name of the unit that a business counts for; 未归属 for none."""
        return next((unit.unit.name for unit in self.figures.units if unit.unit.code == each.unit), "未归属")

    def is_new(self, each: Attribution) -> bool:
        """Whether one of the known was established in the plan year."""
        return (each.business.established or date.min) >= self.first

    def places_of(self, each: Attribution) -> tuple[str]:
        """The one place of a business; empty for none."""
        return (self.place(each.business.address),)

    def is_live(self, each: Attribution) -> bool:
        """Whether it is on the register on the figures' day."""
        return is_on_register(each.business, self.figures.as_of)


def _placing(markets: Iterable[str]) -> Callable[[str], str]:
    words = "|".join(re.escape(market) for market in map(_even, markets) if market)
    is_market = re.compile(words or "(?!)").search

    @cache
    def place(address: str) -> str:
        text = _even(address)
        return "" if text.endswith(_WIDE) or is_market(text) else text

    return place


def _even(address: str) -> str:
    """An address without differences of width and spaces; quicker than a name, for there are as many as businesses."""
    if is_name(address):
        return address
    return "".join(unicodedata.normalize("NFKC", address).split())


def is_on_register(business: Registration, day: date) -> bool:
    """Whether a business was on the register on a day with a licence, as far as its export knows."""
    ends = [end for end in (business.cancelled, business.revoked, business.struck_off) if end]
    return min(ends) > day if ends else business.status not in _DEAD


def _is_void(business: Registration, day: date) -> bool:
    """Whether it is known on a day that the registration was a false one."""
    return business.is_struck_off_undated or (business.struck_off or date.max) <= day


def typed_number(who: Registration | Company) -> str:
    """The operator's ID number in its long form, right or wrong; empty without one."""
    return long_form(who.id_no.upper())


def number_of(who: Registration | Company) -> str:
    """The same; empty unless it is a whole one, and right."""
    number = typed_number(who)
    is_whole = len(number) == 18 and number.isascii() and number[:17].isdecimal()
    return number if is_whole and check_sign(number[:17]) == number[17] else ""


def same_person(one: Registration | Company, other: Registration | Company) -> bool | None:
    """Whether two have one operator: by ID number, where one has none by name; None where nobody can tell."""
    numbers = number_of(one), number_of(other)
    if not all(numbers):
        numbers = plain(one.operator), plain(other.operator)
    return numbers[0] == numbers[1] if all(numbers) else None


def doubt(each: Attribution, code: str, seen: str, advice: str) -> Problem:
    """A doubt at the last row of a business.

    :param seen: what stands there, numbers of persons hidden.
    """
    return Problem(each.business.sources[-1], None, seen, code, advice)


def named(who: Registration | Company) -> str:
    """A business or company with its row: ``“甲店”（登记.xlsx › Sheet1 › 第3行）``."""
    source = who.source if isinstance(who, Company) else who.sources[-1]
    return f"“{masked(who.name)}”（{source}）"


def others(group: Iterable[Attribution], each: Attribution) -> str:
    """The first few of a group besides one of it."""
    rest = list(islice((other for other in group if other is not each), SHOWN + 1))
    return "、".join(named(other.business) for other in rest[:SHOWN]) + "等" * (len(rest) > SHOWN)


_VILLAGES = ("村", "社区", "嘎查")
_VILLAGE = re.compile(
    r"(?:\w{2,6}?省)?(?:\w{2,6}?市)?(?:\w{1,6}?[县旗])?((?:\w{1,6}?(?:[镇乡]|街道))?+\w{1,8}?(?:村{1,2}|社区|嘎查))"
)


def village_of(business: Registration) -> str:
    """The village or community in an address, with its township: ``东村镇西村``; empty for none."""
    address = _even(business.address)
    found = _VILLAGE.match(address) if any(word in address for word in _VILLAGES) else None
    return found[1] if found else ""
