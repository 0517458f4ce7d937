"""A month as the registry (登记机关) counts it, held against the bulletin's figures: the difference, cause by cause.

The registry counts by what its register says at the end of the period. Its own monthly check takes as 本期登记 what was
established in the period and is still 存续, as 本期注销 what is 注销 by the date of approval (核准日期), whatever date of
cancellation stands beside it, and as 期末实有 what is 存续. So both are right and differ; neither is made to fit the other.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.period import Year
from pipeline.domain.records.notes import CANCELLED_MONTH, NEW_MONTH, STOCK
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.counting import CANCELLED, NEW, Counted
from pipeline.domain.statistics.figures import MonthFigures

_AT_ONCE, _REVOKED, _MOVED, _STRUCK_OFF = "当期成立又注销", "吊销", "迁出", "撤销"
_OTHER_DAY, _NO_DAY, _OTHER_STATE = "注销日期与核准日期不在同一期", "没有核准日期", "有注销日期而状态不是注销"
_OTHER = "其他"
CAUSES = (_AT_ONCE, _REVOKED, _MOVED, _STRUCK_OFF, _OTHER_DAY, _NO_DAY, _OTHER_STATE, _OTHER)
"""Why a business counts for one and not for the other."""
_ENDS = frozenset({"注销", "吊销", "撤销", "迁出"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure of the bulletin, and of the registry by the same rows."""

    name: str
    """本月新登记, 本月注销, 累计新登记, 累计注销 or 期末实有."""
    ours: int
    """The bulletin's, in businesses."""
    causes: Mapping[str, int]
    """What each of :data:`CAUSES` makes ours greater by; those that make no difference are left out."""

    @property
    def theirs(self) -> int:
        """The registry's."""
        return self.ours - self.difference

    @property
    def difference(self) -> int:
        """Ours less theirs."""
        return sum(self.causes.values())


def compared(
    businesses: Sequence[Registration], counted: Sequence[Counted], figures: MonthFigures, base: int | None
) -> tuple[Comparison, ...]:
    """The county's figures of a month as both count them; none where the exports tell no state, by which the registry goes.

    :param counted: as of :func:`~pipeline.domain.statistics.counting.count`, from which the figures are.
    :param base: businesses at the end of the year before (年末在册数); None leaves the stock out. Of those that no row
        names both have the same.
    """
    if not any(each.status for each in businesses):
        return ()
    ended = [each for each in businesses if _has_ended(each)]
    ids = set(map(id, ended))
    entries = [each for each in counted if id(each.business) in ids]
    last, tally = figures.as_of, figures.county.tally
    year = figures.yardstick.calendar.first(Year(figures.year))
    wanted = [
        (NEW_MONTH, NEW, figures.first, tally.new_month), (CANCELLED_MONTH, CANCELLED, figures.first, tally.cancelled_month),
        ("累计新登记", NEW, year, tally.new), ("累计注销", CANCELLED, year, tally.cancelled),
    ]  # fmt: skip
    found = []
    for name, kind, first, number in wanted:
        ours = {id(each.business) for each in entries if each.kind == kind and each.day >= first}
        causes = _new_causes if kind == NEW else _cancelled_causes
        found.append(Comparison(name, number, causes(ended, ours, first, last)))
    if base is not None:
        stock = base + tally.net - tally.struck_off_stock
        found.append(Comparison(STOCK, stock, _stock_causes(ended, year, last)))
    return tuple(found)


def _new_causes(
    businesses: Sequence[Registration], ours: Collection[int], first: date, last: date
) -> Mapping[str, int]:
    return _causes(
        businesses,
        lambda each: id(each) in ours,
        lambda each: _is_within(each.established, first, last) and not _why_gone(each, last),
        lambda each: _why_gone(each, last) or _OTHER,
    )


def _cancelled_causes(
    businesses: Sequence[Registration], ours: Collection[int], first: date, last: date
) -> Mapping[str, int]:
    def cause(each: Registration) -> str:
        if each.struck_off:
            return _STRUCK_OFF
        if each.status not in {"注销", ""}:
            return _OTHER_STATE
        return _OTHER_DAY if each.closed else _NO_DAY

    return _causes(
        businesses,
        lambda each: id(each) in ours,
        lambda each: each.status == "注销" and _is_within(each.closed, first, last),
        cause,
    )


def _stock_causes(businesses: Sequence[Registration], year: date, last: date) -> Mapping[str, int]:
    """:param year: first day of the plan year."""

    def is_ours(each: Registration) -> bool:
        there = each.established is None or each.established <= last
        is_false = each.struck_off is not None and each.struck_off <= last
        is_false |= each.is_struck_off_undated and each.established is not None and each.established >= year
        return there and not is_false and not (each.cancelled and each.cancelled <= last)

    def cause(each: Registration) -> str:
        why = _why_gone(each, last)
        if why == _AT_ONCE or (why is None and each.status == "注销"):
            return _OTHER_DAY
        return why or (_OTHER_STATE if each.cancelled else _OTHER)

    return _causes(
        businesses,
        is_ours,
        lambda each: each.established is not None and each.established <= last and not _why_gone(each, last),
        cause,
    )


def _causes(
    businesses: Sequence[Registration],
    is_ours: Callable[[Registration], bool],
    is_theirs: Callable[[Registration], bool],
    cause: Callable[[Registration], str],
) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for each in businesses:
        if more := is_ours(each) - is_theirs(each):
            found[cause(each)] += more
    return {name: found[name] for name in CAUSES if found[name]}


def _is_within(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def _why_gone(business: Registration, last: date) -> str | None:
    """Why the registry has a business no longer as 存续 at the end of a day; None while it has.

    An end without any day is taken to have come before.
    """
    match business.status or ("注销" if business.cancelled else ""):
        case "注销":
            day, why = business.closed or business.cancelled, _AT_ONCE
        case "吊销":
            day, why = business.revoked, _REVOKED
        case "撤销":
            day, why = business.struck_off, _STRUCK_OFF
        case "迁出":
            day, why = None, _MOVED
        case _:
            return None
    if day is None:
        return _NO_DAY if why == _AT_ONCE else why
    return why if day <= last else None


def _has_ended(business: Registration) -> bool:
    """Whether anything is told of its end; of all others both count the same."""
    return business.status in _ENDS or bool(
        business.cancelled or business.revoked or business.struck_off or business.closed
    )
