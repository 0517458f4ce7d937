"""Acts are the commands: each is started in a session of its own and outlives the server.

A run's folder holds ``process`` (its process's line in ``/proc``, by which it is found again), ``out``, ``err``,
``progress`` and, when it has ended, ``exit``. Nothing about it is known from memory, so a server that starts anew
shows what the last one started.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from pipeline.errors import ExitCode
from pipeline.page.access import Role, Visitor
from pipeline.page.models import Run

RUNNING, DONE, FAILED, STOPPED, CUT_OFF, CLEARED = (
    "running",
    "done",
    "failed",
    "stopped",
    "cut-off",
    "cleared",
)
STATES = {
    RUNNING: "正在办理", DONE: "办完了", FAILED: "没有办成", STOPPED: "停下了", CUT_OFF: "中断了", CLEARED: "过期已清",
}  # fmt: skip
"""States of a run, and how each is called."""
FAULTY = "有要改的"
"""How a run is called that found problems in the tables."""
SHOWN = 50
"""Runs on the list."""
_NOTHING: Mapping[str, UploadedFile] = {}
_STARTING_S = 10
"""Seconds in which a run that was just asked for has not told its process yet."""
_KILLED = 128
"""Exit codes from here on are signals, as a shell tells them: killed by hand, or for want of memory."""
_ENDS: dict[int, str] = {ExitCode.DONE: DONE, ExitCode.INTERRUPTED: STOPPED}
_SHELL = """\
cat /proc/$$/stat >process
trap : TERM INT HUP
"$@" >out 2>err </dev/null
code=$?
rm -rf given
echo $code >exit.new
mv exit.new exit
"""
"""Tells which process it is, runs the command, and tells how it ended, whoever is still there to hear it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    text: str = ""
    done: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """How a run stands."""

    run: Run
    state: str
    """One of :data:`STATES`."""
    progress: Progress
    exit_code: int | None = None
    """Once it has ended by itself."""
    ended: datetime | None = None

    @property
    def title(self) -> str:
        """For the eye."""
        return FAULTY if self.exit_code == ExitCode.DATA else STATES[self.state]

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self.state == RUNNING


def start(
    arguments: Sequence[str],
    title: str,
    visitor: Visitor,
    unit: str = "",
    given: Mapping[str, UploadedFile] = _NOTHING,
) -> Run:
    """Have a command run by somebody.

    :param arguments: the command and its options, without ``--root`` and ``--json``.
    :param unit: code of the unit whose run it is; empty for the office's.
    :param given: files for the command alone: name → file, which it finds as ``given/name``; gone when it has ended.
    """
    arguments = [argument.replace("\0", "") for argument in arguments]
    run = Run.objects.create(account=visitor.name, unit=unit, title=title, arguments=list(arguments))
    folder = folder_of(run)
    folder.mkdir(mode=0o700)
    for name, file in given.items():
        (folder / "given").mkdir(mode=0o700, exist_ok=True)
        with (folder / "given" / name).open("xb") as kept:
            shutil.copyfileobj(file, kept)
    command = [sys.executable, "-m", "pipeline", "--root", str(settings.WORKSPACE.root), *arguments, "--json"]
    environment = os.environ | {"PIPELINE_PROGRESS": str(folder / "progress"), "PYTHONIOENCODING": "utf-8"}
    if visitor.name:
        environment["PIPELINE_OPERATOR"] = visitor.name
    process = subprocess.Popen(
        ["/bin/sh", "-c", _SHELL, "run", *command],
        cwd=folder, env=environment, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    threading.Thread(target=process.wait, daemon=True).start()  # or it would stay a zombie
    return run


def visible(visitor: Visitor) -> list[Run]:
    """The last runs that somebody may see, latest first: the office's people each other's, a unit its own."""
    runs = Run.objects.order_by("-pk")
    if visitor.role is Role.UNIT:
        runs = runs.filter(unit=visitor.unit)
    return list(runs[:SHOWN])


def owner(number: int) -> str | None:
    """Code of the unit whose run it is; None for the office's and for one that is not there."""
    return Run.objects.filter(pk=number).values_list("unit", flat=True).first() or None


def folder_of(run: Run) -> Path:
    """Where a run's files lie."""
    folder: Path = settings.FOLDERS.runs
    return folder / str(run.pk)


def state_of(run: Run) -> State:
    """How a run stands at this moment."""
    folder = folder_of(run)
    alive = _alive(folder, run.at)  # asked before: it may end in between
    progress = _progress(folder)
    try:
        code = int((folder / "exit").read_text("ascii"))
        ended = datetime.fromtimestamp((folder / "exit").stat().st_mtime)  # noqa: DTZ006 - as Django keeps them
    except (OSError, ValueError):
        return State(run, RUNNING if alive else CUT_OFF if folder.exists() else CLEARED, progress)
    return State(run, _ENDS.get(code, FAILED if code < _KILLED else CUT_OFF), progress, code, ended)


def result_of(run: Run) -> dict[str, Any] | None:
    """The one JSON object that the command printed; None where there is none."""
    try:
        found = json.loads((folder_of(run) / "out").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def said(run: Run) -> str:
    """What the command wrote besides, for who has to find out why it failed."""
    try:
        return (folder_of(run) / "err").read_text("utf-8", errors="replace")[-4000:]
    except OSError:
        return ""


def cancel(run: Run) -> bool:
    """Ask a run to stop, as Ctrl-C would: it gives back the numbers that are not printed. Whether there was one."""
    folder = folder_of(run)
    process = _process(folder)
    if process is None or (folder / "exit").exists() or not _is_there(*process):
        return False
    try:
        os.killpg(process[0], signal.SIGTERM)
    except ProcessLookupError:
        return False
    return True


def sweep(now: datetime) -> None:
    """Clear what has been kept long enough, and folders of no run: those of a database that was moved away.

    A run may be started meanwhile: it is known before it has a folder.

    :param now: the machine's own time, without a zone, as Django keeps it.
    """
    kept, there = settings.WORKSPACE.settings.page, list(settings.FOLDERS.runs.iterdir())
    Run.objects.filter(at__lt=now - timedelta(days=kept.record_days)).delete()
    young = Run.objects.filter(at__gte=now - timedelta(days=kept.runs_days)).values_list("pk", flat=True)
    names = set(map(str, young))
    for folder in there:
        process = _process(folder)
        if folder.name not in names and not (process and _is_there(*process)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(folder: Path, asked: datetime) -> bool:
    process = _process(folder)
    if process is None:
        return 0 <= time.time() - asked.timestamp() < _STARTING_S
    return _is_there(*process)


def _process(folder: Path) -> tuple[int, str] | None:
    """Process number and start time, in ticks since the machine's start: together they mean one process only."""
    try:
        return _told((folder / "process").read_text("utf-8"))
    except (OSError, ValueError, IndexError):
        return None


def _is_there(number: int, since: str) -> bool:
    try:
        line = Path(f"/proc/{number}/stat").read_text("utf-8")
    except OSError:
        return False
    return _told(line) == (number, since) and _fields(line)[0] != "Z"


def _told(line: str) -> tuple[int, str]:
    return int(line.split(" ", 1)[0]), _fields(line)[19]


def _fields(line: str) -> list[str]:
    """The fields after the program's name, which can hold anything: state is the first (proc(5))."""
    return line.rpartition(")")[2].split()


def _progress(folder: Path) -> Progress:
    try:
        told = json.loads((folder / "progress").read_text("utf-8"))
        return Progress(str(told.get("text", "")), int(told.get("done") or 0), told.get("total"))
    except (OSError, ValueError, AttributeError):
        return Progress()
