"""The page for tests: within this process, where a rule is tried; as a process of its own, where a browser is."""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from subprocess import Popen, TimeoutExpired
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from cheroot.wsgi import Server
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from playwright.sync_api import Page

from pipeline.domain.model import Unit
from pipeline.page import accounts
from pipeline.page.access import Role
from pipeline.page.serving.site import Folders, open_site
from pipeline.workspace import open_workspace
from support.desk import ROOT, ROSTER, Desk
from support.programs import ready

settings.PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # or each log-in would take 0.1 s
connections.settings["default"]["OPTIONS"]["init_command"] = (
    "PRAGMA synchronous=OFF"  # nobody cuts the power of this process
)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
    "1"  # playwright has a loop in this thread; nothing of ours runs in it
)
PASSWORD = "春江花月夜-1987"
UNITS = [Unit(code, name, full, group, (), 0) for code, name, full, group, _ in ROSTER]
"""Those of the small desk."""


class Site:
    """A desk's page, asked without a server."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        folders = Folders(open_workspace(desk.root))
        if not folders.database.exists():
            folders.make()
            folders.database.write_bytes(_empty())
        open_site(open_workspace(desk.root))

    def client(self, name: str = "") -> Client:
        """A browser of one's own; of somebody who has logged in, where a name is given."""
        client = Client(enforce_csrf_checks=False, SERVER_NAME="127.0.0.1", raise_request_exception=False)
        if name:
            answer = client.post("/login/", {"username": name, "password": PASSWORD})
            assert answer.status_code == 302, answer.content.decode()
        return client

    def account(self, name: str, role: Role, unit: Unit | None = None) -> Client:
        """Somebody who has an account, logged in."""
        accounts.add(name, PASSWORD, role, unit)
        return self.client(name)

    def everybody(self) -> dict[str, Client]:
        """One of each role, logged in, and two units: name → browser; ``nobody`` has not logged in."""
        clients = {
            "office": self.account("office", Role.OFFICE),
            "auditor": self.account("auditor", Role.AUDITOR),
            "own": self.account("own", Role.UNIT, UNITS[0]),
            "other": self.account("other", Role.UNIT, UNITS[1]),
        }
        return clients | {"nobody": self.client()}


@cache
def _empty() -> bytes:
    """A database in which nothing is yet: a second of making tables, once."""
    with TemporaryDirectory() as scratch:
        Path(scratch, "pipeline.toml").write_bytes((ROOT / "pipeline.toml").read_bytes())
        workspace = open_workspace(Path(scratch))
        open_site(workspace)
        connections.close_all()
        return Folders(workspace).database.read_bytes()


def ended(client: Client, address: str, seconds: float = 60) -> Mapping[str, Any]:
    """What a run's state is once it has ended; ``address`` is the run's page."""
    deadline = time.monotonic() + seconds
    while True:
        state: dict[str, Any] = client.get(f"{address}state/").json()
        if state["state"] != "running":
            return state
        assert time.monotonic() < deadline, state
        time.sleep(0.05)


class Done:
    """A run's process that has ended before anybody asks: ``Popen`` of :mod:`pipeline.page.runs` where nobody stops a run."""

    def __init__(self, words: Sequence[str], cwd: Path, env: Mapping[str, str], **_: object) -> None:
        code, out, err = ready.run(words[5:], env, cwd, 60)  # behind the shell's four and Python
        for file, told in (("out", out), ("err", err), ("exit", f"{code}")):
            (cwd / file).write_text(told, "utf-8")
        shutil.rmtree(cwd / "given", ignore_errors=True)

    def wait(self) -> int:
        """Nothing is left to wait for."""
        return 0


def until(told: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def let_in(window: Page, url: str, client: Client) -> None:
    """Give a real browser the session of somebody who has logged in to the same desk's page."""
    session = client.cookies["sessionid"].value
    window.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])


@contextmanager
def served_here(desk: Desk) -> Iterator[str]:
    """A desk's page served by this process, for what a browser makes of it; what a server is, ``served`` has."""
    Site(desk)
    server = Server(("127.0.0.1", 0), get_wsgi_application(), numthreads=4)
    server.prepare()
    serving = Thread(target=server.serve)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.bind_addr[1]}/"
    finally:
        server.stop()
        serving.join()


@contextmanager
def served(desk: Desk, *options: str, **environment: str) -> Iterator[str]:
    """A desk's page as ``pipeline page`` serves it: its URL; the server ends with the block."""
    process, url = server_of(desk, *options, **environment)
    try:
        yield url
    finally:
        stop(process)


def server_of(desk: Desk, *options: str, **environment: str) -> tuple[Popen[str], str]:
    """A server of a desk's page, and its URL."""
    process = desk.start("page", "--port", "0", "--json", *options, **environment)
    assert process.stdout is not None and process.stderr is not None
    line = process.stdout.readline()
    if not line:
        process.kill()
        raise AssertionError(process.communicate())
    return process, json.loads(line)["url"]


def stop(process: Popen[str]) -> int:
    """End a server as Ctrl-C does; its exit code."""
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=20)
    except TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return process.returncode


def memory_mb(process: int, which: str) -> float:
    """Of a process: ``VmRSS``, what it has, or ``VmHWM``, the most that it ever had (proc(5))."""
    [line] = [
        line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith(which)
    ]
    return int(line.split()[1]) / 1000


Serve = Callable[..., str]
"""What the fixture ``serve`` gives: (desk, options…) → URL, served until the test is over."""
