"""Amounts that the plan promises: told as done or as 未报, never as 0."""

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

from pipeline.domain.records.cells import UNREPORTED
from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.statistics.cells import NONE
from pipeline.domain.wording import decimal_text, listed, rate_text

StateOf = Callable[[Measure], str]
"""How far an amount is."""


def unreported(promises: Sequence[Measure]) -> int:
    """How many nobody has reported."""
    return sum(each.actual is None for each in promises)


def sentence(promises: Sequence[Measure], annex: str) -> str:
    """What was done of all that is promised, and how many are 未报; empty where nothing is.

    :param annex: where all of them stand: 附件2.
    """
    if not promises:
        return ""
    twice = {name for name, number in Counter(each.indicator for each in promises).items() if number > 1}

    def called(promise: Measure) -> str:
        """The indicator, with who answers for it where others have the same."""
        return (
            promise.units[0] * (promise.indicator in twice) + promise.indicator
            if promise.units
            else promise.indicator
        )

    done = [each for each in promises if each.actual is not None]
    missing = unreported(promises)
    text = f"方案确定的量化任务和兑现政策{len(promises)}项"
    if done:
        pairs = groupby((_done(each, called(each)) for each in done), key=lambda each: each[0])
        told = (f"{name}{'、'.join(amount for _, amount in same)}" for name, same in pairs)
        text += f"，已报送{len(done)}项：{'；'.join(told)}"
    if missing:
        names = "、".join(called(each) for each in promises if each.actual is None)
        whose = names if missing <= 5 else f"{missing}项" if done else "均"
        text += f"{'。' if done else '，'}{whose}{UNREPORTED}"
    return f"{text}（见{annex}）。"


def _done(promise: Measure, name: str) -> tuple[str, str]:
    """What is told, and how much: 补助, 312户; a policy's number and its money stand under one name."""
    unit = promise.unit_of_measure
    amount = f"{amount_text(promise.actual)}{unit}"
    for word in ("金额", f"{unit}数"):  # 办照户数96户 says it twice
        name = name.removesuffix(word) or name
    name = name.replace("其中：", "其中")
    rate = promise.completion_rate
    if rate is None:
        return name, amount
    goal = f"{amount_text(promise.target)}{promise.unit_of_measure}"
    return name, f"{amount}，完成目标{goal}的{rate_text(rate)}"


def amount_text(amount: Fraction | None) -> str:
    """A whole number as it is, another with one decimal."""
    if amount is None:
        return NONE
    return str(amount.numerator) if amount.denominator == 1 else decimal_text(amount)


def rows(promises: Sequence[Measure], state_of: StateOf) -> list[dict[str, str]]:
    """A line of the annex for each."""
    return [
        {
            "措施编号": each.key, "工作措施": each.title, "责任单位": "、".join(each.units), "责任": listed(list(each.units), 1), "指标": each.indicator,
            "计量单位": each.unit_of_measure, "目标": amount_text(each.target),
            "完成": UNREPORTED if each.actual is None else amount_text(each.actual),
            "完成率": NONE if each.completion_rate is None else decimal_text(each.completion_rate * 100),
            "状态": state_of(each),
        }
        for each in promises
    ]  # fmt: skip


def objects(promises: Sequence[Measure], state_of: StateOf) -> list[dict[str, Any]]:
    """The same for ``report.json``; ``actual`` is None where it is 未报."""
    return [
        {
            "key": each.key, "title": each.title, "units": list(each.units), "indicator": each.indicator,
            "unit_of_measure": each.unit_of_measure, "target": number(each.target), "actual": number(each.actual),
            "completion_rate": None if each.completion_rate is None else float(each.completion_rate),
            "state": state_of(each),
        }
        for each in promises
    ]  # fmt: skip


def number(amount: Fraction | None) -> int | float | None:
    """An amount as JSON has it."""
    if amount is None:
        return None
    return amount.numerator if amount.denominator == 1 else float(amount)
