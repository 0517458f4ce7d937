from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.reading.plan import DONG, MIN, UNITS, codes, roster, table, targets

from pipeline.domain.model import Source, Unit
from pipeline.domain.records.plan.roster import read_roster
from pipeline.domain.records.plan.targets import read_targets
from pipeline.domain.records.reading import Reading
from pipeline.domain.records.unit_names import find_unit
from pipeline.domain.values.cell import Value
from pipeline.domain.values.text import whole_number

DAY = datetime(2022, 6, 1)  # noqa: DTZ001 - the dates of a spreadsheet have no zone


@pytest.mark.parametrize(
    "value, number",
    [
        (180, 180),
        (180.0, 180),
        (179.99999999999997, 180),
        (180.5, None),
        (180.0001, None),
        (0, 0),
        ("180", 180),
        ("１８０", 180),
        ("1,040", 1040),
        ("1，040", 1040),
        ("1,234,567", 1234567),
        ("180户", 180),
        (" 180 户 ", 180),
        ("007", 7),
    ],
)
def test_a_whole_number_is_read_however_clerks_write_it(value: Value, number: int) -> None:
    assert whole_number(value) == number


@pytest.mark.parametrize(
    "value",
    [
        -5, 1.5, "", None, True, False, "-5", "1.5", "约180", "一百八十", "180/2", "1,04", "10,4000", "18 0家", "#REF!", "#N/A",
        "2022年6月1日", DAY, float("nan"), float("inf"), float("-inf"), "1e3", "²", "٣½", "9999999999999",
    ],
)  # fmt: skip
def test_what_is_no_whole_number_is_never_guessed_into_one(value: Value) -> None:
    assert whole_number(value) is None


@given(st.integers(0, 10**9 - 1), st.sampled_from(["{}", "{:,}", " {} ", "{}户"]))
def test_every_number_reads_back_from_every_way_of_writing_it(number: int, way: str) -> None:
    assert whole_number(way.format(number)) == number


def test_the_roster_is_read_in_its_own_order() -> None:
    units, problems = roster(MIN, (None,) * 5, DONG)
    assert not problems
    assert [unit.code for unit in units] == ["02", "01"]
    assert units[1] == Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇", ("东村", "东村乡"))
    assert units[1].source == Source("表.xlsx", "Sheet1", 6)


@pytest.mark.parametrize("code", [1, 1.0, "1", "01", "０１", " 01 "])
def test_a_unit_code_becomes_two_digits(code: Value) -> None:
    units, problems = roster((code, *DONG[1:]))
    assert not problems and units[0].code == "01"


@pytest.mark.parametrize("code", [None, "", "0", "00", "100", "A1", "-1", "一", 1.5, "01-1"])
def test_a_code_that_cannot_be_printed_is_a_problem(code: Value) -> None:
    _, problems = roster((code, *DONG[1:]))
    assert codes(problems) == ["unit-code"]
    assert problems[0].column == "编号" and problems[0].source.row == 4


@pytest.mark.parametrize("code", ["①", "²", "１²", "Ⅳ", "㈠"])
def test_a_fancy_digit_in_a_code_is_read_or_refused_but_never_a_crash(code: str) -> None:
    units, problems = roster((code, *DONG[1:]))
    assert codes(problems) in ([], ["unit-code"])
    assert problems or units[0].code.isascii()


@pytest.mark.parametrize("separator", ["、", "，", ",", "；", ";", "\n"])
def test_aliases_may_be_separated_as_clerks_do(separator: str) -> None:
    units, _ = roster((*DONG[:4], separator.join(["东村", "东村乡", ""])))
    assert units[0].aliases == ("东村", "东村乡")


def test_a_roster_without_the_alias_column_is_complete() -> None:
    found = read_roster([table(("编号", "单位名称", "全称", "类别"), DONG[:4])])
    assert not found.problems and found.says[0].aliases == ()


