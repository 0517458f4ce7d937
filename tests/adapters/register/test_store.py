import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.registers.numbered import (
    DONG,
    IMPRINT,
    LETTER,
    MIN,
    NOW,
    ORDER,
    SERIALS,
    WHO,
    begun,
    faults,
    more,
    reserve,
    run_programs,
)
from support.registers.outside import MAKES, REFUSED, dump, set_version, tamper, tampering

from pipeline.adapters.register import VERSION, Register, Where, open_register
from pipeline.domain.letters.model import BatchId, Draft, Order
from pipeline.domain.letters.number import SerialFormat
from pipeline.errors import ExitCode, FileFault, RegisterFault


@pytest.fixture(params=MAKES)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """Where a register can be made, in turn by each make."""
    if request.param == "sqlite":
        return tmp_path / "register" / "register.db"
    server: Where = request.getfixturevalue("database")
    return server


@pytest.fixture
def register(where: Where) -> Iterator[Register]:
    with open_register(where, wait_s=0.2) as opened:
        yield opened


@pytest.fixture(params=MAKES)
def printed(request: pytest.FixtureRequest, register_after: Callable[..., Where]) -> Where:
    """A register with a printed batch of 01-0001…3 and 02-0001…2, and a reserved one of 01-0004…5."""
    return register_after(request.param, "begun", begun)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a register's file can be."""
    return tmp_path / "register" / "register.db"


@pytest.fixture
def file(register_after: Callable[..., Path]) -> Path:
    """The same register as ``printed``, in a file."""
    return register_after("sqlite", "begun", begun)


# ---- numbering


def test_numbers_run_per_unit_from_1_without_gaps_through_all_batches(register: Register) -> None:
    first, second = reserve(register), reserve(register, (DONG, 2), (MIN, 1))
    assert [letter.serial.key for letter in first.letters] == [
        "2022-01-0001", "2022-01-0002", "2022-01-0003", "2022-02-0001", "2022-02-0002",
    ]  # fmt: skip
    assert [letter.serial.key for letter in second.letters] == [
        "2022-01-0004",
        "2022-01-0005",
        "2022-02-0003",
    ]
    assert (str(first.id), str(second.id)) == ("2022-001", "2022-002")
    assert register.faults() == []


def test_each_year_numbers_from_1(register: Register) -> None:
    reserve(register)
    serials = SerialFormat(2023, "{year}{unit}{number}")
    other = register.reserve(more((DONG, 1)), serials, IMPRINT, ORDER, NOW)
    assert other is not None and str(other.id) == "2023-001"
    assert [letter.serial.key for letter in other.letters] == ["2023-01-0001"]


def test_a_batch_reads_back_as_it_was_numbered(register: Register) -> None:
    drafts = [Draft(DONG, WHO, date(2022, 6, 1)), Draft(DONG)]
    order = Order("letters --date 2022-06-01 --engine form", "form", "某个原因")
    batch = register.reserve(lambda _: drafts, SERIALS, IMPRINT, order, NOW)
    assert batch is not None and batch == register.batch(batch.id)
    filled, blank = batch.letters
    assert (filled.applicant, filled.day, filled.signature) == (WHO, date(2022, 6, 1), "岚县东村镇人民政府")
    assert (blank.applicant, blank.day, blank.printed, blank.state) == (None, None, "岚01-0002", "reserved")
    assert (batch.imprint, batch.order, batch.reserved_at) == (IMPRINT, order, NOW)


def test_when_nothing_is_missing_no_batch_is_made(register: Register) -> None:
    assert register.reserve(lambda _: [], SERIALS, IMPRINT, ORDER, NOW) is None
    assert register.next_batch(2022) == BatchId(2022, 1) and register.unfinished(2022) is None


def test_a_preview_foresees_the_numbers_and_spends_none(register: Register) -> None:
    foreseen = register.preview(more((DONG, 2)), SERIALS)
    assert register.holdings(2022) == ()
    assert foreseen == reserve(register, (DONG, 2)).letters


