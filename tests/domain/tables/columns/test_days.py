from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.model import Source
from pipeline.domain.tables.columns.days import ENOUGH, Days
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.cell import Unreadable, Value

LATEST = date(2022, 12, 31)
HEADERS = {"est_date": "成立日期", "appr_date": "核准日期", "cancel_date": "注销日期"}


def table(from_1904: bool = False, **columns: Sequence[Value]) -> Table:
    """A table of these columns, the first row being row 2."""
    height = max(map(len, columns.values()))
    rows = [
        Row(Source("登记.xlsx", "Sheet1", number + 2), {name: cells[number] if number < len(cells) else None for name, cells in columns.items()})
        for number in range(height)
    ]  # fmt: skip
    places = {name: place for place, name in enumerate(columns, 1)}
    headers = {name: HEADERS[name] for name in columns}
    return Table("registrations", Source("登记.xlsx", "Sheet1", 1), headers, tuple(rows), places, from_1904)


def read(
    name: str = "est_date", from_1904: bool = False, **columns: Sequence[Value]
) -> tuple[list[date | None], list[str]]:
    """A column's days, and the codes of what is told."""
    found = table(from_1904, **columns)
    days = Days(found, HEADERS, LATEST)
    return [days.of(row, name) for row in found.rows][: len(columns[name])], [
        each.code for each in days.notices
    ]


def at(*moments: str) -> list[datetime]:
    return [datetime.fromisoformat(moment) for moment in moments]


SHOWN = [
    lambda moment: moment,
    lambda moment: moment.strftime("%Y-%m-%d %H:%M:%S"),
    lambda moment: moment.strftime("%Y/%m/%d %H:%M:%S"),
    lambda moment: moment.strftime("%Y年%m月%d日 %H时%M分%S秒"),
    lambda moment: moment.strftime("%Y/%m/%d %p%I:%M:%S").replace("AM", "上午").replace("PM", "下午"),
    lambda moment: (moment - datetime(1899, 12, 30)) / timedelta(1),
    lambda moment: f"{(moment - datetime(1899, 12, 30)) / timedelta(1):.5f}",
    lambda moment: moment.strftime("%a %b %d %Y %H:%M:%S GMT+0800 (中国标准时间)"),
]
"""How a moment without a zone comes out of a file."""


@pytest.mark.parametrize("how", range(len(SHOWN)))
@pytest.mark.parametrize("early", [timedelta(hours=8), timedelta(seconds=43), timedelta(hours=8, seconds=43)])
@settings(max_examples=20)
@given(days=st.lists(st.dates(date(1992, 1, 1), date(2022, 12, 31)), min_size=ENOUGH, max_size=8))
def test_a_column_of_midnights_kept_early_is_read_as_the_next_day_and_told_once(
    how: int, early: timedelta, days: list[date]
) -> None:
    cells = [SHOWN[how](datetime(day.year, day.month, day.day) - early) for day in days]
    assert read(est_date=cells) == (days, ["shifted-days"])


def test_summers_of_1986_to_1991_were_an_hour_ahead() -> None:
    moments = at("1986-04-30 16:00", "1988-05-31 15:00", "1991-08-31 15:00", "1991-10-31 16:00")
    assert read(est_date=moments) == (
        [date(1986, 5, 1), date(1988, 6, 1), date(1991, 9, 1), date(1991, 11, 1)],
        ["shifted-days"],
    )
    assert read(est_date=at("2022-05-31 15:00", "2022-06-01 15:00", "2022-06-02 15:00"))[1] == []


def test_the_notice_names_the_column_the_hour_and_a_row() -> None:
    [notice] = Days(
        table(est_date=[None, *at("2022-05-31 16:00", "2022-05-01 16:00", "2022-04-30 16:00")]),
        HEADERS,
        LATEST,
    ).notices
    assert (notice.source, notice.column, notice.place) == (Source("登记.xlsx", "Sheet1", 1), "成立日期", 1)
    assert (
        notice.seen == "16:00:00"
        and "（第3、4、5行）" in notice.advice
        and "2022-05-31读作2022-06-01" in notice.advice
    )


@pytest.mark.parametrize("clock", ["23:59:59", "00:00:43", "08:00:00", "12:00:00", "00:00:00", "17:30:00"])
def test_the_end_of_a_day_and_any_other_hour_stay_on_their_day(clock: str) -> None:
    moments = at(*(f"2022-05-3{digit} {clock}" for digit in (0, 1, 0, 1)))
    assert read(est_date=moments) == ([moment.date() for moment in moments], [])


def test_an_approval_at_four_among_others_stays_and_is_no_doubt() -> None:
    moments = at(
        "2022-05-06 09:13:22",
        "2022-05-31 16:00:00",
        "2022-06-01 10:00:00",
        "2022-06-01 16:00:00",
        "2022-06-02 16:20:00",
    )
    assert read(est_date=moments) == ([moment.date() for moment in moments], [])
    texts = [str(moment) for moment in moments]
    assert read(est_date=texts) == ([moment.date() for moment in moments], [])


