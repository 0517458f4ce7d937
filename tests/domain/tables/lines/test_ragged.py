import pytest
from support.reading.tables import recognise

from pipeline.domain.model import Source
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.values.cell import Value

HEAD = ("姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "备注")
WIDTH = len(HEAD)
FIRST, SECOND = "140000199001010010", "140000199001010029"


def person(id_no: str, *rest: Value) -> tuple[Value, ...]:
    return "王某", id_no, "13800000000", "王记小吃店", *(rest or ("小吃服务", "样板街1号"))


def table(*lines: tuple[tuple[Value, ...], int]) -> Table:
    """A table of lines with the number of fields that each was written with."""
    rows = tuple((number, cells) for number, (cells, _) in enumerate(lines, 1))
    found = recognise(Grid(Source("名单.csv"), rows, widths=tuple(width for _, width in lines)))
    assert isinstance(found, Table), found
    return found


def ragged(found: Table) -> list[int | None]:
    assert all(fault.code == "ragged-row" and fault.advice for fault in found.faults)
    rows = [fault.source.row for fault in found.faults]
    assert found.left_out.get("有问题", 0) == len(rows) and not {*rows} & {
        row.source.row for row in found.rows
    }
    return rows


def test_a_row_with_a_field_too_many_is_told_and_is_no_row() -> None:
    found = table((HEAD, 7), (person(FIRST, "零售", "批发", "样板街1号", "备注"), 8), (person(SECOND), 7))
    assert ragged(found) == [2] and [row.source.row for row in found.rows] == [3]
    assert "零售 | 批发" in found.faults[0].seen and "8格" in found.faults[0].advice


def test_it_is_told_too_where_the_last_field_is_blank() -> None:
    moved = person(FIRST, "零售", "批发", "样板街1号")
    assert ragged(table((HEAD, 7), (moved, 8))) == [2]
    assert ragged(table((HEAD, 7), (moved, 8), (person(SECOND), 7), (person(SECOND), 7))) == [2]


def test_every_row_may_have_one_too_many() -> None:
    rows = [(person(f"1400001990010100{n}", "零售", "批发", "样板街1号", "无"), 8) for n in range(10, 15)]
    assert ragged(table((HEAD, 7), *rows)) == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("width", range(1, WIDTH + 1))
def test_fewer_fields_are_blanks_that_were_not_written(width: int) -> None:
    assert not ragged(table((HEAD, 7), (person(FIRST), 7), (person(SECOND)[:width], width)))


@pytest.mark.parametrize("head", [7, 8])
def test_a_separator_at_the_end_of_each_line_is_no_field(head: int) -> None:
    lines = [(HEAD, head), (person(FIRST), 8), (person(SECOND), 8)]
    assert not ragged(table(*lines))
    moved = person(FIRST, "零售", "批发", "样板街1号")
    assert ragged(table(*lines, (moved, 9))) == [4]
    assert ragged(table(*lines, (person(FIRST, "零售", "批发", "样板街1号", "无"), 9))) == [4]


def test_a_separator_at_the_end_of_the_header_alone_leaves_no_room() -> None:
    moved = person(FIRST, "零售", "批发", "样板街1号", "无")
    assert ragged(table((HEAD, 8), (person(FIRST), 7), (person(SECOND), 7), (moved, 8))) == [4]


def test_a_clerks_remark_right_of_the_table_is_one_where_every_line_has_room_for_it() -> None:
    remarked = (*person(FIRST), None, "已打电话")
    found = table((("培育对象名单",), 8), (HEAD, 8), (remarked, 8), (person(SECOND), 8))
    assert not ragged(found) and len(found.rows) == 2
    moved = (*person(SECOND, "零售", "批发", "样板街1号"), None, "无")
    assert ragged(table((HEAD, 8), (remarked, 8), (person(SECOND), 8), (moved, 9))) == [4]


def test_titles_above_and_remarks_below_may_have_any_number_of_fields() -> None:
    title = ("名单", *"一二三四五六七八九")
    below = ("填报人：王某", *"一二三四五六七八九")
    found = table((title, 10), (HEAD, 7), (person(FIRST), 7), (below, 10))
    assert not ragged(found) and found.left_out == {"标题": 1, "表头": 1, "填报说明": 1}
    assert ragged(table((HEAD, 7), (("备注：", *person(FIRST), *"一二三"), 10))) == [2]


def test_a_header_of_two_lines_is_as_wide_as_the_wider_one() -> None:
    above = ("姓名", "身份证号", "联系方式", "店铺", None, None, "备注")
    below = (None, None, None, "名称", "主要经营", "经营地址")
    rows = ((person(FIRST), 7), (person(SECOND, "零售", "批发", "样板街1号", "无"), 8))
    assert ragged(table((above, 7), (below, 6), *rows)) == [4]


def test_cells_beside_a_table_of_any_other_make_are_no_fault() -> None:
    rows = ((1, HEAD), (2, (*person(FIRST), None, None, "已打电话")))
    found = recognise(Grid(Source("名单.xlsx", "Sheet1"), rows))
    assert isinstance(found, Table) and not found.faults and len(found.rows) == 1


def test_a_repeated_header_and_what_stands_in_it_is_not_held_against_the_first() -> None:
    found = table((HEAD, 7), (person(FIRST), 7), ((*HEAD, "第2页"), 8), (person(SECOND), 7))
    assert found.left_out == {"表头": 1, "重复的表头": 1} and len(found.rows) == 2 and not found.faults


def test_what_is_told_hides_a_persons_numbers() -> None:
    found = table((HEAD, 7), (person(FIRST, "零售", "批发", "样板街1号", SECOND), 8))
    assert "19900101" not in found.faults[0].seen
