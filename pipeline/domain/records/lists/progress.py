"""定进度: how much of an amount is to be reached by the end of each month, how far it is, what was handed out by a policy.

The same in the lists and in the quarterly report.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from pipeline.domain.records.cells import UNREPORTED
from pipeline.domain.records.lists.measures import Measure

MONTHS = range(1, 13)
Span = tuple[int, int]
"""First and last month of the plan's period."""
Nodes = tuple[Fraction | None, ...]
"""Twelve sums from the year's first day on, None in a month without a node; empty where there is none at all."""
LEVELS = frozenset("%％‰")
"""Units of measure that are no sums: a rate is not reached month by month in equal shares."""
REPORTED, DONE, OVER, ON_TIME, BEHIND, GOING_ON = "已报", "已完成", "已到期", "进度正常", "滞后", "进行中"
STATES = (DONE, ON_TIME, GOING_ON, BEHIND, OVER, REPORTED, UNREPORTED)
"""Of an amount; :data:`REPORTED` is what the plan names no target for, :data:`GOING_ON` what has no nodes."""
Factors = Mapping[str, Fraction]
"""Unit of measure → how many of a sum's it is."""
HOUSEHOLDS: Factors = {"户": Fraction(1)}
"""In 户."""
YUAN: Factors = {"元": Fraction(1, 10_000), "万元": Fraction(1)}
"""In 万元."""


def nodes_of(measure: Measure, span: Span, year: int) -> Nodes:
    """An amount's nodes: its own, each holding until the next; none beside words; else its target spread evenly (largest remainder).

    From the month in which it starts to that of its deadline, else over the plan's period; in whole units of the target's
    last decimal. Months are the calendar's. A rate is not spread.
    """
    if measure.nodes:
        reached = [[amount for at, amount in measure.nodes if at <= month] for month in MONTHS]
        return tuple(amounts[-1] if amounts else None for amounts in reached)
    if measure.target is None or measure.texts["nodes"] or measure.unit_of_measure in LEVELS:
        return ()
    last = _place(measure.deadline, year, span[1])
    first = min(_place(measure.start, year, span[0]), last)
    steps = next(10**places for places in range(19) if (measure.target * 10**places).denominator == 1)
    whole = measure.target * steps
    passed = (
        Fraction(min(max(month - first + 1, 0), last - first + 1), last - first + 1) for month in MONTHS
    )
    return tuple(Fraction(ceil(whole * share), steps) for share in passed)


def _place(day: date | None, year: int, otherwise: int) -> int:
    """A day's month, counted from the plan year's January as 1."""
    return (day.year - year) * 12 + day.month if day else otherwise


def due(nodes: Sequence[Fraction | None], year: int, day: date) -> Fraction | None:
    """What is to be reached by a day: the node of the last month that is over then; None before the first."""
    over = _place(day + timedelta(days=1), year, 0) - 1
    return nodes[min(over, len(nodes)) - 1] if nodes and over > 0 else None


def state(
    actual: Fraction | int,
    target: Fraction | int,
    node: Fraction | int | None,
    deadline: date | None,
    day: date,
) -> str:
    """How far a reported amount is: 已完成; 已到期 after its last day; else 进度正常 or 滞后 against the node that is due."""
    if actual >= target:
        return DONE
    if deadline and deadline < day:
        return OVER
    return ON_TIME if actual >= (node or 0) else BEHIND


def state_of(measure: Measure, span: Span, year: int, day: date) -> str:
    """The same of a measure's amount, against the node that was due on the day of which it is told.

    Empty without an amount; 未报; 已报 where the plan names no target; 进行中 where there are no nodes to hold it against.
    """
    if not measure.indicator:
        return ""
    if measure.actual is None:
        return UNREPORTED
    if measure.target is None:
        return REPORTED
    all_nodes = nodes_of(measure, span, year)
    found = state(
        measure.actual, measure.target, due(all_nodes, year, measure.day or day), measure.deadline, day
    )
    return found if all_nodes or found in {DONE, OVER} else GOING_ON


def summands(measures: Iterable[Measure], factors: Factors, *, lent: bool | None = None) -> list[Measure]:
    """The amounts that may be added up to a sum: those in its units of measure that are no part of another.

    :param lent: only loans, or none of them; None for both, as of households.
    """
    return [
        each
        for each in measures
        if each.unit_of_measure in factors and not each.is_part and lent in {None, each.is_loan}
    ]


def total(amounts: Iterable[Measure], factors: Factors) -> Fraction | None:
    """What was reported of some :func:`summands`; None where nothing of it was."""
    told = [each.actual * factors[each.unit_of_measure] for each in amounts if each.actual is not None]
    return sum(told, Fraction()) if told else None
