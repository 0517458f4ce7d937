"""Putting a copy in the place of the register."""

import shutil
from datetime import datetime
from pathlib import Path

from pipeline.adapters.register.audit import faults
from pipeline.adapters.register.homes import Where, home_of
from pipeline.adapters.register.makes.base import Home, hashes
from pipeline.adapters.register.makes.lock import RESTORED
from pipeline.adapters.register.makes.sqlite import guarded, opened_file
from pipeline.adapters.register.migrating import migrate
from pipeline.disk import sync
from pipeline.errors import FileFault, RegisterFault, Remedy, writing


def put_back(backup: Path, where: Where, at: datetime, *, force: bool) -> str | None:
    """Put a copy in the place of the register, which is kept aside; nobody may be numbering meanwhile.

    A register's file that is moved to a server goes aside as well: two would give numbers twice.

    :param force: even though the register goes on where the copy ends.
    :return: where the old register is kept; None where there was none.
    :raises RegisterFault: the copy is not sound, or the register knows more than it; nothing has changed.
    :raises FileFault: the copy cannot be read, or the disk or the server refuses.
    """
    home = home_of(where)
    new = home.folder / RESTORED
    with writing():
        home.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            shutil.copyfile(backup, new)
        except FileNotFoundError:
            raise FileFault(f"没有 {backup}。") from None
        new.chmod(0o600)
    try:
        events = _events_of_copy(new, backup)
        if not force:
            _refuse_to_forget(home, events)
        with writing():
            sync(new)
        aside = home.replace(new, at)
        with writing():
            moved = home.folder / "register.db"
            if not isinstance(where, Path) and backup.resolve() == moved.resolve():
                moved.rename(moved.with_name(f"{moved.name}.{at:%Y-%m-%d-%H%M%S}.old"))
        return aside
    finally:
        for name in (new.name, f"{new.name}-journal"):
            new.with_name(name).unlink(missing_ok=True)


def _events_of_copy(copied: Path, backup: Path) -> list[str]:
    try:
        with opened_file(copied) as copy, guarded():
            migrate(copy, is_private=True)
            found = faults(copy)
            events = hashes(copy)
    except RegisterFault as fault:
        raise RegisterFault(f"{backup} 不是完好的台账备份（{fault}），没有恢复。") from fault
    if found:
        raise RegisterFault(f"{backup} 不完好（{'；'.join(found[:3])}），没有恢复。请换一个备份。")
    return events


def _refuse_to_forget(home: Home, events: list[str]) -> None:
    try:
        there = home.events()
    except RegisterFault:
        return  # nothing can be read of it, so nothing more is lost
    lost = sum(event not in set(events) for event in there)
    if lost:
        raise RegisterFault(
            f"现在的台账比这个备份多{lost}条登记，恢复以后就没有了，那以后编的号会重。没有恢复。",
            Remedy.RESTORE_BY_FORCE,
        )
