"""All that a dispatch sheet says, and what is kept of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipeline.domain.items.plain import totals_object
from pipeline.domain.period import Month
from pipeline.domain.records.reading import SheetRow, Sheets
from pipeline.domain.statistics.cells import places_gained
from pipeline.domain.statistics.figures import Progress
from pipeline.publishing.report import IssueNumber
from pipeline.reports.dispatch.figures import Outlook, Prospects
from pipeline.reports.dispatch.text import Meeting
from pipeline.reports.dispatch.written import written_objects


@dataclass(frozen=True, slots=True)
class Content:
    """A dispatch sheet on paper, as workbooks and as data."""

    at: datetime
    """When it was made."""
    day: date
    """The day of asking: as of it are the open items."""
    office: str
    """Who makes it."""
    period: Month
    """Its month."""
    number: IssueNumber
    """Which one of the year it is."""
    sheet: Mapping[str, Any]
    """What it says, by its template's names; 各行 are the workbooks' rows too."""
    units: Sequence[Sequence[str]]
    """Code and short name of each unit, in the order of annex 1."""
    figures: Mapping[str, Any]
    """``dispatch.json``."""

    def to_plain(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "made_at": self.at.isoformat(timespec="seconds"),
            "day": self.day.isoformat(),
            "office": self.office,
            "month": self.period.name,
            "number": [self.number.number, self.number.overall],
            "sheet": self.sheet,
            "units": self.units,
            "figures": self.figures,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Content":
        """What :meth:`to_plain` made, also after it has been JSON.

        :raises KeyError, TypeError, ValueError: it is not of that form; what is kept is sealed, so that does not happen.
        """
        at = datetime.fromisoformat(plain["made_at"])
        return cls(
            at,
            date.fromisoformat(plain["day"]) if "day" in plain else at.date(),
            plain["office"],
            Month.read(plain["month"]),
            IssueNumber(*plain["number"]),
            plain["sheet"],
            plain["units"],
            plain["figures"],
        )


def issued_sheets(kept: Iterable[tuple[str, Mapping[str, Any]]]) -> Sheets:
    """The sheets that units have got, to hold against them what they send back.

    :param kept: period and content of each sheet that was published, in order.
    """
    found: dict[str, list[Sequence[SheetRow]]] = {}
    for period, content in kept:
        found.setdefault(period, []).insert(0, content["sheet"]["各行"])
    return found


def dispatch_object(found: Prospects, meeting: Meeting, day: date) -> dict[str, Any]:
    """``dispatch.json``: whole numbers, and rates to the last bit of a float, None without a target.

    :param day: as of which the open items are.
    """
    written = list(written_objects(meeting.written))
    figures, items = found.figures, meeting.items
    groups = {
        name: [each.unit.code for each in figures.units if each.unit.group == name] for name in figures.groups
    }
    return {
        "month": Month(figures.year, figures.month).name,
        "as_of": figures.as_of.isoformat(),
        "pace": float(figures.pace),
        "months_left": found.months_left,
        "recent_months": found.recent_months,
        "units": [
            {"code": each.unit.code, "name": each.unit.name, "group": each.unit.group}
            | _object(each, ahead)
            | _items([each.unit.code], items)
            | {"band": each.band, "rank": each.rank, "places_gained": places_gained(each, found.previous)}
            for each, ahead in found.units
        ],
        "groups": [
            {"group": name} | _object(line.progress, line.outlook) | _items(groups[name], items)
            for name, line in found.groups
        ],
        "unattributed": {"net": figures.unattributed.net},
        "county": _object(found.county.progress, found.county.outlook) | _items(items, items),
        "hard_units": sum(ahead.is_hard is True for _, ahead in found.units),
        "items": {"as_of": day.isoformat(), "all": meeting.totals.open + meeting.totals.closed}
        | totals_object(meeting.totals),
        "agreed": meeting.agreed,
        "written": written,
        "proposed": [each for each in written if each["request"]],
    }


def _items(units: Iterable[str], items: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """The open items of some units together, by their codes, and how many are overdue."""
    own = [items.get(code, (0, 0)) for code in units]
    return {"open_items": sum(still for still, _ in own), "overdue_items": sum(late for _, late in own)}


def _object(progress: Progress, ahead: Outlook) -> dict[str, Any]:
    rate, lead = progress.completion_rate, progress.lead
    return {
        "target": progress.target,
        "net": progress.tally.net,
        "completion_rate": None if rate is None else float(rate),
        "lead": None if lead is None else float(lead),
        "gap": ahead.gap,
        "gap_to_pace": ahead.gap_to_pace,
        "needed_per_month": ahead.needed_per_month,
        "recent_average": float(ahead.recent_average),
        "projected": ahead.projected,
        "hard": ahead.is_hard,
    }
