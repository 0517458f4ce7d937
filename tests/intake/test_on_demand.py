"""A job reads the kinds of table that it needs; what is in the others neither stops nor delays it."""

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from support.desk import Desk, settle, write_sheet

from pipeline.adapters.sheet import read_sheets
from pipeline.domain.model import Source
from pipeline.domain.records.applicants import APPLICANTS
from pipeline.domain.records.kinds import KINDS
from pipeline.domain.records.reading import AnyReader
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.domain.tables.catalogue import is_needed
from pipeline.domain.tables.grid import Grid
from pipeline.domain.values.cell import Value
from pipeline.intake import read_inputs
from pipeline.jobs.register import lookup
from pipeline.workspace import open_workspace

LIST = ("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
EXPORT = ("统一社会信用代码", "名称", "经营者", "成立日期", "引荐单位")
SHOPS = [("", f"甲{number}店", "王某", "2022-05-03", "东村镇") for number in range(200)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.laid(tmp_path / "desk")


def codes(desk: Desk, *reads: AnyReader) -> set[str]:
    intake = read_inputs(open_workspace(desk.root), date(2022, 6, 1), reads)
    return {problem.code for problem in intake.problems}


def broken_below(path: Path, rows: Sequence[Sequence[object]]) -> None:
    """A workbook whose sheet ends in the middle of its rows."""
    write_sheet(path, rows)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet[: sheet.index(b'<row r="150"')] + b"<row r='150'><c"
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)
    settle(path)


def test_who_needs_no_export_reads_none_below_its_header(desk: Desk) -> None:
    broken_below(desk.root / "inputs" / "登记.xlsx", [EXPORT, *SHOPS])
    assert codes(desk) == codes(desk, APPLICANTS) == set()
    assert codes(desk, REGISTRATIONS) == {"broken-file"}
    assert [account.target for account in lookup.status(open_workspace(desk.root)).accounts] == [2, 3, 4]


def test_a_column_twice_in_an_export_is_told_to_who_reads_exports(desk: Desk) -> None:
    write_sheet(desk.root / "inputs" / "登记.xlsx", [(*EXPORT, "名称"), (*SHOPS[0], "乙店")])
    assert codes(desk, APPLICANTS) == set() and codes(desk, REGISTRATIONS) == {"duplicate-column"}


def test_a_table_that_could_be_a_list_or_an_export_is_told_to_who_reads_either(desk: Desk) -> None:
    write_sheet(
        desk.root / "inputs" / "名单.xlsx", [(*LIST, "成立日期"), (1, *"甲乙丙丁戊己庚", "2022-05-03")]
    )
    assert codes(desk) == set()
    assert codes(desk, APPLICANTS) == codes(desk, REGISTRATIONS) == {"unclear-table"}


@pytest.mark.parametrize(
    "sheets, is_read",
    [
        ([[EXPORT, *SHOPS]], False),
        ([[("登记数据",), EXPORT, *SHOPS[:2]]], False),
        ([[EXPORT], [EXPORT]], False),
        ([[LIST]], True),
        ([[EXPORT, *SHOPS[:2]], [LIST]], True),
        ([[EXPORT, *SHOPS[:2]], [LIST[:5], SHOPS[0]]], True),
        ([[("联系人", None, *EXPORT), ("姓名", "电话")]], True),
        ([[("说明",)]], True),
        ([[]], True),
    ],
)
def test_a_file_is_left_alone_only_where_each_of_its_sheets_is_plainly_something_else(
    sheets: Sequence[Sequence[Sequence[Value]]], is_read: bool
) -> None:
    grids = [
        Grid(
            Source("表.xlsx", f"表{number}"), tuple((place, tuple(row)) for place, row in enumerate(rows, 1))
        )
        for number, rows in enumerate(sheets)
    ]
    assert is_needed(grids, KINDS, {"roster", "targets", "applicants"}) is is_read


def test_of_a_sheet_the_first_rows_are_the_same_whatever_comes_below(tmp_path: Path) -> None:
    data = write_sheet(tmp_path / "登记.xlsx", [EXPORT, *SHOPS]).read_bytes()
    text = "\n".join(",".join(map(str, row)) for row in [EXPORT, *SHOPS]).encode()
    for content in (data, text):
        whole, first = read_sheets("登记", content), read_sheets("登记", content, 30)
        assert isinstance(whole, tuple) and isinstance(first, tuple)
        assert len(whole[0].rows) == 201 and first[0].rows == whole[0].rows[:30]
