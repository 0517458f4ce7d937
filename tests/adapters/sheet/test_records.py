"""Delimited text is judged record by record: what is wrong in one takes no other with it."""

import csv
import io
import random

import pytest

from pipeline.adapters.sheet import read_sheets
from pipeline.adapters.sheet.records import MOST_LINES, Unpaired, records
from pipeline.domain.tables.grid import Grid

HEAD = ("序号", "名称", "统一社会信用代码", "经营范围", "经营地址", "成立日期")
SEPARATORS = (",", "\t", ";")


def code(number: int) -> str:
    return f"92141127MA0H{number:05d}X"


def shop(number: int, **other: str) -> list[str]:
    row = [str(number), f"试样{number}号店", code(number), "零售", f"样板街{number}号", "2022-05-07"]
    for name, value in other.items():
        row[{"name": 1, "code": 2, "scope": 3, "address": 4}[name]] = value
    return row


def written(rows: list[list[str]], separator: str = ",", end: str = "\r\n") -> str:
    return end.join(separator.join(row) for row in [[*HEAD], *rows]) + end


def grid(text: str, encoding: str = "utf-8") -> Grid:
    found = read_sheets("登记.csv", text.encode(encoding))
    assert isinstance(found, tuple), found
    return found[0]


def names(found: Grid) -> list[object]:
    """The names of the shops that can be taken."""
    faulty = {fault.source.row for fault in found.faults}
    return [cells[1] for number, cells in found.rows[1:] if number not in faulty]


def faulty(found: Grid) -> list[int | None]:
    assert {fault.code for fault in found.faults} <= {"ragged-row"}
    return [fault.source.row for fault in found.faults]


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_marks_that_belong_to_a_name_stay_in_it_and_the_others_are_read_well(
    separator: str, encoding: str
) -> None:
    quoted = f'"零售{separator}批发"'
    rows = [shop(1, scope=quoted), shop(2, name='"老味道"面馆'), shop(3, address=quoted)]
    found = grid(written(rows, separator), encoding)
    assert names(found) == ["试样1号店", '"老味道"面馆', "试样3号店"] and not found.faults
    assert [cells[3] for _, cells in found.rows[1:]] == [f"零售{separator}批发", "零售", "零售"]
    assert found.rows[3][1][4] == f"零售{separator}批发"


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("down", range(1, 6))
def test_a_mark_that_closes_in_a_later_row_swallows_none_of_the_rows_between(
    separator: str, down: int
) -> None:
    rows = [shop(number) for number in range(1, 9)]
    rows[1][1] = '"试样2号店'
    rows[1 + down][1] += '"'
    found = grid(written(rows, separator))
    assert faulty(found) == [3, 3 + down]
    assert names(found) == [f"试样{n}号店" for n in range(1, 9) if n not in {2, 2 + down}]
    assert len(found.rows) == 9


@pytest.mark.parametrize("opened", range(6))
@pytest.mark.parametrize("closed", range(6))
def test_whatever_fields_the_stray_marks_stand_in_no_row_vanishes_in_silence(
    opened: int, closed: int
) -> None:
    rows = [shop(number) for number in range(1, 7)]
    rows[1][opened] = f'"{rows[1][opened]}'
    rows[3][closed] += '"'
    found = grid(written(rows))
    assert {3, 5} <= {*faulty(found)} and len(found.rows) == 7
    assert {"试样1号店", "试样3号店", "试样5号店", "试样6号店"} == {*names(found)}


@pytest.mark.parametrize(
    "lone", ['"试样2号店', '"试样2号店" "', '""试样2号店"', '"试样2号"店"', '"老"味"道"', '"老"味,道"馆"']
)
def test_a_mark_without_a_partner_spoils_its_own_line_alone(lone: str) -> None:
    found = grid(written([shop(1), shop(2, name=lone), shop(3), shop(4, scope='"a,b"')]))
    assert faulty(found) == [3] and names(found) == ["试样1号店", "试样3号店", "试样4号店"]
    assert found.rows[4][1][3] == "a,b"


def test_a_mark_at_the_very_end_of_the_file_is_told() -> None:
    found = grid(written([shop(1), shop(2)]) + '3,"试样3号店')
    assert faulty(found) == [4] and names(found) == ["试样1号店", "试样2号店"]


def test_marks_in_the_middle_of_a_text_are_no_quotation() -> None:
    rows = [shop(1, name='5寸"屏'), shop(2, name='19"'), shop(3, name='老"味"道')]
    found = grid(written(rows))
    assert names(found) == ['5寸"屏', '19"', '老"味"道'] and not found.faults


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_cell_of_several_lines_is_one_cell(separator: str, end: str) -> None:
    address = f"样板街1号{end}二单元{separator}三层"
    rows = [shop(1, address=f'"{address}"'), shop(2, scope=f'"零售{end}{end}批发"'), shop(3)]
    found = grid(written(rows, separator, end))
    assert not found.faults and [number for number, _ in found.rows] == [1, 2, 3, 4]
    assert found.rows[1][1][4] == address and names(found) == ["试样1号店", "试样2号店", "试样3号店"]


