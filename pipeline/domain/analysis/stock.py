"""How many businesses there are (在册), by the exports or by the count of last year's end, and how far both are apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.figures import Tally

EXPORTS, BASE = "exports", "base_count"
"""What a stock comes from."""
_GONE = frozenset({"注销", "撤销", "迁出"})


def ended(business: Registration) -> date | None:
    """The day on which a business ceased to be, 注销 or 撤销; None for none, or where nobody says when.

    吊销 is no end: who has lost the licence is on the register until the cancellation.
    """
    one, other = business.cancelled, business.struck_off
    return min(one, other) if one and other else one or other


def is_gone_undated(business: Registration) -> bool:
    """Whether a business is no longer there, and nobody says since when."""
    return business.status in _GONE and ended(business) is None


def stands(business: Registration, day: date) -> bool:
    """Whether a business is on the register at the end of a day; an end without a day is taken to have come before."""
    end = ended(business)
    return (
        (business.established is None or business.established <= day)
        and (end is None or end > day)
        and not is_gone_undated(business)
    )


@dataclass(frozen=True, slots=True)
class Stock:
    """Businesses on the register; None where nothing tells."""

    source: str | None
    """:data:`EXPORTS` or :data:`BASE`; None for neither."""
    end: int | None
    """At the end of the month."""
    start_of_year: int | None
    """At the end of the year before."""
    computed_end: int | None
    """What the year's figures make of the latter."""

    @property
    def difference(self) -> int | None:
        """What the exports hold more than was computed; never made to fit."""
        if self.end is None or self.computed_end is None:
            return None
        return self.end - self.computed_end

    @property
    def growth(self) -> int | None:
        """More than at the end of the year before."""
        return None if self.end is None or self.start_of_year is None else self.end - self.start_of_year


def stock_of(businesses: Sequence[Registration], first: date, as_of: date, tally: Tally, base: int) -> Stock:
    """The stock at the end of a month.

    :param first: first day of the plan year.
    :param tally: the county's figures of the year to date, as printed.
    :param base: what the plan says of the end of the year before; 0 where it says nothing.
    """
    held = [each for each in businesses if stands(each, first - timedelta(1))]
    is_whole = hold_all(held, first, base)
    start = base or (len(held) if is_whole else None)
    computed = None if start is None else start + tally.net - tally.struck_off_stock
    if is_whole:
        return Stock(EXPORTS, sum(stands(each, as_of) for each in businesses), start, computed)
    return Stock(BASE if base else None, computed, start, computed)


def hold_all(held: Sequence[Registration], first: date, base: int) -> bool:
    """Whether exports hold all businesses, and not only what was registered and cancelled in the year.

    Of the old ones an export of the year's changes has those that went, a few in a hundred; so where most of those that
    it has are still there, or half of what there should be, it is one of all.

    :param held: what stood at the end of the year before.
    :param base: how many there should be; 0 where nobody says.
    """
    if base:
        return 2 * len(held) >= base
    untouched = [
        each for each in held if ended(each) is None and not (each.revoked and each.revoked >= first)
    ]
    return 2 * len(untouched) > len(held)
