"""A quarter is the sum of its printed months and of what came late: against a recount of the records themselves."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.figures.months import EAST
from support.figures.quarters import HALF, UNITS, Record, printed, records

from pipeline.domain.period import Month, Quarter
from pipeline.domain.statistics.counting import CANCELLED, NEW
from pipeline.domain.statistics.figures import Yardstick
from pipeline.reports.report.figures import Gain, QuarterFigures, missing, quarter_figures

FIRST, SECOND = Quarter(2022, 1), Quarter(2022, 2)


@st.composite
def made_up(draw: st.DrawFn) -> list[Record]:
    """Records of six months, some late, some gone again."""
    found = []
    for _ in range(draw(st.integers(0, 25))):
        month = draw(st.integers(1, 6))
        known = draw(st.integers(month, 7))
        unit = draw(st.sampled_from(["01", "02", "14", None]))
        gone = draw(st.sampled_from([13, draw(st.integers(known + 1, 8))]))
        found.append(Record(draw(st.sampled_from([NEW, CANCELLED])), month, known, unit, gone))
    return found


def recount(
    told: list[Record], kind: str, quarter: Quarter, unit: str | bool | None = True
) -> tuple[int, int]:
    """What the months of a quarter print of a kind, and what comes late in it, counted record by record.

    :param unit: True for all together.
    """
    months = range(3 * quarter.quarter - 2, 3 * quarter.quarter + 1)
    own = [each for each in told if each.kind == kind and unit in {True, each.unit}]
    in_time = sum(each.month in months and each.known == each.month for each in own)
    late = sum(each.month < each.known and each.known in months for each in own)
    gone = sum(each.gone in months for each in own)
    return in_time, late - gone


def told_of(gain: Gain) -> tuple[tuple[int, int], tuple[int, int]]:
    return (gain.new, gain.late_new), (gain.cancelled, gain.late_cancelled)


@given(made_up(), st.sampled_from([FIRST, SECOND]))
def test_a_quarter_is_what_its_months_printed_and_what_came_late(
    told: list[Record], quarter: Quarter
) -> None:
    found = quarter_figures(quarter, printed(told, range(1, 7)))
    assert told_of(found.county) == (recount(told, NEW, quarter), recount(told, CANCELLED, quarter))
    for standing, gain in found.units:
        code = standing.unit.code
        assert told_of(gain) == (recount(told, NEW, quarter, code), recount(told, CANCELLED, quarter, code))
    assert told_of(found.unattributed) == (
        recount(told, NEW, quarter, None), recount(told, CANCELLED, quarter, None)
    )  # fmt: skip


@given(made_up())
def test_the_year_to_date_is_the_quarters_one_after_another(told: list[Record]) -> None:
    months = printed(told, range(1, 7))
    first, second = (quarter_figures(quarter, months) for quarter in (FIRST, SECOND))
    assert first.last.county.tally.net == first.county.net + first.county.late
    assert (
        second.last.county.tally.net == first.last.county.tally.net + second.county.net + second.county.late
    )
    for found in (first, second):
        parts = [gain for _, gain in found.units] + [found.unattributed]
        assert sum(gain.net for gain in parts) == found.county.net
        assert sum(gain.late for gain in parts) == found.county.late
        groups = [gain for _, gain in found.groups.values()]
        assert sum(gain.late for gain in groups) + found.unattributed.late == found.county.late
        assert sum(gain.new for gain in groups) + found.unattributed.new == found.county.new


@given(made_up())
def test_a_county_that_begins_in_april_has_nothing_late_of_what_april_counts_for_the_first_time(
    told: list[Record],
) -> None:
    in_april = [
        each
        for each in told
        if (each.month < 4 and each.known <= 4 < each.gone) or each.month == each.known == 4
    ]
    found = quarter_figures(SECOND, printed(in_april, range(4, 7)))
    gone = sum(1 if each.kind == NEW else -1 for each in in_april if each.gone in {5, 6})
    assert found.county.late == -gone


def test_a_month_that_was_corrected_after_the_next_was_printed_counts_no_record_twice() -> None:
    """May, printed again when July's export is there, holds what June told as late."""
    told = [*records(NEW, 4, 3), *records(NEW, 5, 4), *records(NEW, 5, 2, known=6), *records(NEW, 6, 5)]
    months = printed(told, range(1, 7))
    assert quarter_figures(SECOND, months).county.late == 2
    again = [Record(each.kind, each.month, each.month, each.unit) for each in told]
    months[5] = printed(again, range(1, 7))[5]
    found = quarter_figures(SECOND, months).county
    assert (found.net, found.late) == (14, 0) and months[6].county.tally.net == 14


def half() -> QuarterFigures:
    return quarter_figures(SECOND, printed(HALF, range(1, 7)))


