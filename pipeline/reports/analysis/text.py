"""A month's analysis → what its paper says, by its template's names."""

from pipeline.domain.analysis.month import MonthAnalysis
from pipeline.domain.documents import Template
from pipeline.domain.place import businesses, whole
from pipeline.domain.wording import chinese_date, ordinal
from pipeline.publishing.report import Issue
from pipeline.reports.analysis.annexes import ANNEXES, annexes, left_out
from pipeline.reports.analysis.beside import Beside
from pipeline.reports.analysis.sentences.difficulties import difficulties_words
from pipeline.reports.analysis.sentences.findings import findings, findings_words
from pipeline.reports.analysis.sentences.lively import lively, nurtured
from pipeline.reports.analysis.sentences.notes import note
from pipeline.reports.analysis.sentences.parts import make_up, places_words
from pipeline.reports.analysis.sentences.stock import compared, overall
from pipeline.settings import Settings

_FIELDS = (
    "县", "主体", "月份", "截至日期", "编制单位", "编发日期", "期号", "总期号", "更正说明", "各节", "有存活图", "有行业图", "注",
    "季度版", *ANNEXES, "节", "段", "行",
)  # fmt: skip
PAPER = Template("analysis.docx", _FIELDS, optional=_FIELDS)
"""The template; 节 is one of 各节, 段 one of its paragraphs, 行 a row of an annex."""


def paper_fields(found: MonthAnalysis, beside: Beside, settings: Settings, issue: Issue) -> dict[str, object]:
    """All that the paper says but for which charts there are; a section that has nothing to say is left out."""
    county = settings.plan.county
    return {
        "县": county,
        "主体": businesses(settings.plan.year),
        "月份": issue.period.words,
        "截至日期": chinese_date(found.figures.as_of),
        "编制单位": settings.plan.office,
        "编发日期": chinese_date(issue.at.date()),
        "期号": issue.number.number,
        "总期号": issue.number.overall,
        "更正说明": issue.reason,
        "各节": _sections(found, beside, settings),
        "注": note(found, beside, settings.analysis) + left_out(found, beside, settings.analysis),
        "季度版": beside.is_quarterly,
    } | annexes(found, beside, settings.analysis)


def _sections(found: MonthAnalysis, beside: Beside, settings: Settings) -> list[dict[str, object]]:
    rules = settings.analysis
    told = {
        "总量": [
            "".join(overall(found, whole(settings.plan.county)))
            + compared(found, beside.year_ago, rules.cohort_min)
        ],
        "结构": [make_up(found, rules)],
        "区域": [places_words(found)],
        "活力": ["".join(lively(found, rules))],
        "培育成效": [nurtured(found, rules)],
        "诉求与困难": ["".join(difficulties_words(beside.difficulties))],
        "研判和建议": [findings_words(findings(found, beside, rules))],
    }
    kept = [(heading, [*filter(None, paragraphs)]) for heading, paragraphs in told.items() if any(paragraphs)]
    return [
        {"序号": ordinal(number), "标题": heading, "各段": paragraphs}
        for number, (heading, paragraphs) in enumerate(kept, 1)
    ]
