"""A target spread over the months of the plan's period."""

from fractions import Fraction
from math import ceil, floor

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.statistics.figures import Progress, Tally, Yardstick
from pipeline.reports.lists.nodes import in_words, nodes

PERIODS = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(lambda each: (min(each), max(each)))


@given(target=st.integers(0, 5000), period=PERIODS)
def test_nodes_rise_from_nothing_to_the_target_in_shares_as_even_as_can_be(
    target: int, period: tuple[int, int]
) -> None:
    first, last = period
    found = nodes(target, Yardstick(first, last))
    assert len(found) == 12
    assert set(found[: first - 1]) <= {0} and set(found[last - 1 :]) == {target}
    share = Fraction(target, last - first + 1)
    before = (0, *found)
    shares = [before[month] - before[month - 1] for month in range(first, last + 1)]
    assert sum(shares) == target
    assert set(shares) <= {floor(share), ceil(share)}


@given(target=st.integers(1, 5000), period=PERIODS, month=st.integers(1, 12), net=st.integers(-50, 5000))
def test_who_is_at_the_node_is_not_behind_pace_and_the_other_way_round(
    target: int, period: tuple[int, int], month: int, net: int
) -> None:
    yardstick = Yardstick(*period)
    progress = Progress(target, Tally(new=max(net, 0), cancelled=max(-net, 0)), yardstick.pace(month))
    assert (net >= nodes(target, yardstick)[month - 1]) == (progress.gap_to_pace <= 0)


def test_twenty_in_a_year_and_in_eight_months() -> None:
    assert nodes(20, Yardstick()) == (2, 4, 5, 7, 9, 10, 12, 14, 15, 17, 19, 20)
    spread = nodes(20, Yardstick(5, 12))
    assert spread == (0, 0, 0, 0, 3, 5, 8, 10, 13, 15, 18, 20)
    assert in_words(spread) == "5月3、6月5、7月8、8月10、9月13、10月15、11月18、12月20"
