"""What is known of each unit's year; nothing is counted anew.

The bulletin of December, open items, papers of supervision, the plan's measures, the analysis of December.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from pipeline.domain.assessment.rules import (
    COMPLETION,
    INTERVIEWS,
    MEASURES,
    ON_TIME,
    QUALITY,
    REMINDERS,
    RETURNS,
    SUPERVISIONS,
    SURVIVAL,
)
from pipeline.domain.assessment.scoring import Fact
from pipeline.domain.items.book import items_on
from pipeline.domain.items.item import Item, State
from pipeline.domain.items.standing import fallen_due, is_on_time
from pipeline.domain.model import Unit
from pipeline.domain.period import Month
from pipeline.domain.records.lists import measures as lists
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.supervision.ladder import INTERVIEW, REMIND, SUPERVISE
from pipeline.domain.supervision.papers import Paper, papers
from pipeline.publishing.report import Facts

_PAPERS = {REMINDERS: REMIND, SUPERVISIONS: SUPERVISE, INTERVIEWS: INTERVIEW}
"""Source → the level of its papers."""
_SURVIVED_MONTHS = 6
_NEW = "新增"
"""What the bulletin calls a business that was registered in the year."""


def year_facts(facts: Facts, december: MonthFigures) -> dict[str, Mapping[str, Fact]]:
    """Source → code of a unit → its figure, as of the end of the year or, before it, of the day of asking."""
    units, month = [each.unit for each in december.units], december.period.name
    day = min(facts.today, december.as_of)
    issued = [each for each in papers(facts.journal) if not each.withdrawn]
    return {
        COMPLETION: completion(december),
        **_of_items(units, items_on(facts.journal, day, facts.settings.items), day),
        **{source: _of_papers(units, issued, level) for source, level in _PAPERS.items()},
        MEASURES: measures(units, facts.intake.said(lists.MEASURES), december.as_of),
        QUALITY: quality(units, facts.kept.get(("bulletin", month), {})),
        SURVIVAL: survival(facts.kept.get(("analyse", month), {})),
    }


def completion(december: MonthFigures) -> dict[str, Fact]:
    """Net gain of the year against the target; who has none is left out."""
    return {
        each.unit.code: Fact(Fraction(each.tally.net), Fraction(each.target))
        for each in december.units
        if each.target
    }


def _of_items(units: Sequence[Unit], items: Sequence[Item], day: date) -> dict[str, Mapping[str, Fact]]:
    """Items closed in time of those whose deadline has come, and how often an application was returned."""
    due = fallen_due(items, day)
    all_due = Counter(each.about.unit for each in due)
    in_time = Counter(each.about.unit for each in due if is_on_time(each))
    returned: Counter[str] = Counter()
    for each in items:
        if each.state is not State.WITHDRAWN:
            returned[each.about.unit] += each.returns
    return {
        ON_TIME: {unit: Fact(Fraction(in_time[unit]), Fraction(count)) for unit, count in all_due.items()},
        RETURNS: {unit.code: Fact(Fraction(returned[unit.code])) for unit in units},
    }


def _of_papers(units: Sequence[Unit], issued: Sequence[Paper], level: str) -> dict[str, Fact]:
    counted = Counter(each.unit for each in issued if each.level == level)
    return {unit.code: Fact(Fraction(counted[unit.code])) for unit in units}


def quality(units: Sequence[Unit], bulletin: Mapping[str, Any]) -> dict[str, Fact]:
    """Businesses gained in the year on which the bulletin has no doubt, of all that it counted for the unit.

    :param bulletin: as it was kept; of before its doubts told the business, there is nothing to go by.
    """
    columns = bulletin.get("doubt_columns", ())
    if _CODE not in columns:
        return {}
    doubtful = {line[columns.index(_CODE)] for line in bulletin["doubts"]}
    gained: dict[str, list[str]] = {}
    for name, kind, _, code, *_ in bulletin["counted_rows"]:
        if kind == _NEW:
            gained.setdefault(name, []).append(code)
    return {
        unit.code: Fact(Fraction(sum(code not in doubtful for code in own)), Fraction(len(own)))
        for unit in units
        if (own := gained.get(unit.name))
    }


_CODE = "统一社会信用代码"


def measures(units: Sequence[Unit], told: Sequence[lists.Measure], last: date) -> dict[str, Fact]:
    """Amounts whose target was reached, of those that were reported, of the measures in which a unit leads.

    What nobody has reported (未报) says nothing of a unit, and neither does what is due later.

    :param last: the last day of the year.
    """
    codes = {unit.name: unit.code for unit in units}
    reported: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    for each in told:
        lead = codes.get(each.units[0]) if each.units else None
        rate = each.completion_rate
        if lead and rate is not None and (each.deadline is None or each.deadline <= last):
            reported[lead] += 1
            reached[lead] += rate >= 1
    return {code: Fact(Fraction(reached[code]), Fraction(count)) for code, count in reported.items()}


def survival(analysis: Mapping[str, Any]) -> dict[str, Fact]:
    """Businesses registered with a unit's letters that are there after six months, of those that have had six.

    :param analysis: as it was kept; a sample too small for a rate says nothing.
    """
    return {
        each["code"]: Fact(Fraction(each["alive"]), Fraction(each["size"]))
        for each in analysis.get("figures", {}).get("letter_survival", ())
        if each["k"] == _SURVIVED_MONTHS and each["rate"] is not None
    }


def december_of(year: int) -> Month:
    """The month whose frozen figures are the year's."""
    return Month(year, 12)
