"""What the figures of a month are made of: one entry for each registration, cancellation and revocation of the year.

Every figure is a sum over these entries, so each can be traced to its rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import Attribution

NEW, CANCELLED, REVOKED = "新增", "注销", "吊销"


@dataclass(frozen=True, slots=True)
class Counted:
    """A registration, cancellation or revocation that counts."""

    kind: str
    """新增, 注销 or 吊销."""
    day: date
    """When it took effect."""
    unit: str | None
    """Code of the unit for or against which it counts; None for none (未归属)."""
    by: str | None
    """What that unit was found by: 介绍信 or 申报单位; None without a unit."""
    business: Registration
    """Whose."""


def count(attributions: Sequence[Attribution], as_of: date) -> tuple[Counted, ...]:
    """What counts from 1 January to ``as_of``, in the order of the businesses.

    New is what was established in that time, whatever became of it. A cancellation or revocation counts against a unit
    only where that business is itself among the unit's new ones; every other is nobody's. A revocation (吊销) is no
    cancellation.
    """
    first = date(as_of.year, 1, 1)
    return tuple(counted for each in attributions for counted in _counted(each, first, as_of))


def _counted(each: Attribution, first: date, last: date) -> Iterator[Counted]:
    business = each.business
    unit = by = None
    if business.established and first <= business.established <= last:
        unit, by = each.unit, each.by
        yield Counted(NEW, business.established, unit, by, business)
    if business.cancelled and first <= business.cancelled <= last:
        yield Counted(CANCELLED, business.cancelled, unit, by, business)
    if business.revoked and first <= business.revoked <= last:
        yield Counted(REVOKED, business.revoked, unit, by, business)
