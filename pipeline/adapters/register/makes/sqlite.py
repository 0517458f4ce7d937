"""A register in a SQLite file: nothing to start, one file to copy."""

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.adapters.register.makes import schema
from pipeline.adapters.register.makes.base import Database, Home, Parameters, hashes, in_use, refuse_newer
from pipeline.adapters.register.makes.lock import file_lock
from pipeline.adapters.register.makes.making import APPLICATION, make
from pipeline.adapters.register.makes.schema import SQLITE
from pipeline.disk import sync
from pipeline.errors import FileFault, RegisterFault, Stop, writing

_FOREIGN = "register/register.db 不是介绍信台账。请从备份恢复，不要删除。"


class SqliteDatabase(Database):
    """One connection to a register's file."""

    make = SQLITE
    errors = sqlite3.Error

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder

    def execute(self, statement: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        return self._connection.execute(statement, parameters)

    def executemany(self, statement: str, rows: Iterable[Parameters]) -> None:
        self._connection.executemany(statement, rows)

    def begin(self, *, writing: bool) -> None:
        self.execute("BEGIN IMMEDIATE" if writing else "BEGIN")

    def told(self, fault: Exception) -> Stop:
        return _told(fault)

    def version(self) -> int:
        found: int = self.execute("PRAGMA user_version").fetchone()[0]
        return found

    def set_version(self, version: int) -> None:
        self.execute(f"PRAGMA user_version = {version}")

    def damage(self) -> list[str]:
        found = [row[0] for row in self.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
        if found:
            return [f"数据库损坏：{text}" for text in found]
        return [f"数据不一致：{row[0]}。" for row in self.execute("PRAGMA foreign_key_check")]

    def altered(self) -> list[str]:
        wanted = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        with closing(sqlite3.connect(":memory:")) as fresh:
            for statement in schema.statements(SQLITE):
                fresh.execute(statement)
            ours = set(fresh.execute(wanted))
        return sorted({str(name) for name, _ in ours ^ set(self.execute(wanted))})  # bytes where damaged

    def exclusive(self, wait_s: float, on_wait: Callable[[], None]) -> AbstractContextManager[None]:
        return file_lock(self._folder, wait_s, on_wait)

    def scrub(self) -> None:
        self.execute(
            "PRAGMA temp_store = MEMORY"
        )  # or what is being written lies in a temporary file meanwhile
        self.execute("VACUUM")

    def asides(self) -> list[str]:
        return list(map(str, sorted(self._folder.glob("*.old*"))))

    def copy(self, new: Path) -> None:
        with closing(sqlite3.connect(new, isolation_level=None)) as there:
            self._connection.backup(there)

    def keep(self, name: str) -> None:
        path = self._folder / f"register.{name}.db"
        new = path.with_name(f"{path.name}.new")
        with writing():
            new.unlink(missing_ok=True)
            new.touch(mode=0o600)
            self.copy(new)
            sync(new)
            new.replace(path)
            sync(path.parent)


class SqliteHome(Home):
    """``register.db`` in a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.folder = path.parent

    def exists(self) -> bool:
        return self._path.exists()

    def events(self) -> list[str]:
        if not self.exists():
            return []
        with opened_file(self._path) as database:
            return hashes(database)

    @contextmanager
    def opened(self, wait_s: float) -> Iterator[Database]:
        with writing():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            make(self._path)
        with opened_file(self._path, wait_s) as database:
            yield database

    def exclusive(self, wait_s: float, on_wait: Callable[[], None]) -> AbstractContextManager[None]:
        with writing():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return file_lock(self.folder, wait_s, on_wait)

    def replace(self, new: Path, at: datetime) -> str | None:
        path = self._path
        journal = path.with_name(f"{path.name}-journal")
        with writing():
            while (aside := path.with_name(f"{path.name}.{at:%Y-%m-%d-%H%M%S}.old")).exists():
                at += timedelta(seconds=1)  # another one in the same second
            for now, old in ((path, aside), (journal, aside.with_name(f"{aside.name}-journal"))):
                with suppress(FileNotFoundError):
                    shutil.copyfile(now, old)
                    old.chmod(0o600)
            # A journal of the old register would be played back into the new one.
            journal.unlink(missing_ok=True)
            new.replace(path)
            sync(path.parent)
        return str(aside) if aside.exists() else None


@contextmanager
def opened_file(path: Path, wait_s: float = 30) -> Iterator[SqliteDatabase]:
    """A connection to a register's file, which is there.

    :raises RegisterFault: locked, damaged, not a register, or of a newer version.
    """
    with guarded(), closing(sqlite3.connect(path, timeout=wait_s, isolation_level=None)) as connection:
        prepare(connection)
        yield SqliteDatabase(connection, path.parent)


def prepare(connection: sqlite3.Connection) -> None:
    """Set up a connection to a register, or refuse one that is not sound.

    :raises RegisterFault: damaged, not a register, or of a newer version.
    """
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise RegisterFault(_FOREIGN)
    refuse_newer(connection.execute("PRAGMA user_version").fetchone()[0])
    for pragma in (
        "journal_mode = TRUNCATE",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if damage != "ok":
        raise RegisterFault(_damaged(damage))


@contextmanager
def guarded() -> Iterator[None]:
    """SQLite's own errors → exit code and words.

    :raises FileFault: disk full, read-only, no permission.
    :raises RegisterFault: locked or damaged.
    """
    try:
        yield
    except sqlite3.Error as fault:
        raise _told(fault) from fault
    except UnicodeDecodeError as fault:  # SQLite's message quotes what it cannot read
        raise RegisterFault(_damaged("不是文字")) from fault


def _told(fault: Exception) -> Stop:
    text = str(fault)
    if "locked" in text or "busy" in text:
        return in_use()
    if any(word in text for word in ("full", "readonly", "unable to open", "disk I/O")):
        return FileFault(f"台账写不进去（{text}）。请检查磁盘空间和 register 文件夹的权限。")
    return RegisterFault(_damaged(text))


def _damaged(text: str) -> str:
    return f"台账文件损坏（{text}）。请停止编号，从备份恢复，不要删除。"
