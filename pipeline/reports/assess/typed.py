"""What people have filled in for an assessment, held against its items: figures nobody can count, units' own scores."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from pipeline.domain.assessment.reading import assessment_from
from pipeline.domain.assessment.rules import (
    BESIDE,
    BOTH,
    COMPUTED,
    RATIO,
    STEP,
    THRESHOLD,
    TYPEABLE,
    TYPED,
    Assessment,
    Item,
)
from pipeline.domain.assessment.scoring import number_text
from pipeline.domain.assessment.values import FILE_NAME
from pipeline.domain.model import Problem, Source, Unit
from pipeline.domain.period import Year
from pipeline.domain.records.assessment.actuals import ACTUALS, ActualLine
from pipeline.domain.records.assessment.self_scores import SELF_SCORES, SelfLine
from pipeline.domain.wording import near
from pipeline.publishing.report import Facts


def is_typeable(item: Item) -> bool:
    """Whether a figure can be typed in for an item: nobody counts it, and there is what it is held against."""
    return item.source in TYPEABLE and (item.target is not None or item.form not in {RATIO, THRESHOLD, STEP})


def with_typed(
    rules: Assessment, lines: Sequence[ActualLine], changed: Mapping[str, Mapping[str, Fraction]]
) -> Assessment:
    """The rules with what the sheet of figures says, and what reviews have changed, which counts before all else."""

    def filled(item: Item) -> Item:
        own = [each for each in lines if each.item == item.name]
        values = {**item.values, **{each.unit: each.actual for each in own}, **changed.get(item.name, {})}
        asked = {**item.asked, **{each.unit: each.asked for each in own if each.asked is not None}}
        return replace(item, values=values, asked=asked)

    return replace(rules, items=tuple(map(filled, rules.items)))


def problems(facts: Facts, rules: Assessment, units: Sequence[Unit]) -> tuple[Problem, ...]:
    """What is wrong with the two sheets, seen together with the items: each at its cell."""
    groups = {unit.code: unit.group for unit in units}
    items = {each.name: each for each in rules.items}
    actuals, scores = facts.intake.said(ACTUALS), facts.intake.said(SELF_SCORES)
    wrong: list[tuple[ActualLine | SelfLine, Wrong | None]] = [
        *((each, _of_item(each, items, groups) or _of_actual(each, items[each.item])) for each in actuals),
        *((each, _of_item(each, items, groups) or _of_score(each, items[each.item])) for each in scores),
    ]
    return tuple(_at(facts, each.row, *why) for each, why in wrong if why)


def wants(facts: Facts, _: Year) -> tuple[str, ...]:
    """Typed items (满意度 …) that have no figure of some units, neither in ``assessment.toml`` nor in the sheet.

    :raises UsageFault: ``assessment.toml`` cannot be used.
    """
    units = facts.intake.units
    rules = with_typed(assessment_from(facts.rules, units), facts.intake.said(ACTUALS), {})
    lacking = {
        item.name: sum(item.group in {BOTH, unit.group} and unit.code not in item.values for unit in units)
        for item in rules.items
        if item.source == TYPED
    }
    told = "、".join(f"{name}（{number}个单位）" for name, number in lacking.items() if number)
    if not told:
        return ()
    there = facts.intake.places(ACTUALS)
    fill = (
        f"请补在 inputs 里的 {there}"
        if there
        else "空表 考核实绩表.xlsx 和考核的材料在一起，请填好放进 inputs"
    )
    return (f"考核里由专班填的实绩没有填全：{told}。{fill}；不填的不计分。",)


Wrong = tuple[str, str, str, str]
"""The field, what stands there, the code, what to do."""


def _problem(field: str, seen: str, code: str, advice: str) -> Wrong:
    return field, seen, code, advice


def _of_item(
    line: ActualLine | SelfLine, items: Mapping[str, Item], groups: Mapping[str, str]
) -> Wrong | None:
    item = items.get(line.item)
    if item is None:
        advice = f"考核方案里没有“{line.item}”这一项{near(line.item, list(items))}"
        return _problem("item", line.item, "unknown-item", advice)
    if item.group not in {BOTH, groups.get(line.unit)}:
        return _problem(
            "item", line.item, "unknown-item", f"“{line.item}”只考核{item.group}，请删去这一行填的数。"
        )
    return None


def _of_actual(line: ActualLine, item: Item) -> Wrong | None:
    if not is_typeable(item):
        advice = f"“{line.item}”由程序统计（{COMPUTED.get(item.source, '')}），不用填。请删去填的数。"
        return _problem("actual", number_text(line.actual), "not-typed", advice)
    other = item.values.get(line.unit)
    if other is not None and other != line.actual:
        advice = f"{FILE_NAME} 里写的是{number_text(other)}，两处不一样。请删去一处。"
        return _problem("actual", number_text(line.actual), "other-actual", advice)
    return None


def _of_score(line: SelfLine, item: Item) -> Wrong | None:
    most = item.limit if item.form in BESIDE else item.weight * (item.cap if item.form == RATIO else 1)
    if item.form == STEP:
        most = item.weight + (item.weight if item.limit is None else item.limit)
    if most is None or line.score <= most:
        return None
    advice = f"自评得分超过了这一项最多的{number_text(most)}分。请改正。"
    return _problem("score", number_text(line.score), "bad-score", advice)


def _at(facts: Facts, row: Source, field: str, seen: str, code: str, advice: str) -> Problem:
    header, place = facts.intake.column(row, field)
    return Problem(row, header, seen, code, advice, place)


def evidence_names(text: str) -> Iterator[str]:
    """The files that a unit names as its evidence."""
    for sign in ("；", ";", "，", ",", "\n"):
        text = text.replace(sign, "、")
    yield from (each.strip() for each in text.split("、") if each.strip())
