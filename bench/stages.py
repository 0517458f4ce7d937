"""Where the time of a run goes. ``python -m bench.stages WORKSPACE REPORT STARTED`` is the job ``letters``, watched.

The product has no hooks for this: its functions are wrapped here, from outside. A stage's time is its own, without
the stages that it calls. All runs in one process, so that no stage hides in another one.
"""

import atexit
import json
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

OTHER = "the rest"
TRYING = "trying out what can be set"
"""What is done only so that nothing fails once numbers are spent; what is printed then is kept for the batch."""
STAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("reading the inputs", "pipeline.jobs.letters", ("read_inputs",)),
    ("opening the templates", "pipeline.jobs.letters", ("open_templates",)),
    ("register", "pipeline.adapters.register.makes.sqlite", ("make", "prepare")),
    (
        "register",
        "pipeline.adapters.register.store:Register",
        ("unfinished", "preview", "next_batch", "reserve", "use_templates", "confirm", "batch", "holdings"),
    ),
    ("LibreOffice: fonts and start", "pipeline.adapters.office:Office", ("__init__",)),
    ("LibreOffice: trial pages", "pipeline.letters.office_engine:OfficeEngine", ("trial",)),
    ("LibreOffice: all pages", "pipeline.letters.office_engine:OfficeEngine", ("misfits", "typeset")),
    (TRYING, "pipeline.adapters.form:Form", ("can_set",)),
    ("survey, measuring, samples", "pipeline.letters.form_engine:FormEngine", ("misfits",)),
    ("setting the pages", "pipeline.letters.form_engine", ("set_chunk",)),
    ("setting: verification marks", "pipeline.letters.pages:Marks", ("texts", "operators")),
    ("setting: verification marks", "pipeline.letters.pages", ("operators",)),
    ("writing the PDFs", "pipeline.letters.pages:LetterPages", ("write",)),
    ("reading every page back", "pipeline.letters.batch_files", ("check_pages", "hold_against")),
    ("tables: register sheet", "pipeline.letters.batch_files", ("write_register_sheet",)),
    ("tables: waiting for the receipt sheet", "pipeline.letters.batch_files:BatchFiles", ("print",)),
    ("tables: manifest", "pipeline.letters.batch_files", ("write_manifest",)),
    ("publishing", "pipeline.letters.batch_files", ("publish",)),
    (OTHER, "pipeline.jobs.letters", ("run",)),
)
"""Stage, module (and class), and its functions there."""


class Clock:
    """Adds up each stage's own time in the main thread."""

    def __init__(self) -> None:
        self.spent_s: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = 0.0

    def watch(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted for the stage."""

        def watched(*arguments: Any, **options: Any) -> Any:
            if threading.current_thread() is not threading.main_thread():
                return function(*arguments, **options)
            self._turn(stage)
            try:
                return function(*arguments, **options)
            finally:
                self._turn(None)

        return watched

    def _turn(self, stage: str | None) -> None:
        now = time.perf_counter()
        if self._open:
            self.spent_s[self._open[-1]] += now - self._since
        if stage is None:
            self._open.pop()
        else:
            self._open.append(stage)
        self._since = now


def main(root: str, report: str, started: str) -> None:
    """Run the job and write how long each stage took."""
    import pipeline.letters.batch_files
    from pipeline.cli.app import main as run

    clock = Clock()
    clock.spent_s["Python: start and imports"] = time.time() - float(started)
    pipeline.letters.batch_files.WORTH_A_PROCESS = sys.maxsize
    for stage, place, names in STAGES:
        module, _, kind = place.partition(":")
        owner = import_module(module)
        owner = getattr(owner, kind) if kind else owner
        for name in names:
            setattr(owner, name, clock.watch(stage, getattr(owner, name)))
    atexit.register(lambda: Path(report).write_text(json.dumps(clock.spent_s, ensure_ascii=False), "utf-8"))
    sys.argv = ["pipeline", "--root", root, "letters", "--engine", "form"]
    run()


if __name__ == "__main__":
    main(*sys.argv[1:])
