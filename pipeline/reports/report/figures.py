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
    previous: tuple[int, int] | None
    """Registered and cancelled in the quarter before; None where a month of it, or of this year, is not there."""

    @property
    def months(self) -> tuple[int, ...]:
        """Its months, 1 to 12."""
        return months_of(self.quarter)


def months_of(quarter: Quarter) -> tuple[int, ...]:
    """The months of a quarter, 1 to 12."""
    first, last = quarter.months
    return tuple(range(first.month, last.month + 1))


def missing(quarter: Quarter, printed: Mapping[int, object]) -> tuple[Month, ...]:
    """The months of a quarter that have no bulletin."""
    return tuple(Month(quarter.year, month) for month in months_of(quarter) if month not in printed)


def quarter_figures(quarter: Quarter, printed: Mapping[int, MonthFigures]) -> QuarterFigures:
    """What the bulletins of a year say of a quarter.

    :param printed: month → its figures; those of the quarter must all be there.
    """
    numbers = months_of(quarter)
    months = [printed[number] for number in numbers]
    last, before = months[-1], printed.get(numbers[0] - 1)

    def gain(whose: Whose, late: Late) -> Gain:
        tallies = tuple(whose(month) or Tally() for month in months)
        if numbers[0] == 1:
            start = Tally()
        elif before:
            start = whose(before) or Tally()
        else:  # the first that was printed: what it counts of the months before it is not late
            first = tallies[0]
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

    told = months[0].late
    nobody = Late()
    earlier = range(numbers[0] - 3, numbers[0])
    known = [printed[number].county.tally for number in earlier if number in printed]
    return QuarterFigures(
        quarter,
        last,
        tuple(
            (each, gain(_of_unit(each.unit.code), told.units.get(each.unit.code, nobody) if told else nobody))
            for each in last.units
        ),
        {
            group: (last.total(group), gain(_of_group(group), _late_of(months[0], group)))
            for group in last.groups
        },
        gain(lambda month: month.unattributed, told.units.get(None, nobody) if told else nobody),
        gain(lambda month: month.county.tally, told.county if told else nobody),
        (sum(each.new_month for each in known), sum(each.cancelled_month for each in known))
        if len(known) == len(earlier)
        else None,
    )


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
