"""Copies of a register while it is in use: each one a register in a SQLite file, whatever make it was copied from."""

from pathlib import Path

from pipeline.adapters.register.audit import faults
from pipeline.adapters.register.makes.base import Database
from pipeline.adapters.register.makes.sqlite import guarded, opened_file
from pipeline.disk import sync
from pipeline.errors import RegisterFault, writing

KEPT = 10
"""Copies that stay in a folder; of an eleventh the oldest goes."""
_LEFT = "????-??-??-??????.db.new"
"""What a run that was killed leaves behind."""
_STANDING = "SELECT (SELECT count(*) FROM letters), (SELECT hash FROM events ORDER BY id DESC LIMIT 1)"


def copy(database: Database, target: Path, *, thorough: bool) -> None:
    """Copy a register that is in use to a file (mode 0600), which appears whole and checked or not at all.

    :param thorough: audit the copy and the register's own guards, rather than only look whether the copy's pages are
        whole and its chain ends as it must.
    :raises RegisterFault: the copy is not sound, as the register then is not either.
    """
    new = target.with_name(f"{target.name}.new")
    with writing(), guarded(), database.guarded():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in target.parent.glob(_LEFT):
            left.unlink(missing_ok=True)
        new.touch(mode=0o600)
        try:
            database.copy(new)
            with opened_file(new) as there:
                same = there.execute(_STANDING).fetchone() == database.execute(_STANDING).fetchone()
                found = faults(there) if thorough else []
            if thorough:
                found += [
                    f"结构被改动：{name}。" for name in _altered(database) if name not in "".join(found)
                ]
            if found or not same:
                raise RegisterFault(f"备份没有做成，台账有问题：{'；'.join(found[:3]) or '与台账不一致'}")
            sync(new)
            new.replace(target)
            sync(target.parent)
        finally:
            new.unlink(missing_ok=True)


def _altered(database: Database) -> list[str]:
    with database.transaction(writing=False):
        return database.altered()


def thin_out(folder: Path) -> None:
    """Remove all copies in a folder but the newest :data:`KEPT`."""
    with writing():
        for path in sorted(folder.glob("*.db"))[:-KEPT]:
            path.unlink(missing_ok=True)