def test_the_planner_is_told_what_is_issued(register: Register) -> None:
    register.reserve(lambda _: [Draft(DONG, WHO), Draft(DONG)], SERIALS, IMPRINT, ORDER, NOW)
    told: list[Any] = []
    register.preview(lambda issued: told.append(issued) or [], SERIALS)
    assert dict(told[0].live) == {"01": 2} and set(told[0].applicants) == {(WHO.id_no, WHO.business)}


def test_a_planner_that_fails_leaves_no_trace(register: Register) -> None:
    with pytest.raises(ZeroDivisionError):
        register.reserve(lambda _: 1 // 0, SERIALS, IMPRINT, ORDER, NOW)  # type: ignore[arg-type, return-value]
    assert register.next_batch(2022) == BatchId(2022, 1)
    assert reserve(register).letters[0].serial.number == 1


def test_a_serial_format_that_gives_two_letters_one_number_is_refused(register: Register) -> None:
    with pytest.raises(RegisterFault):
        register.reserve(more((DONG, 2)), SerialFormat(2022, "always the same"), IMPRINT, ORDER, NOW)
    assert register.holdings(2022) == () and register.faults() == []


# ---- release and confirm


def test_released_numbers_are_given_again_to_the_same_letters(register: Register) -> None:
    first = reserve(register)
    register.release(first.id, NOW, "disk full")
    assert register.holdings(2022) == () and register.unfinished(2022) is None and register.faults() == []
    again = reserve(register)
    assert again.letters == first.letters and again.id == first.id


def test_the_events_say_what_was_released_and_why(register: Register, where: Where) -> None:
    register.release(reserve(register).id, NOW, "磁盘已满")
    with tampering(where) as connection:
        told = connection.execute("SELECT what, unit, first, last, why FROM events ORDER BY id").fetchall()
    assert told == [
        ("reserved", "01", 1, 3, "letters"),
        ("reserved", "02", 1, 2, "letters"),
        ("released", "01", 1, 3, "磁盘已满"),
        ("released", "02", 1, 2, "磁盘已满"),
    ]


def test_a_batch_is_unfinished_until_it_is_confirmed(register: Register) -> None:
    batch = reserve(register)
    assert register.unfinished(2022) == batch and register.published_with(batch.id) is None
    register.use_templates(batch.id, b"letter", b"receipt")
    register.confirm(batch.id, NOW, "digest")
    assert register.unfinished(2022) is None and register.published(2022) == (batch.id,)
    assert register.published_with(batch.id) == (b"letter", b"receipt", "digest")
    assert {letter.state for letter in register.batch(batch.id).letters} == {"printed"}
    assert register.faults() == []


def test_a_template_used_twice_is_kept_once(register: Register, where: Where) -> None:
    for _ in range(2):
        batch = reserve(register, (DONG, 1))
        register.use_templates(batch.id, b"same", b"same")
        register.confirm(batch.id, NOW, "digest")
    with tampering(where) as connection:
        assert connection.execute("SELECT count(*) FROM templates").fetchone() == (1,)


def test_a_published_batch_cannot_be_released(printed: Where) -> None:
    with open_register(printed) as opened:
        with pytest.raises(RegisterFault):
            opened.release(BatchId(2022, 1), NOW, "slip")
        assert len(opened.batch(BatchId(2022, 1)).letters) == 5 and opened.faults() == []


def test_a_rebuild_is_recorded_and_changes_nothing_else(printed: Where) -> None:
    with open_register(printed) as opened:
        before = opened.holdings(2022)
        opened.record_rebuild(BatchId(2022, 1), NOW, "digest")
        assert opened.holdings(2022) == before and opened.faults() == []


def test_an_unknown_batch_is_refused_by_name(register: Register) -> None:
    with pytest.raises(RegisterFault, match="2022-007"):
        register.batch(BatchId(2022, 7))


def test_holdings_tell_live_letters_ranges_and_batches(printed: Where) -> None:
    with open_register(printed) as opened:
        dong, min_ = opened.holdings(2022)
    assert (dong.unit_code, dong.unit_name, dong.live, list(map(str, dong.batches))) == (
        "01",
        "东村镇",
        5,
        ["2022-001", "2022-002"],
    )
    assert [(run.first.serial.number, run.last.serial.number) for run in dong.ranges] == [(1, 5)]
    assert (min_.live, list(map(str, min_.batches))) == (2, ["2022-001"])


def test_a_renamed_unit_goes_by_its_latest_name(register: Register) -> None:
    reserve(register, (DONG, 1))
    reserve(register, (replace(DONG, name="东村街道"), 1))
    assert register.holdings(2022)[0].unit_name == "东村街道"
    assert register.batch(BatchId(2022, 1)).letters[0].unit_name == "东村镇"


# ---- the guards


OTHER_PRINTED = LETTER.replace("printed", "'另一个'")
OTHER_NUMBER = LETTER.replace("number", "99")


COMMON = [
    "UPDATE events SET why = 'forged' WHERE id = 1",
    "DELETE FROM events WHERE id = 1",
    "DELETE FROM events",
    "DELETE FROM events WHERE id = (SELECT max(id) FROM events)",
    "INSERT INTO events SELECT 0, at, what, year, unit, first, last, batch, day, who, why, content, previous, hash, operator FROM events WHERE id = 1",
    "DELETE FROM letters WHERE unit = '01' AND number = 1",
    "DELETE FROM letters",
    "UPDATE letters SET number = 99 WHERE unit = '01' AND number = 1",
    "UPDATE letters SET unit = '02' WHERE unit = '01' AND number = 3",
    "UPDATE letters SET signature = '别人' WHERE number = 1",
    "UPDATE letters SET batch = 2 WHERE batch = 1",
    "UPDATE letters SET content = 'x', person = 'y', salt = 'z' WHERE number = 1",
    "UPDATE letters SET state = 'reserved' WHERE state = 'printed'",
    "UPDATE letters SET state = 'sold' WHERE number = 1",
    "UPDATE letters SET replaces = 2 WHERE unit = '01' AND number = 3",
    "DELETE FROM batches WHERE number = 1",
    "UPDATE batches SET number = 9 WHERE number = 1",
    "UPDATE batches SET manifest = 'forged' WHERE number = 1",
    "UPDATE batches SET published_at = NULL WHERE number = 1",
    "UPDATE batches SET county = '别县' WHERE number = 1",
    "UPDATE templates SET docx = substr(docx, 2)",
    "DELETE FROM templates",
]
"""What no make lets pass."""


@pytest.mark.parametrize("statement", COMMON)
def test_no_statement_of_another_tool_changes_what_was_numbered(printed: Where, statement: str) -> None:
    before = dump(printed)
    with tampering(printed) as connection, pytest.raises(REFUSED):
        connection.execute(statement)
    assert dump(printed) == before and faults(printed) == []


@pytest.mark.parametrize("recursive", [False, True])
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO events SELECT id, at, 'forged', year, unit, first, last, batch, day, who, why, content, previous, hash, operator FROM events WHERE id = 1",
        "REPLACE INTO events SELECT * FROM events WHERE id = 2",
        "INSERT OR IGNORE INTO events SELECT 0, at, what, year, unit, first, last, batch, day, who, why, content, previous, hash, operator FROM events WHERE id = 1",
        "UPDATE OR REPLACE events SET id = 1 WHERE id = 2",
        f"INSERT OR REPLACE INTO letters SELECT {LETTER} FROM letters WHERE unit = '01' AND number = 1",
        f"REPLACE INTO letters SELECT {OTHER_NUMBER} FROM letters WHERE unit = '01' AND number = 1",
        f"INSERT OR IGNORE INTO letters SELECT {OTHER_PRINTED} FROM letters WHERE unit = '01' AND number = 1",
        "UPDATE OR REPLACE letters SET number = 1 WHERE unit = '01' AND number = 2",
        "UPDATE OR REPLACE letters SET printed = '岚01-0001' WHERE unit = '01' AND number = 2",
        "REPLACE INTO batches SELECT * FROM batches WHERE number = 1",
        "UPDATE OR REPLACE batches SET number = 1 WHERE number = 2",
        "REPLACE INTO templates SELECT sha256, x'00' FROM templates",
    ],
)
def test_no_replacing_in_sqlite_changes_what_was_numbered(
    file: Path, statement: str, recursive: bool
) -> None:
    before = dump(file)
    with tampering(file, recursive=recursive) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    assert dump(file) == before and faults(file) == []


