"""What tests of the page share: a site, a served page, a browser."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from types import SimpleNamespace

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright
from support.desk import Desk
from support.page import Done, Serve, Site, served, served_here

from pipeline.page import runs


@pytest.fixture
def desk(measured_desk: Desk) -> Desk:
    """The small desk; what a page starts measures no form."""
    return measured_desk


@pytest.fixture
def site(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The small desk's page, in this process, which starts commands that have the desk's office."""
    monkeypatch.setenv("PATH", desk.environment()["PATH"])
    yield Site(desk)
    connections.close_all()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves desks until the test is over."""
    with ExitStack() as stack:
        yield lambda *given, **environment: stack.enter_context(served(*given, **environment))


@pytest.fixture
def serve_here() -> Iterator[Serve]:
    """Serves desks from this process until the test is over."""
    with ExitStack() as stack:
        yield lambda desk: stack.enter_context(served_here(desk))


@pytest.fixture
def ended_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run has ended as soon as it has begun."""
    monkeypatch.setattr(runs, "subprocess", SimpleNamespace(Popen=Done, DEVNULL=subprocess.DEVNULL))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's browser; one for all tests of a worker."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Page]:
    """A window with nothing in it, of somebody who has never been here."""
    context = chromium.new_context(
        viewport={"width": 1366, "height": 768}, locale="zh-CN", ignore_https_errors=True
    )
    yield context.new_page()
    context.close()
