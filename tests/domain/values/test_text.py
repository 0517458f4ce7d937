import unicodedata
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.values.cell import Value
from pipeline.domain.values.characters import legible
from pipeline.domain.values.dates import day_of
from pipeline.domain.values.text import (
    compact,
    each_made,
    is_identity,
    is_plain,
    one_line,
    plain,
    text_of,
    typed,
    whole_number,
)

NOON, MIDNIGHT = datetime(2022, 6, 30, 12), datetime(2022, 6, 30)  # noqa: DTZ001 - as in a spreadsheet


@pytest.mark.parametrize(
    "value, text",
    [
        (0.1 + 0.2, "0.3"),
        (2 / 3, "0.666666667"),
        (-1234.56789012345, "-1234.56789"),
        (1234567.891, "1234567.891"),
        (12345678901.5, "12345678902"),
        (0.5, "0.5"),
        (1e-7, "1e-07"),
        (True, "TRUE"),
        (MIDNIGHT, "2022-06-30"),
        (NOON, "2022-06-30 12:00:00"),
    ],
)
def test_a_value_without_a_format_reads_as_a_spreadsheet_shows_it(value: Value, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    "text, line",
    [
        ("面馆\n小吃", "面馆 小吃"),
        ("样板街1号\r\n二单元", "样板街1号 二单元"),
        ("A区\n\n B座", "A区 B座"),
        ("Coffee\nShop", "Coffee Shop"),
        ("甲店_x000D_\n乙店", "甲店 乙店"),
        ("小吃，\n烟酒", "小吃，烟酒"),
        ("小吃\n、烟酒", "小吃、烟酒"),
        ("小吃店\n（二楼）", "小吃店（二楼）"),
        ("小吃店（\n二楼\n）", "小吃店（二楼）"),
        ("小吃店（一店）\n面馆", "小吃店（一店） 面馆"),
        ("1-\n2号", "1-2号"),
        ("Tea,\nCoffee", "Tea, Coffee"),
        ("小吃.\n烟酒", "小吃.烟酒"),
        ("甲\u2028乙\x0b丙", "甲 乙 丙"),
        ("甲\t乙\xa0丙\n", "甲 乙 丙"),
        ("_x000D_", ""),
        ("甲_xyz", "甲_xyz"),
    ],
)
def test_lines_of_a_cell_stay_apart_on_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x7f", "\x85", "\xad", "\u200b", "\ufe0f", "\ufeff", "\U000e0101"]
)
def test_what_nobody_sees_tells_no_cells_apart_however_they_are_read(sign: str) -> None:
    for text in ("东村镇", "140000199001010118", "2022-05-07", "180户"):
        strewn = sign.join(text)
        assert plain(strewn) == plain(text)
        assert (typed(strewn), compact(strewn)) == (typed(text), compact(text))
        assert (whole_number(strewn), is_identity(strewn)) == (whole_number(text), is_identity(text))
        assert day_of(strewn) == day_of(text)


@pytest.mark.parametrize("text", ["⼭⻄", "⽇⽤⺠", "１８０"])
def test_radicals_and_widths_are_one_to_every_reading(text: str) -> None:
    assert plain(text) == typed(text) == compact(text) == unicodedata.normalize("NFKC", legible(text))


@pytest.mark.parametrize("text", ['="180"', "'180", "‘180户", "１８０", "180 户"])
def test_the_marks_of_a_number_kept_as_text_make_it_no_other_number(text: str) -> None:
    assert whole_number(text) == 180


@pytest.mark.parametrize("text", ["12²", "①", "½", "1⑧0"])
def test_figures_that_are_no_digits_make_no_number(text: str) -> None:
    assert whole_number(text) is None and typed(text) == text


@given(st.lists(st.text("甲乙aA１ （", max_size=4), max_size=6))
def test_many_texts_are_made_as_each_is(texts: list[str]) -> None:
    assert each_made(texts, is_plain, plain) == list(map(plain, texts))
    assert each_made(texts * 300, is_plain, plain) == list(map(plain, texts)) * 300
