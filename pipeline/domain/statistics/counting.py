"""What the figures of a month are made of: one entry for each registration, cancellation and revocation of the year.

Every figure is a sum over these entries, so each can be traced to its rows.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.domain.period import BY_CALENDAR, Calendar, Year
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import Attribution

NEW, CANCELLED, REVOKED, STRUCK_OFF = "新增", "注销", "吊销", "核减"


class Counted(NamedTuple):
    """A registration, cancellation or revocation that counts."""

    kind: str
    """新增, 注销, 吊销 or 核减."""
    day: date
    """When it took effect."""
    unit: str | None
    """Code of the unit for or against which it counts; None for none (未归属)."""
    by: str | None
    """What that unit was found by: 介绍信 or 申报单位; None without a unit."""
    business: Registration
    """Whose."""
    was_in_stock: bool = False
    """Of 核减: whether the business was on the register when the year began, so that the stock has one less."""


def count(
    attributions: Sequence[Attribution], as_of: date, calendar: Calendar = BY_CALENDAR
) -> tuple[Counted, ...]:
    """What counts from the first day of the plan year to ``as_of``, in the order of the businesses.

    New is what was established in that time, whatever became of it. A cancellation or revocation counts against a unit
    only where that business is itself among the unit's new ones; every other is nobody's. A revocation (吊销) is no
    cancellation. A registration that was revoked as false (撤销, 市场主体登记管理条例 40) is from that day on as if it had
    never been: neither new nor cancelled, and told as 核减; without a day nothing of it counts.
    """
    first = calendar.first(Year(calendar.month(as_of).year))
    counted: list[Counted] = []
    for each in attributions:
        business, unit, by = each
        opened = business.established
        if business.cancelled or business.revoked or business.struck_off or business.is_struck_off_undated:
            counted += _counted(each, first, as_of)
        elif opened and first <= opened <= as_of:  # as nearly all
            counted.append(Counted(NEW, opened, unit, by, business))
    return tuple(counted)


def _counted(each: Attribution, first: date, last: date) -> Iterator[Counted]:
    """What counts of a business, whatever is told of its end."""
    business = each.business
    is_new = business.established is not None and first <= business.established <= last
    unit, by = (each.unit, each.by) if is_new else (None, None)
    if business.struck_off and business.struck_off <= last:
        if first <= business.struck_off:
            was_in_stock = not is_new and (business.cancelled is None or business.cancelled >= first)
            yield Counted(STRUCK_OFF, business.struck_off, unit, by, business, was_in_stock)
        return
    if business.is_struck_off_undated:
        return
    if business.established and is_new:
        yield Counted(NEW, business.established, unit, by, business)
    if business.cancelled and first <= business.cancelled <= last:
        yield Counted(CANCELLED, business.cancelled, unit, by, business)
    if business.revoked and first <= business.revoked <= last:
        yield Counted(REVOKED, business.revoked, unit, by, business)