@pytest.mark.parametrize(
    "others", [["2022-06-01", "2022-06-02 00:00", "2022-06-03", "2022-06-04"], ["2022-06-01 09:30:00"]]
)
def test_where_the_strange_hour_is_the_rule_or_the_only_one_it_is_doubted_and_nothing_moved(
    others: list[str],
) -> None:
    cells = [*others, *at("2022-05-31 16:00", "2022-04-30 16:00")]
    days, codes = read(est_date=cells)
    assert codes == ["doubtful-days"] and days[len(others) :] == [date(2022, 5, 31), date(2022, 4, 30)]


@pytest.mark.parametrize("others", [[], ["2022-06-01", "2022-06-02 00:00"], ["2022-06-01 09:30:00"]])
def test_days_a_millisecond_before_midnight_are_doubted_as_they_may_be_ends_of_their_own(
    others: list[str],
) -> None:
    ends = at("2022-05-31 23:59:59.999", "2022-04-30 23:59:59.999")
    days, codes = read(est_date=[*others, *ends])
    assert codes == ["doubtful-days"] and days[len(others) :] == [date(2022, 5, 31), date(2022, 4, 30)]
    hours = [f"2022-06-0{number} 10:2{number}:00" for number in range(1, 5)]
    assert read(est_date=[*hours, ends[0]])[1] == []


def test_one_or_two_cells_are_doubted_unless_other_columns_of_the_sheet_bear_them_out() -> None:
    two = at("2022-05-31 16:00", "2022-06-30 16:00")
    assert read(est_date=two) == ([date(2022, 5, 31), date(2022, 6, 30)], ["doubtful-days"])
    assert read("cancel_date", est_date=two, cancel_date=two[:1]) == (
        [date(2022, 6, 1)],
        ["shifted-days"] * 2,
    )
    plain = at("2022-05-31", "2022-06-30", "2022-06-30")
    assert read("cancel_date", est_date=plain, cancel_date=two) == (
        [date(2022, 5, 31), date(2022, 6, 30)],
        ["doubtful-days"],
    )


def test_what_says_nothing_or_cannot_be_read_is_no_other_hour() -> None:
    nothing = [
        None,
        "",
        "NaT",
        "1970-01-01 08:00:00",
        datetime(1970, 1, 1),
        datetime(9999, 12, 31),
        "去年",
        Unreadable("#N/A", "error-value"),
    ]
    moments = at("2022-05-31 16:00", "2022-04-30 16:00", "2022-06-30 16:00")
    days, codes = read(est_date=[*nothing, *moments])
    assert codes == ["shifted-days"] and days[len(nothing) :] == [
        date(2022, 6, 1),
        date(2022, 5, 1),
        date(2022, 7, 1),
    ]


def test_a_column_follows_the_workbook_s_calendar() -> None:
    serials = [
        (moment - datetime(1904, 1, 1)) / timedelta(1)
        for moment in at("2022-05-31 16:00", "2022-06-01 16:00", "2022-06-02 16:00")
    ]
    assert read(from_1904=True, est_date=serials) == (
        [date(2022, 6, 1), date(2022, 6, 2), date(2022, 6, 3)],
        ["shifted-days"],
    )


def test_a_zone_that_leads_into_a_night_is_read_and_doubted() -> None:
    days, codes = read(est_date=["2022-05-31T17:10:00Z", "2022-05-31T02:10:00Z", "2022-05-31T16:00:00Z"])
    assert (days, codes) == ([date(2022, 6, 1), date(2022, 5, 31), date(2022, 6, 1)], ["doubtful-days"])
    assert read(est_date=["2022-05-31T16:00:00.000Z", "2022-06-30T16:00:00.000Z"]) == (
        [date(2022, 6, 1), date(2022, 7, 1)],
        [],
    )


@pytest.mark.parametrize(
    "cells, days",
    [
        (["13/05/22"], [None]),
        (["22.4.7", "22/4/7", "22-04-07"], [date(2022, 4, 7)] * 3),
        (["22/5/25"], [date(2022, 5, 25)]),  # the other order would come after the plan's year
        (["22/05/13", "13/05/22"], [None, None]),
        (["22/05/13", "05/05/22", "14/05/35"], [None, None, None]),
        (["22-05-07", "13/05/22", "22.4.7", "22/4/7"], [date(2022, 5, 7), None, date(2022, 4, 7), date(2022, 4, 7)]),
        (["22/05/25", "22/05/26", "21/05/22", "22/05/07"], [date(2022, 5, 25), date(2022, 5, 26), None, date(2022, 5, 7)]),
    ],
)  # fmt: skip
def test_a_year_of_two_figures_is_first_where_the_column_speaks_for_it(
    cells: list[str], days: list[date | None]
) -> None:
    assert read(est_date=cells)[0] == days


CELLS = st.none() | st.datetimes() | st.floats() | st.integers() | st.booleans() | st.text(max_size=20) | st.sampled_from(
    [datetime(2022, 5, 31, 16), "2022-05-31 16:00:00", "13/05/22", "22.5.7", "9999-12-31 16:00:00", datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59)]
)  # fmt: skip


@given(st.lists(CELLS, min_size=1, max_size=6))
def test_whatever_stands_there_it_is_a_day_or_none(cells: list[Value]) -> None:
    days, codes = read(est_date=cells)
    assert all(day is None or isinstance(day, date) for day in days) and len(codes) <= 2
