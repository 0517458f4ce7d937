"""What a quarterly report says of figures, as a subordinate tells its government: 净减少 never 净增−, 截至, no requests.

Units that lag are told by their number; their names stand in the annex.
"""

from collections.abc import Sequence
from fractions import Fraction

from pipeline.domain.period import Quarter
from pipeline.domain.place import noun
from pipeline.domain.statistics.figures import AHEAD, BANDS, BEHIND, MonthFigures, Progress, Tally
from pipeline.domain.statistics.phrases import against_pace, gains, growth, since_new_year, with_rates
from pipeline.domain.statistics.ranking import leading, without_progress
from pipeline.domain.wording import chinese_date, rate_text
from pipeline.reports.report.comparing import Before, Comparison
from pipeline.reports.report.figures import Gain, QuarterFigures, is_annual

_NUMERALS = "一二三四"
_MANY = 5
"""Units beyond which those that lead are counted."""


def quarter_words(quarter: Quarter) -> str:
    """第二季度."""
    return f"第{_NUMERALS[quarter.quarter - 1]}季度"


def period_words(quarter: Quarter) -> str:
    """2022年第二季度; 2022年度 for the report of the year, which is that of its last quarter."""
    return f"{quarter.year}年{'度' if is_annual(quarter) else quarter_words(quarter)}"


def title(quarter: Quarter) -> tuple[str, str]:
    """The report's title in two lines, broken where the sense breaks (GB/T 9704-2012 7.3.1)."""
    progress = "" if is_annual(quarter) else "进展"
    return f"关于{period_words(quarter)}", f"个体工商户培育工作{progress}情况的报告"


def lead_in(figures: QuarterFigures, whole: str, basis: str = "", requirement: str = "") -> str:
    """What the report goes by, and where its figures are from.

    :param whole: 全县, 全市, here and below.
    :param basis: the document and its number; empty where none is named.
    :param requirement: what that asks for: 一季一汇报; empty where it is not quoted.
    """
    asked = f"{'关于' if basis else ''}“{requirement}”的要求" if requirement else ""
    by = f"按照{basis}{asked}，" if basis or asked else ""
    progress = "" if figures.year else "进展"
    own = f"{quarter_words(figures.quarter)}的户数是{_sum_of(figures.months)}"
    if figures.year:
        own = f"全年的户数是{_sum_of(figures.year_months)}"
    return (
        f"{by}现将{period_words(figures.quarter)}{whole}个体工商户培育工作{progress}情况报告如下。{own}，"
        f"统计截至{chinese_date(figures.last.as_of)}。"
    )


def _sum_of(months: Sequence[int]) -> str:
    first, last = months[0], months[-1]
    return f"{first}月至{last}月各月工作简报印发数之和" if first < last else f"{last}月工作简报的印发数"


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


def of_quarter(figures: QuarterFigures, whole: str, before: Comparison) -> str:
    """The quarter as the sum of its months, against the one before and last year's; then what came late, in one line."""
    county, quarter = figures.county, quarter_words(figures.quarter)
    by_month = "、".join(
        f"{month}月{net_words(tally.net_month)}"
        for month, tally in zip(figures.months, county.months, strict=True)
    )
    parts = f"，其中{by_month}" if len(figures.months) > 1 else ""
    text = (
        f"{quarter}分月看，{whole}{by_month}"
        if parts and _is_the_year(county, figures.last.county)
        else f"{quarter}，{whole}新登记个体工商户{county.new}户，{_cancelled(county.cancelled)}，{net_words(county.net)}{parts}"
    )
    compared = (
        _against(county, before.previous, "环比", "上季度"),
        _against(county, before.year_before, "同比", "上年同期"),
    )
    late = "" if figures.year else _late(county, "此前各月的登记", "，各月印发数不作改动")
    return f"{'；'.join(filter(None, (text, *compared)))}。{late}"


def _is_the_year(gain: Gain, progress: Progress) -> bool:
    """Whether a quarter is all there is of the year, and says the same again."""
    return (gain.new, gain.cancelled) == (progress.tally.new, progress.tally.cancelled)


def of_year(figures: QuarterFigures, whole: str, before: Comparison) -> str:
    """The year as the sum of its months, quarter by quarter, against the year before; empty but in the year's report."""
    year, months = figures.year, figures.year_months
    if year is None:
        return ""
    nets: dict[int, int] = {}
    for month, tally in zip(months, year.months, strict=True):
        quarter = (month + 2) // 3
        nets[quarter] = nets.get(quarter, 0) + tally.net_month
    by_quarter = "、".join(f"{_NUMERALS[quarter - 1]}季度{net_words(net)}" for quarter, net in nets.items())
    span = "全年" if months[0] == 1 else f"{months[0]}月至12月"
    text = f"{span}分季度看，{whole}{by_quarter}"
    if year.late_new or year.late_cancelled or months[0] > 1:
        text += f"，各月印发数合计新登记{year.new}户，{_cancelled(year.cancelled)}，{net_words(year.net)}"
    compared = _against(year, before.annual, "同比", "上年") if before.annual and months[0] == 1 else ""
    return f"{'；'.join(filter(None, (text, compared)))}。{_late(year, '已经印发的各月')}"


