"""Reaching a PostgreSQL server, and its errors in the clerk's words; the password is never among them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import (
    DeadlockDetected,
    InsufficientPrivilege,
    LockNotAvailable,
    QueryCanceled,
    ReadOnlySqlTransaction,
    SerializationFailure,
)
from psycopg.rows import TupleRow

from pipeline.adapters.register.makes.base import in_use
from pipeline.errors import FileFault, RegisterFault, Remedy, Stop, UsageFault

_OLDEST = 12
"""Of the server's versions."""
_DEFAULTS = {
    "connect_timeout": ("PGCONNECT_TIMEOUT", 10),
    "application_name": ("PGAPPNAME", "lanxian-pipeline"),
    # A run prints for a while between two statements; a router forgets connections that are silent for longer.
    "keepalives_idle": ("", 30),
    "keepalives_interval": ("", 10),
    "keepalives_count": ("", 3),
    "tcp_user_timeout": ("", 60_000),
}
"""What the address may say itself, or the environment."""
_BROKEN = ("08", "57P")
_FULL = ("53", "58")


@contextmanager
def connected(url: str, search_path: str, wait_s: float) -> Iterator[psycopg.Connection[TupleRow]]:
    """A connection to the server.

    :param wait_s: how long a statement waits for others' locks.
    :raises UsageFault: the address is none.
    :raises FileFault: no server, no such database, not let in.
    :raises RegisterFault: the server is too old, or does not keep UTF-8.
    """
    try:
        given = conninfo_to_dict(url)
        [int(port) for port in str(given.get("port", 0)).split(",") if port]
    except (psycopg.Error, ValueError):
        # libpq's own words repeat the address, with the password in it.
        raise UsageFault(
            "pipeline.toml 的 register 不是数据库的地址，应像 postgresql://用户名@服务器/数据库名。"
        ) from None
    defaults = {
        key: value for key, (name, value) in _DEFAULTS.items() if key not in given and name not in os.environ
    }
    arguments: dict[str, Any] = {**defaults, **given, "client_encoding": "utf8"}
    try:
        connection = psycopg.connect(**arguments, autocommit=True, prepare_threshold=None)
    except psycopg.Error as fault:
        raise _not_reached(fault, [os.environ.get("PGPASSWORD"), given.get("password")]) from None
    try:
        try:
            _set_up(connection, search_path, wait_s)
        except psycopg.Error as fault:
            raise told(fault) from fault
        yield connection
    finally:
        with suppress(psycopg.Error):
            connection.close()


def _set_up(connection: psycopg.Connection[TupleRow], search_path: str, wait_s: float) -> None:
    connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
    version = connection.info.server_version // 10_000
    if version < _OLDEST:
        raise RegisterFault(f"数据库是 PostgreSQL {version}，要 {_OLDEST} 或更新的。请管理员升级。")
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise RegisterFault(
            f"数据库的编码是 {encoding}，存不下汉字。请管理员另建一个：CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0。"
        )
    settings = {
        "search_path": search_path,
        "lock_timeout": f"{round(wait_s * 1000) or 1}",
        "statement_timeout": "0",
        # The server, too, finds out soon when this machine has died, and lets go of the right to number.
        "tcp_keepalives_idle": "30",
        "tcp_keepalives_interval": "10",
        "tcp_keepalives_count": "3",
        "tcp_user_timeout": "60000",
    }
    if version >= 14:
        settings["idle_session_timeout"] = "0"
    for name, value in settings.items():
        connection.execute("SELECT set_config(%s, %s, false)", (name, value))
    # A number that was given survives a power cut, whatever the server's default.
    connection.execute(
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
    )


def _not_reached(fault: psycopg.Error, secrets: list[object]) -> Stop:
    text = " ".join(str(fault).split())
    for secret in filter(None, map(str, (secret for secret in secrets if secret))):
        text = text.replace(secret, "***")
    server = fault.pgconn
    if server and server.needs_password:
        advice = "数据库要密码，没有给。请把密码写进 ~/.pgpass，见操作手册“几个办公室同时编号”。"
    elif server and server.used_password and "does not exist" not in text and "不存在" not in text:
        advice = "数据库没有让进：用户名或密码不对。请核对 ~/.pgpass 或 pipeline.toml 的 register。"
    else:
        advice = "连不上台账的数据库。请检查网络、服务器是否开着，pipeline.toml 的 register 写得对不对。"
    return FileFault(f"{advice}（{text}）")


def told(fault: Exception) -> Stop:
    """The server's error → exit code and words."""
    text = " ".join(str(fault).split())
    state = getattr(fault, "sqlstate", None) or ""
    if isinstance(fault, (LockNotAvailable, DeadlockDetected, SerializationFailure)):
        return in_use()
    if isinstance(fault, InsufficientPrivilege):
        return FileFault(f"数据库的用户没有权限（{text}）。请管理员按操作手册“几个办公室同时编号”授权。")
    if isinstance(fault, ReadOnlySqlTransaction):
        return FileFault("台账的数据库现在只能读（可能是备用服务器）。请管理员检查。")
    if state.startswith(_FULL):
        return FileFault(f"台账写不进去（{text}）。请管理员检查数据库服务器的磁盘空间和连接数。")
    silent = not state and isinstance(fault, (psycopg.OperationalError, psycopg.InterfaceError))
    if silent or state.startswith(_BROKEN) or isinstance(fault, QueryCanceled):
        return FileFault(
            f"与台账数据库的连接断了（{text}）。请检查网络和服务器，再办一次：已经编了号没印完的会接着做。"
        )
    return RegisterFault(f"台账的数据库不让做（{text}）。请停止编号，不要删除。", Remedy.CHECK_REGISTER)
