"""What a quarterly report says of figures, as a subordinate tells its government: 净减少 never 净增−, 截至, no requests.

Units that lag are told by their number; their names stand in the annex.
"""

from dataclasses import dataclass
from math import ceil

from pipeline.domain.period import Quarter
from pipeline.domain.place import noun
from pipeline.domain.statistics.figures import BANDS, BEHIND, MonthFigures, Tally
from pipeline.domain.statistics.phrases import against_pace, gains, growth, since_new_year, with_rates
from pipeline.domain.statistics.ranking import leading, without_progress
from pipeline.domain.wording import chinese_date
from pipeline.reports.report.figures import Gain, QuarterFigures

_NUMERALS = "一二三四"


def quarter_words(quarter: Quarter) -> str:
    """第二季度."""
    return f"第{_NUMERALS[quarter.quarter - 1]}季度"


def title(quarter: Quarter) -> tuple[str, str]:
    """The report's title in two lines, broken where the sense breaks (GB/T 9704-2012 7.3.1)."""
    also = "及全年" if quarter.quarter == len(_NUMERALS) else ""
    return f"关于{quarter.year}年{quarter_words(quarter)}{also}", "个体工商户培育工作进展情况的报告"


def lead_in(figures: QuarterFigures, whole: str, basis: str = "", requirement: str = "") -> str:
    """What the report goes by, and where its figures are from.

    :param whole: 全县, 全市, here and below.
    :param basis: the document and its number; empty where none is named.
    :param requirement: what that asks for: 一季一汇报; empty where it is not quoted.
    """
    asked = f"{'关于' if basis else ''}“{requirement}”的要求" if requirement else ""
    by = f"按照{basis}{asked}，" if basis or asked else ""
    first, last = figures.months[0], figures.months[-1]
    quarter = quarter_words(figures.quarter)
    return (
        f"{by}现将{figures.quarter.year}年{quarter}{whole}个体工商户培育工作进展情况报告如下。{quarter}的户数是{first}月至"
        f"{last}月各月工作简报印发数之和，统计截至{chinese_date(figures.last.as_of)}。"
    )


def overall(figures: QuarterFigures, whole: str, base: int | None) -> str:
    """The year to date, and all businesses there are.

    :param base: businesses at the end of the year before; None leaves the stock out.
    """
    county = figures.last.county
    text = f"截至{figures.last.month}月{figures.last.as_of.day}日，{whole}{gains(county)}。"
    stock = stock_of(county.tally, base)
    if base is not None and stock is not None:
        text += f"{whole}在册个体工商户{stock}户{since_new_year(base, stock - base)}。"
    return text


def stock_of(tally: Tally, base: int | None) -> int | None:
    """Businesses on the register; None where it is not known from which number on, or nothing would be left of it."""
    more = tally.net - tally.struck_off_stock
    return None if base is None or base + more <= 0 else base + more


def of_quarter(figures: QuarterFigures, whole: str) -> str:
    """The quarter as the sum of its months, against the one before; then what came late, in one line."""
    county, quarter = figures.county, quarter_words(figures.quarter)
    by_month = "、".join(
        f"{month}月{_net(tally.net_month)}"
        for month, tally in zip(figures.months, county.months, strict=True)
    )
    text = f"{quarter}，{whole}新登记个体工商户{county.new}户，注销{county.cancelled}户，{_net(county.net)}，其中{by_month}"
    if figures.previous:
        new, cancelled = figures.previous
        change = county.net - (new - cancelled)
        more = f"多{change}户" if change > 0 else f"少{-change}户" if change else "相同"
        compared = growth("环比", county.new, new)
        text += f"；{f'新登记{compared}，' if compared else ''}净增比上季度{more}"
    return f"{text}。{_late(county)}"


def _net(number: int) -> str:
    """A fall is never growth by less than nothing."""
    return f"净增{number}户" if number > 0 else f"净减少{-number}户" if number else "净增为零"


