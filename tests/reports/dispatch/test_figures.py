from collections.abc import Sequence
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.model import Unit
from pipeline.domain.statistics.figures import MonthFigures, Progress, Standing, Tally, Yardstick
from pipeline.reports.dispatch.figures import Outlook, outlook, prospects

JUNE = Fraction(1, 2)


def progress(target: int, net: int, pace: Fraction = JUNE) -> Progress:
    return Progress(target, Tally(new=max(net, 0), cancelled=max(-net, 0)), pace)


@pytest.mark.parametrize(
    "target, net, pace, recent, left, expected, is_hard",
    [
        pytest.param(90, 30, JUNE, [2, 4, 6], 6, Outlook(60, 15, 10, Fraction(4), 54), True, id="behind"),
        pytest.param(90, 60, JUNE, [9, 9, 9], 6, Outlook(30, -15, 5, Fraction(9), 114), False, id="ahead"),
        pytest.param(90, -3, JUNE, [0, -1, -2], 6, Outlook(93, 48, 16, Fraction(-1), -9), True, id="net loss"),
        pytest.param(90, 95, JUNE, [1], 6, Outlook(-5, -50, 0, Fraction(1), 101), False, id="over the target"),
        pytest.param(0, 4, JUNE, [1, 1], 6, Outlook(-4, -4, 0, Fraction(1), 10), False, id="no target"),
        pytest.param(0, -4, JUNE, [-1], 6, Outlook(4, 4, 1, Fraction(-1), -10), False, id="no target, a loss"),
        pytest.param(90, 80, Fraction(1), [5], 0, Outlook(10, 10, None, Fraction(5), 80), None, id="december"),
        pytest.param(90, 90, Fraction(1), [5], 0, Outlook(0, 0, 0, Fraction(5), 90), False, id="december, done"),
        pytest.param(12, 0, Fraction(1, 12), [0], 11, Outlook(12, 1, 2, Fraction(0), 0), True, id="first month"),
        pytest.param(25, 7, JUNE, [1, 2, 2], 6, Outlook(18, 6, 3, Fraction(5, 3), 17), False, id="thirds"),
        pytest.param(50, 10, JUNE, [9, 1, 2, 3], 6, Outlook(40, 15, 7, Fraction(2), 22), True, id="last three"),
        pytest.param(10, 0, JUNE, [0, 1], 1, Outlook(10, 5, 10, Fraction(1, 2), 1), True, id="half goes up"),
        pytest.param(10, -1, JUNE, [0, -1], 1, Outlook(11, 6, 11, Fraction(-1, 2), -2), True, id="half goes down"),
    ],
)  # fmt: skip
def test_situations(
    target: int, net: int, pace: Fraction, recent: list[int], left: int, expected: Outlook, is_hard: bool | None
) -> None:  # fmt: skip
    found = outlook(progress(target, net, pace), recent, left)
    assert found == expected and found.is_hard is is_hard


@given(
    target=st.integers(0, 500), net=st.integers(-50, 600), month=st.integers(1, 12),
    recent=st.lists(st.integers(-9, 60), min_size=1, max_size=12),
)  # fmt: skip
def test_what_is_needed_reaches_the_target_and_one_less_does_not(
    target: int, net: int, month: int, recent: list[int]
) -> None:
    left = 12 - month
    found = outlook(progress(target, net, Fraction(month, 12)), recent, left)
    assert found.gap == target - net and found.gap_to_pace == ceil(Fraction(target * month, 12)) - net
    if found.needed_per_month is None:
        assert left == 0 and found.gap > 0 and found.is_hard is None
    elif found.gap <= 0:
        assert found.needed_per_month == 0
    else:
        assert net + found.needed_per_month * left >= target > net + (found.needed_per_month - 1) * left
    assert abs(found.projected - (net + found.recent_average * left)) <= Fraction(1, 2)


EAST, WEST = (
    Unit("01", "东村镇", "", "乡镇", target=60),
    Unit("14", "县财政局", "", "县直", target=30),
)


def month(number: int, nets: Sequence[int], units: Sequence[Unit] = (EAST, WEST)) -> MonthFigures:
    pace = Yardstick().pace(number)
    standings = (
        Standing(unit.target, Tally(new_month=net, new=net * number), pace, unit, 1, "先进")
        for unit, net in zip(units, nets, strict=True)
    )
    return MonthFigures(2022, number, Yardstick(), tuple(standings), Tally(new_month=1, new=number))


def test_a_sheet_goes_by_the_months_that_were_published() -> None:
    found = prospects([month(1, (1, 2)), month(2, (3, 4)), month(4, (5, 0)), month(5, (1, 3))])
    assert found.previous == month(4, (5, 0)) and found.months_left == 7
    assert [line.recent_average for _, line in found.units] == [3, Fraction(7, 3)]
    assert [(name, line.outlook.recent_average) for name, line in found.groups] == [
        ("乡镇", 3),
        ("县直", Fraction(7, 3)),
    ]
    assert found.county.outlook.recent_average == Fraction(19, 3)  # with what is nobody's
    assert found.county.progress.tally.net == found.figures.county.tally.net == 25


def test_a_month_that_was_not_published_is_no_month_before() -> None:
    assert prospects([month(3, (1, 1)), month(6, (2, 2))]).previous is None
    assert prospects([month(6, (2, 2))]).previous is None


def test_a_unit_that_joined_later_goes_by_its_own_months() -> None:
    found = prospects([month(4, (9,), (EAST,)), month(5, (1, 6))])
    assert [line.recent_average for _, line in found.units] == [5, 6]
