"""Registers of both makes, as the product is told of them and as somebody else's tool sees them."""

import json
import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from pipeline.adapters.register import Where
from pipeline.adapters.register.makes import schema
from pipeline.adapters.register.makes.steps import STEPS
from pipeline.settings import Server
from support.registers import postgres

MAKES = ("sqlite", "postgresql")
REFUSED = (sqlite3.IntegrityError, psycopg.errors.IntegrityError)
"""What a guard raises in another tool."""
TABLES = {
    "batches": "year, number", "letters": "year, unit, number", "events": "id", "templates": "sha256",
    "journal": "event",
}  # fmt: skip
"""With their keys."""


def server(note: Path) -> str:
    """Address of the server that is noted in a file, or of one that is started now."""
    if not note.exists():
        worker = "PYTEST_XDIST_WORKER" in os.environ
        note.write_text(postgres.start(os.getppid() if worker else os.getpid()), encoding="utf-8")
    return note.read_text(encoding="utf-8")


def fresh_database(address: str, like: str = "") -> str:
    """Address of a new database: empty, or like another that nobody has open."""
    name = f"register_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        template = urlsplit(like).path[1:] or "template1"
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    return urlsplit(address)._replace(path=f"/{name}").geturl()


def spelled(where: Where) -> str:
    """Where a register is, as one argument of a program; :func:`read` reads it."""
    return str(where) if isinstance(where, Path) else f"{where.url} {where.folder}"


def read(text: str) -> Where:
    url, _, folder = text.partition(" ")
    return Server(url, Path(folder)) if url.startswith("postgresql:") else Path(text)


@contextmanager
def tampering(where: Where, *, recursive: bool = False) -> Iterator[Any]:
    """Somebody else's tool on the register, with every right; foreign keys are not looked at."""
    if isinstance(where, Path):
        with closing(sqlite3.connect(where, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA recursive_triggers = {recursive}")
            yield connection
    else:
        with psycopg.connect(where.url, autocommit=True) as server:
            server.execute("SET search_path = letter_register; SET session_replication_role = replica")
            yield server


def lay_version_1(where: Where) -> None:
    """A register that version 0.1 has made, of version 1 of the schema.

    Six batches: by no engine, by ``office``, by ``form``; three replacements, two of them with a reason in the words of
    an option, the last one numbered and not printed. One person has been forgotten.
    """
    lay(where, 1)


def lay_version_3(where: Where) -> None:
    """A register of version 3 of the schema, whose events do not say who entered them.

    A printed batch of five letters (one handed out, one used and its person forgotten, one returned, one lost), an
    unfinished one of two, an item opened and assigned.
    """
    lay(where, 3)


def lay(where: Where, version: int) -> None:
    """A register that was kept in ``tests/data``: tables, rows and guards as they were."""
    old = Path(__file__).parents[2] / "data" / f"register-{version}"
    rows = json.loads((old / "rows.json").read_text(encoding="utf-8"))
    make, name, mark = schema.SQLITE, "schema.sql", "?"
    if not isinstance(where, Path):
        make, name, mark = schema.POSTGRESQL, "schema_postgresql.sql", "%s"
    with _bare(where) as connection:
        statements = list(schema.split((old / name).read_text(encoding="utf-8"), make))
        for statement in (each for each in statements if "CREATE TABLE" in each):
            connection.execute(statement)
        for table, (columns, values) in rows.items():
            marks = ", ".join([mark] * len(columns.split(",")))
            for row in values:
                own = [row[0], row[1].encode()] if table == "templates" else row
                connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", own)
        for statement in (each for each in statements if "CREATE TABLE" not in each):
            connection.execute(statement)
    set_version(where, version)


@contextmanager
def _bare(where: Where) -> Iterator[Any]:
    """A connection to the place of a register that is to be made."""
    if isinstance(where, Path):
        where.parent.mkdir(parents=True)
        with closing(sqlite3.connect(where)) as connection:
            connection.execute("PRAGMA application_id = 0x4C584A53")
            yield connection
            connection.commit()
    else:
        with psycopg.connect(where.url) as server:
            server.execute("CREATE SCHEMA letter_register; SET search_path = letter_register")
            yield server


def lay_version_2(where: Where) -> None:
    """The same, brought forward by the step to version 2 alone: the tables and guards of version 2, without a journal."""
    lay_version_1(where)
    with tampering(where) as connection:
        make = schema.SQLITE if isinstance(where, Path) else schema.POSTGRESQL
        for statement in schema.split(STEPS[1][make], make):
            connection.execute(statement)
    set_version(where, 2)


def nobody_named(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows of a version before 4 as they are brought forward: of its events nobody knows who entered them."""
    return [(*row, "") if row[0] == "events" else row for row in rows]


def dump(where: Where) -> list[tuple[Any, ...]]:
    """All rows of a register."""
    with tampering(where) as connection:
        return rows_of(connection, "" if isinstance(where, Path) else "letter_register.")


def rows_of(connection: Any, schema: str = "") -> list[tuple[Any, ...]]:
    """All rows of the tables that are there: an older register has fewer."""
    there = {
        name
        for (name,) in connection.execute(
            f"SELECT tablename::text FROM pg_tables WHERE schemaname = '{schema[:-1]}'"
            if schema
            else "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
    }
    return [
        (table, *row)
        for table, key in TABLES.items()
        if table in there
        for row in connection.execute(f"SELECT * FROM {schema}{table} ORDER BY {key}")
    ]


def tamper(where: Where, *statements: str) -> None:
    """Change the register without its guards, and put them back as they were."""
    with tampering(where) as connection:
        if isinstance(where, Path):
            guards = connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall()
            off, on = [f"DROP TRIGGER {name}" for name, _ in guards], [sql for _, sql in guards]
        else:
            guards = connection.execute(
                "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
            ).fetchall()
            off = [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in guards]
            on = [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for table, name in guards]
        for statement in off:
            connection.execute(statement)
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement
        for statement in on:
            connection.execute(statement)


def set_version(where: Where, version: int) -> None:
    with tampering(where) as connection:
        connection.execute(
            f"PRAGMA user_version = {version}" if isinstance(where, Path)
            else f"COMMENT ON SCHEMA letter_register IS 'register of numbered letters, version {version}'"
        )  # fmt: skip
