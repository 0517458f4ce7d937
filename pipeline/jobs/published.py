"""The year's bulletins that count, for every job that goes by them; and whether their months can stand side by side."""

from collections.abc import Iterable

from pipeline.adapters.archive import Archive
from pipeline.domain.model import Problem, Source
from pipeline.domain.period import Calendar, Month, Period
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.wording import listed
from pipeline.reports.bulletin import BULLETIN
from pipeline.reports.bulletin.content import Content


def bulletins(archive: Archive, year: int) -> dict[int, Content]:
    """Month of a year → its bulletin, the latest revision, in the order of the months."""
    found = {
        Month.read(name): BULLETIN.from_plain(each.content)
        for name, each in archive.of_kind(BULLETIN.name).items()
    }
    return {
        each.month: found[each] for each in sorted(found, key=lambda each: each.name) if each.year == year
    }


def other_months(
    printed: Iterable[MonthFigures], calendar: Calendar, title: str, corrected: Period | None = None
) -> tuple[Problem, ...]:
    """Months printed while the plan's months were others: what ends on the 25th is never put beside calendar months.

    :param title: of what is not made then.
    :param corrected: the month whose bulletin is revised: that one does not stand in its own way.
    """
    others = [
        each for each in printed if each.yardstick.calendar != calendar and each.period != corrected
    ]  # fmt: skip
    if not others:
        return ()
    then, months = others[0].yardstick.month_end, listed([each.period.words for each in others])
    advice = (
        f"{months}的简报是按month_end = {then}（{_month_words(then)}）统计的，pipeline.toml 的 [plan] month_end 现在是"
        f"{calendar.month_end}（{_month_words(calendar.month_end)}）。两种口径的数字不能放在一起，没有出{title}。"
        f"请改回 {then}；要换口径，从下一年度起。"
    )
    return (Problem(Source("pipeline.toml"), "month_end", str(calendar.month_end), "other-months", advice),)


def _month_words(month_end: int) -> str:
    return f"每月到{month_end}日为止" if month_end else "自然月"
