"""定进度: how much of a target is to be reached by the end of each month (逐月节点)."""

from math import ceil

from pipeline.domain.statistics.figures import Yardstick


def nodes(target: int, yardstick: Yardstick) -> tuple[int, ...]:
    """A target spread over the months of the plan's period: twelve sums from the year's first day on, the last the target.

    Each month's share is the target's mean share rounded down or up (largest remainder). As all remainders are equal,
    the larger shares fall where pace wants them: whoever is at the node is not behind 序时进度, and the other way round.
    """
    return tuple(ceil(target * yardstick.pace(month)) for month in range(1, 13))


def in_words(months: tuple[int, ...], yardstick: Yardstick) -> str:
    """The nodes of the plan's period: 1月15、2月30……12月180."""
    span = range(yardstick.first_month, yardstick.last_month + 1)
    return "、".join(f"{month}月{months[month - 1]}" for month in span)
