from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.dates import FIRST, LAST, day_of
from pipeline.domain.model import Unreadable, Value

DAYS = st.dates(FIRST, LAST)
DAY = date(2022, 5, 7)


@pytest.mark.parametrize(
    "text",
    [
        "2022-05-07", "2022-5-7", "2022/5/7", "2022.5.7", "2022．5．7", "2022。5。7", "2022、5、7", "２０２２－０５－０７",
        "2022—5—7", " 2022-05-07\n", "\u200b2022-05-07", "'2022-05-07", '="2022-05-07"', "2022 / 5 / 7",
        "2022-05-07 00:00:00", "2022-05-07T00:00:00", "2022-05-07T08:30:00.000", "2022/5/7 8:30", "2022/5/7 上午12:00:00",
        "2022-05-07\u3000００：００", "20220507", "２０２２０５０７", "20220507083000", "2022年5月7日", "2022年05月07日", "2022年5月7号",
        "2022年5月7", "2022 年 5 月 7 日", "2022年5月7日 08:30", "二〇二二年五月七日", "二零二二年五月七日", "二○二二年5月7日",
        "二O二二年五月七日", "22年5月7日", "二二年五月七日", "22.5.7", "22-05-07", "22/5/7", "44688", "44688.0", "44688.354",
    ],
)  # fmt: skip
def test_written_forms(text: str) -> None:
    assert day_of(text) == DAY


@pytest.mark.parametrize(
    "value", [datetime.fromisoformat("2022-05-07 23:59"), 44688, 44688.0, 44688.99, 20220507, 20220507.0]
)
def test_cells_that_are_no_text(value: Value) -> None:
    assert day_of(value) == DAY


@pytest.mark.parametrize(
    "value",
    [
        None, "", " ", True, False, "无", "待定", "2022年5月", "2022-05", "2022", 2022, 202205, "202205", "5月7日",
        "05/07/2022", "5/7/2022", "7.5.2022", "5/7/22", "05/07/22", "12.5.7", "7-May-22", "2022-02-30", "2021-02-29",
        "2022-13-01", "2022-00-10", "2022-5-0", "20220230", "20221301", 20220230, "2022年2月30日", "二〇二二年十三月七日",
        "二〇二二年五月五六日", "二〇二二年五月二十十日", "2022-5/7", "2022.5", "2022-05-07至2022-06-07", "2022-05-07 25:61",
        "2022-05-07 (补)", "2022-05-0７²", "2022²-05-07", "٢٠٢٢-٠٥-٠٧", 0, -44688, 60, 1, 1e9, 1e300, float("inf"),
        float("nan"), "99999", "9999999999", "1411271990010112", Unreadable("#N/A", "error-value"), "0000-00-00",
        "2022-05-06T16:00:00Z",
    ],
)  # fmt: skip
def test_what_is_no_day_or_doubtful_is_never_guessed(value: Value) -> None:
    assert day_of(value) is None


def test_a_day_s_number_follows_the_workbook_s_calendar() -> None:
    assert day_of(44688 - 1462, from_1904=True) == DAY
    assert day_of("43226", from_1904=True) == DAY
    assert day_of("2022-05-07", from_1904=True) == DAY


@given(DAYS)
def test_excel_s_number_of_any_day(day: date) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

    assert day_of(to_excel(day)) == day_of(float(to_excel(day)) + 0.99) == day
    assert day_of(to_excel(day, CALENDAR_MAC_1904), from_1904=True) == day


@given(
    DAYS,
    st.sampled_from(
        [
            "{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}．{1:02}．{2:02}", "{0}年{1}月{2}日",
            "{0}{1:02}{2:02}", "{0}-{1:02}-{2:02} 00:00:00", "{0}-{1:02}-{2:02}T12:34:56", " {0} - {1} - {2} ",
        ]
    ),
)  # fmt: skip
def test_any_day_in_figures(day: date, form: str) -> None:
    text = form.format(day.year, day.month, day.day)
    assert day_of(text) == day
    assert day_of(text.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})) == day


@given(DAYS)
def test_any_day_in_hanzi(day: date) -> None:
    import cn2an

    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    month, number = (
        cn2an.an2cn(n).removeprefix("一") if 10 <= n < 20 else cn2an.an2cn(n) for n in (day.month, day.day)
    )
    assert day_of(f"{year}年{month}月{number}日") == day


@given(st.dates(date(2013, 1, 1), date(2079, 12, 31)))
def test_a_year_of_two_digits_that_is_no_month(day: date) -> None:
    assert day_of(f"{day:%y}.{day.month}.{day.day}") == day


@given(st.dates(date(2000, 1, 1), date(2012, 12, 31)), st.sampled_from("-/."))
def test_a_year_of_two_digits_that_could_be_a_month_is_doubtful(day: date, sign: str) -> None:
    assert day_of(f"{day:%y}{sign}{day.month}{sign}{day.day}") is None


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(29, 99))
def test_no_form_makes_a_day_that_the_calendar_has_not(year: int, month: int, day: int) -> None:
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).day
    for form in ("{}-{}-{}", "{}年{}月{}日", "{}{:02}{:02}"):
        assert (day_of(form.format(year, month, day)) is None) == (day > last)


@given(
    st.text() | st.from_regex(r"[0-9〇一二十年月日./-]{1,12}", fullmatch=True) | st.floats() | st.integers()
)
def test_whatever_stands_there_it_is_a_day_or_none(value: Value) -> None:
    assert isinstance(day_of(value), date | None)
