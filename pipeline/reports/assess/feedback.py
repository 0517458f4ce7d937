"""What each unit is told of its own result (考核反馈单), one page: item by item, and until when it may object."""

from collections.abc import Sequence

from pipeline.domain.assessment.grading import Result
from pipeline.domain.assessment.rules import Assessment
from pipeline.domain.assessment.scoring import Score, number_text
from pipeline.domain.documents import Template
from pipeline.domain.place import noun
from pipeline.domain.statistics.cells import NONE
from pipeline.domain.wording import chinese_date
from pipeline.domain.workdays import working_day_after
from pipeline.publishing.report import Issue
from pipeline.reports.assess.text import DRAFT, score_cell
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
    result: Result, of_group: int, rules: Assessment, plan: Plan, issue: Issue
) -> dict[str, object]:
    """All that a unit's page says.

    :param of_group: how many units of its group have a place.
    """
    return {
        "县": plan.county,
        "年度": issue.period.words,
        "送审稿": "" if rules.approved_by else DRAFT,
        "单位全称": result.unit.full_name,
        "结果": _outcome(result, of_group),
        "各项": _rows(result.scores),
        "异议": _appeal(rules, issue),
        "编制单位": plan.office,
        "制表日期": chinese_date(issue.at.date()),
    }


def _outcome(result: Result, of_group: int) -> str:
    if result.total is None:
        return "没有可以计分的项目，不计总分，不定等次。"
    return f"总分{score_cell(result.total)}分，在{of_group}个{noun(result.unit.group)}中列第{result.rank}名，等次为{result.grade}。"


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


def _appeal(rules: Assessment, issue: Issue) -> str:
    if rules.approved_by:
        return f"本结果已由{rules.approved_by}审定。"
    last = working_day_after(issue.at.date(), rules.appeal_days)
    return (
        f"本结果尚未审定。请逐项核对，有异议的，请于{chinese_date(last)}前写明哪一项、理由和依据，附佐证材料，书面报编制单位；"
        "逾期没有提出的，视为没有异议。"
    )