@pytest.mark.parametrize(
    "row, column, code",
    [
        (("01", "", "岚县东村镇人民政府", "乡镇"), "单位名称", "empty-cell"),
        (("01", "东村镇", None, "乡镇"), "全称", "empty-cell"),
        (("01", "东村镇", "岚县东村镇人民政府", "\u3000"), "类别", "unit-group"),
        (("01", "东村镇", "岚县东村镇人民政府", None), "类别", "unit-group"),
        (("01", "东村\n镇", "岚县东村镇人民政府", "乡镇"), "单位名称", "control-character"),
        (("01", "东村镇", "岚县\x07东村镇人民政府", "乡镇"), "全称", "control-character"),
    ],
)
def test_each_mistake_of_a_roster_row_is_told_at_its_cell(
    row: Sequence[Value], column: str, code: str
) -> None:
    _, problems = roster(row)
    assert [(problem.column, problem.code, problem.source.row) for problem in problems] == [(column, code, 4)]


def test_all_mistakes_of_a_roster_are_told_at_once() -> None:
    _, problems = roster(("x", "东村镇", "", ""), ("02", "", "岚县民政局", "县直"))
    assert sorted(codes(problems)) == ["empty-cell", "empty-cell", "unit-code", "unit-group"]


def grouped(*groups: str) -> Reading[tuple[Unit, ...]]:
    """A roster of as many units, each in a group."""
    rows = [(number, f"单位{number}", f"单位{number}全称", group) for number, group in enumerate(groups, 1)]
    return read_roster([table(("编号", "单位名称", "全称", "类别"), *rows)])


def test_a_group_is_what_the_roster_calls_it_and_the_same_in_other_widths_and_with_spaces() -> None:
    found = grouped("县（市、区）", "开发区", "县(市、区)", " 开 发 区 ", "县（市、 区）")
    assert [unit.group for unit in found.says] == [
        "县（市、区）", "开发区", "县（市、区）", "开发区", "县（市、区）",
    ]  # fmt: skip
    assert not found.problems and not found.notices


@pytest.mark.parametrize(
    "groups, told",
    [
        (("乡镇", "乡镇", "县直", "县直", "县值"), [("县值", 8, "县直")]),
        (("街道", "街道", "街道办"), [("街道办", 6, "街道")]),
        (("乡镇", "镇"), [("乡镇", 4, "镇"), ("镇", 5, "乡镇")]),
        (("乡镇", "乡镇", "县直"), []),
        (("县（市、区）", "县（市、区）", "开发区"), []),
        (("街道", "街道办", "街道办", "街道"), []),
    ],
)
def test_a_unit_alone_in_a_group_called_nearly_like_another_is_pointed_out(
    groups: tuple[str, ...], told: list[tuple[str, int, str]]
) -> None:
    found = grouped(*groups)
    assert not found.problems and [unit.group for unit in found.says] == list(groups)
    assert [(n.code, n.column, n.seen, n.source.row) for n in found.notices] == [
        ("unit-group", "类别", seen, row) for seen, row, _ in told
    ]
    assert all(f"是不是“{like}”" in n.advice for n, (_, _, like) in zip(found.notices, told, strict=True))


@pytest.mark.parametrize(
    "second",
    [
        ("01", "普明镇", "岚县普明镇人民政府", "乡镇", ""),
        ("02", "东村镇", "岚县普明镇人民政府", "乡镇", ""),
        ("02", "普明镇", "岚县东村镇人民政府", "乡镇", ""),
        ("02", "普明镇", "岚县普明镇人民政府", "乡镇", "东村乡"),
        ("02", "普明镇", "岚县普明镇人民政府", "乡镇", "东 村 镇"),
        (1, "普明镇", "岚县普明镇人民政府", "乡镇", ""),
    ],
)
def test_a_code_name_or_alias_of_two_units_is_a_problem(second: Sequence[Value]) -> None:
    _, problems = roster(DONG, second)
    assert codes(problems) == ["duplicate-unit"]
    assert problems[0].source.row == 5 and "第4行" in problems[0].advice


def test_a_unit_may_repeat_its_own_names_among_its_aliases() -> None:
    assert not roster((*DONG[:4], "东村镇、东村、东村"))[1]


