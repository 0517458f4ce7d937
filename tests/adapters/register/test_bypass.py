"""Every way around the guards of a register in a file: it is refused, or ``check`` names it.

Whoever can write the file can change it; what is promised is that nobody does so unseen. A few ways leave the rows as
they are, and then there is nothing to name.
"""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from support.registers.numbered import DONG, IMPRINT, LETTER, NOW, ORDER, SERIALS, WHO, faults, more
from support.registers.outside import dump, tamper

from pipeline.adapters.register import Where, open_register
from pipeline.domain.letters.lifecycle import Note
from pipeline.domain.letters.model import Draft, Serial
from pipeline.errors import Stop

FLIPS = 400


@pytest.fixture
def path(register_after: Callable[..., Path]) -> Path:
    """01-0001 (filled, used), 01-0002 and 01-0003 are printed, 01-0004 is reserved."""
    return register_after("sqlite", "used-register", use_one)


def use_one(where: Where) -> None:
    with open_register(where) as register:
        drafts = [Draft(DONG, WHO), Draft(DONG), Draft(DONG)]
        batch = register.reserve(lambda _: drafts, SERIALS, IMPRINT, ORDER, NOW)
        assert batch is not None
        register.use_templates(batch.id, b"letter", b"receipt")
        register.confirm(batch.id, NOW, "digest")
        register.move("used", {Serial(2022, "01", 1): Note(date(2022, 6, 2), "", "92")}, NOW)
        register.reserve(more((DONG, 1)), SERIALS, IMPRINT, ORDER, NOW)


