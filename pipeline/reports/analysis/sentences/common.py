"""What several sentences of an analysis are made of."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import TypeVar

from pipeline.domain.analysis.flows import Flow
from pipeline.domain.analysis.month import MonthAnalysis
from pipeline.domain.wording import rate_text

T = TypeVar("T")
_MOST = 3
"""Industries and places that are named."""


def net_words(net: int) -> str:
    """净增12户, 净减少3户, 净增为零."""
    return f"净增{net}户" if net > 0 else f"净减少{-net}户" if net else "净增为零"


def moves(new: int, cancelled: int) -> str:
    """新登记12户，注销3户，净增9户; what there was none of is said in words."""
    if not (new or cancelled):
        return "没有新登记和注销"
    gone = f"注销{cancelled}户" if cancelled else "无注销"
    return f"{f'新登记{new}户' if new else '没有新登记'}，{gone}，{net_words(new - cancelled)}"


def whose(found: MonthAnalysis) -> str:
    """Of which businesses a structure is told: all, or the year's new ones where the exports do not hold all."""
    return "在册" if found.is_whole else "本年新登记"


def size_of(flow: Flow, found: MonthAnalysis) -> int:
    """What parts are compared by: the stock, or what is new where the exports do not hold all."""
    return flow.stock if found.is_whole else flow.new


def share(part: int, whole: int) -> str:
    """A part in percent; 「—」 of nothing."""
    return rate_text(Fraction(part, whole)) if whole else "—"


def top(parts: Iterable[T], value: Callable[[T], int | Fraction]) -> Sequence[T]:
    """The first few above nothing; who is equal to the last of them is not left out, unless that makes a crowd."""
    ranked = sorted((part for part in parts if value(part) > 0), key=value, reverse=True)
    if len(ranked) <= _MOST:
        return ranked
    last = value(ranked[_MOST - 1])
    tied = [part for part in ranked if value(part) >= last]
    above = [part for part in ranked if value(part) > last]
    return tied if len(tied) <= _MOST + 2 or not above else above


def first_others(names: Sequence[str]) -> str:
    """甲，其次是乙、丙; without 和, which stands in the names of industries."""
    first, *others = names
    return f"{first}，其次是{'、'.join(others)}" if others else first
