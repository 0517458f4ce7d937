import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.figures.shops import UNITS, standing_at
from support.settings import SETTINGS

from pipeline.domain import place
from pipeline.domain.journal import Journal
from pipeline.domain.model import Unit
from pipeline.domain.period import Month
from pipeline.domain.statistics.figures import MonthFigures, Tally, Yardstick
from pipeline.domain.statistics.late import Late, LateRecords
from pipeline.domain.statistics.measuring import standings
from pipeline.domain.statistics.phrases import growth
from pipeline.domain.statistics.published import Published
from pipeline.publishing.report import Facts
from pipeline.reports.bulletin.compose import corrected_since
from pipeline.reports.bulletin.demands import closing, next_steps, problems
from pipeline.reports.bulletin.remarks import correction, late_remark, unattributed_remark
from pipeline.reports.bulletin.sentences import definitions, lead_in, of_group, overall, reached, title

BASIS = "《岚县优化营商环境实施个体工商户培育及完善信用监管机制工作实施方案》（岚政办发〔2022〕20号）"
OFFICE = "专班办公室（设在县市场监管局）"


def some(*targets: int, group: str = "乡镇") -> list[Unit]:
    """Units 甲, 乙 … of one group."""
    return [
        Unit(f"{n:02d}", "甲乙丙丁戊己庚辛"[n - 1], "", group, target=target)
        for n, target in enumerate(targets, 1)
    ]


def county(
    new: int, cancelled: int = 0, *, of_month: int = 0, month: int = 6, target: int = 2300, revoked: int = 0
) -> MonthFigures:
    """A county with one unit, whose figures are all nobody's."""
    tally = Tally(of_month, 0, new, cancelled, 0, revoked)
    return standing_at([], month, units=some(target), unattributed=tally)


def halves(share: str) -> list[int]:
    """Everybody at the same share of its target."""
    return [int(unit.target * Fraction(share)) for unit in UNITS]


def crowd(nets: Mapping[str, int], others: int, *, group: str = "乡镇", month: int = 6) -> MonthFigures:
    """Units of one group with such net gains of 100 each, and others ahead of them in 街道."""
    units = [Unit(name, name, "", group, target=100) for name in nets]
    units += [Unit(f"好{n}", f"好{n}", "", "街道", target=100) for n in range(others)]
    tallies = {
        unit.code: Tally(0, 0, max(net, 0), max(-net, 0))
        for unit in units
        for net in (nets.get(unit.code, 90),)
    }
    yardstick = Yardstick()
    return MonthFigures(2022, month, yardstick, standings(units, tallies, yardstick, month), Tally())


FIRST = "甲1、甲2、甲3、甲4、甲5、甲6、甲7、甲8、甲9、甲10"


@pytest.mark.parametrize(
    "net, others, told",
    [
        (0, 49, f"{FIRST}、甲11等11个单位尚未实现“零”的突破，予以点名通报。"),
        (0, 50, f"{FIRST}等11个乡镇（见附件1）尚未实现“零”的突破，予以点名通报。"),
        (-2, 49, "、甲10净减少2户、甲11净减少2户，予以点名通报。"),
        (-2, 50, "、甲10净减少2户等11个单位（见附件1），予以点名通报。"),
        (5, 49, f"{FIRST}、甲11进度滞后，低于序时进度超过10个百分点，予以点名通报。"),
        (5, 50, f"{FIRST}等11个乡镇（见附件1）进度滞后，低于序时进度超过10个百分点，予以点名通报。"),
    ],
)
def test_of_more_than_sixty_units_a_crowd_is_counted_and_the_annex_named(
    net: int, others: int, told: str
) -> None:
    nets = {f"甲{n}": net for n in range(1, 12)}
    assert problems(crowd({**nets, "乙": 100}, others - 1), "全县").endswith(told)


def test_ten_among_very_many_are_all_named() -> None:
    nets = {f"甲{n}": 0 for n in range(1, 11)}
    assert f"{FIRST}等10个单位尚未" in problems(crowd({**nets, "乙": 100}, 90), "全县")


def test_the_opening_names_its_basis_and_its_last_day() -> None:
    figures = standing_at([])
    assert title(figures, "全县") == "2022年6月份全县个体工商户培育工作进展情况"
    assert lead_in(figures, "全县", BASIS, "一月一通报") == (
        f"按照{BASIS}关于“一月一通报”的要求，现将2022年6月份全县个体工商户培育工作进展情况通报如下。"
        "数据统计截至2022年6月30日。"
    )


