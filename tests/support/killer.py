"""Run a command that kills itself, as kill -9 would, at a stage boundary: ``killer.py WHEN STAGE … arguments``.

WHEN is ``before`` or ``after``; STAGE is a dotted name that is wrapped. Lives here so that the product has no hooks.
"""

import importlib
import os
import signal
import sys
from typing import Any

_BOTH = ("before", "after")
STAGES = (
    ("pipeline.jobs.letters.read_inputs", ("after",)),
    ("pipeline.adapters.register.makes.sqlite.make", _BOTH),
    ("pipeline.adapters.register.makes.sqlite.prepare", ("after",)),
    ("pipeline.adapters.register.store.Register.preview", ("after",)),
    ("pipeline.adapters.folders.tempfile.mkdtemp", _BOTH),
    ("pipeline.adapters.office.Office.convert", _BOTH),
    ("pipeline.jobs.letters._reserve", ("before",)),
    ("pipeline.adapters.register.store.Register._record", _BOTH),
    ("pipeline.adapters.register.store.Register.reserve", ("after",)),
    ("pipeline.adapters.register.store.Register.use_templates", _BOTH),
    ("pipeline.letters.form_engine.Stamper.typeset", ("after",)),
    ("pipeline.letters.batch_files.write_receipt", ("after",)),
    ("pipeline.letters.batch_files.secret_of", _BOTH),
    ("pipeline.adapters.secret.secrets.token_hex", ("before",)),
    ("pipeline.letters.batch_files.BatchFiles._bind", ("after",)),
    ("pipeline.letters.batch_files.write_register_sheet", ("after",)),
    ("pipeline.letters.batch_files.write_manifest", _BOTH),
    ("pipeline.adapters.folders.sync", _BOTH),
    ("pipeline.letters.batch_files.publish", _BOTH),
    ("pipeline.adapters.register.store.Register.confirm", _BOTH),
    ("pipeline.adapters.office.Office.close", ("before",)),
    ("pipeline.adapters.folders.shutil.rmtree", _BOTH),
    ("pipeline.jobs.letters._printed", ("before",)),
)
"""The boundaries of a run, about in the order in which it passes them, and on which side of each to die."""


def wrap(when: str, stage: str) -> None:
    """Let the process die just before or just after a stage."""
    owner, name = _found(stage)
    real = getattr(owner, name)

    def dying(*arguments: Any, **named: Any) -> Any:
        if when == "after":
            real(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, dying)


def _found(stage: str) -> tuple[Any, str]:
    """The module, class or module's import that holds a name."""
    parts = stage.split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            owner: Any = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:-1]:
            owner = getattr(owner, part)
        assert hasattr(owner, parts[-1]), stage
        return owner, parts[-1]
    raise LookupError(stage)


if __name__ == "__main__":
    when, stage, *arguments = sys.argv[1:]
    import pipeline.cli.app

    # The desk puts --root first.
    if when == "--root":
        (root, when, stage, *arguments) = (stage, *arguments)
        arguments = ["--root", root, *arguments]
    wrap(when, stage)
    sys.argv = ["pipeline", *arguments]
    pipeline.cli.app.main()
