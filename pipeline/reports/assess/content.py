"""All that an assessment says, and what is kept of it: ``register/bulletins/assess-2022-1/issue.json``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from pipeline.domain.assessment.grading import Result
from pipeline.domain.assessment.scoring import Score, rounded
from pipeline.domain.period import Year
from pipeline.publishing.report import IssueNumber


@dataclass(frozen=True, slots=True)
class Content:
    """An assessment on paper, as a workbook and as data."""

    at: datetime
    """When it was made."""
    office: str
    """Who makes it."""
    period: Year
    """Its year."""
    number: IssueNumber
    """Which one of the year it is."""
    waits_for: str
    """What it lacks to be final, in Chinese; empty once it has been approved."""
    notices: Sequence[str]
    """What the clerk is told of it."""
    sheet: Mapping[str, Any]
    """What the table of scores says, by its template's names."""
    pages: Sequence[Mapping[str, Any]]
    """What each unit's page says, in the order of ``figures``."""
    figures: Mapping[str, Any]
    """``assess.json``; the workbook's figures too."""

    def to_plain(self) -> dict[str, Any]:
        """As JSON values; the order of the keys is sealed with them."""
        return {
            "made_at": self.at.isoformat(timespec="seconds"),
            "office": self.office,
            "year": self.period.name,
            "number": [self.number.number, self.number.overall],
            "notices": self.notices,
            "sheet": self.sheet,
            "pages": self.pages,
            "figures": self.figures,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Content":
        """What :meth:`to_plain` made, also after it has been JSON; what is kept waits for nothing.

        :raises KeyError, TypeError, ValueError: it is not of that form; what is kept is sealed, so that does not happen.
        """
        return cls(
            datetime.fromisoformat(plain["made_at"]),
            plain["office"],
            Year.read(plain["year"]),
            IssueNumber(*plain["number"]),
            "",
            plain["notices"],
            plain["sheet"],
            plain["pages"],
            plain["figures"],
        )


def assess_object(year: Year, preset: str, results: Sequence[Result]) -> dict[str, Any]:
    """``assess.json``: points with two decimals, other numbers exact; None for what is not scored."""
    return {
        "year": year.year,
        "preset": preset,
        "units": [
            {
                "code": each.unit.code, "name": each.unit.name, "group": each.unit.group,
                "total": _number(each.total), "grade": each.grade, "rank": each.rank,
                "items": list(map(_item, each.scores)),
            }
            for each in results
        ],
    }  # fmt: skip


def _item(score: Score) -> dict[str, Any]:
    fact = score.fact
    return {
        "name": score.name, "weight": _number(score.weight), "actual": _number(fact.actual) if fact else None,
        "target": _number(fact.target) if fact else None,
        "score": None if score.score is None else _number(rounded(score.score)), "working": score.working,
    }  # fmt: skip


def _number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)
