from dataclasses import replace
from fractions import Fraction

import pytest
from support.figures.shops import standing_at

from pipeline.domain.model import Unit
from pipeline.domain.statistics.cells import band_cell, move_cell, percent_cell, rank_cell

UNITS = [Unit(f"{n:02d}", name, "", "乡镇", target=100 * (n < 4)) for n, name in enumerate("甲乙丙丁", 1)]


def test_ranks_and_how_they_moved() -> None:
    figures = standing_at([50, 50, 40, 10], units=UNITS)
    assert [rank_cell(each) for each in figures.units] == ["1", "1", "3", "—"]
    before = standing_at([10, 50, 40, 10], 5, units=UNITS)
    assert [move_cell(each, before) for each in figures.units] == ["3 ↑2", "1 持平", "2 ↓1", "—"]
    assert move_cell(figures.units[0], None) == "—"
    assert move_cell(figures.units[0], replace(before, units=before.units[1:])) == "—"


@pytest.mark.parametrize(
    "net, said", [(99, "先进"), (100, "已完成"), (45, "基本达标"), (10, "滞后"), (0, "零进展")]
)
def test_a_band_until_the_year_is_done(net: int, said: str) -> None:
    [unit] = standing_at([net], units=UNITS[:1]).units
    assert band_cell(unit) == said


@pytest.mark.parametrize("rate, said", [(Fraction(49, 100), "49.0"), (Fraction(-1, 16), "-6.3"), (None, "—")])
def test_rates_have_one_decimal(rate: Fraction | None, said: str) -> None:
    assert percent_cell(rate) == said