def _against(now: Gain, before: Before, word: str, when: str) -> str:
    """How a time stands against one before; empty where that is not compared."""
    if before.lacking:
        return ""
    change = now.net - before.net
    more = f"多{change}户" if change > 0 else f"少{-change}户" if change else "相同"
    compared = growth(word, now.new, before.new)
    with_it = "与" if not change else "比"
    return f"{f'新登记{compared}，' if compared else ''}净增{with_it}{when}{more}"


def _cancelled(number: int) -> str:
    return f"注销{number}户" if number else "无注销"


def net_words(number: int) -> str:
    """A fall is never growth by less than nothing."""
    return f"净增{number}户" if number > 0 else f"净减少{-number}户" if number else "净增为零"


def _late(county: Gain, of: str, untouched: str = "") -> str:
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
    return f"另对{of}{'、'.join(told)}，{effect}{untouched}。"


def of_group(figures: QuarterFigures, group: str) -> str:
    """A group's year to date, its quarter, and who leads it."""
    progress, gain = figures.groups[group]
    units = figures.last.ranking(group)
    them = f"{len(units)}个{noun(group)}" if len(units) > 1 else units[0].unit.name
    best = [each for each in leading(figures.last, group) if len(units) > 1]
    ahead = f"完成率居前的是{with_rates(best)}。" if best else ""
    if len(best) > _MANY:  # ties without end at the year's: nobody reads 16 names for one rate
        best = [each for each in best if each.rank == best[0].rank]
        rate = rate_text(best[0].completion_rate or Fraction())
        ahead = (
            f"完成率最高的{len(best)}个单位并列，均为{rate}。"
            if len(best) > 1
            else f"完成率最高的是{with_rates(best)}。"
        )
    own = "" if _is_the_year(gain, progress) else f"；{quarter_words(figures.quarter)}{net_words(gain.net)}"
    return f"{them}{gains(progress)}{own}。{ahead}"


def reached(figures: MonthFigures, annex: str) -> str:
    """How many units have reached pace, and the bands; empty where no unit has a target, and before the plan's first month.

    :param annex: where each of them stands: 附件1, here and below.
    """
    units = [each for each in figures.units if each.rank is not None]
    if not units or not figures.pace:
        return ""
    done = sum(each.has_reached_pace for each in units)
    is_over = figures.county.is_over
    what, all_of_it = ("完成年度任务", "全部完成") if is_over else ("达到序时进度", "全部达到")
    goal, none_of_it = ("年度任务", "均未完成") if is_over else ("序时进度", "均未达到")
    at_pace = (
        f"有任务的{len(units)}个单位中，{what}的{done}个，未{what[:2]}的{len(units) - done}个" if 0 < done < len(units)
        else f"有任务的{len(units)}个单位{all_of_it if done else none_of_it}{goal}"
    )  # fmt: skip
    bands = [(band, sum(each.band == band for each in units)) for band in BANDS]
    finished = sum((each.completion_rate or 0) >= 1 for each in units)
    return (
        f"{at_pace}{_bands(bands, is_over=is_over, has_done=done > 0)}"
        + (f"，其中{finished}个单位已完成年度任务" if finished and not is_over else "")
        + f"（各单位情况见{annex}）。"
    )


def _bands(bands: Sequence[tuple[str, int]], *, is_over: bool, has_done: bool) -> str:
    """How many are in each; in the end of those alone who have not done it, which may be all."""
    told = [f"{band}{number}个" for band, number in bands if number and not (is_over and band == AHEAD)]
    if not told:
        return ""
    among = "；从进度看，" if not is_over else "；没有完成的单位中，" if has_done else "，其中"
    return among + "、".join(told)


def shortcomings(figures: QuarterFigures, whole: str, annex: str, overdue: int, unreported: int) -> list[str]:
    """What is wanting, each a sentence without its end; nothing where nothing is.

    :param overdue: open items beyond their deadline.
    :param unreported: amounts that the plan promises and nobody has reported.
    """
    last, county = figures.last, figures.last.county
    found = []
    if county.lead is not None and county.lead < 0:
        short = f"，按序时进度还差{county.gap_to_pace}户" if county.gap_to_pace > 0 else ""
        found.append(
            f"{whole}年度净增任务没有完成，还差{county.gap_to_pace}户" if county.is_over
            else f"{whole}完成率{against_pace(county.lead)}{short}"
        )  # fmt: skip
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
