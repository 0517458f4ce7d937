"""The same month of the year before, which a month is compared with (同比)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.domain.analysis.stock import EXPORTS, stands
from pipeline.domain.period import Calendar, Month, Year
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import attribute
from pipeline.domain.statistics.counting import CANCELLED, NEW, count

PUBLISHED = "analyse"
"""Where figures come from that an analysis of that month printed."""


@dataclass(frozen=True, slots=True)
class YearAgo:
    """Businesses of that month and of its year to date."""

    source: str
    """:data:`PUBLISHED` or :data:`~pipeline.domain.analysis.stock.EXPORTS`."""
    new_month: int
    """Registered in the month."""
    cancelled_month: int
    """Cancelled in the month."""
    new: int
    """Registered in the year to date."""
    cancelled: int
    """Cancelled in the year to date."""
    stock: int | None
    """On the register at the end of the month; None where that was not known."""

    @property
    def net(self) -> int:
        """累计净增."""
        return self.new - self.cancelled


def month_ago(month: Month) -> Month:
    """The same month of the year before."""
    return Month(month.year - 1, month.month)


def from_published(figures: Mapping[str, Any] | None, then: Month, calendar: Calendar) -> YearAgo | None:
    """What was printed of a month; None where nothing was, or of a month of other days.

    :param figures: ``analyse.json`` of it.
    """
    if figures is None or figures["as_of"] != calendar.last(then).isoformat():
        return None
    return YearAgo(
        PUBLISHED,
        figures["new_month"],
        figures["cancelled_month"],
        figures["new"],
        figures["cancelled"],
        figures["stock"]["end"],
    )


def from_exports(
    businesses: Sequence[Registration], then: Month, calendar: Calendar, since: date
) -> YearAgo | None:
    """What exports of all businesses tell of a month; None where they do not go back to the beginning of its year.

    :param since: from which day on they tell who came and who went, as of
        :func:`~pipeline.domain.analysis.survival.told_since`.
    """
    first, last = calendar.first(then), calendar.last(then)
    if since > calendar.first(Year(then.year)):
        return None
    counted = count(attribute(businesses, {}, (), last), last, calendar)
    new, cancelled = ([each.day for each in counted if each.kind == kind] for kind in (NEW, CANCELLED))
    return YearAgo(
        EXPORTS,
        sum(day >= first for day in new),
        sum(day >= first for day in cancelled),
        len(new),
        len(cancelled),
        sum(stands(each, last) for each in businesses),
    )
