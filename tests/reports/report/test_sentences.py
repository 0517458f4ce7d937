"""What a quarterly report says, word by word."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.figures.months import EAST, FINANCE
from support.figures.quarters import HALF, Record, printed, records
from support.figures.shops import BY_MONTH

from pipeline.domain.model import Source
from pipeline.domain.period import Quarter
from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.statistics.counting import CANCELLED, NEW
from pipeline.domain.statistics.figures import Yardstick
from pipeline.reports.lists.nodes import nodes
from pipeline.reports.report import ahead, promises, sentences
from pipeline.reports.report.comparing import Before, Comparison
from pipeline.reports.report.figures import QuarterFigures, quarter_figures

SECOND, YEAR = Quarter(2022, 2), Quarter(2022, 4)
DAY = date(2022, 7, 8)
ALONE = Comparison(*[Before("", "", lacking="没有印发过简报")] * 2, None)
"""There was nothing before."""


def of(
    told: Sequence[Record] = HALF, quarter: Quarter = SECOND, yardstick: Yardstick = BY_MONTH
) -> QuarterFigures:
    return quarter_figures(quarter, printed(told, range(1, 13), yardstick=yardstick))


def test_the_last_quarters_report_is_the_years() -> None:
    assert "".join(sentences.title(SECOND)) == "关于2022年第二季度个体工商户培育工作进展情况的报告"
    assert "".join(sentences.title(YEAR)) == "关于2022年度个体工商户培育工作情况的报告"


@pytest.mark.parametrize(
    "basis, requirement, begin",
    [
        ("", "", "现将"), ("《方案》（岚政办发〔2022〕20号）", "", "按照《方案》（岚政办发〔2022〕20号），现将"),
        ("《方案》", "一季一汇报", "按照《方案》关于“一季一汇报”的要求，现将"), ("", "一季一汇报", "按照“一季一汇报”的要求，现将"),
    ],
)  # fmt: skip
def test_the_lead_in_says_what_the_figures_are(basis: str, requirement: str, begin: str) -> None:
    text = sentences.lead_in(of(), "全县", basis, requirement)
    assert text == (
        f"{begin}2022年第二季度全县个体工商户培育工作进展情况报告如下。第二季度的户数是4月至6月各月工作简报印发数之和，统计截至2022年6月30日。"
    )


def test_the_year_and_the_stock() -> None:
    text = "截至6月30日，全县累计新登记个体工商户40户，注销8户，净增32户，完成年度净增任务150户的21.3%，低于序时进度28.7个百分点。"
    assert sentences.overall(of(), "全县", None) == text
    assert sentences.overall(of(), "全县", 100) == text + "全县在册个体工商户132户，较年初增长32.0%。"


def test_a_quarter_with_its_months_the_one_before_and_late_records() -> None:
    before = Comparison(Before("2022-Q1", "", 18, 0), Before("2021-Q2", "", 25, 12), None)
    assert sentences.of_quarter(of(), "全县", before) == (
        "第二季度，全县新登记个体工商户20户，注销7户，净增13户，其中4月净增7户、5月净减少1户、6月净增7户；新登记环比增长11.1%，净增比上季度"
        "少5户；新登记同比下降20.0%，净增与上年同期相同。另对此前各月的登记补录新登记2户、补录注销1户，累计净增因此增加1户，各月印发数不作改动。"
    )


@pytest.mark.parametrize(
    "told, late",
    [
        ([], ""),
        ([Record(NEW, 1, 1, "01", gone=5)], "另对此前各月的登记核减新登记1户，累计净增因此减少1户，各月印发数不作改动。"),
        (
            records(NEW, 4, 2, known=5) + records(CANCELLED, 4, 2, known=6),
            "另对此前各月的登记补录新登记2户、补录注销2户，对累计净增没有影响，各月印发数不作改动。",
        ),
        (records(CANCELLED, 5, 1, known=6), "另对此前各月的登记补录注销1户，累计净增因此减少1户，各月印发数不作改动。"),
        (records(NEW, 4, 2, known=7), ""),
    ],
)  # fmt: skip
def test_what_came_late_is_one_line_or_none(told: list[Record], late: str) -> None:
    text = sentences.of_quarter(of(told), "全县", ALONE)
    assert text.partition("。")[2] == late


def test_a_first_quarter_is_compared_with_nothing() -> None:
    text = sentences.of_quarter(of(quarter=Quarter(2022, 1)), "全县", ALONE)
    assert text == "第一季度分月看，全县1月净增9户、2月净增3户、3月净增6户。", (
        "the year to date has told the sum"
    )


def test_a_quarter_of_one_month_does_not_add_it_up() -> None:
    told = quarter_figures(Quarter(2022, 1), printed(HALF, (3,), yardstick=Yardstick(first_month=3)))
    assert sentences.of_quarter(told, "全县", ALONE) == "第一季度，全县新登记个体工商户6户，无注销，净增6户。"
    assert "第一季度的户数是3月工作简报的印发数，统计截至2022年3月31日。" in sentences.lead_in(told, "全县")


def test_the_years_report_adds_the_quarters_and_compares_with_the_year_before() -> None:
    before = Comparison(*[Before("", "", lacking="没有")] * 2, Before("2021", "", 32, 10))
    text = sentences.of_year(of(quarter=YEAR), "全县", before)
    assert text == (
        "全年分季度看，全县一季度净增18户、二季度净增13户、三季度净增为零、四季度净增为零，各月印发数合计新登记38户，注销7户，净增31户；新登记同比增长18.8%，净增比上年多9户。另对已经印发的各月补录新登记2户、补录注销1户，累计净增因此增加1户。"
    )
    assert sentences.lead_in(of(quarter=YEAR), "全县") == (
        "现将2022年度全县个体工商户培育工作情况报告如下。全年的户数是1月至12月各月工作简报印发数之和，统计截至2022年12月31日。"
    )
    assert (
        sentences.of_quarter(of(quarter=YEAR), "全县", before)
        == "第四季度，全县新登记个体工商户0户，无注销，净增为零，其中10月净增为零、11月净增为零、12月净增为零。"
    )
    assert sentences.of_year(of(), "全县", ALONE) == ""


@pytest.mark.parametrize(
    "office, issuer, word",
    [
        ("专班办公室", "专班办公室", "我办"), ("县市场监管局", "县市场监管局", "我局"),
        ("专班办公室", "县市场监管局", "专班办公室"), ("工作专班", "工作专班", "工作专班"),
    ],
)  # fmt: skip
def test_a_report_speaks_of_its_writer_as_we(office: str, issuer: str, word: str) -> None:
    assert ahead.own_name(office, issuer) == word


def test_groups_tell_their_year_and_their_quarter() -> None:
    assert sentences.of_group(of(), "乡镇") == (
        "2个乡镇累计新登记个体工商户21户，注销8户，净增13户，完成年度净增任务120户的10.8%，低于序时进度39.2个百分点；"
        "第二季度净增为零。完成率居前的是东村镇（21.7%）。"
    )
    assert sentences.of_group(of(), "县直").startswith("县财政局累计新登记个体工商户14户，无注销，净增14户，")


@pytest.mark.parametrize(
    "told, text",
    [
        (HALF, "有任务的3个单位均未达到序时进度；从进度看，基本达标1个、滞后1个、零进展1个（各单位情况见附件1）。"),
        (
            records(NEW, 1, 60),
            "有任务的3个单位中，达到序时进度的1个，未达到的2个；从进度看，先进1个、零进展2个，其中1个单位已完成年度任务（各单位情况见附件1）。",
        ),
        (
            [*records(NEW, 1, 30), *records(NEW, 1, 30, "02"), *records(NEW, 1, 15, "14")],
            "有任务的3个单位全部达到序时进度；从进度看，先进3个（各单位情况见附件1）。",
        ),
    ],
)  # fmt: skip
def test_how_many_have_reached_pace(told: list[Record], text: str) -> None:
    assert sentences.reached(of(told).last, "附件1") == text


def test_at_the_years_end_it_is_the_task_that_is_reached_or_not() -> None:
    found = of([*records(NEW, 1, 60), *records(NEW, 2, 29, "14")], YEAR)
    assert sentences.reached(found.last, "附件1") == (
        "有任务的3个单位中，完成年度任务的1个，未完成的2个；没有完成的单位中，基本达标1个、零进展1个（各单位情况见附件1）。"
    )
    nobody = of(records(NEW, 2, 29, "14"), YEAR)
    assert sentences.reached(nobody.last, "附件1") == (
        "有任务的3个单位均未完成年度任务，其中基本达标1个、零进展2个（各单位情况见附件1）。"
    )
    assert sentences.shortcomings(found, "全县", "附件1", 0, 0)[0] == "全县年度净增任务没有完成，还差61户"
    assert sentences.of_year(found, "全县", ALONE) == (
        "全年分季度看，全县一季度净增89户、二季度净增为零、三季度净增为零、四季度净增为零。"
    )


def test_more_than_five_that_lead_are_counted() -> None:
    units = [replace(EAST, code=f"{number:02}", name=f"第{number}镇", target=10) for number in range(1, 8)]
    told = [each for unit in units for each in records(NEW, 1, 10, unit.code)]
    found = quarter_figures(YEAR, printed(told, range(1, 13), units))
    assert sentences.of_group(found, "乡镇").endswith("完成率最高的7个单位并列，均为100%。")
    more = quarter_figures(YEAR, printed([*told, *records(NEW, 2, 1)], range(1, 13), units))
    assert sentences.of_group(more, "乡镇").endswith("完成率最高的是第1镇（110.0%）。")


def test_units_that_lag_are_told_by_their_number_only() -> None:
    found = sentences.shortcomings(of(), "全县", "附件1", overdue=2, unreported=3)
    assert found == [
        "全县完成率低于序时进度28.7个百分点，按序时进度还差43户",
        "各单位进展不平衡，进度滞后的1个、零进展的1个（见附件1）",
        "注销多于新登记，5月净减少1户",
        "有5户新登记没有归属到单位，介绍信的使用和标注还不到位",
        "挂账事项逾期2项，整改不够及时",
        "有3项量化任务和政策兑现数据没有报送（见附件2）",
    ]
    assert not any(unit.name in "".join(found) for unit in (EAST, FINANCE))
    calm = [*records(NEW, 1, 30), *records(NEW, 1, 30, "02"), *records(NEW, 1, 15, "14")]
    assert sentences.shortcomings(of(calm), "全县", "附件1", 0, 0) == []


def test_what_will_be_done_has_a_measure_a_date_and_somebody_who_does_it() -> None:
    steps = ahead.next_steps(of(), "全县", "专班办公室", 4)
    assert steps[:3] == [
        "紧盯目标。全县距年度净增任务还差118户，今后6个月月均需净增20户，力争到9月底累计净增达到113户；由专班办公室牵头，按月通报、按月调度",
        "补齐短板。对进度滞后、零进展的2个单位逐一分析原因，由专班办公室跟踪督促，下一季度逐月报告进展",
        "整改销号。对未销号的4项挂账事项，由各责任单位按时限整改，办好一项、销号一项",
    ]


@pytest.mark.parametrize(
    "told, quarter, step",
    [
        (HALF, Quarter(2022, 4), "查找原因。全县年度净增任务还差118户，由专班办公室牵头，逐单位分析原因，研究后续措施"),
        (records(NEW, 1, 150), SECOND, "巩固成果。全县年度净增任务已经完成，由专班办公室牵头，做好后续培育服务，防止净增回落"),
        (records(NEW, 1, 149), SECOND, "紧盯目标。全县距年度净增任务还差1户，今后6个月月均需净增1户；由专班办公室牵头，按月通报、按月调度"),
    ],
)  # fmt: skip
def test_the_first_step_follows_from_what_is_left(told: list[Record], quarter: Quarter, step: str) -> None:
    assert ahead.next_steps(of(told, quarter), "全县", "专班办公室", 0)[0] == step


def test_a_registry_that_closes_on_the_25th_names_its_day() -> None:
    found = of(yardstick=Yardstick(month_end=25))
    assert "力争到9月25日累计净增达到113户" in ahead.next_steps(found, "全县", "专班办公室", 0)[0]
    assert sentences.overall(found, "全县", None).startswith("截至6月25日，")


@given(targets=st.lists(st.integers(0, 400), min_size=1, max_size=30))
def test_the_next_node_is_the_sum_of_the_units_nodes_in_the_lists(targets: list[int]) -> None:
    found = of()
    units = tuple(replace(found.last.units[0], target=target) for target in targets)
    last = replace(found.last, units=units)
    node = ahead.node_of(last, 9)
    assert node == sum(nodes(target, last.yardstick)[8] for target in targets)


def measure(
    indicator: str, target: int | None, actual: Fraction | int | None, unit: str = "县人社局"
) -> Measure:
    amounts = (None if each is None else Fraction(each) for each in (target, actual))
    return Measure(
        Source("清单素材.xlsx"), "C6-2", "开展培训", (unit, "县财政局"), indicator, "人", *amounts, "", DAY, "",
        None, None, (), {},
    )  # fmt: skip


@pytest.mark.parametrize(
    "told, text",
    [
        ([], ""),
        (
            [measure("培训", 2380, 1320)],
            "方案确定的量化任务和兑现政策1项，已报送1项：培训1320人，完成目标2380人的55.5%（见附件2）。",
        ),
        (
            [measure("培训", 2380, None), measure("贷款", None, None)],
            "方案确定的量化任务和兑现政策2项，培训、贷款未报（见附件2）。",
        ),
        ([measure("培训", 2380, None)] * 6, "方案确定的量化任务和兑现政策6项，均未报（见附件2）。"),
        (
            [measure("补助", None, Fraction(125, 2)), measure("培训", 70, 0), measure("减租", 5, None)],
            "方案确定的量化任务和兑现政策3项，已报送2项：补助62.5人；培训0人，完成目标70人的0.0%。减租未报（见附件2）。",
        ),
        (
            [measure("办照人数", None, 96, "县市场监管局"), measure("办照人数", None, 41, "县住建局")],
            "方案确定的量化任务和兑现政策2项，已报送2项：县市场监管局办照96人；县住建局办照41人（见附件2）。",
        ),
        (
            [
                replace(measure("补助户数", None, 312), unit_of_measure="户"),
                replace(measure("补助金额", None, Fraction(624, 10)), unit_of_measure="万元"),
            ],
            "方案确定的量化任务和兑现政策2项，已报送2项：补助312户、62.4万元（见附件2）。",
        ),
        (
            [measure("其中：培训人数", 50, 20), measure("金额", None, 3)],
            "方案确定的量化任务和兑现政策2项，已报送2项：其中培训20人，完成目标50人的40.0%；金额3人（见附件2）。",
        ),
    ],
)  # fmt: skip
def test_what_is_promised_is_told_as_done_or_as_not_reported(told: list[Measure], text: str) -> None:
    assert promises.sentence(told, "附件2") == text


def test_what_nobody_has_reported_is_never_nought() -> None:
    [row] = promises.rows([measure("培训", 2380, None)], lambda _: "未报")
    [told] = promises.objects([measure("培训", 2380, None)], lambda _: "未报")
    assert (row["完成"], row["完成率"]) == ("未报", "—") and told["actual"] is told["completion_rate"] is None
