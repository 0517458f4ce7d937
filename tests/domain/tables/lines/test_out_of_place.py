"""Rows above a header, headers that come again, and lines that only number the columns."""

import pytest
from support.reading.tables import recognise

from pipeline.domain.model import Source
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.values.cell import Value

HEAD = ("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址")
SWAPPED = (*HEAD[:5], "经营地址", "主要经营")
EXPORT = ("统一社会信用代码", "名称", "经营者", "成立日期")
TARGETS = ("序号", "单位名称", "任务数")
SHOP = ("92140000MA0000001X", "王记小吃店", "王某", "2022-05-07")
Line = tuple[Value, ...]


def person(number: int) -> Line:
    return number, "王某", f"14000019900101{number:04d}", "13800000000", "王记小吃店", "小吃服务", "样板街1号"


def table(*lines: Line) -> Table:
    found = recognise(Grid(Source("表.xlsx", "Sheet1"), tuple(enumerate(lines, 1))))
    assert isinstance(found, Table), found
    return found


def told(found: Table) -> list[tuple[str, int | None]]:
    return [(fault.code, fault.source.row) for fault in found.faults]


def read(found: Table) -> list[int | None]:
    return [row.source.row for row in found.rows]


@pytest.mark.parametrize(
    "head, row",
    [
        (HEAD, person(1)), (EXPORT, SHOP), (TARGETS, (1, "东村镇", 180)), (TARGETS, ("1", "东村镇", "180户")),
        (("编号", "单位名称", "全称", "类别"), ("01", "东村镇", "岚县东村镇人民政府", "乡镇")),
    ],
)  # fmt: skip
def test_rows_that_sorting_put_above_the_header_are_a_problem(head: Line, row: Line) -> None:
    found = table(("标题",), row, row, head, row)
    assert told(found) == [("rows-above-header", 2)] and "第2、3行" in found.faults[0].advice
    assert found.left_out == {"标题": 1, "表头": 1, "有问题": 2} and read(found) == [5]


@pytest.mark.parametrize(
    "title",
    [
        ("附件1", None, 2022), ("合计", "全县", 320), (None, "岚县个体工商户培育任务分解表"), (None, "单位：户", "2022年"),
    ],
)  # fmt: skip
def test_titles_and_totals_above_the_header_are_none(title: Line) -> None:
    found = table(title, TARGETS, (1, "东村镇", 180))
    assert told(found) == [] and read(found) == [3]


def test_nor_is_the_code_of_the_office_that_reports() -> None:
    office = ("填报单位：某局", None, "统一社会信用代码", "12140000MB0000000X")
    assert (
        told(table(office, HEAD, person(1))) == []
        and told(table(("12140000MB0000000X",), EXPORT, SHOP)) == []
    )


def test_a_header_again_in_another_order_stops_the_lines_below_it() -> None:
    found = table(HEAD, person(1), SWAPPED, person(2), person(3), HEAD, person(4))
    assert told(found) == [("moved-columns", 3)] and read(found) == [2, 7]
    assert found.left_out == {"表头": 1, "有问题": 3, "重复的表头": 1}


def test_so_does_one_in_other_words() -> None:
    other = ("序号", "经营者", "证件号码", "手机", "店名", "地址", "经营范围")
    found = table(HEAD, person(1), other, person(2))
    assert told(found) == [("moved-columns", 3)] and read(found) == [2]
    assert told(table(HEAD, person(1), (*other[:5], "经营范围", "地址"), person(2))) == []


def test_a_header_again_with_one_more_column_before_the_others_is_in_another_order() -> None:
    assert told(table(HEAD, person(1), ("村", *HEAD), ("东村", *person(2)))) == [("moved-columns", 3)]


@pytest.mark.parametrize(
    "again", [HEAD, (*HEAD, "第2页"), (*HEAD[:3], "手机号", *HEAD[4:]), (None, *HEAD[1:])]
)
def test_a_header_again_in_the_same_order_is_passed_over(again: Line) -> None:
    found = table(HEAD, person(1), again, person(2))
    assert told(found) == [] and found.left_out == {"表头": 1, "重复的表头": 1} and read(found) == [2, 4]


def test_so_are_both_lines_of_a_header_of_two() -> None:
    above = ("序号", "经营者", None, None, "拟办个体户", None, None)
    below = (None, *HEAD[1:])
    found = table(above, below, person(1), above, below, person(2))
    assert found.left_out == {"表头": 2, "重复的表头": 2} and read(found) == [3, 6]


@pytest.mark.parametrize(
    "numbers",
    [(1, 2, 3, 4, 5, 6, 7), tuple("①②③④⑤⑥⑦"), ("甲", "乙", 1, 2, 3, 4, 5), (None, "(1)", "（2）", "(3)"), tuple("1234567")],
)  # fmt: skip
def test_a_line_that_numbers_the_columns_belongs_to_the_header(numbers: Line) -> None:
    found = table(HEAD, numbers, person(1), HEAD, numbers, person(2))
    assert found.left_out == {"表头": 3, "重复的表头": 1} and read(found) == [3, 6]


@pytest.mark.parametrize("line", [(1, "东村镇", 3), (1, 2, 4), (1, 2), ("甲", "乙", "丙"), (2, 3, 4)])
def test_any_other_line_does_not(line: Line) -> None:
    assert read(table(TARGETS, line)) == [2]


@pytest.mark.parametrize("label", ["例", "示例", "填写示例：", "样例1", "例如"])
def test_the_row_that_shows_how_to_fill_in_a_form_is_nobody(label: str) -> None:
    found = table(HEAD, (label, *person(1)[1:]), person(2))
    assert read(found) == [3] and found.left_out == {"表头": 1, "示例": 1}


def test_a_name_with_that_word_in_it_is_somebody() -> None:
    assert len(table(HEAD[1:], ("例某", *person(1)[2:])).rows) == 1