@pytest.mark.parametrize(
    "basis, requirement, text",
    [
        (BASIS, "", f"按照{BASIS}，现将2023年"),
        ("", "一月一通报", "按照“一月一通报”的要求，现将2023年"),
        ("", "", "现将2023年"),
    ],
)
def test_what_a_plan_does_not_name_is_not_spoken_of(basis: str, requirement: str, text: str) -> None:
    figures = replace(standing_at([]), year=2023)
    assert lead_in(figures, "全区", basis, requirement).startswith(f"{text}6月份全区个体工商户")
    assert next_steps(figures, "全区").endswith("精准识别，用好介绍信，做好标注和编号登记。")


@pytest.mark.parametrize(
    "month, month_end, days",
    [
        (6, 0, "数据统计截至2022年6月30日。"),
        (6, 25, "数据统计截至2022年6月25日。本月统计期为5月26日至6月25日，本年度自2021年12月26日起统计。"),
        (1, 25, "数据统计截至2022年1月25日。本月统计期为2021年12月26日至2022年1月25日。"),
        (3, 28, "数据统计截至2022年3月28日。本月统计期为3月1日至3月28日，本年度自2021年12月29日起统计。"),
    ],
)
def test_the_opening_says_which_days_a_month_has_that_is_not_the_calendar_s(
    month: int, month_end: int, days: str
) -> None:
    figures = standing_at([], month, yardstick=Yardstick(month_end=month_end))
    assert lead_in(figures, "全县").endswith(days)
    last = f"{month_end}日" if month_end else "底"
    assert f"截至{month}月{last}为{month / 12:.1%}。" in definitions(figures, "全县")


def test_what_was_struck_off_is_told_apart_and_leaves_the_stock() -> None:
    tally = Tally(0, 0, 40, 4, struck_off=3, struck_off_stock=2)
    text = overall(standing_at([], units=some(2300), unattributed=tally), "全县", base=1000)
    assert "全县在册个体工商户1034户，较年初增长3.4%。另有3户被撤销登记，作核减，不计入新登记和注销。" in text
    assert "核减" not in overall(county(40, 4), "全县", base=1000)


def test_the_definitions_say_how_is_counted_and_what_pace_is() -> None:
    assert definitions(standing_at([]), "全县") == (
        "新登记按成立日期、注销按注销日期统计，净增为新登记减去注销。各单位的户数以介绍信编号为准，没有有效介绍信的按"
        "申报单位归属；注销只冲减本年度由本单位引领登记的户；没有归属的只计入全县。完成率为累计净增占年度任务数的比重，"
        "序时进度按全年12个月计算，截至6月底为50.0%。达到序时进度为先进，低于序时进度不超过10个百分点为基本达标，"
        "超过10个百分点为滞后，没有净增为零进展。排名以完成率为准，乡镇、县直单位分别排列。"
    )
    figures = standing_at([], units=UNITS[:9], yardstick=Yardstick(5, 12, Fraction(1, 8)))
    assert "按5月至12月共8个月计算，截至6月底为25.0%。" in definitions(figures, "全县")
    assert "不超过12.5个百分点" in definitions(figures, "全县") and definitions(figures, "全县").endswith(
        "排名以完成率为准。"
    )
    assert "截至12月底为100%" in definitions(standing_at([], 12), "全县")


