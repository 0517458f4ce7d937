"""From an older version of the schema to this program's."""

from pathlib import Path

from pipeline.adapters.register import schema
from pipeline.adapters.register.backup import copy
from pipeline.adapters.register.base import Database

_WAIT_S = 60


def migrate(database: Database, folder: Path | None) -> None:
    """Bring a register to this program's version, all of the way or not at all; a copy is made before.

    :param folder: for the copy; None where the register is one itself.
    :raises RegisterFault: somebody is numbering and does not end.
    """
    if database.version() == schema.VERSION:
        return
    with database.exclusive(_WAIT_S, lambda: None):
        version = database.version()
        if folder and version < schema.VERSION:
            head = database.execute("SELECT hash FROM events ORDER BY id DESC LIMIT 1").fetchone()
            copy(
                database,
                folder / f"register.v{version}-{head[0][:12] if head else 'empty'}.db",
                thorough=False,
            )
        with database.transaction(writing=True):
            for step in range(version, schema.VERSION):
                for statement in schema.split(schema.STEPS[step][database.make], database.make):
                    database.execute(statement)
            database.set_version(schema.VERSION)