# ---- what an audit finds when somebody takes the guards away


@pytest.mark.parametrize(
    "trigger",
    [
        "events_no_update",
        "events_no_delete",
        "events_no_replace",
        "letters_no_delete",
        "letters_no_replace",
        "letters_keep_identity",
    ],
)
def test_a_missing_guard_is_named(printed: Where, trigger: str) -> None:
    with tampering(printed) as connection:
        on = "" if isinstance(printed, Path) else f" ON {trigger.partition('_')[0]}"
        connection.execute(f"DROP TRIGGER {trigger}{on}")
    found = faults(printed)
    assert len(found) == 1 and trigger in found[0]


def test_a_weakened_guard_or_index_is_named(file: Path) -> None:
    with tampering(file) as connection:
        connection.execute("DROP TRIGGER events_no_update")
        connection.execute("CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT 1; END")
        connection.execute("DROP INDEX letters_printed")
    text = "".join(faults(file))
    assert "events_no_update" in text and "letters_printed" in text


@pytest.mark.parametrize(
    "statement, named",
    [
        ("UPDATE letters SET signature = '别人' WHERE unit = '01' AND number = 2", "2022-01-0002"),
        ("UPDATE letters SET name = '李某' WHERE unit = '02' AND number = 1", "2022-02-0001"),
        ("UPDATE letters SET replaces = 2 WHERE unit = '01' AND number = 3", "2022-01-0003"),
        ("UPDATE letters SET day = '2022-01-01' WHERE unit = '01' AND number = 3", "2022-01-0003"),
        ("UPDATE letters SET printed = '岚09-0009' WHERE unit = '01' AND number = 1", "2022-01-0001"),
        ("DELETE FROM letters WHERE unit = '01' AND number = 2", "2022-01"),
        ("DELETE FROM letters WHERE unit = '02' AND number = 2", "2022-02-0002"),
        ("UPDATE letters SET number = 9 WHERE unit = '01' AND number = 1", "2022-01"),
        ("UPDATE letters SET state = 'reserved' WHERE unit = '01' AND number = 1", "2022-01-0001"),
        ("UPDATE letters SET state = 'printed' WHERE unit = '01' AND number = 4", "2022-01-0004"),
        ("UPDATE events SET why = 'forged' WHERE id = 2", "第2条"),
        ("UPDATE events SET at = '2021-01-01' WHERE id = 1", "第1条"),
        ("DELETE FROM events WHERE id = 1", "第1条"),
        ("DELETE FROM events WHERE id = 3", "第3条"),
        ("DELETE FROM events WHERE id = (SELECT max(id) FROM events)", "2022-01-0004"),
        ("DELETE FROM events", "2022-01-0001"),
        ("UPDATE batches SET manifest = 'forged' WHERE number = 1", "2022-001"),
        ("UPDATE batches SET request = 'forged' WHERE number = 1", "2022-001"),
        ("UPDATE templates SET docx = substr(docx, 2)", "模板"),
    ],
)
def test_a_forgery_is_found_and_named(printed: Where, statement: str, named: str) -> None:
    tamper(printed, statement)
    found = faults(printed)
    assert found and any(named in fault for fault in found), found


