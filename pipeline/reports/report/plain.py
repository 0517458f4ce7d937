"""A quarter's figures as plain data: what ``report.json`` says of registrations."""

from collections.abc import Iterable
from typing import Any

from pipeline.domain.period import Month
from pipeline.domain.statistics.published import NAMES, progress_object
from pipeline.reports.report.figures import Gain, QuarterFigures


def figures_of(figures: QuarterFigures) -> dict[str, Any]:
    """Months, county, groups, units and what is nobody's; the year as the sum of its months where it is the year's report."""
    last, year = figures.last, figures.year
    annual = year and _gain(year) | {"months": _months(year, last.year, figures.year_months)}
    return {
        "months": _months(figures.county, last.year, figures.months),
        "county": _gain(figures.county) | {"year": progress_object(last.county)},
        "groups": [
            {"group": group, **_gain(gain), "year": progress_object(total)}
            for group, (total, gain) in figures.groups.items()
        ],
        "units": [
            {"code": standing.unit.code, "name": standing.unit.name, "group": standing.unit.group}
            | _gain(gain)
            | {"year": progress_object(standing), "rank": standing.rank, "band": standing.band}
            for standing, gain in figures.units
        ],
        "unattributed": _gain(figures.unattributed)
        | {"year": {name: getattr(last.unattributed, name) for name in NAMES}},
        "annual": annual,
    }


def _months(gain: Gain, year: int, months: Iterable[int]) -> list[dict[str, Any]]:
    return [
        {"month": Month(year, month).name, "new": each.new_month, "cancelled": each.cancelled_month, "net": each.net_month}
        for month, each in zip(months, gain.months, strict=True)
    ]  # fmt: skip


def _gain(gain: Gain) -> dict[str, int]:
    return {
        "new": gain.new, "cancelled": gain.cancelled, "net": gain.net, "late": gain.late, "late_new": gain.late_new,
        "late_cancelled": gain.late_cancelled,
    }  # fmt: skip
