"""A city's month from its counties': a table of situations → exact figures."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from support.figures.counties import CITY, COUNTIES, JUNE, city, county

from pipeline.domain.model import Unit
from pipeline.domain.period import Month
from pipeline.domain.rollup.city import CityMonth, not_in_roster, other_targets
from pipeline.domain.rollup.reporting import due_day
from pipeline.domain.statistics.figures import Tally
from pipeline.domain.statistics.late import Late


def states(found: CityMonth) -> list[str]:
    return [each.state for each in found.reported]


def test_the_sum_of_rates_is_not_the_rate_of_sums() -> None:
    found = city(
        county("01", new=90, cancelled=0, target=100), county("02", new=100, cancelled=0, target=1000)
    )
    rates = [each.completion_rate for each in found.figures.units]
    assert rates == [Fraction(9, 10), Fraction(1, 10)]
    assert found.figures.county.completion_rate == Fraction(190, 1100)
    assert found.figures.county.tally == Tally(19, 0, 190, 0)


@pytest.mark.parametrize(
    "on, revision, state",
    [
        ("2022-06-20", 1, "按时"), ("2022-07-05", 1, "按时"), ("2022-07-06", 1, "迟报"), ("2022-07-01", 2, "更正"),
        ("2022-08-01", 3, "更正"),
    ],
)  # fmt: skip
def test_a_county_is_in_time_until_the_day_and_corrected_by_its_revision(
    on: str, revision: int, state: str
) -> None:
    assert states(city(county("01", on=on, revision=revision))) == [state, *["未报"] * 4]


def test_the_day_is_one_of_the_month_after() -> None:
    assert due_day(JUNE, 5) == date(2022, 7, 5)
    assert due_day(Month(2022, 12), 28) == date(2023, 1, 28)


def test_a_missing_county_is_in_no_sum_and_has_no_rank() -> None:
    found = city(county("01", target=100), county("03", target=300))
    assert [each.unit.code for each in found.figures.units] == ["01", "03"]
    assert found.figures.county.target == 400
    assert [each.county.name for each in found.without] == ["西川县", "北河县", "云台开发区"]
    assert sorted(each.rank or 0 for each in found.figures.units) == [1, 2]


@pytest.mark.parametrize(
    "other, why",
    [
        ({"month_end": 25}, "统计期到每月25日止，市里按自然月"),
        ({"definitions": 2}, "统计规则是第2版，市里是第1版"),
    ],
)
def test_who_counts_otherwise_is_reported_and_neither_ranked_nor_added(
    other: dict[str, Any], why: str
) -> None:
    found = city(county("01"), county("02", **other))
    assert states(found)[:2] == ["按时", "按时"]
    assert found.reported[1].difference == why and not found.reported[1].counts
    assert [each.unit.code for each in found.figures.units] == ["01"]
    assert found.figures.county.tally.new == 60 and found.figures.county.target == 100


def test_a_zone_inside_a_county_is_ranked_among_its_like_and_not_added_twice() -> None:
    found = city(county("01", new=60), county("05", new=30), inside=["05"])
    assert found.figures.county.tally == Tally(6, 1, 60, 10) and found.figures.county.target == 100
    assert {each.unit.code: (each.unit.group, each.rank) for each in found.figures.units} == {
        "01": ("县（市、区）", 1), "05": ("开发区", 1),
    }  # fmt: skip
    assert found.figures.total("开发区").tally.new == 30
    beside = city(county("01", new=60), county("05", new=30))
    assert beside.figures.county.tally.new == 90


def test_a_zone_whose_county_is_missing_is_not_added_either() -> None:
    found = city(county("05", new=30), county("02", new=60), inside=["05"])
    assert found.figures.county.tally.new == 60


def test_a_target_of_zero_has_neither_rate_nor_rank_and_still_adds_up() -> None:
    found = city(county("01", target=0, new=50, cancelled=0), county("02", target=100, new=50, cancelled=0))
    first = found.figures.units[0]
    assert (first.completion_rate, first.rank, first.band) == (None, None, "先进")
    assert found.figures.county.completion_rate == 1


def test_equal_rates_share_a_rank_and_the_next_is_skipped() -> None:
    found = city(
        *(county(code, new=new, cancelled=0) for code, new in zip(COUNTIES, (50, 70, 50, 10), strict=False))
    )
    assert [each.rank for each in found.figures.units] == [2, 1, 2, 4]


ROSTER = (
    Unit("01", "南陵市", "南陵市人民政府", "县（市）", target=500),
    Unit("02", "东阳县", "东阳县人民政府", "县（市）", ("东阳",), target=100),
    Unit("03", "市工信局", "市工业和信息化局", "市直", target=20),
    Unit("04", "云台开发区", "云台开发区管委会", "开发区"),
)


def test_the_roster_has_order_group_and_target_and_the_city_s_target_counts() -> None:
    found = city(county("03", target=450), county("01"), county("05", target=40), roster=ROSTER)
    assert [(each.county.code, each.county.group) for each in found.reported] == [
        ("03", "县（市）"), ("01", "县（市）"), ("05", "开发区"), ("02", "县（市、区）"), ("04", "县（市、区）"),
    ]  # fmt: skip
    assert [each.target for each in found.figures.units] == [500, 100, 40]
    [notice] = other_targets(found.reported)
    assert notice.code == "county-target" and "南陵市报的任务数是450，市里下达的是500" in notice.advice


def test_what_came_late_in_the_counties_is_what_their_year_differs_by() -> None:
    may = city(
        county("01", 5, new=40, cancelled=0), county("02", 5, new=40, cancelled=10), month=Month(2022, 5)
    )
    now = city(
        county("01", 6, new=60, cancelled=0),  # 54 until May: 14 more than was told
        county("02", 6, new=40, cancelled=20),  # 36 new and 18 cancelled until May: 4 fewer, 8 more
        county("03", 6, new=99, cancelled=0),  # not in May's roll-up
        previous=may.figures,
    )
    late = now.figures.late
    assert late and late.since == date(2022, 5, 31)
    assert late.units == {"01": Late(new=14), "02": Late(cancelled=8, withdrawn_new=4)}
    assert late.county == Late(14, 8, 4, 0)
    assert late.county.net == (now.figures.county.tally.net - 99) - (6 + 4 - 0 - 2) - (
        may.figures.county.tally.net
    )


def test_nobody_reported() -> None:
    found = city()
    assert found.figures.units == () and found.figures.county.completion_rate is None
    assert len(found.without) == 5


def test_a_city_whose_months_end_on_the_25th_takes_counties_like_it() -> None:
    found = city(county("01", month_end=25), county("02"), month_end=25)
    assert found.reported[1].difference == "统计期按自然月，市里到每月25日止"
    assert [each.unit.code for each in found.figures.units] == ["01"]
    assert found.figures.as_of == date(2022, 6, 25)


def test_a_county_that_only_the_roster_does_not_know_is_told() -> None:
    """Else its target would be the county's own, and nobody would see that the city's is not used."""
    roster = [
        Unit("01", name, f"{name}人民政府", "县（市、区）", target=100)
        for code, name in COUNTIES.items()
        if code != "05"
    ]
    [notice] = not_in_roster(CITY, [*roster, Unit("09", "经开区", "云台开发区管委会", "开发区", target=50)])
    assert notice.code == "county-roster" and "名录里没有“云台开发区”" in notice.advice
    also = Unit("09", "经开区", "云台开发区管委会", "开发区", ("云台开发区",), 50)
    assert list(not_in_roster(CITY, [*roster, also])) == []
    assert list(not_in_roster(CITY, [])) == []
    assert list(not_in_roster(CITY, [Unit("01", "市商务局", "云州市商务局", "市直")])) == []
