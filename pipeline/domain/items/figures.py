"""A figure reached as evidence: a month's bulletin in which the unit of an item no longer lags."""

from collections.abc import Mapping, Sequence

from pipeline.domain.items.item import Opening
from pipeline.domain.period import Month
from pipeline.domain.statistics.figures import BEHIND, NOTHING_GAINED, MonthFigures, Standing
from pipeline.domain.wording import rate_text
from pipeline.errors import RegisterFault


def figure_proof(about: Opening, months: Sequence[MonthFigures]) -> Mapping[str, object]:
    """What the first of some months says of an item's unit, which lags neither in it nor in the last.

    :param months: as published, from the one that is to prove it on: what a unit had reached once and has lost again
        proves nothing.
    :raises RegisterFault: the month does not have the unit, or the unit lags.
    """
    first = _of(about.unit, months[0])
    if first is None:
        raise RegisterFault(f"没有登记：{_month(months[0]).words}的简报里没有{about.unit_name}。")
    if first.band in _LAGGING:
        raise RegisterFault(f"没有登记：数字没有达到（{_words(months[0], first)}）。")
    last = _of(about.unit, months[-1])
    if last and last.band in _LAGGING:
        raise RegisterFault(f"没有登记：后来又滞后了（{_words(months[-1], last)}），请用最近一期简报的数字。")
    month = _month(months[0]).name
    return {"figure": _words(months[0], first), "month": month, "net": first.tally.net, "band": first.band}


_LAGGING = (BEHIND, NOTHING_GAINED)


def _month(figures: MonthFigures) -> Month:
    return Month(figures.year, figures.month)


def _of(unit: str, figures: MonthFigures) -> Standing | None:
    return next((each for each in figures.units if each.unit.code == unit), None)


def _words(figures: MonthFigures, unit: Standing) -> str:
    rate = "" if unit.completion_rate is None else f"、完成率{rate_text(unit.completion_rate)}"
    return f"{_month(figures).words}累计净增{unit.tally.net}户{rate}，{unit.band}"
