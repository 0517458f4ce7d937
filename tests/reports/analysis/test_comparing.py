"""Against the year before, who runs businesses, and what is said of what is not known: situations and sentences."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from support.figures.analyses import ALL, TALLY, held, made_up
from support.figures.analyses import analysis as found

from pipeline.domain.analysis.operators import AGES, FORMS, Make
from pipeline.domain.analysis.stock import Stock
from pipeline.domain.analysis.year_ago import YearAgo
from pipeline.reports.analysis.figures import analysis_object
from pipeline.reports.analysis.sentences.notes import note
from pipeline.reports.analysis.sentences.parts import make_up
from pipeline.reports.analysis.sentences.stock import compared
from pipeline.settings.analysis import Analysis

RULES = Analysis()
AGO = YearAgo("exports", 20, 0, 100, 9, 1000)


@pytest.mark.parametrize(
    "ago, stock, words",
    [
        (None, ALL, ""),
        (AGO, ALL, ("在册户数同比增长11.1%，累计新登记同比增长20.0%，累计注销同比持平，6月份新登记同比增长50.0%，"
                   "累计净增比上年同期多20户。")),
        (AGO, Stock(None, None, None, None), ("累计新登记同比增长20.0%，累计注销同比持平，6月份新登记同比增长50.0%，"
                                             "累计净增比上年同期多20户。")),
        (YearAgo("analyse", 0, 0, 0, 0, None), ALL, "累计净增比上年同期多111户。"),
        (YearAgo("analyse", 60, 5, 240, 10, 1111), ALL,
         "在册户数同比持平，累计新登记同比下降50.0%，累计注销同比下降10.0%，6月份新登记同比下降50.0%，累计净增比上年同期少119户。"),
        (YearAgo("analyse", 30, 4, 120, 9, 1111), ALL,
         "在册户数同比持平，累计新登记同比持平，累计注销同比持平，6月份新登记同比持平，累计净增与上年同期相同。"),
    ],
)  # fmt: skip
def test_against_the_year_before_a_net_figure_takes_no_percent(
    ago: YearAgo | None, stock: Stock, words: str
) -> None:
    assert compared(found(stock=stock), ago, 9) == words
    plain = analysis_object(found(stock=stock), held(year_ago=ago), RULES)["year_ago"]
    told = note(found(stock=stock), held(year_ago=ago), RULES)
    if ago is None:
        assert plain["source"] is None and plain["reason"] in told and "不列同比" in told
        return
    assert (plain["month"], plain["net"], plain["more"]["net"]) == ("2021-06", ago.net, 111 - ago.net)
    growth = None if ago.new < 10 else (120 - ago.new) / ago.new
    assert plain["growth"]["new"] == growth
    source = "取自2021年6月运行监测分析" if ago.source == "analyse" else "按登记数据统计"
    assert f"同比的上年数{source}，" in told


def test_of_few_no_percentage_is_told() -> None:
    ago = YearAgo("exports", 9, 9, 10, 9, 9)
    assert compared(found(stock=ALL), ago, 10) == "累计新登记同比增长1100.0%，累计净增比上年同期多110户。"


FORMED = made_up(list(FORMS.values()), (96, 24))
AGED = made_up(list(AGES), (12, 24, 36, 24, 24))


@pytest.mark.parametrize(
    "forms, ages, words, noted",
    [
        (FORMED, AGED, ("本年新登记的个体工商户中，按组成形式，个人经营96户、占80.0%，家庭经营24户、占20.0%；按经营者年龄，"
         "29岁及以下的占10.0%，30至39岁的占20.0%，40至49岁的占30.0%，50至59岁的占20.0%，60岁及以上的占20.0%。"), ()),
        (FORMED, made_up(list(AGES)), "本年新登记的个体工商户中，按组成形式，个人经营96户、占80.0%，家庭经营24户、占20.0%。",
         ("登记数据中没有经营者年龄，不列。",)),
        (replace(FORMED, unknown=6), replace(AGED, unknown=7),
         "本年新登记的个体工商户中，按组成形式，个人经营96户、占80.0%，家庭经营24户、占20.0%。",
         ("组成形式按已知的120户计算，没有的6户不计。", "登记数据中有经营者年龄的占94.5%，不足95%，不列。")),
        (made_up(list(FORMS.values()), (5, 4)), made_up(list(AGES)), "", ("登记数据中有组成形式的占100%，户数少，不列。",)),
    ],
)  # fmt: skip
def test_forms_and_ages(forms: Make, ages: Make, words: str, noted: Sequence[str]) -> None:
    analysis = found(forms=forms, ages=ages)
    assert make_up(analysis, RULES) == words
    assert all(each in note(analysis, held(), RULES) for each in noted)
    plain = analysis_object(analysis, held(), RULES)
    for name, make in (("forms", forms), ("ages", ages)):
        share = None if make.known_share is None else float(make.known_share)
        assert (plain[name]["of"], plain[name]["known_share"], plain[name]["unknown"]) == (
            "new", share, make.unknown
        )  # fmt: skip
        is_told = {"forms": "组成形式", "ages": "经营者年龄"}[name] in words
        assert plain[name]["counts"] == (dict(make.counts) if is_told else None)


def test_a_quarter_that_lacks_a_month_is_said_to() -> None:
    beside = held(months=((4, None), (5, None), (6, TALLY)))
    assert "4月、5月的简报没有印发，本季不合计。" in note(found(), beside, RULES)
    plain = analysis_object(found(), beside, RULES)
    assert plain["edition"] == "quarter" and plain["quarter"]["net"] is None
    assert [each["net_month"] for each in plain["quarter"]["months"]] == [None, None, 26]
    assert analysis_object(found(), held(), RULES)["quarter"] is None


def test_activity_is_told_by_flow_and_says_so() -> None:
    plain = analysis_object(found(), held(), RULES)
    assert plain["activity"] == {"method": "flow", "rate": 111 / 120}
    assert "净增新增比为净增与新登记之比，以它反映活跃度。" in note(found(), held(), RULES)
