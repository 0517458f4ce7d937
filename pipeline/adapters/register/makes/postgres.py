"""A register on a PostgreSQL server: several offices number at the same time.

It has a schema of its own in the database. Whoever writes locks the table of batches first, so numbers are given one
after the other; whoever reads sees one moment and waits for nobody. The right to number for the length of a run is a
session's advisory lock, which dies with the connection.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg.rows import TupleRow

from pipeline.adapters.register.makes import schema
from pipeline.adapters.register.makes.base import Database, Home, Parameters, hashes, refuse_newer
from pipeline.adapters.register.makes.connecting import connected, told
from pipeline.adapters.register.makes.lock import wait_for
from pipeline.adapters.register.makes.making import fill
from pipeline.adapters.register.makes.schema import POSTGRESQL, TABLES
from pipeline.adapters.register.makes.shape import altered, dangling
from pipeline.adapters.register.makes.sqlite import opened_file
from pipeline.errors import RegisterFault, Remedy, Stop
from pipeline.settings import Server

SCHEMA = "letter_register"
"""Where in the database the register is."""
_MARK = "register of numbered letters, version "
"""The schema's comment, with the version behind it: how a register is told from anything else of that name."""
_NUMBERING = int.from_bytes(hashlib.sha256(_MARK.encode()).digest()[:8], "big", signed=True)
_MAKING = _NUMBERING ^ 1
_FOREIGN = (
    f"数据库里的 {SCHEMA} 不是介绍信台账。请管理员核对 pipeline.toml 的 register 写的是不是台账用的数据库。"
)


