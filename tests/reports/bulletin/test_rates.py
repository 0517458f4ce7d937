"""The bars of completion rates: all of them as long as their names can be read."""

from decimal import Decimal

import pytest
from support.figures.gazettes import rates

from pipeline.reports.bulletin.rates import MOST_BARS, Bar, legible


@pytest.mark.parametrize("units", [0, 1, 26, MOST_BARS])
def test_as_many_as_can_be_read_are_all_drawn(units: int) -> None:
    bars = rates(units).bars
    assert legible(bars) == bars and len(bars) == units


@pytest.mark.parametrize("units, left_out", [(MOST_BARS + 1, 1), (300, 240)])
def test_of_more_the_first_and_the_last_are_drawn_and_the_others_counted(units: int, left_out: int) -> None:
    bars = rates(units).bars
    shown = legible(bars)
    assert shown[:30] == bars[:30] and shown[31:] == bars[-30:] and len(shown) == MOST_BARS + 1
    assert shown[30] == Bar(f"其余{left_out}个", Decimal(), "")


def test_a_line_without_a_unit_has_neither_a_bar_nor_a_pace() -> None:
    data = rates(300)
    chart = type(data)(legible(data.bars), data.pace).chart()
    assert chart.categories[30] == "其余240个"
    assert all(series.values[30] is None for series in chart.series)
    assert all(sum(series.values[place] is not None for series in chart.series) == 2 for place in (29, 31))
    assert "" not in [series.name for series in chart.series]
