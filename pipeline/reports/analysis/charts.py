"""The two charts: how many survive, and who comes and goes in which industry."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.domain.analysis.flows import Flow
from pipeline.domain.analysis.month import MonthAnalysis
from pipeline.domain.analysis.survival import Survival, recent, summed
from pipeline.domain.documents import Chart, Series
from pipeline.domain.values.industry import SECTIONS
from pipeline.domain.wording import decimal_text
from pipeline.reports.analysis.sentences.parts import structure_words
from pipeline.settings.analysis import Analysis

ALL, NURTURED = "全部个体工商户", "凭介绍信登记的"
"""Series of the chart of survival."""
NEW, CANCELLED = "新登记", "注销"
"""Series of the chart of industries."""
_COMPARED = 2
"""Values that it takes to compare any."""
_SHOWN = "FHOGACE"
"""Sections with a column of their own, the usual order of their size; the others stand together."""


def charts_shown(survival: Chart, industries: Chart) -> dict[str, object]:
    """Which charts have anything to show, by the template's names."""
    return {"有存活图": bool(survival.categories), "有行业图": bool(industries.categories)}


def survival_chart(found: MonthAnalysis, rules: Analysis) -> Chart:
    """Shares of all and of those that came by letters, after each number of months of which there is one.

    Fewer than two say no more than the text: then it has no category, and is not shown.
    """
    of_all = {k: summed([each.survival for each in recent(found.cohorts, k)]) for k in rules.survival}
    own = [each for some in found.letters.values() for each in some]
    of_own = {k: summed([each for each in own if each.months == k]) for k in rules.survival}
    rates = [(k, _percent(of_all[k], rules), _percent(of_own[k], rules)) for k in rules.survival]
    shown = [each for each in rates if each[1] is not None or each[2] is not None]
    if sum(rate is not None for each in shown for rate in each[1:]) < _COMPARED:
        shown = []
    return Chart(
        "成立满",
        tuple(f"{k}个月" for k, _, _ in shown),
        (
            Series(ALL, ALL, tuple(rate for _, rate, _ in shown)),
            Series(NURTURED, NURTURED, tuple(rate for *_, rate in shown)),
        ),
    )


def _percent(survival: Survival | None, rules: Analysis) -> Decimal | None:
    rate = survival.rate(rules.cohort_min) if survival else None
    return None if rate is None else Decimal(decimal_text(rate * 100))


def industry_chart(found: MonthAnalysis, rules: Analysis) -> Chart:
    """The year's new and cancelled by industry; where too few are coded it has no category, and is not shown."""
    is_told = structure_words(found, rules.industry_min_coded)
    bars = list(_bars(dict(found.industries))) if is_told else []
    return Chart(
        "行业",
        tuple(name for name, _ in bars),
        (
            Series(NEW, NEW, tuple(Decimal(flow.new) for _, flow in bars)),
            Series(CANCELLED, CANCELLED, tuple(Decimal(flow.cancelled) for _, flow in bars)),
        ),
    )


def _bars(industries: dict[str | None, Flow]) -> Iterator[tuple[str, Flow]]:
    for letter in _SHOWN:
        if letter in industries:
            yield SECTIONS[letter].short, industries[letter]
    if others := [flow for letter, flow in industries.items() if letter and letter not in _SHOWN]:
        yield "其他", _sum(others)
    yield "行业空白", industries[None]


def _sum(parts: Sequence[Flow]) -> Flow:
    return Flow(sum(each.new for each in parts), sum(each.cancelled for each in parts))
