"""The ladder of supervision: the published months of a year → the level at which each unit stands.

The first month behind asks for a reminder (提醒), the second for a letter of supervision (督办), the third for an
interview (约谈); a month at pace goes one level down. 《政府督查工作条例》 (2021) 12 and 15 allow these means and ask for
no more of them than is needed; after how many months each comes is the task force's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.domain.statistics.figures import BEHIND, NOTHING_GAINED, MonthFigures, Standing

REMIND, SUPERVISE, INTERVIEW = "提醒", "督办", "约谈"
LEVELS = (REMIND, SUPERVISE, INTERVIEW)
"""From the mildest."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When a unit lags, and when that takes it up a level."""

    first_month: int
    """The first month of the plan year that counts, from 1; 13 for none."""
    min_gap: int
    """Businesses (户) short of pace that are still no lag: of a target of 20, one is five points."""
    months: tuple[int, ...]
    """The count of lagging months at which each level begins, rising, one for each of :data:`LEVELS`."""

    def lags(self, standing: Standing, month: int) -> bool:
        """Whether a unit is behind enough in a month to be told so; without a target it never is."""
        return (
            standing.band in {BEHIND, NOTHING_GAINED}
            and standing.target > 0
            and standing.gap_to_pace > self.min_gap
            and month >= self.first_month
        )

    def level(self, count: int) -> int:
        """How many levels up so many months lead, from 0."""
        return sum(count >= least for least in self.months)

    def lowered(self, count: int) -> int:
        """The count after a month that does not lag: where the level below begins, so that the next lag climbs by one."""
        level = self.level(count)
        return self.months[level - 2] if level > 1 else 0


@dataclass(frozen=True, slots=True)
class Rung:
    """How a unit stands on the ladder after a month."""

    month: int
    """1 to 12."""
    standing: Standing
    """Its figures, as the bulletin that counts has them."""
    lags: bool
    """Whether it lags in this month."""
    months_running: int
    """Lagging months without a break up to this one, from 0; a month that was not published is a break."""
    count: int
    """What the level goes by: one more for each lagging month, less after one that does not lag."""
    height: int
    """Levels up, from 0."""

    @property
    def level(self) -> str | None:
        """The paper that this month asks for; None where it does not lag, or is not yet on the ladder."""
        return LEVELS[self.height - 1] if self.lags and self.height else None


def rungs(months: Sequence[MonthFigures], unit: str, rule: Rule) -> tuple[Rung, ...]:
    """How a unit climbed in a year, a rung for each month in which it was published.

    A month without a bulletin says nothing of anybody: it neither raises nor lowers.

    :param months: of one plan year as published, in their order.
    :param unit: its code.
    """
    found: list[Rung] = []
    for figures in months:
        standing = next((each for each in figures.units if each.unit.code == unit), None)
        if standing is None:
            continue
        before = found[-1] if found else None
        lags = rule.lags(standing, figures.month)
        count = before.count if before else 0
        count = count + 1 if lags else rule.lowered(count)
        follows = before is not None and before.month == figures.month - 1
        running = (before.months_running if before and follows else 0) + 1 if lags else 0
        found.append(Rung(figures.month, standing, lags, running, count, rule.level(count)))
    return tuple(found)


def ladder(months: Sequence[MonthFigures], rule: Rule) -> dict[tuple[str, int], Rung]:
    """Every unit's rungs of a year, by its code and the month."""
    units = dict.fromkeys(each.unit.code for figures in months for each in figures.units)
    return {(unit, rung.month): rung for unit in units for rung in rungs(months, unit, rule)}
