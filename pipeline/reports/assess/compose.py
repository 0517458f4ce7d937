"""What the year has left behind → its assessment; a person types what nobody can count, and approves the result."""

from pipeline.domain.assessment.grading import results
from pipeline.domain.assessment.reading import FILE_NAME, assessment_from
from pipeline.domain.assessment.rules import GRADES
from pipeline.domain.model import Problem
from pipeline.domain.period import Year
from pipeline.publishing.report import Facts, Issue, no_bulletin
from pipeline.reports.assess.content import Content, assess_object
from pipeline.reports.assess.feedback import page_fields
from pipeline.reports.assess.sources import december_of, year_facts
from pipeline.reports.assess.text import groups_of, notices, sheet_fields


def lacks(facts: Facts, period: Year | None) -> tuple[Problem, ...]:
    """The year's figures are those of the bulletin of December."""
    month = december_of((period or latest(facts)).year)
    return () if month.month in facts.printed else (no_bulletin(month.words, "年终考核"),)


def latest(facts: Facts) -> Year:
    """The plan year."""
    return Year(facts.settings.plan.year)


def compose(facts: Facts, issue: Issue) -> Content:
    """All that the assessment of a year says.

    :raises UsageFault: ``assessment.toml`` cannot be used.
    """
    december = facts.printed[december_of(issue.period.year).month].figures
    units, plan = [each.unit for each in december.units], facts.settings.plan
    rules = assessment_from(facts.rules, units)
    found = results(units, rules, year_facts(facts, december))
    placed = {group: sum(each.rank is not None for each in own) for group, own in groups_of(found).items()}
    return Content(
        issue.at.replace(microsecond=0),
        plan.office,
        issue.period,
        issue.number,
        "" if rules.approved_by else f"没有写审定人（{FILE_NAME} 的 approved_by）",
        notices(rules),
        sheet_fields(found, rules, plan, issue),
        [page_fields(each, placed[each.unit.group], rules, plan, issue) for each in found],
        assess_object(issue.period, rules.preset, found),
    )


def closing(content: Content) -> str:
    """How many units have got which grade."""
    grades = [each["grade"] for each in content.figures["units"]]
    told = "、".join(f"{grade}{grades.count(grade)}个" for grade in GRADES if grade in grades)
    left = (
        f"，{grades.count(None)}个单位没有可以计分的项目（由专班填的实绩写在 {FILE_NAME} 的 [values] 里）"
        if None in grades
        else ""
    )
    return f"{len(grades)}个单位：{told or '都没有定等次'}{left}。"