def test_a_roster_of_nothing_but_its_header_is_a_problem() -> None:
    assert codes(roster()[1]) == ["empty-table"]
    assert codes(roster((None, " ", None, None, None))[1]) == ["empty-table"]


@pytest.mark.parametrize("name", ["东村镇", "岚县东村镇人民政府", "东村", " 东 村 镇 ", "东村乡"])
def test_a_unit_is_found_by_name_full_name_or_alias(name: str) -> None:
    found = find_unit(name, UNITS)
    assert found is not None and found.code == "01"


@pytest.mark.parametrize("name", ["东村真", "东", "村镇", "", "岚县东村镇", "东村镇人民政府办公室"])
def test_a_unit_is_never_guessed_from_a_similar_name(name: str) -> None:
    assert find_unit(name, UNITS) is None


def test_targets_are_read_by_name_alias_and_full_name() -> None:
    found, problems = targets((1, "东村", "１８０"), (2, "岚县民政局", "30户"), ("合计", None, 210))
    assert not problems and found == {"01": 180, "02": 30}


@pytest.mark.parametrize("label", ["合计", "合 计", "总计", "合计：", "全县合计", "总数"])
@pytest.mark.parametrize("where", [0, 1])
def test_a_right_total_is_no_problem_and_a_wrong_one_is(label: str, where: int) -> None:
    line: list[Value] = [None, None, 210]
    line[where] = label
    rows = ((1, "东村镇", 180), (2, "县民政局", 30))
    assert targets(*rows, line)[1] == ()
    line[2] = 211
    problems = targets(*rows, line)[1]
    assert codes(problems) == ["wrong-total"]
    assert (problems[0].source.row, problems[0].column, problems[0].seen) == (6, "任务数/户", "211")
    assert "211" in problems[0].advice and "210" in problems[0].advice


@pytest.mark.parametrize("total", [None, "", "二百一十", "-210", "#REF!", 210.5])
def test_a_total_that_is_no_number_is_a_wrong_total(total: Value) -> None:
    assert codes(targets((1, "东村镇", 180), (2, "县民政局", 30), ("合计", None, total))[1]) == [
        "wrong-total"
    ]


def test_subtotals_add_up_what_stands_since_the_last_one_and_the_total_everything() -> None:
    right = (
        (1, "东村镇", 180),
        ("小计", None, 180),
        (2, "县民政局", 30),
        ("小计", None, 30),
        ("合计", None, 210),
    )
    assert targets(*right)[1] == ()
    wrong = (*right[:3], ("小计", None, 210), right[4])
    problems = targets(*wrong)[1]
    assert codes(problems) == ["wrong-total"] and problems[0].source.row == 7


@pytest.mark.parametrize("total, told", [(210, []), (300, ["wrong-total"])])
def test_a_total_above_the_units_is_held_against_all_of_them(total: int, told: list[str]) -> None:
    assert codes(targets(("合计", None, total), (1, "东村镇", 180), (2, "县民政局", 30))[1]) == told


def test_totals_of_groups_above_their_units_leave_the_whole_to_be_looked_at() -> None:
    rows = (("乡镇小计", None, 180), (1, "东村镇", 180), ("县直小计", None, 30), (2, "县民政局", 30))
    assert codes(targets(("合计", None, 210), *rows)[1]) == []
    assert codes(targets(("合计", None, 180), *rows)[1]) == ["wrong-total"]


@pytest.mark.parametrize(
    "footer",
    [
        ("填报人：某某", None, None),
        (None, "填报人：某某", None),
        ("填报人：某某", None, "审核人：某某"),
        ("填报人：某某", "审核人：某某", "日期：2022年6月1日"),
        ("制表日期：", None, "2022年6月"),
        ("注：任务数为净增户数。", None, None),
        (None, "注：任务数为净增户数。", None),
        (None, "说明：以上任务数含存量。", None),
        ("注1.含存量", None, None),
        (None, None, None, "审核人：某某"),
        (None, None, None, "2022年6月1日"),
    ],
)
def test_lines_under_the_table_are_no_units(footer: Sequence[Value]) -> None:
    found, problems = targets((1, "东村镇", 180), (2, "县民政局", 30), ("合计", None, 210), footer)
    assert problems == () and found == {"01": 180, "02": 30}