def test_a_text_of_lines_and_commas_is_read_where_it_hides_no_record() -> None:
    text = '典型经验,抓落实\n下一步工作,"一是宣传，二是走访,三是帮办\n四是回访"\n'
    found = grid(f"栏目,内容\n{text}")
    assert not found.faults and found.rows[2][1] == ("下一步工作", "一是宣传，二是走访,三是帮办\n四是回访")


def test_rows_of_two_fields_are_not_swallowed_either() -> None:
    found = grid('单位名称,任务数\n"东村镇,180\n普明镇",120\n县民政局,90\n')
    assert faulty(found) == [2, 3] and names(found) == ["90"]


def test_short_rows_with_codes_are_not_swallowed() -> None:
    head = ",".join([*HEAD, "备注", "备注二", "备注三"])
    rows = [shop(1), shop(2, name='"试样2号店')[:3], shop(3, name='试样3号店"')[:3], shop(4)]
    found = grid("\n".join([head, *map(",".join, rows)]))
    assert faulty(found) == [3, 4] and names(found) == ["试样1号店", "试样4号店"]


def test_a_mark_that_stays_open_is_given_up_after_so_many_lines() -> None:
    most = "\n".join(["一"] * MOST_LINES)
    assert [*records(f'a,"{most}"\nb,c', ",", 2)] == [["a", most], ["b", "c"]]
    first, *rest = records(f'a,"{most}\n二"\nb,c', ",", 2)
    assert first == Unpaired(["a", '"一'], 1) and len(rest) == MOST_LINES + 1


def test_many_open_marks_take_no_longer_than_their_lines() -> None:
    lines = ['a,"b'] * 3_000
    assert len([*records("\n".join(lines), ",", 2)]) == 3_000


def test_the_line_is_told_where_it_is_not_the_number_of_the_record() -> None:
    found = grid(written([shop(1, address='"样板街\n1号"'), shop(2, name='"试样2号店')]))
    [fault] = found.faults
    assert fault.source.row == 3 and "第4行" in fault.advice
    assert "打开是" not in grid(written([shop(1, name='"试样')])).faults[0].advice


def test_numbers_of_persons_are_hidden_in_what_is_told() -> None:
    [fault] = grid(written([shop(1), shop(2, code='"141127198503120011')])).faults
    assert "19850312" not in fault.seen


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("separator", SEPARATORS)
def test_what_a_writer_wrote_well_is_read_as_it_was(quoting: int, separator: str) -> None:
    chance = random.Random(11)
    signs = ['"', '""', "\n", "\r\n", separator, "店", "一，二", " ", "号", "'"]
    rows = [
        [
            str(n),
            *("".join(["字", *chance.choices(signs, k=chance.randrange(6)), "字"]) for _ in range(4)),
            "终",
        ]
        for n in range(2_000)
    ]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, quoting=quoting).writerows([HEAD, *rows])
    found = grid(buffer.getvalue())
    assert not found.faults
    assert [[*cells] for _, cells in found.rows[1:]] == rows


def test_the_widths_are_those_of_the_file_with_its_blank_fields() -> None:
    assert grid("甲,乙,丙,\n1,,,\n\n,,\n1,2,3,4,5\n").widths == (4, 4, 5)
    assert read_sheets("页.xls", b"<table><tr><td>1<td>2</table>")[0].widths == ()  # type: ignore[index]


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("padded", ["\t{}", "{}\t", "\t{}\t"])
@pytest.mark.parametrize("trailing", [True, False])
@pytest.mark.parametrize("is_head_padded", [True, False])
def test_a_tab_put_to_every_value_is_no_separator(
    separator: str, padded: str, trailing: bool, is_head_padded: bool
) -> None:
    rows = [[padded.format(text) for text in shop(number)] + [""] * trailing for number in range(1, 4)]
    head = [padded.format(text) for text in HEAD] if is_head_padded else HEAD
    found = grid("\n".join(map(separator.join, [head, *rows])))
    said = [[str(text).strip() for text in cells] for _, cells in found.rows]
    assert said == [[*HEAD], *(shop(number) for number in range(1, 4))] and not found.faults


def test_a_comma_beside_a_tab_is_text_where_tabs_separate() -> None:
    rows = [shop(1, scope="零售,"), shop(2, scope=",批发"), shop(3, scope="甲,乙,丙,丁,戊,己,庚")]
    assert [[*cells] for _, cells in grid(written(rows, "\t")).rows[1:]] == rows
