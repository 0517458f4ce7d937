import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.figures.shops import UNITS, business, day

from pipeline.domain.model import Unit
from pipeline.domain.period import BY_CALENDAR, Month
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import Attribution, attribute
from pipeline.domain.statistics.counting import Counted, count
from pipeline.domain.statistics.figures import BANDS, MonthFigures, Tally, Yardstick
from pipeline.domain.statistics.late import Late, LateRecords, counted_now, late_records
from pipeline.domain.statistics.measuring import month_figures
from pipeline.domain.statistics.published import Published, figures_object, published_from
from pipeline.settings import Plan

JUNE = date(2022, 6, 30)


def last_day(month: int) -> date:
    return BY_CALENDAR.last(Month(2022, month))


SECRET = b"kept in the register"


def counted(businesses: Sequence[Registration], as_of: date = JUNE) -> tuple[Counted, ...]:
    return count(attribute(businesses, {}, UNITS, as_of), as_of)


def figures(
    businesses: Sequence[Registration], as_of: date = JUNE, units: Sequence[Unit] = UNITS
) -> MonthFigures:
    return month_figures(counted(businesses, as_of), units, as_of)


def with_net(
    nets: Sequence[int], targets: Sequence[int], month: int = 6, group: str = "乡镇"
) -> MonthFigures:
    """Figures of units, each with as many new businesses of January as told."""
    units = [Unit(f"{n:02d}", f"单位{n}", "", group, target=target) for n, target in enumerate(targets, 1)]
    made = [
        business(0, "1-5", unit=unit.code) for unit, net in zip(units, nets, strict=True) for _ in range(net)
    ]
    attributions = [Attribution(each, each.unit, "申报单位") for each in made]
    as_of = last_day(month)
    return month_figures(count(attributions, as_of), units, as_of)  # fmt: skip


def test_new_is_what_was_established_in_the_period_whatever_became_of_it() -> None:
    found = figures([
        business(2, "2021-12-31", unit="01"), business(3, "1-1", unit="01"), business(4, "5-31", "6-1", unit="01"),
        business(5, "6-1", revoked="6-2", unit="01"), business(6, "6-30", unit="01"), business(7, "7-1", unit="01"),
    ])  # fmt: skip
    assert found.units[0].tally == Tally(2, 1, 4, 1, 1, 1)
    assert (found.units[0].tally.net_month, found.units[0].tally.net) == (1, 3)
    assert found.unattributed == Tally()


def test_a_cancellation_counts_against_the_unit_only_where_it_gained_that_business_this_year() -> None:
    found = figures([
        business(2, "2021-12-31", "6-1", unit="01"), business(3, None, "6-1", unit="01"),
        business(4, "5-1", "6-30", unit="01"), business(5, "5-1", "6-1"), business(6, "5-1", "7-1", unit="01"),
    ])  # fmt: skip
    assert found.units[0].tally == Tally(0, 1, 2, 1)
    assert found.unattributed == Tally(0, 3, 1, 3)
    assert found.county.tally == Tally(0, 4, 3, 4) and found.county.tally.net == -1


