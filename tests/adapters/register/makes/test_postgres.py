"""What PostgreSQL has besides: its own ways around a guard, and the audit that sees them."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from support.registers.numbered import DONG, IMPRINT, NOW, ORDER, SERIALS, begun, faults, more, reserve
from support.registers.outside import REFUSED, dump, tamper, tampering

from pipeline.adapters.register import exists, open_register, put_back
from pipeline.domain.letters.model import BatchId
from pipeline.errors import RegisterFault
from pipeline.settings import Server

EVENT = "id, at, what, year, unit, first, last, batch, day, who, why, content, previous, hash"
LETTER = "year, unit, number, batch, printed, unit_name, signature, salt, person, content, state"
SHADOW = "CREATE TEMP TABLE {0} (LIKE letter_register.{0}); "
"""A table that an unqualified name finds before the register's."""
FALSE_OPERATOR = (
    "CREATE FUNCTION pg_temp.never(bigint, bigint) RETURNS boolean LANGUAGE sql AS 'SELECT false';"
    " CREATE SCHEMA evil; CREATE OPERATOR evil.<= (leftarg = bigint, rightarg = bigint, function = pg_temp.never);"
    " SET search_path = evil, pg_catalog;"
    " INSERT INTO letter_register.events SELECT 0, at, what, year, unit, first, last, batch, day, who, why, content,"
    " previous, hash FROM letter_register.events WHERE id = 1"
)
"""A comparison that a guard would make with another tool's operator, if it took it."""


@pytest.fixture
def printed(register_after: Callable[..., Server]) -> Server:
    """A register with a printed batch of 01-0001…3 and 02-0001…2, and a reserved one of 01-0004…5."""
    return register_after("postgresql", "begun", begun)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO events SELECT * FROM events WHERE id = 1 ON CONFLICT (id) DO UPDATE SET why = 'forged'",
        "INSERT INTO events SELECT * FROM events WHERE id = 1 ON CONFLICT DO NOTHING",
        "INSERT INTO letters SELECT * FROM letters WHERE number = 4 ON CONFLICT (printed) DO UPDATE SET signature = '别人'",
        "INSERT INTO letters SELECT * FROM letters WHERE number = 4 ON CONFLICT DO NOTHING",
        "INSERT INTO batches SELECT * FROM batches WHERE number = 1 ON CONFLICT (year, number) DO UPDATE SET county = '别县'",
        "INSERT INTO templates SELECT * FROM templates ON CONFLICT (sha256) DO UPDATE SET docx = ''",
        "MERGE INTO events USING (SELECT 1 AS x) one ON id = x WHEN MATCHED THEN UPDATE SET why = 'forged'",
        "MERGE INTO letters USING (SELECT 1 AS x) one ON number = x WHEN MATCHED THEN DELETE",
        "WITH gone AS (DELETE FROM events RETURNING *) SELECT count(*) FROM gone",
        "TRUNCATE events CASCADE",
        "TRUNCATE journal",
        "TRUNCATE letters",
        "TRUNCATE batches CASCADE",
        "TRUNCATE templates CASCADE",
        "TRUNCATE events, letters, batches, templates, journal",
        "UPDATE ONLY events SET why = 'forged'",
        SHADOW.format("events") + "DELETE FROM letter_register.events",
        SHADOW.format("events") + f"INSERT INTO letter_register.events ({EVENT}) SELECT 0, at, what, year, unit, first,"
        " last, batch, day, who, why, content, previous, hash FROM letter_register.events WHERE id = 1",
        SHADOW.format("letters") + f"INSERT INTO letter_register.letters ({LETTER}) SELECT year, unit, 99, batch,"
        " printed, unit_name, signature, salt, person, content, 'reserved' FROM letter_register.letters WHERE number = 4",
        FALSE_OPERATOR,
        "PREPARE forge AS UPDATE events SET why = $1; EXECUTE forge('forged')",
        "DO $$ BEGIN UPDATE events SET why = 'forged'; END $$",
        "CREATE VIEW pg_temp.way AS SELECT * FROM letter_register.events; DELETE FROM pg_temp.way",
    ],
)  # fmt: skip
def test_no_way_of_postgresql_s_leads_around_a_guard(printed: Server, statement: str) -> None:
    """Not even for a superuser whose session calls itself a replica."""
    before = dump(printed)
    with tampering(printed) as connection, pytest.raises(REFUSED):
        connection.execute(statement)
    assert dump(printed) == before and faults(printed) == []


