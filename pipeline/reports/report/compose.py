"""Published bulletins → a quarter's report; nothing is counted anew."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from pipeline.domain.items.book import items_on
from pipeline.domain.model import Problem
from pipeline.domain.period import Month, Quarter, months_until
from pipeline.domain.records.lists.measures import MEASURES, promises
from pipeline.domain.records.lists.policies import POLICIES
from pipeline.domain.records.notes import NOTES
from pipeline.domain.sections import Subsection
from pipeline.domain.wording import listed, rate_text
from pipeline.publishing.report import Facts, Issue, no_bulletin
from pipeline.reports.report.comparing import comparison
from pipeline.reports.report.content import Content, report_object
from pipeline.reports.report.figures import is_annual, missing, quarter_figures
from pipeline.reports.report.lists import Lists
from pipeline.reports.report.sentences import net_words
from pipeline.reports.report.text import Beside, items_totals, length, report_fields

_QUARTERS = (4, 3, 2, 1)
_ANALYSIS = "analyse"
"""The kind of report whose parts are told where one was published for the quarter's last month; this one does without it."""
_OF_ITS_OWN = frozenset({"诉求与困难", "研判和建议"})
"""Parts of it that a report has its own sections for: open items, shortcomings, next steps."""
TITLE = "工作报告"


def lacks(facts: Facts, period: Quarter | None) -> tuple[Problem, ...]:
    """A report goes by the bulletins of all its months within the plan's period, and asks for nothing."""
    if not (facts.printed or period):
        return (no_bulletin([], TITLE),)
    quarter, first = period or latest(facts), facts.settings.bulletin.first_month
    without = missing(quarter, facts.printed, first)
    if without:
        problem = no_bulletin(without, TITLE)
        if quarter.months[1].month < first:
            problem = replace(
                problem, advice=f"{problem.advice}任务从{first}月起，{quarter.words}在它以前，可以不出。"
            )
        return (problem,)
    return facts.intake.said(NOTES).requests


def latest(facts: Facts) -> Quarter:
    """The last quarter all of whose months have a bulletin; if there is none, the one of the last bulletin."""
    year, first = facts.settings.plan.year, facts.settings.bulletin.first_month
    quarters = [Quarter(year, number) for number in _QUARTERS]
    whole = next((each for each in quarters if not missing(each, facts.printed, first)), None)
    return whole or Quarter(year, (max(facts.printed) + 2) // 3)


def compose(facts: Facts, issue: Issue) -> Content:
    """All that the report of a quarter says; open items are as of the day of asking."""
    settings = facts.settings
    figures = quarter_figures(issue.period, {month: told.figures for month, told in facts.printed.items()})
    items = items_on(facts.journal, facts.today, settings.items)
    span = (settings.bulletin.first_month, settings.bulletin.last_month)
    lists = Lists(
        facts.intake.said(MEASURES), facts.intake.said(POLICIES), facts.today, settings.plan.year, span
    )
    before = comparison(issue.period, figures.last.yardstick.month_end, facts.kept)
    analysis, overtaken_by = analysis_told(facts, issue.period.months[1])
    beside = Beside(facts.intake.said(NOTES).report, lists, items, facts.today, before, _parts(analysis))
    paper = report_fields(figures, beside, settings, issue)
    base = settings.bulletin.base_count or None
    found = items_totals(beside, settings)
    return Content(
        issue.at.replace(microsecond=0),
        settings.report.issuer,
        issue.period,
        issue.number,
        settings.report.max_chars,
        paper,
        report_object(figures, beside, found, base, length(paper))
        | {"analysis": analysis["figures"] if analysis else None}
        | ({"analysis_left_out": overtaken_by} if overtaken_by else {}),
    )


def analysis_told(facts: Facts, month: Month) -> tuple[Mapping[str, Any] | None, str]:
    """The published analysis of a month; None, and why, where a bulletin that it goes by was corrected since: they would differ."""
    key = (_ANALYSIS, month.name)
    if since := facts.overtaken.get(key):
        whose = "、".join(each.words for each in since)
        return None, f"{whose}的简报更正过，运行监测分析还是更正以前的"
    return facts.kept.get(key), ""


def _parts(analysis: Mapping[str, Any] | None) -> tuple[Subsection, ...]:
    """The parts of a published analysis (运行监测分析), word by word, but for :data:`_OF_ITS_OWN`."""
    told = analysis["fields"]["各节"] if analysis else ()
    return tuple(
        Subsection(each["标题"], tuple(each["各段"])) for each in told if each["标题"] not in _OF_ITS_OWN
    )


def waits_for(content: Content) -> str:
    """Who has still to sign it."""
    return "" if content.paper["签发人"] else "没有写明签发人（pipeline.toml 的 [report] signer）"


def notices(content: Content) -> tuple[str, ...]:
    """That it is too long, what nobody has reported, and why it is without the analysis."""
    found = []
    if why := content.figures.get("analysis_left_out"):
        found.append(f"报告里没有写运行情况分析：{why}。请先更正运行监测分析，再出报告。")
    if content.figures["characters"] > content.limit:
        found.append(
            f"报告正文{content.figures['characters']}字，超过{content.limit}字（[report] max_chars）。请压缩素材里的文字。"
        )
    unreported = [each["indicator"] for each in content.figures["measures"] if each["actual"] is None]
    if unreported:
        found.append(f"清单素材里有{len(unreported)}项没有报送，报告里写“未报”：{'、'.join(unreported)}。")
    return tuple(found)


def closing(content: Content) -> str:
    """The quarter's gain, and the year's."""
    figures = content.figures
    county, annual = figures["county"], figures.get("annual")
    year, late = county["year"], (annual or county)["late"]
    share = f"，完成率{rate_text(Fraction(year['net'], year['target']))}" if year["target"] else ""
    also = f"，补录核减{late:+d}户" if late else ""
    own = f"全年各月合计{net_words(annual['net'])}" if annual else f"本季{net_words(county['net'])}"
    return f"{own}{also}，累计{net_words(year['net'])}{share}，正文{figures['characters']}字。"


def goes_by(quarter: Quarter) -> tuple[Month, ...]:
    """Its own months and those of the quarter that it is held against; as the year's report all."""
    return months_until(quarter, 9 if is_annual(quarter) else 3)


def wants(facts: Facts, _: Quarter) -> tuple[str, ...]:
    """The plan's measures, or what nobody has reported of them."""
    measures = promises(facts.intake.said(MEASURES))
    if not measures:
        return (
            "没有清单素材：报告里没有量化任务、政策兑现和五清单。请照 examples/2022/inputs/清单素材.xlsx 的样子填一份，放进 inputs。",
        )
    lead = listed(
        list(dict.fromkeys(each.units[0] for each in measures if each.actual is None and each.units))
    )
    number = sum(each.actual is None for each in measures)
    return (
        (
            f"清单素材里{number}项没有报完成数（牵头的有{lead}）。请催报，填在 inputs 里的 {facts.intake.places(MEASURES)}。",
        )
        if number
        else ()
    )