def test_every_figure_can_be_traced_to_its_rows() -> None:
    shops = [business(2, "5-1", "6-1", revoked="6-3", unit="01"), business(3, "2019-01-01", "6-1", unit="02")]
    told = [(each.kind, each.unit, each.by, each.business.sources[0].row) for each in counted(shops)]
    assert told == [
        ("新增", "01", "申报单位", 2), ("注销", "01", "申报单位", 2), ("吊销", "01", "申报单位", 2),
        ("注销", None, None, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "yardstick, paces",
    [
        (Yardstick(), [Fraction(month, 12) for month in range(1, 13)]),
        (Yardstick(5, 12), [Fraction(max(month - 4, 0), 8) for month in range(1, 13)]),
        (Yardstick(1, 6), [Fraction(min(month, 6), 6) for month in range(1, 13)]),
        (Yardstick(5, 5), [Fraction(month >= 5) for month in range(1, 13)]),
    ],
)
def test_pace_is_the_share_of_the_plans_months_that_is_over(
    yardstick: Yardstick, paces: list[Fraction]
) -> None:
    assert [yardstick.pace(month) for month in range(1, 13)] == paces


@pytest.mark.parametrize(
    "net, target, month, band",
    [
        (0, 100, 1, "零进展"), (50, 100, 6, "先进"), (49, 100, 6, "基本达标"), (40, 100, 6, "基本达标"),
        (39, 100, 6, "滞后"), (1, 100, 6, "滞后"), (1, 100, 1, "基本达标"), (8, 96, 1, "先进"), (7, 96, 1, "基本达标"),
        (100, 100, 12, "先进"), (99, 100, 12, "基本达标"), (89, 100, 12, "滞后"), (1, 0, 6, "先进"), (0, 0, 6, "零进展"),
        (5, 12, 5, "先进"), (41, 100, 5, "基本达标"),
    ],
)  # fmt: skip
def test_bands_are_told_by_exact_values(net: int, target: int, month: int, band: str) -> None:
    assert with_net([net], [target], month).units[0].band == band


def test_a_unit_that_lost_more_than_it_gained_has_made_no_progress() -> None:
    unit = Unit("01", "甲", "", "乡镇", target=10)
    closed = [Counted("注销", day("6-1"), "01", None, business(2))]
    [standing] = month_figures(closed, [unit], JUNE).units
    assert (standing.band, standing.completion_rate, standing.lead) == (
        "零进展",
        Fraction(-1, 10),
        Fraction(-6, 10),
    )


@pytest.mark.parametrize(
    "nets, targets, ranks",
    [
        ([5, 4, 4, 3], [10, 10, 10, 10], [1, 2, 2, 4]),
        ([1, 2, 3], [3, 6, 9], [1, 1, 1]),
        ([0, 0, 7], [5, 5, 5], [2, 2, 1]),
        ([333, 3334], [1000, 10000], [2, 1]),
        ([3, 9, 1], [0, 10, 10], [None, 1, 2]),
        ([0], [0], [None]),
    ],
)
def test_the_same_rate_has_the_same_rank_and_the_next_is_skipped(
    nets: list[int], targets: list[int], ranks: list[int | None]
) -> None:
    assert [each.rank for each in with_net(nets, targets).units] == ranks


def test_townships_and_bureaus_are_ranked_apart() -> None:
    found = figures([business(2, "1-5", unit="09"), business(3, "1-5", unit="10")])
    assert {(each.unit.code, each.rank) for each in found.units if each.tally.new} == {("09", 1), ("10", 1)}
    assert found.groups == ("乡镇", "县直")
    assert (found.total("乡镇").target, found.total("县直").target, found.county.target) == (1040, 1260, 2300)


def test_a_list_goes_by_rank_then_net_then_target_then_annex_order() -> None:
    found = with_net([1, 2, 0, 0, 3, 3, 0], [2, 4, 5, 8, 0, 0, 5])
    assert [each.unit.code for each in found.ranking("乡镇")] == ["02", "01", "04", "03", "07", "05", "06"]
    assert found.ranking("县直") == ()


def test_without_any_registration_every_figure_is_there_and_zero() -> None:
    found = figures([])
    assert found.county.tally == Tally() and found.county.completion_rate == 0
    assert {(each.rank, each.band) for each in found.units} == {(1, "零进展")}


@st.composite
def exports(draw: st.DrawFn, most: int = 14) -> list[Registration]:
    days = st.none() | st.dates(date(2021, 11, 1), date(2022, 9, 1)).map(str)
    units = st.sampled_from([None, "01", "02", "10"])
    rows = range(2, 2 + draw(st.integers(0, most)))
    return [
        business(row, draw(days), draw(days), revoked=draw(days), unit=draw(units)) for row in rows
    ]  # fmt: skip


@given(exports(), st.integers(1, 12))
def test_units_and_what_is_nobodys_make_the_county(shops: list[Registration], month: int) -> None:
    as_of = last_day(month)
    found = figures(shops, as_of)
    first = date(2022, 1, 1)
    assert found.county.tally == Tally(
        sum(each.established is not None and (each.established.year, each.established.month) == (2022, month) for each in shops),
        sum(each.cancelled is not None and (each.cancelled.year, each.cancelled.month) == (2022, month) for each in shops),
        sum(each.established is not None and first <= each.established <= as_of for each in shops),
        sum(each.cancelled is not None and first <= each.cancelled <= as_of for each in shops),
        sum(each.revoked is not None and (each.revoked.year, each.revoked.month) == (2022, month) for each in shops),
        sum(each.revoked is not None and first <= each.revoked <= as_of for each in shops),
    )  # fmt: skip
    assert found.county.tally == sum((each.tally for each in found.units), found.unattributed)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=6), st.integers(1, 12))