def test_a_register_that_was_changed_back_is_sound(printed: Where) -> None:
    tamper(
        printed,
        "UPDATE letters SET signature = signature || '别人'",
        "UPDATE letters SET signature = replace(signature, '别人', '')",
    )
    assert faults(printed) == []


def test_a_forged_letter_that_fits_itself_is_still_found_by_what_was_sealed(printed: Where) -> None:
    from pipeline.adapters.register.seals import LETTER_COLUMNS, sealed

    with tampering(printed) as connection:
        *columns, salt = connection.execute(
            f"SELECT {LETTER_COLUMNS}, salt FROM letters WHERE unit = '01' AND number = 2"
        ).fetchone()
    columns[6] = "别人"
    forged = sealed(tuple(columns), salt)[-1]
    tamper(
        printed,
        f"UPDATE letters SET signature = '别人', content = '{forged}' WHERE unit = '01' AND number = 2",
    )
    assert any("2022-01-0001" in fault and "内容" in fault for fault in faults(printed))


def test_the_person_of_a_letter_is_bound_by_a_salted_digest_only(register: Register, where: Where) -> None:
    register.reserve(lambda _: [Draft(DONG, WHO), Draft(DONG, WHO)], SERIALS, IMPRINT, ORDER, NOW)
    with tampering(where) as connection:
        people = connection.execute("SELECT person FROM letters").fetchall()
    assert len(set(people)) == 2


