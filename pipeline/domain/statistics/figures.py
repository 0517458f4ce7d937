"""The figures of a month: counts, rates and ranks, in exact fractions; rounded only where a person reads them.

Targets are those of 岚政办发〔2022〕20号, annex 1, told month by month by its 四（三） 「一月一通报」. That townships and
bureaus are ranked apart, the bands and their threshold are the task force's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil

from pipeline.domain.model import Unit
from pipeline.domain.period import Calendar, Month
from pipeline.domain.statistics.late import LateRecords

AHEAD, CLOSE, BEHIND, NOTHING_GAINED = "先进", "基本达标", "滞后", "零进展"
BANDS = (AHEAD, CLOSE, BEHIND, NOTHING_GAINED)
"""From the best to the worst."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What progress is measured against."""

    first_month: int = 1
    """First month of the plan's period, from 1."""
    last_month: int = 12
    """Last month of the plan's period, to 12; not before the first."""
    threshold: Fraction = Fraction(1, 10)
    """How far below pace a completion rate still counts as 基本达标; 1/10 is ten percentage points."""
    month_end: int = 0
    """Last day of every month, as of :class:`~pipeline.domain.period.Calendar`; 0 for the calendar's own."""

    @property
    def calendar(self) -> Calendar:
        """Which days its months have."""
        return Calendar(self.month_end)

    def pace(self, month: int) -> Fraction:
        """Share of the plan's period that is over at the end of a month (序时进度), from 0 to 1."""
        months = self.last_month - self.first_month + 1
        return Fraction(min(max(month - self.first_month + 1, 0), months), months)


@dataclass(frozen=True, slots=True)
class Tally:
    """Businesses (户) counted in a month, and in the year to its end."""

    new_month: int = 0
    """Registered in the month (本月新增)."""
    cancelled_month: int = 0
    """Cancelled in the month (本月注销)."""
    new: int = 0
    """Registered in the year to date (累计新增)."""
    cancelled: int = 0
    """Cancelled in the year to date (累计注销)."""
    revoked_month: int = 0
    """Revoked in the month (吊销), which is no cancellation."""
    revoked: int = 0
    """Revoked in the year to date."""
    struck_off: int = 0
    """Registrations revoked as false (撤销) in the year to date: neither new nor cancelled (核减)."""
    struck_off_stock: int = 0
    """Those of them that were on the register when the year began."""

    @property
    def net_month(self) -> int:
        """本月净增."""
        return self.new_month - self.cancelled_month

    @property
    def net(self) -> int:
        """累计净增."""
        return self.new - self.cancelled

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Progress:
    """What was gained, against a target and the time that has passed."""

    target: int
    """Businesses to gain net in the year (任务数); 0 for none."""
    tally: Tally
    """What was counted."""
    pace: Fraction
    """Share of the time that is over (序时进度)."""

    @property
    def completion_rate(self) -> Fraction | None:
        """Net gain to target (完成率); negative after a loss, None without a target."""
        return Fraction(self.tally.net, self.target) if self.target else None

    @property
    def lead(self) -> Fraction | None:
        """Completion rate less pace; None without a target."""
        rate = self.completion_rate
        return None if rate is None else rate - self.pace

    @property
    def is_over(self) -> bool:
        """Whether the plan's period is over: what is not reached by now was not reached."""
        return self.pace == 1

    @property
    def gap_to_pace(self) -> int:
        """Businesses still lacking to be at pace (距序时差); negative ahead of it."""
        return ceil(self.target * self.pace) - self.tally.net


@dataclass(frozen=True, slots=True)
class Standing(Progress):
    """A unit's progress, and how it stands among its group."""

    unit: Unit
    """The unit; its target is that of the progress."""
    rank: int | None
    """From 1 within the group, the same for the same rate, and then one is skipped (1, 2, 2, 4); None without a target."""
    band: str
    """One of :data:`BANDS`."""

    @property
    def has_reached_pace(self) -> bool:
        """Whether it has a target and its completion rate is at pace or above."""
        return self.lead is not None and self.lead >= 0


@dataclass(frozen=True)
class MonthFigures:
    """A month's figures."""

    year: int
    """Plan year, four digits."""
    month: int
    """1 to 12."""
    yardstick: Yardstick
    """What progress is measured against."""
    units: tuple[Standing, ...]
    """In the order of annex 1."""
    unattributed: Tally
    """What counts for the county and for no unit."""
    late: LateRecords | None = None
    """Against the last bulletin of the year; None for the year's first."""
    inside: frozenset[str] = frozenset()
    """Codes of units whose figures another unit's already hold; they are ranked, and not added a second time."""

    @property
    def as_of(self) -> date:
        """The last day that counts."""
        return self.yardstick.calendar.last(self.period)

    @property
    def period(self) -> Month:
        """The month."""
        return Month(self.year, self.month)

    @property
    def first(self) -> date:
        """The first day of the month."""
        return self.yardstick.calendar.first(self.period)

    @property
    def pace(self) -> Fraction:
        """序时进度."""
        return self.yardstick.pace(self.month)

    @property
    def is_after(self) -> bool:
        """Whether the plan's period was over before the month began."""
        return self.month > self.yardstick.last_month

    @cached_property
    def county(self) -> Progress:
        """All units together with what is nobody's."""
        added = (each for each in self.units if each.unit.code not in self.inside)
        return self._together(added, self.unattributed)

    @property
    def groups(self) -> tuple[str, ...]:
        """乡镇, 县直: those that have units, in the order of annex 1."""
        return tuple(dict.fromkeys(standing.unit.group for standing in self.units))

    def total(self, group: str) -> Progress:
        """A group's units together (小计)."""
        return self._together([each for each in self.units if each.unit.group == group], Tally())

    def ranking(self, group: str) -> tuple[Standing, ...]:
        """A group's units by rank, then net gain, then target, then annex order; those without a target last."""
        own = [each for each in self.units if each.unit.group == group]
        own.sort(key=lambda each: (each.rank is None, each.rank or 0, -each.tally.net, -each.target))
        return tuple(own)

    def _together(self, units: Iterable[Standing], more: Tally) -> Progress:
        units = list(units)
        return Progress(
            sum(each.target for each in units), sum((each.tally for each in units), more), self.pace
        )
