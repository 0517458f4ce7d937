"""Runs: commands that somebody had run, which outlive the server and can be stopped."""

import json
import os
import re
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from support.page import UNITS, Site, ended, until

from pipeline.page import runs
from pipeline.page.access import Role, Visitor
from pipeline.page.models import Run

OFFICE = Visitor("张三", Role.OFFICE)


def test_a_button_has_a_command_run_and_its_result_is_shown(site: Site) -> None:
    client = site.client()
    address = client.post("/check/").headers["Location"]
    state = ended(client, address)

    assert (state["state"], state["exit_code"]) == ("done", 0)
    assert "没有要改的" in client.get(address, follow=True).content.decode()
    assert "办完了" in client.get("/runs/").content.decode()


def test_what_a_command_found_wrong_is_shown(site: Site, ended_at_once: None) -> None:
    site.desk.write_targets([("东庄镇", 2), ("普明镇", 3), ("县民政局", 4)])
    client = site.client()
    address = client.post("/letters/run/").headers["Location"]

    assert ended(client, address)["exit_code"] == 3
    shown = client.get(address).content.decode()
    assert "有要改的" in shown and "东庄镇" in shown and "要改的" in shown


def test_a_letter_is_numbered_by_whom_and_the_files_are_links(site: Site, ended_at_once: None) -> None:
    client = site.client()
    address = f"/runs/{runs.start(['letters'], '编号并排版', Visitor('', Role.OFFICE)).pk}/"
    assert ended(client, address)["state"] == "done"
    shown = client.get(address).content.decode()
    [link] = re.findall(r'href="([^"]+)"[^>]*><img[^>]*><span>介绍信\.pdf<', shown)
    answer = client.get(link)

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.getvalue()[:5] == b"%PDF-"
    answer.close()


def test_the_command_is_told_who_asks_and_where_to_tell_how_far_it_is(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in = tmp_path / "python"
    stand_in.write_text(
        '#!/bin/sh\necho "{\\"by\\": \\"$PIPELINE_OPERATOR\\", \\"to\\": \\"$PIPELINE_PROGRESS\\", \\"words\\": \\"$*\\"}"\n'
    )
    stand_in.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(stand_in))
    run = runs.start(["letters", "--dry-run"], "试算", OFFICE)
    until(lambda: runs.state_of(run).state == runs.DONE)

    assert runs.result_of(run) == {
        "by": "张三", "to": str(runs.folder_of(run) / "progress"),
        "words": f"-m pipeline --root {site.desk.root} letters --dry-run --json",
    }  # fmt: skip


def slow(site: Site, monkeypatch: pytest.MonkeyPatch, office: Path) -> Run:
    """A run that hangs in LibreOffice after its letters have been numbered."""
    monkeypatch.setenv("PATH", f"{office}{os.pathsep}{os.environ['PATH']}")
    run = runs.start(["letters"], "编号并排版", OFFICE)
    until(lambda: site.desk.register.exists() and site.desk.numbered())
    return run


def test_a_run_that_is_stopped_gives_its_numbers_back(
    site: Site, monkeypatch: pytest.MonkeyPatch, make_office: Callable[[str], Path]
) -> None:
    run = slow(site, monkeypatch, make_office("hangs after numbering"))
    assert runs.state_of(run).running
    client = site.client()
    client.post(f"/runs/{run.pk}/cancel/")
    state = ended(client, f"/runs/{run.pk}/")

    assert (state["state"], state["exit_code"]) == ("stopped", 130)
    assert site.desk.numbered() == []
    assert not runs.cancel(run)


def test_a_server_that_starts_anew_finds_what_is_running_and_what_was_cut_off(
    site: Site, monkeypatch: pytest.MonkeyPatch, make_office: Callable[[str], Path]
) -> None:
    run = slow(site, monkeypatch, make_office("hangs after numbering"))
    again = Site(site.desk)
    assert "正在办理" in again.client().get("/runs/").content.decode()
    number = int((runs.folder_of(run) / "process").read_text().split()[0])
    os.killpg(number, signal.SIGKILL)
    until(lambda: not runs.state_of(run).running)

    assert runs.state_of(run).state == runs.CUT_OFF
    assert "没有办完就停了" in again.client().get(f"/runs/{run.pk}/").content.decode()


