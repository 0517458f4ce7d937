"""How far the plan's measures have come, and what was handed out by a policy: the same in the lists and in the quarterly report."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from pipeline.domain.records.cells import UNREPORTED
from pipeline.domain.records.lists.measures import Measure

DONE, RUNNING, OVERDUE, REPORTED = "已完成", "进行中", "逾期未完成", "已报"
STATES = (DONE, RUNNING, OVERDUE, REPORTED, UNREPORTED)
"""Of an amount; :data:`REPORTED` is what the plan names no target for."""
YUAN = {"元": Fraction(1, 10_000), "万元": Fraction(1)}
"""Unit of measure → how many 万元 it is."""


def state_of(measure: Measure, day: date) -> str:
    """How far an amount is on a day, one of :data:`STATES`; empty for a measure without one."""
    if not measure.indicator:
        return ""
    if measure.actual is None:
        return UNREPORTED
    if measure.target is None:
        return REPORTED
    if measure.actual >= measure.target:
        return DONE
    return OVERDUE if measure.deadline and measure.deadline < day else RUNNING


def amount_in(measures: Iterable[Measure], factors: dict[str, Fraction]) -> Fraction | None:
    """What was reported of amounts in some units of measure, added up; None where none of them was.

    :param factors: unit of measure → how many of the sum's it is.
    """
    own = [each for each in measures if each.unit_of_measure in factors and each.actual is not None]
    amounts = (Fraction(each.actual or 0) * factors[each.unit_of_measure] for each in own)
    return sum(amounts, Fraction()) if own else None
