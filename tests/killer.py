"""Run a command that kills itself, as kill -9 would, at a stage boundary: ``killer.py WHEN STAGE … arguments``.

WHEN is ``before`` or ``after``; STAGE is a dotted name that is wrapped. Lives here so that the product has no hooks.
"""

import importlib
import os
import signal
import sys
from typing import Any

STAGES = (
    "pipeline.letters.read_inputs",
    "pipeline.letters.open_templates",
    "pipeline.adapters.register.store.make",
    "pipeline.adapters.register.store.prepare",
    "pipeline.adapters.register.store.Register.preview",
    "pipeline.adapters.files._sweep",
    "pipeline.adapters.files.tempfile.mkdtemp",
    "pipeline.letters._too_long",
    "pipeline.letters._reserve",
    "pipeline.adapters.register.store.Register.reserve",
    "pipeline.adapters.register.store.Register._record",
    "pipeline.adapters.register.store.Register.use_templates",
    "pipeline.press.Press.print",
    "pipeline.stamping.Stamper.typeset",
    "pipeline.press._bind",
    "pipeline.press.write_receipt",
    "pipeline.press.write_register_sheet",
    "pipeline.press.Press._read_receipt",
    "pipeline.press.write_manifest",
    "pipeline.press.publish",
    "pipeline.adapters.files.Path.rename",
    "pipeline.adapters.register.store.Register.confirm",
    "pipeline.adapters.office.Office.convert",
    "pipeline.adapters.office.Office.close",
    "pipeline.adapters.files.shutil.rmtree",
    "pipeline.letters._printed",
)
"""The boundaries of a run, in the order in which it passes them."""


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
    import pipeline.cli

    # The desk puts --root first.
    if when == "--root":
        (root, when, stage, *arguments) = (stage, *arguments)
        arguments = ["--root", root, *arguments]
    wrap(when, stage)
    sys.argv = ["pipeline", *arguments]
    pipeline.cli.main()
