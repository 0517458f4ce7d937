"""``lists.json``: what the workbooks say in figures, for other programs; no name or number of a person.

Amounts that nobody has reported are None, never 0; rates are exact to 1e-9.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from pipeline.domain.model import Unit
from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.records.lists.policies import Policy
from pipeline.domain.statistics.figures import Progress
from pipeline.domain.values.identity import masked
from pipeline.reports.lists import policies
from pipeline.reports.lists.content import Content
from pipeline.reports.lists.upgrades import totals, upgrades_of


def lists_object(content: Content) -> dict[str, object]:
    """What ``lists.json`` says."""
    own = content.ledger_of(content.only)
    return {
        "as_of": content.day.isoformat(),
        "figures": content.figures.period.name if content.figures else None,
        "measures": [_measure(lines, content) for lines in content.by_measure.values()],
        "policies": [_policy(each, content) for each in content.policies],
        "nodes": [_nodes(unit, content) for unit in content.units],
        "county": {
            "target": content.target, "months": list(content.nodes_of_all),
            **_progress(content.figures.county if content.figures else None, content.nodes_of_all, content),
        },
        "ledger": {
            "only": content.only.code if content.only else None, "businesses": len(own),
            "unattributed": sum(each.attribution.unit is None for each in own), "doubts": sum(each.doubts for each in own),
        },
        "upgrades": {name: _number(value) for name, value in totals(upgrades_of(content, content.only)).items()},
    }  # fmt: skip


def _measure(lines: Sequence[Measure], content: Content) -> dict[str, object]:
    """A measure with its first amount; under ``more`` its further ones."""
    first, *more = lines
    return {
        "key": first.key, "title": first.title, "units": list(first.units),
        "open_items": content.open_items_about(first.key), **_amount(first, content),
        "more": [_amount(each, content) for each in more],
    }  # fmt: skip


def _amount(measure: Measure, content: Content) -> dict[str, object]:
    """``months``: twelve nodes, None in a month without one, or None for no nodes; ``node``: the one that was due."""
    months = content.nodes_for(measure)
    return {
        "indicator": measure.indicator or None, "unit_of_measure": measure.unit_of_measure or None,
        "target": _number(measure.target), "actual": _number(measure.actual),
        "completion_rate": _rate(measure.completion_rate), "source": masked(measure.source) or None, "day": _day(measure.day),
        "deadline": _day(measure.deadline), "months": [_number(each) for each in months] or None,
        "own": bool(measure.nodes), "node": _number(content.due(measure)), "state": content.state_of(measure) or None,
    }  # fmt: skip


def _policy(policy: Policy, content: Content) -> dict[str, object]:
    """``households`` in 户, ``money`` given and ``loans`` lent in 万元: sums of what was reported."""
    return {
        "name": policy.name, "until": _day(policy.until), "state": policies.state_of(policy, content),
        "households": _number(policies.households(content, policy.name).reported),
        "money": _number(policies.money(content, policy.name).reported),
        "loans": _number(policies.loans(content, policy.name).reported),
    }  # fmt: skip


def _nodes(unit: Unit, content: Content) -> dict[str, object]:
    """A unit's nodes, and how far it is; ``businesses`` in the ledger."""
    months = content.nodes[unit.code]
    standing = content.standing(unit)
    return {
        "code": unit.code, "unit": unit.name, "target": unit.target, "months": list(months),
        "own": bool(unit.code in content.plans and content.plans[unit.code].nodes),
        **_progress(standing, months, content), "band": standing.band or None if standing else None,
        "open_items": content.open_items_of(unit), "businesses": len(content.by_unit.get(unit.code, ())),
    }  # fmt: skip


def _progress(progress: Progress | None, months: Sequence[int], content: Content) -> dict[str, object]:
    return {
        "net": progress.tally.net if progress else None,
        "completion_rate": _rate(progress.completion_rate if progress else None),
        "node": content.node_of(months) if progress else None,
        "state": content.progress(progress, months) or None,
    }


def _rate(rate: Fraction | None) -> float | None:
    return None if rate is None else round(float(rate), 9)


def _number(amount: Fraction | int | None) -> int | float | None:
    if amount is None:
        return None
    return amount.numerator if amount.denominator == 1 else float(amount)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
