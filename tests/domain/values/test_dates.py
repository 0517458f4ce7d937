from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.dates import FIRST, LAST, day_of, objection, says_no_day

DAYS = st.dates(FIRST, LAST)
DAY, DAY_AND_TIME = date(2022, 5, 7), datetime(2022, 5, 7, 16)


@pytest.mark.parametrize(
    "text",
    [
        "2022-05-07", "2022-5-7", "2022/5/7", "2022.5.7", "2022．5．7", "2022。5。7", "2022、5、7", "２０２２－０５－０７",
        "2022—5—7", " 2022-05-07\n", "\u200b2022-05-07", "'2022-05-07", '="2022-05-07"', "2022 / 5 / 7",
        "2022-05-07 00:00:00", "2022-05-07T00:00:00", "2022-05-07T08:30:00.000", "2022/5/7 8:30", "2022/5/7 上午12:00:00",
        "2022-05-07\u3000００：００", "20220507", "２０２２０５０７", "20220507083000", "2022年5月7日", "2022年05月07日", "2022年5月7号",
        "2022年5月7", "2022 年 5 月 7 日", "2022年5月7日 08:30", "二〇二二年五月七日", "二零二二年五月七日", "二○二二年5月7日",
        "二O二二年五月七日", "22年5月7日", "二二年五月七日", "22.5.7", "22-05-07", "22/5/7", "44688", "44688.0", "44688.354",
        "2022-05-06T16:00:00.000Z", "2022-05-06T16:00Z[UTC]", "2022-05-06T16:00:00+00:00", "2022-05-07T00:00:00Z",
        "2022-05-07T00:00:00+08:00", "2022-05-07T00:00:00.000+0800", "2022-05-07 00:00:00+08:00", "2022-05-07 00:00:00+08",
        "2022-05-06T12:00:00-04:00", "2022-05-07T00:00:00+08:00[Asia/Shanghai]", "2022-05-07 00:00:00 +0800 CST",
        "2022-05-07+08:00", "2022-05-07Z", "20220507T083000+0800", "20220506T160000Z", "2022-05-07 00:00:00.0",
        "Sat May 07 2022 00:00:00 GMT+0800 (中国标准时间)", "Sat May 07 2022 00:00:00 GMT+0800 (China Standard Time)",
        "Sat May 07 2022", "Sat May 07 00:00:00 CST 2022", "Sat May 07 00:00:00 GMT+08:00 2022", "Fri May 06 16:00:00 UTC 2022",
        "Sat May  7 00:00:00 2022", "Fri, 06 May 2022 16:00:00 GMT", "Sat, 7 May 2022 00:00:00 +0800", "7 May 2022",
        "07-May-2022", "May 7, 2022, 12:00:00 AM", "Saturday, May 7, 2022", "2022年5月7日 星期六", "2022年5月7日星期六 08:30",
        "2022年5月7日（周六）", "2022/5/7 周六", "2022-05-07 08:30 星期六", "2022年5月7日星期六 中国标准时间 00:00:00",
        "\u200e2022\u200e年\u200e5\u200e月\u200e7\u200e日", "2022年5月7日 8时30分", "2022年5月7日8时", "2022年05月07日 00时00分00秒",
        "2022年5月7日上午8点半", "2022年5月7日 下午3时05分", "2022年5月7日下午", "2022/5/7 下午11:59:59", "2022-05-07 23:59:59",
        "2022-05-07 24:00:00", "2022-05-0708:30:00", "二〇二二年五月七日八时零五分", "22/5/7 0:00",
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
        "13/05/22", "31-12-98", "22/5/25", "2022年5月7日 星期日", "Sun May 08 2022 00:00:00 GMT+0800 (中国标准时间)X",
        "Sun May 07 2022 00:00:00 GMT+0800", "2022-05-07 星期", "2022.5.7-8", "2022-05-07-08", "2022年5月7日 8:30-11:30",
        "2022-05-07 08:30-11:30", "2022-5-118:30", "2022年5月12:30", "2022-05-07 24:30", "2022-05-07 25:00", "2022-05-07 8:61",
        "2022年5月7日 25时", "2022-05-07T00:00:00+09:00", "2022-05-07T08:00:00+15:00", "2022-05-07 08:30:00 EST", "May 2022",
        "May 32, 2022", "Mon 7", "20220507-001", "0001-01-01T00:00:00+08:00", "9999-12-31T16:00:00Z", "2022-05-07 +8",
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


def test_the_order_of_its_column_settles_what_one_cell_leaves_open() -> None:
    assert [day_of("22/5/25", year_first=order) for order in (None, True, False)] == [
        None,
        date(2022, 5, 25),
        None,
    ]
    assert [day_of("22-05-07", year_first=order) for order in (None, True, False)] == [DAY, DAY, None]
    assert day_of("22/5/7", year_first=False) == DAY, "a year is not written with one figure"
    assert day_of("22.4.7") == date(2022, 4, 7) and day_of("98/05/07") == date(1998, 5, 7)


ZONES = st.integers(0, 14).map(lambda hours: timezone(timedelta(hours=hours)))
BEIJING = timezone(timedelta(hours=8))
PRINTED = st.sampled_from(
    [
        "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z", "%Y/%m/%d %H:%M%z", "%a %b %d %Y %H:%M:%S GMT%z", "%a, %d %b %Y %H:%M:%S %z",
        "%Y%m%dT%H%M%S%z", "%Y年%m月%d日 %H:%M:%S %z",
    ]
)  # fmt: skip


@given(st.datetimes(datetime(1995, 1, 1), datetime(2098, 1, 1)), ZONES, PRINTED)
def test_a_text_with_a_zone_names_the_day_in_beijing_and_never_another(
    moment: datetime, zone: timezone, form: str
) -> None:
    there = moment.replace(second=0 if "%S" not in form else moment.second, microsecond=0, tzinfo=zone)
    day, meant = day_of(there.strftime(form)), there.astimezone(BEIJING).date()
    assert day == meant or (day is None and not (there.hour or there.minute or there.second))


@given(
    DAYS, st.times(), st.sampled_from(["%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%p%I:%M", "%H时%M分%S秒", "%H点", "%H时%M分"]),
    st.sampled_from(["{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}年{1}月{2}日"]), st.sampled_from("一二三四五六日"), st.booleans(),
)  # fmt: skip
def test_a_clock_moves_no_day_and_a_weekday_must_be_the_day_s(
    day: date, clock: time, shown: str, form: str, weekday: str, is_last: bool
) -> None:
    text = form.format(day.year, day.month, day.day)
    assert day_of(f"{text} {clock.strftime(shown)}") == day
    named = (
        f"{text} {clock.strftime(shown)} 星期{weekday}"
        if is_last
        else f"{text} 星期{weekday} {clock.strftime(shown)}"
    )
    assert day_of(named) == (day if "一二三四五六日"[day.weekday()] == weekday else None)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from("-/"))
def test_of_two_orders_of_a_short_day_the_earlier_day_is_never_taken(day: date, sign: str) -> None:
    read = day_of(f"{day:%d}{sign}{day:%m}{sign}{day:%y}")
    assert read is None or read >= day


@pytest.mark.parametrize(
    "value",
    [
        None, "", " ", 0, 0.0, "0", "NaT", "nan", "NaN", "None", "NULL", "null", "(null)", "\\N", "undefined", "Invalid Date", "N/A",
        "<NA>", "00000000", "0000-00-00", "0000-00-00 00:00:00", "0000/00/00", "00:00:00", "1900-01-00", "1900/1/0", "1900年1月0日",
        "1970-01-01", "1970-01-01 08:00:00", "1970/1/1 8:00:00", "1970-01-01T00:00:00.000Z", 25569, "25569", "0001-01-01T00:00:00",
        "-0001-11-30 00:00:00", "1899-12-30", "1900-01-01 00:00:00", "9999-12-31", "99991231", 99991231, "9999/12/31 23:59:59",
        datetime(1970, 1, 1, 8), datetime(1899, 12, 31), "-", "--", "/", "／", "—", "*", ".", "无", "暂无", "未注销", "年 月 日", "　年　月　日",
    ],
)  # fmt: skip
def test_words_for_nothing(value: Value) -> None:
    assert says_no_day(value)


@pytest.mark.parametrize(
    "value",
    ["2022-05-07", 44688, DAY_AND_TIME, "待定", "不详", "?", "？", "去年", "2022-00-00", "1970-01-02", "null？", True, False,
     Unreadable("#N/A", "error-value"), "已注销", "70"],
)  # fmt: skip
def test_a_day_or_a_doubt_is_not_nothing(value: Value) -> None:
    assert not says_no_day(value)


@pytest.mark.parametrize(
    "value, why",
    [
        ("13/05/22", "年份只有两位"), ("05/07/22", "年份只有两位"), ("05/07/2022", "月日写在年份前面"), ("2022年5月7日 星期日", "2022-05-07是星期六"),
        ("2022-02-30", "日历上没有这一天"), ("2022-05-07T00:00:00+09:00", "在北京不是这一天"), ("去年", "不是能确定的日期"),
        (Unreadable("#N/A", "error-value"), "不是能确定的日期"),
    ],
)  # fmt: skip
def test_a_doubt_says_what_is_unclear(value: Value, why: str) -> None:
    assert day_of(value) is None and why in objection(value)


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