class PostgresDatabase(Database):
    """One connection to the server."""

    make = POSTGRESQL
    errors = psycopg.Error

    def __init__(self, connection: psycopg.Connection[TupleRow]) -> None:
        self._connection = connection

    def execute(self, statement: str, parameters: Parameters = ()) -> psycopg.Cursor[TupleRow]:
        return self._connection.execute(
            _translated(statement) if parameters else statement, parameters or None
        )

    def executemany(self, statement: str, rows: Iterable[Parameters]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(_translated(statement), rows)

    def begin(self, *, writing: bool) -> None:
        if not writing:
            self.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            return
        self.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        try:
            # Reading goes on; every other writer waits in line, one that is no program of ours too.
            self.execute("LOCK TABLE batches IN SHARE ROW EXCLUSIVE MODE")
        except psycopg.Error:
            with suppress(psycopg.Error):
                self.execute("ROLLBACK")
            raise

    def told(self, fault: Exception) -> Stop:
        return told(fault)

    def version(self) -> int:
        [comment] = self.execute(
            "SELECT obj_description(to_regnamespace(?), 'pg_namespace')", (SCHEMA,)
        ).fetchone() or [None]
        mark, _, version = (comment or "").rpartition(" ")
        if f"{mark} " != _MARK or not version.isdecimal():
            raise RegisterFault(_FOREIGN)
        return int(version)

    def set_version(self, version: int) -> None:
        self.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{_MARK}{version}'")

    def damage(self) -> list[str]:
        return [f"数据不一致：{name}。" for name in dangling(self)]

    def altered(self) -> list[str]:
        return altered(self, SCHEMA)

    @contextmanager
    def exclusive(self, wait_s: float, on_wait: Callable[[], None]) -> Iterator[None]:
        def taken() -> bool:
            with self.guarded():
                row = self.execute("SELECT pg_try_advisory_lock(?)", (_NUMBERING,)).fetchone()
            return bool(row and row[0])

        wait_for(taken, wait_s, on_wait)
        try:
            yield
        finally:
            with suppress(psycopg.Error):
                self.execute("SELECT pg_advisory_unlock(?)", (_NUMBERING,))

    def keep(self, name: str) -> None:
        with self.atomic():
            if self.execute("SELECT to_regnamespace(?)", (f"{SCHEMA}_{name}",)).fetchone() == (None,):
                self.execute(f"CREATE SCHEMA {SCHEMA}_{name}")
                for (table,) in self.execute(
                    "SELECT tablename FROM pg_tables WHERE schemaname = ?", (SCHEMA,)
                ):
                    self.execute(f"CREATE TABLE {SCHEMA}_{name}.{table} AS SELECT * FROM {SCHEMA}.{table}")

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """A transaction in which tables are made, all of them or none."""
        with self.guarded(), self._connection.transaction():
            yield

    def scrub(self) -> None:
        self.execute("VACUUM (FULL) letters")

    def asides(self) -> list[str]:
        rows = self.execute(
            "SELECT nspname::text FROM pg_namespace WHERE starts_with(nspname::text, ?) ORDER BY 1",
            (f"{SCHEMA}_",),
        )
        return [_aside(name) for (name,) in rows]

    def copy(self, new: Path) -> None:
        with self.transaction(writing=False):
            fill(new, self.version(), {
                table: self.execute(f"SELECT {columns} FROM {table} ORDER BY {key}")
                for table, (columns, key) in TABLES.items()
            })  # fmt: skip


class PostgresHome(Home):
    """The schema in the server's database."""

    def __init__(self, server: Server) -> None:
        self._url = server.url
        self.folder = server.folder

    def exists(self) -> bool:
        self._refuse_two_registers()
        with self.connected() as database:
            return _is_there(database)

    def events(self) -> list[str]:
        with self.connected() as database:
            return hashes(database) if _is_there(database) and database.version() else []

    @contextmanager
    def opened(self, wait_s: float) -> Iterator[Database]:
        self._refuse_two_registers()
        with self.connected(wait_s) as database:
            if not _is_there(database):
                _make(database)
            refuse_newer(database.version())
            # Who may not use a schema is otherwise told that its tables do not exist.
            database.execute(f"SELECT 1 FROM {SCHEMA}.events LIMIT 0")
            yield database

    @contextmanager
    def exclusive(self, wait_s: float, on_wait: Callable[[], None]) -> Iterator[None]:
        with self.connected() as database, database.exclusive(wait_s, on_wait):
            yield

    def replace(self, new: Path, at: datetime) -> str | None:
        aside = f"{SCHEMA}_{at:%Y%m%d_%H%M%S}"
        with opened_file(new) as copy, self.connected() as database, database.atomic():
            there = _is_there(database)
            if there:
                database.execute(f"ALTER SCHEMA {SCHEMA} RENAME TO {aside}")
            _build(database, copy.version())
            _load(database, copy)
            _guard(database)
        return _aside(aside) if there else None

    @contextmanager
    def connected(self, wait_s: float = 30) -> Iterator[PostgresDatabase]:
        """A connection, whatever is at its other end."""
        with connected(self._url, f"{SCHEMA}, pg_temp", wait_s) as connection:
            database = PostgresDatabase(connection)
            with database.guarded():
                yield database

    def _refuse_two_registers(self) -> None:
        local = self.folder / "register.db"
        if local.exists():
            raise RegisterFault(
                f"pipeline.toml 写的是数据库里的台账，本机却还有一个 {local}。两个都用，编号会重。"
                "不再用它的，请改名；要用它的，把它搬进数据库。",
                Remedy.MOVE_REGISTER,
            )


def _aside(name: str) -> str:
    return f"数据库的模式 {name}"


def _make(database: PostgresDatabase) -> None:
    """Make an empty register unless somebody else has made it meanwhile."""
    with database.atomic():
        database.execute("SELECT pg_advisory_xact_lock(?)", (_MAKING,))
        if not _is_there(database):
            _build(database, schema.VERSION)
            _guard(database)


def _build(database: PostgresDatabase, version: int) -> None:
    database.execute(f"CREATE SCHEMA {SCHEMA}")
    database.set_version(version)
    for statement in schema.tables(POSTGRESQL):
        database.execute(statement)


def _load(database: PostgresDatabase, copy: Database) -> None:
    for table, (columns, _) in TABLES.items():
        places = ", ".join("?" * len(columns.split(",")))
        rows = copy.execute(f"SELECT {columns} FROM {table}")
        database.executemany(f"INSERT INTO {SCHEMA}.{table} ({columns}) VALUES ({places})", rows)


def _guard(database: PostgresDatabase) -> None:
    for statement in schema.guards(POSTGRESQL):
        database.execute(statement)


def _is_there(database: PostgresDatabase) -> bool:
    found = database.execute("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?", (SCHEMA,)).fetchone()
    return found is not None


def _translated(statement: str) -> str:
    return statement.replace("%", "%%").replace("?", "%s")