# ---- a register that cannot be used


def test_a_new_register_is_readable_by_its_owner_only(path: Path) -> None:
    old = os.umask(0)
    try:
        with open_register(path) as opened:
            reserve(opened)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {
        stat.S_IMODE(file.stat().st_mode) & 0o177 for file in path.parent.iterdir() if file.name == path.name
    } == {0}


def begin(where: Where, kind: str) -> str:
    """The statement by which another tool takes the register for itself."""
    if isinstance(where, Path):
        return f"BEGIN {kind}"
    mode = {"EXCLUSIVE": "ACCESS EXCLUSIVE", "IMMEDIATE": "ROW EXCLUSIVE"}[kind]
    return f"BEGIN; LOCK TABLE batches, letters, events IN {mode} MODE"


def test_a_locked_register_is_refused_after_a_while_and_unhurt(printed: Where) -> None:
    with tampering(printed) as connection:
        connection.execute(begin(printed, "EXCLUSIVE"))
        with (
            pytest.raises(RegisterFault, match="占用") as found,
            open_register(printed, wait_s=0.1) as opened,
        ):
            opened.head()
        connection.execute("ROLLBACK")
    assert found.value.exit_code == ExitCode.REGISTER and faults(printed) == []


def test_a_register_that_another_is_writing_can_be_read_but_not_numbered(printed: Where) -> None:
    with tampering(printed) as connection, open_register(printed, wait_s=0.1) as opened:
        connection.execute(begin(printed, "IMMEDIATE"))
        with pytest.raises(RegisterFault, match="占用"):
            reserve(opened)
        assert opened.faults() == []


