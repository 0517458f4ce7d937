"""Two columns of one field, hidden columns, and signs that nobody sees, from sheets to what the jobs are given."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.settings import SETTINGS

from pipeline.domain.model import Applicant, Problem, Source
from pipeline.domain.records.applicants import APPLICANTS
from pipeline.domain.records.kinds import KINDS, READERS
from pipeline.domain.records.plan.targets import TARGETS
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.domain.tables.grid import Area, Grid
from pipeline.domain.tables.kinds import VAGUE
from pipeline.domain.values.cell import Value
from pipeline.intake import Intake, gathered

Line = Sequence[Value]
ROSTER: list[Line] = [
    ("编号", "单位名称", "全称", "类别", "别名"),
    ("01", "东村镇", "岚县东村镇人民政府", "乡镇", "东村"),
    ("02", "普明镇", "岚县普明镇人民政府", "乡镇", ""),
]
PLAN: list[Line] = [("序号", "单位名称", "任务数"), (1, "东村镇", 5), (2, "普明镇", 3)]
HEADER = ("姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
WANG = ("王小明", "999999199001011238", "13800000000", "小明便利店", "日用百货", "文明街12号", "东村镇")
LI = ("李芳", "999999198503050013", "13900000001", "李芳理发店", "理发服务", "向阳路3号", "普明镇")
EXPORT = ("统一社会信用代码", "名称", "经营者", "成立日期", "引荐单位")
SHOP = ("92141127MA0H00001F", "小明便利店", "王小明", "2022-05-07", "东村镇")


def sheet(file: str, rows: Sequence[Line], hidden: str = "") -> Grid:
    """A sheet in a file; hidden columns by their letters."""
    lines = tuple((number, tuple(row)) for number, row in enumerate(rows, 1))
    return Grid(
        Source(file, "Sheet1"), lines, hidden_columns=frozenset(ord(letter) - 64 for letter in hidden)
    )


def gather(*sheets: Grid) -> Intake:
    found = {"名录.xlsx": sheet("名录.xlsx", ROSTER), "任务.xlsx": sheet("任务.xlsx", PLAN)}
    found |= {grid.source.file: grid for grid in sheets}
    return gathered([(file, (grid,)) for file, grid in found.items()], SETTINGS, date(2022, 6, 1), READERS)


def listed(*extra: tuple[str, Sequence[Value]], hidden: str = "") -> Intake:
    """The list of two people with further columns; their header, and what Wang and Li have there."""
    rows = [
        (*HEADER, *(header for header, _ in extra)),
        *((*who, *(values[place] for _, values in extra)) for place, who in enumerate((WANG, LI))),
    ]
    return gather(sheet("名单.xlsx", rows, hidden))


def people(intake: Intake) -> list[Applicant]:
    return [replace(who, source=None) for own in intake.said(APPLICANTS).values() for who in own]


def codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]


BOTH = [Applicant(*WANG[:6]), Applicant(*LI[:6])]


# -- two columns


def under_one_address(*cells: tuple[Value, Value]) -> Intake:
    """The list of two people, the header of addresses merged over two columns."""
    head = (*HEADER[:6], None, HEADER[6])
    rows = [head, *((*who[:5], *own, who[6]) for who, own in zip((WANG, LI), cells, strict=True))]
    return gather(replace(sheet("名单.xlsx", rows), merged=(Area(1, 6, 1, 7),)))


def test_an_address_in_two_cells_below_one_header_loses_none_of_them() -> None:
    intake = under_one_address(("东村镇", "文明街12号"), ("向阳路3号", None))
    assert [(each.code, each.source.row, each.column) for each in intake.problems] == [
        ("two-columns", 2, "经营地址")
    ]
    assert people(intake) == BOTH[1:]


def test_nor_is_any_part_of_what_is_traded_in() -> None:
    head = (*HEADER[:5], None, *HEADER[5:])
    rows = [head, (*WANG[:5], "小吃", *WANG[5:]), (*LI[:5], None, *LI[5:])]
    intake = gather(replace(sheet("名单.xlsx", rows), merged=(Area(1, 5, 1, 6),)))
    assert [(each.code, each.column) for each in intake.problems] == [("two-columns", "主要经营")]
    assert people(intake) == BOTH[1:]


def test_it_is_read_where_it_stands_in_either_cell_alone() -> None:
    intake = under_one_address((None, "文明街12号"), ("向阳路3号", None))
    assert people(intake) == BOTH and codes(intake.problems) == []


@pytest.mark.parametrize("later", ["调整后任务数", "任务数（调整后）", "调整任务数"])
def test_a_target_that_was_changed_later_is_not_numbered_as_it_was(later: str) -> None:
    rows = [("单位名称", "任务数", later), ("东村镇", 23, 8), ("普明镇", 3, 3)]
    intake = gather(sheet("任务.xlsx", rows))
    assert [problem.code for problem in intake.plan_problems] == ["two-columns"]


def test_two_targets_that_differ_are_a_plan_problem_that_names_both_columns_and_the_row() -> None:
    rows = [("单位名称", "任务数", "净增任务数"), ("东村镇", 23, 8), ("普明镇", 3, 3)]
    intake = gather(sheet("任务.xlsx", rows))
    [problem] = intake.problems
    assert problem in intake.plan_problems
    assert (problem.code, problem.source.row, problem.column, problem.seen, problem.place) == (
        "two-columns", 2, "任务数", "23", 2,
    )  # fmt: skip
    assert "“净增任务数”（C列）" in problem.advice and "“8”" in problem.advice and "隐藏" in problem.advice


@pytest.mark.parametrize("other", ["8户", 8, 8.0, "８", None, "", "—", "/", "无"])
def test_a_second_target_that_says_the_same_or_nothing_is_fine(other: Value) -> None:
    rows = [("单位名称", "任务数", "净增任务数"), ("东村镇", 8, other), ("普明镇", 3, 3)]
    intake = gather(sheet("任务.xlsx", rows))
    assert intake.problems == () and intake.notices == ()
    assert [unit.target for unit in intake.units] == [8, 3]


@pytest.mark.parametrize("nothing", [None, "", "—", "/"])
def test_where_one_is_empty_the_other_is_taken(nothing: Value) -> None:
    rows = [("单位名称", "任务数", "净增任务数"), ("东村镇", nothing, 8), ("普明镇", 3, nothing)]
    intake = gather(sheet("任务.xlsx", rows))
    assert intake.problems == () and [unit.target for unit in intake.units] == [8, 3]


@pytest.mark.parametrize(
    "header, differs, agrees",
    [
        ("培育对象姓名", "王大明", "王 小明"),
        ("身份证号码", LI[1], "999999199001011238\u202c"),
        ("手机号", "13700000000", "138-0000-0000"),
        ("拟用名称", "大明便利店", "岚县小明便利店"),
        ("经营场所", "人民街1号", "岚县文明街12号"),
        ("责任单位", "普明镇", "岚县东村镇人民政府"),
    ],
)
def test_columns_of_a_list_that_contradict_each_other_leave_out_that_row_alone(
    header: str, differs: str, agrees: str
) -> None:
    intake = listed((header, (differs, None)))
    [problem] = intake.problems
    assert (problem.code, problem.source.row) == ("two-columns", 2)
    assert f"“{header}”" in problem.advice + (problem.column or "")
    assert len(people(intake)) == 1 and people(intake) == BOTH[1:]
    account = next(each for each in intake.accounts if each.file == "名单.xlsx")
    assert (account.rows, account.read, account.left_out["有问题"]) == (3, 1, 1)
    fine = listed((header, (agrees, None)))
    assert fine.problems == () and len(people(fine)) == 2


def test_what_is_told_of_a_contradiction_is_masked() -> None:
    intake = listed(("手机号", ("13712345678", None)), ("身份证号码", (LI[1], None)))
    told = "".join(problem.advice + problem.seen for problem in intake.problems)
    assert "12345678" not in told and LI[1][6:14] not in told


def test_a_mobile_beside_a_landline_is_told_and_the_first_is_printed() -> None:
    intake = listed(("手机号", ("0358-6722345", "13900000001")))
    assert intake.problems == () and people(intake) == BOTH
    [notice] = intake.notices
    assert (notice.code, notice.source.row, notice.column) == ("two-columns", 2, "手机号")


def test_one_number_of_two_is_no_contradiction() -> None:
    intake = listed(("手机号", ("13700000000、13800000000", "1390000 0001")))
    assert intake.problems == () and intake.notices == ()


@pytest.mark.parametrize(
    "header, values",
    [
        ("负责人", ("镇里的张三", "镇里的赵六")),
        ("字号", ("小明", "芳芳")),
        ("经营范围", ("食品销售", "美发")),
        ("住所", ("北村", "南村")),
        ("乡镇", ("普明镇", "东村镇")),
        ("身份证", ("已交", "未交")),
        ("行业主管部门", ("县商务局", "县商务局")),
        ("所属单位", ("县医院", "县医院")),
    ],
)
def test_a_word_that_often_means_something_else_stops_nobody(header: str, values: tuple[str, str]) -> None:
    intake = listed((header, values))
    assert intake.problems == () and people(intake) == BOTH
    assert set(codes(intake.notices)) <= {"two-columns"} and len(intake.notices) <= 1
    for notice in intake.notices:
        assert f"“{header}”" in notice.advice and "行不一样" in notice.advice


def test_nor_does_such_a_word_stand_in_for_an_empty_cell() -> None:
    rows = [(*HEADER, "负责人"), ("", *WANG[1:], "镇里的张三")]
    intake = gather(sheet("名单.xlsx", rows))
    assert codes(intake.problems) == ["empty-cell"] and people(intake) == []


def test_a_clear_word_goes_before_a_vague_one_wherever_it_stands() -> None:
    rows = [("登记日期", *EXPORT[:3], "成立时间", "引荐单位"), ("2022-06-30", *SHOP)]
    [business] = gather(sheet("登记.xlsx", rows)).said(REGISTRATIONS)
    assert business.established == date(2022, 5, 7)


def test_a_unit_of_measure_is_no_unit() -> None:
    rows = [("单位名称", "单位", "任务数"), ("东村镇", "户", 5), ("普明镇", "户", 3)]
    intake = gather(sheet("任务.xlsx", rows))
    assert intake.problems == () and intake.notices == ()


def test_row_numbers_beside_codes_are_no_codes() -> None:
    rows = [("序号", *ROSTER[0]), (2, *ROSTER[1]), (1, *ROSTER[2])]
    intake = gather(sheet("名录.xlsx", rows))
    assert intake.problems == () and [unit.code for unit in intake.units] == ["01", "02"]


def test_a_total_with_another_sum_in_the_second_column_is_no_row() -> None:
    rows = [(*HEADER, "手机号"), (*WANG, WANG[2]), ("合计", None, None, None, None, None, None, "1人")]
    assert gather(sheet("名单.xlsx", rows)).problems == ()


@pytest.mark.parametrize(
    "header, other",
    [
        ("注册日期", "2022-06-07"),
        ("登记日期", "2022-06-07"),
        ("责任单位", "普明镇"),
        ("社会信用代码", "92141127MA0H00002J"),
    ],
)
def test_in_an_export_the_first_column_counts_and_the_other_is_told_once(header: str, other: str) -> None:
    rows = [(*EXPORT, header), (*SHOP, other), ("92141127MA0H00003M", *SHOP[1:], None)]
    intake = gather(sheet("登记.xlsx", rows))
    assert intake.problems == ()
    [notice] = [notice for notice in intake.notices if notice.code == "two-columns"]
    assert notice.source.row == 2 and "1行不一样" in notice.advice
    assert [each.established for each in intake.said(REGISTRATIONS)] == [date(2022, 5, 7)] * 2
    assert [each.unit for each in intake.said(REGISTRATIONS)] == ["01", "01"]


@pytest.mark.parametrize("same", ["2022/5/7", "2022年5月7日", 44688, "20220507"])
def test_the_same_day_written_otherwise_is_the_same(same: Value) -> None:
    intake = gather(sheet("登记.xlsx", [(*EXPORT, "注册日期"), (*SHOP, same)]))
    assert intake.problems == () and intake.notices == ()


@pytest.mark.parametrize(
    "header, other",
    [("字号", "小明"), ("手机", "13800000000"), ("申请人", "李芳"), ("住所", "北村"), ("经营状态", "开业")],
)
def test_what_an_export_has_twice_and_nobody_counts_is_not_told(header: str, other: str) -> None:
    head = (*EXPORT, "登记状态", "联系电话", "经营场所", header)
    intake = gather(sheet("登记.xlsx", [head, (*SHOP, "存续", "6722345", "南村", other)]))
    assert intake.problems == () and intake.notices == ()


def test_every_vague_word_is_a_word_of_some_kind() -> None:
    words = {word for kind in KINDS for words in kind.columns.values() for word in words}
    assert words >= VAGUE
    for kind in KINDS:
        assert set(kind.weighed) <= kind.columns.keys(), kind.name
    assert not VAGUE & {TARGETS.columns["target"][0], APPLICANTS.kind.columns["operator"][0]}


# -- hidden columns


def test_a_hidden_column_gives_way_to_the_visible_one_and_that_is_told() -> None:
    rows = [(*HEADER, "手机号"), (*WANG, "13700000000"), (*LI, "13700000001")]
    intake = gather(sheet("名单.xlsx", rows, hidden="C"))
    assert intake.problems == ()
    assert [who.phone for who in people(intake)] == ["13700000000", "13700000001"]
    [notice] = intake.notices
    assert (notice.code, notice.column) == ("hidden-column", "联系方式")
    assert "“联系方式”（C列）" in notice.advice and "“手机号”" in notice.advice


def test_even_where_the_visible_one_is_empty_or_has_the_same_name() -> None:
    rows = [("单位名称", "任务数", "任务数"), ("东村镇", 23, 8), ("普明镇", 9, None)]
    intake = gather(sheet("任务.xlsx", rows, hidden="B"))
    assert codes(intake.problems) == ["empty-cell"]
    assert codes(intake.notices) == ["hidden-column"]


def test_two_visible_columns_of_one_name_are_still_a_problem() -> None:
    rows = [("单位名称", "任务数", "任务数"), ("东村镇", 23, 8)]
    assert "duplicate-column" in codes(gather(sheet("任务.xlsx", rows)).problems)


def test_a_hidden_column_without_another_is_read_and_told() -> None:
    intake = gather(sheet("名单.xlsx", [HEADER, WANG, LI], hidden="BF"))
    assert intake.problems == () and people(intake) == BOTH
    [notice] = intake.notices
    assert notice.code == "hidden-column" and "“身份证号”（B列）、“经营地址”（F列）" in notice.advice


def test_hidden_columns_that_nobody_reads_are_not_told() -> None:
    rows = [("序号", *HEADER, "备注"), (1, *WANG, "x")]
    assert gather(sheet("名单.xlsx", rows, hidden="AI")).notices == ()


# -- signs


def test_radicals_are_told_once_for_each_column() -> None:
    rows = [HEADER, (*WANG[:3], "⾼⼭店", "⽇⽤百货", *WANG[5:]), (*LI[:3], "高⼭店", *LI[4:])]
    intake = gather(sheet("名单.xlsx", rows))
    assert intake.problems == ()
    assert [who.business for who in people(intake)] == ["高山店", "高山店"]
    assert people(intake)[0].scope == "日用百货"
    names, scopes = intake.notices
    assert (names.code, names.column, names.source.row, names.seen) == (
        "radical-characters",
        "名称",
        2,
        "⾼⼭",
    )
    assert "有2格（第2、3行）" in names.advice and "“高”“山”" in names.advice
    assert (scopes.column, scopes.seen) == ("主要经营", "⽇⽤")


SIGNS = "\u202a\u202b\u202c\u202d\u202e\u200e\u200f\u2066\u2067\u2068\u2069\u00ad\ufeff\u200b\u200c\u200d\u2060\ufe0f"
TABLES: dict[str, list[Line]] = {
    "名录.xlsx": ROSTER,
    "任务.xlsx": PLAN,
    "名单.xlsx": [HEADER, WANG, LI],
    "登记.xlsx": [(*EXPORT, "介绍信编号"), (*SHOP, "2022-01-0001")],
}


@settings(max_examples=50)
@given(st.randoms())
def test_sheets_strewn_with_invisible_signs_are_the_sheets_without(chance: random.Random) -> None:
    def strewn(value: Value) -> Value:
        signs = ["", *SIGNS]
        return "".join(f"{chance.choice(signs)}{char}" for char in value) if isinstance(value, str) else value

    plain = gather(*(sheet(file, rows) for file, rows in TABLES.items()))
    changed = gather(
        *(sheet(file, [list(map(strewn, row)) for row in rows]) for file, rows in TABLES.items())
    )
    assert plain.problems == () and plain.notices == ()
    assert (changed.units, people(changed)) == (plain.units, people(plain))
    assert changed.said(REGISTRATIONS) == plain.said(REGISTRATIONS)
    assert changed.problems == changed.notices == ()
    assert changed.accounts == plain.accounts