def _late(county: Gain) -> str:
    told = [
        f"{'补录' if number > 0 else '核减'}{kind}{abs(number)}户"
        for kind, number in (("新登记", county.late_new), ("注销", county.late_cancelled))
        if number
    ]
    if not told:
        return ""
    effect = (
        f"累计净增因此{'增加' if county.late > 0 else '减少'}{abs(county.late)}户"
        if county.late
        else "对累计净增没有影响"
    )
    return f"另对此前各月的登记{'、'.join(told)}，{effect}，各月印发数不作改动。"


def of_group(figures: QuarterFigures, group: str) -> str:
    """A group's year to date, its quarter, and who leads it."""
    progress, gain = figures.groups[group]
    units = figures.last.ranking(group)
    them = f"{len(units)}个{noun(group)}" if len(units) > 1 else units[0].unit.name
    first = leading(figures.last, group)
    ahead = f"完成率居前的是{with_rates(first)}。" if len(units) > 1 and first else ""
    return f"{them}{gains(progress)}；{quarter_words(figures.quarter)}{_net(gain.net)}。{ahead}"


def reached(figures: MonthFigures, annex: str) -> str:
    """How many units have reached pace, and the bands; empty where no unit has a target, and before the plan's first month.

    :param annex: where each of them stands: 附件1, here and below.
    """
    units = [each for each in figures.units if each.rank is not None]
    if not units or not figures.pace:
        return ""
    done = sum(each.has_reached_pace for each in units)
    at_pace = (
        f"有任务的{len(units)}个单位中，达到序时进度的{done}个，未达到的{len(units) - done}个" if 0 < done < len(units)
        else f"有任务的{len(units)}个单位{'全部达到' if done else '均未达到'}序时进度"
    )  # fmt: skip
    bands = ((band, sum(each.band == band for each in units)) for band in BANDS)
    finished = sum((each.completion_rate or 0) >= 1 for each in units)
    return (
        f"{at_pace}；从进度看，"
        f"{'、'.join(f'{band}{number}个' for band, number in bands if number)}"
        + (f"，其中{finished}个单位已完成年度任务" if finished else "")
        + f"（各单位情况见{annex}）。"
    )


def shortcomings(figures: QuarterFigures, whole: str, annex: str, overdue: int, unreported: int) -> list[str]:
    """What is wanting, each a sentence without its end; nothing where nothing is.

    :param overdue: open items beyond their deadline.
    :param unreported: amounts that the plan promises and nobody has reported.
    """
    last, county = figures.last, figures.last.county
    found = []
    if county.lead is not None and county.lead < 0:
        short = f"，按序时进度还差{county.gap_to_pace}户" if county.gap_to_pace > 0 else ""
        found.append(f"{whole}完成率{against_pace(county.lead)}{short}")
    behind = sum(each.band == BEHIND and each.target > 0 for each in last.units)
    idle = len(without_progress(last))
    if behind or idle:
        told = [f"{word}的{number}个" for word, number in (("进度滞后", behind), ("零进展", idle)) if number]
        found.append(f"各单位进展不平衡，{'、'.join(told)}（见{annex}）")
    falling = [
        f"{month}月净减少{-tally.net_month}户"
        for month, tally in zip(figures.months, figures.county.months, strict=True)
        if tally.net_month < 0
    ]
    if falling:
        found.append(f"注销多于新登记，{'、'.join(falling)}")
    nobody = last.unattributed
    if nobody.new:
        found.append(f"有{nobody.new}户新登记没有归属到单位，介绍信的使用和标注还不到位")
    if overdue:
        found.append(f"挂账事项逾期{overdue}项，整改不够及时")
    if unreported:
        found.append(f"有{unreported}项量化任务和政策兑现数据没有报送（见附件2）")
    return found


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
    wanted = ceil(county.target * last.yardstick.pace(month))
    is_open = gap > 0 and left > 0
    node = (month, wanted) if is_open and wanted > county.tally.net else None
    return Ahead(gap, left, -(-gap // left) if is_open else None, node)


def next_steps(figures: QuarterFigures, whole: str, office: str, still_open: int) -> list[str]:
    """What will be done, by whom and by when, each a sentence without its end.

    :param office: who does it.
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
