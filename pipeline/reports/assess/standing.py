"""How a year's assessment stands: its rules, what has been done, the results that count."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pipeline.domain.assessment import kept
from pipeline.domain.assessment.course import Course
from pipeline.domain.assessment.grading import Result, results
from pipeline.domain.assessment.reading import assessment_from
from pipeline.domain.assessment.rules import Assessment
from pipeline.domain.assessment.scoring import number_text
from pipeline.domain.assessment.steps import folded
from pipeline.domain.assessment.values import FILE_NAME
from pipeline.domain.journal import Journal
from pipeline.domain.model import Unit
from pipeline.domain.records.assessment.actuals import ACTUALS
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.errors import RegisterFault, Remedy
from pipeline.publishing.report import Facts
from pipeline.reports.assess.sources import year_facts
from pipeline.reports.assess.typed import with_typed


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands."""

    rules: Assessment
    """With all that was typed in."""
    course: Course
    """What has been done."""
    now: tuple[Result, ...]
    """By the figures of now."""
    results: tuple[Result, ...]
    """That count: those that were approved, else those of now."""

    @property
    def approved_by(self) -> str:
        """Who has approved the results; where no step was taken, the name in the file of rules; empty for nobody."""
        if self.course.is_begun:
            return self.course.approved.who if self.course.approved else ""
        return self.rules.approved_by

    @property
    def units(self) -> list[Unit]:
        """In the order of the results."""
        return [each.unit for each in self.results]

    @property
    def is_settled(self) -> bool:
        """Whether the scheme is the one that was settled last."""
        settled = self.course.settled
        return bool(settled) and settled[-1].digest == digest_of(self.rules.scheme)


def digest_of(scheme: Mapping[str, Any]) -> str:
    """SHA-256 of a scheme, whatever comments and order its file has."""
    text = json.dumps(scheme, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def standing(facts: Facts, december: MonthFigures, journal: Journal | None = None) -> Standing:
    """How it stands by the figures of December and what was entered.

    :param journal: what was entered, if more than ``facts`` have.
    :raises UsageFault: ``assessment.toml`` cannot be used.
    """
    units = [each.unit for each in december.units]
    year = (journal or facts.journal).year
    course, _ = folded(year, (journal or facts.journal).entries)
    rules = assessment_from(facts.rules, units)
    rules = with_typed(rules, facts.intake.said(ACTUALS), course.changed)
    now = results(units, rules, year_facts(facts, december))
    counted = kept.from_plain(course.approved.results, units) if course.approved else now
    return Standing(rules, course, now, counted)


def refuse_other_scheme(found: Standing) -> None:
    """See that what is judged by is what was settled.

    :raises RegisterFault: it is not.
    """
    course = found.course
    if course.is_begun and not found.is_settled:
        told = "；".join(differences(course.settled[-1].scheme, found.rules.scheme))
        way = "已经审定，方案不能再改" if course.approved else "确实要改的，请重新定版"
        raise RegisterFault(
            f"{FILE_NAME} 的方案和{course.settled[-1].day}定版的不一样（{told}），没有出。请改回去；{way}。",
            Remedy.ASSESS_STEPS,
        )


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[str]:
    """In what two schemes differ: what a key of the file or of an item was and is, so that it can be put back."""
    keys = [
        _moved(key, before.get(key), after[key])
        for key in after
        if key != "items" and before.get(key) != after[key]
    ]
    old, new = ({each["name"]: each for each in scheme["items"]} for scheme in (before, after))
    gone = [
        *(f"少了“{name}”（权重{old[name]['weight']}）" for name in old if name not in new),
        *(f"多了“{name}”" for name in new if name not in old),
    ]
    moved = [
        f"“{name}”的{_moved(key, old[name][key], new[name][key])}"
        for name in old
        if name in new
        for key in old[name]
        if old[name][key] != new[name][key]
    ]
    order = ["各项的先后"] if not (gone or moved) and list(old) != list(new) else []
    return [*keys, *gone, *moved, *order]


def _moved(key: str, before: Any, after: Any) -> str:
    return f"{key} 原为{_shown(before)}，现为{_shown(after)}"


def _shown(value: Any) -> str:
    """As it may be typed in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    try:
        return number_text(Fraction(value))
    except (TypeError, ValueError):
        return "空" if value is None else str(value)
