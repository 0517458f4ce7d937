import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.reading.tables import recognise

from pipeline.domain.model import Problem, Source
from pipeline.domain.tables.grid import Area, Grid, Table
from pipeline.domain.tables.headers import HEADER_WITHIN
from pipeline.domain.values.cell import Value
from pipeline.domain.values.text import plain, text_of
from pipeline.domain.wording import near


def grid(*rows: tuple[Value, ...], first: int = 1) -> Grid:
    return Grid(Source("表.xlsx", "Sheet1"), tuple(enumerate(rows, first)))


def table(*rows: tuple[Value, ...]) -> Table:
    found = recognise(grid(*rows))
    assert isinstance(found, Table), found
    return found


def problem(*rows: tuple[Value, ...]) -> Problem:
    found = recognise(grid(*rows))
    assert isinstance(found, Problem), found
    return found


TARGETS = ("序号", "单位名称", "任务数/户", "备注")
ROSTER = ("编号", "单位名称", "全称", "类别", "别名")


def test_the_header_is_found_below_titles_and_notes() -> None:
    found = table(("附件1：",), ("岚县任务分解表",), ("单位：户",), TARGETS, (1, "东村镇", 180, None))
    assert found.kind == "targets"
    assert found.source.row == 4
    assert found.rows[0].source == Source("表.xlsx", "Sheet1", 5)
    assert found.rows[0].cells == {"seq": 1, "unit": "东村镇", "target": 180, "note": None}


def test_a_header_too_far_down_is_not_searched_for() -> None:
    notes = [(f"说明{n}",) for n in range(HEADER_WITHIN)]
    assert table(*notes[1:], TARGETS).kind == "targets"
    assert problem(*notes, TARGETS).code == "unknown-table"


def test_the_two_kinds_are_told_apart_by_their_headers_alone() -> None:
    assert table(TARGETS, (1, "东村镇", 1)).kind == "targets"
    assert table(ROSTER, ("01", "东村镇", "岚县东村镇人民政府", "乡镇", "")).kind == "roster"


@pytest.mark.parametrize(
    "header",
    [
        ("序号", "单位", "任务数"),
        ("序号", "责任单位", "年度任务数（户）"),
        ("序 号", "单 位 名 称", "任务数／户"),
        ("序号", "乡镇（单位）", "净增任务数"),
        ("序号", "单位名称：", "*任务数"),
        ("序号", "单位\n名称", "目标任务数"),
        ("序号", "单位名称", "目标数(户)"),
        ("单位名称（必填）", "任务数（必填）"),
    ],
)
def test_clerks_words_for_the_columns_are_understood(header: tuple[str, ...]) -> None:
    assert table(header, ("1", "东村镇", "180")[-len(header) :]).kind == "targets"


def test_columns_may_stand_in_any_order_and_among_others() -> None:
    found = table(("备注", "任务数", "电话", "单位名称"), ("无", 180, "0358", "东村镇"))
    assert found.rows[0].cells == {"unit": "东村镇", "target": 180, "note": "无"}


def test_a_short_row_is_filled_up_with_nothing() -> None:
    assert table(TARGETS, (1, "东村镇")).rows[0].cells["target"] is None


def test_the_clerks_own_header_text_is_kept_for_the_messages() -> None:
    assert (
        table(("序号", "责任单位", "年度任务数（户）"), (1, "东村镇", 1)).headers["target"]
        == "年度任务数（户）"
    )


