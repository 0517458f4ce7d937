"""Very many units: the two ends are shown, in the charts and in a section's table, and the others counted."""

from decimal import Decimal

import pytest
from support.figures.gazettes import rates
from support.settings import SETTINGS

from pipeline.domain.model import Unit
from pipeline.domain.records.notes import Notes
from pipeline.domain.statistics.figures import MonthFigures, Tally, Yardstick
from pipeline.domain.statistics.measuring import standings
from pipeline.reports.bulletin.ends import MOST, ends
from pipeline.reports.bulletin.rates import Bar, Rates
from pipeline.reports.bulletin.text import Scope, rates_of, sections


def figures(units: int) -> MonthFigures:
    """So many units, each with one business more than the one before it."""
    all_of_them = [
        Unit(f"{number:03}", f"单位{number}", "", "乡镇", target=100) for number in range(1, units + 1)
    ]
    tallies = {each.code: Tally(1, 0, place, 0) for place, each in enumerate(all_of_them, 1)}
    yardstick = Yardstick()
    return MonthFigures(2022, 6, yardstick, standings(all_of_them, tallies, yardstick, 6), Tally())


@pytest.mark.parametrize("count", [0, 1, 26, MOST])
def test_as_many_as_can_be_read_are_all_shown(count: int) -> None:
    assert ends(range(count), len) == tuple(range(count))


@pytest.mark.parametrize("count, left_out", [(MOST + 1, 1), (300, 240)])
def test_of_more_the_first_and_the_last_are_shown_and_the_others_counted(count: int, left_out: int) -> None:
    lines = [str(number) for number in range(count)]
    assert ends(lines, str) == (*lines[:30], f"其余{left_out}个", *lines[-30:])


def test_the_chart_has_a_line_without_a_bar_and_without_a_pace() -> None:
    bars = rates(300).bars
    gap = Bar("其余240个", Decimal(), "")
    chart = Rates(ends(bars, lambda others: Bar(others, Decimal(), "")), Decimal(50)).chart()
    assert chart.categories[30] == gap.name
    assert all(series.values[30] is None for series in chart.series)
    assert all(sum(series.values[place] is not None for series in chart.series) == 2 for place in (29, 31))
    assert "" not in [series.name for series in chart.series]


@pytest.mark.parametrize("units", [MOST, MOST + 5])
def test_a_section_and_the_charts_show_the_same_units(units: int) -> None:
    month = figures(units)
    found = [
        each
        for each in sections(month, None, Notes(), (), "", SETTINGS, Scope("全县"))
        if each.heading == "各单位完成情况"
    ]
    names = [row["单位名称"] for row in found[0].rows]
    assert names == [bar.name for bar in rates_of(month).bars]
    assert (names[0], names[-1]) == (f"单位{units}", "单位1")
    assert [name for name in names if name.startswith("其余")] == (["其余5个"] if units > MOST else [])
    assert all(set(row) == set(found[0].rows[0]) for row in found[0].rows)
    assert len(names) == min(units, MOST + 1)
