"""From an older version of the schema to this program's."""

from contextlib import nullcontext

from pipeline.adapters.register.makes import schema
from pipeline.adapters.register.makes.base import Database
from pipeline.adapters.register.makes.steps import STEPS
from pipeline.errors import RegisterFault

_WAIT_S = 60


def migrate(database: Database, *, is_private: bool = False) -> None:
    """Bring a register to this program's version, all of the way or not at all; a copy of it is made before.

    :param is_private: a copy that nobody else uses, in the hands of one who holds the right to number.
    :raises RegisterFault: somebody is numbering and does not end, a step fails, or there never was such a version.
    """
    version = database.version()
    if version == schema.VERSION:
        return
    if version not in STEPS:
        raise RegisterFault(f"台账的版本（第{version}版）本程序不认识。请从备份恢复，不要删除。")
    with nullcontext() if is_private else database.exclusive(_WAIT_S, lambda: None):
        version = database.version()  # somebody else may have brought it forward meanwhile
        if not is_private and version < schema.VERSION:
            head = database.execute("SELECT hash FROM events ORDER BY id DESC LIMIT 1").fetchone()
            database.keep(f"v{version}_{head[0][:12] if head else 'empty'}")
        with database.transaction(writing=True):
            for step in range(version, schema.VERSION):
                for statement in schema.split(STEPS[step][database.make], database.make):
                    database.execute(statement)
            database.set_version(schema.VERSION)
