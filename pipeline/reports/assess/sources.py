"""What is known of each unit's year; nothing is counted anew.

The bulletin of December, open items, papers of supervision, the plan's measures, the analysis of December.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from pipeline.domain.assessment.rules import (
    CAMPAIGNS,
    COMPLETION,
    INTERVIEWS,
    MEASURES,
    ON_TIME,
    POLICIES,
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
from pipeline.domain.records.lists.policies import POLICIES as POLICY_LIST
from pipeline.domain.records.lists.policies import Policy
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.supervision.ladder import INTERVIEW, REMIND, SUPERVISE
from pipeline.domain.supervision.papers import Paper, papers
from pipeline.domain.values.text import plain
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
    told = facts.intake.said(lists.MEASURES)
    issued = [each for each in papers(facts.journal) if not each.withdrawn]
    return {
        COMPLETION: completion(december),
        **_of_items(units, items_on(facts.journal, day, facts.settings.items), day),
        **{source: _of_papers(units, issued, level) for source, level in _PAPERS.items()},
        MEASURES: measures(units, told, december.as_of),
        POLICIES: policies_paid(units, told, facts.intake.said(POLICY_LIST), december.as_of),
        CAMPAIGNS: campaigns(units, told, facts.settings.bulletin.campaigns, december.as_of),
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


def policies_paid(
    units: Sequence[Unit], told: Sequence[lists.Measure], known: Sequence[Policy], last: date
) -> dict[str, Fact]:
    """What was handed out of what was due (兑现): the shares of the amounts of policies, each up to 1, of how many there are.

    Households and money do not add up, so shares do. Whoever the policy's own line names first answers for it, else the lead
    of the measure; amounts that nobody has reported (未报), or that are due later, say nothing.
    """
    answers = {plain(each.name): each.units for each in known}
    return _shares(
        units,
        ((each, answers.get(plain(each.policy)) or each.units) for each in told if each.policy),
        last,
    )


def campaigns(
    units: Sequence[Unit], told: Sequence[lists.Measure], names: Mapping[str, Sequence[str]], last: date
) -> dict[str, Fact]:
    """What special campaigns (专项行动) have reached of what they set out to, as of policies; by their leads."""
    words = [plain(word) for name, others in names.items() for word in (name, *others)]
    of_campaigns = (each for each in told if any(word in plain(each.title) for word in words))
    return _shares(units, ((each, each.units) for each in of_campaigns), last)


def _shares(
    units: Sequence[Unit], amounts: Iterable[tuple[lists.Measure, Sequence[str]]], last: date
) -> dict[str, Fact]:
    codes = {unit.name: unit.code for unit in units}
    shares: dict[str, list[Fraction]] = {}
    for each, offices in amounts:
        lead = codes.get(offices[0]) if offices else None
        rate = each.completion_rate
        if lead and rate is not None and (each.deadline is None or each.deadline <= last):
            shares.setdefault(lead, []).append(min(rate, Fraction(1)))
    return {code: Fact(sum(own, Fraction(0)), Fraction(len(own))) for code, own in shares.items()}


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
