"""What is left to do of the year's target, and what a report says will be done: a measure, who does it, by when."""

from dataclasses import dataclass
from math import ceil

from pipeline.domain.statistics.figures import BEHIND, MonthFigures
from pipeline.domain.statistics.ranking import without_progress
from pipeline.reports.report.figures import QuarterFigures


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is left to do of the year's target, in businesses (户)."""

    gap: int
    """Target less net gain; 0 or below once it is reached."""
    months_left: int
    """Months of the plan's period after the quarter."""
    needed_per_month: int | None
    """To gain net in each of them; None where nothing is lacking or no month is left."""
    node: tuple[int, int] | None
    """Month of the next quarter's end, and the net gain of the year that is at pace then; None where it is there already."""


def ahead_of(figures: QuarterFigures) -> Ahead:
    """What the quarter leaves to do."""
    last, county = figures.last, figures.last.county
    gap, left = county.target - county.tally.net, max(last.yardstick.last_month - last.month, 0)
    month = min(last.month + 3, last.yardstick.last_month)
    wanted = node_of(last, month)
    is_open = gap > 0 and left > 0
    node = (month, wanted) if is_open and wanted > county.tally.net else None
    return Ahead(gap, left, -(-gap // left) if is_open else None, node)


def node_of(figures: MonthFigures, month: int) -> int:
    """Net gain of the year by a month's end: all units' nodes together, as the lists have them (定进度)."""
    pace = figures.yardstick.pace(month)
    return sum(ceil(each.target * pace) for each in figures.units)


def next_steps(figures: QuarterFigures, whole: str, office: str, still_open: int) -> list[str]:
    """What will be done, by whom and by when, each a sentence without its end.

    :param office: who does it, as the report calls it.
    :param still_open: items that are not closed.
    """
    last, ahead = figures.last, ahead_of(figures)
    steps = []
    if not last.county.target:
        steps.append(f"做好服务。由{office}牵头，持续做好个体工商户登记服务")
    elif ahead.gap <= 0:
        steps.append(f"巩固成果。{whole}年度净增任务已经完成，由{office}牵头，做好后续培育服务，防止净增回落")
    elif ahead.needed_per_month is None:
        steps.append(
            f"查找原因。{whole}年度净增任务还差{ahead.gap}户，由{office}牵头，逐单位分析原因，研究后续措施"
        )
    else:
        by = f"，力争到{_end(last, ahead.node[0])}累计净增达到{ahead.node[1]}户" if ahead.node else ""
        steps.append(
            f"紧盯目标。{whole}距年度净增任务还差{ahead.gap}户，今后{ahead.months_left}个月月均需净增"
            f"{ahead.needed_per_month}户{by}；由{office}牵头，按月通报、按月调度"
        )
    lagging = sum(each.band == BEHIND and each.target > 0 for each in last.units) + len(
        without_progress(last)
    )
    if lagging and ahead.months_left:
        steps.append(
            f"补齐短板。对进度滞后、零进展的{lagging}个单位逐一分析原因，由{office}跟踪督促，下一季度逐月报告进展"
        )
    if still_open:
        steps.append(
            f"整改销号。对未销号的{still_open}项挂账事项，由各责任单位按时限整改，办好一项、销号一项"
        )
    steps.append("精准服务。登记坚持群众自愿，用好介绍信，做好标注和编号登记，把帮扶政策送到经营者手中")
    return steps


def _end(figures: MonthFigures, month: int) -> str:
    day = figures.yardstick.month_end
    return f"{month}月{day}日" if day else f"{month}月底"


def own_name(office: str, issuer: str) -> str:
    """What a report calls the office: 我办, 我局 where that is who writes it; else its name.

    :param issuer: who writes.
    """
    short = next((word[0] for word in ("办公室", "局") if office.endswith(word)), "")
    return f"我{short}" if short and office == issuer else office
