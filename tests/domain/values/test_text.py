from datetime import datetime

import pytest

from pipeline.domain.values.cell import Value
from pipeline.domain.values.text import one_line, text_of

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
