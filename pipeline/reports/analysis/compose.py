"""A month's frozen bulletin and the exports → that month's analysis."""

from fractions import Fraction

from pipeline.domain.analysis.month import analysed
from pipeline.domain.model import Problem
from pipeline.domain.period import Month
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.domain.wording import decimal_text, rate_text
from pipeline.publishing.report import NO_REGISTRATIONS, Facts, Issue, no_bulletin
from pipeline.reports.analysis.beside import beside
from pipeline.reports.analysis.charts import charts_shown, industry_chart, survival_chart
from pipeline.reports.analysis.content import Content
from pipeline.reports.analysis.figures import analysis_object
from pipeline.reports.analysis.sentences.common import net_words
from pipeline.reports.analysis.text import paper_fields


def lacks(facts: Facts, period: Month | None) -> tuple[Problem, ...]:
    """An analysis goes by the bulletin of its month, and has nothing to look into without registrations."""
    if not (period.month in facts.printed if period else facts.printed):
        return (no_bulletin([period] if period else [], "运行监测分析"),)
    return () if facts.intake.said(REGISTRATIONS) else (NO_REGISTRATIONS,)


def latest(facts: Facts) -> Month:
    """The last month that has a bulletin."""
    return Month(facts.settings.plan.year, max(facts.printed))


def compose(facts: Facts, issue: Issue) -> Content:
    """All that the analysis of a month says."""
    settings, rules = facts.settings, facts.settings.analysis
    found = analysed(
        facts.intake.said(REGISTRATIONS),
        facts.intake.units,
        issue.letters,
        facts.printed[issue.period.month],
        settings.bulletin.base_count,
        rules.survival,
        issue.secret,
    )
    held = beside(facts, issue.period, found)
    charts = survival_chart(found, rules), industry_chart(found, rules)
    return Content(
        issue.at.replace(microsecond=0),
        settings.plan.office,
        issue.period,
        issue.number,
        paper_fields(found, held, settings, issue) | charts_shown(*charts),
        tuple(each for each in charts if each.categories),
        analysis_object(found, held, rules),
    )


def closing(content: Content) -> str:
    """The stock and the year's gain, and what the exports do not tell."""
    figures = content.figures
    stock = figures["stock"]["end"]
    told = [f"在册{stock}户" if stock is not None else "登记数据不是全部在册户，没有列在册户数"]
    told.append(f"累计{net_words(figures['net'])}")
    if figures["new"] and figures["cancelled"]:
        told.append(f"新设退出比100∶{decimal_text(Fraction(100 * figures['cancelled'], figures['new']))}")
    if not content.paper["有行业图"]:
        coded = rate_text(Fraction(figures["coded_share"] or 0))
        told.append(f"有行业代码的只占{coded}，没有列行业结构")
    if number := len(figures.get("findings", ())):
        told.append(f"研判提示{number}项")
    return f"{'，'.join(told)}。"
