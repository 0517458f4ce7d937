"""The rows around what was found: the clerk's own, masked, bounded, the same whatever made the file."""

from pathlib import Path

import pytest

from pipeline.adapters.sheet import read_sheets
from pipeline.domain.model import Problem, Source
from pipeline.domain.tables.excerpt import MOST_COLUMNS, MOST_ROWS, MOST_SIGNS, Excerpt, excerpts
from pipeline.domain.tables.grid import Grid, Table

DATA = Path(__file__).parents[2] / "data" / "calc"
PHONE = "13800000000"
ROWS = (
    (1, ("培育对象名单",)),
    (3, ("序号", "姓名", "联系方式", "备注")),
    *((number, (number - 3, f"张{number}", PHONE, f"另一个{PHONE}")) for number in range(4, 10)),
)
HEAD = Table("applicants", Source("甲.xlsx", "表", 3), {"operator": "姓名", "phone": "联系方式"}, (), {"operator": 2, "phone": 3})  # fmt: skip


def found(row: int | None, place: int | None = None, sheet: str | None = "表") -> Problem:
    return Problem(Source("甲.xlsx", sheet, row), None, "", "bad-phone", "", place)


def cut(*problems: Problem, rows: object = ROWS, head: Table | None = HEAD, reach: int = 1) -> Excerpt:
    assert isinstance(rows, tuple)
    grid = Grid(Source("甲.xlsx", "表"), rows)
    [excerpt] = excerpts([grid], {"表": head} if head else {}, problems, reach)
    return excerpt


def test_the_rows_around_a_fault_are_shown_once_with_the_header_s_words() -> None:
    excerpt = cut(found(5, 3), found(6, 3), found(9))
    assert excerpt.around == {5: (4, 5, 6), 6: (5, 6, 7), 9: (8, 9)}
    assert list(excerpt.rows) == [4, 5, 6, 7, 8, 9] and excerpt.source.row == 3
    assert excerpt.columns == {1: "序号", 2: "姓名", 3: "联系方式", 4: "备注"}
    assert excerpt.rows[5] == ("2", "张5", "138…（11位）", "另一个138…（11位）")


def test_what_stands_in_a_column_of_phones_is_hidden_however_short() -> None:
    assert cut(found(4, 3), rows=(*ROWS[:2], (4, (1, "张三", "138001", "138001")))).rows[4][2:] == (
        "138…（6位）", "138001",
    )  # fmt: skip


def test_of_a_sheet_as_a_whole_the_first_rows_are_shown_and_without_a_header_no_words() -> None:
    excerpt = cut(found(None), head=None, reach=2)
    assert excerpt.around == {None: (1, 3, 4)} and excerpt.source.row is None
    assert set(excerpt.columns.values()) == {""} and excerpt.rows[4][2] == "138…（11位）"


def test_a_sheet_that_goes_on_with_another_s_table_has_its_words_and_no_header_row() -> None:
    head = Table("applicants", Source("甲.xlsx", "前一张", 2), {"phone": "联系方式"}, (), {"phone": 3})
    excerpt = cut(found(4, 3), head=head)
    assert excerpt.source.row is None and excerpt.columns[3] == "联系方式" and excerpt.columns[2] == ""


def test_a_blank_row_has_those_beside_it() -> None:
    assert cut(found(2)).around == {2: (1, 3, 4)}


def test_a_wide_table_shows_the_columns_that_matter() -> None:
    wide = (*ROWS[:2], (4, tuple(f"格{place}" for place in range(1, 301))))
    excerpt = cut(found(4, 300), rows=wide)
    assert len(excerpt.columns) == MOST_COLUMNS and {2, 3, 300} <= set(excerpt.columns)
    assert excerpt.rows[4][-1] == "格300"


def test_a_long_text_is_cut_after_it_was_masked() -> None:
    text = "长" * (MOST_SIGNS - 5) + PHONE
    shown = cut(found(4), rows=(*ROWS[:2], (4, (1, text)))).rows[4][1]
    assert len(shown) == MOST_SIGNS and "1380" not in shown


def test_of_very_many_faults_the_first_are_shown() -> None:
    many = tuple((number, (number, "字")) for number in range(1, 3 * MOST_ROWS))
    excerpt = cut(*(found(number) for number in range(1, 3 * MOST_ROWS)), rows=many, head=None)
    assert len(excerpt.rows) <= MOST_ROWS and 1 in excerpt.around and 2 * MOST_ROWS not in excerpt.around


@pytest.mark.parametrize("make", ["fods", "html", "ods", "xls", "xlsx"])
def test_every_make_shows_the_same(make: str) -> None:
    grids = read_sheets("名单", (DATA / f"名单.{make}").read_bytes())
    assert not isinstance(grids, Problem)
    first = grids[0].source.sheet
    [excerpt] = excerpts(grids, {}, [Problem(Source("名单", first, 4), None, "", "bad-id", "", 3)], 1)
    assert list(excerpt.rows) == [2, 4, 5] and excerpt.rows[2][2] == "身份证号"
    assert excerpt.rows[4][:4] == ("1", "东村镇", "1411…（18位）", "2022-06-01")
