"""What an analysis says: situations and the sentences that come of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from support.figures.analyses import ALL, held, parts
from support.figures.analyses import analysis as found
from support.figures.shops import TOWNS, UNITS

from pipeline.domain.analysis.flows import Flow
from pipeline.domain.analysis.industries import Structure
from pipeline.domain.analysis.month import MonthAnalysis
from pipeline.domain.analysis.stock import BASE, EXPORTS, Stock
from pipeline.domain.analysis.survival import Cohort, Survival
from pipeline.domain.period import Month
from pipeline.domain.statistics.figures import Tally
from pipeline.domain.statistics.late import Late
from pipeline.reports.analysis.charts import industry_chart, survival_chart
from pipeline.reports.analysis.figures import analysis_object
from pipeline.reports.analysis.sentences.lively import lively, nurtured
from pipeline.reports.analysis.sentences.notes import note
from pipeline.reports.analysis.sentences.parts import places_words, structure_words
from pipeline.reports.analysis.sentences.stock import overall
from pipeline.settings.analysis import Analysis

RULES = Analysis()


def told(analysis: MonthAnalysis) -> str:
    return "".join(overall(analysis, "全县"))


GAINS = "本年累计新登记120户，注销9户，净增111户；其中6月份新登记30户，注销4户，净增26户。"


FEWER = (
    f"截至2022年6月30日，全县在册个体工商户1108户，较上年末增加108户，增长10.8%。{GAINS}"
    "按上年末1000户和本年增减推算应为1111户，登记数据少3户，原因待核。"
)


@pytest.mark.parametrize(
    "stock, words",
    [
        (Stock(None, None, None, None), f"截至2022年6月30日，全县{GAINS}"),
        (ALL, f"截至2022年6月30日，全县在册个体工商户1111户，较上年末增加111户，增长11.1%。{GAINS}"),
        (Stock(EXPORTS, 1000, 1000, 1000), f"截至2022年6月30日，全县在册个体工商户1000户，与上年末持平。{GAINS}"),
        (Stock(EXPORTS, 990, 1000, 990), f"截至2022年6月30日，全县在册个体工商户990户，较上年末减少10户，下降1.0%。{GAINS}"),
        (Stock(BASE, 1111, 1000, 1111),
         f"截至2022年6月30日，全县在册个体工商户1111户（按上年末1000户和本年增减推算），较上年末增加111户，增长11.1%。{GAINS}"),
        (Stock(EXPORTS, 1108, 1000, 1111), FEWER),
    ],
)  # fmt: skip
def test_how_many_there_are(stock: Stock, words: str) -> None:
    assert told(found(stock=stock)) == words


@pytest.mark.parametrize(
    "month, tally, words",
    [
        (1, Tally(111, 8, 111, 8), "本年累计新登记111户，注销8户，净增103户。"),
        (1, Tally(111, 0, 111, 0), "本年累计新登记111户，无注销，净增111户。"),
        (2, Tally(0, 0, 5, 0), "本年累计新登记5户，无注销，净增5户；其中2月份没有新登记和注销。"),
        (
            3,
            Tally(0, 2, 5, 2),
            "本年累计新登记5户，注销2户，净增3户；其中3月份没有新登记，注销2户，净减少2户。",
        ),
        (4, Tally(), "本年累计没有新登记和注销。"),
    ],
)
def test_what_there_was_none_of_is_said_in_words_and_january_once(
    month: int, tally: Tally, words: str
) -> None:
    assert told(found(tally, month=month)).endswith(f"全县{words}")


def test_a_year_without_cancellations_has_no_ratios() -> None:
    assert list(lively(found(Tally(5, 0, 5, 0), stock=ALL), RULES)) == ["本年没有注销。"]


def test_ends_without_a_day_are_told_beside_the_difference() -> None:
    words = told(found(stock=Stock(EXPORTS, 1113, 1000, 1111), gone_undated=2))
    assert words.endswith("登记数据多2户，原因待核，其中没有日期的注销、撤销和迁出2户。")


def test_what_came_late_is_told_and_not_put_into_the_totals() -> None:
    words = told(found(late=Late(3, 1, 2, 0)))
    assert GAINS in words and words.endswith(
        "以上增减为6月份简报的数；印发以后补录新登记3户、注销1户，核减新登记2户，合计净增为零，已反映在以下各项中。"
    )


STRUCTURE = (
    "在册个体工商户中，第一产业10户、占8.3%，第三产业110户、占91.7%。户数最多的行业是"
    "批发和零售业（50户，占41.7%），其次是住宿和餐饮业（30户，占25.0%）、居民服务、修理和其他服务业（30户，占25.0%）。"
)
INDUSTRIES = (
    ("A", Flow(1, 0, 10)),
    ("F", Flow(9, 1, 50)),
    ("H", Flow(5, 0, 30)),
    ("O", Flow(5, 2, 30)),
    (None, Flow(0, 0, 5)),
)


@pytest.mark.parametrize(
    "uncoded, stock, words",
    [
        (5, ALL, STRUCTURE), (6, ALL, STRUCTURE), (7, ALL, ""),
    ],
)  # fmt: skip
def test_the_structure_is_left_out_where_too_few_are_coded(uncoded: int, stock: Stock, words: str) -> None:
    structure = Structure((10, 0, 110), uncoded, 0)
    analysis = found(industries=INDUSTRIES, coded=structure, structure=structure, stock=stock)
    assert structure_words(analysis, 0.95) == words
    assert bool(industry_chart(analysis, RULES).categories) == bool(words)
    assert ("不列行业结构" in note(analysis, held(), RULES)) == (not words)


def test_sections_alone_are_said_to_divide() -> None:
    structure = Structure((1, 0, 19), 0, 1)
    analysis = found(
        industries=(("F", Flow(19)), ("A", Flow(1)), (None, Flow())), coded=structure, structure=structure
    )
    assert structure_words(analysis, 0.95) == (
        "本年新登记的个体工商户中，第一产业1户、占5.0%，第三产业19户、占95.0%（其中只有门类的，按门类划分）。"
        "户数最多的行业是批发和零售业（19户，占95.0%），其次是农、林、牧、渔业（1户，占5.0%）。"
    )


def test_shares_that_do_not_add_up_are_explained() -> None:
    for counts, is_told in (((1, 1, 1), True), ((1, 1, 2), False)):
        structure = Structure(counts, 0, 0)
        analysis = found(industries=(("F", Flow(3)), (None, Flow())), coded=structure, structure=structure)
        assert ("因四舍五入" in note(analysis, held(), RULES)) is is_told


def test_two_rankings_of_places() -> None:
    flows = [Flow(9, 1, 50, 42), Flow(5, 1, 30, 26), Flow(4, 0, 20, 16), Flow(1, 0, 10, 9), Flow(1, 0, 5, 4)]
    assert places_words(found(places=parts(*flows), stock=ALL)) == (
        "在册户数最多的是东村镇（50户），其次是普明镇（30户）、岚城镇（20户），合计占全部的87.0%；"
        "较上年末增长最快的是岚城镇（25.0%），其次是东村镇（19.0%）、普明镇（15.4%）。另有5户没有归到乡镇。"
    )
    assert places_words(found(places=parts(*flows))) == (
        "本年新登记户数最多的是东村镇（9户），其次是普明镇（5户）、岚城镇（4户），合计占全部的90.0%；"
        "净增最多的是东村镇（8户），其次是普明镇（4户）、岚城镇（4户）。另有1户没有归到乡镇。"
    )


@pytest.mark.parametrize(
    "new, named",
    [
        ((5, 4, 3, 2), 3), ((5, 4, 3, 3), 4), ((5, 3, 3, 3, 3), 5), ((5, 3, 3, 3, 3, 3), 1), ((3, 3, 3, 3, 3, 3), 6),
        ((5, 0, 0), 0), ((5, 1), 2),
    ],
)  # fmt: skip
def test_who_is_equal_is_named_as_well_or_nobody_of_them(new: Sequence[int], named: int) -> None:
    words = places_words(found(places=parts(*(Flow(number) for number in new), Flow()))).partition("，合计")[
        0
    ]
    assert sum(town in words for town in TOWNS) == named


def test_ratios_and_survival() -> None:
    cohorts = [Cohort(Month(2022, month), Survival(3, 20, 19), is_complete=True) for month in (1, 2, 3)]
    cohorts += [
        Cohort(Month(2021, 12), Survival(6, 9, 9), is_complete=True),
        Cohort(Month(2020, 1), Survival(24, 50, 0), is_complete=False),
    ]
    analysis = found(stock=ALL, cohorts=tuple(cohorts))
    assert list(lively(analysis, RULES)) == [
        "本年新设退出比为100∶7.5，净增新增比为92.5%，注销户占上年末在册户数的0.9%。",
        "个体工商户成立后的存活率：满3个月的为95.0%（60户中57户），满6个月的只有9户，样本少。",
    ]
    assert survival_chart(analysis, RULES).categories == ()  # one value compares with nothing
    chart = survival_chart(replace(analysis, letters={UNITS[0]: (Survival(3, 10, 9),)}), RULES)
    assert chart.categories == ("3个月",)
    assert [[str(value) for value in each.values] for each in chart.series] == [["95.0"], ["90.0"]]
    assert "以前年度成立的户不算存活率" in note(analysis, held(), RULES)


def test_a_share_too_small_for_a_decimal_is_not_nothing() -> None:
    [words] = lively(found(Tally(9, 3, 9, 3), stock=replace(ALL, start_of_year=6120)), RULES)
    assert words.endswith("，注销户不足上年末在册户数的0.1%。")


def test_nothing_new_has_no_ratio() -> None:
    assert list(lively(found(Tally(cancelled=3)), RULES)) == []
    plain = analysis_object(found(Tally(cancelled=3)), held(), RULES)
    assert plain["exit_ratio"] is None and plain["net_to_new"] is None and plain["coded_share"] is None


def test_those_that_came_by_letters() -> None:
    letters = {UNITS[0]: (Survival(3, 8, 8), Survival(6, 3, 3)), UNITS[1]: (Survival(3, 4, 3),)}
    analysis = found(letters=letters)
    assert nurtured(analysis, RULES) == (
        "凭介绍信登记的个体工商户成立后的存活率：满3个月的为91.7%（12户中11户），满6个月的只有3户，样本少。"
    )
    assert nurtured(found(), RULES) == ""
    plain = analysis_object(analysis, held(), RULES)
    assert plain["letter_survival"][0] == {
        "unit": "东村镇", "code": "01", "k": 3, "size": 8, "alive": 8, "rate": None
    }  # fmt: skip


def test_without_any_chart_there_is_none() -> None:
    assert survival_chart(found(), RULES).categories == industry_chart(found(), RULES).categories == ()
    assert date(2022, 6, 30) == found().figures.as_of
