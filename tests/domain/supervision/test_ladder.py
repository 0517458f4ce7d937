"""The ladder: situations of a year, and what holds of any."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.figures.months import EAST, published, year

from pipeline.domain.statistics.figures import BEHIND, NOTHING_GAINED
from pipeline.domain.supervision.ladder import INTERVIEW, LEVELS, REMIND, SUPERVISE, Rule, ladder, rungs

ALWAYS = Rule(1, 2, (1, 2, 3))
SMALL, NONE = replace(EAST, target=20), replace(EAST, target=0)


def levels(*nets: int | None, rule: Rule = ALWAYS, unit: object = EAST) -> list[str | None]:
    assert isinstance(unit, type(EAST))
    return [rung.level for rung in rungs(year(*nets, unit=unit), unit.code, rule)]


# A target of 60: at pace with 5 more each month; behind when more than 10 points, 6 businesses, below that.
@pytest.mark.parametrize(
    "nets, expected",
    [
        pytest.param((0, 0, 0, 0), [REMIND, SUPERVISE, INTERVIEW, INTERVIEW], id="never moves, stays at the top"),
        pytest.param((0, 10, 0, 0), [REMIND, None, REMIND, SUPERVISE], id="one good month ends a reminder"),
        pytest.param((0, 0, 15, 0, 0, 0), [REMIND, SUPERVISE, None, SUPERVISE, INTERVIEW, INTERVIEW], id="from 督办 to 提醒, and the next lag is 督办 again"),
        pytest.param((0, 0, 0, 20, 0), [REMIND, SUPERVISE, INTERVIEW, None, INTERVIEW], id="from 约谈 to 督办, and the next lag is 约谈 again"),
        pytest.param((0, 0, 0, 20, 25, 0), [REMIND, SUPERVISE, INTERVIEW, None, None, SUPERVISE], id="two good months, two down"),
        pytest.param((0, 0, 0, 20, 25, 30, 35, 0), [REMIND, SUPERVISE, INTERVIEW, None, None, None, None, REMIND], id="never below none"),
        pytest.param((0, None, 0), [REMIND, SUPERVISE], id="a month without a bulletin neither raises nor lowers"),
        pytest.param((5, 4, 9, 14), [None, None, None, None], id="close to pace is no lag"),
    ],
)  # fmt: skip
def test_situations(nets: tuple[int | None, ...], expected: list[str | None]) -> None:
    assert levels(*nets) == expected


def test_months_running_has_no_break() -> None:
    found = rungs(year(0, 0, None, 0, 0, 25, 0), "01", ALWAYS)
    assert [(rung.month, rung.months_running) for rung in found] == [(1, 1), (2, 2), (4, 1), (5, 2), (6, 0), (7, 1)]  # fmt: skip


def test_nobody_climbs_before_the_first_month() -> None:
    assert levels(0, 0, 0, 0, rule=replace(ALWAYS, first_month=3)) == [None, None, REMIND, SUPERVISE]
    assert levels(*[0] * 12, rule=replace(ALWAYS, first_month=13)) == [None] * 12


def test_without_a_target_nobody_climbs() -> None:
    assert published(1, (-3,), (NONE,)).units[0].band == NOTHING_GAINED
    assert levels(-3, -4, -5, unit=NONE) == [None, None, None]


def test_a_small_target_is_given_its_tolerance() -> None:
    june = published(6, (7,), (SMALL,)).units[0]  # 35.0 %, fifteen points behind, but only three short
    assert (june.band, june.gap_to_pace) == (BEHIND, 3)
    months = [published(6, (7,), (SMALL,))]
    assert rungs(months, "01", ALWAYS)[0].level == REMIND
    assert rungs(months, "01", replace(ALWAYS, min_gap=3))[0].level is None


def test_the_gap_counts_whole_businesses() -> None:
    odd = replace(EAST, target=25)
    assert published(6, (10,), (odd,)).units[0].gap_to_pace == 3  # 12.5 are wanted


def test_other_months_at_which_a_level_begins() -> None:
    late = Rule(1, 2, (2, 3, 6))
    assert levels(0, 0, 0, 0, 0, 0, rule=late) == [None, REMIND, SUPERVISE, SUPERVISE, SUPERVISE, INTERVIEW]
    found = rungs(year(*[0] * 6, 35, 0), "01", late)
    assert [rung.count for rung in found] == [1, 2, 3, 4, 5, 6, 3, 4] and found[-1].level == SUPERVISE


def test_a_unit_that_joined_later_has_no_rung_before() -> None:
    west = replace(EAST, code="02")
    found = ladder([published(1, (0,), (EAST,)), published(2, (0, 0), (EAST, west))], ALWAYS)
    assert {key: rung.level for key, rung in found.items()} == {
        ("01", 1): REMIND, ("01", 2): SUPERVISE, ("02", 2): REMIND,
    }  # fmt: skip


RULES = st.builds(
    lambda first, gap, steps: Rule(first, gap, tuple(sum(steps[: n + 1]) for n in range(3))),
    st.integers(1, 13), st.integers(0, 6), st.tuples(*[st.integers(1, 3)] * 3),
)  # fmt: skip


@given(
    nets=st.lists(st.none() | st.integers(-9, 70), min_size=12, max_size=12),
    target=st.integers(0, 80), rule=RULES,
)  # fmt: skip
def test_what_holds_of_any_year(nets: list[int | None], target: int, rule: Rule) -> None:
    unit = replace(EAST, target=target)
    found = rungs(year(*nets, unit=unit), "01", rule)
    height = 0
    lagging: set[int] = set()
    for rung in found:
        each = rung.standing
        pace = Fraction(rung.month, 12)
        behind = target and (each.tally.net <= 0 or Fraction(each.tally.net, target) < pace - Fraction(1, 10))
        short = each.tally.net + rule.min_gap < target * pace
        assert rung.lags == bool(behind and short and rung.month >= rule.first_month)
        if rung.lags:
            lagging.add(rung.month)
            assert height <= rung.height <= height + 1, "a level is never skipped"
        else:
            assert rung.height == max(height - 1, 0) and rung.level is None and rung.months_running == 0
        assert rung.level is None or rung.level == LEVELS[rung.height - 1]
        run = rung.months_running
        assert {rung.month - n for n in range(run)} <= lagging and (rung.month - run) not in lagging
        height = rung.height


@given(
    nets=st.lists(st.integers(0, 70), min_size=1, max_size=12),
    more=st.integers(0, 30),
    month=st.integers(0, 11),
)
def test_a_month_corrected_in_the_unit_s_favour_never_raises_a_level_in_it(
    nets: list[int], more: int, month: int
) -> None:
    month %= len(nets)
    better = [*nets[:month], nets[month] + more, *nets[month + 1 :]]
    before, after = (rungs(year(*each), "01", ALWAYS)[month] for each in (nets, better))
    assert after.height <= before.height
