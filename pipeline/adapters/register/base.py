"""Opening the database: schema, version, and SQLite's errors in the clerk's words."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path

from pipeline.errors import FileFault, RegisterFault

VERSION = 1
"""``user_version`` of the schema that this program writes."""
_APPLICATION = 0x4C584A53
_FOREIGN = "register/register.db 不是介绍信台账。请从备份恢复，不要删除。"


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
        for statement in statements():
            fresh.execute(statement)
        fresh.execute(f"PRAGMA application_id = {_APPLICATION}")
        fresh.execute(f"PRAGMA user_version = {VERSION}")
        return fresh.serialize()


def prepare(connection: sqlite3.Connection) -> None:
    """Set up a connection to a register, or refuse one that is not sound.

    :raises RegisterFault: damaged, not a register, or of a newer version.
    """
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        raise RegisterFault(_FOREIGN)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise RegisterFault(
            f"台账是更新版本的程序写的（第{version}版），本程序只认到第{VERSION}版。请用新版程序。"
        )
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


def statements() -> Iterator[str]:
    """The statements of ``schema.sql``."""
    statement = ""
    for line in (files(__package__) / "schema.sql").read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def altered(connection: sqlite3.Connection) -> list[str]:
    """Names of tables, indexes and triggers that are not as this program makes them."""
    wanted = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    with closing(sqlite3.connect(":memory:")) as fresh:
        for statement in statements():
            fresh.execute(statement)
        ours = set(fresh.execute(wanted))
    return sorted({name for name, _ in ours ^ set(connection.execute(wanted))})


@contextmanager
def guarded() -> Iterator[None]:
    """SQLite's own errors → exit code and words.

    :raises FileFault: disk full, read-only, no permission.
    :raises RegisterFault: locked or damaged.
    """
    try:
        yield
    except sqlite3.Error as fault:
        text = str(fault)
        if "locked" in text or "busy" in text:
            raise RegisterFault("台账正被别的程序占用，等了很久仍未放开。请关闭其他窗口后再试。") from fault
        if any(word in text for word in ("full", "readonly", "unable to open", "disk I/O")):
            raise FileFault(f"台账写不进去（{text}）。请检查磁盘空间和 register 文件夹的权限。") from fault
        raise RegisterFault(_damaged(text)) from fault


def _damaged(text: str) -> str:
    return f"台账文件损坏（{text}）。请停止编号，从备份恢复，不要删除。"
