"""A table of situations of a city → what its roll-up says, and what ``rollup.json`` says of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from support.figures.counties import CITY, COUNTIES, JUNE, city, county

from pipeline.domain.journal import Journal
from pipeline.domain.period import Month
from pipeline.domain.records.notes import NOTES, Notes
from pipeline.domain.rollup.city import CityMonth, city_month, counties_of
from pipeline.domain.rollup.reporting import Rules, reported
from pipeline.domain.rollup.sent import CountyMonth
from pipeline.domain.statistics.figures import MonthFigures, Yardstick
from pipeline.domain.statistics.published import Published
from pipeline.intake import gathered
from pipeline.publishing.report import Facts, Issue, IssueNumber
from pipeline.reports.rollup.compose import lacks, wants
from pipeline.reports.rollup.content import rollup_object
from pipeline.reports.rollup.text import chart_fields, rollup_fields
from pipeline.reports.rollup.words import counting, reporting, reporting_row, sums_note, whole_without
from pipeline.settings import Plan, Rollup, Settings, named

AT = datetime(2022, 7, 10, 9, tzinfo=timezone(timedelta(hours=8)))
SETTINGS = named(Settings(Plan("云州市", "1405"), rollup=CITY))
ALL = [county(code, new=40 + 10 * place, cancelled=0) for place, code in enumerate(COUNTIES)]
"""40 to 80 new, targets of 100."""


def said(
    found: CityMonth, previous: MonthFigures | None = None, rollup: Rollup = CITY, base: int = 0
) -> dict[str, Any]:
    chosen = replace(
        SETTINGS, rollup=replace(rollup, name="汇总"), bulletin=replace(SETTINGS.bulletin, base_count=base)
    )
    issue = Issue(JUNE, AT, IssueNumber(6, 6), 1, "", {}, (), b"")
    return rollup_fields(found, previous, Notes(), chosen, issue)


def section(fields: dict[str, Any], heading: str) -> str:
    [found] = [each for each in fields["各节"] if each["标题"] == heading]
    return "".join(found["各段"])


def test_all_are_there_and_in_time() -> None:
    found = city(*ALL)
    assert reporting(found) == ("应报5个，已报5个，报送率100%；按时报送5个，按时率100%。",)
    assert whole_without("全市", found) == "全市" and sums_note(found, {}) == ""
    assert section(said(found), "总体情况").startswith(
        "截至6月30日，全市累计新登记个体工商户300户，无注销，净增300户，完成年度净增任务500户的60.0%，高于序时进度10.0个百分点；"
        "6月当月新登记30户。"
    )


def test_late_corrected_and_missing_ones_are_named() -> None:
    found = city(county("01", on="2022-07-06"), county("02", revision=2, on="2022-07-08"), county("03"))
    assert reporting(found) == (
        (
            "应报5个，已报3个，报送率60.0%；按时报送1个，按时率20.0%。迟报1个，为东阳县（7月6日）。更正1个，为西川县（7月8日）。"
            "未报2个，为北河县、云台开发区。"
        ),
        "未报的不按0计算，不参加排名，各项合计和任务数不含北河县、云台开发区。",
    )
    assert whole_without("全市", found) == "全市（不含北河县、云台开发区）"
    assert sums_note(found, {}) == "合计不含北河县、云台开发区。"


def corrected(code: str, first_on: str, on: str) -> CountyMonth:
    return replace(county(code, revision=2, on=on), first_on=date.fromisoformat(first_on))


@pytest.mark.parametrize(
    "of_two, told",
    [
        (
            (corrected("01", "2022-07-04", "2022-07-09"), corrected("02", "2022-07-03", "2022-07-05")),
            "按时报送3个，按时率60.0%。更正2个，为东阳县（7月9日）、西川县（7月5日），已计入按时报送。未报2个，",
        ),
        (
            (corrected("01", "2022-07-04", "2022-07-09"), corrected("02", "2022-07-08", "2022-07-08")),
            "按时报送2个，按时率40.0%。更正2个，为东阳县（7月9日）、西川县（7月8日），其中东阳县已计入按时报送。未报2个，",
        ),
    ],
)
def test_who_reported_in_time_and_corrected_it_was_in_time(
    of_two: tuple[CountyMonth, ...], told: str
) -> None:
    found = city(*of_two, county("03"))
    assert told in reporting(found)[0] and [each.state for each in found.reported[:2]] == ["更正", "更正"]


def test_that_nobody_was_in_time_is_said_in_words() -> None:
    late = county("01", on="2022-07-06")
    assert reporting(city(late))[0].startswith("应报5个，已报1个，报送率20.0%；没有按时报送的。迟报1个，")


def test_who_counts_otherwise_is_told_with_the_reason() -> None:
    found = city(*ALL[:4], county("05", month_end=25))
    assert reporting(found)[1:] == (
        "口径不同1个，为云台开发区（统计期到每月25日止，市里按自然月），不参加排名，各项合计和任务数不含云台开发区。",
    )


def test_a_zone_inside_a_county_is_told() -> None:
    found = city(*ALL, inside=["05"])
    assert counting(found, {"05": "01"}).endswith("云台开发区的户数已包含在东阳县内，合计不重复计算。")
    assert sums_note(found, {"05": "01"}) == "云台开发区已包含在东阳县内，合计不重复计算。"
    assert reporting_row(found.reported[4], "东阳县")[5:7] == ["否", "包含在东阳县内"]
    assert "全市累计新登记个体工商户220户" in section(said(found), "总体情况")


def test_sums_of_other_counties_are_not_compared() -> None:
    may = city(*(county(code, 5, new=40) for code in COUNTIES), month=Month(2022, 5)).figures
    assert "环比增长50.0%" in section(said(city(*ALL, previous=may), may), "总体情况")
    fewer = section(said(city(*ALL[:3], previous=may), may), "总体情况")
    assert "全市（不含北河县、云台开发区）累计新登记" in fewer and "环比" not in fewer


def test_the_stock_is_left_out_where_a_county_is() -> None:
    assert "全市在册个体工商户1300户" in section(said(city(*ALL), base=1000), "总体情况")
    assert "在册" not in section(said(city(*ALL[:3]), base=1000), "总体情况")


def test_what_counties_added_late_is_told() -> None:
    may = city(*(county(code, 5, new=36, cancelled=0) for code in COUNTIES), month=Month(2022, 5)).figures
    now = [county(code, new=40, cancelled=0) for code in ("01", "02", "03", "04")]
    told = section(said(city(*now, county("05", new=50, cancelled=0), previous=may), may), "总体情况")
    assert "对截至2022年5月31日的登记，本期补录新登记9户，已反映在累计数中，此前各期不作改动。" in told


def test_groups_rank_apart_and_each_county_has_a_line_whatever_it_sent() -> None:
    fields = said(city(ALL[0], ALL[1], county("03", month_end=25), ALL[4]))
    lines = {
        row["单位名称"]: [row[name] for name in ("任务数", "累计净增", "完成率", "排名", "状态")]
        for row in fields["总表"]
    }
    assert list(lines) == [
        "东阳县", "西川县", "南陵市", "北河县", "县（市、区）小计", "云台开发区", "开发区小计", "合计",
    ]  # fmt: skip
    assert lines["东阳县"] == ["100", "40", "40.0", "2", "基本达标"]
    assert lines["西川县"] == ["100", "50", "50.0", "1", "先进"]
    assert lines["南陵市"] == ["100", "50", "50.0", "—", "口径不同"]
    assert lines["北河县"] == ["—", "—", "—", "—", "未报"]
    assert lines["云台开发区"] == ["100", "80", "80.0", "1", "先进"]
    assert lines["合计"][:3] == ["300", "170", "56.7"]
    assert fields["总表说明"].endswith("合计不含南陵市、北河县。")
    assert [row["单位名称"] for row in fields["各节"][2]["各行"]] == ["西川县", "东阳县"]


def test_nobody_who_is_missing_is_named_and_shamed() -> None:
    words = section(said(city(ALL[1], ALL[4])), "存在问题")
    assert "点名" not in words and not any(name in words for name in ("东阳县", "南陵市", "北河县"))


def test_what_is_wanting_is_said_of_those_who_are_in_the_sums() -> None:
    """Of 100 households that five counties are to gain, two have told of theirs."""
    assert section(said(city(ALL[1], ALL[4])), "存在问题") == (
        "计入汇总的各单位进度总体正常，没有滞后和零进展的单位。"
    )
    behind = said(city(county("01", new=60, cancelled=20), county("02", new=20, cancelled=0)))
    assert section(behind, "存在问题").startswith("一是计入汇总的单位合计完成率低于序时进度20.0个百分点；")
    steps = next(each for each in behind["各节"] if each["标题"] == "下一步工作")["各段"][0]
    assert "计入汇总的单位合计距年度净增任务还差140户，今后6个月月均需净增24户" in steps
    assert "全市距年度净增任务还差200户" in said(city(*ALL))["各节"][-1]["各段"][0]


def test_rollup_json_has_the_bulletin_s_fields_with_counties_as_units() -> None:
    found = city(ALL[0], county("03", month_end=25, on="2022-07-09"), county("05", revision=2), inside=["05"])
    told = rollup_object(found, {"05": "01"}, 6, Plan("云州市", "1405"), 1)
    assert (told["month"], told["as_of"], told["issue_number"], told["pace"]) == (
        "2022-06",
        "2022-06-30",
        6,
        0.5,
    )
    assert told["place"] == {"code": "1405", "name": "云州市"}
    assert told["county"]["net"] == 40 and told["county"]["target"] == 100
    by_name = {each["name"]: each for each in told["units"]}
    assert list(by_name) == list(COUNTIES.values())
    assert all(
        by_name["西川县"][name] is None for name in ("target", "net", "new_month", "completion_rate", "rank")
    )
    assert [each["band"] for each in told["units"]] == ["基本达标", "未报", "口径不同", "未报", "先进"]
    assert (by_name["南陵市"]["net"], by_name["南陵市"]["rank"]) == (50, None)
    assert [each["inside"] for each in told["units"]] == [None, None, None, None, "01"]
    assert [(each["county"], each["state"], each["on"]) for each in told["reporting"]] == [
        ("东阳县", "按时", "2022-07-03"), ("西川县", "未报", None), ("南陵市", "迟报", "2022-07-09"), ("北河县", "未报", None),
        ("云台开发区", "更正", "2022-07-03"),
    ]  # fmt: skip


@pytest.mark.parametrize("number", [11, 300])
def test_a_long_list_of_missing_ones_is_cut_and_counted(number: int) -> None:
    chosen = Rollup(counties={str(place): f"第{place}县" for place in range(number)})
    told = reported(counties_of(chosen, ()), {}, date(2022, 7, 5), Rules(0, 1))
    found = city_month(told, (), JUNE, Yardstick(), None)
    assert whole_without("全市", found).endswith(f"第9县等{number}个）")


def facts(*sent: CountyMonth, month_end: int = 0, **earlier: CityMonth) -> Facts:
    """What a city has, and its roll-ups by their months: ``m5``."""
    settings = replace(SETTINGS, plan=replace(SETTINGS.plan, month_end=month_end))
    intake = replace(gathered((), settings, AT.date(), (NOTES,)), counties=sent)
    published: dict[Any, Any] = {
        Month(2022, int(name[1:])): SimpleNamespace(published=Published(own.figures, {}), used={})
        for name, own in earlier.items()
    }
    return Facts(settings, AT.date(), intake, {}, published, Journal(2022, ()))


def test_who_has_not_reported_is_chased_and_what_came_afterwards_is_told() -> None:
    assert wants(facts(*ALL), JUNE) == ()
    assert wants(facts(ALL[0], ALL[2]), JUNE) == (
        "3个县（市、区）没有报2022年6月的数：西川县、北河县、云台开发区。请催报，报来的 figures.json 放进 inputs。",
    )
    assert len(wants(facts(*ALL), Month(2022, 7))) == 1, "all of them"
    [told] = wants(facts(*ALL, m6=city(*ALL[1:])), JUNE)[:1]
    assert told == "东阳县2022年6月的数在汇总印发以后才到。要补进去，请更正2022年6月的汇总。"


@pytest.mark.parametrize(
    "given, month, codes",
    [
        (facts(*ALL), None, []),
        (facts(*ALL), Month(2022, 5), ["no-figures"]),
        (facts(), None, ["no-figures"]),
        (facts(county("01", month_end=25)), JUNE, ["no-figures"]),
        (facts(county("01", month_end=25), month_end=25), JUNE, []),
        (facts(*ALL, m5=city(month=Month(2022, 5), month_end=25)), JUNE, ["other-months"]),
        (
            facts(county("01", month_end=25), month_end=25, m5=city(month=Month(2022, 5), month_end=25)),
            JUNE,
            [],
        ),
    ],
)
def test_what_there_must_be_for_a_roll_up(given: Facts, month: Month | None, codes: list[str]) -> None:
    assert [each.code for each in lacks(given, month)] == codes


def test_the_lead_in_says_which_days_the_month_has() -> None:
    found = city(*(county(code, month_end=25) for code in COUNTIES), month_end=25)
    lead = said(found)["导语"][0]
    assert "数据统计截至2022年6月25日。本月统计期为5月26日至6月25日" in lead
    assert "各县（市、区）的户数以其印发的简报为准" in lead


def test_the_chart_says_who_is_not_in_it() -> None:
    assert chart_fields(city(*ALL[:4]), SETTINGS)["截至日期"] == "2022年6月30日（不含云台开发区）"
    assert chart_fields(city(*ALL), SETTINGS)["截至日期"] == "2022年6月30日"