@pytest.mark.parametrize(
    "figures, more, text",
    [
        (
            county(1182, 43, of_month=206, revoked=3),
            {"previous": county(900, of_month=154, month=5), "base": 7667, "new_last_year": 220},
            ("截至6月30日，全县累计新登记个体工商户1182户，注销43户，净增1139户，完成年度净增任务2300户的49.5%，"
            "低于序时进度0.5个百分点；6月当月新登记206户，环比增长33.8%，同比下降6.4%。"
            "全县在册个体工商户8806户，较年初增长14.9%。另有3户被吊销营业执照，不计入注销。"),
        ),
        (
            county(1150, of_month=20),
            {"previous": county(0, month=5)},
            ("截至6月30日，全县累计新登记个体工商户1150户，无注销，净增1150户，完成年度净增任务2300户的50.0%，"
            "与序时进度持平；6月当月新登记20户。"),
        ),
        (
            county(1151, of_month=20),
            {"previous": county(20, of_month=20, month=5)},
            ("截至6月30日，全县累计新登记个体工商户1151户，无注销，净增1151户，完成年度净增任务2300户的50.0%，"
            "略高于序时进度；6月当月新登记20户，环比持平。"),
        ),
        (
            county(1149),
            {"previous": county(20, of_month=20, month=5), "base": 1149},
            ("截至6月30日，全县累计新登记个体工商户1149户，无注销，净增1149户，完成年度净增任务2300户的50.0%，"
            "略低于序时进度；6月当月没有新登记，环比下降100%。全县在册个体工商户2298户，较年初增长100%。"),
        ),
        (
            county(100_000, of_month=99_999, target=0),
            {"previous": county(0, of_month=100_000, month=5)},
            "截至6月30日，全县累计新登记个体工商户100000户，无注销，净增100000户；6月当月新登记99999户，环比基本持平。",
        ),
        (
            county(40, 64, of_month=30),
            {"previous": county(20, of_month=10, month=5), "base": 7667},
            ("截至6月30日，全县累计新登记个体工商户40户，注销64户，净减少24户，年度净增任务为2300户，序时进度为50.0%；"
            "6月当月新登记30户，环比增长200.0%。全县在册个体工商户7643户，较年初下降0.3%。"),
        ),
        (
            county(0, 3),
            {"base": 7667},
            ("截至6月30日，全县本年尚无新登记个体工商户，注销3户，净减少3户，年度净增任务为2300户，序时进度为50.0%；"
            "6月当月没有新登记。全县在册个体工商户7664户，较年初减少3户。"),
        ),
        (
            county(5, 5, of_month=1),
            {"base": 7667},
            ("截至6月30日，全县累计新登记个体工商户5户，注销5户，净增为零，年度净增任务为2300户，序时进度为50.0%；"
            "6月当月新登记1户。全县在册个体工商户7667户，与年初持平。"),
        ),
        (
            county(1),
            {"base": 0},
            ("截至6月30日，全县累计新登记个体工商户1户，无注销，净增1户，年度净增任务为2300户，完成率不足0.1%，"
            "低于序时进度50.0个百分点；6月当月没有新登记。全县在册个体工商户1户。"),
        ),
        (
            county(0),
            {"previous": county(0, month=5), "new_last_year": 31},
            "截至6月30日，全县本年尚无新登记和注销的个体工商户，年度净增任务为2300户，序时进度为50.0%。",
        ),
        (
            county(23, of_month=23, month=1),
            {"new_last_year": 20, "base": 7667},
            ("截至1月31日，全县累计新登记个体工商户23户，无注销，净增23户，完成年度净增任务2300户的1.0%，"
            "低于序时进度7.3个百分点，新登记同比增长15.0%。全县在册个体工商户7690户，较年初增长0.3%。"),
        ),
        (
            county(0, month=1),
            {},
            "截至1月31日，全县本年尚无新登记和注销的个体工商户，年度净增任务为2300户，序时进度为8.3%。",
        ),
        (
            county(2400, 100, of_month=7, month=12),
            {},
            ("截至12月31日，全县累计新登记个体工商户2400户，注销100户，净增2300户，完成年度净增任务2300户的100%；"
            "12月当月新登记7户。"),
        ),
        (
            county(2400, month=12),
            {},
            ("截至12月31日，全县累计新登记个体工商户2400户，无注销，净增2400户，完成年度净增任务2300户的104.3%，"
            "超额完成100户；12月当月没有新登记。"),
        ),
        (
            county(2250, 1, of_month=7, month=12),
            {},
            ("截至12月31日，全县累计新登记个体工商户2250户，注销1户，净增2249户，完成年度净增任务2300户的97.8%，"
            "还差51户；12月当月新登记7户。"),
        ),
        (
            county(3, 3, month=12),
            {},
            ("截至12月31日，全县累计新登记个体工商户3户，注销3户，净增为零，年度净增任务2300户没有完成；12月当月没有新登记。"),
        ),
    ],
)  # fmt: skip
def test_the_county_in_every_situation(figures: MonthFigures, more: dict[str, object], text: str) -> None:
    assert overall(figures, "全县", **more) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "figures, text",
    [
        (standing_at([]), "26个单位均未达到序时进度，均为零进展。"),
        (standing_at(halves("1/2")), "26个单位全部达到序时进度。"),
        (standing_at(halves("1"), 12), "26个单位全部完成年度任务。"),
        (standing_at(halves("1"), 11), "26个单位全部达到序时进度。全部26个单位已完成年度任务。"),
        (
            standing_at([unit.target for unit in UNITS[:12]] + halves("4/5")[12:], 10),
            (
                "达到序时进度的单位12个，占比46.2%；未达到的14个，占比53.8%（见附件1）。从进度看，先进12个、基本达标14个。"
                "12个单位已完成年度任务（见附件1）。"
            ),
        ),
        (
            standing_at([unit.target for unit in UNITS[:24]], 12),
            "完成年度任务的单位24个，占比92.3%；未完成的2个，占比7.7%，分别为县民政局、县文旅局。没有完成的单位中，零进展2个。",
        ),
        (
            standing_at([95, 50], 12, units=some(100, 100)),
            "2个单位均未完成年度任务，其中基本达标1个、滞后1个。",
        ),
        (standing_at(halves("2/5")), "26个单位均未达到序时进度，均为基本达标。"),
        (standing_at(halves("3/10")), "26个单位均未达到序时进度，均为滞后。"),
        (
            standing_at(halves("1/2")[:9]),
            "达到序时进度的单位9个，占比34.6%；未达到的17个，占比65.4%（见附件1）。从进度看，先进9个、零进展17个。",
        ),
        (
            standing_at([50, 45, 10, 0], units=some(100, 100, 100, 100)),
            (
                "达到序时进度的单位1个，占比25.0%；未达到的3个，占比75.0%，分别为乙、丙、丁。"
                "从进度看，先进1个、基本达标1个、滞后1个、零进展1个。"
            ),
        ),
        (
            standing_at([110, 10], units=some(100, 100)),
            "达到序时进度的单位1个，占比50.0%；未达到的1个，占比50.0%，为乙。从进度看，先进1个、滞后1个。甲已完成年度任务。",
        ),
        (
            standing_at([45, 10], units=some(100, 100)),
            "2个单位均未达到序时进度。从进度看，基本达标1个、滞后1个。",
        ),
        (
            standing_at([60, 7], units=some(100, 0)),
            "甲已达到序时进度。",
        ),
        (standing_at([10], units=some(100)), "甲未达到序时进度，为滞后。"),
        (standing_at([10], units=some(0)), ""),
        (standing_at([], 4, yardstick=Yardstick(5, 12)), ""),
    ],
)
def test_who_has_reached_pace(figures: MonthFigures, text: str) -> None:
    assert reached(figures) == text