def test_a_worked_half_year() -> None:
    found = half()
    assert told_of(found.county) == ((20, 2), (7, 1))
    assert (found.county.net, found.county.late, found.last.county.tally.net) == (13, 1, 32)
    assert [month.net_month for month in found.county.months] == [7, -1, 7]
    assert [(each.unit.name, gain.net, gain.late) for each, gain in found.units] == [
        ("东村镇", 0, 1), ("普明镇", 0, 0), ("县财政局", 8, 0),
    ]  # fmt: skip
    assert {group: (gain.net, gain.late) for group, (_, gain) in found.groups.items()} == {
        "乡镇": (0, 1), "县直": (8, 0),
    }  # fmt: skip
    assert found.months == (4, 5, 6) and found.year is None


def test_a_unit_that_came_later_has_only_its_own_months() -> None:
    told = [*records(NEW, 4, 3), *records(NEW, 6, 5, "14")]
    months = printed(told, range(1, 6), (EAST,)) | {6: printed(told, range(1, 7))[6]}
    found = {each.unit.code: gain for each, gain in quarter_figures(SECOND, months).units}
    assert told_of(found["14"]) == ((5, 0), (0, 0)) and told_of(found["01"]) == ((3, 0), (0, 0))


@pytest.mark.parametrize(
    "quarter, there, first_month, wanted",
    [
        (2, (4, 5, 6), 1, ()), (2, (1, 2, 3), 1, (4, 5, 6)), (2, (4, 6), 1, (5,)), (2, (), 1, (4, 5, 6)),
        (1, (3,), 3, ()), (1, (2, 3), 3, ()), (1, (1,), 3, (3,)), (1, (), 5, (3,)), (1, (3,), 5, ()), (2, (6,), 5, (5,)),
        (4, range(1, 13), 1, ()), (4, (10, 11, 12), 1, tuple(range(1, 10))), (4, (10, 11, 12), 10, ()), (4, range(1, 12), 1, (12,)),
        (4, range(5, 13), 5, ()),
    ],
)  # fmt: skip
def test_months_without_a_bulletin_are_named(
    quarter: int, there: Iterable[int], first_month: int, wanted: tuple[int, ...]
) -> None:
    found = missing(Quarter(2022, quarter), dict.fromkeys(there), first_month)
    assert found == tuple(Month(2022, month) for month in wanted)


def test_a_plan_that_begins_in_march_tells_its_own_month_and_nothing_of_it_is_late() -> None:
    """January's and February's registrations are in the year to date that March prints first."""
    told = [*records(NEW, 1, 9), *records(NEW, 2, 3), *records(NEW, 3, 6)]
    mark = Yardstick(first_month=3)
    found = quarter_figures(FIRST, printed(told, (3,), yardstick=mark))
    assert (found.months, told_of(found.county)) == ((3,), ((6, 0), (0, 0)))
    assert found.last.county.tally.net == 18
    with_a_gap = quarter_figures(FIRST, printed(told, (1, 3), yardstick=mark))
    assert with_a_gap.months == (3,) and with_a_gap.county.late == 0
    whole = quarter_figures(FIRST, printed(told, (1, 2, 3), yardstick=mark))
    assert whole.months == (1, 2, 3) and told_of(whole.county) == ((18, 0), (0, 0))


@given(made_up())
def test_the_years_report_is_the_sum_of_twelve_months(told: list[Record]) -> None:
    found = quarter_figures(Quarter(2022, 4), printed(told, range(1, 13)))
    assert found.year is not None and found.year_months == range(1, 13)
    for kind, own, late in (
        (NEW, found.year.new, found.year.late_new), (CANCELLED, found.year.cancelled, found.year.late_cancelled),
    ):  # fmt: skip
        kinds = [each for each in told if each.kind == kind]
        assert own == sum(each.known == each.month for each in kinds)
        late_ones = sum(each.month < each.known for each in kinds)
        assert late == late_ones - sum(each.gone <= 12 for each in kinds)
    assert found.last.county.tally.net == found.year.net + found.year.late


def test_a_year_whose_bulletins_begin_in_may_adds_eight_months() -> None:
    told = [*records(NEW, 2, 7), *records(NEW, 5, 4), *records(NEW, 9, 3), *records(NEW, 8, 2, known=11)]
    found = quarter_figures(Quarter(2022, 4), printed(told, range(5, 13), yardstick=Yardstick(first_month=5)))
    assert found.year is not None and found.year_months == range(5, 13)
    assert (found.year.new, found.year.late, found.last.county.tally.new) == (7, 2, 16)


def test_the_units_are_those_of_the_annex() -> None:
    assert [each.unit for each, _ in half().units] == list(UNITS)