@pytest.mark.parametrize("note", ["说明：待定", "审核中", "联系人：某某", "注：另议"])
def test_a_remark_beside_a_unit_does_not_turn_its_line_into_a_footer(note: str) -> None:
    assert codes(targets((1, "东村镇", None, note), (2, "县民政局", 30))[1]) == ["empty-cell"]
    assert codes(targets((1, "东村镇", "-5", note), (2, "县民政局", 30))[1]) == ["bad-target"]
    assert codes(targets((1, "东村真", 5, note), (2, "县民政局", 30))[1]) == ["unknown-unit"]


@pytest.mark.parametrize("target", [-5, 1.5, "-5", "1.5", "约180", "一百八十", True, DAY, "#REF!", "1,04"])
def test_a_target_that_is_no_whole_number_is_told_at_its_cell(target: Value) -> None:
    _, problems = targets((1, "东村镇", target), (2, "县民政局", 30))
    assert codes(problems) == ["bad-target"]
    assert (problems[0].source, problems[0].column) == (Source("表.xlsx", "Sheet1", 4), "任务数/户")


@pytest.mark.parametrize("target", [None, "", "  ", "\u200b"])
def test_an_empty_target_is_told_and_not_taken_for_0(target: Value) -> None:
    assert codes(targets((1, "东村镇", target), (2, "县民政局", 30))[1]) == ["empty-cell"]
    assert targets((1, "东村镇", 0), (2, "县民政局", 30)) == ({"01": 0, "02": 30}, ())


def test_a_target_without_a_unit_is_told() -> None:
    assert codes(targets((1, None, 180), (2, "县民政局", 30))[1]) == ["empty-cell"]


def test_an_unknown_unit_is_told_with_the_nearest_name_as_advice() -> None:
    found, problems = targets((1, "东村真", 180), (2, "县民政局", 30))
    assert codes(problems) == ["unknown-unit"]
    assert "是不是“东村”？" in problems[0].advice and problems[0].seen == "东村真"
    assert found["01"] == 0


def test_a_unit_on_two_lines_is_told_even_under_another_of_its_names() -> None:
    _, problems = targets((1, "东村镇", 180), (2, "东村", 20), (3, "县民政局", 30), ("合计", None, 230))
    assert codes(problems) == ["duplicate-unit"] and problems[0].source.row == 5


def test_two_units_to_which_the_roster_gives_one_code_are_not_one_on_two_lines() -> None:
    units = (*UNITS, replace(UNITS[0], name="普明镇", full_name="岚县普明镇人民政府", aliases=()))
    rows = (("序号", "单位名称", "任务数/户"), (1, "东村镇", 180), (2, "普明镇", 140), (3, "县民政局", 30))
    assert read_targets([table(*rows)], units).problems == ()


def test_all_mistakes_of_a_target_table_are_told_at_once() -> None:
    _, problems = targets((1, "东村真", -5), (2, "县民政局", ""), (3, "县民政局", 1.5), ("合计", None, 99))
    assert {*codes(problems)} == {"unknown-unit", "bad-target", "empty-cell", "duplicate-unit", "wrong-total"}


def test_a_target_table_without_units_is_a_problem() -> None:
    assert codes(targets(("填报人", None, None))[1]) == ["empty-table"]


def test_units_without_a_line_are_named() -> None:
    found = table(("序号", "单位名称", "任务数/户"), (1, "东村", 180))
    [notice] = read_targets([found], UNITS).notices
    assert notice.code == "unlisted-unit" and "“县民政局”" in notice.advice


def test_blank_lines_between_units_change_nothing() -> None:
    assert targets((1, "东村镇", 180), (None, " ", ""), (2, "县民政局", 30), ("合计", None, 210))[1] == ()
