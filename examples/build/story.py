"""What happened in the county from January to June 2022: businesses that opened, changed and closed."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from examples.build.county import REACHED, Unit, units
from examples.build.people import Maker, Person

FIRST, LAST = date(2022, 1, 1), date(2022, 6, 30)
LETTERS_FROM = date(2022, 5, 10)
"""Day from which letters were given out, after the plan of 7 May."""
MONTHS = (5, 4, 6, 8, 11, 16)
"""How businesses spread over January to June."""


@dataclass
class Business:
    """An individual business, or now and then a company that got into the export."""

    who: Person
    code: str
    established: date
    unit: str | None = None
    """Code of the unit that it counts for."""
    declared: str = ""
    """引荐单位 as the export has it."""
    letter: str = ""
    """介绍信编号 as the export has it."""
    cancelled: date | None = None
    changed: list[date] = field(default_factory=list)
    """Days on which something else of it was registered."""
    is_revoked: bool = False
    """Whether its licence was taken away, which is no cancellation."""
    is_late: bool = False
    """Whether it was entered months after it opened (补录)."""

    @property
    def counts(self) -> bool:
        """Whether it is an individual business."""
        return self.code.startswith("92")


def happened(maker: Maker, listed: dict[str, list[Person]]) -> list[Business]:
    """Every business that an export names, in order of the day on which it opened.

    :param listed: unit code → people on its list, who have the unit's first letters.
    """
    found = [
        business for unit in units().values() for business in _of_unit(maker, unit, listed.get(unit.code, []))
    ]
    for business in found:
        if business.established.month < 6 and maker.chance.random() < 0.03:
            business.changed.append(_day(maker, business.established + timedelta(20)))
    _mistake(found)
    found += [Business(_somebody(maker), maker.code(), _day(maker)) for _ in range(118)]
    for _ in range(64):
        business = Business(_somebody(maker), maker.code(), _old_day(maker))
        business.cancelled = _day(maker)
        found.append(business)
    for _ in range(18):
        business = Business(_somebody(maker), maker.code(), _old_day(maker))
        business.changed.append(_day(maker))
        found.append(business)
    for business in found[-2:]:
        business.is_revoked = True
    for kind, word in (("91", "有限公司"), ("93", "种植专业合作社")):
        for _ in range(6):
            who = _somebody(maker)
            who = Person(who.name, who.id_no, who.phone, f"岚县{who.name}{word}", who.scope, who.address)
            found.append(Business(who, maker.code(kind), _day(maker)))
    return sorted(found, key=lambda business: business.established)


def _of_unit(maker: Maker, unit: Unit, listed: list[Person]) -> list[Business]:
    count = round(REACHED[unit.code] * unit.target)
    closing = count // 25 if unit.target > 50 else unit.code == "22"
    days = sorted(_day(maker) for _ in range(count + closing))
    late = [day for day in days if day >= LETTERS_FROM]
    opened = iter(maker.chance.sample(listed, min(len(listed) // 2, len(late) // 3)))
    own = {day: next(opened, None) for day in late[::3]}
    found, used = [], len(listed)
    for day in days:
        who = own.pop(day, None) or maker.person(unit.place)
        business = Business(who, maker.code(), day, unit.code, _declared(maker, unit))
        if day >= LETTERS_FROM:
            number = listed.index(who) + 1 if who in listed else used + 1
            used = max(used, number)
            business.letter = _typed(maker, unit.code, number)
            if not business.letter.startswith("第") and maker.chance.random() < 0.3:
                business.declared = ""
        business.is_late = FIRST <= day < date(2022, 5, 1) and maker.chance.random() < 0.03
        found.append(business)
    for business in maker.chance.sample(found[: len(found) // 2], int(closing)):
        business.cancelled = _day(maker, business.established + timedelta(40))
    assert used <= unit.target
    return found


def _mistake(businesses: list[Business]) -> None:
    """Slips that change no figure but have to be looked at.

    The letter of one unit beside the name of another, a number that was never given out, a letter used twice.
    """
    plain = [one for one in businesses if re.fullmatch(r"2022-\d\d-\d{4}", one.letter)]
    for business, other in zip(plain[:3], plain[-3:], strict=True):
        business.declared = units()[other.unit or ""].name
    for business, letter in ((plain[5], f"2022-{plain[5].unit}-0999"), (plain[7], plain[6].letter)):
        business.letter, business.declared = letter, units()[business.unit or ""].name


def _declared(maker: Maker, unit: Unit) -> str:
    return unit.name if maker.chance.random() < 0.6 else maker.chance.choice(unit.names)


def _typed(maker: Maker, code: str, number: int) -> str:
    """A letter's number in one of the ways in which clerks type it."""
    return maker.chance.choice(
        (f"2022-{code}-{number:04d}", f"岚个培〔2022〕{code}-{number:04d}号", f"岚个培[2022]{code}-{number:04d}号",
         f"岚个培（2022）{code}—{number:04d}", f"{code}-{number:04d}", f"２０２２－{code}－{number:04d}",
         f" 2022 - {code} - {number:04d} ", f"第{number}号", f"介绍信{code}-{number:04d}号")
    )  # fmt: skip


def _somebody(maker: Maker) -> Person:
    return maker.person(maker.chance.choice(list(units().values())[:9]).name)


def _day(maker: Maker, first: date = FIRST) -> date:
    """A day from then on until the end of June, more likely a late one."""
    month = maker.chance.choices(range(first.month, 7), MONTHS[first.month - 1 :])[0]
    start = max(first, date(2022, month, 1))
    end = date(2022, month + 1, 1) - timedelta(1)
    return start + timedelta(maker.chance.randrange((end - start).days + 1))


def _old_day(maker: Maker) -> date:
    return date(2009, 3, 1) + timedelta(maker.chance.randrange(4500))


def figures(businesses: list[Business], month: int) -> dict[str, dict[str, int]]:
    """Unit code, ``county`` and ``unattributed`` → new and cancelled in the month and from January on."""
    start, end = date(2022, month, 1), date(2022, month + 1, 1) - timedelta(1)
    names = ("new_month", "cancelled_month", "new", "cancelled")
    found = {code: dict.fromkeys(names, 0) for code in ("county", *units(), "unattributed")}
    for business in businesses:
        if not business.counts:
            continue
        is_new = FIRST <= business.established <= end
        whose = business.unit if business.unit and is_new else "unattributed"
        for key, day in (("new", business.established), ("cancelled", business.cancelled)):
            if day and FIRST <= day <= end:
                for code in ("county", whose):
                    found[code][key] += 1
                    found[code][f"{key}_month"] += day >= start
    return found
