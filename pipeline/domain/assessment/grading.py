"""Every unit's scores, total, place and grade; groups (类别) are ranked and graded apart.

The total is the sum of exact scores, rounded once to two decimals: rounded thirds would not come to 100, nor to the 90 of a
grade. Places and grades go by the total as it is printed, so that what looks equal is.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.domain.assessment.rules import (
    BESIDE,
    BOTH,
    EXCELLENT,
    FAILED,
    GOOD,
    PASSED,
    RANK,
    Assessment,
    Item,
)
from pipeline.domain.assessment.scoring import Facts, Score, fact_of, rounded, unit_scores
from pipeline.domain.model import Unit


@dataclass(frozen=True, slots=True)
class Result:
    """How a unit's year is judged."""

    unit: Unit
    """Which."""
    scores: tuple[Score, ...]
    """Its items, in the order of the papers."""
    total: Fraction | None
    """Sum of its scores, in hundredths; None where it can be scored for nothing that has a weight."""
    rank: int | None
    """From 1 within the group, the same for the same total, and then one is skipped; None without a total."""
    grade: str | None
    """优秀, 良好, 合格 or 不合格; None without a total."""
    veto: str = ""
    """How it was proven that it made things up, for which it is not 优秀; empty for all others."""


_LITTLE = Fraction(1, 2)
"""Of a unit's weights: who was scored for less is told that its place and grade say little."""


def share_scored(result: Result, items: Sequence[Item]) -> Fraction:
    """The share of its weights that a unit was scored for, from 0 to 1; 0 where nothing has a weight."""
    weights = {item.name: item.weight for item in items if item.form not in BESIDE}
    own = [(weights[each.name], each.score) for each in result.scores if each.name in weights]
    everything = sum((weight for weight, _ in own), Fraction(0))
    scored = sum((weight for weight, score in own if score is not None), Fraction(0))
    return scored / everything if everything else Fraction(0)


def is_thin(result: Result, items: Sequence[Item]) -> bool:
    """Whether a unit has a place by less than half of its weights."""
    return result.total is not None and share_scored(result, items) < _LITTLE


def results(units: Sequence[Unit], rules: Assessment, facts: Facts) -> tuple[Result, ...]:
    """Everybody's, in the order of the units."""
    ranks = _item_ranks(units, rules, facts)
    weighted = {item.name for item in rules.items if item.form not in BESIDE}
    scores = {
        unit.code: unit_scores(rules.items, unit.code, unit.group, facts, ranks.get(unit.code, {}))
        for unit in units
    }
    totals = {code: _total(own, weighted) for code, own in scores.items()}
    found: dict[str, tuple[int, str]] = {}
    for group in dict.fromkeys(unit.group for unit in units):
        own = {unit.code: totals[unit.code] for unit in units if unit.group == group}
        found |= _graded({code: total for code, total in own.items() if total is not None}, rules)
    return tuple(
        _result(unit, scores[unit.code], totals[unit.code], found.get(unit.code), rules) for unit in units
    )


def _result(
    unit: Unit,
    scores: tuple[Score, ...],
    total: Fraction | None,
    found: tuple[int, str] | None,
    rules: Assessment,
) -> Result:
    if found is None:
        return Result(unit, scores, None, None, None)
    return Result(unit, scores, total, *found, veto=rules.fabrication.get(unit.code, ""))


def _total(scores: Sequence[Score], weighted: set[str]) -> Fraction | None:
    if not any(each.score is not None and each.name in weighted for each in scores):
        return None
    return rounded(sum((each.score for each in scores if each.score is not None), Fraction(0)))


def _item_ranks(units: Sequence[Unit], rules: Assessment, facts: Facts) -> dict[str, dict[str, int]]:
    """Code of a unit → its place in each item that goes by places, among those of its group that have a figure."""
    found: dict[str, dict[str, int]] = {}
    for item in (each for each in rules.items if each.form == RANK):
        for group in dict.fromkeys(unit.group for unit in units if item.group in {BOTH, unit.group}):
            own = {unit.code: fact_of(item, unit.code, facts)[0] for unit in units if unit.group == group}
            rates = {code: fact.rate for code, fact in own.items() if fact}
            for code, place in places(rates).items():
                found.setdefault(code, {})[item.name] = place
    return found


def places(values: Mapping[str, Fraction]) -> dict[str, int]:
    """Place of each by its value, the highest first: 1, 2, 2, 4."""
    counted = Counter(values.values())
    first: dict[Fraction, int] = {}
    place = 1
    for value in sorted(counted, reverse=True):
        first[value] = place
        place += counted[value]
    return {code: first[value] for code, value in values.items()}


def _graded(totals: Mapping[str, Fraction], rules: Assessment) -> Iterator[tuple[str, tuple[int, str]]]:
    """Place and grade of each unit of a group.

    No more are 优秀 than the share of the group that may be, rounded down: of units with the same total that go beyond it
    none is. Who is vetoed takes no place among them.
    """
    most = int(rules.top_share * len(totals))
    ranked, clean = places(totals), {c: total for c, total in totals.items() if c not in rules.fabrication}
    before, counted = places(clean), Counter(clean.values())
    excellent, good, passed = rules.grades
    for code, total in totals.items():
        grade = GOOD if total >= good else PASSED if total >= passed else FAILED
        if total >= excellent and code in before and before[code] + counted[total] - 1 <= most:
            grade = EXCELLENT
        yield code, (ranked[code], grade)
