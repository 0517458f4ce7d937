"""定进度: how much of a target is to be reached by the end of each month (逐月节点), and how far an amount is against that."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.statistics.figures import Yardstick

MONTHS = range(1, 13)
Nodes = tuple[Fraction | None, ...]
"""Twelve sums from the year's first day on, None in a month without a node; empty where there is none at all."""
LEVELS = frozenset("%％‰")
"""Units of measure that are no sums: a rate is not reached month by month in equal shares."""
UNREPORTED, REPORTED, DONE, OVER, ON_TIME, BEHIND, GOING_ON = (
    "未报",
    "已报",
    "已完成",
    "已到期",
    "进度正常",
    "滞后",
    "进行中",
)


def nodes(target: int, yardstick: Yardstick) -> tuple[int, ...]:
    """A target spread over the months of the plan's period: twelve sums from the year's first day on, the last the target.

    Each month's share is the target's mean share rounded down or up (largest remainder). As all remainders are equal,
    the larger shares fall where pace wants them: whoever is at the node is not behind 序时进度, and the other way round.
    """
    return tuple(ceil(target * yardstick.pace(month)) for month in MONTHS)


def nodes_of(measure: Measure, yardstick: Yardstick, year: int) -> Nodes:
    """An amount's nodes: its own, each holding until the next; none beside words; else its target spread evenly as :func:`nodes` does.

    From the month in which it starts to that of its deadline, else over the plan's period; in whole units of the target's
    last decimal. Months are the calendar's. A rate is not spread.
    """
    if measure.nodes:
        reached = [[amount for at, amount in measure.nodes if at <= month] for month in MONTHS]
        return tuple(amounts[-1] if amounts else None for amounts in reached)
    if measure.target is None or measure.texts["nodes"] or measure.unit_of_measure in LEVELS:
        return ()
    last = _place(measure.deadline, year, yardstick.last_month)
    first = min(_place(measure.start, year, yardstick.first_month), last)
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


def state_of(measure: Measure, yardstick: Yardstick, year: int, day: date) -> str:
    """The same of a measure's amount, against the node that was due on the day of which it is told.

    Empty without an amount; 未报; 已报 where the plan names no target; 进行中 where there are no nodes to hold it against.
    """
    if not measure.indicator:
        return ""
    if measure.actual is None:
        return UNREPORTED
    if measure.target is None:
        return REPORTED
    all_nodes = nodes_of(measure, yardstick, year)
    found = state(
        measure.actual, measure.target, due(all_nodes, year, measure.day or day), measure.deadline, day
    )
    return found if all_nodes or found in {DONE, OVER} else GOING_ON


def in_words(months: Sequence[Fraction | int | None], only: Sequence[int] = MONTHS) -> str:
    """Nodes as 1月15、2月30……12月180: each month that asks for more than the last one told, to the one at which all is reached.

    :param only: months that are told; the last one always is.
    """
    told: list[str] = []
    before: Fraction | int = 0
    for month, amount in zip(MONTHS, months, strict=False):
        if amount and amount > before and (month in only or amount == months[-1]):
            told.append(f"{month}月{amount_text(amount)}")
            before = amount
    return "、".join(told)


def amount_text(amount: Fraction | int) -> str:
    """A whole number as it is, another with its decimals."""
    exact = Fraction(amount)
    return str(exact.numerator) if exact.denominator == 1 else f"{float(exact):.6f}".rstrip("0").rstrip(".")
