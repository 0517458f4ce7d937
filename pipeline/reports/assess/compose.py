"""What the year has left behind → its assessment; a person types what nobody can count, and approves the result."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pipeline.domain.assessment.reading import assessment_from
from pipeline.domain.assessment.rules import GRADES
from pipeline.domain.assessment.steps import folded
from pipeline.domain.assessment.values import FILE_NAME
from pipeline.domain.journal import Journal
from pipeline.domain.model import Problem
from pipeline.domain.period import Year
from pipeline.domain.records.assessment.actuals import ACTUALS
from pipeline.domain.records.assessment.self_scores import SELF_SCORES
from pipeline.domain.wording import chinese_date
from pipeline.publishing.report import Facts, Issue, no_bulletin
from pipeline.reports.assess.acts import december
from pipeline.reports.assess.content import Content, approved_object, assess_object
from pipeline.reports.assess.feedback import page_fields
from pipeline.reports.assess.paper import report_fields
from pipeline.reports.assess.sources import december_of
from pipeline.reports.assess.standing import Standing, refuse_other_scheme, standing
from pipeline.reports.assess.tables import evidence_rows, form_rows, found_in
from pipeline.reports.assess.text import groups_of, notices, sheet_fields, thin
from pipeline.reports.assess.typed import evidence_names, problems


def lacks(facts: Facts, period: Year | None) -> tuple[Problem, ...]:
    """The year's figures are those of the bulletin of December."""
    month = december_of((period or latest(facts)).year)
    return () if month.month in facts.printed else (no_bulletin([month], "年终考核"),)


def checks(facts: Facts) -> tuple[Problem, ...]:
    """What people have filled in must fit the items.

    :raises UsageFault: ``assessment.toml`` cannot be used.
    """
    if not (facts.intake.has(ACTUALS) or facts.intake.has(SELF_SCORES)):
        return ()
    units = [each.unit for each in december(facts).units]
    return problems(facts, assessment_from(facts.rules, units), units)


def latest(facts: Facts) -> Year:
    """The plan year."""
    return Year(facts.settings.plan.year)


def compose(facts: Facts, issue: Issue) -> Content:
    """All that the assessment of a year says.

    :raises UsageFault: ``assessment.toml`` cannot be used.
    """
    found, plan = standing(facts, december(facts)), facts.settings.plan
    refuse_other_scheme(found)
    rules, course, told = replace(found.rules, approved_by=found.approved_by), found.course, found.results
    placed = {group: sum(each.rank is not None for each in own) for group, own in groups_of(told).items()}
    return Content(
        issue.at.replace(microsecond=0),
        plan.office,
        issue.period,
        issue.number,
        waits_for(found),
        [*notices(rules), *filter(None, [thin(told, rules.items)]), *process_notices(found, facts)],
        sheet_fields(told, rules, course, plan, issue),
        [page_fields(each, placed[each.unit.group], rules, course, plan, issue) for each in told],
        assess_object(issue.period, rules, told, course),
        report_fields(found, facts, issue, carried_over(facts)),
        evidence_rows(facts, course, told),
        form_rows(found.units, rules) if not rules.approved_by else {},
    )


def waits_for(found: Standing) -> str:
    """What it lacks to be final, in Chinese; empty once it has been approved."""
    course, fed_back = found.course, found.course.fed_back
    if found.approved_by:
        return ""
    if not course.is_begun:
        return f"没有写审定人（{FILE_NAME} 的 approved_by）"
    if fed_back is None:
        return "还没有反馈各单位"
    if waiting := len(course.open_objections):
        return f"{waiting}件申诉还没有复核"
    return f"异议期到{chinese_date(fed_back.last_of(is_conclusion=True))}为止，还没有审定"


def process_notices(found: Standing, facts: Facts) -> Iterator[str]:
    """What the clerk should know of the steps."""
    course = found.course
    for each in course.late:
        yield f"审定以后才到：{each}。不改本年度的结果，列入下一年度。"
    for unit, scores in (course.selves or {}).items():
        missing = [
            name
            for each in scores.values()
            for name in evidence_names(each.evidence)
            if not found_in(name, facts.evidence)
        ]
        if missing:
            name = next((each.unit.name for each in found.results if each.unit.code == unit), unit)
            yield f"{name}自评写的佐证，inputs/佐证 里没有：{'、'.join(missing)}。"


def carried_over(facts: Facts) -> tuple[str, ...]:
    """What came too late for the year before."""
    before = facts.journal_before
    return folded(before.year, before.entries)[0].late if before else ()


def redone(content: Content, journal: Journal) -> str:
    """That other results have been approved since it was published."""
    approved = folded(journal.year, journal.entries)[0].approved
    if approved is None or approved_object(approved) == content.figures.get("process", {}).get("approved"):
        return ""
    return f"{chinese_date(approved.day)}又由{approved.who}审定过"


def contradicted(content: Content, rules: Mapping[str, Any]) -> str:
    """That another name stands in the file of rules than the one that approved it, where no step of the assessment did."""
    before, now = str(content.sheet["审定"]), str(rules.get("approved_by", "")).strip()
    if "process" in content.figures or now == before:
        return ""
    return f"{FILE_NAME} 的审定人（approved_by）由{before}改成了{now or '空的'}"


def closing(content: Content) -> str:
    """How many units have got which grade."""
    grades = [each["grade"] for each in content.figures["units"]]
    told = "、".join(f"{grade}{grades.count(grade)}个" for grade in GRADES if grade in grades)
    left = (
        f"，{grades.count(None)}个单位没有可以计分的项目（由专班填的实绩，填在 考核实绩表.xlsx，放进 inputs）"
        if None in grades
        else ""
    )
    return f"{len(grades)}个单位：{told or '都没有定等次'}{left}。"
