"""Letters printed, and tables read, with the help of other machines: real workers, and the files of one machine to the byte."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from support.clerk import Quiet, at, now
from support.desk import ROOT, Desk, processes_of, until
from support.programs import cluster as real

from pipeline.domain.outcome import Outcome
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.errors import ExitCode, FileFault, ToolFault
from pipeline.intake import read_inputs
from pipeline.jobs import letters
from pipeline.jobs.rebuild import rebuild
from pipeline.publishing import far_office
from pipeline.publishing.far_office import convert_there
from pipeline.publishing.renderer import Renderer
from pipeline.workspace import on_cluster, open_workspace

BATCH = "2022-001"


class Telling(Quiet):
    """Does something when a line is said."""

    def __init__(self, do: Callable[[], object]) -> None:
        super().__init__()
        self._do = do

    def say(self, text: str) -> None:
        super().say(text)
        self._do()


def made_again(desk: Desk, address: str, bar: Quiet) -> Outcome:
    """The printed batch once more, on the cluster, its files put aside first."""
    desk.batch().rename(desk.root / "before")
    with at(desk) as workspace, Renderer(on_cluster(workspace, address)) as renderer:
        return rebuild(renderer, BATCH, now(), bar)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def small_chunks(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    for module in ("form_engine", "pages", "office_engine"):
        monkeypatch.setattr(f"pipeline.letters.{module}.CHUNK", count)


def test_set_pages_are_those_of_one_machine_though_a_worker_is_killed(
    printed_desk: Desk, dask: real.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    (extra,) = dask.work(1)
    small_chunks(monkeypatch, 1)
    bar = Telling(lambda: real.kill(extra))
    outcome = made_again(printed_desk, dask.address, bar)
    assert "与当初印发的逐字节相同" in outcome.closing and bar.said, outcome
    assert contents(printed_desk.batch()) == contents(printed_desk.root / "before")
    assert set(contents(printed_desk.batch())) > {"介绍信.pdf", "manifest.json"}


@pytest.mark.soffice
@pytest.mark.slow
def test_pages_of_libreoffice_are_those_of_one_machine_though_a_worker_is_killed_printing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk.laid(tmp_path / "工作")
    small_chunks(monkeypatch, 2)
    with at(desk) as workspace, Renderer(workspace) as renderer:
        assert letters.run(renderer, letters.Request(engine="office"), now(), Quiet()).exit_code == 0
    with real.cluster(tmp_path / "dask") as made:
        doomed, other = made.work(2)
        scratch = tmp_path / "dask" / "scratch"

        def kill_one_that_prints() -> None:
            until(
                lambda: any("--pidfile" in line for line in children_of(doomed)),
                120,
                "a LibreOffice started there for a letter",
            )
            real.kill(doomed)

        killing = Thread(target=kill_one_that_prints)
        killing.start()
        outcome = made_again(desk, made.address, Quiet())
        killing.join(120)
        assert not killing.is_alive()
        assert "与当初印发的逐字节相同" in outcome.closing, outcome
        assert contents(desk.batch()) == contents(desk.root / "before")
        assert processes_of(scratch), "one stays for the next letters"
        real.kill(other)
        until(lambda: not processes_of(scratch), 20, "no LibreOffice without its worker")


def children_of(pid: int) -> list[str]:
    """Command lines of the living processes that a worker has started."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            parent = entry.name.isdecimal() and int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent == pid:
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


@pytest.mark.parametrize("address, fault", [("tcp://127.0.0.1:9", FileFault), ("another version", ToolFault)])
def test_nothing_is_numbered_where_the_cluster_cannot_be_used(
    desk: Desk,
    dask: real.Cluster,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    fault: type[FileFault | ToolFault],
) -> None:
    monkeypatch.setattr("pipeline.adapters.workers.cluster.REACH_S", 5 if fault is ToolFault else 0.3)
    if fault is ToolFault:
        address = dask.address
        monkeypatch.setattr("pipeline.adapters.workers.cluster.own", lambda: {"本程序": "another"})
    with at(desk) as workspace, Renderer(on_cluster(workspace, address)) as renderer, pytest.raises(fault):
        letters.run(renderer, letters.Request(), now(), Quiet())
    assert desk.numbered() == [] and not desk.batch().exists()


def test_the_plan_or_the_command_line_says_with_whom(desk: Desk) -> None:
    desk.settings('scheduler = ""', 'scheduler = "tcp://127.0.0.1:9x"')
    told = desk.run("letters")
    assert told.code == ExitCode.USAGE and "[cluster] scheduler" in told.err
    desk.settings("9x", "9")
    done = desk.run("letters", "--cluster", "local:1")
    assert done.code == ExitCode.DONE and len(desk.numbered()) == 9, done


def test_tables_are_read_there_as_here(dask: real.Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = open_workspace(ROOT / "examples" / "2022")
    monkeypatch.setattr("pipeline.intake.files.WORTH_A_PROCESS", 1)
    alone = read_inputs(workspace, date(2022, 12, 31), (REGISTRATIONS,))
    there = read_inputs(on_cluster(workspace, dask.address), date(2022, 12, 31), (REGISTRATIONS,))
    assert there == alone and len(there.said(REGISTRATIONS)) > 1000


def test_a_libreoffice_that_is_not_like_ours_prints_nothing(
    tmp_path: Path, make_office: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(far_office, "IDLE_S", 0)
    monkeypatch.setenv("PATH", str(make_office("gives nothing")), prepend=":")
    docx = tmp_path / "letters.docx"
    docx.write_bytes(b"")
    with pytest.raises(ToolFault, match=r"LibreOffice 那里是 \w+、本机是 another"):
        convert_there(docx, 1, 10, {"LibreOffice": "another"})
    until(lambda: far_office._LENT._office is None, 20, "it is ended when nobody asks")
