"""An item's figure → its score, and how it was worked out; exact fractions, rounded where a person reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.domain.assessment.rules import (
    BESIDE,
    BONUS,
    BOTH,
    DEDUCT,
    NOTHING,
    RANK,
    RATIO,
    STEP,
    THRESHOLD,
    Item,
)
from pipeline.domain.wording import rate_text


@dataclass(frozen=True, slots=True)
class Fact:
    """A unit's figure."""

    actual: Fraction
    """实绩."""
    target: Fraction | None = None
    """What it is out of, or held against (目标); None where it has none."""

    @property
    def rate(self) -> Fraction:
        """By which units are ranked: the share of the target, or the figure where it has none."""
        return self.actual / self.target if self.target else self.actual


Facts = Mapping[str, Mapping[str, Fact]]
"""Source → code of a unit → its figure; a unit that has nothing to be judged by is left out."""


@dataclass(frozen=True, slots=True)
class Score:
    """What a unit gets for an item."""

    name: str
    """The item."""
    weight: Fraction
    """Points that it is worth for this unit, with its part of what others could not be scored for; 0 if it is such a one."""
    fact: Fact | None
    """The unit's figure; None where there is none."""
    score: Fraction | None
    """Exact; None where it is not scored."""
    working: str
    """How it came about, in Chinese."""
    why: str = ""
    """Why it is not scored; empty where it is."""


def rounded(value: Fraction) -> Fraction:
    """To hundredths, half away from zero."""
    hundredths = (abs(value) * 200 + 1) // 2
    return Fraction(hundredths if value >= 0 else -hundredths, 100)


def points_text(value: Fraction) -> str:
    """Points with two decimals: 27/2 → 13.50; never -0.00."""
    hundredths = int(rounded(value) * 100)
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{rest:02d}"


def number_text(value: Fraction) -> str:
    """A number as people write it: 18, 0.5; two decimals at most."""
    return points_text(value).rstrip("0").rstrip(".")


def fact_of(item: Item, unit: str, facts: Facts) -> tuple[Fact | None, str]:
    """A unit's figure for an item; where it has none, why."""
    if unit in item.values:
        asked = item.asked.get(unit, 0)
        if asked < item.asked_min:
            known = f"只调查了{asked}人" if unit in item.asked else "没有写调查人数"
            return None, f"{known}，不满{item.asked_min}人"
        return Fact(item.values[unit], item.target), ""
    fact = facts.get(item.source, {}).get(unit)
    return fact, "" if fact else NOTHING.get(item.source, "没有实绩")


def unit_scores(
    items: Sequence[Item], unit: str, group: str, facts: Facts, ranks: Mapping[str, int]
) -> tuple[Score, ...]:
    """All that a unit of a group gets, item by item.

    The weight of what it cannot be scored for is spread over the others in proportion to theirs.

    :param ranks: name of an item in the form of a rank → the unit's place.
    """
    own = [(item, *fact_of(item, unit, facts)) for item in items if item.group in {BOTH, group}]
    everything = sum((item.weight for item, _, _ in own), Fraction(0))
    scored = sum((item.weight for item, fact, _ in own if fact), Fraction(0))
    factor = everything / scored if scored else Fraction(1)
    return tuple(
        _score(item, fact, factor, ranks.get(item.name, 0), item.asked.get(unit, 0))
        if fact
        else _unscored(item, why, scored)
        for item, fact, why in own
    )


def _unscored(item: Item, why: str, scored: Fraction) -> Score:
    spread = f"，权重{number_text(item.weight)}分摊到其他各项" if scored else ""
    left = {DEDUCT: "不扣分", BONUS: "不加分"}.get(item.form, f"不计分{spread}")
    return Score(item.name, Fraction(0), None, None, f"{why}，{left}", why)