def test_what_a_command_broke_down_over_is_shown_to_the_office_alone(site: Site) -> None:
    """It names folders of the server's machine."""
    unit, office = site.account("东村镇", Role.UNIT, UNITS[0]), site.account("甲", Role.OFFICE)
    run = Run.objects.create(title="检查", arguments=["check"], unit=UNITS[0].code)
    folder = runs.folder_of(run)
    folder.mkdir()
    (folder / "err").write_text('Traceback … File "/srv/pipeline/x.py"')
    (folder / "exit").write_text("1")

    assert "/srv/pipeline" in office.get(f"/runs/{run.pk}/").content.decode()
    text = unit.get(f"/runs/{run.pk}/").content.decode()
    assert "/srv" not in text and "请告诉专班办公室" in text


def test_another_process_under_the_same_number_is_not_the_run(site: Site) -> None:
    run = Run.objects.create(title="检查", arguments=["check"])
    folder = runs.folder_of(run)
    folder.mkdir()
    mine = Path("/proc/self/stat").read_text()
    folder.joinpath("process").write_text(mine)
    assert runs.state_of(run).running
    head, _, tail = mine.rpartition(")")
    fields = tail.split()
    fields[19] = str(int(fields[19]) - 1)
    folder.joinpath("process").write_text(f"{head}) {' '.join(fields)}")

    assert runs.state_of(run).state == runs.CUT_OFF


def test_what_was_kept_long_enough_is_cleared(site: Site) -> None:
    """Who did it is known for three years, how it went for ninety days; what still goes on is left alone."""
    now = datetime(2025, 6, 1, 12)  # noqa: DTZ001 - as Django keeps times
    made = {}
    for what, days in (("new", 89), ("old", 91), ("older", 1094), ("oldest", 1096), ("goes on", 91)):
        run = Run.objects.create(title=what, arguments=["letters"])
        Run.objects.filter(pk=run.pk).update(at=now - timedelta(days=days))
        run.refresh_from_db()
        folder = runs.folder_of(run)
        folder.mkdir()
        (folder / "exit").write_text("0")
        made[what] = run
    (runs.folder_of(made["goes on"]) / "exit").unlink()
    (runs.folder_of(made["goes on"]) / "process").write_bytes(Path("/proc/self/stat").read_bytes())
    (runs.folder_of(made["new"]).parent / "999").mkdir()  # of a database that was moved away
    runs.sweep(now)

    assert {run.title for run in Run.objects.all()} == made.keys() - {"oldest"}
    assert {path.name for path in site.desk.root.glob("page/runs/*")} == {
        str(made[what].pk) for what in ("new", "goes on")
    }
    states = {what: runs.state_of(run).state for what, run in made.items()}
    assert states["new"] == runs.DONE and states["goes on"] == runs.RUNNING
    assert states["old"] == states["older"] == runs.CLEARED
    assert "已经清掉" in site.client().get(f"/runs/{made['old'].pk}/").content.decode()


def test_a_run_that_begins_while_others_are_cleared_keeps_its_folder(site: Site) -> None:
    folder = site.desk.root / "page" / "runs" / "12345"

    def meanwhile(execute: Callable[..., object], *asked: object) -> object:
        folder.mkdir(exist_ok=True)
        return execute(*asked)

    with connection.execute_wrapper(meanwhile):
        runs.sweep(datetime(2025, 6, 1, 12))  # noqa: DTZ001 - as above
    assert folder.is_dir()


@pytest.mark.parametrize(
    "told, shown",
    [
        ({"text": "正在排版", "done": 3, "total": 9}, runs.Progress("正在排版", 3, 9)),
        ({"text": "正在读表"}, runs.Progress("正在读表")),
        ([], runs.Progress()),
    ],
)
def test_how_far_a_run_is(site: Site, told: object, shown: runs.Progress) -> None:
    run = Run.objects.create(title="检查", arguments=["check"])
    runs.folder_of(run).mkdir()
    (runs.folder_of(run) / "progress").write_text(json.dumps(told), encoding="utf-8")

    assert runs.state_of(run).progress == shown


def test_two_people_see_each_others_runs_and_a_unit_its_own(site: Site) -> None:
    clients = site.everybody()
    for unit in ("", "01", "02"):
        Run.objects.create(account="张三", unit=unit, title=f"检查{unit or '全部'}", arguments=["check"])

    def seen(name: str) -> list[str]:
        return re.findall(r"检查(?:全部|\d+)", clients[name].get("/runs/").content.decode())

    assert seen("office") == seen("auditor") == ["检查02", "检查01", "检查全部"]
    assert seen("own") == ["检查01"] and seen("other") == ["检查02"]