def test_a_guard_without_its_own_search_path_would_be_led_astray(printed: Server) -> None:
    with tampering(printed) as connection:
        connection.execute("ALTER FUNCTION events_follow() RESET search_path")
        connection.execute(FALSE_OPERATOR)
    assert any("events_follow" in fault for fault in faults(printed))


def test_rows_that_are_copied_in_meet_the_guards(printed: Server) -> None:
    before = dump(printed)
    with tampering(printed) as connection:
        events = connection.execute("SELECT * FROM events ORDER BY id").fetchall()
        with pytest.raises(REFUSED), connection.cursor().copy("COPY events FROM STDIN") as copy:
            copy.write_row((0, *events[0][1:]))
        letter = connection.execute(f"SELECT {LETTER} FROM letters WHERE state = 'printed'").fetchone()
        with pytest.raises(REFUSED), connection.cursor().copy(f"COPY letters ({LETTER}) FROM STDIN") as copy:
            copy.write_row((*letter[:2], 99, letter[3], "另一个", *letter[5:]))
    assert dump(printed) == before


@pytest.mark.parametrize(
    "statement, named",
    [
        ("ALTER TABLE events DISABLE TRIGGER events_no_update", "events_no_update"),
        ("ALTER TABLE events DISABLE TRIGGER ALL", "events_no_truncate"),
        ("ALTER TABLE letters ENABLE TRIGGER letters_no_delete", "letters_no_delete"),
        ("ALTER TABLE letters DISABLE TRIGGER ALL", "letters的外键"),
        ("DROP TRIGGER letters_keep_to_moves ON letters", "letters_keep_to_moves"),
        ("DROP INDEX letters_printed", "letters_printed"),
        ("ALTER TABLE letters DROP CONSTRAINT letters_batch", "letters_batch"),
        ("ALTER TABLE letters DROP CONSTRAINT letters_number_check", "letters_number_check"),
        ("ALTER TABLE letters ALTER signature DROP NOT NULL", "letters.signature"),
        ("ALTER TABLE letters ALTER state SET DEFAULT 'printed'", "letters.state"),
        ("ALTER TABLE letters ADD note text", "letters.note"),
        ("ALTER TABLE journal SET UNLOGGED", "journal"),
        ("ALTER TABLE events ENABLE ROW LEVEL SECURITY", "events"),
        ("CREATE POLICY hide ON events USING (false)", "hide"),
        ("CREATE RULE silent AS ON INSERT TO events DO INSTEAD NOTHING", "silent"),
        ("CREATE TABLE more () INHERITS (events)", "more"),
        ("CREATE VIEW seen AS SELECT * FROM letters", "seen"),
        (
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            "refuse",
        ),
        ("ALTER FUNCTION events_follow() RESET search_path", "events_follow"),
        (
            "CREATE TRIGGER zz BEFORE UPDATE ON letters FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            "zz",
        ),
    ],
)
def test_what_was_altered_is_named(printed: Server, statement: str, named: str) -> None:
    with tampering(printed) as connection:
        connection.execute(statement)
    assert f"结构被改动：{named}。" in faults(printed)


def test_a_register_that_was_altered_is_not_backed_up(printed: Server, tmp_path: Path) -> None:
    with tampering(printed) as connection:
        connection.execute("ALTER TABLE events DISABLE TRIGGER events_no_update")
    with open_register(printed) as register, pytest.raises(RegisterFault, match="events_no_update"):
        register.back_up(tmp_path, NOW, thorough=True)
    assert list(tmp_path.glob("*.db")) == []


