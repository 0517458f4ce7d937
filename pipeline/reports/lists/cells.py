"""How the lists word an amount, a rate, a day."""

from datetime import date
from fractions import Fraction

from pipeline.domain.documents import Cell, Column
from pipeline.domain.records.cells import UNREPORTED
from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.wording import rate_text

NONE = "—"
"""Where there is nothing that could be told."""
UNPRINTED = "未印发"
"""In the place of a unit's figures before the first bulletin."""
INTERNAL = "（内部资料）"
"""In the title of a list that names people."""


def long(header: str, width: float) -> Column:
    """A column whose texts may take several lines."""
    return Column(header, width, is_long=True)


def number(amount: Fraction) -> Cell:
    """An amount as typed: a whole number, else its decimals."""
    return amount.numerator if amount.denominator == 1 else f"{float(amount):.6f}".rstrip("0").rstrip(".")


def target_cell(measure: Measure) -> Cell:
    """目标值."""
    return NONE if measure.target is None else number(measure.target)


def actual_cell(measure: Measure) -> Cell:
    """当前值: never 0 for what nobody has reported."""
    if not measure.indicator:
        return NONE
    return UNREPORTED if measure.actual is None else number(measure.actual)


def rate_cell(rate: Fraction | None) -> Cell:
    """完成率."""
    return NONE if rate is None else rate_text(rate)


def day_cell(day: date | None) -> Cell:
    """``2022-06-30``."""
    return day.isoformat() if day else ""
