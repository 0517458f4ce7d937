import shutil
from datetime import date
from pathlib import Path

import pytest
from support.desk import ROSTER, TARGETS, Desk, settle, write_sheet

from pipeline.domain.model import Problem
from pipeline.domain.records.applicants import APPLICANTS
from pipeline.domain.records.kinds import READERS
from pipeline.domain.records.notes import NOTES
from pipeline.domain.records.reading import AnyReader
from pipeline.domain.records.receipts import RECEIPTS
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.intake import Intake, read_inputs
from pipeline.workspace import open_workspace


def read(desk: Desk) -> Intake:
    return read_inputs(open_workspace(desk.root), date(2022, 6, 1), READERS)


def test_units_come_in_roster_order_with_their_targets(desk: Desk) -> None:
    desk.write_roster(tuple(reversed(ROSTER)))
    intake = read(desk)
    assert [(unit.code, unit.target) for unit in intake.units] == [("03", 4), ("02", 3), ("01", 2)]
    assert intake.problems == () and intake.notices == ()


@pytest.mark.parametrize(
    "name", ["表.xls", "表", "2022/三月/新建 Microsoft Excel 工作表 (2).xlsx", "任务.csv", "Ｘ.XLSX"]
)
def test_neither_name_nor_suffix_nor_sub_folder_matters(desk: Desk, name: str) -> None:
    target = desk.root / "inputs" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    (desk.root / "inputs" / "任务分解表.xlsx").rename(target)
    assert read(desk).problems == ()


def test_both_tables_may_be_sheets_of_one_workbook(desk: Desk) -> None:
    from openpyxl import load_workbook

    roster = load_workbook(desk.root / "inputs" / "单位名录.xlsx").worksheets[0]
    path = desk.root / "inputs" / "任务分解表.xlsx"
    book = load_workbook(path)
    sheet = book.create_sheet("名录")
    for row in roster.iter_rows(values_only=True):
        sheet.append(row)
    book.save(path)
    settle(path)
    (desk.root / "inputs" / "单位名录.xlsx").unlink()
    intake = read(desk)
    assert intake.problems == () and len(intake.units) == 3


def test_two_rosters_are_a_problem_with_both_places(desk: Desk) -> None:
    shutil.copy2(desk.root / "inputs" / "单位名录.xlsx", desk.root / "inputs" / "单位名录2.xlsx")
    assert [problem.code for problem in read(desk).problems] == ["duplicate-table"]


def test_office_lock_files_beside_an_open_table_do_no_harm(desk: Desk) -> None:
    for name in ("~$任务分解表.xlsx", ".~lock.任务分解表.xlsx#", ".DS_Store", "README.md"):
        (desk.root / "inputs" / name).write_bytes(b"x")
    assert read(desk).problems == ()


def test_a_hidden_sheet_is_told_and_not_counted_as_a_second_table(desk: Desk) -> None:
    from openpyxl import load_workbook

    path = desk.root / "inputs" / "任务分解表.xlsx"
    book = load_workbook(path)
    book.copy_worksheet(book.worksheets[0]).sheet_state = "hidden"
    book.save(path)
    settle(path)
    intake = read(desk)
    assert intake.problems == () and len(intake.notices) == 1 and intake.notices[0].code == "hidden-sheet"


def test_an_empty_workbook_is_a_problem_that_names_it(desk: Desk) -> None:
    write_sheet(desk.root / "inputs" / "空.xlsx", [])
    assert [(problem.code, problem.source.file) for problem in read(desk).problems] == [
        ("empty-file", "空.xlsx")
    ]


def test_problems_of_every_file_are_told_together_in_file_order(desk: Desk) -> None:
    for name in ("10.pdf", "9.pdf"):
        path = desk.root / "inputs" / name
        path.write_bytes(b"%PDF-1.7")
        settle(path)
    desk.write_targets([(*TARGETS[0][:1], -1), *TARGETS[1:]])
    problems = read(desk).problems
    assert [problem.source.file for problem in problems[:2]] == ["9.pdf", "10.pdf"]
    assert "bad-target" in {problem.code for problem in problems}


def test_a_faulty_roster_does_not_hide_the_faults_of_the_targets(desk: Desk) -> None:
    desk.write_roster([("x", *ROSTER[0][1:]), *ROSTER[1:]])
    desk.write_targets([("东村镇", "二"), *TARGETS[1:]], total=9)
    assert {problem.code for problem in read(desk).problems} >= {"unit-code", "bad-target"}


def test_without_an_inputs_folder_nothing_else_is_tried(tmp_path: Path, desk: Desk) -> None:
    from pipeline.errors import FileFault

    shutil.rmtree(desk.root / "inputs")
    with pytest.raises(FileFault):
        read(desk)


LIST = ("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
EXPORT = ("统一社会信用代码", "名称", "成立日期", "引荐单位")
PERSON = ("1", "某人", "999999199001010118", "1", "某店", "零售", "某街", "东村镇")


def faulty(desk: Desk) -> Desk:
    """An export with a row of nobody, and a list with a wrong number."""
    write_sheet(desk.root / "inputs" / "登记.xlsx", [EXPORT, ("", "甲店", "2022-05-03", "某某镇")])
    write_sheet(desk.root / "inputs" / "名单.xlsx", [LIST, PERSON])
    return desk


def codes(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.code for problem in problems}


def test_rows_of_exports_stop_no_job_and_rows_of_lists_do(desk: Desk) -> None:
    intake = read(faulty(desk))
    assert codes(intake.problems) == {"no-identity", "id-checksum", "bad-phone"}
    assert codes(intake.stopping) == {"id-checksum", "bad-phone"}


@pytest.mark.parametrize(
    "reads, found",
    [
        ((), set()), ((RECEIPTS,), set()), ((REGISTRATIONS, NOTES), {"no-identity"}),
        ((APPLICANTS,), {"id-checksum", "bad-phone"}),
    ],
)  # fmt: skip
def test_only_the_kinds_that_a_job_asks_for_are_looked_into(
    desk: Desk, reads: tuple[AnyReader, ...], found: set[str]
) -> None:
    intake = read_inputs(open_workspace(faulty(desk).root), date(2022, 6, 1), reads)
    assert codes(intake.problems) == found and len(intake.units) == 3


@pytest.mark.parametrize("name", ["坏.xlsx", "值班表.xlsx"])
def test_a_file_of_which_nobody_knows_what_it_was_stops_every_job(desk: Desk, name: str) -> None:
    if name == "坏.xlsx":
        (desk.root / "inputs" / name).write_bytes(b"PK\3\4")
        settle(desk.root / "inputs" / name)
    else:
        write_sheet(desk.root / "inputs" / name, [("日期", "值班人"), ("周一", "张三")])
    for reads in ((), (APPLICANTS,), (REGISTRATIONS,)):
        assert len(read_inputs(open_workspace(desk.root), date(2022, 6, 1), reads).stopping) == 1
