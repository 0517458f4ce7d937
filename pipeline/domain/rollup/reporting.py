"""How each county reported for a month: in time, late, not at all, corrected; and whether it counts as the city does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.model import Unit
from pipeline.domain.period import Month
from pipeline.domain.rollup.sent import CountyMonth

ON_TIME, LATE, MISSING, CORRECTED = "按时", "迟报", "未报", "更正"
STATES = (ON_TIME, LATE, MISSING, CORRECTED)
"""All there are."""
OTHER_RULES = "口径不同"
"""What is said of a county whose month or rules are not the city's."""


@dataclass(frozen=True, slots=True)
class Rules:
    """By what a month's figures are counted."""

    month_end: int
    """Day on which months end; 0 for calendar months."""
    definitions: int
    """Version of the rules."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A county, and what there is of it for a month."""

    county: Unit
    """As the city has it; its target is the city's, or 0 where the city has none for it."""
    state: str
    """One of :data:`STATES`."""
    own: CountyMonth | None
    """What it sent; None for nothing."""
    is_in_time: bool
    """Whether its first file came in time, corrected since or not."""
    difference: str
    """Why its figures cannot be put beside the others' (口径不同), in Chinese; empty where they can."""

    @property
    def counts(self) -> bool:
        """Whether it is ranked and goes into the sums."""
        return self.own is not None and not self.difference

    @property
    def target(self) -> int:
        """What the city set, else what the county says that it is to gain."""
        return self.county.target or (self.own.target if self.own else 0)


def reported(
    counties: Sequence[Unit], sent: Mapping[str, CountyMonth], due: date, rules: Rules
) -> tuple[Reported, ...]:
    """Every county in order, whether it sent anything or not.

    :param sent: code → what counts of it for the month.
    :param due: last day on which a file is in time.
    :param rules: the city's own.
    """
    return tuple(
        Reported(
            each,
            _state(own, due),
            own,
            own is not None and own.first_on <= due,
            difference(own, rules) if own else "",
        )
        for each in counties
        for own in (sent.get(each.code),)
    )


def due_day(month: Month, day: int) -> date:
    """A day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, day)


def _state(own: CountyMonth | None, due: date) -> str:
    if own is None:
        return MISSING
    if own.revision > 1:
        return CORRECTED
    return ON_TIME if own.sent.on <= due else LATE


def difference(own: CountyMonth, rules: Rules) -> str:
    """Why a county's figures cannot be put beside those counted by other rules (口径不同), in Chinese; empty where they can."""
    if own.month_end != rules.month_end:
        return f"统计期{_period(own.month_end)}，市里{_period(rules.month_end)}"
    if own.definitions != rules.definitions:
        return f"统计规则是第{own.definitions}版，市里是第{rules.definitions}版"
    return ""


def _period(month_end: int) -> str:
    return f"到每月{month_end}日止" if month_end else "按自然月"
