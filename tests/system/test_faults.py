"""Each fault: its exit code, one clear message, nothing lost; the fault removed, numbering begins at 0001."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from docx import Document
from support.desk import ROSTER, Desk, processes_of, write_sheet
from support.disks import mount_small, unmount
from support.fakes import calls, path_without_office
from support.programs import REFUSER
from support.seen import assert_clear, assert_whole
from support.templates.zoo import edit_file

MakeOffice = Callable[[str], Path]


def assert_unspent(desk: Desk, remembering: Path) -> None:
    """No number is spent, no file is left; without the fault everything is numbered from 0001."""
    assert desk.numbered() == []
    assert not desk.batch().exists()
    if desk.outputs.is_dir():
        assert not list(desk.outputs.glob(".work/*"))
    desk.office = remembering
    assert desk.run("register", "check").code == 0
    outcome = desk.run("letters", "--json")
    assert outcome.code == 0, outcome
    assert [unit["first"] for unit in outcome.json["units"]] == [
        "2022-01-0001",
        "2022-02-0001",
        "2022-03-0001",
    ]
    assert_whole(desk)


# ---- LibreOffice


def test_without_libreoffice_the_clerk_is_told_what_to_install(
    desk: Desk, remembering: Path, tmp_path: Path
) -> None:
    desk.office = None
    outcome = desk.run("letters", PATH=path_without_office(tmp_path / "bin"))
    assert_clear(outcome, 4, "LibreOffice", "makesetup", "libreoffice-writer-nogui")
    assert desk.events() == []
    assert_unspent(desk, remembering)


@pytest.mark.parametrize(
    "behaviour",
    [
        "gives nothing",
        "gives an empty file",
        "gives a corrupt file",
        "gives half a file",
        "crashes",
    ],
)
def test_a_libreoffice_that_fails_every_time_ends_the_run_before_numbering(
    desk: Desk, make_office: MakeOffice, remembering: Path, behaviour: str
) -> None:
    desk.office = make_office(behaviour)
    outcome = desk.run("letters")
    assert_clear(outcome, 5)
    assert len(calls(desk.office)) <= 12
    assert_unspent(desk, remembering)


def test_a_libreoffice_that_hangs_is_killed_with_its_children_at_the_deadline(
    desk: Desk, make_office: MakeOffice, remembering: Path
) -> None:
    desk.office = make_office("hangs")
    desk.settings("timeout_s = 90", "timeout_s = 1")
    outcome = desk.run("letters", "--engine", "office")
    assert_clear(outcome, 5, "超过")
    assert processes_of(desk.outputs) == []
    desk.settings("timeout_s = 1", "timeout_s = 90")
    assert_unspent(desk, remembering)


@pytest.mark.parametrize("behaviour", ["stumbles once", "asks to be started again"])
def test_a_libreoffice_that_stumbles_once_does_not_stop_the_run(
    desk: Desk, make_office: MakeOffice, behaviour: str
) -> None:
    desk.office = make_office(behaviour)
    outcome = desk.run("letters")
    assert outcome.code == 0, outcome
    assert_whole(desk)


@pytest.mark.parametrize(
    "behaviour", ["fails after numbering", "chokes on the receipt", "spoils the receipt"]
)
def test_a_libreoffice_that_fails_after_numbering_gives_the_numbers_back(
    desk: Desk, make_office: MakeOffice, remembering: Path, behaviour: str
) -> None:
    desk.office = make_office(behaviour)
    outcome = desk.run("letters")
    assert_clear(outcome, 5)
    assert desk.events() == ["reserved", "released"]
    assert_unspent(desk, remembering)


def test_a_letter_that_libreoffice_cannot_print_stops_the_run_and_is_named(
    desk: Desk, make_office: MakeOffice, remembering: Path
) -> None:
    desk.write_roster([ROSTER[0], ("02", "普明镇", "岚县毒明镇人民政府", "乡镇", "普明"), ROSTER[2]])
    desk.office = make_office("chokes on poison")
    assert_clear(desk.run("letters"), 5)
    desk.write_roster()
    assert_unspent(desk, remembering)


# ---- disk and folders


def test_a_file_where_the_outputs_folder_should_be_is_told(desk: Desk, remembering: Path) -> None:
    desk.outputs.write_text("x")
    assert_clear(desk.run("letters"), 7, "写不了")
    desk.outputs.unlink()
    assert_unspent(desk, remembering)


def test_a_file_where_the_letters_folder_should_be_is_told_and_the_numbers_go_back(
    desk: Desk, remembering: Path
) -> None:
    desk.outputs.mkdir()
    (desk.outputs / "letters").write_text("x")
    assert_clear(desk.run("letters"), 7, "写不了")
    assert "released" in desk.events() or desk.events() == []
    (desk.outputs / "letters").unlink()
    assert_unspent(desk, remembering)


@pytest.mark.parametrize(
    "stage, refusal",
    [
        ("letters bound", "ENOSPC"),
        ("register sheet written", "EDQUOT"),
        ("manifest written", "EROFS"),
        ("folder synced", "EACCES"),
        ("batch published", "ENOSPC"),
    ],
)
def test_a_disk_that_refuses_at_any_stage_gives_the_numbers_back(
    desk: Desk, remembering: Path, stage: str, refusal: str
) -> None:
    outcome = desk.run(refusal, stage, "letters", program=REFUSER)
    assert_clear(outcome, 7, "写不了", "磁盘空间")
    assert desk.events() == ["reserved", "released"]
    assert_unspent(desk, remembering)


@pytest.mark.parametrize("size", ["60k", "200k", "400k"])
def test_a_full_disk_is_told_as_such_wherever_it_fills_up(
    tmp_path: Path, remembering: Path, size: str
) -> None:
    desk = Desk.laid(tmp_path / "工作", remembering)
    desk.outputs.mkdir()
    if mount_small(desk.outputs, size):
        try:
            outcome = desk.run("letters")
        finally:
            unmount(desk.outputs)
    else:  # no right to mount anything: the first big file meets the refusal
        outcome = desk.run("ENOSPC", "letters bound", "letters", program=REFUSER)
    assert_clear(outcome, 7, "磁盘")
    assert_unspent(desk, remembering)


@pytest.mark.soffice
def test_a_disk_too_small_for_libreoffice_itself_is_told_as_such(tmp_path: Path, remembering: Path) -> None:
    desk = Desk.laid(tmp_path / "工作")
    desk.settings("timeout_s = 90", "timeout_s = 20")
    desk.outputs.mkdir()
    if mount_small(desk.outputs, "1m"):
        try:
            outcome = desk.run("letters", FORMS_OF_ALL="")  # or it would print the receipt alone
        finally:
            unmount(desk.outputs)
    else:
        outcome = desk.run("ENOSPC", "letters bound", "letters", program=REFUSER)
    assert_clear(outcome, 7, "磁盘")
    assert_unspent(desk, remembering)


def test_no_inputs_folder_is_told(desk: Desk) -> None:
    shutil.rmtree(desk.root / "inputs")
    assert_clear(desk.run("letters"), 7, "请新建")


# ---- the register


def test_a_locked_register_is_waited_for_and_then_told(printed_desk: Desk) -> None:
    printed_desk.write_targets([("东村镇", 3)])
    with closing(sqlite3.connect(printed_desk.register, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert_clear(printed_desk.run("impatient", "0.3", "letters", program=REFUSER), 6, "占用")
    assert len(printed_desk.numbered()) == 9
    assert printed_desk.run("letters").code == 0 and len(printed_desk.numbered()) == 10


@pytest.mark.parametrize("content", [b"", b"garbage " * 1000, b"SQLite format 3\0" + b"\xa5" * 8000])
@pytest.mark.parametrize(
    "command", [("letters",), ("register", "status"), ("register", "check"), ("letters", "--dry-run")]
)
def test_a_damaged_register_stops_every_command_and_is_kept_as_it_is(
    printed_desk: Desk, content: bytes, command: Sequence[str]
) -> None:
    printed_desk.register.write_bytes(content)
    assert_clear(printed_desk.run(*command), 6, "备份")
    assert printed_desk.register.read_bytes() == content
    assert [path.name for path in printed_desk.batch().parent.iterdir()] == ["2022-001"]


def test_a_register_of_a_newer_version_is_left_alone(printed_desk: Desk) -> None:
    with closing(sqlite3.connect(printed_desk.register)) as other:
        other.execute("PRAGMA user_version = 99")
    before = printed_desk.register.read_bytes()
    assert_clear(printed_desk.run("letters"), 6, "新版")
    assert printed_desk.register.read_bytes() == before


def test_a_tampered_register_is_told_by_check_with_the_letter_that_was_changed(printed_desk: Desk) -> None:
    with closing(sqlite3.connect(printed_desk.register)) as other:
        other.execute("DROP TRIGGER letters_keep_identity")
        other.execute("UPDATE letters SET signature = '别人' WHERE unit = '02' AND number = 2")
        other.commit()
    outcome = printed_desk.run("register", "check")
    assert outcome.code == 6 and "2022-02-0002" in outcome.err and "letters_keep_identity" in outcome.err
    assert printed_desk.run("register", "check", "--json").json["faults"]


def test_a_batch_folder_without_its_register_stops_numbering(desk: Desk, remembering: Path) -> None:
    desk.batch().mkdir(parents=True)
    assert_clear(desk.run("letters"), 6, "2022-001", "重号")
    assert desk.events() == []
    shutil.rmtree(desk.outputs)
    assert_unspent(desk, remembering)


def test_a_deleted_register_is_not_begun_anew_while_its_letters_lie_there(printed_desk: Desk) -> None:
    before = {path: path.read_bytes() for path in printed_desk.batch().rglob("*") if path.is_file()}
    shutil.rmtree(printed_desk.register.parent)
    assert_clear(printed_desk.run("letters"), 6, "重号")
    assert {path: path.read_bytes() for path in printed_desk.batch().rglob("*") if path.is_file()} == before


def test_a_file_where_the_register_folder_should_be_is_told(desk: Desk) -> None:
    (desk.root / "register").write_text("x")
    assert_clear(desk.run("letters"), 7)


# ---- the tables


def problems(desk: Desk, *arguments: str) -> list[dict[str, object]]:
    outcome = desk.run("letters", "--json", *arguments)
    assert outcome.code == 3, outcome
    assert desk.events() == [] and not desk.outputs.exists()
    assert desk.run("check", "--json").json["problems"] == outcome.json["problems"]
    found: list[dict[str, object]] = outcome.json["problems"]
    return found


def test_a_missing_target_table_is_told(desk: Desk) -> None:
    (desk.root / "inputs" / "任务分解表.xlsx").unlink()
    assert [(p["code"], p["file"]) for p in problems(desk)] == [("missing-table", "inputs")]


def test_empty_inputs_miss_both_tables(desk: Desk) -> None:
    for path in (desk.root / "inputs").iterdir():
        path.unlink()
    assert {p["code"] for p in problems(desk)} == {"missing-table"}


def test_two_target_tables_are_told_with_both_places(desk: Desk) -> None:
    desk.write_targets(name="任务分解表（新）.xlsx")
    found = problems(desk)
    assert [p["code"] for p in found] == ["duplicate-table"]
    assert "任务分解表.xlsx" in str(found[0]["value"]) and "任务分解表（新）.xlsx" in str(found[0]["value"])


@pytest.mark.parametrize(
    "targets, row, column, code",
    [
        ([("东村镇", 2), ("普明真", 3), ("县民政局", 4)], 5, "单位名称", "unknown-unit"),
        ([("东村镇", -2), ("普明镇", 3), ("县民政局", 4)], 4, "任务数/户", "bad-target"),
        ([("东村镇", 2), ("普明镇", 2.5), ("县民政局", 4)], 5, "任务数/户", "bad-target"),
        ([("东村镇", 2), ("普明镇", 3), ("县民政局", None)], 6, "任务数/户", "empty-cell"),
        ([("东村镇", 2), ("普明镇", 3), ("普明", 4)], 6, "单位名称", "duplicate-unit"),
    ],
)
def test_a_bad_line_is_told_with_file_sheet_row_and_column_and_nothing_is_numbered(
    desk: Desk, targets: Sequence[Sequence[object]], row: int, column: str, code: str
) -> None:
    desk.write_targets(targets)
    found = [p for p in problems(desk) if p["code"] != "wrong-total"]
    assert [(p["file"], p["sheet"], p["row"], p["column"], p["code"]) for p in found] == [
        ("任务分解表.xlsx", "Sheet1", row, column, code)
    ]


def test_a_wrong_total_is_told_with_both_sums(desk: Desk) -> None:
    desk.write_targets(total=2300)
    found = problems(desk)
    assert [(p["code"], p["row"], p["column"], p["value"]) for p in found] == [
        ("wrong-total", 7, "任务数/户", "2300")
    ]
    assert "2300" in str(found[0]["advice"]) and "9" in str(found[0]["advice"])


def test_all_problems_of_all_tables_are_told_at_once(desk: Desk) -> None:
    desk.write_roster([("x", "东村镇", "", "", ""), *ROSTER[1:]])
    desk.write_targets([("东村真", -1), ("普明镇", ""), ("县民政局", 1.5)], total=99)
    (desk.root / "inputs" / "照片.png").write_bytes(b"\x89PNG\r\n")
    os.utime(desk.root / "inputs" / "照片.png", (1, 1))
    codes = {str(p["code"]) for p in problems(desk)}
    assert codes >= {"unit-code", "empty-cell", "unit-group", "unknown-unit", "bad-target", "unknown-format"}


def test_the_screen_shows_place_column_value_and_advice(desk: Desk) -> None:
    desk.write_targets([("东村真", 2), ("普明镇", 3), ("县民政局", 4)])
    outcome = desk.run("letters")
    assert_clear(
        outcome, 3, "任务分解表.xlsx›Sheet1›第4行", "单位名称", "东村真", "是不是“东村", "一份也没有编号"
    )


def test_a_table_of_no_known_kind_is_told(desk: Desk) -> None:
    write_sheet(desk.root / "inputs" / "其他.xlsx", [("甲", "乙"), (1, 2)])
    assert [(p["code"], p["file"]) for p in problems(desk)] == [("unknown-table", "其他.xlsx")]


def test_a_unit_whose_name_would_lead_out_of_its_folder_is_printed_safely(desk: Desk) -> None:
    names = ["东/村镇", "..", "普&明<镇>", "县 {{民政}} 局"]
    desk.write_roster(
        [(f"{n:02d}", name, f"岚县{name}人民政府", "乡镇", "") for n, name in enumerate(names, 1)]
    )
    desk.write_targets([(name, 2) for name in names])
    outcome = desk.run("letters", "--json")
    assert outcome.code == 0, outcome
    files = sorted(path.name for path in (desk.batch() / "各单位").iterdir())
    assert files == ["01-东／村镇.pdf", "02-．．.pdf", "03-普&明＜镇＞.pdf", "04-县 {{民政}} 局.pdf"]
    assert_whole(desk, [f"2022-{unit:02d}-{number:04d}" for unit in range(1, 5) for number in (1, 2)])
    assert {path.name for path in desk.root.parent.iterdir()} <= {"工作", "office"}


def test_a_full_name_too_long_for_its_slot_is_told_with_the_number_of_characters_too_many(desk: Desk) -> None:
    desk.write_roster(
        [ROSTER[0], ("02", "普明镇", "岚县" + "普明镇" * 30 + "人民政府", "乡镇", ""), ROSTER[2]]
    )
    outcome = desk.run("letters", "--json")
    assert outcome.code == 3, outcome
    found = outcome.json["problems"]
    assert [(p["file"], p["row"], p["column"], p["code"]) for p in found] == [
        ("单位名录.xlsx", 4, "全称", "too-long")
    ]
    assert "有96个" in found[0]["advice"] and "请减少" in found[0]["advice"]
    assert desk.numbered() == []


def test_a_file_still_being_copied_is_a_problem_and_not_half_a_table(desk: Desk) -> None:
    path = desk.root / "inputs" / "任务分解表.xlsx"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    os.utime(path, (1, 1))
    assert [p["code"] for p in problems(desk)][:1] == ["broken-file"]


# ---- the templates


def letter_template(desk: Desk) -> Path:
    return desk.root / "templates" / "letter.docx"


@pytest.mark.parametrize("name", ["letter.docx", "receipt.docx"])
def test_a_missing_template_is_named(desk: Desk, remembering: Path, name: str) -> None:
    path = desk.root / "templates" / name
    path.rename(desk.root / "away.docx")
    assert_clear(desk.run("letters"), 4, name)
    (desk.root / "away.docx").rename(path)
    assert_unspent(desk, remembering)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.95])
def test_a_broken_template_is_named(desk: Desk, remembering: Path, share: float) -> None:
    path = letter_template(desk)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert_clear(desk.run("letters"), 4, "letter.docx", "备份")
    path.write_bytes(whole)
    assert_unspent(desk, remembering)


def test_a_misspelt_placeholder_is_named_with_the_right_one(desk: Desk, remembering: Path) -> None:
    whole = letter_template(desk).read_bytes()
    edit_file(letter_template(desk), "经营地址 }}", "经营地止 }}")
    assert_clear(desk.run("letters"), 4, "letter.docx", "{{经营地止}}", "{{经营地址}}")
    letter_template(desk).write_bytes(whole)
    assert_unspent(desk, remembering)


def test_a_missing_placeholder_is_named(desk: Desk) -> None:
    edit_file(letter_template(desk), "{{ 经营地址 }}", "")
    assert_clear(desk.run("letters"), 4, "缺{{经营地址}}")
    assert desk.events() == []


def test_a_template_of_two_pages_is_refused_before_numbering(desk: Desk) -> None:
    document = Document(str(letter_template(desk)))
    for _ in range(60):
        document.add_paragraph("多出来的一行")
    document.save(str(letter_template(desk)))
    assert_clear(desk.run("letters"), 4, "letter.docx", "页")
    assert desk.events() == []


def test_a_template_with_unpaired_braces_is_refused(desk: Desk) -> None:
    edit_file(letter_template(desk), "{{ 经营地址 }}", "{% 经营地址 }}")
    assert_clear(desk.run("letters"), 4, "letter.docx")
    assert desk.events() == []


# ---- wrong use


@pytest.mark.parametrize(
    "arguments",
    [
        ("--unit", "东村镇"),
        ("--count", "3"),
        ("--unit", "没有这个镇", "--count", "3"),
        ("--unit", "东村镇", "--count", "0"),
        ("--unit", "东村镇", "--count", "-1"),
        ("--date", "2022-13-01"),
        ("--date", "六月一日"),
        ("--rebuild", "2022"),
        ("--rebuild", "2022-001", "--dry-run"),
        ("--nonsense",),
    ],
)
def test_wrong_use_spends_nothing_and_ends_with_2(desk: Desk, arguments: Sequence[str]) -> None:
    outcome = desk.run("letters", *arguments)
    assert outcome.code == 2 and "Traceback" not in outcome.err and outcome.err, outcome
    assert desk.events() == [] and desk.numbered() == []


def test_a_folder_that_is_no_workspace_ends_with_2(tmp_path: Path) -> None:
    outcome = Desk(tmp_path).run("letters")
    assert_clear(outcome, 2, "不是工作目录")
    assert not list(tmp_path.iterdir())


def test_with_json_even_a_fault_is_exactly_one_object(desk: Desk, make_office: MakeOffice) -> None:
    desk.office = make_office("gives nothing")
    outcome = desk.run("letters", "--json")
    assert outcome.code == 5 and outcome.json["exit_code"] == 5 and "LibreOffice" in outcome.json["closing"]