def test_ranks_bands_and_lists_agree_with_each_other(pairs: list[tuple[int, int]], month: int) -> None:
    found = with_net([net for net, _ in pairs], [target for _, target in pairs], month)
    ranked = [each for each in found.ranking("乡镇") if each.rank]
    for one, other in permutations(ranked, 2):
        assert one.completion_rate is not None and other.completion_rate is not None
        assert (one.rank == other.rank) == (one.completion_rate == other.completion_rate)
        assert (one.rank or 0) < (other.rank or 0) or one.completion_rate <= other.completion_rate
    places = [each.rank for each in ranked]
    assert all(rank == 1 + places.index(rank) for rank in places)
    bands = [BANDS.index(each.band) for each in ranked]
    assert bands == sorted(bands)
    assert set(found.ranking("乡镇")) == set(found.units)


def late_of(before: list[Registration], after: list[Registration], since: date, as_of: date) -> LateRecords:
    then = counted_now(counted(before, since), SECRET)
    return late_records(counted(after, as_of), since, then, SECRET)


MAY = date(2022, 5, 31)


def test_what_came_after_a_month_was_printed_is_late_and_the_new_months_is_not() -> None:
    before = [business(2, "5-1", unit="01")]
    after = [
        *before, business(3, "5-2", unit="01"), business(4, "6-2", unit="01"), business(5, "4-1", "5-9"),
        business(6, "5-3", "6-9", unit="02"),
    ]  # fmt: skip
    found = late_of(before, after, MAY, JUNE)
    assert found == LateRecords(MAY, Late(3, 1), {"01": Late(1), "02": Late(1), None: Late(1, 1)})
    assert late_of(before, before, MAY, JUNE) == LateRecords(MAY, Late(), {})


def test_what_was_counted_and_is_gone_or_of_another_date_is_withdrawn() -> None:
    before = [
        business(2, "5-1", unit="01"),
        business(3, "5-1", "5-9", unit="01"),
        business(4, "5-1", unit="02"),
    ]
    after = [business(3, "5-1", "6-9", unit="01"), business(4, "6-1", unit="02")]
    found = late_of(before, after, MAY, JUNE)
    assert found.county == Late(0, 0, 2, 1)
    assert found.units == {"01": Late(0, 0, 1, 1), "02": Late(0, 0, 1)}


def test_what_now_counts_for_another_unit_is_late_there_and_withdrawn_here_but_not_for_the_county() -> None:
    found = late_of([business(2, "5-1", unit="01")], [business(2, "5-1", unit="02")], MAY, JUNE)
    assert found == LateRecords(MAY, Late(), {"01": Late(withdrawn_new=1), "02": Late(1)})


def test_a_business_is_known_again_when_it_has_got_a_unified_code() -> None:
    person = {"id_no": "999999900101123", "operator": "某甲"}
    bare = business(2, "5-1", unit="01", **{"uscc": "", "regno": ""} | person)
    with_number = bare._replace(regno="141127600000017")
    with_code = with_number._replace(uscc="92141127MA0000001X", id_no="999999199001011234", operator="某 甲")
    assert late_of([bare], [with_number], MAY, JUNE).county == Late()
    assert late_of([with_number], [with_code], MAY, JUNE).county == Late()
    longer = bare._replace(id_no="999999199001011234")
    assert late_of([longer], [longer._replace(uscc=with_code.uscc)], MAY, JUNE).county == Late()


@given(exports(), st.data(), st.integers(1, 11), st.integers(1, 11))
def test_what_was_printed_and_what_is_new_and_what_was_late_make_the_year(
    before: list[Registration], data: st.DataObject, month: int, later: int
) -> None:
    since, as_of = last_day(month), last_day(min(12, month + later))
    kept = [each for each in before if data.draw(st.booleans())]
    changed = [each._replace(unit="02") if data.draw(st.booleans()) else each for each in kept]
    after = [*changed, *(each._replace(uscc=f"{each.uscc}+") for each in data.draw(exports(6)))]
    printed, now = figures(before, since), figures(after, as_of)
    late = late_of(before, after, since, as_of)
    fresh = [each for each in counted(after, as_of) if each.day > since]

    def gained(unit: str | None) -> int:
        own = [each.kind for each in fresh if each.unit == unit]
        return own.count("新增") - own.count("注销")

    for then, here in zip(printed.units, now.units, strict=True):
        own = late.units.get(here.unit.code, Late())
        assert here.tally.net == then.tally.net + gained(here.unit.code) + own.net
    nobodys = late.units.get(None, Late())
    assert now.unattributed.net == printed.unattributed.net + gained(None) + nobodys.net
    assert late.county.net == sum(own.net for own in late.units.values())
    assert now.county.tally.net == printed.county.tally.net + late.county.net + sum(
        gained(unit) for unit in {each.unit for each in fresh}
    )


