"""What a quarter or a year is held against: the quarter before (环比), the same time of the year before (同比).

Only what was published is compared, counted by the same months; what cannot be is left out with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.domain.period import Month, Quarter
from pipeline.domain.statistics.published import published_from
from pipeline.domain.wording import listed
from pipeline.reports.report.figures import is_annual, months_of

_BULLETIN, _REPORT = "bulletin", "report"
"""Kinds of report whose publications tell what there was."""
Kept = Mapping[tuple[str, str], Mapping[str, Any]]
"""Kind and period's name → the publication that counts, as plain values."""


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier time, in businesses (户) of the whole county."""

    name: str
    """``2022-Q1``, ``2021``."""
    words: str
    """What it is called: 2022年第1季度."""
    new: int = 0
    """Registered: the sum of the months as printed."""
    cancelled: int = 0
    """Cancelled, likewise."""
    lacking: str = ""
    """Why it is not compared, in Chinese; empty where it is, and only then the figures count."""

    @property
    def net(self) -> int:
        """净增."""
        return self.new - self.cancelled


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a report is held against."""

    previous: Before
    """The quarter before (上季度)."""
    year_before: Before
    """The same quarter of the year before (上年同期)."""
    annual: Before | None
    """The year before as a whole; only in the report of the last quarter."""


def comparison(quarter: Quarter, month_end: int, kept: Kept) -> Comparison:
    """What is known of the times before a quarter.

    :param month_end: by which its months are counted; times counted otherwise are not compared.
    :param kept: all that was published, of other years too.
    """
    year, number = quarter.year, quarter.quarter
    earlier = Quarter(year, number - 1) if number > 1 else Quarter(year - 1, 4)
    year_before = Quarter(year - 1, number)
    annual = None
    if is_annual(quarter):
        every = [Month(year - 1, month) for month in range(1, 13)]
        annual = _of_months(str(year - 1), f"{year - 1}年", every, month_end, kept)
    return Comparison(
        _of_quarter(earlier, month_end, kept), _of_quarter(year_before, month_end, kept), annual
    )


def _of_quarter(quarter: Quarter, month_end: int, kept: Kept) -> Before:
    """By its months; where one of them was never kept, by its report."""
    months = [Month(quarter.year, month) for month in months_of(quarter)]
    found = _of_months(quarter.name, quarter.words, months, month_end, kept)
    report = kept.get((_REPORT, quarter.name), {}).get("figures", {})
    if found.lacking and report.get("month_end") == month_end:
        county = report["county"]
        return Before(quarter.name, quarter.words, county["new"], county["cancelled"])
    return found


def _of_months(name: str, words: str, months: list[Month], month_end: int, kept: Kept) -> Before:
    lacking = [month.words for month in months if (_BULLETIN, month.name) not in kept]
    if lacking:
        whose = words if len(lacking) == len(months) else listed(lacking)
        return Before(name, words, lacking=f"{whose}没有印发过简报")
    figures = [published_from(kept[_BULLETIN, month.name]["published"]).figures for month in months]
    if any(each.yardstick.month_end != month_end for each in figures):
        return Before(name, words, lacking=f"{words}的月份是按别的截止日统计的")
    tallies = [each.county.tally for each in figures]
    return Before(
        name, words, sum(each.new_month for each in tallies), sum(each.cancelled_month for each in tallies)
    )