SIX = (100,) * 6


@pytest.mark.parametrize(
    "nets, units, group, text",
    [
        (
            [60, 55, 50, 45, 39, 10],
            some(*SIX),
            "乡镇",
            (
                "完成率居前3位的乡镇分别是甲（60.0%）、乙（55.0%）、丙（50.0%），予以通报表扬。"
                "完成率居后2位的乡镇分别是戊（39.0%）、己（10.0%）。"
            ),
        ),
        (
            [60, 55, 49, 30, 20, 10],
            some(*SIX, group="县直"),
            "县直",
            (
                "完成率居前3位的县直单位分别是甲（60.0%）、乙（55.0%）、丙（49.0%），其中甲、乙达到序时进度，予以通报表扬。"
                "完成率居后3位的县直单位分别是丁（30.0%）、戊（20.0%）、己（10.0%）。"
            ),
        ),
        (
            [49, 48, 47, 46, 45, 44],
            some(*SIX),
            "乡镇",
            "完成率居前3位的乡镇分别是甲（49.0%）、乙（48.0%）、丙（47.0%），均未达到序时进度。",
        ),
        (
            [60, 55, 55, 50, 50, 50],
            some(*SIX),
            "乡镇",
            "完成率居前3位的乡镇分别是甲（60.0%）、乙、丙（并列第2，均为55.0%），予以通报表扬。",
        ),
        (
            [60, 60, 60, 60, 20, 20],
            some(*SIX),
            "乡镇",
            (
                "完成率居首位的乡镇是甲、乙、丙、丁（并列第1，均为60.0%），予以通报表扬。"
                "完成率居末位的乡镇是戊、己（并列第5，均为20.0%）。"
            ),
        ),
        (
            [60, 20, 20, 20],
            some(*SIX[:4]),
            "乡镇",
            "完成率居首位的乡镇是甲（60.0%），予以通报表扬。完成率居末位的乡镇是乙、丙、丁（并列第2，均为20.0%）。",
        ),
        (
            [60, 50, 20, 10],
            some(*SIX[:4]),
            "乡镇",
            (
                "完成率居前2位的乡镇分别是甲（60.0%）、乙（50.0%），予以通报表扬。"
                "完成率居后2位的乡镇分别是丙（20.0%）、丁（10.0%）。"
            ),
        ),
        (
            [60, 55, 50, 45, 10, 0],
            some(*SIX),
            "乡镇",
            (
                "完成率居前3位的乡镇分别是甲（60.0%）、乙（55.0%）、丙（50.0%），予以通报表扬。"
                "完成率居后、进度滞后的乡镇是戊（10.0%）。"
            ),
        ),
        (
            [60, 55, 0, 0, 0, 0],
            some(*SIX),
            "乡镇",
            "完成率居前2位的乡镇分别是甲（60.0%）、乙（55.0%），予以通报表扬。",
        ),
        ([30], some(100), "乡镇", ""),
        ([30, 10], some(100, 0), "乡镇", "乙未下达任务，不参加排名。"),
        ([30, 10], some(0, 0), "乡镇", "各单位均未下达任务，不参加排名。"),
        ([30], some(0), "乡镇", "甲未下达任务，不参加排名。"),
        ([50] * 6, some(*SIX), "乡镇", "6个乡镇完成率相同，均为50.0%，予以通报表扬。"),
        ([45] * 6, some(*SIX), "乡镇", "6个乡镇完成率相同，均为45.0%，均未达到序时进度。"),
        ([10] * 6, some(*SIX), "乡镇", "6个乡镇完成率相同，均为10.0%，均未达到序时进度。"),
        ([0] * 6, some(*SIX), "乡镇", ""),
    ],
)
def test_head_and_tail_of_a_group(nets: list[int], units: list[Unit], group: str, text: str) -> None:
    figures = standing_at(nets, units=units)
    whole = of_group(figures, group)
    assert whole[whole.index("。") + 1 :] == text


