"""All that a roll-up says, and what is kept of it: ``register/bulletins/rollup-2022-06-1/issue.json``."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pipeline.domain.period import Month
from pipeline.domain.rollup.city import CityMonth
from pipeline.domain.rollup.received import Used
from pipeline.domain.rollup.reporting import MISSING, OTHER_RULES, Reported
from pipeline.domain.statistics.figures import Progress, Standing
from pipeline.domain.statistics.published import Published, figures_object, progress_object, published_from
from pipeline.publishing.report import IssueNumber
from pipeline.reports.bulletin.rates import Rates
from pipeline.settings import Plan


@dataclass(frozen=True, slots=True)
class Content:
    """A city's bulletin, with counties as its units."""

    at: datetime
    """When it was published."""
    office: str
    """Who publishes it."""
    number: IssueNumber
    """期号 and 总期号."""
    paper: Mapping[str, Any]
    """What it says, by the bulletin template's names."""
    wall_chart: Mapping[str, Any]
    """The same of the wall chart."""
    rates: Rates
    """Its bars."""
    published: Published
    """The figures of the counties that count, as units."""
    figures: Mapping[str, Any]
    """``rollup.json`` but for its seal."""
    reporting: Sequence[Sequence[str]]
    """报送情况: a line for each county."""
    findings: Sequence[Sequence[str]]
    """核对事项: what the city should know of the files."""
    used: Mapping[str, Used]
    """Code of a county → the file that its figures are from."""

    @property
    def period(self) -> Month:
        """Its month."""
        return Month(self.published.figures.year, self.published.figures.month)

    def to_plain(self) -> dict[str, Any]:
        """As JSON values; the order of the keys is sealed with them."""
        return {
            "published_at": self.at.isoformat(timespec="seconds"),
            "office": self.office,
            "number": asdict(self.number),
            "fields": self.paper,
            "wall_chart": self.wall_chart,
            "chart": self.rates.as_plain(),
            "published": self.published.as_plain(),
            "figures": self.figures,
            "reporting": self.reporting,
            "findings": self.findings,
            "used": {code: asdict(own) for code, own in self.used.items()},
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Content":
        """What :meth:`to_plain` made, also after it has been JSON.

        :raises KeyError, TypeError, ValueError: it is not of that form; what is kept is sealed, so that does not happen.
        """
        return cls(
            datetime.fromisoformat(plain["published_at"]),
            plain["office"],
            IssueNumber(**plain["number"]),
            plain["fields"],
            plain["wall_chart"],
            Rates.from_plain(plain["chart"]),
            published_from(plain["published"]),
            plain["figures"],
            plain["reporting"],
            plain["findings"],
            {code: Used(**own) for code, own in plain["used"].items()},
        )


def rollup_object(
    city: CityMonth, inside: Mapping[str, str], issue: int, plan: Plan, revision: int
) -> dict[str, Any]:
    """``rollup.json`` but for its seal: the bulletin's fields with every county as a unit, and how each reported.

    A county that sent nothing has null in place of figures; one that counts otherwise (口径不同) its own, without a
    rank. Neither is in the sums.
    """
    figures = city.figures
    known = {each.unit.code: each for each in figures.units}
    found = figures_object(figures, issue, plan, revision)
    found["units"] = [
        {"code": each.county.code, "name": each.county.name, "group": each.county.group}
        | _county_object(each, known.get(each.county.code), city)
        | {"inside": inside.get(each.county.code)}
        for each in city.reported
    ]
    found["reporting"] = [
        {
            "county": each.county.name, "code": each.county.code, "state": each.state,
            "on": each.own.sent.on.isoformat() if each.own else None,
        }
        for each in city.reported
    ]  # fmt: skip
    return found


def _county_object(each: Reported, standing: Standing | None, city: CityMonth) -> dict[str, Any]:
    if standing:
        return progress_object(standing) | {"rank": standing.rank, "band": standing.band}
    if each.own:
        progress = Progress(each.target, each.own.tally, city.figures.pace)
        return progress_object(progress) | {"rank": None, "band": OTHER_RULES}
    nothing = dict.fromkeys(progress_object(city.figures.county))
    return nothing | {"rank": None, "band": MISSING}
