"""Results as they were approved (审定): what is published is exactly that, whatever has come in since."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from pipeline.domain.assessment.grading import Result
from pipeline.domain.assessment.scoring import Fact, Score, number_text
from pipeline.domain.model import Unit


def to_plain(results: Sequence[Result]) -> list[dict[str, object]]:
    """As JSON values, fractions as texts."""
    return [
        {
            "code": each.unit.code, "total": _text(each.total), "rank": each.rank, "grade": each.grade, "veto": each.veto,
            "scores": [
                [
                    one.name, str(one.weight), [str(one.fact.actual), _text(one.fact.target)] if one.fact else None,
                    _text(one.score), one.working, one.why,
                ]
                for one in each.scores
            ],
        }
        for each in results
    ]  # fmt: skip


def from_plain(plain: Sequence[Mapping[str, Any]], units: Sequence[Unit]) -> tuple[Result, ...]:
    """What :func:`to_plain` made, of the units that there were.

    :raises KeyError, TypeError, ValueError: it is not of that form.
    """
    known = {unit.code: unit for unit in units}
    return tuple(
        Result(
            known[each["code"]],
            tuple(
                Score(name, Fraction(weight), _fact(fact), _number(score), working, why)
                for name, weight, fact, score, working, why in each["scores"]
            ),
            _number(each["total"]),
            each["rank"],
            each["grade"],
            each["veto"],
        )
        for each in plain
    )


def changes(before: Sequence[Result], after: Sequence[Result]) -> Iterator[str]:
    """Figures that are others now than before, each in Chinese."""
    now = {each.unit.code: {one.name: one.fact for one in each.scores} for each in after}
    for each in before:
        for one in each.scores:
            fact = now.get(each.unit.code, {}).get(one.name)
            if fact != one.fact:
                yield f"{each.unit.name}的{one.name}，审定时{_told(one.fact)}，现在{_told(fact)}"


def _told(fact: Fact | None) -> str:
    if fact is None:
        return "没有数"
    return number_text(fact.actual) + (f"/{number_text(fact.target)}" if fact.target is not None else "")


def _fact(plain: Any) -> Fact | None:
    return None if plain is None else Fact(Fraction(plain[0]), _number(plain[1]))


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _number(plain: str | None) -> Fraction | None:
    return None if plain is None else Fraction(plain)
