"""The register copied while in use and put back: a copy is whole and sound or not there at all."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.clerk import void
from support.desk import KEYS, Desk
from support.programs import KILLER
from support.seen import assert_sound, assert_whole, states

from pipeline.adapters.register import open_register, put_back


def copies(desk: Desk) -> list[Path]:
    return sorted((desk.root / "register" / "backups").glob("*"))


def asides(desk: Desk) -> list[Path]:
    return sorted(desk.register.parent.glob("*.old"))


def back_up(desk: Desk, *options: str) -> Path:
    outcome = desk.run("register", "backup", *options, "--json")
    assert outcome.code == 0, outcome
    return Path(outcome.json["file"])


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


# ---- backup


def test_a_backup_is_the_register_as_it_is(printed_desk: Desk) -> None:
    path = back_up(printed_desk)
    assert copies(printed_desk) == [path] and path.stat().st_mode & 0o177 == 0
    assert dump(path) == dump(printed_desk.register)
    with open_register(path) as register:
        assert register.faults() == []
    assert_whole(printed_desk)


def test_two_in_the_same_second_are_both_kept(printed_desk: Desk, tmp_path: Path) -> None:
    at = datetime(2022, 6, 1, 12, 0, 59, tzinfo=UTC)
    with open_register(printed_desk.register) as register:
        made = [register.back_up(tmp_path, at) for _ in range(2)]
    assert [path.name for path in made] == ["2022-06-01-120059.db", "2022-06-01-120100.db"]
    assert dump(made[0]) == dump(made[1]) == dump(printed_desk.register)
    kept = [put_back(made[0], printed_desk.register, at, force=False) for _ in range(2)]
    assert len(set(kept)) == 2 and asides(printed_desk) == sorted(Path(path or "") for path in kept)


def test_a_backup_elsewhere_takes_the_secret_along(printed_desk: Desk, tmp_path: Path) -> None:
    path = back_up(printed_desk, "--to", str(tmp_path / "U盘"))
    secret = printed_desk.register.with_name("verify.key").read_bytes()
    assert (path.parent / "verify.key").read_bytes() == secret and copies(printed_desk) == []


def test_before_each_batch_but_the_first_a_copy_is_made_and_the_last_ten_are_kept(printed_desk: Desk) -> None:
    assert copies(printed_desk) == []
    before = dump(printed_desk.register)
    assert printed_desk.run("letters", "--unit", "东村镇", "--count", "1").code == 0
    [path] = copies(printed_desk)
    assert dump(path) == before
    for second in range(12):
        shutil.copy(path, path.with_name(f"2021-01-01-0000{second:02d}.db"))
    path.with_name("2021-01-01-000000.db.new").touch()
    assert printed_desk.run("register", "replace", "01-0001", "--reason", "填错").code == 0
    kept = [entry.name for entry in copies(printed_desk)]
    assert len(kept) == 10 and path.name in kept and "2021-01-01-000003.db" not in kept
    assert printed_desk.run("letters").code == 0 and len(copies(printed_desk)) == 10


def test_a_register_that_is_not_sound_is_not_backed_up(printed_desk: Desk) -> None:
    with closing(sqlite3.connect(printed_desk.register, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER events_no_update")
    outcome = printed_desk.run("register", "backup")
    assert outcome.code == 6 and "events_no_update" in outcome.err and copies(printed_desk) == []


def test_no_room_for_a_backup_is_told_and_nothing_is_numbered(printed_desk: Desk) -> None:
    (printed_desk.root / "register" / "backups").write_text("a file where the folder should be")
    outcome = printed_desk.run("letters", "--unit", "东村镇", "--count", "1")
    assert outcome.code == 7 and len(printed_desk.numbered()) == 9
    (printed_desk.root / "register" / "backups").unlink()
    assert_whole(printed_desk)


@pytest.mark.parametrize("where", ["register/backups", "U盘"])
def test_a_backup_that_was_killed_leaves_nothing_that_looks_like_one(printed_desk: Desk, where: str) -> None:
    folder = printed_desk.root / where
    to = ("--to", str(folder)) if where == "U盘" else ()
    killed = printed_desk.run("before", "backup synced", "register", "backup", *to, program=KILLER)
    assert killed.code == -signal.SIGKILL
    [left] = folder.glob("*.new")
    left.rename(left.with_name("2022-01-01-000000.db.new"))
    path = back_up(printed_desk, *to)
    assert path.parent == folder and [each.suffix for each in folder.iterdir()].count(".db") == 1
    assert not list(folder.glob("*.new"))


# ---- restore


@pytest.mark.parametrize("damage", ["missing", "empty", "damaged", "foreign"])
def test_a_lost_or_damaged_register_is_restored_and_kept_aside(printed_desk: Desk, damage: str) -> None:
    backup, path = back_up(printed_desk), printed_desk.register
    if damage == "missing":
        path.unlink()
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "damaged":
        data = bytearray(path.read_bytes())
        data[4096:12288] = b"\xa5" * 8192
        path.write_bytes(data)
    else:
        path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    outcome = printed_desk.run("register", "restore", str(backup), "--json")
    assert outcome.code == 0, outcome
    assert len(asides(printed_desk)) == (damage != "missing")
    assert_whole(printed_desk)
    assert printed_desk.run("letters", "--json").json["letters"] == 0


def test_a_backup_that_knows_less_than_the_register_is_not_put_back_without_force(printed_desk: Desk) -> None:
    backup = back_up(printed_desk)
    void(printed_desk, "01-0001")
    outcome = printed_desk.run("register", "restore", str(backup))
    assert outcome.code == 6 and "多1条登记" in outcome.err
    assert states(printed_desk) == {"01-0001": "void"} and asides(printed_desk) == []
    assert printed_desk.run("register", "restore", str(backup), "--force").code == 0
    assert states(printed_desk) == {}
    [aside] = asides(printed_desk)
    with open_register(aside) as register:
        assert sum(letter.state == "void" for letter in register.letters(2022)) == 1
    assert_sound(printed_desk, len(KEYS))


def test_after_an_old_backup_was_put_back_by_force_the_folders_stop_double_numbers(
    printed_desk: Desk,
) -> None:
    backup = back_up(printed_desk)
    assert printed_desk.run("letters", "--unit", "东村镇", "--count", "1").code == 0
    assert printed_desk.run("register", "restore", str(backup), "--force").code == 0
    outcome = printed_desk.run("letters", "--unit", "东村镇", "--count", "1")
    assert outcome.code == 6 and "重号" in outcome.err


@pytest.mark.parametrize("content", [b"", b"not a register", b"SQLite format 3\0" + b"\xff" * 4000])
def test_what_is_no_sound_copy_is_not_put_back(printed_desk: Desk, tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "坏.db"
    bad.write_bytes(content)
    before = printed_desk.register.read_bytes()
    assert printed_desk.run("register", "restore", str(bad), "--force").code == 6
    assert printed_desk.register.read_bytes() == before and bad.read_bytes() == content
    assert printed_desk.run("register", "restore", str(tmp_path / "没有.db")).code == 7
    assert_whole(printed_desk)


def test_a_tampered_copy_is_not_put_back(printed_desk: Desk) -> None:
    backup = back_up(printed_desk)
    with closing(sqlite3.connect(backup, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER letters_keep_identity")
        connection.execute("UPDATE letters SET signature = '别人' WHERE number = 1")
    outcome = printed_desk.run("register", "restore", str(backup), "--force")
    assert outcome.code == 6 and "letters_keep_identity" in outcome.err
    assert_whole(printed_desk)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_restore_that_was_killed_can_be_run_again(printed_desk: Desk, when: str) -> None:
    backup = back_up(printed_desk)
    void(printed_desk, "01-0001")
    command = ("register", "restore", str(backup), "--force")
    stage = "register put aside"
    assert printed_desk.run(when, stage, *command, program=KILLER).code == -signal.SIGKILL
    assert states(printed_desk) == {"01-0001": "void"}
    assert_sound(printed_desk, 8)
    assert printed_desk.run(*command).code == 0
    assert states(printed_desk) == {}
    assert_sound(printed_desk, 9)


def test_what_a_killed_restore_left_goes_with_the_next_command_that_may_number(printed_desk: Desk) -> None:
    backup = back_up(printed_desk)
    stage = "copy weighed"
    killed = printed_desk.run("before", stage, "register", "restore", str(backup), program=KILLER)
    assert killed.code == -signal.SIGKILL
    assert list(printed_desk.register.parent.glob("*.restored"))
    assert printed_desk.run("letters").code == 0
    assert not list(printed_desk.register.parent.glob("*.restored*"))
    assert_whole(printed_desk)


def test_the_journal_of_a_dead_register_is_not_played_into_the_copy(printed_desk: Desk) -> None:
    """A kill in the middle of a transaction leaves a journal beside the register."""
    backup = back_up(printed_desk)
    journal = printed_desk.register.with_name("register.db-journal")
    program = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 1")
db.execute("PRAGMA cache_spill = 1")
db.execute("BEGIN IMMEDIATE")
db.execute("CREATE TABLE junk (x)")
db.executemany("INSERT INTO junk VALUES (?)", [("x" * 4000,) for _ in range(200)])
os.kill(os.getpid(), 9)"""
    subprocess.run([sys.executable, "-c", program, str(printed_desk.register)], check=False)
    assert journal.stat().st_size > 0
    printed_desk.register.write_bytes(b"destroyed")
    assert printed_desk.run("register", "restore", str(backup)).code == 0
    assert dump(printed_desk.register) == dump(backup)
    assert_sound(printed_desk, 9)
