"""What the rules look at, and how they tell what they see."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import compress, islice
from typing import TypeVar

from pipeline.domain.model import Problem
from pipeline.domain.period import Year
from pipeline.domain.records.exports.companies import Company
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import Attribution
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.values.identity import check_sign, long_form, masked
from pipeline.domain.values.text import each_made, is_name, plain
from pipeline.settings.doubts import Doubts

T = TypeVar("T")

SHOWN = 3
"""Businesses of a group that a line names besides its own."""
_DEAD = frozenset({"注销", "吊销", "撤销", "迁出"})
_WIDE = ("村委会", "村民委员会", *"省市县区旗镇乡村街路巷道")
"""How an address ends that names a village or a street and no place in it: such a one is shared by many."""


_is_number = re.compile("[0-9X]*").fullmatch


@dataclass(frozen=True, slots=True)
class Scene:
    """All businesses on the last day of a month."""

    known: Sequence[Attribution]
    """Established by that day or nobody knows when; none whose registration was revoked as false (撤销)."""
    opened: Sequence[date]
    """When each of the known was established; the earliest day there is where nobody knows."""
    are_new: Sequence[bool]
    """Of each of the known whether it was established in the plan year."""
    numbers: Sequence[str]
    """Of each of the known its operator's ID number in its long form, right or wrong; empty without one."""
    addresses: Sequence[str]
    """Of each of the known its address, differences of width and spaces evened out."""
    gone: Sequence[Attribution]
    """Those of the known that were cancelled in the plan year to date."""
    first: date
    """First day of the plan year."""
    is_place: Callable[[str], bool]
    """Whether an address, evened out, names a place, and no market."""
    figures: MonthFigures
    """Of the month."""
    rules: Doubts
    """From where on something is suspicious."""

    @classmethod
    def of(cls, attributions: Sequence[Attribution], figures: MonthFigures, rules: Doubts) -> "Scene":
        """Look at businesses as of the figures' day."""
        last = figures.as_of
        first = figures.yardstick.calendar.first(Year(figures.year))
        known = [
            each
            for each in attributions
            if (each.business.established or date.min) <= last and not _is_void(each.business, last)
        ]
        businesses = [each.business for each in known]
        opened = [business.established or date.min for business in businesses]
        return cls(
            known,
            opened,
            [day >= first for day in opened],
            [
                number if len(number) == 18 else long_form(number)
                for number in each_made([business.id_no for business in businesses], _is_number, str.upper)
            ],
            each_made([business.address for business in businesses], is_name, _even),
            [each for each in known if each.business.cancelled and first <= each.business.cancelled <= last],
            first,
            _placing(rules.markets),
            figures,
            rules,
        )

    def of_new(self, column: Iterable[T]) -> list[T]:
        """Of what is told of each of the known, that of the new ones: established in the plan year, even if gone by now."""
        return list(compress(column, self.are_new))

    @property
    def new(self) -> list[Attribution]:
        """The new ones."""
        return self.of_new(self.known)

    def days(self) -> Mapping[tuple[str | None, date], list[int]]:
        """Code of a unit and a day → places, among the new ones, of what counts for the unit and was established on that day."""
        days: defaultdict[tuple[str | None, date], list[int]] = defaultdict(list)
        for place, (each, day) in enumerate(zip(self.new, self.of_new(self.opened), strict=True)):
            days[each.unit, day].append(place)
        return days

    def place(self, address: str) -> str:
        """What an address has in common with others that name the same place; empty where it names none, or a market."""
        text = _even(address)
        return text if self.is_place(text) else ""

    def unit_name(self, each: Attribution) -> str:
        """The name of the unit that a business counts for; 未归属 for none."""
        return next((unit.unit.name for unit in self.figures.units if unit.unit.code == each.unit), "未归属")

    def is_live(self, each: Attribution) -> bool:
        """Whether it is on the register on the figures' day."""
        return is_on_register(each.business, self.figures.as_of)


def _placing(markets: Iterable[str]) -> Callable[[str], bool]:
    words = "|".join(re.escape(market) for market in map(_even, markets) if market)
    is_market = re.compile(words or "(?!)").search
    return lambda address: not (address.endswith(_WIDE) or is_market(address))


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
    return business.struck_off <= day if business.struck_off else business.is_struck_off_undated


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


_NUMBER = "0123456789号"
_NAMES_VILLAGE = re.compile("村|社区|嘎查")
_VILLAGE = re.compile(
    r"(?:\w{2,6}?省)?(?:\w{2,6}?市)?(?:\w{1,6}?[县旗])?((?:\w{1,6}?(?:[镇乡]|街道))?+\w{1,8}?(?:村{1,2}|社区|嘎查))"
)


def village_in(address: str) -> str:
    """The village or community in an address, evened out, with its township: ``东村镇西村``; empty for none."""
    return _village(address.rstrip(_NUMBER))


@lru_cache(1 << 15)
def _village(address: str) -> str:
    """:param address: without its number, so that each village's is looked at once."""
    found = _VILLAGE.match(address) if _NAMES_VILLAGE.search(address) else None
    return found[1] if found else ""
