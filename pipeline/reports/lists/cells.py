"""How the lists word an amount, a rate, a day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.records.cells import UNREPORTED
from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.wording import rate_text
from pipeline.reports.lists.nodes import amount_text

NONE = "—"
"""Where there is nothing that could be told."""
UNPRINTED = "未印发"
"""In the place of a unit's figures before the first bulletin."""
UNTOLD = "未报"
"""The same of a county that has sent none to the roll-up."""
INTERNAL = "（内部资料）"
"""In the title of a list that names people."""


def long(header: str, width: float) -> Column:
    """A column whose texts may take several lines."""
    return Column(header, width, is_long=True)


def number(amount: Fraction | int) -> Cell:
    """An amount as typed, a number with its decimals, so that a clerk can add it up."""
    exact = Fraction(amount)
    return exact.numerator if exact.denominator == 1 else exact


def node_cell(node: Fraction | int | None) -> Cell:
    """节点; empty in a month that has none."""
    return "" if node is None else number(node)


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


def sheet(
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    faded: Collection[int] = (),
) -> Worksheet:
    """A list with a running number before each row; no column narrower than its numbers."""
    numbered: list[Sequence[Cell]] = [[place, *row] for place, row in enumerate(rows, 1)]
    wide = [
        replace(column, width=max([column.width, *(_width(row[place]) for row in numbered)]))
        for place, column in enumerate(columns)
    ]
    return Worksheet(name, title, wide, numbered, faded, is_dense=True)


def _width(cell: Cell) -> float:
    """Of a number with a margin; text breaks."""
    return len(amount_text(cell)) + 2 if isinstance(cell, int | Fraction) else 0
