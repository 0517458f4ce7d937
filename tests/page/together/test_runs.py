"""Long work: it goes on without whoever asked for it, and two who ask at once do not come in each other's way."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.desk import KEYS, until
from support.kills.sight import prove, prove_tidy
from support.page import Site, ended, server_of, stop
from support.page.browser import Browser

from pipeline.page import runs
from pipeline.page.access import Role, Visitor
from pipeline.page.models import Run
from pipeline.workspace import WAITING


@pytest.fixture
def hanging(
    site: Site, monkeypatch: pytest.MonkeyPatch, make_office: Callable[[str], Path]
) -> Iterator[Callable[[bool], None]]:
    """Makes LibreOffice hang once letters are numbered, or work again; what hangs at the end is stopped."""

    def make(hangs: bool) -> None:
        office = make_office("hangs after numbering") if hangs else site.desk.office
        monkeypatch.setenv("PATH", f"{office}{os.pathsep}{os.environ['PATH']}")

    yield make
    for run in Run.objects.all():
        runs.cancel(run)


def test_progress_outlives_reload_browser_and_server(site: Site, hanging: Callable[[bool], None]) -> None:
    hanging(True)
    session = site.account("甲", Role.OFFICE).cookies["sessionid"].value
    process, url = server_of(site.desk, PATH=os.environ["PATH"])
    try:
        browser = Browser(url, session)
        run = browser.number()
        until(site.desk.numbered)
        until(lambda: f'max="{len(KEYS)}"' in browser.get(run))
        shown = steady(lambda: told(browser.get(run)))  # reloaded
        browser.close()
        other = Browser(url, session)  # closed, and opened again
        assert "正在办理" in other.get("/runs/") and told(other.get(run)) == shown != []
        other.close()
    finally:
        stop(process)
    process, url = server_of(site.desk, PATH=os.environ["PATH"])
    try:
        browser = Browser(url, session)
        assert told(browser.get(run)) == shown and "正在办理" in browser.get("/")
        browser.press(f"{run}cancel/")  # the new server reaches what the old one started
        until(lambda: "停下了" in browser.get(run))
        browser.close()
    finally:
        stop(process)

    assert site.desk.numbered() == []


def steady(look: Callable[[], list[str]]) -> list[str]:
    """What is told once the command, which does so five times a second, has nothing new to tell."""
    seen = [look()]

    def is_steady() -> bool:
        time.sleep(0.5)
        seen.append(look())
        return seen[-1] == seen[-2]

    until(is_steady)
    return seen[-1]


def told(page: str) -> list[str]:
    """How far the page says that it is; the rest has a token in it, which changes."""
    return [line for line in page.splitlines() if "<progress" in line or "data-told" in line]


def test_the_second_of_two_waits_and_each_sees_the_other(site: Site, hanging: Callable[[bool], None]) -> None:
    first, second = site.account("甲", Role.OFFICE), site.account("乙", Role.OFFICE)
    hanging(True)
    one = f"/runs/{runs.start(['letters'], '编号并排版', Visitor('甲', Role.OFFICE)).pk}/"
    until(site.desk.numbered)
    hanging(False)
    two = f"/runs/{runs.start(['letters'], '编号并排版', Visitor('乙', Role.OFFICE)).pk}/"
    until(lambda: second.get(f"{two}state/").json()["text"] == WAITING)

    for client in (first, second):
        seen = client.get("/runs/").content.decode()
        assert seen.count("正在办理") == 2 and "甲" in seen and "乙" in seen
        assert client.get(one).status_code == client.get(two).status_code == 200
    first.post(f"{one}cancel/")
    assert ended(first, one)["exit_code"] == 130
    assert ended(second, two)["exit_code"] == 0
    assert [key for key, *_ in site.desk.numbered()] == KEYS


def test_two_who_press_at_once_number_nothing_twice(site: Site, hanging: Callable[[bool], None]) -> None:
    clients = [site.account(name, Role.OFFICE) for name in ("甲", "乙")]
    hanging(False)
    trials = [client.post("/letters/run/").headers["Location"] for client in clients]
    for client, trial in zip(clients, trials, strict=True):
        assert ended(client, trial)["exit_code"] == 0
        assert f"要编{len(KEYS)}份" in client.get(trial).content.decode()
    assert site.desk.numbered() == []
    asked = [trial.replace("/runs/", "/letters/run/") for trial in trials]
    started = [client.post(where).headers["Location"] for client, where in zip(clients, asked, strict=True)]
    ends = [ended(client, run) for client, run in zip(clients, started, strict=True)]

    assert sorted(end["exit_code"] for end in ends) == [0, 6]
    [late] = [run for run, end in zip(started, ends, strict=True) if end["exit_code"]]
    assert "要编的号和试算列出的不一样了" in clients[0].get(late).content.decode()
    assert [key for key, *_ in site.desk.numbered()] == KEYS
    prove(site.desk)
    assert prove_tidy(site.desk, set()) == {"2022-001"}