def attack(path: Path, script: str) -> bool:
    """Run it in another tool, with no care for anything; whether the database let it happen."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        try:
            for statement in script.split(";;"):
                connection.execute(statement)
        except sqlite3.Error:
            return False
    return True


def named(path: Path) -> list[str]:
    """What ``check`` says; a register that does not even open says why."""
    try:
        return faults(path)
    except Stop as fault:
        return [str(fault)]


EVENT = "at, what, year, unit, first, last, batch, day, who, why, content, previous, hash, operator"
COPY = f"SELECT 1, {EVENT} FROM events WHERE id = 2"
REFUSED = [
    f"INSERT INTO events {COPY} ON CONFLICT (id) DO UPDATE SET why = 'forged'",
    f"INSERT INTO events {COPY} ON CONFLICT (id) DO NOTHING",
    f"INSERT OR ROLLBACK INTO events {COPY}",
    f"INSERT OR FAIL INTO events {COPY}",
    "UPDATE OR IGNORE events SET why = 'forged'",
    "UPDATE OR ROLLBACK events SET why = 'forged' WHERE id = 1",
    "UPDATE events SET why = other.why FROM events AS other WHERE other.id = 2",
    "UPDATE events SET rowid = 9 WHERE rowid = 1",
    "WITH doomed AS (SELECT 1 AS id) DELETE FROM events WHERE id IN (SELECT id FROM doomed)",
    (f"INSERT INTO letters SELECT {LETTER} FROM letters WHERE number = 1"
     " ON CONFLICT DO UPDATE SET signature = '别人'"),
    (f"INSERT INTO letters SELECT {LETTER} FROM letters WHERE number = 1"
     " ON CONFLICT (printed) DO UPDATE SET state = 'printed'"),
    "UPDATE OR IGNORE letters SET number = 9 WHERE number = 2",
    "UPDATE letters SET name = '别人' WHERE number = 1",
    "UPDATE letters SET (name, id_no) = (SELECT '别人', '1') WHERE number = 1",
    "UPDATE letters SET state = 'printed' WHERE number = 1",
    "PRAGMA recursive_triggers = OFF;; REPLACE INTO events SELECT * FROM events WHERE id = 1",
    f"PRAGMA recursive_triggers = OFF;; REPLACE INTO letters SELECT {LETTER} FROM letters WHERE number = 1",
    "PRAGMA foreign_keys = OFF;; DELETE FROM batches WHERE number = 1",
    "PRAGMA ignore_check_constraints = ON;; UPDATE events SET last = 0",
    "PRAGMA defer_foreign_keys = ON;; DELETE FROM templates",
    "ATTACH ':memory:' AS other;; DELETE FROM main.events",
    "PRAGMA writable_schema = ON;; DELETE FROM events",
    "PRAGMA legacy_alter_table = ON;; UPDATE events SET at = ''",
    "CREATE TEMP TABLE events (id);; DELETE FROM main.events",
    ("CREATE TEMP VIEW mine AS SELECT * FROM main.events;; CREATE TEMP TRIGGER away INSTEAD OF DELETE ON mine"
     " BEGIN DELETE FROM events; END;; DELETE FROM mine"),
]  # fmt: skip
SEEN = [
    "DROP TRIGGER events_no_delete",
    "DROP TRIGGER events_no_delete;; DELETE FROM events WHERE id = (SELECT max(id) FROM events)",
    "DROP TRIGGER letters_keep_person;; UPDATE letters SET name = '别人' WHERE number = 1",
    "DROP TABLE events",
    "DROP INDEX letters_replaces",
    "ALTER TABLE events RENAME TO old",
    "ALTER TABLE events RENAME COLUMN why TO reason",
    "ALTER TABLE events ADD COLUMN more TEXT",
    "ALTER TABLE batches DROP COLUMN request",
    "CREATE TABLE more (x)",
    "CREATE VIEW more AS SELECT * FROM events",
    "CREATE TRIGGER more AFTER INSERT ON events BEGIN UPDATE letters SET state = 'void'; END",
    "PRAGMA writable_schema = ON;; DELETE FROM sqlite_master WHERE type = 'trigger'",
    "PRAGMA writable_schema = ON;; UPDATE sqlite_master SET sql = replace(sql, 'ABORT', 'IGNORE') WHERE type = 'trigger'",
    "PRAGMA writable_schema = ON;; UPDATE sqlite_master SET tbl_name = 'templates' WHERE name = 'events_no_delete'",
    ("PRAGMA writable_schema = ON;; UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE"
     " name = 'batches') WHERE name = 'letters'"),
    "PRAGMA writable_schema = ON;; DELETE FROM sqlite_master WHERE name = 'events'",
    f"INSERT INTO events SELECT max(id) + 1, {EVENT} FROM events",
    f"INSERT INTO events SELECT 99, {EVENT} FROM events WHERE id = 1",
    ("INSERT INTO letters SELECT year, unit, 5, batch, 'x', unit_name, signature, day, replaces, name, id_no, phone, business,"
     " scope, address, salt, person, content, 'reserved' FROM letters WHERE number = 2"),
    ("INSERT INTO batches (year, number, request, reserved_at, county, office, book_size)"
     " VALUES (2022, 3, 'letters', '', '', '', 1)"),
    "DELETE FROM letters WHERE state = 'reserved'",
    "UPDATE letters SET state = 'void' WHERE number = 2",
    "UPDATE letters SET state = 'printed' WHERE number = 4",
    "UPDATE batches SET published_at = '2022-06-01', manifest = 'x' WHERE number = 2",
    "PRAGMA application_id = 1",
    "PRAGMA user_version = 99",
    "PRAGMA journal_mode = WAL;; DROP TRIGGER events_no_update",
]  # fmt: skip


@pytest.mark.parametrize("script", REFUSED)
def test_what_a_guard_stands_against_is_refused(path: Path, script: str) -> None:
    before = dump(path)
    assert not attack(path, script)
    assert dump(path) == before and faults(path) == []


@pytest.mark.parametrize("script", SEEN)
def test_what_no_guard_can_stand_against_is_named(path: Path, script: str) -> None:
    assert named(path) == []
    assert attack(path, script)
    assert named(path)


@pytest.mark.parametrize(
    "change",
    [
        "request = 'forged'", "reserved_at = '2022-01-01T00:00:00+00:00'", "county = '别县'", "office = '别的办公室'", "book_size = 51", "engine = 'office'", "reason = '别的'",
        "letter = receipt", "receipt = letter", "published_at = '2022-01-01T00:00:00+00:00'", "published_at = NULL", "manifest = 'x'",
        "manifest = NULL", "published_at = NULL, manifest = NULL",
    ],
)  # fmt: skip
def test_each_field_of_a_batch_is_proved_by_its_events(path: Path, change: str) -> None:
    tamper(path, f"UPDATE batches SET {change} WHERE number = 1")
    assert any("2022-001" in fault for fault in faults(path))


@pytest.mark.parametrize("seed", range(4))
def test_a_bit_changed_anywhere_in_the_file_is_named_or_changes_no_row(path: Path, seed: int) -> None:
    chance, whole = random.Random(seed), path.read_bytes()
    before, seen = _told(path), 0
    for _ in range(FLIPS // 4):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        if named(path):
            seen += 1
        else:
            assert _told(path) == before
    assert seen > FLIPS // 40


def _told(path: Path) -> list[tuple[object, ...]]:
    """All rows, but for the salt of blank letters, with which nothing is salted."""
    rows = dump(path)
    person, salt = 10, 16
    return [
        (*row[:salt], *row[salt + 1 :]) if row[0] == "letters" and row[person] is None else row
        for row in rows
    ]
