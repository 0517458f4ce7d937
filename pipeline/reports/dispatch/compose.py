"""Published bulletins → a month's dispatch sheet; nothing is counted anew."""

from collections.abc import Iterator

from pipeline.domain.items.book import items_on
from pipeline.domain.items.holdings import holdings
from pipeline.domain.items.standing import sentence, totals
from pipeline.domain.model import Problem
from pipeline.domain.period import Month
from pipeline.domain.place import whole
from pipeline.domain.records.dispatch.returned import RETURNED
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.publishing.report import Facts, Issue, no_bulletin
from pipeline.reports.dispatch.agreed import agreed_rows
from pipeline.reports.dispatch.content import Content, dispatch_object
from pipeline.reports.dispatch.figures import prospects
from pipeline.reports.dispatch.text import Meeting, sheet_fields
from pipeline.reports.dispatch.written import written_of


def lacks(facts: Facts, period: Month | None) -> tuple[Problem, ...]:
    """A sheet goes by the bulletin of its month."""
    if period.month in facts.printed if period else facts.printed:
        return ()
    return (no_bulletin([period] if period else [], "调度表"),)


def latest(facts: Facts) -> Month:
    """The last month that has a bulletin."""
    return Month(facts.settings.plan.year, max(facts.printed))


def compose(facts: Facts, issue: Issue) -> Content:
    """All that the sheet of a month says."""
    found = prospects(list(_until(facts, issue.period)))
    meeting = _meeting(facts, issue.period)
    return Content(
        issue.at.replace(microsecond=0),
        facts.today,
        facts.settings.plan.office,
        issue.period,
        issue.number,
        sheet_fields(found, meeting, facts.settings, issue),
        [[each.unit.code, each.unit.name] for each, _ in found.units],
        dispatch_object(found, meeting, facts.today),
    )


def _until(facts: Facts, month: Month) -> Iterator[MonthFigures]:
    """The year's published figures up to a month."""
    return (told.figures for number, told in sorted(facts.printed.items()) if number <= month.month)


def _before(facts: Facts, month: Month) -> Content | None:
    """The last sheet before a month's."""
    earlier = [each for each in facts.earlier.values() if each.period.name < month.name]
    return max(earlier, key=lambda each: each.period.name, default=None)


def wants(facts: Facts, period: Month) -> tuple[str, ...]:
    """Units that have not sent back the sheet before."""
    before = _before(facts, period)
    if before is None:
        return ()
    back = {each.unit.name for each in written_of(facts.intake.said(RETURNED), before.period)}
    lacking = [f"{code} {name}" for code, name in before.units if name not in back]
    if not lacking:
        return ()
    who = "都没有填回" if len(lacking) == len(before.units) else f"没有填回：{'、'.join(lacking)}"
    return (
        f"{before.period.words}的调度表，{len(lacking)}个单位{who}。请催收（没有堵点的除外），填好的放进 inputs。",
    )


def _meeting(facts: Facts, month: Month) -> Meeting:
    """What is before the meeting; matters and open items are as of the day of asking."""
    before = _before(facts, month)
    rules, day = facts.settings.items, facts.today
    items = items_on(facts.journal, day, rules)
    return Meeting(
        before.period if before else None,
        written_of(facts.intake.said(RETURNED), before.period if before else None),
        agreed_rows(items, before.number.number if before else None, day, rules.serial),
        holdings(items, day),
        totals(items, day, rules.due_soon),
        sentence(items, day, rules.due_soon),
    )


def closing(content: Content) -> str:
    """How the county stands, and who will find it hard."""
    county, units = content.figures["county"], content.figures["units"]
    hard = sum(each["hard"] is True for each in units)
    gap = f"还差{county['gap']}户" if county["gap"] > 0 else "年度任务已经完成"
    return f"{whole(content.sheet['县'])}{gap}" + (
        f"，后续月均需净增达到近期两倍以上的单位{hard}个。" if hard else "。"
    )
