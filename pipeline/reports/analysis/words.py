"""A month's analysis in sentences: how many, in what, where, how lively, how lasting; nobody and no shop is named."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from pipeline.domain.analysis.flows import Flow
from pipeline.domain.analysis.industries import GROUPS
from pipeline.domain.analysis.month import MonthAnalysis, Part
from pipeline.domain.analysis.stock import BASE, EXPORTS
from pipeline.domain.analysis.survival import Survival, recent, summed
from pipeline.domain.values.industry import SECTIONS
from pipeline.domain.wording import chinese_date, decimal_text, rate_text
from pipeline.settings.analysis import Analysis

T = TypeVar("T")
_MOST = 3
"""Industries and places that are named."""


def net_words(net: int) -> str:
    """净增12户, 净减少3户, 净增为零."""
    return f"净增{net}户" if net > 0 else f"净减少{-net}户" if net else "净增为零"


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
    told = (
        f"{lead}本年累计新登记{tally.new}户，注销{tally.cancelled}户，{net_words(tally.net)}；其中{figures.month}月份新登记"
        f"{tally.new_month}户，注销{tally.cancelled_month}户，{net_words(tally.net_month)}。"
    )
    yield told + _balance(found) + _late(found)


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


def structure_words(found: MonthAnalysis, least_coded: float) -> str:
    """The three industries and the largest sections; empty where too few are coded for that."""
    told, share = found.structure, found.coded.coded_share
    if not told.coded or share is None or share < Fraction(str(least_coded)):
        return ""
    whose = "在册" if found.is_whole else "本年新登记的"
    shares = "，".join(
        f"{name}{number}户、占{_share(number, told.coded)}"
        for name, number in zip(GROUPS, told.counts, strict=True)
    )
    how = "（其中只有门类的，按门类划分）" if told.by_section else ""
    largest = _top(found.industries, lambda each: _size(each[1], found) if each[0] else 0)
    names = [
        f"{SECTIONS[letter or ''].name}（{_size(flow, found)}户，占{_share(_size(flow, found), told.coded)}）"
        for letter, flow in largest
    ]
    return f"{whose}个体工商户中，{shares}{how}。户数最多的行业是{_first_others(names)}。"


def _size(flow: Flow, found: MonthAnalysis) -> int:
    """What parts are compared by: the stock, or what is new where the exports do not hold all."""
    return flow.stock if found.is_whole else flow.new


def _share(part: int, whole: int) -> str:
    return rate_text(Fraction(part, whole)) if whole else "—"


def places_words(found: MonthAnalysis) -> str:
    """The two rankings, by number and by growth; empty where there are fewer than two places with anything."""
    places = [part for part in found.places if part.unit and _size(part.flow, found)]
    total = sum(_size(part.flow, found) for part in found.places)
    if len(places) < 2:
        return ""
    largest = _top(places, lambda part: _size(part.flow, found))
    number = sum(_size(part.flow, found) for part in largest)
    whose = "在册" if found.is_whole else "本年新登记"
    names = [f"{_name(part)}（{_size(part.flow, found)}户）" for part in largest]
    words = f"{whose}户数最多的是{_first_others(names)}，合计占全部的{_share(number, total)}；{_fastest(places, found)}。"
    nowhere = next((_size(part.flow, found) for part in found.places if not part.unit), 0)
    return words + (f"另有{nowhere}户没有归到{'、'.join(found.groups)}。" if nowhere else "")


def _fastest(places: Sequence[Part], found: MonthAnalysis) -> str:
    if not found.is_whole:
        names = [f"{_name(part)}（{part.flow.net}户）" for part in _top(places, lambda part: part.flow.net)]
        return f"净增最多的是{_first_others(names)}" if names else "各地都没有净增"

    def growth(part: Part) -> Fraction:
        flow = part.flow
        return Fraction(flow.stock - flow.before, flow.before) if flow.before else Fraction()

    names = [f"{_name(part)}（{rate_text(growth(part))}）" for part in _top(places, growth)]
    return f"较上年末增长最快的是{_first_others(names)}" if names else "各地都没有增长"


def _name(part: Part) -> str:
    return part.unit.name if part.unit else ""


def _top(parts: Iterable[T], value: Callable[[T], int | Fraction]) -> Sequence[T]:
    """The first few above nothing; who is equal to the last of them is not left out, unless that makes a crowd."""
    ranked = sorted((part for part in parts if value(part) > 0), key=value, reverse=True)
    if len(ranked) <= _MOST:
        return ranked
    last = value(ranked[_MOST - 1])
    tied = [part for part in ranked if value(part) >= last]
    above = [part for part in ranked if value(part) > last]
    return tied if len(tied) <= _MOST + 2 or not above else above


def _first_others(names: Sequence[str]) -> str:
    """甲，其次是乙和丙."""
    first, *others = names
    if not others:
        return first
    joined = others[0] if len(others) == 1 else f"{'、'.join(others[:-1])}和{others[-1]}"
    return f"{first}，其次是{joined}"


def lively(found: MonthAnalysis, rules: Analysis) -> Iterator[str]:
    """Who comes to who goes, and how many last."""
    tally, stock = found.figures.county.tally, found.stock
    told = []
    if tally.new:
        told.append(f"新设退出比为100∶{decimal_text(Fraction(100 * tally.cancelled, tally.new))}")
        told.append(f"净增新增比为{rate_text(Fraction(tally.net, tally.new))}")
    if stock.start_of_year:
        told.append(f"注销户占上年末在册户数的{rate_text(Fraction(tally.cancelled, stock.start_of_year))}")
    if told:
        yield f"本年{'，'.join(told)}。"
    lasting = [summed([each.survival for each in recent(found.cohorts, k)]) for k in rules.survival]
    if words := survival_words([each for each in lasting if each], rules):
        yield f"个体工商户成立后的存活率：{words}。"


def survival_words(survivals: Sequence[Survival], rules: Analysis) -> str:
    """满3个月的为95.5%（467户中446户），满6个月的为94.7%（469户中444户）."""
    return "，".join(_survives(each, rules) for each in survivals)


def _survives(survival: Survival, rules: Analysis) -> str:
    rate = survival.rate(rules.cohort_min)
    if rate is None:
        return f"满{survival.months}个月的只有{survival.size}户，样本少"
    return f"满{survival.months}个月的为{rate_text(rate)}（{survival.size}户中{survival.alive}户）"


def nurtured(found: MonthAnalysis, rules: Analysis) -> str:
    """How long those last that came by letters, of all units together; empty where none has had the time."""
    own = [each for some in found.letters.values() for each in some]
    together = [summed([each for each in own if each.months == k]) for k in rules.survival]
    words = survival_words([each for each in together if each], rules)
    return f"凭介绍信登记的个体工商户成立后的存活率：{words}。" if words else ""
