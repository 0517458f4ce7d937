"""A real PostgreSQL server for tests: its own data in a folder of its own, gone when the test run is."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

PASSWORD = "台账的密码-秘密"
_KEEPER = """
trap '' INT
folder=$1 owner=$2
shift 2
{
    "$@" >"$folder/log" 2>&1 &
    server=$!
    tail --pid="$owner" -f /dev/null
    kill -INT "$server"
    wait "$server"
    rm -rf "$folder"
} </dev/null >/dev/null 2>&1 &
"""
"""Runs the server until the test run is over, however it ends."""


def start(owner: int) -> str:
    """Start a server that lives as long as the process ``owner``; the address of its database ``postgres``.

    It also listens on loopback, where it asks for :data:`PASSWORD`.
    """
    folder = Path(tempfile.mkdtemp(prefix="register-postgresql-"))
    account = _account()
    data = folder / "data"
    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    as_whom: list[str] = []
    if account:
        for path in (folder, folder / "password"):
            os.chown(path, account.pw_uid, account.pw_gid)
        numbers = (f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}")
        as_whom = [shutil.which("setpriv") or "setpriv", *numbers, "--clear-groups"]
    subprocess.run(
        [*as_whom, _program("initdb"), "--pgdata", data, "--username", "postgres", "--encoding", "UTF8", "--locale", "C.UTF-8",
         "--auth-local", "trust", "--auth-host", "scram-sha-256", "--pwfile", folder / "password", "--no-sync"],
        check=True, capture_output=True, cwd=folder,
    )  # fmt: skip
    port = _free_port()
    options = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": folder,
        "fsync": "off",
        "full_page_writes": "off",
        "autovacuum": "off",
        "shared_buffers": "32MB",
        "max_connections": 60,
        "timezone": "UTC",
    }
    subprocess.run(
        ["sh", "-c", _KEEPER, "keeper", folder, str(owner), *as_whom, _program("postgres"), "-D", data]
        + [part for name, value in options.items() for part in ("-c", f"{name}={value}")],
        check=True, cwd=folder, start_new_session=True,
    )  # fmt: skip
    address = f"postgresql://postgres@/postgres?host={folder}&port={port}"
    deadline = time.monotonic() + 60
    while True:
        try:  # and let it note what every new database's first session would have to find out
            psycopg.connect(urlsplit(address)._replace(path="/template1").geturl()).close()
        except psycopg.OperationalError:
            assert time.monotonic() < deadline, (folder / "log").read_text(encoding="utf-8")
            time.sleep(0.05)
        else:
            return address


def _account() -> pwd.struct_passwd | None:
    """Whom the server runs as where we are root, which it refuses to be."""
    if os.getuid():
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _program(name: str) -> str:
    """A program of the server; Debian keeps them out of PATH."""
    found = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parent.parent.name)
    )
    program = str(found[-1]) if found else shutil.which(name)
    assert program, f"{name} is missing: make setup-dev installs it (Debian package postgresql)"
    return program


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
