"""Lines of totals in lists, registrations and targets: one rule, and rows that name somebody stay rows."""

from datetime import datetime
from time import process_time

import pytest
from support.reading.lists import LI, WANG, numbered, read, table
from support.reading.plan import codes, targets
from support.reading.tables import recognise

from pipeline.domain.model import Source
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.tables.lines.totals import total_of
from pipeline.domain.values.cell import Unreadable, Value

REGISTRATIONS = ("统一社会信用代码", "名称", "经营者", "成立日期", "引荐单位")
SHOPS = (
    ("92999999MA0000011X", "甲店", "王某", "2022-05-03", "东村镇"),
    ("92999999MA0000022Y", "乙店", "李某", "2022-05-04", "普明镇"),
)

COUNT_AS_DAY, DAY = datetime(1900, 1, 2), datetime(2022, 5, 3)  # noqa: DTZ001 - the days of a spreadsheet have no zone


def registrations(*rows: tuple[Value, ...]) -> Table:
    lines = tuple((number, tuple(row)) for number, row in enumerate((REGISTRATIONS, *SHOPS, *rows), 1))
    found = recognise(Grid(Source("登记.xlsx", "Sheet1"), lines))
    assert isinstance(found, Table), found
    return found


LABELS = (
    "合计", "合 计：", "全县合计", "全市合计", "全区 小计", "全 旗总计", "共计", "汇总", "求和", "总计数", "总计平均值", "Total", "TOTAL", "Totals", "Grand Total", "Grand Count",
    "Sum", "Subtotal", "东村镇 汇总", "东村镇 计数", "东村镇 求和", "东村镇 平均值", "东村镇小计", "东村镇 Total", "东村镇 Count",
)  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("place", [0, 1, 4])
def test_what_clerks_and_office_programs_call_a_total_is_none_of_the_businesses(
    label: str, place: int
) -> None:
    cells: list[Value] = [None] * 5
    cells[place] = label
    cells[2] = 2
    found = registrations(tuple(cells))
    assert [row.source.row for row in found.rows] == [2, 3]
    assert found.left_out == {"表头": 1, "合计": 1} and found.doubts == ()


@pytest.mark.parametrize("label", LABELS)
def test_and_none_of_the_applicants(label: str) -> None:
    found = table(*numbered(WANG, LI), (None, None, 2, None, None, None, None, label))
    assert len(found.rows) == 2 and found.left_out["合计"] == 1 and found.doubts == ()


@pytest.mark.parametrize("label", ["汇总", "Total", "Grand Total", "总计"])
@pytest.mark.parametrize("place", [0, 1, 3])
def test_and_no_unit_but_held_against_the_targets(label: str, place: int) -> None:
    line: list[Value] = [None, None, 210, None]
    line[place] = label
    rows = ((1, "东村镇", 180, None), (2, "县民政局", 30, None))
    assert targets(*rows, line) == ({"01": 180, "02": 30}, ())
    line[2] = 211
    assert codes(targets(*rows, line)[1]) == ["wrong-total"]


def test_subtotals_of_targets_by_group_may_stand_in_any_column() -> None:
    header = ("序号", "单位名称", "任务数/户", "分组")
    rows = (
        (1, "东村镇", 180, "乡镇"),
        (None, None, 180, "乡镇 汇总"),
        (2, "县民政局", 30, "县直"),
        (None, None, 30, "县直 汇总"),
    )
    assert targets(*rows, (None, None, 210, "总计"), header=header) == ({"01": 180, "02": 30}, ())
    wrong = targets(*rows[:3], (None, None, 31, "县直 汇总"), header=header)[1]
    assert codes(wrong) == ["wrong-total"] and wrong[0].source.row == 7
    counts = (
        (1, "东村镇", 180, "乡镇"),
        (None, None, 1, "乡镇 计数"),
        (2, "县民政局", 30, "县直"),
        (None, None, 105, "总计平均值"),
    )
    assert targets(*counts, header=header)[1] == ()


def test_a_total_without_a_word_for_it_stays_a_problem_of_the_targets() -> None:
    rows = ((1, "东村镇", 180, None), (2, "县民政局", 30, None))
    assert codes(targets(*rows, (None, None, 210, None))[1]) == ["empty-cell"]


