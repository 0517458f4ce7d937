"""The page for tests: within this process, where a rule is tried; as a process of its own, where a browser is."""

import json
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from subprocess import Popen
from typing import Any

from django.test import Client

from pipeline.page import accounts
from pipeline.page.access import Role
from pipeline.page.serving.site import open_site
from pipeline.workspace import open_workspace
from support.desk import Desk

PASSWORD = "春江花月夜-1987"


class Site:
    """A desk's page, asked without a server."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        open_site(open_workspace(desk.root))

    def client(self, name: str = "") -> Client:
        """A browser of one's own; of somebody who has logged in, where a name is given."""
        client = Client(enforce_csrf_checks=False, SERVER_NAME="127.0.0.1", raise_request_exception=False)
        if name:
            answer = client.post("/login/", {"username": name, "password": PASSWORD})
            assert answer.status_code == 302, answer.content.decode()
        return client

    def account(self, name: str, role: Role, unit: str = "") -> None:
        """Somebody who can log in."""
        accounts.add(name, PASSWORD, role, unit)


def ended(client: Client, address: str, seconds: float = 60) -> Mapping[str, Any]:
    """What a run's state is once it has ended; ``address`` is the run's page."""
    deadline = time.monotonic() + seconds
    while True:
        state: dict[str, Any] = client.get(f"{address}state/").json()
        if state["state"] != "running":
            return state
        assert time.monotonic() < deadline, state
        time.sleep(0.05)


@contextmanager
def served(desk: Desk, *options: str, **environment: str) -> Iterator[str]:
    """A desk's page as ``pipeline page`` serves it: its URL; the server ends with the block."""
    process = desk.start("page", "--port", "0", "--json", *options, **environment)
    try:
        assert process.stdout is not None and process.stderr is not None
        line = process.stdout.readline()
        assert line, process.stderr.read()
        yield json.loads(line)["url"]
    finally:
        stop(process)


def stop(process: Popen[str]) -> int:
    """End a server as Ctrl-C does; its exit code."""
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=20)
    finally:
        process.kill()
    return process.returncode


Serve = Callable[..., str]
"""What the fixture ``serve`` gives: (desk, options…) → URL, served until the test is over."""