@pytest.mark.parametrize(
    "now, before, text",
    [
        (21, 20, "环比增长5.0%"), (20, 20, "环比持平"), (3, 1, "环比增加2户"), (0, 9, "环比减少9户"), (9, 10, "环比下降10.0%"),
        (9, 9, "环比持平"), (9, 0, ""), (9, None, ""),
    ],
)  # fmt: skip
def test_of_few_no_percentage_is_told(now: int, before: int | None, text: str) -> None:
    assert growth("环比", now, before) == text


def test_a_crowd_that_shares_a_place_is_counted() -> None:
    """At the year's end most have just what was asked of them: nobody reads fifteen names for one rate."""
    targets = [unit.target for unit in UNITS]
    figures = standing_at([*targets[:24], targets[24] - 1, 0], 12)
    assert "完成率居首位的县直单位是并列第1的15个（均为100%，见附件1），予以通报表扬。" in of_group(
        figures, "县直"
    )
    ahead = standing_at([*targets[:9], targets[9] + 1, *targets[10:24], targets[24] - 1, 0], 12)
    assert (
        f"居前3位的县直单位分别是{UNITS[9].name}（100.3%）、并列第2的14个（均为100%，见附件1），予以通报表扬。"
        in of_group(ahead, "县直")
    )
    assert "9个乡镇完成率相同，均为100%，予以通报表扬。" in of_group(figures, "乡镇")


def test_in_the_end_what_was_not_reached_is_told_as_the_target() -> None:
    targets = [unit.target for unit in UNITS]
    short = standing_at([*targets[:23], 80, 29, 40], 12)
    assert problems(short, "全县") == (
        "一是全县年度净增任务没有完成，还差11户；二是县人社局没有完成年度任务，差10个百分点以上，予以点名通报。"
    )
    assert problems(standing_at(targets, 12), "全县") == "各单位均完成了年度任务。"
    assert "序时进度" not in "".join((of_group(short, "县直"), reached(short), overall(short, "全县")))


@pytest.mark.parametrize(
    "figures, group, text",
    [
        (
            standing_at([50] * 6, units=some(*SIX), cancelled=[3, 1]),
            "乡镇",
            "6个乡镇累计新登记个体工商户304户，注销4户，净增300户，完成年度净增任务600户的50.0%，与序时进度持平。",
        ),
        (
            standing_at([]),
            "县直",
            "17个县直单位本年尚无新登记和注销的个体工商户，年度净增任务为1260户，序时进度为50.0%。",
        ),
        (
            standing_at([54], 3, units=some(180)),
            "乡镇",
            "甲累计新登记个体工商户54户，无注销，净增54户，完成年度净增任务180户的30.0%，高于序时进度5.0个百分点。",
        ),
        (
            standing_at([5, 3], units=some(0, 0)),
            "乡镇",
            "2个乡镇累计新登记个体工商户8户，无注销，净增8户。",
        ),
        (
            standing_at([0, 0], cancelled=[3], units=some(10, 10)),
            "乡镇",
            "2个乡镇累计新登记个体工商户3户，注销3户，净增为零，年度净增任务为20户，序时进度为50.0%。",
        ),
    ],
)
def test_a_group_begins_with_its_own_figures(figures: MonthFigures, group: str, text: str) -> None:
    assert of_group(figures, group).startswith(text)


