"""A command in a process group of its own, killed with all that it started."""

import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from support.desk import Desk, processes_of, until
from support.programs.later import let_pass


def run(desk: Desk, words: tuple[str, ...], after_s: float | None = None) -> tuple[float, int]:
    """Run a command in a process group of its own; kill all of it after so many seconds. Its length and exit code."""
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        _become(desk, words)
    with suppress(PermissionError, ProcessLookupError):  # the child does it too: whoever is first
        os.setpgid(child, child)
    gone, status = 0, 0
    while not gone and (after_s is None or time.monotonic() - started < after_s):
        time.sleep(0.002)
        gone, status = os.waitpid(child, os.WNOHANG)
    length_s = time.monotonic() - started
    if not gone:
        os.killpg(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        until(lambda: not processes_of(desk.root), 30, "all that it started is gone")
    return length_s, os.waitstatus_to_exitcode(status)


def _become(desk: Desk, words: tuple[str, ...]) -> None:
    """Be the command, in the forked process; does not return."""
    import pipeline.cli.app

    try:
        os.setpgid(0, 0)
        log = os.open(desk.root.parent / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for descriptor in (1, 2):
            os.dup2(log, descriptor)
        if "forget" in words:
            _be_later()
        sys.argv = ["pipeline", "--root", str(desk.root), *words]
        pipeline.cli.app.main()
    except SystemExit as end:
        sys.stdout.flush()
        os._exit(int(end.code or 0))
    finally:
        os._exit(99)


def _be_later() -> None:
    """Let the plan year be over and three years have gone by."""
    from pipeline.cli import keeping
    from pipeline.workspace import Workspace, open_workspace

    def next_year(root: Path) -> Workspace:
        here = open_workspace(root)
        plan = replace(here.settings.plan, year=here.settings.plan.year + 1)
        return replace(here, settings=replace(here.settings, plan=plan))

    let_pass(1000)
    vars(keeping)["open_workspace"] = next_year
