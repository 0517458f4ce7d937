"""Tables that are delimited text, from the bytes to what is counted: one bad record is told, and is no row."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from stdnum.cn import uscc
from support.settings import SETTINGS

from pipeline.adapters.sheet import read_sheets
from pipeline.domain.records.applicants import APPLICANTS
from pipeline.domain.records.kinds import READERS
from pipeline.domain.records.notes import NOTES
from pipeline.domain.records.receipts import RECEIPTS
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.domain.values.identity import check_sign
from pipeline.intake import Intake, gathered

ROSTER = [
    ["编号", "单位名称", "全称", "类别", "别名"],
    ["01", "东村镇", "岚县东村镇人民政府", "乡镇", "东村"],
    ["02", "普明镇", "岚县普明镇人民政府", "乡镇", "普明"],
]
TARGETS = [["序号", "单位名称", "任务数", "备注"], ["1", "东村镇", "180", ""], ["2", "普明镇", "120", ""]]


def id_no(number: int) -> str:
    digits = f"14000019900101{number:03d}"
    return digits + check_sign(digits)


def credit_code(number: int) -> str:
    digits = f"92140000MA{number:07d}"
    return digits + uscc.calc_check_digit(digits)


LIST = [
    ["姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位", "备注"],
    *(
        ["王某", id_no(n), f"1380000000{n}", f"王记{n}号店", "零售", f"样板街{n}号", "东村镇", ""]
        for n in range(1, 5)
    ),
]
EXPORT = [
    ["统一社会信用代码", "名称", "经营者", "成立日期", "引荐单位", "备注"],
    *([credit_code(n), f"试样{n}号店", "王某", "2022-05-07", "东村镇", ""] for n in range(1, 5)),
]
NOTES_ROWS = [["栏目", "内容"], ["典型经验", "宣传"], ["存在问题", "少"], ["下一步工作", "走访"]]
RECEIPT_ROWS = [
    ["领用单位", "起始号", "终止号", "份数", "领用日期", "领用人", "备注"],
    *(["东村镇", f"2022-01-000{n}", f"2022-01-000{n}", "1", "2022-06-02", "王某", ""] for n in range(1, 4)),
]


def read(separator: str = ",", **tables: Sequence[Sequence[str]]) -> Intake:
    """What text files say together, roster and targets given unless told otherwise."""
    told: Mapping[str, Sequence[Sequence[str]]] = {"roster": ROSTER, "targets": TARGETS, **tables}
    files = []
    for name, rows in told.items():
        data = "\r\n".join(map(separator.join, rows)).encode("gb18030")
        files.append((f"{name}.csv", read_sheets(f"{name}.csv", data)))
    intake = gathered(files, SETTINGS, date(2022, 6, 30), READERS)
    for account in intake.accounts:
        assert account.rows == len(told[account.file.removesuffix(".csv")]), account
        assert account.rows == account.read + sum(account.left_out.values()), account
    return intake


def codes(intake: Intake) -> list[tuple[str, str, int | None]]:
    return [(each.code, each.source.file, each.source.row) for each in intake.problems]


def with_one_bad(rows: Sequence[Sequence[str]], column: int, separator: str) -> list[list[str]]:
    """The same table; in its second row a text holds a separator."""
    bad = [list(row) for row in rows]
    bad[2][column] += f"{separator}批发"
    return bad


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_nothing_is_told_of_sound_tables(separator: str) -> None:
    intake = read(separator, list=LIST, export=EXPORT, notes=NOTES_ROWS, receipts=RECEIPT_ROWS)
    assert not intake.problems and not intake.notices
    assert len(intake.said(APPLICANTS)["01"]) == 4 and len(intake.said(REGISTRATIONS)) == 4


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("column", [3, 4])
def test_a_record_of_a_list_is_told_at_its_line_and_nobody_gets_its_letter(
    separator: str, column: int
) -> None:
    intake = read(separator, list=with_one_bad(LIST, column, separator))
    assert codes(intake) == [("ragged-row", "list.csv", 3)]
    assert [each.business for each in intake.said(APPLICANTS)["01"]] == [
        "王记1号店",
        "王记3号店",
        "王记4号店",
    ]
    [account] = [each for each in intake.accounts if each.file == "list.csv"]
    assert (account.read, account.left_out) == (3, {"表头": 1, "有问题": 1})


def test_a_long_record_is_told_by_its_beginning_without_anybodys_number() -> None:
    rows = with_one_bad(LIST, 3, ",")
    rows[2][3] = "长" * 80 + rows[2][3]
    [problem] = read(list=rows).problems
    assert problem.seen.startswith("王某 | 1400…（18位） | 138…（11位） | 长") and problem.seen.endswith(
        "长…"
    )
    assert len(problem.seen) == 61


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_record_of_an_export_is_told_and_the_others_count(separator: str) -> None:
    intake = read(separator, export=with_one_bad(EXPORT, 1, separator))
    assert codes(intake) == [("ragged-row", "export.csv", 3)]
    assert not intake.stopping and intake.is_of(intake.problems[0], REGISTRATIONS)
    assert [each.name for each in intake.said(REGISTRATIONS)] == ["试样1号店", "试样3号店", "试样4号店"]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("name, rows, column", [("roster", ROSTER, 2), ("targets", TARGETS, 1)])
def test_a_record_of_the_plan_leaves_no_row_that_could_be_skipped(
    separator: str, name: str, rows: list[list[str]], column: int
) -> None:
    intake = read(separator, **{name: with_one_bad(rows, column, separator)})
    assert ("ragged-row", f"{name}.csv", 3) in codes(intake)
    assert "ragged-row" in {problem.code for problem in intake.plan_problems}


def test_thousands_with_a_comma_do_not_shorten_a_target() -> None:
    rows = [TARGETS[0], ["1", "东村镇", "1,180", ""], TARGETS[2]]
    assert ("ragged-row", "targets.csv", 2) in codes(read(targets=rows))


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_record_of_a_receipt_sheet_hands_nothing_out(separator: str) -> None:
    intake = read(separator, receipts=with_one_bad(RECEIPT_ROWS, 5, separator))
    told = [(each.code, each.source.row) for each in intake.problems]
    assert told == [("ragged-row", 3)] and len(intake.said(RECEIPTS).rows) == 2


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_record_of_the_notes_is_told_and_not_printed(separator: str) -> None:
    intake = read(separator, notes=with_one_bad(NOTES_ROWS, 1, separator))
    assert [(each.code, each.source.row) for each in intake.notices] == [("ragged-row", 3)]
    assert {*intake.said(NOTES).bulletin.paragraphs} == {"典型经验", "下一步工作"} and not intake.problems


def test_one_mark_that_closes_below_costs_two_registrations_and_not_all_between() -> None:
    rows = [list(row) for row in EXPORT]
    rows[1][1], rows[4][1] = '"试样1号店', '试样4号店"'
    intake = read(export=rows)
    assert codes(intake) == [("ragged-row", "export.csv", 2), ("ragged-row", "export.csv", 5)]
    assert [each.name for each in intake.said(REGISTRATIONS)] == ["试样2号店", "试样3号店"]


def test_marks_of_a_name_are_printed_with_it() -> None:
    rows = [list(row) for row in LIST]
    rows[1][3], rows[2][4] = '"老味道"面馆', '"零售,批发"'
    intake = read(list=rows)
    assert not intake.problems
    assert [(each.business, each.scope) for each in intake.said(APPLICANTS)["01"]][:2] == [
        ('"老味道"面馆', "零售"), ("王记2号店", "零售,批发"),
    ]  # fmt: skip


def test_a_header_with_a_stray_mark_is_told_even_where_the_table_is_known_without_that_column() -> None:
    rows = [list(row) for row in EXPORT]
    rows[0][4] = '"引荐单位'
    assert codes(read(export=rows)) == [("ragged-row", "export.csv", 1)]


def test_a_title_with_a_stray_mark_is_no_fault() -> None:
    assert not read(list=[['"名单', *[""] * 7], *LIST]).problems
