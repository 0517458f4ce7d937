"""What is made of the lists: three workbooks, and the measures and nodes for other programs."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.domain.documents import Data, Document, Workbook
from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.records.lists.progress import state_of
from pipeline.reports.lists.content import Content
from pipeline.reports.lists.five import five_lists
from pipeline.reports.lists.ledger import ledger
from pipeline.reports.lists.six import six_tables


def documents(content: Content) -> Iterator[Document]:
    """All files of the lists."""
    yield Workbook("五清单", five_lists(content))
    yield Workbook("六定表", six_tables(content))
    yield Workbook("一台账", [ledger(content)])
    yield Data("lists", lists_object(content))


def lists_object(content: Content) -> dict[str, object]:
    """``lists.json``: no name or number of a person; amounts that nobody has reported are None."""
    return {
        "as_of": content.day.isoformat(),
        "figures": content.figures.period.name if content.figures else None,
        "measures": [_measure(lines, content) for lines in content.by_measure.values()],
        "nodes": [
            {
                "code": unit.code, "unit": unit.name, "target": unit.target, "months": list(content.nodes[unit.code]),
                "own": bool(unit.code in content.plans and content.plans[unit.code].nodes),
            }
            for unit in content.units
        ],
    }  # fmt: skip


def _measure(lines: Sequence[Measure], content: Content) -> dict[str, object]:
    """A measure with its first amount; under ``more`` its further ones."""
    first, *more = lines
    return {
        "key": first.key, "title": first.title, "units": list(first.units),
        "open_items": content.open_items_about(first.key), **_amount(first, content),
        "more": [_amount(each, content) for each in more],
    }  # fmt: skip


def _amount(measure: Measure, content: Content) -> dict[str, object]:
    rate = measure.completion_rate
    return {
        "indicator": measure.indicator or None, "unit_of_measure": measure.unit_of_measure or None,
        "target": _number(measure.target), "actual": _number(measure.actual),
        "completion_rate": None if rate is None else round(float(rate), 9), "source": measure.source or None,
        "day": measure.day.isoformat() if measure.day else None,
        "deadline": measure.deadline.isoformat() if measure.deadline else None,
        "state": state_of(measure, content.day) or None,
    }  # fmt: skip


def _number(amount: Fraction | None) -> int | float | None:
    if amount is None:
        return None
    return amount.numerator if amount.denominator == 1 else float(amount)
