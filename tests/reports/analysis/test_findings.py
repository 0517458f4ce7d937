"""What an analysis points at: situations, and the very sentences that come of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.figures.analyses import UNTROUBLED, analysis, held, parts
from support.figures.shops import UNITS

from pipeline.domain.analysis.flows import Flow
from pipeline.domain.analysis.industries import Structure
from pipeline.domain.analysis.month import MonthAnalysis
from pipeline.domain.analysis.stock import BASE, EXPORTS, Stock
from pipeline.domain.analysis.survival import Cohort, Survival
from pipeline.domain.analysis.year_ago import YearAgo
from pipeline.domain.items.item import Item, Opening, State
from pipeline.domain.period import Month
from pipeline.domain.statistics.figures import Tally
from pipeline.reports.analysis.beside import Beside
from pipeline.reports.analysis.sentences.findings import findings, findings_words
from pipeline.settings.analysis import Analysis

RULES = Analysis()
CALM = Tally(new_month=30, cancelled_month=4, new=120, cancelled=9)
CODED = Structure((10, 0, 90), 0, 0)


def lasting(k: int, *alive: int, size: int = 20) -> tuple[Cohort, ...]:
    """Cohorts of months in a row up to March 2022, of each of which so many of twenty are there after k months."""
    last = 12 * 2022 + 2
    months = range(last - len(alive) + 1, last + 1)
    return tuple(
        Cohort(Month(month // 12, month % 12 + 1), Survival(k, size, number), is_complete=True)
        for month, number in zip(months, alive, strict=True)
    )


def item(kind: str = "进度滞后", deadline: str = "2022-07-01", state: State = State.WORKING) -> Item:
    about = Opening("01", "东村镇", kind, "问题", "标准", date.fromisoformat(deadline))
    opened = date(2022, 6, 1)
    return Item(2022, 1, about, opened, opened, about.deadline, state)


def ago(new: int) -> YearAgo:
    return YearAgo(EXPORTS, 20, 3, new, 9, 1000)


SITUATIONS: Sequence[tuple[str, MonthAnalysis, Beside, str]] = [
    ("net-loss", analysis(Tally(new=3, cancelled=10)), held(),
     "本年注销多于新登记，净减少7户，建议登记机关逐户核对注销情况"),
    ("net-loss", analysis(replace(CALM, new_month=2)), held(),
     "6月份注销多于新登记，净减少2户，建议登记机关核对当月的注销情况"),
    ("exit-ratio", analysis(Tally(new=120, cancelled=61)), held(),
     "新设退出比为100∶50.8，高于100∶50，建议分行业、分区域核对本年注销的户"),
    ("fewer-new", analysis(CALM), held(year_ago=ago(121)),
     "累计新登记比上年同期少1户，建议了解群众办照意愿和办照中的困难"),
    ("place-loss", analysis(CALM, places=parts(Flow(3, 4), Flow(4, 4), Flow(0, 3), Flow(0, 9))), held(),
     "本年注销多于新登记的有岚城镇（净减少3户）、东村镇（净减少1户），建议当地逐户核对、走访经营户"),
    ("place-loss", analysis(CALM, places=parts(*(Flow(0, number) for number in (1, 2, 3, 4)), Flow())), held(),
     "本年注销多于新登记的有界河口镇（净减少4户）、岚城镇（净减少3户）、普明镇（净减少2户）等4个，建议当地逐户核对、走访经营户"),
    ("industry-loss", analysis(CALM, industries=(("F", Flow(1, 9)), ("H", Flow(9, 1)), (None, Flow(0, 5))),
                               structure=CODED, coded=CODED), held(),
     "本年注销多于新登记的行业有批发和零售业（净减少8户），建议了解这些行业的经营情况"),
    ("survival", analysis(CALM, cohorts=(*lasting(3, *[20] * 12, *[19] * 12), *lasting(6, *[18] * 24))), held(),
     "最近一年满月的户，存活率低于前一年满月的户（满3个月的95.0%，低5.0个百分点），建议对新登记户加强回访"),
    ("letter-survival", analysis(CALM, cohorts=lasting(3, *[19] * 3), letters={UNITS[0]: (Survival(3, 10, 9),)}),
     held(), "凭介绍信登记的户，存活率低于全部个体工商户（满3个月的90.0%，低5.0个百分点），建议各单位逐户走访培育对象"),
    ("balance", analysis(CALM, stock=Stock(EXPORTS, 1108, 1000, 1111)), held(),
     "登记数据的在册户数与推算相差3户，建议登记机关核对"),
    ("overdue", analysis(CALM), held(difficulties=replace(UNTROUBLED, items=(item(), item("诉求", "2022-07-09")))),
     "挂账事项逾期1项，建议责任单位按台账逐项办理"),
    ("obstacle", analysis(CALM), held(difficulties=replace(UNTROUBLED, obstacles=(("资金", 4), ("场地", 1)))),
     "填报“资金”类堵点的单位最多，有4个，建议提交调度会研究"),
    ("obstacle", analysis(CALM), held(difficulties=replace(UNTROUBLED, obstacles=(("资金", 2), ("场地", 2), ("人手", 1)))),
     "填报“资金”、“场地”类堵点的单位最多，各有2个，建议提交调度会研究"),
]  # fmt: skip


@pytest.mark.parametrize("rule, found, beside, words", SITUATIONS)
def test_a_rule_says_this(rule: str, found: MonthAnalysis, beside: Beside, words: str) -> None:
    told = findings(found, beside, RULES)
    assert [(each.rule, each.words) for each in told] == [(rule, words)]
    assert findings_words(told) == f"按以上数据，需要关注：{words}。"


@pytest.mark.parametrize(
    "found, beside",
    [
        (analysis(CALM), held()),
        (analysis(Tally()), held()),
        (analysis(Tally(new=120, cancelled=60)), held()),
        (analysis(CALM), held(year_ago=ago(120))),
        (analysis(CALM, places=parts(Flow(4, 4), Flow(0, 9))), held()),
        (analysis(CALM, industries=(("F", Flow(1, 9)), (None, Flow(0, 5)))), held()),  # too few are coded
        (analysis(CALM, cohorts=lasting(3, *[20] * 11, *[10] * 12)), held()),  # other seasons
        (analysis(CALM, cohorts=lasting(3, *[99] * 12, *[95] * 12, size=99)), held()),  # 4.04 points
        (analysis(CALM, cohorts=lasting(3, *[19] * 3), letters={UNITS[0]: (Survival(3, 9, 0),)}), held()),
        (analysis(CALM, stock=Stock(BASE, 1108, 1000, 1111)), held()),
        (analysis(CALM), held(difficulties=replace(UNTROUBLED, items=(item(deadline="2022-07-05"),)))),
        (analysis(CALM), held(difficulties=replace(UNTROUBLED, items=(item(state=State.CLOSED),)))),
        (analysis(CALM), held(difficulties=replace(UNTROUBLED, obstacles=(("资金", 1), ("场地", 1))))),
    ],
)  # fmt: skip
def test_nothing_is_found_and_that_is_said(found: MonthAnalysis, beside: Beside) -> None:
    assert findings(found, beside, RULES) == ()
    assert findings_words(()) == "按以上数据，没有需要提示的情况。"


def test_all_rules_at_once_make_one_paragraph() -> None:
    cohorts = (*lasting(3, *[20] * 12, *[15] * 12), *lasting(6, *[18] * 12, *[10] * 12))
    places = parts(Flow(0, 2), Flow(0, 90))
    found = analysis(
        Tally(1, 5, 110, 100), cohorts=cohorts, letters={UNITS[0]: (Survival(3, 10, 1),)}, places=places,
        industries=(("F", Flow(1, 9, 95)), (None, Flow())), structure=CODED, coded=CODED,
        stock=Stock(EXPORTS, 1108, 1000, 1010),
    )  # fmt: skip
    troubled = replace(UNTROUBLED, items=(item(),), obstacles=(("资金", 3),))
    told = findings(found, held(year_ago=ago(150), difficulties=troubled), RULES)
    assert [each.rule for each in told] == list(dict.fromkeys(rule for rule, *_ in SITUATIONS))
    words = findings_words(told)
    assert "一是6月份注销多于新登记" in words and "；十是填报“资金”类" in words and words.endswith("研究。")
    assert "满3个月的75.0%，低25.0个百分点，满6个月的50.0%，低40.0个百分点" in words


def test_limits_are_settings() -> None:
    strict = Analysis(exit_alert=0.05, survival_drop=1)
    cohorts = lasting(3, *[99] * 12, *[95] * 12, size=99)
    told = findings(analysis(CALM, cohorts=cohorts), held(), strict)
    assert [each.rule for each in told] == ["exit-ratio", "survival"]
    assert "高于100∶5，" in told[0].words


counts = st.integers(0, 300)


CAUSES = ("由于", "因为", "导致", "原因是", "受", "疫情", "市场低迷")


@given(counts, counts, counts, counts, st.lists(st.tuples(counts, counts), min_size=2, max_size=9))
def test_no_finding_tells_a_cause_and_each_has_a_proposal(
    new: int, cancelled: int, new_month: int, before: int, flows: list[tuple[int, int]]
) -> None:
    found = analysis(
        Tally(new_month, 3, new, cancelled), places=parts(*(Flow(*each) for each in flows)),
        stock=Stock(EXPORTS, 1000 + before, 1000, 1000 + new - cancelled),
    )  # fmt: skip
    told = findings(found, held(year_ago=ago(before)), RULES)
    for each in told:
        assert each.words.count("建议") == 1 and not any(cause in each.words for cause in CAUSES)
        assert "-" not in each.words and "净减少0" not in each.words and "少0户" not in each.words
    rules = {each.rule for each in told}
    assert ("fewer-new" in rules) == (new < before) and ("exit-ratio" in rules) == (
        2 * cancelled > new >= cancelled
    )
    assert ("place-loss" in rules) == any(one < other for one, other in flows[:-1])
