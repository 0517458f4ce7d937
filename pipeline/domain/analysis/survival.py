"""How many businesses still exist some months after they were established (存活率)."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from pipeline.domain.analysis.stock import ended, is_gone_undated
from pipeline.domain.period import Calendar, Month, Year
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import BY_LETTER, Attribution

RECENT = 12
"""Cohorts that are told of together: those of one year, so that no season weighs more."""


@dataclass(frozen=True, slots=True)
class Survival:
    """Businesses that have had the time, and how many of them were there at its end."""

    months: int
    """After how many months."""
    size: int
    """Businesses that were established so many months ago or earlier; younger ones are in neither number."""
    alive: int
    """Those of them neither cancelled (注销) nor revoked as false (撤销) until then, that day included."""

    def rate(self, least: int) -> Fraction | None:
        """The share that survives; None of fewer than so many (样本少)."""
        return Fraction(self.alive, self.size) if self.size >= max(least, 1) else None


@dataclass(frozen=True, slots=True)
class Cohort:
    """What was established in one month."""

    month: Month
    """When."""
    survival: Survival
    """How it lasts."""
    is_complete: bool
    """Whether the exports go back so far: else it shows who is still there, or who has gone, and not what share."""


@lru_cache(maxsize=1 << 16)
def months_after(day: date, months: int) -> date:
    """The same day of a later month, or the last that it has: three months after 30 November is 28 February."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def cohorts(
    businesses: Sequence[Registration],
    ks: Sequence[int],
    as_of: date,
    calendar: Calendar,
    complete_from: date,
) -> tuple[Cohort, ...]:
    """Every month's businesses after each number of months that any of them has had, in order of months.

    :param ks: numbers of months.
    :param complete_from: as of :func:`told_since`.
    """
    month_of = lru_cache(maxsize=None)(calendar.month)
    by_month: defaultdict[Month, list[Registration]] = defaultdict(list)
    for business in businesses:
        if business.established:
            by_month[month_of(business.established)].append(business)
    return tuple(
        Cohort(month, survival, calendar.first(month) >= complete_from)
        for month in sorted(by_month, key=lambda each: each.name)
        for survival in _together(by_month[month], ks, as_of)
    )


def letter_survival(
    attributions: Sequence[Attribution], ks: Sequence[int], as_of: date
) -> Mapping[str, tuple[Survival, ...]]:
    """Code of a unit → how long those last that came by its letters (培育户存活率); who has none yet is left out."""
    own: defaultdict[str, list[Registration]] = defaultdict(list)
    for each in attributions:
        if each.unit and each.by == BY_LETTER:
            own[each.unit].append(each.business)
    found = {unit: tuple(_together(some, ks, as_of)) for unit, some in sorted(own.items())}
    return {unit: told for unit, told in found.items() if told}


def _together(businesses: Sequence[Registration], ks: Sequence[int], as_of: date) -> Iterator[Survival]:
    """What has had each number of months, and what of it was there then.

    Of one that is gone nobody knows since when, neither is known: it is left out.
    """
    sizes: Counter[int] = Counter()
    alive: Counter[int] = Counter()
    for business in businesses:
        if business.established is None or is_end_unknown(business):
            continue
        end = ended(business)
        for k in ks:
            then = months_after(business.established, k)
            if then <= as_of:
                sizes[k] += 1
                alive[k] += end is None or end > then
    return (Survival(k, sizes[k], alive[k]) for k in ks if sizes[k])


def is_end_unknown(business: Registration) -> bool:
    """Whether a business was cancelled or revoked as false, nobody says when; one that moved away (迁出) was neither."""
    return is_gone_undated(business) and business.status != "迁出"


def told_since(businesses: Sequence[Registration], year: int, calendar: Calendar, *, hold_all: bool) -> date:
    """From which day on exports tell both who came and who went, so that a share of a cohort means something.

    Exports of a year's changes tell that of the year alone. An export of all tells it as far back as it has somebody's
    end in every year: most keep what has ended only for some years.

    :param year: the plan year.
    """
    if hold_all:
        years = {calendar.month(day).year for each in businesses if (day := ended(each))}
        while year - 1 in years:
            year -= 1
    return calendar.first(Year(year))


def recent(found: Sequence[Cohort], k: int) -> tuple[Cohort, ...]:
    """The last complete cohorts that have had so many months, :data:`RECENT` at most."""
    return _complete(found, k)[-RECENT:]


def before_recent(found: Sequence[Cohort], k: int) -> tuple[Cohort, ...]:
    """As many before those; nothing where there are not so many, as then other seasons would be compared."""
    earlier = _complete(found, k)[-2 * RECENT : -RECENT]
    return earlier if len(earlier) == RECENT else ()


def _complete(found: Sequence[Cohort], k: int) -> tuple[Cohort, ...]:
    return tuple(each for each in found if each.is_complete and each.survival.months == k)


def summed(parts: Sequence[Survival]) -> Survival | None:
    """Several together, all after the same months; None of none."""
    if not parts:
        return None
    return Survival(parts[0].months, sum(each.size for each in parts), sum(each.alive for each in parts))
