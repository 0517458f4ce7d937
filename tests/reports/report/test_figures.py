"""A quarter is the sum of its printed months and of what came late: against a recount of the records themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.figures.months import EAST
from support.figures.quarters import HALF, UNITS, Record, printed, records

from pipeline.domain.period import Month, Quarter
from pipeline.domain.statistics.counting import CANCELLED, NEW
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
    assert second.previous == (first.county.new, first.county.cancelled)
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
    assert found.county.late == -gone and found.previous is None


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
    assert found.previous == (18, 0) and found.months == (4, 5, 6)


def test_a_unit_that_came_later_has_only_its_own_months() -> None:
    told = [*records(NEW, 4, 3), *records(NEW, 6, 5, "14")]
    months = printed(told, range(1, 6), (EAST,)) | {6: printed(told, range(1, 7))[6]}
    found = {each.unit.code: gain for each, gain in quarter_figures(SECOND, months).units}
    assert told_of(found["14"]) == ((5, 0), (0, 0)) and told_of(found["01"]) == ((3, 0), (0, 0))


@pytest.mark.parametrize(
    "there, wanted", [((4, 5, 6), ()), ((1, 2, 3), (4, 5, 6)), ((4, 6), (5,)), ((), (4, 5, 6))]
)
def test_months_without_a_bulletin_are_named(there: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    assert missing(SECOND, dict.fromkeys(there)) == tuple(Month(2022, month) for month in wanted)


def test_the_units_are_those_of_the_annex() -> None:
    assert [each.unit for each, _ in half().units] == list(UNITS)
