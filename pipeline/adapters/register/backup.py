"""Copies of a register while it is in use, and putting one back in its place."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from pipeline.adapters.register.audit import faults
from pipeline.adapters.register.base import guarded, prepare
from pipeline.errors import FileFault, RegisterFault, writing

KEPT = 10
"""Copies that stay in a folder; of an eleventh the oldest goes."""
_STANDING = "SELECT (SELECT count(*) FROM letters), (SELECT hash FROM events ORDER BY id DESC LIMIT 1)"


def copy(connection: sqlite3.Connection, target: Path, *, thorough: bool) -> None:
    """Copy a register that is in use to a file (mode 0600), which appears whole and checked or not at all.

    :param thorough: audit the copy, rather than only look whether its pages are whole and its chain ends as it must.
    :raises RegisterFault: the copy is not sound, as the register then is not either.
    """
    new = target.with_name(f"{target.name}.new")
    with writing(), guarded():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        try:
            with closing(sqlite3.connect(new, isolation_level=None)) as there:
                connection.backup(there)
                prepare(there)
                same = there.execute(_STANDING).fetchone() == connection.execute(_STANDING).fetchone()
                found = faults(there) if thorough else []
            if found or not same:
                raise RegisterFault(f"备份没有做成，台账有问题：{'；'.join(found[:3]) or '与台账不一致'}")
            _sync(new)
            new.replace(target)
            _sync(target.parent)
        finally:
            new.unlink(missing_ok=True)


def thin_out(folder: Path) -> None:
    """Remove all copies in a folder but the newest :data:`KEPT`, and what a killed run left behind."""
    with writing():
        for path in [*sorted(folder.glob("*.db"))[:-KEPT], *folder.glob("*.new")]:
            path.unlink(missing_ok=True)


def put_back(backup: Path, path: Path, aside: Path, *, force: bool) -> None:
    """Put a copy in the place of the register, which is kept aside; nobody may be numbering meanwhile.

    :param force: even though the register goes on where the copy ends.
    :raises RegisterFault: the copy is not sound, or the register knows more than it; nothing has changed.
    :raises FileFault: the copy cannot be read, or the disk refuses.
    """
    new = path.with_name(f"{path.name}.restored")
    with writing():
        try:
            shutil.copyfile(backup, new)
        except FileNotFoundError:
            raise FileFault(f"没有 {backup}。") from None
        new.chmod(0o600)
    try:
        events = _events_of_copy(new, backup)
        if not force:
            _refuse_to_forget(path, events)
        with writing():
            _sync(new)
            journal = path.with_name(f"{path.name}-journal")
            for now, old in ((path, aside), (journal, aside.with_name(f"{aside.name}-journal"))):
                with suppress(FileNotFoundError):
                    shutil.copyfile(now, old)
                    old.chmod(0o600)
            # A journal of the old register would be played back into the new one.
            journal.unlink(missing_ok=True)
            new.replace(path)
            _sync(path.parent)
    finally:
        for name in (new.name, f"{new.name}-journal"):
            new.with_name(name).unlink(missing_ok=True)


def _events_of_copy(copied: Path, backup: Path) -> list[str]:
    try:
        with guarded(), closing(sqlite3.connect(copied, isolation_level=None)) as connection:
            prepare(connection)
            found = faults(connection)
            events = _events(connection)
    except RegisterFault as fault:
        raise RegisterFault(f"{backup} 不是完好的台账备份（{fault}），没有恢复。") from fault
    if found:
        raise RegisterFault(f"{backup} 不完好（{'；'.join(found[:3])}），没有恢复。请换一个备份。")
    return events


def _refuse_to_forget(path: Path, events: list[str]) -> None:
    if not path.exists():
        return
    try:
        with guarded(), closing(sqlite3.connect(path, isolation_level=None)) as connection:
            prepare(connection)
            there = _events(connection)
    except RegisterFault:
        return  # nothing can be read of it, so nothing more is lost
    lost = sum(event not in set(events) for event in there)
    if lost:
        raise RegisterFault(
            f"现在的台账比这个备份多{lost}条登记，恢复以后就没有了，那以后编的号会重。没有恢复。"
            "现在的台账确实不能用了，才加 --force，然后按签收表、存根查清已经发出的号。"
        )


def _events(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT hash FROM events ORDER BY id")]


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
