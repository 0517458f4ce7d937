"""A month's figures as plain data: what is kept of a published bulletin, and what ``figures.json`` says."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from pipeline.domain.model import Unit
from pipeline.domain.statistics.figures import MonthFigures, Progress, Standing, Tally, Yardstick
from pipeline.domain.statistics.late import CountedThen, Late, LateRecords
from pipeline.settings import Plan

DEFINITIONS = 1
"""Version of the rules by which registrations are counted; figures by different ones are never put together."""

NAMES = ("new_month", "cancelled_month", "net_month", "new", "cancelled", "net")
"""Fields of a :class:`~pipeline.domain.statistics.figures.Tally` that ``figures.json`` has."""


@dataclass(frozen=True, slots=True)
class Published:
    """A bulletin's figures as printed, frozen."""

    figures: MonthFigures
    """What was printed."""
    counted: CountedThen
    """The businesses behind it."""

    def as_plain(self) -> dict[str, Any]:
        """Only texts, whole numbers, None, lists and dicts, so that it can be written as JSON and hashed.

        No name, ID number or phone; fractions as ``7/20``.
        """
        figures, late = self.figures, self.figures.late
        return {
            "year": figures.year,
            "month": figures.month,
            "yardstick": asdict(figures.yardstick) | {"threshold": str(figures.yardstick.threshold)},
            "units": [
                {
                    "code": each.unit.code, "name": each.unit.name, "full_name": each.unit.full_name,
                    "group": each.unit.group, "target": each.target, "tally": asdict(each.tally),
                    "rank": each.rank, "band": each.band,
                }
                for each in figures.units
            ],
            "unattributed": asdict(figures.unattributed),
            "late": late and {
                "since": late.since.isoformat(),
                "county": asdict(late.county),
                "units": [[unit, asdict(own)] for unit, own in late.units.items()],
            },
            "counted": self.counted,
        } | ({"inside": sorted(figures.inside)} if figures.inside else {})  # fmt: skip


def published_from(plain: Mapping[str, Any]) -> Published:
    """What :meth:`Published.as_plain` made, also after it has been JSON.

    :raises KeyError, TypeError, ValueError: it is not of that form; what is kept is hashed, so that does not happen.
    """
    mark = plain["yardstick"]
    yardstick = Yardstick(
        mark["first_month"], mark["last_month"], Fraction(mark["threshold"]), mark.get("month_end", 0)
    )
    late = plain["late"]
    figures = MonthFigures(
        plain["year"],
        plain["month"],
        yardstick,
        tuple(_standing(each, yardstick.pace(plain["month"])) for each in plain["units"]),
        Tally(**plain["unattributed"]),
        late and LateRecords(
            date.fromisoformat(late["since"]),
            Late(**late["county"]),
            {unit: Late(**own) for unit, own in late["units"]},
        ),
        frozenset(plain.get("inside", ())),
    )  # fmt: skip
    return Published(figures, plain["counted"])


def _standing(plain: Mapping[str, Any], pace: Fraction) -> Standing:
    unit = Unit(
        plain["code"], plain["name"], plain["full_name"], plain["group"], target=plain["target"]
    )  # fmt: skip
    return Standing(unit.target, Tally(**plain["tally"]), pace, unit, plain["rank"], plain["band"])


def figures_object(figures: MonthFigures, issue_number: int, plan: Plan, revision: int) -> dict[str, Any]:
    """``figures.json`` but for its seal; rates to the last bit of a float, None without a target.

    :param issue_number: of the bulletin within the year, from 1.
    :param plan: says whose figures they are.
    :param revision: of the bulletin, from 1.
    """
    return {
        "month": f"{figures.year}-{figures.month:02d}",
        "as_of": figures.as_of.isoformat(),
        "issue_number": issue_number,
        "pace": float(figures.pace),
        "county": progress_object(figures.county),
        "units": list(map(unit_object, figures.units)),
        "unattributed": _tally_object(figures.unattributed),
        "place": {"code": plan.code, "name": plan.county},
        "month_end": figures.yardstick.month_end,
        "definitions": DEFINITIONS,
        "revision": revision,
    }


def unit_object(standing: Standing) -> dict[str, Any]:
    """A unit's line in ``figures.json``."""
    unit = standing.unit
    return {
        "code": unit.code, "name": unit.name, "group": unit.group, **progress_object(standing), "rank": standing.rank,
        "band": standing.band,
    }  # fmt: skip


def progress_object(progress: Progress) -> dict[str, Any]:
    """The nine figures that everybody has."""
    rates = {"completion_rate": progress.completion_rate, "lead": progress.lead}
    return {"target": progress.target, **_tally_object(progress.tally)} | {
        name: None if rate is None else float(rate) for name, rate in rates.items()
    }


def _tally_object(tally: Tally) -> dict[str, int]:
    return {name: getattr(tally, name) for name in NAMES}
