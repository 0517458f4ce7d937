"""Registrations and letters → a month's bulletin."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from fractions import Fraction
from operator import itemgetter
from typing import TYPE_CHECKING

from pipeline.domain.items.book import items_on
from pipeline.domain.items.holdings import holdings
from pipeline.domain.items.standing import sentence
from pipeline.domain.letters.lifecycle import Event, first_handed_out
from pipeline.domain.period import Calendar, Month, Year
from pipeline.domain.records.notes import EXPERIENCE, NOTES, PROBLEMS
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.domain.statistics.attribution import Attribution, attribute
from pipeline.domain.statistics.counting import Counted, count
from pipeline.domain.statistics.doubts import COLUMNS, doubts, lines
from pipeline.domain.statistics.figures import MonthFigures, Yardstick
from pipeline.domain.statistics.late import LateRecords, counted_now, late_records
from pipeline.domain.statistics.measuring import month_figures
from pipeline.domain.statistics.published import Published, figures_object
from pipeline.domain.statistics.registry import compared
from pipeline.domain.statistics.suspicions import suspicions
from pipeline.domain.wording import rate_text
from pipeline.publishing.report import NO_REGISTRATIONS, Facts, Issue
from pipeline.reports.bulletin.content import Content
from pipeline.reports.bulletin.registry import registry_rows
from pipeline.reports.bulletin.text import bulletin_fields, rates_of
from pipeline.reports.bulletin.wall_chart import levels_at, wall_chart_fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.domain.letters.model import Letter, Serial
    from pipeline.domain.model import Problem
    from pipeline.intake import Intake
    from pipeline.settings import Settings


BULLETIN_KIND = "bulletin"
"""What it is called among the publications."""


def lacks(facts: Facts, _: Month | None) -> tuple[Problem, ...]:
    """Without a registration there is nothing to tell of any month."""
    return () if facts.intake.said(REGISTRATIONS) else (NO_REGISTRATIONS,)


def latest(facts: Facts) -> Month:
    """The latest month of the plan year that has a registration; January where none has."""
    year, calendar = facts.settings.plan.year, Calendar(facts.settings.plan.month_end)
    first, last = calendar.first(Year(year)), min(calendar.last(Year(year)), facts.today)
    days = [
        day
        for each in facts.intake.said(REGISTRATIONS)
        for day in (each.established, each.cancelled)
        if day and first <= day <= last
    ]
    return calendar.month(max(days)) if days else Month(year, 1)


def wants(facts: Facts, period: Month) -> tuple[str, ...]:
    """The registrations of a month that was printed with none; the clerk's own words."""
    found: list[str] = []
    printed = facts.printed.get(period.month)
    if printed:
        found += _without_any(period, printed.figures)
    notes = facts.intake.said(NOTES)
    lacking = [
        name for name in (EXPERIENCE, *facts.settings.bulletin.campaigns, PROBLEMS) if not notes.of(name)
    ]
    if lacking:
        told, there = "、".join(lacking), facts.intake.places(NOTES)
        found.append(
            f"简报素材里没有写：{told}。请补在 inputs 里的 {there}；印发过的，更正一次才会写进去。"
            if there
            else f"没有简报素材，没有写：{told}。请照 examples/2022/inputs/简报素材.xlsx 的样子填一份，放进 inputs；"
            "印发过的，更正一次才会写进去。"
        )
    return tuple(found)


def notices(content: Content) -> tuple[str, ...]:
    """That it was printed without a single registration of its month."""
    return _without_any(content.period, content.published.figures)


def _without_any(period: Month, figures: MonthFigures) -> tuple[str, ...]:
    tally = figures.county.tally
    if tally.new_month or tally.cancelled_month:
        return ()
    return (
        f"{period.words}一户新登记、注销也没有，多半是没有放登记机关这个月的导出。请放进 inputs，更正这一期简报。",
    )