def test_a_reference_that_leads_nowhere_is_found(printed: Server) -> None:
    tamper(printed, "UPDATE letters SET batch = 7 WHERE number = 4")
    assert any("letters 的 year, batch" in fault for fault in faults(printed))


def test_a_schema_of_another_program_is_refused_and_kept(database: Server) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA letter_register; CREATE TABLE letter_register.songs (title text)")
    for _ in range(2):
        with pytest.raises(RegisterFault, match="不是介绍信台账"), open_register(database):
            pass


def test_a_database_that_cannot_hold_chinese_is_refused(postgresql: str, database: Server) -> None:
    name = database.url.partition("/register_")[2].partition("?")[0] + "latin"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE l{name} ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    url = postgresql.replace("/postgres?", f"/l{name}?")
    with pytest.raises(RegisterFault, match="SQL_ASCII"), open_register(Server(url, database.folder)):
        pass


def test_looking_makes_nothing(database: Server) -> None:
    assert not exists(database)
    with open_register(database):
        pass
    assert exists(database)


def test_offices_that_begin_at_the_same_time_make_one_register(database: Server) -> None:
    def begin(_: int) -> None:
        with open_register(database) as opened:
            reserve(opened, (DONG, 1))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(begin, range(6)))
    assert faults(database) == []
    with open_register(database) as opened:
        assert opened.next_batch(2022) == BatchId(2022, 7)


def test_who_only_looks_waits_for_nobody_and_sees_one_moment(printed: Server) -> None:
    with open_register(printed, wait_s=5) as writer, open_register(printed, wait_s=0.2) as reader:

        def planner(_: object) -> list[object]:
            assert len(reader.letters(2022)) == 7
            assert len(reader.preview(more((DONG, 2)), SERIALS)) == 2
            start = time.monotonic()
            assert reader.faults() == [] and time.monotonic() - start < 2
            return []

        writer.reserve(planner, SERIALS, IMPRINT, ORDER, NOW)  # type: ignore[arg-type]


# ---- copies


def test_a_copy_is_a_register_in_a_file_and_goes_back_as_it_was(printed: Server, tmp_path: Path) -> None:
    before = dump(printed)
    with open_register(printed) as register:
        copy = register.back_up(tmp_path / "copies", NOW, thorough=True)
        assert dump(copy) == before and faults(copy) == []
        reserve(register, (DONG, 1))
    with pytest.raises(RegisterFault, match="多1条登记"):
        put_back(copy, printed, NOW, force=False)
    kept = put_back(copy, printed, NOW, force=True)
    assert dump(printed) == before and faults(printed) == []
    assert kept == "数据库的模式 letter_register_20220601_083000"
    with psycopg.connect(printed.url) as connection:
        assert connection.execute(
            "SELECT count(*) FROM letter_register_20220601_083000.letters"
        ).fetchone() == (8,)


def test_a_copy_repairs_a_register_whose_guards_are_gone(printed: Server, tmp_path: Path) -> None:
    with open_register(printed) as register:
        copy = register.back_up(tmp_path / "copies", NOW, thorough=True)
    with tampering(printed) as connection:
        connection.execute("DROP TABLE events CASCADE")
    put_back(copy, printed, NOW, force=False)
    assert faults(printed) == []


def test_a_copy_that_does_not_go_in_changes_nothing(
    printed: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.adapters.register.makes import postgres

    with open_register(printed) as register:
        copy = register.back_up(tmp_path / "copies", NOW, thorough=True)
    before = dump(printed)

    def no_room(_: object) -> None:
        raise psycopg.errors.DiskFull("no room")

    monkeypatch.setattr(postgres, "_guard", no_room)
    with pytest.raises(Exception, match="写不进去"):
        put_back(copy, printed, NOW, force=True)
    assert dump(printed) == before and faults(printed) == []
