"""The bulletin's sentences, from figures alone; in the words of official Chinese.

截至, never 截止; differences of rates in 百分点; a decline falls (下降、净减少), it never grows by less than nothing; a
comparison with nothing is left out; everything in the text is rounded, nothing is compared rounded. A paragraph for
which there is nothing to say is empty.
"""

from collections.abc import Sequence
from fractions import Fraction

from pipeline.domain.period import Year
from pipeline.domain.place import noun
from pipeline.domain.statistics.figures import AHEAD, BANDS, MonthFigures, Standing
from pipeline.domain.statistics.phrases import (
    MOST_NAMED,
    apart,
    enumerated,
    gains,
    goal,
    growth,
    named,
    names,
    since_new_year,
    threshold,
    with_rates,
)
from pipeline.domain.statistics.ranking import leading, places, ranked, trailing
from pipeline.domain.wording import chinese_date, rate_text


def title(figures: MonthFigures, whole: str) -> str:
    """The bulletin's title.

    :param whole: 全县, 全市, here and below.
    """
    return f"{figures.year}年{figures.month}月份{whole}个体工商户培育工作进展情况"


def lead_in(figures: MonthFigures, whole: str, basis: str = "", requirement: str = "") -> str:
    """What the bulletin goes by, and as of when.

    :param basis: the document and its number: 《…实施方案》（岚政办发〔2022〕20号）; empty where none is named.
    :param requirement: what that asks for: 一月一通报; empty where it is not quoted.
    """
    asked = f"{'关于' if basis else ''}“{requirement}”的要求" if requirement else ""
    by = f"按照{basis}{asked}，" if basis or asked else ""
    until = f"数据统计截至{chinese_date(figures.as_of)}。{_days(figures)}"
    return f"{by}现将{title(figures, whole)}通报如下。{until}"


def _days(figures: MonthFigures) -> str:
    """Which days the month has, and since when the year runs; empty where the calendar says so."""
    if not figures.yardstick.month_end:
        return ""
    first, last = figures.first, figures.as_of
    end = f"{last.month}月{last.day}日" if first.year == last.year else chinese_date(last)
    begin = f"{first.month}月{first.day}日" if first.year == last.year else chinese_date(first)
    year = chinese_date(figures.yardstick.calendar.first(Year(figures.year)))
    since = f"，本年度自{year}起统计" if figures.month > 1 else ""
    return f"本月统计期为{begin}至{end}{since}。"


def definitions(figures: MonthFigures, whole: str) -> str:
    """How the figures are counted (口径)."""
    return (
        "新登记按成立日期、注销按注销日期统计，净增为新登记减去注销。各单位的户数以介绍信编号为准，没有有效介绍信的按申报"
        f"单位归属；注销只冲减本年度由本单位引领登记的户；没有归属的只计入{whole}。{yardstick_words(figures)}"
    )


def yardstick_words(figures: MonthFigures) -> str:
    """What progress is measured against, what the bands mean, and what ranks go by."""
    yardstick = figures.yardstick
    first, final = yardstick.first_month, yardstick.last_month
    period = "全年12个月" if (first, final) == (1, 12) else f"{first}月至{final}月共{final - first + 1}个月"
    until = f"{figures.as_of.day}日" if yardstick.month_end else "底"
    return (
        f"完成率为累计净增占年度任务数的比重，序时进度按{period}计算，截至{figures.month}月{until}为{rate_text(figures.pace)}。"
        f"达到序时进度为先进，低于序时进度不超过{threshold(figures)}个百分点为基本达标，"
        f"超过{threshold(figures)}个百分点为滞后，没有净增为零进展。排名以完成率为准{apart(figures)}。"
    )


def overall(
    figures: MonthFigures,
    whole: str,
    previous: MonthFigures | None = None,
    base: int | None = None,
    new_last_year: int | None = None,
) -> str:
    """The county: year to date, the month, and all businesses there are.

    :param previous: the month before, as printed; None when it was not, and in January.
    :param base: businesses at the end of the year before (年末在册数); None leaves the stock out, as does one that
        cannot be right because nothing would be left of it.
    :param new_last_year: registrations of the same month a year before; None leaves that comparison out.
    """
    county, tally = figures.county, figures.county.tally
    text = f"截至{figures.month}月{figures.as_of.day}日，{whole}{gains(county)}"
    compared = [
        growth("环比", tally.new_month, previous.county.tally.new_month if previous else None),
        growth("同比", tally.new_month, new_last_year),
    ]
    if figures.month == 1:
        text += f"，新登记{compared[1]}" if compared[1] else ""
    elif tally.new or tally.cancelled:
        new = f"新登记{tally.new_month}户" if tally.new_month else "没有新登记"
        text += "；" + "，".join(filter(None, (f"{figures.month}月当月{new}", *compared)))
    text += "。"
    more = tally.net - tally.struck_off_stock
    if base is not None and base + more > 0:
        text += f"{whole}在册个体工商户{base + more}户{since_new_year(base, more)}。"
    if tally.revoked:
        text += f"另有{tally.revoked}户被吊销营业执照，不计入注销。"
    if tally.struck_off:
        text += f"另有{tally.struck_off}户被撤销登记，作核减，不计入新登记和注销。"
    return text


