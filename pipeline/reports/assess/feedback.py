"""What each unit is told of its own result (考核反馈单), one page: item by item, and until when it may object."""

from collections.abc import Sequence
from fractions import Fraction

from pipeline.domain.assessment.course import Course, Objection
from pipeline.domain.assessment.grading import Result, is_thin, share_scored
from pipeline.domain.assessment.rules import DEDUCT, Assessment
from pipeline.domain.assessment.scoring import Score, number_text, points_text
from pipeline.domain.documents import Template
from pipeline.domain.place import noun
from pipeline.domain.statistics.cells import NONE
from pipeline.domain.wording import chinese_date, rate_text
from pipeline.domain.workdays import working_day_after
from pipeline.publishing.report import Issue
from pipeline.reports.assess.text import DRAFT, score_cell, veto_words
from pipeline.settings import Plan

_FIELDS = (
    "县", "年度", "送审稿", "单位全称", "结果", "各项", "项", "异议", "编制单位", "制表日期",
)  # fmt: skip
_DEMANDED = ("单位全称", "结果")
FEEDBACK = Template(
    "feedback.docx", _FIELDS, optional=tuple(name for name in _FIELDS if name not in _DEMANDED), is_page=True
)
"""The template of a page; 项 is one of 各项."""


def page_fields(
    result: Result, of_group: int, rules: Assessment, course: Course, plan: Plan, issue: Issue
) -> dict[str, object]:
    """All that a unit's page says.

    :param of_group: how many units of its group have a place.
    """
    return {
        "县": plan.county,
        "年度": issue.period.words,
        "送审稿": "" if rules.approved_by else DRAFT,
        "单位全称": result.unit.full_name,
        "结果": _outcome(result, of_group) + _by_little(result, rules) + _own(course, result, rules),
        "各项": _rows(result.scores),
        "异议": answer_words(course, result.unit.code) + _appeal(rules, course, issue),
        "编制单位": plan.office,
        "制表日期": chinese_date(issue.at.date()),
    }


def _outcome(result: Result, of_group: int) -> str:
    if result.total is None:
        return "没有可以计分的项目，不计总分，不定等次。"
    veto = f"（{veto_words(result)}）" if result.veto else ""
    return (
        f"总分{score_cell(result.total)}分，在{of_group}个{noun(result.unit.group)}中列第{result.rank}名，"
        f"等次为{result.grade}{veto}。"
    )


def _by_little(result: Result, rules: Assessment) -> str:
    """That its place says little; empty where it was judged by at least half of its weights."""
    if not is_thin(result, rules.items):
        return ""
    return f"计分的项目只占权重的{rate_text(share_scored(result, rules.items))}，名次、等次只供参考。"


def _own(course: Course, result: Result, rules: Assessment) -> str:
    """What the unit gave itself, beside what it got for the same items."""
    own = (course.selves or {}).get(result.unit.code)
    if not own:
        return ""
    weights = {each.name: each.weight for each in rules.items}
    got = sum(
        (
            each.score * weights[each.name] / each.weight if each.weight else each.score
            for each in result.scores
            if each.name in own and each.score is not None
        ),
        Fraction(0),
    )
    taken = {each.name for each in rules.items if each.form == DEDUCT}
    said = sum(
        (Fraction(each.score) * (-1 if name in taken else 1) for name, each in own.items()), Fraction(0)
    )
    return f"你单位自评{len(own)}项，合计{points_text(said)}分，这些项目按原权重考核得{points_text(got)}分。"


def answer_words(course: Course, unit: str) -> str:
    """What became of a unit's objections; the people are named in the journal only."""
    return "".join(
        f"你单位{chinese_date(each.day)}提出申诉（{each.item or '考核结果'}：{each.reason.rstrip('。')}），"
        + (f"{outcome_words(each)}。" if each.answered else "正在复核。")
        for each in course.objections
        if each.unit == unit
    )


def outcome_words(objection: Objection) -> str:
    """What a review has come to."""
    assert objection.answered is not None
    kept = (
        "维持" if objection.value is None else f"“{objection.item}”的实绩改按{number_text(objection.value)}计"
    )
    return f"{chinese_date(objection.answered)}复核，{kept}，理由：{objection.answer.rstrip('。')}"


def _rows(scores: Sequence[Score]) -> list[dict[str, str]]:
    return [
        {
            "项目": each.name,
            "权重": number_text(each.weight) if each.weight else NONE,
            "得分": score_cell(each.score),
            "计算": each.working,
        }
        for each in scores
    ]


def _appeal(rules: Assessment, course: Course, issue: Issue) -> str:
    if rules.approved_by:
        return f"本结果已由{rules.approved_by}审定。"
    fed_back = course.fed_back
    last = fed_back.last if fed_back else working_day_after(issue.at.date(), rules.appeal_days)
    conclusions = fed_back.conclusions_last if fed_back else None
    more = f"（对督查结论有异议的，{chinese_date(conclusions)}前）" if conclusions else ""
    return (
        f"本结果尚未审定。请逐项核对，有异议的，请于{chinese_date(last)}前{more}写明哪一项、理由和依据，附佐证材料，书面报编制单位；"
        "逾期没有提出的，视为没有异议。"
    )
