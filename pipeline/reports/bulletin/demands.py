"""What the bulletin finds wanting, what comes next, and what it asks for, where nobody has written it by hand.

Named (点名) are units without progress, always, and those among the last of their group that are 滞后; nobody at or
above pace. 岚政办发〔2022〕20号 四（三） has the letters and the 「三个一」.
"""

from datetime import date

from pipeline.domain.place import addressed
from pipeline.domain.statistics.figures import BEHIND, MonthFigures
from pipeline.domain.statistics.phrases import IN_ANNEX, against_pace, enumerated, named, threshold
from pipeline.domain.statistics.ranking import trailing, without_progress
from pipeline.domain.wording import chinese_date, itemised


def problems(figures: MonthFigures, whole: str, units: str = "各单位") -> str:
    """What is wanting, and who is named for it; empty where no unit has a target.

    :param whole: 全县, 全市, here and below.
    :param units: what all units together are called that the figures are of.
    """
    if not any(each.target for each in figures.units):
        return ""
    found = [*_of_the_county(figures, whole), *_of_units(figures)]
    if found:
        return itemised(found)
    if not figures.county.is_over:
        return f"{units}进度总体正常，没有滞后和零进展的单位。"
    are_all_there = all(each.has_reached_pace for each in figures.units if each.target)
    return f"{units}{'均完成了年度任务' if are_all_there else '没有滞后和零进展的'}。"


def _of_the_county(figures: MonthFigures, whole: str) -> list[str]:
    county, tally = figures.county, figures.county.tally
    found = []
    if county.is_over and county.lead is not None and county.lead < 0:
        found.append(f"{whole}年度净增任务没有完成，还差{county.gap_to_pace}户")
    elif tally.net <= 0 and figures.pace:
        found.append(f"{whole}尚未实现净增")
    elif county.lead is not None and county.lead < 0:
        found.append(f"{whole}完成率{against_pace(county.lead)}")
    if tally.net_month < 0 < tally.net:
        found.append(f"{figures.month}月当月注销多于新登记，净减少{-tally.net_month}户")
    return found


def _of_units(figures: MonthFigures) -> list[str]:
    idle = without_progress(figures)
    never = [each for each in idle if not each.tally.new and each.tally.net == 0]
    even = [each for each in idle if each.tally.new and each.tally.net == 0]
    losing = [each for each in idle if each.tally.net < 0]
    behind = [each for group in figures.groups for each in trailing(figures, group)]
    found = []
    if never:
        whose = named(figures, never)
        is_counted = "全部" in whose or whose.endswith(IN_ANNEX)
        number = f"等{len(never)}个单位" if len(never) > 1 and not is_counted else ""
        found.append(f"{whose}{number}尚未实现“零”的突破，予以点名通报")
    if even:
        found.append(f"{named(figures, even)}新登记与注销相抵，净增为零，予以点名通报")
    if losing:
        losses = [f"{each.unit.name}净减少{-each.tally.net}户" for each in losing]
        found.append(f"{enumerated(figures, losses, '个单位')}，予以点名通报")
    if behind:
        how = f"进度滞后，低于序时进度超过{threshold(figures)}个百分点"
        if figures.county.is_over:
            how = f"没有完成年度任务，差{threshold(figures)}个百分点以上"
        whose = named(figures, behind)
        lagging = sum(each.band == BEHIND and each.target > 0 for each in figures.units)
        if lagging > len(behind):
            if figures.county.is_over:
                how = f"距年度任务差{threshold(figures)}个百分点以上"
            found.append(f"{lagging}个单位{how}，对其中居后的{whose}予以点名通报")
        else:
            found.append(f"{whose}{how}，予以点名通报")
    return found


def next_steps(figures: MonthFigures, whole: str, system: str = "") -> str:
    """What is to be done; the monthly gain that is still needed is rounded up.

    :param system: the routine that units are reminded of: 一月一通报、一月一调度、一季一汇报; empty where they are not.
    """
    county = figures.county
    gap = county.target - county.tally.net
    remaining = figures.yardstick.last_month - figures.month
    steps = []
    if not county.target:
        steps.append("加强培育，持续做好个体工商户登记服务")
    elif gap <= 0:
        steps.append(f"巩固成果，{whole}年度净增任务已完成，继续做好培育服务，防止净增回落")
    elif remaining <= 0:
        steps.append(f"查找原因，{whole}年度净增任务还差{gap}户，逐单位分析，研究后续措施")
    else:
        when = f"今后{remaining}个月月均" if remaining > 1 else f"{figures.month + 1}月"
        pace = "保持势头" if county.lead is not None and county.lead >= 0 else "加快进度"
        steps.append(f"{pace}，{whole}距年度净增任务还差{gap}户，{when}需净增{-(-gap // remaining)}户")
    words = ["滞后"] * any(each.band == BEHIND and each.target for each in figures.units)
    words += ["零进展"] * bool(without_progress(figures))
    if words:
        aim = "尽快赶上序时进度" if remaining > 0 else "认真补齐差距"
        steps.append(f"盯紧差距，{'、'.join(words)}单位逐户摸清培育对象，明确专人，{aim}")
    routine = f"，落实“{system}”制度" if system else ""
    steps.append(f"精准识别，用好介绍信，做好标注和编号登记{routine}")
    return itemised(steps, "要")


def closing(figures: MonthFigures, office: str, deadline: date | None = None) -> str:
    """What is asked of the units, and by when.

    :param office: to whom they report: 专班办公室（设在县市场监管局）.
    :param deadline: None asks for no report.
    """
    are_all_there = all(each.has_reached_pace for each in figures.units if each.target)
    by = deadline and (
        chinese_date(deadline) if deadline.year != figures.year else f"{deadline.month}月{deadline.day}日"
    )
    if figures.month >= figures.yardstick.last_month:
        why = "" if are_all_there else "，没有完成任务的分析原因、提出措施"
        task, paper, wish = f"认真总结全年工作{why}", "工作总结", ""
    elif are_all_there:
        task, paper, wish = "再接再厉，巩固成果", "下步工作安排", "，确保全面完成年度任务"
    else:
        task, paper, wish = "对照任务，倒排工期、压实责任", "整改措施", "，确保完成年度任务"
    report = f"，于{by}前将{paper}报{office}" if by else wish
    return f"请{addressed(figures.groups)}{task}{report}。"
