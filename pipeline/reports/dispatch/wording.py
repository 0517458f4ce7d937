"""What the dispatch sheet says beside its figures."""

from fractions import Fraction

from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.statistics.phrases import against_pace
from pipeline.domain.wording import chinese_date, counted, decimal_text, rate_text
from pipeline.reports.dispatch.figures import Outlook, Prospects

HARD = "▲"
"""Beside what a unit needs each month, where that is twice what it gained lately, or more."""


def summary(found: Prospects, whole: str) -> str:
    """The county's figures in words, and who will find it hard.

    :param whole: 全县, 全市.
    """
    figures, progress = found.figures, found.county.progress
    text = f"截至{chinese_date(figures.as_of)}，{whole}年度净增任务{progress.target}户，累计{_net(progress.tally.net)}"
    if progress.completion_rate is not None and progress.lead is not None:
        text += f"，完成率{rate_text(progress.completion_rate)}"
        text += "" if progress.is_over else f"，{against_pace(progress.lead)}"
    return f"{text}。{_ahead(found.county.outlook, found)}{_hard(found)}"


def _ahead(outlook: Outlook, found: Prospects) -> str:
    left = found.months_left
    recent = f"近{found.recent_months}个月月均{_net(outlook.recent_average)}"
    if found.recent_months == 1:
        recent = f"当月{_net(int(outlook.recent_average))}"
    lately = f"{recent}，照此推算全年{_net(outlook.projected)}。"
    if outlook.gap <= 0:
        return "全年任务已经完成。" + (lately if left else "")
    if not left:
        return f"计划期已经结束，还差{outlook.gap}户没有完成。"
    each = "后续每月" if left > 1 else "最后一个月"
    return f"计划期还有{left}个月，还差{outlook.gap}户，{each}需净增{outlook.needed_per_month}户；{lately}"


def _net(number: int | Fraction) -> str:
    """A fall is never growth by less than nothing."""
    amount = str(abs(number)) if isinstance(number, int) else decimal_text(abs(number))
    return f"净减少{amount}户" if number < 0 else f"净增{amount}户"


def _hard(found: Prospects) -> str:
    names = [each.unit.name for each, outlook in found.units if outlook.is_hard]
    if not names:
        return ""
    return f"后续月均需净增达到近期月均两倍以上的有{counted(names, 10, '个单位')}。"


def note(figures: MonthFigures) -> str:
    """How the columns are counted."""
    return (
        "距序时差＝达到序时进度应完成的户数－累计净增；差额＝年度任务－累计净增；后续月均需净增＝差额÷计划期剩余月数，不足1户的"
        f"按1户；推算全年＝累计净增＋近三月月均×剩余月数。带{HARD}的，后续月均需净增是近三月月均的两倍以上（月均不足1户的按1户）。"
        f"各项数字以{figures.month}月份简报为准，由程序计算，请不要改动；右边五栏由各单位填写。"
    )
