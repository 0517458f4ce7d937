"""``analyse.json``: whole numbers, and rates to the last bit of a float; None where there is nothing to divide by."""

from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from pipeline.domain.analysis.flows import Flow
from pipeline.domain.analysis.month import MonthAnalysis
from pipeline.domain.analysis.operators import Make
from pipeline.domain.analysis.survival import Survival
from pipeline.domain.analysis.year_ago import YearAgo, month_ago
from pipeline.reports.analysis.beside import Beside, change
from pipeline.reports.analysis.sentences.findings import findings
from pipeline.reports.analysis.sentences.notes import NO_YEAR_AGO
from pipeline.reports.analysis.sentences.parts import is_known
from pipeline.settings.analysis import Analysis

NOWHERE = "未归"
"""How what is in none of the places is called: 未归乡镇."""


def analysis_object(found: MonthAnalysis, beside: Beside, rules: Analysis) -> dict[str, Any]:
    """The whole as the bulletin has it, the parts as the exports tell them now; ``late`` is what lies between."""
    figures = found.figures
    tally, cohort_min = figures.county.tally, rules.cohort_min
    return {
        "month": figures.period.name,
        "edition": "quarter" if beside.is_quarterly else "month",
        "as_of": figures.as_of.isoformat(),
        "stock": _stock(found),
        "new_month": tally.new_month, "cancelled_month": tally.cancelled_month, "net_month": tally.net_month,
        "new": tally.new, "cancelled": tally.cancelled, "net": tally.net,
        "exit_ratio": _float(ratio(tally.cancelled, tally.new)),
        "net_to_new": _float(ratio(tally.net, tally.new)),
        "activity": {"method": "flow", "rate": _float(ratio(tally.net, tally.new))},
        "year_ago": _year_ago(found, beside.year_ago, cohort_min),
        "quarter": _quarter(beside),
        "late": asdict(found.late) | {"net": found.late.net},
        "by_industry": [{"section": letter} | _flow(flow) for letter, flow in found.industries],
        "coded_share": _float(found.coded.coded_share),
        "structure": _structure(found),
        "forms": _make(found, found.forms, rules),
        "ages": _make(found, found.ages, rules),
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
        "difficulties": beside.difficulties.as_plain(),
        "findings": [asdict(each) for each in findings(found, beside, rules)],
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
        "difference": stock.difference, "growth": stock.growth,
        "growth_rate": None if stock.growth is None else _float(ratio(stock.growth, stock.start_of_year or 0)), "source": stock.source, "gone_undated": found.gone_undated,
    }  # fmt: skip


def _structure(found: MonthAnalysis) -> dict[str, Any]:
    primary, secondary, tertiary = found.structure.counts
    return {
        "of": "stock" if found.is_whole else "new", "primary": primary, "secondary": secondary, "tertiary": tertiary,
        "uncoded": found.structure.uncoded, "by_section": found.structure.by_section,
    }  # fmt: skip


def _make(found: MonthAnalysis, make: Make, rules: Analysis) -> dict[str, Any]:
    """Counts only where enough is known, as on paper."""
    known = is_known(make, rules)
    return {
        "of": "stock" if found.is_whole else "new", "known_share": _float(make.known_share), "unknown": make.unknown,
        "counts": dict(make.counts) if known else None,
    }  # fmt: skip


def _year_ago(found: MonthAnalysis, ago: YearAgo | None, least: int) -> dict[str, Any]:
    """The same month of the year before, and by how much each figure has grown; why not, where it is not known."""
    if ago is None:
        return {"source": None, "reason": NO_YEAR_AGO}
    tally = found.figures.county.tally
    now = {
        "new_month": tally.new_month, "cancelled_month": tally.cancelled_month, "new": tally.new,
        "cancelled": tally.cancelled, "stock": found.stock.end,
    }  # fmt: skip
    then = asdict(ago) | {"net_month": ago.new_month - ago.cancelled_month, "net": ago.net}
    more = {"net_month": tally.net_month - then["net_month"], "net": tally.net - ago.net}
    growth = {name: _float(change(value, then[name], least)) for name, value in now.items()}
    return {"month": month_ago(found.figures.period).name} | then | {"growth": growth, "more": more}


def _quarter(beside: Beside) -> dict[str, Any] | None:
    """The quarter's months as their bulletins printed them, and their sum where none is missing."""
    if not beside.is_quarterly:
        return None
    whole = beside.quarter
    return {
        "months": [
            {"month": month}
            | {name: tally and getattr(tally, name) for name in ("new_month", "cancelled_month", "net_month")}
            for month, tally in beside.months
        ],
        **{name: whole and getattr(whole, name) for name in ("new", "cancelled", "net")},
    }


def _places(found: MonthAnalysis) -> Iterator[dict[str, Any]]:
    nowhere = nowhere_words(found)
    for part in found.places:
        code, name = (part.unit.code, part.unit.name) if part.unit else (None, nowhere)
        yield {"code": code, "name": name} | _flow(part.flow) | {"stock_before": part.flow.before}


def nowhere_words(found: MonthAnalysis) -> str:
    """What is in none of the places: 未归乡镇."""
    return NOWHERE + ("、".join(found.groups) or "属地")


def _flow(flow: Flow) -> dict[str, int]:
    return {"new": flow.new, "cancelled": flow.cancelled, "net": flow.net, "stock": flow.stock}


def _survival(survival: Survival, cohort_min: int) -> dict[str, Any]:
    rate = _float(survival.rate(cohort_min))
    return {"k": survival.months, "size": survival.size, "alive": survival.alive, "rate": rate}