@pytest.mark.parametrize(
    "groups, whole, apart, all_asked, noun",
    [
        (("街道",), "全区", "", "各街道", "街道"),
        (
            ("市直", "县（市、区）"),
            "全市",
            "，市直单位、县（市、区）分别排列",
            "各有关单位、各县（市、区）",
            "市直单位",
        ),
        (
            ("县（市、区）", "开发区"),
            "全市",
            "，县（市、区）、开发区分别排列",
            "各县（市、区）、各开发区",
            "县（市、区）",
        ),
        (
            ("区直", "街道", "省直"),
            "全区",
            "，区直单位、街道、省直单位分别排列",
            "各有关单位、各街道",
            "区直单位",
        ),
    ],
)
def test_groups_are_called_by_what_the_roster_calls_them(
    groups: tuple[str, ...], whole: str, apart: str, all_asked: str, noun: str
) -> None:
    units = [
        replace(unit, code=f"{n}{unit.code[1]}", name=f"{unit.name}{n}")
        for n, group in enumerate(groups, 1)
        for unit in some(100, 100, group=group)
    ]
    figures = standing_at([60, 10], units=units)
    assert definitions(figures, whole).endswith(f"没有净增为零进展。排名以完成率为准{apart}。")
    assert f"没有归属的只计入{whole}。" in definitions(figures, whole)
    assert closing(figures, "甲办", date(2022, 7, 10)).startswith(f"请{all_asked}对照任务")
    assert of_group(figures, groups[0]) == (
        f"2个{noun}累计新登记个体工商户70户，无注销，净增70户，完成年度净增任务200户的35.0%，低于序时进度15.0个百分点。"
        f"完成率居首位的{noun}是甲1（60.0%），予以通报表扬。完成率居末位的{noun}是乙1（10.0%）。"
    )
    assert overall(figures, whole).startswith(f"截至6月30日，{whole}累计新登记个体工商户70户")
    assert problems(figures, whole).startswith(f"一是{whole}完成率低于序时进度")
    if len(groups) > 1:
        idle = "、".join(f"全部2个{place.noun(group)}" for group in groups[1:])
        assert f"{idle}尚未实现“零”的突破" in problems(figures, whole)


def test_a_group_without_units_has_no_paragraph() -> None:
    assert of_group(standing_at([], units=UNITS[:9]), "县直") == ""


@pytest.mark.parametrize(
    "figures, text",
    [
        (
            standing_at([]),
            "一是全县尚未实现净增；二是全部26个单位尚未实现“零”的突破，予以点名通报。",
        ),
        (standing_at(halves("1/2")), "各单位进度总体正常，没有滞后和零进展的单位。"),
        (standing_at(halves("2/5")), "全县完成率低于序时进度10.0个百分点。"),
        (
            standing_at(halves("3/10")),
            "一是全县完成率低于序时进度20.0个百分点；二是全部26个单位进度滞后，低于序时进度超过10个百分点，予以点名通报。",
        ),
        (
            standing_at(halves("1/2")[:9] + halves("7/10")[9:20] + [0, 20, 0, 90, 30, 40]),
            "现代农业发展服务中心、县卫健局等2个单位尚未实现“零”的突破，予以点名通报。",
        ),
        (
            standing_at(halves("1")[:9]),
            "一是全县完成率低于序时进度4.8个百分点；二是全部17个县直单位尚未实现“零”的突破，予以点名通报。",
        ),
        (
            standing_at([300, 40, 0, 39, 39, 0], units=some(*SIX), cancelled=[0, 0, 5]),
            (
                "一是己尚未实现“零”的突破，予以点名通报；二是丙新登记与注销相抵，净增为零，予以点名通报；"
                "三是丁、戊进度滞后，低于序时进度超过10个百分点，予以点名通报。"
            ),
        ),
        (
            standing_at([70, 60, 35, 30, 20, 10], units=some(*[100] * 6)),
            (
                "一是全县完成率低于序时进度12.5个百分点；"
                "二是4个单位进度滞后，低于序时进度超过10个百分点，对其中居后的丁、戊、己予以点名通报。"
            ),
        ),
        (
            standing_at([99, 95, 70, 30, 20, 10], 12, units=some(*[100] * 6)),
            (
                "一是全县年度净增任务没有完成，还差276户；"
                "二是4个单位距年度任务差10个百分点以上，对其中居后的丁、戊、己予以点名通报。"
            ),
        ),
        (
            standing_at([39], units=some(100), unattributed=Tally(0, 40, 60, 0)),
            "一是6月当月注销多于新登记，净减少40户；二是甲进度滞后，低于序时进度超过10个百分点，予以点名通报。",
        ),
        (standing_at([5], units=some(0)), ""),
        (standing_at([0, 50], units=some(0, 100)), "各单位进度总体正常，没有滞后和零进展的单位。"),
        (
            standing_at([], 4, yardstick=Yardstick(5, 12)),
            "各单位进度总体正常，没有滞后和零进展的单位。",
        ),
    ],
)
def test_who_is_named_for_what(figures: MonthFigures, text: str) -> None:
    assert problems(figures, "全县") == text


SYSTEM = "一月一通报、一月一调度、一季一汇报"
LETTERS = "精准识别，用好介绍信，做好标注和编号登记，落实“一月一通报、一月一调度、一季一汇报”制度。"