@given(exports(), exports(6))
def test_what_was_published_reads_back_from_json(shops: list[Registration], more: list[Registration]) -> None:
    late = late_of(shops, more, MAY, JUNE)
    found = month_figures(counted(more), UNITS, JUNE, Yardstick(5, 12, Fraction(7, 60)), late)
    published = Published(found, counted_now(counted(more), SECRET))
    again = published_from(json.loads(json.dumps(published.as_plain())))
    assert again.figures == found and again.counted == published.counted
    assert again.figures.late == late
    assert json.dumps(again.as_plain()) == json.dumps(published.as_plain())


def test_what_is_published_tells_of_no_person() -> None:
    shop = business(
        2, "5-1", uscc="", operator="某甲", id_no="999999199001011234", name="某甲商店", unit="01"
    )
    found = figures([shop])
    kept = json.dumps(
        Published(found, counted_now(counted([shop]), SECRET)).as_plain(), ensure_ascii=False
    )  # fmt: skip
    assert "某甲" not in kept and "99999919900101" not in kept
    assert counted_now(counted([shop]), SECRET) != counted_now(counted([shop]), b"another")


def test_figures_json_has_the_contracts_keys() -> None:
    untargeted = [replace(unit, target=0) if unit.code == "26" else unit for unit in UNITS]
    shops = [business(row, "6-1", unit="01") for row in range(2, 92)]
    shops += [business(92, "5-1", "6-2"), business(93, "6-3", unit="26"), business(94, "6-3", revoked="6-4")]
    found = figures_object(figures(shops, units=untargeted), 2, Plan("岚县", "141127"), 3)
    assert list(found) == [
        "month", "as_of", "issue_number", "pace", "county", "units", "unattributed", "place", "month_end", "definitions", "revision",
    ]  # fmt: skip
    assert found["place"] == {"code": "141127", "name": "岚县"}
    assert (found["month_end"], found["definitions"], found["revision"]) == (0, 1, 3)
    assert found["month"] == "2022-06" and found["as_of"] == "2022-06-30" and found["issue_number"] == 2
    assert found["pace"] == 0.5
    nine = {
        "target", "new_month", "cancelled_month", "net_month", "new", "cancelled", "net", "completion_rate", "lead",
    }  # fmt: skip
    assert set(found["county"]) == nine
    assert found["county"] == {
        "target": 2260, "new_month": 92, "cancelled_month": 1, "net_month": 91, "new": 93, "cancelled": 1, "net": 92,
        "completion_rate": pytest.approx(92 / 2260, abs=1e-9), "lead": pytest.approx(92 / 2260 - 0.5, abs=1e-9),
    }  # fmt: skip
    first, last = found["units"][0], found["units"][25]
    assert set(first) == nine | {"code", "name", "group", "rank", "band"}
    assert (first["code"], first["name"], first["group"]) == ("01", "东村镇", "乡镇")
    assert (first["completion_rate"], first["lead"], first["rank"], first["band"]) == (0.5, 0.0, 1, "先进")
    assert [last[key] for key in ("completion_rate", "lead", "rank", "band")] == [None, None, None, "先进"]
    assert found["unattributed"] == {
        "new_month": 1, "cancelled_month": 1, "net_month": 0, "new": 2, "cancelled": 1, "net": 1,
    }  # fmt: skip


@given(st.integers(-50, 5000), st.integers(1, 5000), st.integers(1, 12))
def test_rates_in_figures_json_are_exact_to_a_billionth(net: int, target: int, month: int) -> None:
    found = with_net([max(net, 0)], [target], month)
    [unit] = figures_object(found, 1, Plan("岚县"), 1)["units"]
    exact = Fraction(max(net, 0), target)
    assert abs(Fraction(unit["completion_rate"]) - exact) < Fraction(1, 10**9)
    assert abs(Fraction(unit["lead"]) - (exact - Fraction(month, 12))) < Fraction(1, 10**9)
