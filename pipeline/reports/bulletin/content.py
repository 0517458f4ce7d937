"""All that a bulletin says, and what is kept of it: ``register/bulletins/2022-06-1/issue.json``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.domain.period import Month
from pipeline.domain.statistics.published import Published, published_from
from pipeline.publishing.report import IssueNumber
from pipeline.reports.bulletin.rates import Rates

_DOUBTS_AT_FIRST = ("文件", "工作表", "行", "列", "现在是", "问题和办法", "代码")
"""Columns of the publications that were kept before they kept them."""


@dataclass(frozen=True, slots=True)
class Content:
    """A bulletin, its wall chart and its tables."""

    at: datetime
    """When it was published."""
    reason: str
    """Why it takes the place of an earlier one (更正); empty for a first edition."""
    office: str
    """Who publishes it."""
    bulletin: Mapping[str, object]
    """What the bulletin says, by its template's names."""
    wall_chart: Mapping[str, object]
    """The same of the wall chart."""
    rates: Rates
    """Annex 2, and the wall chart."""
    published: Published
    """The figures, and the businesses behind them."""
    figures: Mapping[str, Any]
    """``figures.json``, as it was."""
    counted: Sequence[Sequence[str]]
    """计入的户: what counts, unit by unit and by day; neither persons nor phones."""
    doubt_columns: Sequence[str]
    """Columns of the list of doubts."""
    doubts: Sequence[Sequence[str | int]]
    """Its lines, without their numbers."""
    registry: Sequence[Sequence[str | int]]
    """与登记机关口径对照: its lines; none in publications of before there was one, and where there is nothing to compare."""

    @property
    def period(self) -> Month:
        """Its month."""
        return Month(self.published.figures.year, self.published.figures.month)

    @property
    def number(self) -> IssueNumber:
        """期号 and 总期号."""
        return IssueNumber(self.figures["issue_number"], int(str(self.bulletin["总期号"])))

    def to_plain(self) -> dict[str, Any]:
        """As JSON values; the order of the keys is sealed with them."""
        return {
            "published_at": self.at.isoformat(timespec="seconds"),
            "reason": self.reason,
            "office": self.office,
            "fields": self.bulletin,
            "wall_chart": self.wall_chart,
            "chart": self.rates.as_plain(),
            "published": self.published.as_plain(),
            "figures": self.figures,
            "counted_rows": self.counted,
            "doubt_columns": self.doubt_columns,
            "doubts": self.doubts,
            "registry": self.registry,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Content":
        """What :meth:`to_plain` made, also after it has been JSON.

        :raises KeyError, TypeError, ValueError: it is not of that form; what is kept is sealed, so that does not happen.
        """
        return cls(
            datetime.fromisoformat(plain["published_at"]),
            plain["reason"],
            plain["office"],
            plain["fields"],
            plain["wall_chart"],
            Rates.from_plain(plain["chart"]),
            published_from(plain["published"]),
            plain["figures"],
            plain["counted_rows"],
            plain.get("doubt_columns", _DOUBTS_AT_FIRST),
            plain["doubts"],
            plain.get("registry", ()),
        )