@pytest.mark.parametrize(
    "figures, text",
    [
        (
            standing_at(halves("1/2")),
            f"一要保持势头，全县距年度净增任务还差1150户，今后6个月月均需净增192户；二要{LETTERS}",
        ),
        (
            standing_at(halves("1/2")[:9], 11),
            (
                "一要加快进度，全县距年度净增任务还差1780户，12月需净增1780户；"
                f"二要盯紧差距，滞后、零进展单位逐户摸清培育对象，明确专人，尽快赶上序时进度；三要{LETTERS}"
            ),
        ),
        (
            standing_at(halves("1/10"), 12),
            (
                "一要查找原因，全县年度净增任务还差2070户，逐单位分析，研究后续措施；"
                f"二要盯紧差距，滞后单位逐户摸清培育对象，明确专人，认真补齐差距；三要{LETTERS}"
            ),
        ),
        (
            standing_at(halves("1")),
            f"一要巩固成果，全县年度净增任务已完成，继续做好培育服务，防止净增回落；二要{LETTERS}",
        ),
        (standing_at([1], units=some(0)), f"一要加强培育，持续做好个体工商户登记服务；二要{LETTERS}"),
    ],
)
def test_what_comes_next_where_nobody_has_written_it(figures: MonthFigures, text: str) -> None:
    assert next_steps(figures, "全县", SYSTEM) == text


@pytest.mark.parametrize(
    "figures, deadline, text",
    [
        (
            standing_at([]),
            date(2022, 7, 10),
            "请各乡镇、各有关单位对照任务，倒排工期、压实责任，于7月10日前将整改措施报专班办公室（设在县市场监管局）。",
        ),
        (standing_at([]), None, "请各乡镇、各有关单位对照任务，倒排工期、压实责任，确保完成年度任务。"),
        (
            standing_at([], units=UNITS[:9]),
            date(2022, 7, 10),
            "请各乡镇对照任务，倒排工期、压实责任，于7月10日前将整改措施报专班办公室（设在县市场监管局）。",
        ),
        (
            standing_at(halves("1/2")),
            date(2022, 7, 10),
            "请各乡镇、各有关单位再接再厉，巩固成果，于7月10日前将下步工作安排报专班办公室（设在县市场监管局）。",
        ),
        (
            standing_at(halves("1/2")),
            None,
            "请各乡镇、各有关单位再接再厉，巩固成果，确保全面完成年度任务。",
        ),
        (
            standing_at(halves("1/2"), 12, units=UNITS[9:]),
            date(2023, 1, 10),
            (
                "请各有关单位认真总结全年工作，没有完成任务的分析原因、提出措施，"
                "于2023年1月10日前将工作总结报专班办公室（设在县市场监管局）。"
            ),
        ),
        (standing_at(halves("1"), 12), None, "请各乡镇、各有关单位认真总结全年工作。"),
    ],
)
def test_what_is_asked_of_the_units(figures: MonthFigures, deadline: date | None, text: str) -> None:
    assert closing(figures, OFFICE, deadline) == text


@pytest.mark.parametrize(
    "late, text",
    [
        (None, ""),
        (LateRecords(date(2022, 5, 31), Late(), {}), ""),
        (
            LateRecords(date(2022, 5, 31), Late(4), {"01": Late(4)}),
            "对截至2022年5月31日的登记，本期补录新登记4户，已反映在累计数中，此前各期不作改动。",
        ),
        (
            LateRecords(date(2022, 5, 31), Late(4, 1, 2, 1), {"01": Late(6, 0, 4), None: Late(0, 1, 0, 1)}),
            (
                "对截至2022年5月31日的登记，本期补录新登记4户、注销1户，核减新登记2户、注销1户，调整归属2户，"
                "已反映在累计数中，此前各期不作改动。"
            ),
        ),
        (
            LateRecords(date(2022, 5, 31), Late(), {"01": Late(withdrawn_new=1), "02": Late(1)}),
            "对截至2022年5月31日的登记，本期调整归属1户，已反映在累计数中，此前各期不作改动。",
        ),
    ],
)
def test_late_records_are_disclosed(late: LateRecords | None, text: str) -> None:
    assert late_remark(standing_at([], late=late)) == text
    told = late_remark(standing_at([], late=late), (3, 5))
    assert told == text.replace("此前各期不作", "此前各期除已更正的3月、5月外不作")


def test_months_corrected_after_the_last_bulletin_hold_what_came_late() -> None:
    """February was corrected after April was out, March before."""
    kept = {
        ("bulletin", f"2022-{month:02d}"): {"published_at": f"2022-{at}T09:00:00+08:00", "reason": reason}
        for month, at, reason in (
            (1, "02-05", ""),
            (2, "05-20", "漏报"),
            (3, "05-01", "漏报"),
            (4, "05-05", ""),
        )
    }
    published = {month: Published(standing_at([], month), {}) for month in (1, 2, 3, 4)}
    nothing: Any = None
    facts = Facts(SETTINGS, date(2022, 6, 5), nothing, published, {}, Journal(2022, ()), kept)
    assert corrected_since(facts, Month(2022, 5)) == (2,)
    assert corrected_since(facts, Month(2022, 1)) == ()
    assert corrected_since(replace(facts, kept={}), Month(2022, 5)) == ()