def test_subtotals_of_a_list_are_held_against_their_group() -> None:
    right = (
        *numbered(WANG),
        (None, "东村镇 计数", 1),
        *numbered(LI),
        (None, "普明镇 计数", 1),
        (None, "总计数", 2),
    )
    assert table(*right).doubts == ()
    wrong = (*right[:3], (None, "普明镇 计数", 3), right[4])
    assert [doubt.source.row for doubt in table(*wrong).doubts] == [5]


def test_many_subtotals_of_a_long_list_are_looked_at_in_one_pass() -> None:
    shops = [("92999999MA0000011X", "甲店", None, None, None)] * 3
    pages = [line for _ in range(4000) for line in (*shops, ("本页合计", 4, None, None, None))]
    begin = process_time()
    found = registrations(*pages)
    assert len(found.rows) == 12_002 and len(found.doubts) == 4000
    assert process_time() - begin < 5


def test_a_count_of_the_filled_cells_of_a_column_is_right() -> None:
    half = ((*WANG[:5], None, *WANG[6:]), LI)
    assert table(*numbered(*half), (None, "汇总", 2, None, None, None, 1)).doubts == ()


def test_totals_above_their_lines_are_held_against_what_stands_below() -> None:
    rows = numbered(WANG, LI)
    assert table(("合计", 2), *rows).doubts == ()
    assert [doubt.source.row for doubt in table(("合计", 3), *rows).doubts] == [2]
    groups = table(("总计数", 2), ("东村镇 计数", 1), rows[0], ("普明镇 计数", 1), rows[1])
    assert groups.doubts == () and len(groups.rows) == 2


@pytest.mark.parametrize(
    "cells",
    [
        ("汇总", "张三", LI[1], "13800000000", "汇总商店", "零售", "某街1号", "东村镇"),
        ("汇总", "张三", "141127********0012", "138****0000", None, None, None, None),
        (3, "张计数", LI[1], None, None, None, None, None),
        (3, "张三", None, "13800000000", "特产汇总", "零售", "某街1号", "东村镇"),
        (3, "王汇总", None, None, None, None, None, None),
        (3, None, None, None, "Total", None, None, None),
        (None, "王汇总", None, None, None, None, None, None),
        (None, "汇总", None, "13800000000", None, None, None, None),
        (None, None, None, "13800000000", None, None, None, None),
        (None, "Max", None, "13800000000", "理发店", None, None, None),
    ],
)
def test_who_is_only_called_so_is_a_person_all_the_same(cells: tuple[Value, ...]) -> None:
    found = table(*numbered(WANG, LI), cells)
    assert [row.source.row for row in found.rows] == [2, 3, 4]


def test_a_shop_called_so_is_a_business_if_it_has_a_code() -> None:
    found = registrations(
        ("92999999MA0000033X", "汇总", None, None, None),
        ("92999999MA0000044X", None, None, None, "东村镇 汇总"),
    )
    assert len(found.rows) == 4 and found.left_out == {"表头": 1}


@pytest.mark.parametrize(
    "number", [COUNT_AS_DAY, Unreadable("=SUBTOTAL(103,D2:D3)", "no-cached-value"), 2, 2.5, "2户"]
)
def test_a_count_may_be_shown_as_a_day_or_not_be_calculated(number: Value) -> None:
    assert total_of(("汇总", None, None, number)) and not total_of(("甲店 汇总", None, None, DAY))


def test_a_last_line_of_nothing_but_right_counts_is_a_total_without_a_word() -> None:
    assert registrations((None, 2, 2, None, 2)).left_out == {"表头": 1, "合计": 1}
    assert len(registrations((None, 2, 3, None, None)).rows) == 3, "3 is neither"
    assert len(table(*numbered(WANG, LI), (2, 2)).rows) == 3, "a running number: a person without a name"
    lists = read(table(*numbered(WANG, LI), (None, None, None, 2)))
    assert lists.problems == () and sum(map(len, lists.says.values())) == 2


@pytest.mark.parametrize("number", ["一", "（二）", "三、", "十一", 1])
def test_a_subtotal_may_be_numbered_as_a_group_is(number: Value) -> None:
    found, problems = targets((number, "乡镇小计", 180), (1, "东村镇", 180), ("合计", None, 180))
    assert found["01"] == 180 and codes(problems) == []


def test_what_is_numbered_so_outside_that_column_is_no_total() -> None:
    assert total_of(("一", "小计", 3)) is None and total_of((None, "一", "小计", 3), 0) is None
