"""``analyse.json``: whole numbers, and rates to the last bit of a float; None where there is nothing to divide by."""

from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from pipeline.domain.analysis.flows import Flow
from pipeline.domain.analysis.month import MonthAnalysis
from pipeline.domain.analysis.survival import Survival

NOWHERE = "未归"
"""How what is in none of the places is called: 未归乡镇."""


def analysis_object(found: MonthAnalysis, cohort_min: int) -> dict[str, Any]:
    """The whole as the bulletin has it, the parts as the exports tell them now; ``late`` is what lies between."""
    figures = found.figures
    tally = figures.county.tally
    return {
        "month": figures.period.name,
        "as_of": figures.as_of.isoformat(),
        "stock": _stock(found),
        "new_month": tally.new_month, "cancelled_month": tally.cancelled_month, "net_month": tally.net_month,
        "new": tally.new, "cancelled": tally.cancelled, "net": tally.net,
        "exit_ratio": _float(ratio(tally.cancelled, tally.new)),
        "net_to_new": _float(ratio(tally.net, tally.new)),
        "late": asdict(found.late) | {"net": found.late.net},
        "by_industry": [{"section": letter} | _flow(flow) for letter, flow in found.industries],
        "coded_share": _float(found.coded.coded_share),
        "structure": _structure(found),
        "by_place": list(_places(found)),
        "survival": [
            {"cohort": each.month.name} | _survival(each.survival, cohort_min) | {"complete": each.is_complete}
            for each in found.cohorts
        ],
        "letter_survival": [
            {"unit": unit.name, "code": unit.code} | _survival(each, cohort_min)
            for unit, own in found.letters.items()
            for each in own
        ],
    }  # fmt: skip


def ratio(part: int, whole: int) -> Fraction | None:
    """A part of a whole; None of nothing."""
    return Fraction(part, whole) if whole else None


def _float(rate: Fraction | None) -> float | None:
    return None if rate is None else float(rate)


def _stock(found: MonthAnalysis) -> dict[str, Any]:
    """Beside the balance: where the stock comes from, and how many in the exports nobody knows since when are gone."""
    stock = found.stock
    return {
        "end": stock.end, "start_of_year": stock.start_of_year, "computed_end": stock.computed_end,
        "difference": stock.difference, "source": stock.source, "gone_undated": found.gone_undated,
    }  # fmt: skip


def _structure(found: MonthAnalysis) -> dict[str, Any]:
    primary, secondary, tertiary = found.structure.counts
    return {
        "of": "stock" if found.is_whole else "new", "primary": primary, "secondary": secondary, "tertiary": tertiary,
        "uncoded": found.structure.uncoded, "by_section": found.structure.by_section,
    }  # fmt: skip


def _places(found: MonthAnalysis) -> Iterator[dict[str, Any]]:
    nowhere = NOWHERE + ("、".join(found.groups) or "属地")
    for part in found.places:
        code, name = (part.unit.code, part.unit.name) if part.unit else (None, nowhere)
        yield {"code": code, "name": name} | _flow(part.flow) | {"stock_before": part.flow.before}


def _flow(flow: Flow) -> dict[str, int]:
    return {"new": flow.new, "cancelled": flow.cancelled, "net": flow.net, "stock": flow.stock}


def _survival(survival: Survival, cohort_min: int) -> dict[str, Any]:
    rate = _float(survival.rate(cohort_min))
    return {"k": survival.months, "size": survival.size, "alive": survival.alive, "rate": rate}
