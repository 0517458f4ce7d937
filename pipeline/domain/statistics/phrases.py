"""Parts of the bulletin's sentences: gains, comparisons and names."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby

from pipeline.domain.place import noun
from pipeline.domain.statistics.figures import MonthFigures, Progress, Standing
from pipeline.domain.statistics.ranking import ranked
from pipeline.domain.wording import counted, decimal_text, rate_text

MOST_NAMED = 10
"""Units that are named in a sentence; beyond that they are counted, and the annex names them."""

MANY = 60
"""Units of a paper beyond which not even those that are called out (点名) are all named in its sentences."""
IN_ANNEX = "（见附件1）"
"""Where all of them stand, each with its figures and its band."""
_FEW = 10
"""Businesses of which no percentage is told."""


def gains(progress: Progress) -> str:
    """Year to date, and how far that is against target and time; once the time is over, against the target alone."""
    tally = progress.tally
    if not tally.new and not tally.cancelled:
        counts = ["本年尚无新登记和注销的个体工商户"]
    else:
        counts = [
            f"累计新登记个体工商户{tally.new}户" if tally.new else "本年尚无新登记个体工商户",
            f"注销{tally.cancelled}户" if tally.cancelled else "无注销",
            f"净增{tally.net}户" if tally.net > 0 else f"净减少{-tally.net}户" if tally.net else "净增为零",
        ]
    if progress.completion_rate is None or progress.lead is None:
        return "，".join(counts)
    task, share = f"年度净增任务{progress.target}户", rate_text(progress.completion_rate)
    against = _in_the_end(progress) if progress.is_over else against_pace(progress.lead)
    if tally.net <= 0 and progress.is_over:
        aim = [f"{task}没有完成"]
    elif tally.net <= 0:
        aim = [f"年度净增任务为{progress.target}户", f"序时进度为{rate_text(progress.pace)}"]
    elif share == "0.0%":
        aim = [f"年度净增任务为{progress.target}户", "完成率不足0.1%", against]
    else:
        aim = [f"完成{task}的{share}", against]
    return "，".join(filter(None, (*counts, *aim)))


def _in_the_end(progress: Progress) -> str:
    """``还差51户``, ``超额完成3户``; empty where the target was just reached."""
    gap = progress.target - progress.tally.net
    return f"还差{gap}户" if gap > 0 else f"超额完成{-gap}户" if gap else ""


def goal(is_over: bool) -> str:
    """What is to be reached: 序时进度, and once the plan's period is over 年度任务."""
    return "年度任务" if is_over else "序时进度"


def against_pace(lead: Fraction) -> str:
    """``高于序时进度3.2个百分点``, ``略低于序时进度``, ``与序时进度持平``."""
    points = decimal_text(abs(lead) * 100)
    if lead == 0:
        return "与序时进度持平"
    word = "高于" if lead > 0 else "低于"
    return f"略{word}序时进度" if points == "0.0" else f"{word}序时进度{points}个百分点"


def growth(word: str, now: int, before: int | None) -> str:
    """``环比增长5.0%``, ``环比下降3.2%``, ``环比持平``; of few 环比增加2户, as a percentage would mislead; empty of nothing.

    :param word: 环比 or 同比.
    """
    if not before:
        return ""
    change = rate_text(abs(Fraction(now - before, before)))
    if now == before:
        return f"{word}持平"
    if before < _FEW:
        return f"{word}{'增加' if now > before else '减少'}{abs(now - before)}户"
    if change == "0.0%":
        return f"{word}基本持平"
    return f"{word}{'增长' if now > before else '下降'}{change}"


def since_new_year(base: int, net: int) -> str:
    """``，较年初增长6.5%``: how the stock has changed; empty where it began with nothing.

    :param base: businesses at the end of the year before.
    :param net: what the year to date has added to them.
    """
    if not base:
        return ""
    change = rate_text(Fraction(abs(net), base))
    if change == "0.0%":
        return f"，较年初{'增加' if net > 0 else '减少'}{abs(net)}户" if net else "，与年初持平"
    return f"，较年初{'增长' if net > 0 else '下降'}{change}"


def names(units: Iterable[Standing]) -> str:
    """Short names joined by 、."""
    return "、".join(each.unit.name for each in units)


def with_rates(units: Sequence[Standing], most: int = MOST_NAMED) -> str:
    """甲（60.0%）、乙、丙（并列第2，均为50.0%）; of a crowd 并列第2的12个（均为50.0%，见附件1）.

    :param most: units beyond which those of one rank are a crowd.
    """
    told = []
    for rank, same in groupby(units, key=lambda each: each.rank):
        tied = list(same)
        rate = rate_text(tied[0].completion_rate or Fraction())
        if len(tied) > most:
            told.append(f"并列第{rank}的{len(tied)}个（均为{rate}，见附件1）")
        else:
            told.append(f"{names(tied)}（{f'并列第{rank}，均为' if len(tied) > 1 else ''}{rate}）")
    return "、".join(told)


def named(figures: MonthFigures, units: Sequence[Standing]) -> str:
    """The units by name, as :func:`enumerated` has them; the county or a group as a whole where it is all of it."""
    wholes = [("单位", [each for each in figures.units if each.rank is not None])]
    if len(units) == len(wholes[0][1]) > 1:
        return f"全部{len(units)}个单位"
    told = []
    for group in figures.groups:
        own = [each for each in units if each.unit.group == group]
        is_whole = len(own) == len(ranked(figures, group)) > 1
        who = enumerated(figures, [each.unit.name for each in own], f"个{noun(group)}")
        told += [f"全部{len(own)}个{noun(group)}"] if is_whole else [who] if own else []
    return "、".join(told)


def enumerated(figures: MonthFigures, told: Sequence[str], of: str) -> str:
    """What is told of each unit, joined by 、; of a crowd among very many the first, and how many: 甲、乙等187个单位（见附件1）.

    :param of: what is counted then: 个单位.
    """
    if len(figures.units) <= MANY or len(told) <= MOST_NAMED:
        return "、".join(told)
    return counted(told, MOST_NAMED, of) + IN_ANNEX


def apart(figures: MonthFigures) -> str:
    """That groups are ranked apart, after what they are ranked by; empty where there is only one."""
    groups = figures.groups
    return f"，{'、'.join(map(noun, groups))}分别排列" if len(groups) > 1 else ""


def threshold(figures: MonthFigures) -> str:
    """Percentage points between 先进 and 滞后, for 「超过10个百分点」."""
    return decimal_text(figures.yardstick.threshold * 100).removesuffix(".0")