def compose(facts: Facts, issue: Issue) -> Content:
    """All that the bulletin of a month says."""
    settings, intake, month = facts.settings, facts.intake, issue.period
    yardstick = yardstick_of(settings)
    as_of = yardstick.calendar.last(month)
    businesses = intake.said(REGISTRATIONS)
    attributions = attribute(businesses, issue.letters, intake.units, as_of)
    counted = count(attributions, as_of, yardstick.calendar)
    earlier = {number: told for number, told in facts.printed.items() if number < month.month}
    late = _late(counted, earlier, issue.secret)
    figures = month_figures(counted, intake.units, as_of, yardstick, late)
    previous = earlier[month.month - 1].figures if month.month - 1 in earlier else None
    notes = intake.said(NOTES)
    registry = compared(businesses, counted, figures, settings.bulletin.base_count or None)
    found = doubtful(intake, attributions, issue.letters, issue.events, figures, settings)
    items = items_on(facts.journal, facts.today, settings.items)
    account = sentence(items, facts.today, settings.items.due_soon)
    return Content(
        issue.at.replace(microsecond=0),
        issue.reason,
        settings.plan.office,
        bulletin_fields(
            figures, previous, notes, registry, account, settings, issue, corrected_since(facts, month)
        ),
        wall_chart_fields(
            figures, settings, levels_at(facts.journal, month.month), holdings(items, facts.today), account
        ),
        rates_of(figures),
        Published(figures, counted_now(counted, issue.secret)),
        figures_object(figures, issue.number.number, settings.plan, issue.revision),
        _counted_rows(counted, figures),
        COLUMNS,
        lines(found, attributions, intake.units),
        registry_rows(registry, notes.announced),
    )


def corrected_since(facts: Facts, month: Month) -> tuple[int, ...]:
    """Months before one that were corrected (更正) after the last of them was published, 1 to 12."""
    kept = {
        number: facts.kept.get((BULLETIN_KIND, Month(month.year, number).name))
        for number in sorted(facts.printed)
        if number < month.month
    }
    at = {number: datetime.fromisoformat(each["published_at"]) for number, each in kept.items() if each}
    since = at.get(max(kept, default=0))
    return tuple(
        number for number, each in kept.items() if each and each["reason"] and since and at[number] > since
    )


def doubtful(
    intake: Intake, attributions: Sequence[Attribution], letters: Mapping[Serial, Letter], events: Sequence[Event],
    figures: MonthFigures, settings: Settings,
) -> list[Problem]:  # fmt: skip
    """What 疑点清单 tells: findings in rows of the exports, what is doubtful in the attribution, what is suspicious.

    :param attributions: as of :func:`~pipeline.domain.statistics.attribution.attribute`, with the figures' day.
    :param events: of the letters, in order.
    """
    valid_days = settings.bulletin.letter_days or None
    return [
        *(each for each in (*intake.problems, *intake.notices) if intake.is_of(each, REGISTRATIONS)),
        *doubts(
            attributions,
            letters,
            figures.as_of,
            valid_days,
            first_handed_out(events),
            figures.yardstick.calendar,
        ),
        *suspicions(attributions, intake.said(REGISTRATIONS).companies, figures, settings.doubts),
    ]


def yardstick_of(settings: Settings) -> Yardstick:
    """What progress is measured against, as the plan has it."""
    chosen = settings.bulletin
    threshold = Fraction(chosen.threshold_points, 100)
    return Yardstick(chosen.first_month, chosen.last_month, threshold, settings.plan.month_end)


def _late(counted: Sequence[Counted], earlier: Mapping[int, Published], secret: bytes) -> LateRecords | None:
    if not earlier:
        return None
    last = earlier[max(earlier)]
    return late_records(counted, last.figures.as_of, last.counted, secret)


def _counted_rows(counted: Sequence[Counted], figures: MonthFigures) -> list[list[str]]:
    """What counts, unit by unit and by day; neither persons nor phones."""
    places = {each.unit.code: (place, each.unit.name) for place, each in enumerate(figures.units)}
    nobody = (len(places), "未归属")
    rows: defaultdict[tuple[int, str], list[list[str]]] = defaultdict(list)
    days = {day: day.isoformat() for day in {each.day for each in counted}}
    for kind, day, unit, by, business, _ in counted:
        own = places.get(unit or "", nobody)
        source = str(business.sources[-1])
        rows[own].append(
            [own[1], kind, days[day], business.uscc, business.regno, business.name, by or "", source]
        )
    return [row for own in sorted(rows) for row in sorted(rows[own], key=itemgetter(2))]


def closing(content: Content) -> str:
    """The county's gain, and how many doubts there are."""
    county = content.published.figures.county
    rate = "" if county.completion_rate is None else f"，完成率{rate_text(county.completion_rate)}"
    return (
        f"累计净增{county.tally.net}户{rate}。疑点{len(content.doubts)}条，见 疑点清单.xlsx（内部核对用）。"
    )
