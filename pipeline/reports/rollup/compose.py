"""What counties sent → the city's month; nothing is counted anew."""

from collections.abc import Mapping

from pipeline.domain.model import Problem, Source
from pipeline.domain.period import Calendar, Month
from pipeline.domain.records.notes import NOTES
from pipeline.domain.rollup.city import city_month, counties_of, not_in_roster, other_targets
from pipeline.domain.rollup.received import Received, Used, received
from pipeline.domain.rollup.reporting import (
    MISSING,
    ON_TIME,
    STATES,
    Reported,
    Rules,
    difference,
    due_day,
    reported,
)
from pipeline.domain.statistics.published import DEFINITIONS, Published
from pipeline.domain.wording import listed, rate_text
from pipeline.errors import UsageFault
from pipeline.publishing.report import Facts, Issue, other_months
from pipeline.reports.bulletin.compose import yardstick_of
from pipeline.reports.bulletin.text import rates_of
from pipeline.reports.rollup.content import Content, rollup_object
from pipeline.reports.rollup.text import chart_fields, rollup_fields
from pipeline.reports.rollup.words import reporting_row
from pipeline.settings import Rollup


def lacks(facts: Facts, period: Month | None) -> tuple[Problem, ...]:
    """Nothing is rolled up while a file cannot be believed, nor where no county has sent any.

    :raises UsageFault: no county is named in ``pipeline.toml``.
    """
    if not facts.settings.rollup.counties:
        raise UsageFault(
            'pipeline.toml 的 [rollup] counties 里没有写各县（市、区）。请写上代码和名称，如 { "01" = "东阳县" }；'
            "只有要汇总各县区数据的市才出汇总。"
        )
    published = [told.published.figures for told in facts.earlier.values()]
    calendar = Calendar(facts.settings.plan.month_end)
    mixed = other_months(
        (each for each in published if each.period != period), calendar, "县区汇总", "县区汇总"
    )
    found = _received(facts)
    month = period or (latest(facts) if found.months else None)
    sent = found.months.get(month.month, {}) if month else {}
    rules = _rules(facts)
    if mixed or found.problems or any(not difference(own, rules) for own in sent.values()):
        return (*mixed, *found.problems)
    whose = f"{month.words}的" if month else ""
    advice = (
        f"没有一个县（市、区）报来{whose}数据。请把各县简报文件夹里的 figures.json 放进 inputs，文件名不限。"
    )
    if others := sorted({each.month.year for each in facts.intake.counties} - {facts.settings.plan.year}):
        years = listed([f"{year}年" for year in others])
        advice += f"inputs 里有{years}的，不是本年度的；年度写错的，请改 pipeline.toml 的 [plan] year。"
    if sent:
        advice = f"报来的{whose}数据都和市里口径不同，没有可以相加的。请和各县（市、区）核对统计期。"
    return (Problem(Source("inputs"), None, "", "no-figures", advice),)


def _rules(facts: Facts) -> Rules:
    return Rules(facts.settings.plan.month_end, DEFINITIONS)


def latest(facts: Facts) -> Month:
    """The last month for which any county has sent its figures."""
    return Month(facts.settings.plan.year, max(_received(facts).months))


def wants(facts: Facts, period: Month) -> tuple[str, ...]:
    """Counties that have not reported for a month (催报); what they corrected or sent after a roll-up was published."""
    found = _received(facts)
    missing = [each.county.name for each in _reported(facts, found, period) if each.state == MISSING]
    chased = (
        f"{len(missing)}个县（市、区）没有报{period.words}的数：{'、'.join(missing)}。请催报，报来的 figures.json 放进 inputs。",
    )
    news = (each.advice for each in found.notices if each.code in {"county-corrected", "county-missed"})
    return (*(chased if missing else ()), *news)


def _reported(facts: Facts, found: Received, month: Month) -> tuple[Reported, ...]:
    """How every county reported for a month."""
    chosen = facts.settings.rollup
    counties, sent = counties_of(chosen, facts.intake.units), found.months.get(month.month, {})
    return reported(counties, sent, due_day(month, chosen.county_due), _rules(facts))


def compose(facts: Facts, issue: Issue) -> Content:
    """All that the roll-up of a month says."""
    settings, month = facts.settings, issue.period
    found = _received(facts, but=month)
    sent = found.months[month.month]
    told = facts.earlier.get(Month(month.year, month.month - 1)) if month.month > 1 else None
    previous = told.published.figures if told else None
    each_reported = _reported(facts, found, month)
    city = city_month(each_reported, settings.rollup.inside, month, yardstick_of(settings), previous)
    notices = (
        *found.notices,
        *not_in_roster(settings.rollup, facts.intake.units),
        *other_targets(each_reported),
    )
    return Content(
        issue.at.replace(microsecond=0),
        settings.plan.office,
        issue.number,
        rollup_fields(city, previous, facts.intake.said(NOTES), settings, issue),
        chart_fields(city, settings),
        rates_of(city.figures),
        Published(city.figures, {}),
        rollup_object(city, settings.rollup.inside, issue.number.number, settings.plan, issue.revision),
        [reporting_row(each, _host(each.county.code, settings.rollup)) for each in each_reported],
        [[each.source.file, each.advice, each.code] for each in notices],
        {code: Used(own.revision, own.sent.digest, own.sent.key or "") for code, own in sent.items()},
    )


def _received(facts: Facts, but: Month | None = None) -> Received:
    """What the city has, held against its roll-ups.

    :param but: the month that is to be published now, against which nothing is held.
    """
    used = used_in({period: told for period, told in facts.earlier.items() if period != but})
    return received(facts.intake.counties, facts.settings.plan.year, facts.settings.rollup, used)


def used_in(published: Mapping[Month, Content]) -> dict[int, Mapping[str, Used]]:
    """Month → code of a county → what the roll-up that counts went by.

    :param published: roll-ups of one plan year.
    """
    return {month.month: told.used for month, told in published.items()}


def _host(code: str, chosen: Rollup) -> str:
    """Name of the county that a development zone lies inside; empty for any other."""
    return chosen.counties.get(chosen.inside.get(code, ""), "")


def closing(content: Content) -> str:
    """The city's gain, how counties reported, and how much there is to look at."""
    county = content.published.figures.county
    rate = "" if county.completion_rate is None else f"，完成率{rate_text(county.completion_rate)}"
    by_state = {
        state: [each["county"] for each in content.figures["reporting"] if each["state"] == state]
        for state in STATES
    }
    told = "、".join(
        f"{state}{len(names)}个" + ("" if state == ON_TIME else f"（{listed(names)}）")
        for state, names in by_state.items()
        if names
    )
    return f"累计净增{county.tally.net}户{rate}。报送：{told}。核对事项{len(content.findings)}条，见 指标明细.xlsx。"
