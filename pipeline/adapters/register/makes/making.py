"""The file of a register made, empty or with the rows of another one; it appears whole or not at all."""

import fcntl
import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from pipeline.adapters.register.makes import schema
from pipeline.adapters.register.makes.base import Parameters
from pipeline.adapters.register.makes.schema import SQLITE, TABLES

APPLICATION = 0x4C584A53
"""How a register's file is told from any other of SQLite's."""


def make(path: Path) -> None:
    """Make an empty register (mode 0600) unless something of that name is there.

    It appears whole or not at all: a file of 0 bytes is therefore never ours, but what is left of a lost register.
    """
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if path.exists():
            return
        new = path.with_name(f"{path.name}.new")
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        with new.open("wb") as file:
            file.write(_empty())
            file.flush()
            os.fsync(file.fileno())
        new.rename(path)
        os.fsync(folder)
    finally:
        os.close(folder)


def _empty() -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        for statement in schema.statements(SQLITE):
            fresh.execute(statement)
        _sign(fresh, schema.VERSION)
        return fresh.serialize()


def fill(new: Path, version: int, rows: Mapping[str, Iterable[Parameters]]) -> None:
    """Make a register with the rows of another one in a file that is there and empty.

    :param rows: of each table, in the order of its columns.
    """
    with closing(sqlite3.connect(new, isolation_level=None)) as there:
        there.execute("PRAGMA synchronous = OFF")
        there.execute("BEGIN")
        for statement in schema.tables(SQLITE):
            there.execute(statement)
        for table, (columns, _) in TABLES.items():
            places = ", ".join("?" * len(columns.split(",")))
            there.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows[table])
        for statement in schema.guards(SQLITE):
            there.execute(statement)
        _sign(there, version)
        there.execute("COMMIT")


def _sign(fresh: sqlite3.Connection, version: int) -> None:
    fresh.execute(f"PRAGMA application_id = {APPLICATION}")
    fresh.execute(f"PRAGMA user_version = {version}")