@pytest.mark.parametrize(
    "content", [b"not a database at all, but a text" * 50, b"SQLite format 3\0" + b"\xff" * 4000]
)
def test_a_file_that_is_no_database_is_refused_and_kept(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(RegisterFault, match="备份"), open_register(path):
        pass
    assert path.read_bytes() == content


def test_a_register_of_zero_bytes_is_refused_since_numbers_would_be_given_twice(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with pytest.raises(RegisterFault, match="备份"), open_register(path):
        pass
    assert path.read_bytes() == b""


def test_a_truncated_register_is_refused(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(RegisterFault, match=r"损坏|备份"), open_register(file) as opened:
        opened.batch(BatchId(2022, 1))


def test_a_damaged_page_is_refused(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:8192] = b"\xa5" * 4096
    file.write_bytes(data)
    with pytest.raises(RegisterFault, match=r"损坏|备份"), open_register(file) as opened:
        opened.batch(BatchId(2022, 1))


@pytest.mark.parametrize("version", [0, 1, 7])
def test_a_database_of_another_program_is_refused_and_kept(path: Path, version: int) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE songs (title)")
        other.execute(f"PRAGMA user_version = {version}")
        other.commit()
    before = path.read_bytes()
    with pytest.raises(RegisterFault, match="不是介绍信台账"), open_register(path):
        pass
    assert path.read_bytes() == before


def test_a_register_of_a_newer_version_is_refused(printed: Where) -> None:
    set_version(printed, VERSION + 1)
    with pytest.raises(RegisterFault, match="新版"), open_register(printed):
        pass


def test_a_file_where_the_register_folder_should_be_is_a_fault_of_files(path: Path) -> None:
    path.parent.write_text("x")
    with pytest.raises(FileFault) as found, open_register(path):
        pass
    assert found.value.exit_code == ExitCode.FILES


def test_a_folder_where_the_register_should_be_is_a_fault_of_files(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(FileFault), open_register(path):
        pass


def test_a_disk_that_refuses_to_grow_is_a_fault_of_files_and_loses_nothing(file: Path) -> None:
    before = dump(file)
    program = """
import resource
from pipeline.errors import FileFault
with open_register(where) as opened:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
    try:
        reserve(opened, (DONG, 500))
    except FileFault:
        sys.exit(7)"""
    assert run_programs(program, file) == [7]
    assert dump(file) == before and faults(file) == []


# ---- several at once


def test_eight_processes_numbering_at_once_give_no_number_twice_and_leave_no_gap(where: Where) -> None:
    program = """
for _ in range(5):
    with open_register(where) as opened:
        reserve(opened, (DONG, 3), (MIN, 2))"""
    assert run_programs(program, where, count=8) == [0] * 8
    with open_register(where) as opened:
        held = {
            holding.unit_code: [(run.first.serial.number, run.last.serial.number) for run in holding.ranges]
            for holding in opened.holdings(2022)
        }
        assert held == {"01": [(1, 120)], "02": [(1, 80)]}
        assert opened.next_batch(2022) == BatchId(2022, 41) and opened.faults() == []


def test_only_one_holds_the_right_to_number_and_the_other_is_told_to_wait(where: Where) -> None:
    told: list[str] = []
    with open_register(where) as one, open_register(where) as two:
        with one.exclusive(1, lambda: told.append("one")):
            with (
                pytest.raises(RegisterFault, match="另一次编号"),
                two.exclusive(0.3, lambda: told.append("two")),
            ):
                pass
            assert told == ["two"]
        with two.exclusive(0, lambda: told.append("three")):
            pass
    assert told == ["two"]


def test_the_right_to_number_dies_with_its_holder(where: Where, register: Register) -> None:
    program = """
with open_register(where) as opened, opened.exclusive(5, print):
    os.kill(os.getpid(), 9)"""
    assert run_programs(program, where) == [-9]
    with register.exclusive(1, lambda: None):
        pass


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_process_killed_while_numbering_leaves_all_of_the_batch_or_nothing(where: Where, when: str) -> None:
    program = """
real = Register._record
def record(*arguments):
    if sys.argv[2] == "after":
        real(*arguments)
    os.kill(os.getpid(), 9)
Register._record = record
with open_register(where) as opened:
    reserve(opened)"""
    assert run_programs(program, where, when) == [-9]
    with open_register(where) as opened:
        assert opened.holdings(2022) == () and opened.faults() == []
        assert reserve(opened).letters[0].serial.number == 1


def test_a_copy_of_the_file_is_a_whole_register(file: Path, tmp_path: Path) -> None:
    shutil.copy(file, tmp_path / "copy.db")
    assert faults(tmp_path / "copy.db") == []
