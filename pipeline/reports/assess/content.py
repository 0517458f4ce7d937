"""All that an assessment says, and what is kept of it: ``register/bulletins/assess-2022-1/issue.json``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from pipeline.domain.assessment.course import Approved, Course
from pipeline.domain.assessment.grading import Result, share_scored
from pipeline.domain.assessment.rules import Assessment
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
    report: Mapping[str, Any] = field(default_factory=dict)
    """What the report says, by its template's names; nothing in what was kept before there was one."""
    evidence: Sequence[Sequence[str]] = ()
    """Rows of the list of evidence (佐证目录)."""
    forms: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)
    """Of a draft: rows of the sheets that are filled in (自评表, 考核实绩表)."""

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
            "report": self.report,
            "evidence": self.evidence,
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
            plain.get("report", {}),
            plain.get("evidence", ()),
        )


def assess_object(year: Year, rules: Assessment, results: Sequence[Result], course: Course) -> dict[str, Any]:
    """``assess.json``: points with two decimals, other numbers exact; None for what is not scored.

    ``scored`` is the share of its weights that a unit was scored for.
    """
    told: dict[str, Any] = {
        "year": year.year,
        "preset": rules.preset,
        "units": [
            {
                "code": each.unit.code, "name": each.unit.name, "group": each.unit.group,
                "total": _number(each.total), "grade": each.grade, "rank": each.rank,
                "scored": _number(share_scored(each, rules.items)), "items": list(map(_item, each.scores)),
            }
            | ({"veto": each.veto} if each.veto else {})
            for each in results
        ],
    }  # fmt: skip
    return told | ({"process": _process(course)} if course.is_begun else {})


def approved_object(approved: Approved) -> dict[str, str]:
    """Who has approved the results, when and why."""
    return {"on": str(approved.day), "by": approved.who, "reason": approved.reason}


def _process(course: Course) -> dict[str, Any]:
    """What was done; people but who approved are named in the journal only."""
    fed_back, approved = course.fed_back, course.approved
    return {
        "state": course.state,
        "settled": [{"on": str(each.day), "sha256": each.digest, "reason": each.reason} for each in course.settled],
        "self_scores": {
            unit: {item: float(each.score) for item, each in scores.items()}
            for unit, scores in (course.selves or {}).items()
        },
        "fed_back": {
            "on": str(fed_back.day), "objections_until": str(fed_back.last),
            "conclusions_until": str(fed_back.conclusions_last) if fed_back.conclusions_last else None,
            "totals": {unit: None if total is None else float(total) for unit, total in fed_back.totals.items()},
        } if fed_back else None,
        "objections": [
            {
                "unit": each.unit, "on": str(each.day), "item": each.item or None, "reason": each.reason,
                "answered": str(each.answered) if each.answered else None, "answer": each.answer or None,
                "value": _number(each.value),
            }
            for each in course.objections
        ],
        "approved": approved_object(approved) if approved else None,
        "late": list(course.late),
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
