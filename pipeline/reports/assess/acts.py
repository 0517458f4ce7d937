"""The steps of an assessment as they are entered in the journal, and what each says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import cast

from pipeline.domain.assessment import kept
from pipeline.domain.assessment.course import (
    ANSWER,
    APPROVE,
    FEED_BACK,
    LATE,
    OBJECT,
    SELF,
    SETTLE,
    Course,
    SelfScore,
)
from pipeline.domain.assessment.rules import CONCLUSION_DAYS, Assessment
from pipeline.domain.assessment.scoring import number_text, points_text
from pipeline.domain.assessment.steps import Steps
from pipeline.domain.journal import Act, Entry, Journal
from pipeline.domain.model import Unit
from pipeline.domain.records.assessment.self_scores import SELF_SCORES, SelfLine
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.wording import near
from pipeline.domain.workdays import working_day_after
from pipeline.errors import UsageFault
from pipeline.publishing.report import Facts
from pipeline.reports.assess.sources import december_of
from pipeline.reports.assess.standing import digest_of, refuse_other_scheme, standing
from pipeline.reports.assess.typed import is_typeable

NEEDS_DECEMBER = (FEED_BACK, APPROVE)
"""Acts that go by the year's figures."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A step that is to be taken, as typed."""

    act: str
    """One of :data:`~pipeline.domain.assessment.course.TITLES`."""
    by: str = ""
    """Who does it."""
    reason: str = ""
    """Why."""
    unit: Unit | None = None
    """Whom it concerns; None for all."""
    item: str = ""
    """考核项目; empty for all of them."""
    value: str = ""
    """The figure that is to count; empty where all is kept."""


def acts_of(wish: Wish, facts: Facts, rules: Assessment, journal: Journal) -> Sequence[Act]:
    """What is entered for a step; nothing where all is as it is wanted already.

    :param rules: what ``assessment.toml`` says.
    :raises UsageFault: there is no such item, or its figure cannot be typed in.
    :raises RegisterFault: the step is not allowed.
    """
    steps, day, unit = Steps(journal), facts.today, wish.unit.code if wish.unit else ""
    names = [each.name for each in rules.items]
    if wish.item and wish.item not in names:
        known = f"可写的有：{'、'.join(names)}。"
        raise UsageFault(f"考核方案里没有“{wish.item}”这一项{near(wish.item, names)}{known}")
    if wish.act == SETTLE:
        _settle(steps, wish, rules, day)
    elif wish.act == OBJECT:
        steps.do(OBJECT, day, wish.by, {"item": wish.item, "reason": wish.reason}, unit)
    elif wish.act == ANSWER:
        told = {"item": wish.item, "reason": wish.reason, "value": _figure(wish, rules, steps.course)}
        steps.do(ANSWER, day, wish.by, told, unit)
    else:
        _by_results(steps, wish, facts, journal)
    return steps.acts


def enters(facts: Facts, journal: Journal) -> Sequence[Act]:
    """Self-scores that have come in, all or none; after the approval, what came too late for this year.

    :raises RegisterFault: the units have been fed back already, or the scheme is not the one that was settled.
    """
    steps = Steps(journal)
    if not (steps.course.is_begun or facts.intake.has(SELF_SCORES)):
        return ()
    found = standing(facts, december(facts), journal)
    if steps.course.approved:  # what was published is made again whatever the file says by now
        changed = kept.changes(found.results, found.now) if found.is_settled else ()
        if new := [each for each in changed if each not in steps.course.late]:
            steps.do(LATE, facts.today, "", {"facts": new})
    else:
        refuse_other_scheme(found)
        _enter_self_scores(steps, facts)
    return steps.acts


def told(acts: Sequence[Entry]) -> str:
    """What the clerk hears of what has been entered: whose self-scores, what goes to the next year."""
    units = sum(each.act == SELF for each in acts)
    late = [
        str(text) for each in acts if each.act == LATE for text in cast("list[str]", each.details["facts"])
    ]
    return (f"登记{units}个单位的自评。" if units else "") + (
        f"审定以后才到的情况，不改本年度的结果，列入下一年度：{'；'.join(late)}。" if late else ""
    )


def december(facts: Facts) -> MonthFigures:
    """The month whose frozen figures are the year's."""
    return facts.printed[december_of(facts.settings.plan.year).month].figures


def _settle(steps: Steps, wish: Wish, rules: Assessment, day: date) -> None:
    scheme, settled = rules.scheme, steps.course.settled
    digest = digest_of(scheme)
    if not settled or settled[-1].digest != digest:
        steps.do(SETTLE, day, wish.by, {"reason": wish.reason, "scheme": scheme, "digest": digest})


def _figure(wish: Wish, rules: Assessment, course: Course) -> str:
    """The figure that a review has found, as it is kept."""
    if not wish.value:
        return ""
    objection = course.open_of(wish.unit.code) if wish.unit else None
    name = wish.item or (objection.item if objection else "")
    item = next((each for each in rules.items if each.name == name), None)
    if item and not is_typeable(item):
        raise UsageFault(
            f"“{name}”由程序统计，不能直接改数。请先更正简报、台账等的数，复核只写维持或者更正的情况。"
        )
    try:
        value = Fraction(wish.value.rstrip("%％"))
    except (ValueError, ZeroDivisionError):
        value = Fraction(-1)
    if value < 0:
        raise UsageFault(f"改按的数写成了“{wish.value}”：应是数字，0 或正数，如 95。")
    return str(value)


def _by_results(steps: Steps, wish: Wish, facts: Facts, journal: Journal) -> None:
    """Steps by which results go out: they are those of the scheme that was settled."""
    if wish.act == FEED_BACK:
        _enter_self_scores(steps, facts)
    found = standing(facts, december(facts), journal)
    refuse_other_scheme(found)
    if wish.act == APPROVE:
        reason = wish.reason if found.course.approved else ""
        told: Mapping[str, object] = {"reason": reason, "results": kept.to_plain(found.now)}
        steps.do(APPROVE, facts.today, wish.by, told)
        return
    rules, day = found.rules, facts.today
    goes_by_conclusions = any(each.is_conclusion for each in rules.items)
    told = {
        "last": working_day_after(day, rules.appeal_days).isoformat(),
        "conclusions_last": (day + timedelta(days=CONCLUSION_DAYS)).isoformat()
        if goes_by_conclusions
        else "",
        "totals": {
            each.unit.code: None if each.total is None else points_text(each.total) for each in found.now
        },
    }
    steps.do(FEED_BACK, day, wish.by, told)


def _enter_self_scores(steps: Steps, facts: Facts) -> None:
    """What each unit gives itself, where that is not what was entered of it last."""
    told: dict[str, list[SelfLine]] = {}
    for line in facts.intake.said(SELF_SCORES):
        told.setdefault(line.unit, []).append(line)
    for unit, lines in told.items():
        scores = {each.item: [number_text(each.score), each.remark, each.evidence] for each in lines}
        if (steps.course.selves or {}).get(unit) != {item: SelfScore(*said) for item, said in scores.items()}:
            steps.do(SELF, facts.today, "", {"scores": scores}, unit)
