from collections.abc import Sequence
from datetime import datetime

import pytest

from pipeline.domain.model import Source
from pipeline.domain.records.kinds import KINDS
from pipeline.domain.tables.grid import Grid
from pipeline.domain.tables.headers import Header, header_of
from pipeline.domain.tables.pages import Fate, fate, repeats
from pipeline.domain.values.cell import Value

Cells = tuple[Value, ...]
EXPORT = (
    "序号",
    "统一社会信用代码",
    "名称",
    "经营者",
    "身份证号",
    "联系电话",
    "成立日期",
    "注销日期",
    "引荐单位",
)
LIST = ("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
TARGETS = ("序号", "单位名称", "任务数", "备注")
ROSTER = ("编号", "单位名称", "全称", "类别", "别名")


def shop(number: int, **other: Value) -> Cells:
    row: dict[str, Value] = {
        "seq": str(number), "uscc": f"92140000MA0H{number:05d}X", "name": f"试样{number}号店", "operator": "王某",
        "id_no": f"140000199001010{number:03d}", "phone": "13800000000", "est": "2022-05-07", "cancel": None,
        "unit": "东村镇",
    }  # fmt: skip
    return tuple({**row, **other}.values())


def person(number: int) -> Cells:
    return (
        str(number),
        "王某",
        f"140000199001010{number:03d}",
        "13800000000",
        "王记店",
        "零售",
        "样板街1号",
        "东村镇",
    )


def grid(rows: Sequence[Cells], sheet: str = "表格2") -> Grid:
    return Grid(Source("页.xls", sheet), tuple(enumerate(rows, 1)))


def header(*rows: Cells) -> Header:
    found = header_of(grid(rows, "表格1"), KINDS)
    assert isinstance(found, Header), found
    return found


DAY = datetime(2022, 5, 7)  # noqa: DTZ001 - cells know no zone
SHOPS = [shop(number) for number in range(1, 13)]
PEOPLE = [person(number) for number in range(1, 13)]


@pytest.mark.parametrize("before", [(EXPORT,), (EXPORT, shop(99)), (("登记数据",), EXPORT)])
@pytest.mark.parametrize("count", [1, 2, 12])
def test_rows_that_fit_below_the_header_before_are_its_own(before: Sequence[Cells], count: int) -> None:
    assert fate(grid(SHOPS[:count]), header(*before)) is Fate.GOES_ON


@pytest.mark.parametrize(
    "head, rows",
    [
        (LIST, PEOPLE),
        (TARGETS, [("12", "普明镇", "180"), ("13", "县民政局", 40, "重点"), ("", "合计", "220")]),
        (
            ROSTER,
            [("02", "普明镇", "岚县普明镇人民政府", "乡镇"), (3, "县民政局", "岚县民政局", "县直", "民政局")],
        ),
    ],
)
def test_so_do_rows_of_every_kind_whose_columns_can_be_told(head: Cells, rows: list[Cells]) -> None:
    assert fate(grid(rows), header(head)) is Fate.GOES_ON


@pytest.mark.parametrize(
    "more",
    [
        [("第2页",)], [("岚县登记数据",), ("第2页", "共3页")], [("合计", None, "12户")],
        [("填报人：王某",), ("审核：李某",), ("注：数据截至5月",)], [shop(13, uscc="9214", id_no="无", phone=None)],
        [shop(15, cancel="无"), shop(16, est=DAY, phone="0358-6722222")],
    ],
)  # fmt: skip
def test_titles_totals_and_bad_rows_of_a_page_change_nothing(more: list[Cells]) -> None:
    assert fate(grid([*more, *SHOPS[:2]]), header(EXPORT)) is Fate.GOES_ON
    assert fate(grid([*SHOPS[:2], *more]), header(EXPORT)) is Fate.GOES_ON


@pytest.mark.parametrize(
    "strange",
    [
        pytest.param(lambda cells: cells[1:], id="the first column is not there"),
        pytest.param(lambda cells: (None, *cells), id="a column more in front"),
        pytest.param(lambda cells: (*cells, "操作"), id="a column more behind"),
        pytest.param(lambda cells: (*cells[:2], *cells[4:6], *cells[2:4], *cells[6:]), id="columns changed about"),
        pytest.param(lambda cells: (*cells[:5], cells[6], cells[5], *cells[7:]), id="day and phone changed about"),
        pytest.param(lambda cells: (*cells[:6], None, *cells[7:]), id="no date at all"),
        pytest.param(lambda cells: (*cells[:3], *cells[5:2:-1], *cells[6:]), id="a phone for a name"),
        pytest.param(lambda cells: (*cells[:2], "2022-05-09", *cells[3:]), id="a day for a name"),
        pytest.param(lambda cells: (*cells[:2], DAY, *cells[3:]), id="a date for a name"),
    ],
)  # fmt: skip
def test_rows_that_do_not_fit_are_nobodys_and_no_remark(strange: object) -> None:
    rows = [strange(cells) for cells in SHOPS]  # type: ignore[operator]
    assert fate(grid(rows), header(EXPORT)) is Fate.ORPHAN
    assert fate(grid(rows), None) is Fate.ORPHAN


@pytest.mark.parametrize("head", [LIST, TARGETS, ROSTER, ("栏目", "内容")])
def test_rows_are_not_taken_into_a_table_of_another_kind(head: Cells) -> None:
    assert fate(grid(SHOPS), header(head)) is Fate.ORPHAN


def test_one_row_that_fits_among_words_is_not_passed_over() -> None:
    words: list[Cells] = [("填写示例",), ("号码按文本填",), ("日期写全",), ("每人一行",)]
    assert fate(grid([*words, shop(1)]), header(EXPORT)) is Fate.ORPHAN


@pytest.mark.parametrize(
    "rows",
    [
        [("填表要求",), ("一、身份证号填18位",), ("二、日期写成2022-05-07",)],
        [("身份证号", "如 140000199001010010"), ("联系电话", "如 13800000000"), ("地址", "写到门牌号")],
        [("字段", "示例"), ("代码", "92140000MA0H00001X"), ("名称", "王记"), ("日期", "2022-05-07"), ("单位", "东村镇")],
        [("业务股", "王某", "0358-6722222"), ("登记股", "李某", "13800000000")],
        [("第1页 共6页",)],
        [(1,), (2,), (3,)],
    ],
)  # fmt: skip
@pytest.mark.parametrize("head", [EXPORT, LIST, TARGETS, ROSTER, ("栏目", "内容")])
def test_words_stay_remarks(rows: list[Cells], head: Cells) -> None:
    assert fate(grid(rows), header(head)) is Fate.REMARK


def test_the_numbers_of_the_rows_are_no_days() -> None:
    rows = [shop(1, seq=44688), shop(2, seq="44689"), shop(3, seq=44690.0)]
    assert fate(grid(rows), header(EXPORT)) is Fate.GOES_ON


def test_a_line_that_is_like_a_header_must_fit_as_a_row_like_all_others() -> None:
    rows: list[Cells] = [
        ("02", "普明镇", "岚县普明镇人民政府", "乡镇"),
        ("03", "界河口镇", "岚县界河口镇人民政府", "乡镇"),
    ]
    assert fate(grid(rows), header(ROSTER), is_headed=True) is Fate.GOES_ON
    renamed = tuple("设立日" if name == "成立日期" else name for name in EXPORT)
    assert fate(grid([renamed, *SHOPS]), header(EXPORT), is_headed=True) is Fate.HEADED


def test_a_large_sheet_is_told_by_some_of_its_lines() -> None:
    rows = [shop(number % 100) for number in range(50_000)]
    assert fate(grid(rows), header(EXPORT)) is Fate.GOES_ON


def test_a_copy_says_line_by_line_the_same_or_a_part_of_it() -> None:
    fixed = [cells[:3] for cells in SHOPS]
    assert repeats(grid(fixed), [grid(SHOPS)]) and repeats(grid(SHOPS), [grid(SHOPS)])
    assert not repeats(grid(fixed[:11]), [grid(SHOPS)])
    assert not repeats(grid(fixed[::-1]), [grid(SHOPS)])
    assert not repeats(grid([*fixed[:11], shop(13)[:3]]), [grid(SHOPS)])
    assert not repeats(grid(fixed), [])