def _score(item: Item, fact: Fact, factor: Fraction, place: int, asked: int) -> Score:
    raw, working = _RAW[item.form](item, fact, place)
    if asked:
        working = f"调查{asked}人，{working}"
    if item.form in BESIDE or factor == 1:
        return Score(item.name, item.weight, fact, raw, working)
    weight, score = item.weight * factor, raw * factor
    working += f"；权重{number_text(item.weight)}加上分摊的为{number_text(weight)}，得{points_text(score)}"
    return Score(item.name, weight, fact, score, working)


def _ratio(item: Item, fact: Fact, _: int) -> tuple[Fraction, str]:
    rate = fact.rate
    said = (
        f"实绩{number_text(fact.actual)} ÷ 目标{number_text(fact.target or Fraction(1))} = {rate_text(rate)}"
    )
    if rate < item.floor:
        below = "不足0" if rate < 0 else f"低于{rate_text(item.floor)}"
        return Fraction(0), f"{said}，{below}，得0.00"
    counted = min(rate, item.cap)
    capped = f"，按{rate_text(counted)}计" if counted < rate else ""
    raw = counted * item.weight
    return raw, f"{said}{capped} × {number_text(item.weight)} = {points_text(raw)}"


def _threshold(item: Item, fact: Fact, _: int) -> tuple[Fraction, str]:
    target = fact.target or Fraction(0)
    is_met = fact.actual >= target
    raw = item.weight if is_met else Fraction(0)
    met = "达到" if is_met else "没有达到"
    return raw, f"实绩{number_text(fact.actual)}，{met}目标{number_text(target)}，得{points_text(raw)}"


def _step(item: Item, fact: Fact, _: int) -> tuple[Fraction, str]:
    target = fact.target or Fraction(0)
    difference = fact.actual - target
    limit = item.weight if item.limit is None else item.limit
    moved = max(-limit, min(limit, item.points * difference))
    raw = max(Fraction(0), item.weight + moved)
    sign = "−" if difference < 0 else "+"
    limited = f"（以{number_text(limit)}为限）" if abs(moved) < abs(item.points * difference) else ""
    said = f"实绩{number_text(fact.actual)} − 目标{number_text(target)} = {number_text(difference)}"
    step = f"{number_text(item.weight)} {sign} {number_text(item.points)} × {number_text(abs(difference))}{limited}"
    return raw, f"{said}，{step} = {points_text(raw)}" + ("（不足0的按0）" if item.weight + moved < 0 else "")


def _rank(item: Item, fact: Fact, place: int) -> tuple[Fraction, str]:
    wanted = item.weight - item.points * (place - 1)
    raw = max(Fraction(0), wanted)
    shown = rate_text(fact.rate) if fact.target else number_text(fact.actual)
    step = f"{number_text(item.weight)} − {number_text(item.points)} × {place - 1}"
    return raw, f"{shown}，第{place}名，{step} = {points_text(raw)}" + (
        "（不足0的按0）" if wanted < 0 else ""
    )


def _deduct(item: Item, fact: Fact, _: int) -> tuple[Fraction, str]:
    raw, said = _events(item, fact)
    return -raw, f"{said}，扣{points_text(raw)}" if fact.actual else "没有发生，不扣分"


def _bonus(item: Item, fact: Fact, _: int) -> tuple[Fraction, str]:
    raw, said = _events(item, fact)
    return raw, f"{said}，加{points_text(raw)}" if fact.actual else "没有发生，不加分"


def _events(item: Item, fact: Fact) -> tuple[Fraction, str]:
    wanted = item.points * fact.actual
    raw = wanted if item.limit is None else min(item.limit, wanted)
    limited = f"，最多{number_text(raw)}" if raw < wanted else ""
    return raw, f"{number_text(item.points)} × {number_text(fact.actual)} = {points_text(wanted)}{limited}"


_RAW = {
    RATIO: _ratio, THRESHOLD: _threshold, STEP: _step, RANK: _rank, DEDUCT: _deduct, BONUS: _bonus,
}  # fmt: skip
"""Form → points by the item's own weight, and how they were worked out."""
