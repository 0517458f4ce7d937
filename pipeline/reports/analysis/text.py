"""A month's analysis → what its paper says, by its template's names."""

from pipeline.domain.analysis.month import MonthAnalysis
from pipeline.domain.documents import Template
from pipeline.domain.place import businesses, whole
from pipeline.domain.wording import chinese_date, ordinal
from pipeline.publishing.report import Issue
from pipeline.reports.analysis.notes import note
from pipeline.reports.analysis.words import lively, nurtured, overall, places_words, structure_words
from pipeline.settings import Settings

_FIELDS = (
    "县", "主体", "月份", "截至日期", "编制单位", "编发日期", "期号", "总期号", "更正说明", "各节", "有存活图", "有行业图", "注",
    "节", "段",
)  # fmt: skip
PAPER = Template("analysis.docx", _FIELDS, optional=_FIELDS)
"""The template; 节 is one of 各节, 段 one of its paragraphs."""


def paper_fields(
    found: MonthAnalysis, settings: Settings, issue: Issue, survival: bool, industries: bool
) -> dict[str, object]:
    """All that the paper says; a section that has nothing to say is left out.

    :param survival: whether there is a chart of who survives.
    :param industries: whether there is one of industries.
    """
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
        "各节": _sections(found, settings),
        "有存活图": survival,
        "有行业图": industries,
        "注": note(found, settings.analysis),
    }


def _sections(found: MonthAnalysis, settings: Settings) -> list[dict[str, object]]:
    rules = settings.analysis
    told = {
        "总量": [*overall(found, whole(settings.plan.county))],
        "结构": [structure_words(found, rules.industry_min_coded)],
        "区域": [places_words(found)],
        "活力": [*lively(found, rules)],
        "培育成效": [nurtured(found, rules)],
    }
    kept = [(heading, [*filter(None, paragraphs)]) for heading, paragraphs in told.items() if any(paragraphs)]
    return [
        {"序号": ordinal(number), "标题": heading, "各段": paragraphs}
        for number, (heading, paragraphs) in enumerate(kept, 1)
    ]
