"""What a report is held against: only what was published, counted by the same months."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from support.figures.quarters import HALF, printed, records

from pipeline.domain.period import Month, Quarter
from pipeline.domain.statistics.counting import CANCELLED, NEW
from pipeline.domain.statistics.figures import Yardstick
from pipeline.domain.statistics.published import Published
from pipeline.reports.report.comparing import Before, Comparison, Kept, comparison

LAST_YEAR = [*records(NEW, 5, 4), *records(CANCELLED, 6, 1), *records(NEW, 12, 10)]


def kept(year: int, months: Iterable[int], month_end: int = 0, told: Any = LAST_YEAR) -> Kept:
    """Bulletins of a year."""
    found = printed(told, months, yardstick=Yardstick(month_end=month_end))
    return {
        ("bulletin", Month(year, month).name): {
            "published": Published(replace(each, year=year), {}).as_plain()
        }
        for month, each in found.items()
    }


def of(quarter: int, publications: Kept) -> Comparison:
    return comparison(Quarter(2022, quarter), 0, publications)


def test_a_quarter_is_held_against_the_one_before_and_the_same_of_last_year() -> None:
    found = of(2, {**kept(2022, range(1, 4), told=HALF), **kept(2021, range(1, 13))})
    assert found.previous == Before("2022-Q1", "2022年第1季度", 18, 0)
    assert found.year_before == Before("2021-Q2", "2021年第2季度", 4, 1) and found.year_before.net == 3
    assert found.annual is None


def test_a_first_quarter_is_held_against_the_fourth_of_last_year() -> None:
    found = of(1, kept(2021, range(1, 13)))
    assert found.previous == Before("2021-Q4", "2021年第4季度", 10, 0)
    assert found.year_before == Before("2021-Q1", "2021年第1季度", 0, 0)


def test_the_years_report_is_held_against_all_of_last_year() -> None:
    assert of(4, kept(2021, range(1, 13))).annual == Before("2021", "2021年", 14, 1)
    assert of(4, kept(2021, range(2, 13))).annual == Before(
        "2021", "2021年", lacking="2021年1月没有印发过简报"
    )


@pytest.mark.parametrize(
    "publications, reason",
    [
        ({}, "2021年第2季度没有印发过简报"),
        (kept(2021, (4, 6)), "2021年5月没有印发过简报"),
        (kept(2021, range(4, 7), month_end=25), "2021年第2季度的月份是按别的截止日统计的"),
    ],
)
def test_what_is_not_there_is_left_out_with_the_reason(publications: Kept, reason: str) -> None:
    assert of(2, publications).year_before == Before("2021-Q2", "2021年第2季度", lacking=reason)


@pytest.mark.parametrize("month_end, is_there", [(0, True), (25, False), (None, False)])
def test_where_no_month_was_kept_the_report_tells(month_end: int | None, is_there: bool) -> None:
    figures = {"county": {"new": 7, "cancelled": 2}, "month_end": month_end}
    found = of(2, {("report", "2021-Q2"): {"figures": figures}}).year_before
    assert bool(found.lacking) != is_there
    assert not is_there or (found.new, found.cancelled, found.net) == (7, 2, 5)
