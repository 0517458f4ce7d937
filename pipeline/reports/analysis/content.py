"""All that an analysis says, and what is kept of it: ``register/bulletins/analyse-2022-06-1/issue.json``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from pipeline.domain.documents import Chart, Series
from pipeline.domain.period import Month
from pipeline.publishing.report import IssueNumber


@dataclass(frozen=True, slots=True)
class Content:
    """An analysis on paper, as a workbook and as data."""

    at: datetime
    """When it was published."""
    office: str
    """Who publishes it."""
    period: Month
    """Its month."""
    number: IssueNumber
    """期号 and 总期号."""
    paper: Mapping[str, Any]
    """What it says, by its template's names."""
    charts: Sequence[Chart]
    """What is drawn in it; a chart with nothing to show is left out."""
    figures: Mapping[str, Any]
    """``analyse.json``; the workbook's figures too."""

    def to_plain(self) -> dict[str, Any]:
        """As JSON values; the order of the keys is sealed with them."""
        return {
            "published_at": self.at.isoformat(timespec="seconds"),
            "office": self.office,
            "month": self.period.name,
            "number": [self.number.number, self.number.overall],
            "fields": self.paper,
            "charts": [_plain(chart) for chart in self.charts],
            "figures": self.figures,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Content":
        """What :meth:`to_plain` made, also after it has been JSON.

        :raises KeyError, TypeError, ValueError: it is not of that form; what is kept is sealed, so that does not happen.
        """
        return cls(
            datetime.fromisoformat(plain["published_at"]),
            plain["office"],
            Month.read(plain["month"]),
            IssueNumber(*plain["number"]),
            plain["fields"],
            tuple(map(_chart, plain["charts"])),
            plain["figures"],
        )


def _plain(chart: Chart) -> dict[str, Any]:
    series = [[each.name, each.label, [_text(value) for value in each.values]] for each in chart.series]
    return {"heading": chart.heading, "categories": list(chart.categories), "series": series}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _chart(plain: Mapping[str, Any]) -> Chart:
    series = (
        Series(name, label, tuple(None if value is None else Decimal(value) for value in values))
        for name, label, values in plain["series"]
    )
    return Chart(plain["heading"], tuple(plain["categories"]), tuple(series))