@pytest.mark.parametrize("lacking", ["姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址"])
def test_a_list_that_lacks_a_column_is_told_as_a_list(lacking: str) -> None:
    header = ("姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
    advice = problem(tuple(word for word in header if word != lacking)).advice
    assert f"最像“培育对象名单”的表头，还缺“{lacking}”列" in advice


def test_a_table_of_no_known_kind_says_what_the_nearest_one_lacks() -> None:
    found = problem(("编号", "单位名称", "全称"), ("01", "东村镇", "岚县东村镇人民政府"))
    assert found.code == "unknown-table"
    assert "单位名录" in found.advice and "类别" in found.advice and "第1行" in found.advice


def test_a_table_without_any_known_header_says_which_kinds_there_are() -> None:
    found = problem(("甲", "乙"), (1, 2))
    assert "任务分解表" in found.advice and "单位名录" in found.advice
    assert (found.source.file, found.source.sheet, found.source.row) == ("表.xlsx", "Sheet1", None)
    assert found.seen == "甲 乙"


def test_what_stands_first_on_an_unknown_sheet_is_shown_and_nobodys_number_is() -> None:
    found = problem(("张三", "身份证", "11010519491231002X", "说" * 40))
    assert found.seen.startswith("张三 身份证 1101…（18位） 说说") and len(found.seen) == 30


def test_an_empty_sheet_is_a_problem_and_not_a_crash() -> None:
    assert problem().code == "unknown-table"


@pytest.mark.parametrize(
    "value, text",
    [
        (None, ""),
        (180.0, "180"),
        (180.5, "180.5"),
        (" 东村镇\u3000", "东村镇"),
        ("东\u200b村\ufeff镇", "东村镇"),
        (True, "TRUE"),
        (0, "0"),
    ],
)
def test_a_cell_reads_as_the_clerk_sees_it(value: Value, text: str) -> None:
    assert text_of(value) == text


@given(st.text("东村镇（）()：:* \u3000ＡＢab０1\u200b"))
def test_names_are_compared_the_same_way_however_often_they_are_cleaned(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_widths_spaces_and_colons_do_not_tell_names_apart() -> None:
    assert plain("（乡 镇）：ＡＢ") == plain("(乡镇)ab")


def test_a_similar_name_is_only_ever_advice() -> None:
    assert near("东村真", ["东村镇", "普明镇"]) == "，是不是“东村镇”？"
    assert near("毫不相干", ["东村镇"]) == "。"


def two_lines(*rows: tuple[Value, ...], merged: tuple[Area, ...] = ()) -> Table:
    lines = tuple((number, row) for number, row in enumerate(rows, 1))
    found = recognise(Grid(Source("表.xlsx", "Sheet1"), lines, merged))
    assert isinstance(found, Table), found
    return found


@pytest.mark.parametrize("is_merged", [True, False])
def test_group_titles_over_the_columns_make_a_header_of_two_lines(is_merged: bool) -> None:
    above = ("序号", "统一社会信用代码", "经营者信息", None, "日期", None, "注销日期")
    below = (None, None, "姓名", "身份证号", "成立日期", "核准日期", None)
    person = (1, "92999999MA00000001", "王某", "999999199001010118", "2022-05-07", None, None)
    tall = tuple(Area(1, column, 2, column) for column in (1, 2, 7))
    wide = (Area(1, 3, 1, 4), Area(1, 5, 1, 6))
    found = two_lines(above, below, person, merged=(*tall, *wide) if is_merged else ())
    assert found.kind == "registrations" and found.left_out == {"表头": 2}
    assert found.headers["est_date"] == "成立日期" and found.headers["uscc"] == "统一社会信用代码"
    assert found.places["est_date"] == 5 and [row.source.row for row in found.rows] == [3]


def test_a_title_is_no_line_of_the_header() -> None:
    found = two_lines(("任务分解表",), ("单位名称", "任务数"), ("东村镇", 2))
    assert found.source.row == 2 and found.left_out == {"标题": 1, "表头": 1}


def test_cells_merged_downwards_share_their_value() -> None:
    rows = (("单位名称", "任务数"), ("东村镇", 2), (None, 3))
    assert [row.cells["unit"] for row in two_lines(*rows, merged=(Area(2, 1, 3, 1),)).rows] == ["东村镇"] * 2


def test_a_table_that_could_be_two_kinds_is_not_guessed_at() -> None:
    words = ("姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址")
    assert problem((*words, "登记日期"), ("王某",)).code == "unclear-table"
    assert two_lines((*words, "登记日期", "统一社会信用代码"), ("王某",)).kind == "registrations"
    assert two_lines(words, ("王某",)).kind == "applicants"


def test_two_columns_of_one_name_are_not_chosen_between() -> None:
    found = problem(("单位名称", "任务数", "任务数"), ("东村镇", 2, 3))
    assert (found.code, found.source.row, found.column, found.place) == ("duplicate-column", 1, "任务数", 3)