def reached(figures: MonthFigures) -> str:
    """How many units have reached pace and who has not, the bands, and who has fulfilled its year.

    Empty where no unit has a target, and before the plan's first month.
    """
    units = [each for each in figures.units if each.rank is not None]
    if not units or not figures.pace:
        return ""
    bands = [(band, number) for band in BANDS if (number := sum(each.band == band for each in units))]
    text = _at_pace(units, only_band=bands[0][0] if len(bands) == 1 else "")
    if len(bands) > 1:
        left = [
            each for each in bands if not (figures.county.is_over and each[0] == AHEAD)
        ]  # in the end they are done
        numbers = "、".join(f"{band}{number}个" for band, number in left)
        if not figures.county.is_over:
            text += f"从进度看，{numbers}。"
        elif any(each.has_reached_pace for each in units):
            text += f"没有完成的单位中，{numbers}。"
        else:
            text = f"{text.removesuffix('。')}，其中{numbers}。"
    finished = [each for each in units if (each.completion_rate or 0) >= 1]
    if finished and len(units) > 1 and not figures.county.is_over:
        crowd = f"{len(finished)}个单位" if MOST_NAMED < len(finished) < len(units) else ""
        text += f"{crowd or named(figures, finished)}已完成年度任务{'（见附件1）' if crowd else ''}。"
    return text


def _at_pace(units: Sequence[Standing], only_band: str) -> str:
    """:param only_band: the band that all are in; empty when there are several."""
    done = [each for each in units if each.has_reached_pace]
    short = [each for each in units if not each.has_reached_pace]
    is_over = units[0].is_over
    reach, aim = "完成" if is_over else "达到", goal(is_over)
    if done and short:
        shares = [rate_text(Fraction(len(some), len(units))) for some in (done, short)]
        return (
            f"{reach}{aim}的单位{len(done)}个，占比{shares[0]}；"
            f"未{reach}的{len(short)}个，占比{shares[1]}{_who(short)}。"
        )
    if len(units) == 1:
        whole, have, are = units[0].unit.name, "已", ""
    else:
        whole, have, are = f"{len(units)}个单位", "全部", "均"
    if done:
        return f"{whole}{have}{reach}{aim}。"
    return f"{whole}{are}未{reach}{aim}{f'，{are}为{only_band}' if only_band else ''}。"


def _who(units: Sequence[Standing]) -> str:
    if len(units) > MOST_NAMED:
        return "（见附件1）"
    return f"，{'分别' if len(units) > 1 else ''}为{names(units)}"


def of_group(figures: MonthFigures, group: str) -> str:
    """The paragraph of a group; empty where it has no unit."""
    units = figures.ranking(group)
    if not units:
        return ""
    them = f"{len(units)}个{noun(group)}" if len(units) > 1 else units[0].unit.name
    return f"{them}{gains(figures.total(group))}。{_head(figures, group)}{_tail(figures, group)}{_aside(figures, units)}"


def _head(figures: MonthFigures, group: str) -> str:
    units, first = ranked(figures, group), leading(figures, group)
    if len(units) > 1 and len({each.completion_rate for each in units}) == 1 and units[0].tally.net > 0:
        return f"{len(units)}个{noun(group)}完成率相同，均为{rate_text(units[0].completion_rate or Fraction())}{_praise(units)}。"
    if not first:
        return ""
    number = min(places(figures, group), len(first))
    is_one = all(each.rank == 1 for each in first)
    where = f"居首位的{noun(group)}是" if is_one else f"居前{number}位的{noun(group)}分别是"
    return f"完成率{where}{with_rates(first)}{_praise(first)}。"


def _praise(units: Sequence[Standing]) -> str:
    done = [each for each in units if each.has_reached_pace]
    aim = f"{'完成' if units[0].is_over else '达到'}{goal(units[0].is_over)}"
    if not done:
        return f"，{'均' if len(units) > 1 else ''}未{aim}"
    if len(done) == len(units):
        return "，予以通报表扬"
    who = names(done) if len(done) <= MOST_NAMED else f"{len(done)}个"
    return f"，其中{who}{aim}，予以通报表扬"


def _tail(figures: MonthFigures, group: str) -> str:
    units = trailing(figures, group)
    if not units or len(units) == len(ranked(figures, group)):
        return ""
    if units != ranked(figures, group)[-len(units) :]:
        where = f"居后、进度滞后的{noun(group)}是"
    elif len({each.rank for each in units}) == 1:
        where = f"居末位的{noun(group)}是"
    else:
        where = f"居后{min(places(figures, group), len(units))}位的{noun(group)}分别是"
    return f"完成率{where}{with_rates(units)}。"


def _aside(figures: MonthFigures, units: Sequence[Standing]) -> str:
    """Who is not ranked."""
    without = [each for each in units if each.rank is None]
    if not without:
        return ""
    whose = enumerated(figures, [each.unit.name for each in without], "个单位")
    return f"{'各单位均' if len(without) == len(units) > 1 else whose}未下达任务，不参加排名。"
