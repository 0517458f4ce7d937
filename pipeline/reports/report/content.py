"""All that a quarterly report says, and what is kept of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pipeline.domain.items.plain import totals_object
from pipeline.domain.items.standing import Totals
from pipeline.domain.period import Quarter
from pipeline.domain.statistics.published import NAMES, progress_object
from pipeline.publishing.report import IssueNumber
from pipeline.reports.report import promises
from pipeline.reports.report.figures import Gain, QuarterFigures
from pipeline.reports.report.sentences import ahead_of, stock_of
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
        )


def report_object(
    figures: QuarterFigures, beside: Beside, found: Totals, base: int | None, characters: int
) -> dict[str, Any]:
    """``report.json``: whole numbers, and rates to the last bit of a float, None without a target.

    :param found: what the open items come to.
    :param base: businesses at the end of the year before; None where it is not known.
    :param characters: of the report's text.
    """
    last = figures.last
    ahead = ahead_of(figures)
    stock = stock_of(last.county.tally, base)
    return {
        "quarter": figures.quarter.name,
        "as_of": last.as_of.isoformat(),
        "pace": float(last.pace),
        "months": [
            {
                "month": f"{last.year}-{month:02d}", "new": tally.new_month, "cancelled": tally.cancelled_month,
                "net": tally.net_month,
            }
            for month, tally in zip(figures.months, figures.county.months, strict=True)
        ],
        "county": _gain(figures.county) | {"year": progress_object(last.county)},
        "ahead": {
            "gap": ahead.gap, "gap_to_pace": last.county.gap_to_pace, "months_left": ahead.months_left,
            "needed_per_month": ahead.needed_per_month,
            "node": ahead.node and dict(zip(("month", "net"), ahead.node, strict=True)),
        },
        "stock": None if stock is None else {"end": stock, "start_of_year": base},
        "previous": figures.previous and dict(zip(("new", "cancelled"), figures.previous, strict=True)),
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
        "measures": promises.objects(beside.promises),
        "items": {"as_of": beside.day.isoformat()} | totals_object(found),
        "characters": characters,
    }  # fmt: skip


def _gain(gain: Gain) -> dict[str, int]:
    return {
        "new": gain.new, "cancelled": gain.cancelled, "net": gain.net, "late": gain.late, "late_new": gain.late_new,
        "late_cancelled": gain.late_cancelled,
    }  # fmt: skip
