"""Run a command that kills itself, as kill -9 would, at a stage: ``killer.py WHEN STAGE … arguments``.

WHEN is ``before`` or ``after``. With WORTH_A_PROCESS in the environment so many letters are worth a second process, and
how many it was killed with is told.
"""

import os
import signal
import sys
from multiprocessing import active_children
from typing import Any

from support.programs.stages import found


def wrap(when: str, stage: str) -> None:
    """Let the process die just before or just after a stage."""
    owner, name = found(stage)
    real = getattr(owner, name)

    def dying(*arguments: Any, **named: Any) -> Any:
        if when == "after":
            real(*arguments, **named)
        if "WORTH_A_PROCESS" in os.environ:
            sys.stdout.write(f"{len(active_children())} helper\n")
            sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, dying)


if __name__ == "__main__":
    import pipeline.cli.app
    import pipeline.letters.batch_files

    _, _, root, when, stage, *arguments = sys.argv  # the desk puts --root first
    wrap(when, stage)
    if "WORTH_A_PROCESS" in os.environ:
        pipeline.letters.batch_files.WORTH_A_PROCESS = int(os.environ["WORTH_A_PROCESS"])
    sys.argv = ["pipeline", "--root", root, *arguments]
    pipeline.cli.app.main()
