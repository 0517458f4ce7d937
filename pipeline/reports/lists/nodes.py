"""定进度 of the units: how much of a unit's target is to be reached by the end of each month (逐月节点), and nodes in words."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from pipeline.domain.records.lists.progress import MONTHS
from pipeline.domain.statistics.figures import Yardstick


def nodes(target: int, yardstick: Yardstick) -> tuple[int, ...]:
    """A target spread over the months of the plan's period: twelve sums from the year's first day on, the last the target.

    Each month's share is the target's mean share rounded down or up (largest remainder). As all remainders are equal,
    the larger shares fall where pace wants them: whoever is at the node is not behind 序时进度, and the other way round.
    """
    return tuple(ceil(target * yardstick.pace(month)) for month in MONTHS)


def in_words(months: Sequence[Fraction | int | None], only: Sequence[int] = MONTHS) -> str:
    """Nodes as 1月15、2月30……12月180: each month that asks for more than the last one told, to the one at which all is reached.

    :param only: months that are told; the last one always is.
    """
    told: list[str] = []
    before: Fraction | int = 0
    for month, amount in zip(MONTHS, months, strict=False):
        if amount and amount > before and (month in only or amount == months[-1]):
            told.append(f"{month}月{amount_text(amount)}")
            before = amount
    return "、".join(told)


def amount_text(amount: Fraction | int) -> str:
    """A whole number as it is, another with its decimals."""
    exact = Fraction(amount)
    return str(exact.numerator) if exact.denominator == 1 else f"{float(exact):.6f}".rstrip("0").rstrip(".")
