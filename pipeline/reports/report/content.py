"""All that a quarterly report says, and what is kept of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pipeline.domain.items.plain import totals_object
from pipeline.domain.items.standing import Totals
from pipeline.domain.period import Quarter
from pipeline.publishing.report import IssueNumber
from pipeline.reports.report import lists, promises
from pipeline.reports.report.ahead import ahead_of
from pipeline.reports.report.comparing import Before
from pipeline.reports.report.figures import QuarterFigures
from pipeline.reports.report.plain import figures_of
from pipeline.reports.report.sentences import stock_of
from pipeline.reports.report.text import Beside


@dataclass(frozen=True, slots=True)
class Content:
    """A quarterly report on paper and as data."""

    at: datetime
    """When it was made."""
    office: str
    """Who makes it."""
    period: Quarter
    """Its quarter."""
    number: IssueNumber
    """Which one of the year it is."""
    limit: int
    """Characters beyond which it is too long."""
    paper: Mapping[str, Any]
    """What it says, by its template's names."""
    figures: Mapping[str, Any]
    """``report.json``."""
    has_numbers: bool = True
    """Whether its workbook holds numbers as numbers; in what was kept before it did they are texts."""

    def to_plain(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "made_at": self.at.isoformat(timespec="seconds"),
            "office": self.office,
            "quarter": self.period.name,
            "number": asdict(self.number),
            "limit": self.limit,
            "paper": self.paper,
            "figures": self.figures,
            "has_numbers": self.has_numbers,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Content":
        """What :meth:`to_plain` made, also after it has been JSON.

        :raises KeyError, TypeError, ValueError: it is not of that form; what is kept is sealed, so that does not happen.
        """
        return cls(
            datetime.fromisoformat(plain["made_at"]),
            plain["office"],
            Quarter.read(plain["quarter"]),
            IssueNumber(**plain["number"]),
            plain["limit"],
            plain["paper"],
            plain["figures"],
            plain.get("has_numbers", False),
        )


def report_object(
    figures: QuarterFigures, beside: Beside, found: Totals, base: int | None, characters: int
) -> dict[str, Any]:
    """``report.json``: whole numbers, and rates to the last bit of a float, None without a target.

    :param found: what the open items come to.
    :param base: businesses at the end of the year before; None where it is not known.
    :param characters: of the report's text.
    """
    last, before = figures.last, beside.before
    ahead = ahead_of(figures)
    stock = stock_of(last.county.tally, base)
    told = figures_of(figures)
    annual = told.pop("annual")
    return {
        "quarter": figures.quarter.name,
        "as_of": last.as_of.isoformat(),
        "pace": float(last.pace),
        "month_end": last.yardstick.month_end,
        "months": told.pop("months"),
        "county": told.pop("county"),
        "ahead": {
            "gap": ahead.gap, "gap_to_pace": last.county.gap_to_pace, "months_left": ahead.months_left,
            "needed_per_month": ahead.needed_per_month,
            "node": ahead.node and dict(zip(("month", "net"), ahead.node, strict=True)),
        },
        "stock": None if stock is None else {"end": stock, "start_of_year": base},
        "previous": _before(before.previous),
        "year_before": _before(before.year_before),
        "annual": annual and {**annual, "year_before": _before(before.annual)},
        "not_compared": [
            {"period": each.name, "reason": each.lacking}
            for each in (before.previous, before.year_before, before.annual)
            if each and each.lacking
        ],
        **told,
        "measures": promises.objects(beside.promises, beside.lists.state_of),
        "lists": lists.object_of(beside.lists),
        "items": {"as_of": beside.day.isoformat()} | totals_object(found),
        "characters": characters,
    }  # fmt: skip


def _before(before: Before | None) -> dict[str, Any] | None:
    if before is None or before.lacking:
        return None
    return {"period": before.name, "new": before.new, "cancelled": before.cancelled, "net": before.net}
