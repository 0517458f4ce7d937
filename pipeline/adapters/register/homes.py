"""Which make keeps a register."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from pipeline.adapters.register.makes.base import Home
from pipeline.adapters.register.makes.sqlite import SqliteHome
from pipeline.errors import Remedy, ToolFault
from pipeline.settings import Server

Where = Path | Server
"""A SQLite file, or a PostgreSQL server."""


def home_of(where: Where) -> Home:
    """The place that is meant.

    :raises ToolFault: what speaks to the server is not installed.
    """
    if isinstance(where, Path):
        return SqliteHome(where)
    try:
        from pipeline.adapters.register.makes.postgres import PostgresHome  # noqa: PLC0415 - psycopg is an extra
    except ImportError as fault:
        raise ToolFault(
            "pipeline.toml 的 register 写的是数据库，本机还没有装连接它的软件包。", Remedy.SET_UP_SERVER
        ) from fault
    return PostgresHome(where)


def exists(where: Where) -> bool:
    """Whether there is a register already; makes none.

    :raises FileFault: the server cannot be reached.
    """
    return home_of(where).exists()


def exclusive(where: Where, wait_s: float, on_wait: Callable[[], None]) -> AbstractContextManager[None]:
    """Hold the right to number until the block ends, also where no register can be opened.

    :param on_wait: called once when somebody else holds it.
    :raises RegisterFault: still held after ``wait_s`` seconds.
    """
    return home_of(where).exclusive(wait_s, on_wait)
