"""What a unit has still to gain, and whether it will: the computed columns of the dispatch sheet (调度表).

岚政办发〔2022〕20号 四（三） 「一月一调度」 asks for them; how they are computed is the task force's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.domain.statistics.figures import MonthFigures, Progress, Standing

RECENT = 3
"""Months of which the average tells how fast a unit is going."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is left to do, and what comes of it if all goes on as lately; in businesses (户)."""

    gap: int
    """Target less net gain (差额); negative once there is more."""
    gap_to_pace: int
    """Net gain still lacking to be at pace (距序时差); negative ahead of it."""
    needed_per_month: int | None
    """To gain net in each month that is left (后续月均需净增); 0 where nothing is lacking, None where no month is left."""
    recent_average: Fraction
    """Net gain of a month, over the last :data:`RECENT` that were published, or as many as there are."""
    projected: int
    """Net gain at the end of the plan's period, if each month that is left brings that average (推算全年)."""

    @property
    def is_hard(self) -> bool | None:
        """Whether a month would have to bring twice what it did lately, or more; None where none is left."""
        if self.needed_per_month is None:
            return None
        return self.needed_per_month >= 2 * max(self.recent_average, Fraction(1))


def outlook(progress: Progress, recent: Sequence[int], months_left: int) -> Outlook:
    """What lies before a unit, a group or the county.

    :param recent: net gain of the months published last, this one included; of more than :data:`RECENT` the last count.
    :param months_left: of the plan's period after this month, from 0.
    """
    net = progress.tally.net
    gap = progress.target - net
    average = Fraction(sum(recent[-RECENT:]), len(recent[-RECENT:]))
    needed = 0 if gap <= 0 else -(-gap // months_left) if months_left else None
    return Outlook(
        gap,
        progress.gap_to_pace,
        needed,
        average,
        _rounded(net + average * months_left),
    )


def _rounded(value: Fraction) -> int:
    """To the nearest whole number, half away from zero."""
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet: a unit, a group's or the county's total, or what is nobody's."""

    progress: Progress
    """Its figures of the month, as the bulletin has them."""
    outlook: Outlook
    """What lies before it."""


@dataclass(frozen=True, slots=True)
class Prospects:
    """The figures of a month's dispatch sheet."""

    figures: MonthFigures
    """Those of the month's bulletin, as published."""
    previous: MonthFigures | None
    """Those of the month before; None where it was not published."""
    recent_months: int
    """Months that the recent average is of, at most :data:`RECENT`."""
    months_left: int
    """Months of the plan's period after this one."""
    units: tuple[tuple[Standing, Outlook], ...]
    """In the order of annex 1."""
    groups: tuple[tuple[str, Line], ...]
    """Totals of the groups, in the order of annex 1."""
    county: Line
    """All together."""


def prospects(months: Sequence[MonthFigures]) -> Prospects:
    """What the bulletins of a year say together of the last of them.

    :param months: of one plan year as published, in their order, at least one; a unit that was not in an earlier one
        has only the months that it was in.
    """
    figures, previous = months[-1], months[-2] if len(months) > 1 else None
    left = max(figures.yardstick.last_month - figures.month, 0)
    by_unit = [{each.unit.code: each.tally.net_month for each in month.units} for month in months]

    def of_unit(code: str) -> list[int]:
        return [month[code] for month in by_unit if code in month]

    def of_group(name: str) -> list[int]:
        return [month.total(name).tally.net_month for month in months if name in month.groups]

    return Prospects(
        figures,
        previous if previous and previous.month == figures.month - 1 else None,
        min(len(months), RECENT),
        left,
        tuple((each, outlook(each, of_unit(each.unit.code), left)) for each in figures.units),
        tuple(
            (name, Line(total := figures.total(name), outlook(total, of_group(name), left)))
            for name in figures.groups
        ),
        Line(
            figures.county,
            outlook(figures.county, [month.county.tally.net_month for month in months], left),
        ),
    )
