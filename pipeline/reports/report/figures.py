"""What the bulletins of a quarter's months say together: sums of what was printed, and what came late; nothing is counted anew."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.domain.period import Month, Quarter
from pipeline.domain.statistics.figures import MonthFigures, Progress, Standing, Tally
from pipeline.domain.statistics.late import Late

Whose = Callable[[MonthFigures], Tally | None]
"""A month → what it says of one unit, a group or the county; None where it does not speak of it."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What a quarter brought, in businesses (户).

    Net gain of the year to date = that at the end of the quarter before, as printed + ``net`` + ``late``.
    """

    months: tuple[Tally, ...]
    """Each month as printed."""
    late_new: int
    """Registrations of months already printed that were counted later (补录), less those no longer counted (核减)."""
    late_cancelled: int
    """The same of cancellations."""

    @property
    def new(self) -> int:
        """Registered: the sum of the months."""
        return sum(each.new_month for each in self.months)

    @property
    def cancelled(self) -> int:
        """Cancelled: the sum of the months."""
        return sum(each.cancelled_month for each in self.months)

    @property
    def net(self) -> int:
        """净增: the sum of the months."""
        return self.new - self.cancelled

    @property
    def late(self) -> int:
        """What late records add to the net gain of the year to date."""
        return self.late_new - self.late_cancelled


@dataclass(frozen=True, slots=True)
class QuarterFigures:
    """A quarter's figures."""

    quarter: Quarter
    """Which one."""
    last: MonthFigures
    """Its last month, as printed: the year to date, targets, ranks and bands."""
    units: tuple[tuple[Standing, Gain], ...]
    """Of the last month, in the order of annex 1."""
    groups: Mapping[str, tuple[Progress, Gain]]
    """Group → its units together, in the order of annex 1."""
    unattributed: Gain
    """What is nobody's."""
    county: Gain
    """All together."""
    months: tuple[int, ...]
    """Its months that are told, 1 to 12, one after another up to its last: those before the plan's first may be missing."""
    year: Gain | None
    """All months from the first that is told, county; only in the report of the last quarter, which is the year's."""

    @property
    def year_months(self) -> range:
        """The months of :attr:`year`, 1 to 12."""
        told = self.year.months if self.year else ()
        return range(13 - len(told), 13)


def months_of(quarter: Quarter) -> tuple[int, ...]:
    """The months of a quarter, 1 to 12."""
    first, last = quarter.months
    return tuple(range(first.month, last.month + 1))


def is_annual(quarter: Quarter) -> bool:
    """Whether its report is the year's: the last one."""
    return quarter.quarter == 4


def missing(quarter: Quarter, printed: Mapping[int, object], first_month: int = 1) -> tuple[Month, ...]:
    """The months without a bulletin that a quarter's report needs.

    Its own but those before the plan's first, its last one always; for the year's report all from the plan's first.

    :param first_month: of the plan, 1 to 12.
    """
    own = months_of(quarter)
    begin = min(1 if is_annual(quarter) else own[0], own[-1])
    wanted = [month for month in range(begin, own[-1] + 1) if month >= first_month or month == own[-1]]
    return tuple(Month(quarter.year, month) for month in wanted if month not in printed)


def _told(months: tuple[int, ...], printed: Mapping[int, object]) -> tuple[int, ...]:
    """Those of some months that are printed, up to the last without a gap."""
    lacking = [month for month in months if month not in printed]
    return tuple(month for month in months if month > max(lacking, default=0))


def quarter_figures(quarter: Quarter, printed: Mapping[int, MonthFigures]) -> QuarterFigures:
    """What the bulletins of a year say of a quarter.

    :param printed: month → its figures; none that :func:`missing` names may be missing.
    """
    numbers = _told(months_of(quarter), printed)
    months = [printed[number] for number in numbers]
    before, last, told = printed.get(numbers[0] - 1), months[-1], months[0].late
    nobody = Late()

    def of(whose: Whose, late: Late) -> Gain:
        return _gain(months, before, whose, late)

    year = None
    if is_annual(quarter):
        every = [printed[number] for number in _told(tuple(range(1, 13)), printed)]
        late = every[0].late
        year = _gain(every, None, _of_all, late.county if late else nobody)
    return QuarterFigures(
        quarter,
        last,
        tuple(
            (each, of(_of_unit(each.unit.code), told.units.get(each.unit.code, nobody) if told else nobody))
            for each in last.units
        ),
        {
            group: (last.total(group), of(_of_group(group), _late_of(months[0], group)))
            for group in last.groups
        },
        of(lambda month: month.unattributed, told.units.get(None, nobody) if told else nobody),
        of(_of_all, told.county if told else nobody),
        numbers,
        year,
    )


def _gain(months: Sequence[MonthFigures], before: MonthFigures | None, whose: Whose, late: Late) -> Gain:
    """What some months, one after another, brought.

    :param before: the month before the first, where it is printed.
    :param late: what the first tells of late records.
    """
    tallies = tuple(whose(month) or Tally() for month in months)
    first = tallies[0]
    if months[0].month == 1:
        start = Tally()
    elif before:
        start = whose(before) or Tally()
    else:  # the first that was printed: what it counts of the months before it is not late
        start = Tally(
            new=first.new - first.new_month - late.new + late.withdrawn_new,
            cancelled=first.cancelled - first.cancelled_month - late.cancelled + late.withdrawn_cancelled,
        )
    end = tallies[-1]
    return Gain(
        tallies,
        end.new - start.new - sum(each.new_month for each in tallies),
        end.cancelled - start.cancelled - sum(each.cancelled_month for each in tallies),
    )


def _of_all(month: MonthFigures) -> Tally:
    return month.county.tally


def _of_unit(code: str) -> Whose:
    return lambda month: next((each.tally for each in month.units if each.unit.code == code), None)


def _of_group(group: str) -> Whose:
    return lambda month: month.total(group).tally


def _late_of(month: MonthFigures, group: str) -> Late:
    """What came late of a group's units together."""
    if not month.late:
        return Late()
    own: Sequence[Late] = [
        month.late.units[each.unit.code]
        for each in month.units
        if each.unit.group == group and each.unit.code in month.late.units
    ]
    return Late(
        *(
            sum(getattr(each, name) for each in own)
            for name in ("new", "cancelled", "withdrawn_new", "withdrawn_cancelled")
        )
    )