@pytest.mark.parametrize(
    "tally, text",
    [
        (Tally(), ""),
        (Tally(1, 1, 120, 30), "全县数中未归属到单位的有新登记120户、注销30户，不计入各单位。"),
        (Tally(0, 0, 0, 30), "全县数中未归属到单位的有注销30户，不计入各单位。"),
    ],
)
def test_what_is_nobodys_is_told(tally: Tally, text: str) -> None:
    assert unattributed_remark(standing_at([], unattributed=tally), "全县") == text


def test_a_correction_says_why_and_which_one_counts() -> None:
    assert correction(" 东村镇漏报3户。") == "更正：东村镇漏报3户。以本次印发的为准。"


@st.composite
def situations(draw: st.DrawFn) -> MonthFigures:
    targets = draw(st.lists(st.sampled_from([0, 1, 3, 7, 20, 100, 180]), min_size=1, max_size=12))
    cut = draw(st.integers(0, len(targets)))
    units = [
        Unit(f"{n:02d}", f"第{'甲乙丙丁戊己庚辛壬癸子丑'[n]}局", "", "乡镇" if n < cut else "县直", target=target)
        for n, target in enumerate(targets)
    ]  # fmt: skip
    number = st.integers(0, 40)
    nobodys = Tally(*draw(st.tuples(number, number, number, number)))
    return standing_at(
        draw(st.lists(number, max_size=len(units))),
        draw(st.integers(1, 12)),
        units=units,
        cancelled=draw(st.lists(st.integers(0, 2), max_size=len(units))),
        of_month=draw(st.integers(0, 2)),
        unattributed=nobodys,
        yardstick=draw(st.sampled_from([Yardstick(), Yardstick(5, 12), Yardstick(1, 6, Fraction(1, 20))])),
    )


def paragraphs(figures: MonthFigures, **more: object) -> list[str]:
    return [
        overall(figures, "全县", **more),  # type: ignore[arg-type]
        lead_in(figures, "全县", BASIS),
        closing(figures, OFFICE, date(2022, 7, 10)),
        *(tell(figures, "全县") for tell in (definitions, problems, next_steps, unattributed_remark)),
        *(tell(figures) for tell in (reached, late_remark)),
        *(of_group(figures, group) for group in ("乡镇", "县直")),
    ]


@given(situations(), st.none() | situations(), st.none() | st.integers(0, 99), st.none() | st.integers(0, 99))
def test_every_paragraph_reads_as_official_chinese(
    figures: MonthFigures, previous: MonthFigures | None, base: int | None, new_last_year: int | None
) -> None:
    for text in paragraphs(figures, previous=previous, base=base, new_last_year=new_last_year):
        assert not re.search(
            r"-|截止|增长0\.0%|下降0\.0%|净增0户|[、，；。（]{2}|[（、，；。]$(?<!。)|None|Fraction", text
        )
        assert text == "" or (text.endswith("。") and not re.search(r"(?<!\d)0户", text))


def rounded(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


@given(situations())
def test_every_rate_in_the_text_is_a_rounded_figure(figures: MonthFigures) -> None:
    progresses = [figures.county, *map(figures.total, figures.groups), *figures.units]
    rates = {rounded(each.completion_rate * 100) for each in progresses if each.completion_rate is not None}
    rates |= {rounded(figures.pace * 100), "100", "0.1"}
    ranked = [each for each in figures.units if each.rank]
    done = sum(each.has_reached_pace for each in ranked)
    rates |= {rounded(Fraction(n * 100, len(ranked))) for n in (done, len(ranked) - done) if ranked}
    points = {rounded(abs(each.lead) * 100) for each in progresses if each.lead is not None} | {"10", "5"}
    for text in paragraphs(figures):
        assert set(re.findall(r"([\d.]+)%", text)) <= rates
        assert set(re.findall(r"([\d.]+)个百分点", text)) <= points


@given(situations())
def test_nobody_at_pace_is_named_among_those_behind_and_nobody_without_progress_is_passed_over(
    figures: MonthFigures,
) -> None:
    told = problems(figures, "全县")
    for each in figures.units:
        is_whole = "全部" in told
        if each.has_reached_pace or not each.target:
            assert each.unit.name not in told
        elif each.band == "零进展":
            assert each.unit.name in told or is_whole
        tail = of_group(figures, each.unit.group).partition("完成率居后")[2]
        assert not each.has_reached_pace or each.unit.name not in tail.partition("。")[0]


@given(situations())
def test_only_who_is_at_pace_is_praised(figures: MonthFigures) -> None:
    for group in figures.groups:
        praised = re.search(r"[，。]([^，。]*?)(?:达到序时进度)?，予以通报表扬", of_group(figures, group))
        for each in figures.units:
            if praised and each.unit.group == group and each.unit.name in praised[1]:
                assert each.has_reached_pace
