"""How many there are, how that changed against the year's beginning and the year before, and what does not add up."""

from collections.abc import Iterator
from fractions import Fraction

from pipeline.domain.analysis.month import MonthAnalysis
from pipeline.domain.analysis.stock import BASE, EXPORTS
from pipeline.domain.analysis.year_ago import YearAgo
from pipeline.domain.statistics.phrases import growth
from pipeline.domain.wording import chinese_date, rate_text
from pipeline.reports.analysis.beside import change
from pipeline.reports.analysis.sentences.common import moves, net_words


def overall(found: MonthAnalysis, whole: str) -> Iterator[str]:
    """How many there are, how that changed, and what does not add up.

    :param whole: 全县, 全市.
    """
    figures, stock = found.figures, found.stock
    tally, day = figures.county.tally, chinese_date(figures.as_of)
    lead = f"截至{day}，{whole}"
    if stock.end is not None and stock.growth is not None:
        by = f"（按上年末{stock.start_of_year}户和本年增减推算）" if stock.source == BASE else ""
        lead += f"在册个体工商户{stock.end}户{by}，{_growth(stock.growth, stock.start_of_year or 0)}。"
    told = f"{lead}本年累计{moves(tally.new, tally.cancelled)}"
    if figures.month > 1 and (tally.new or tally.cancelled):  # in January it is the same
        told += f"；其中{figures.month}月份{moves(tally.new_month, tally.cancelled_month)}"
    yield f"{told}。{_balance(found)}{_late(found)}"


def _growth(more: int, before: int) -> str:
    if not more:
        return "与上年末持平"
    share = f"，{'增长' if more > 0 else '下降'}{rate_text(abs(Fraction(more, before)))}" if before else ""
    return f"较上年末{'增加' if more > 0 else '减少'}{abs(more)}户{share}"


def _balance(found: MonthAnalysis) -> str:
    """What the exports hold more or less than the balance of the year; never made to fit."""
    stock = found.stock
    if stock.source != EXPORTS or not stock.difference:
        return ""
    undated = f"，其中没有日期的注销、撤销和迁出{found.gone_undated}户" if found.gone_undated else ""
    return (
        f"按上年末{stock.start_of_year}户和本年增减推算应为{stock.computed_end}户，登记数据"
        f"{'多' if stock.difference > 0 else '少'}{abs(stock.difference)}户，原因待核{undated}。"
    )


def _late(found: MonthAnalysis) -> str:
    """What has come since the bulletin was printed: it is in the parts, and the bulletin stays as it is."""
    late = found.late
    told = [
        f"{word}{'、'.join(f'{kind}{number}户' for kind, number in counts if number)}"
        for word, counts in (
            ("补录", (("新登记", late.new), ("注销", late.cancelled))),
            ("核减", (("新登记", late.withdrawn_new), ("注销", late.withdrawn_cancelled))),
        )
        if any(number for _, number in counts)
    ]
    if not told:
        return ""
    return (
        f"以上增减为{found.figures.month}月份简报的数；印发以后{'，'.join(told)}，合计{net_words(late.net)}，"
        "已反映在以下各项中。"
    )


def compared(found: MonthAnalysis, ago: YearAgo | None, least: int) -> str:
    """Against the same month of the year before (同比), a net figure in businesses; empty where that is not known.

    :param least: of so few no percentage is told.
    """
    if ago is None:
        return ""
    tally = found.figures.county.tally
    more = tally.net - ago.net
    told = [
        growth(f"{name}同比", now or 0, then)
        for name, now, then in (
            ("在册户数", found.stock.end, ago.stock),
            ("累计新登记", tally.new, ago.new),
            ("累计注销", tally.cancelled, ago.cancelled),
            (f"{found.figures.month}月份新登记", tally.new_month, ago.new_month),
        )
        if change(now, then, least) is not None
        and (found.figures.month > 1 or not name.endswith("月份新登记"))
    ]
    told.append(
        f"累计净增比上年同期{'多' if more > 0 else '少'}{abs(more)}户" if more else "累计净增与上年同期相同"
    )
    return f"{'，'.join(told)}。"
