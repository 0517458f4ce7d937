"""Run a command that kills itself, as kill -9 would, at a stage: ``killer.py WHEN STAGE … arguments``.

WHEN is ``before`` or ``after``.
"""

import os
import signal
import sys
from typing import Any

from support.programs.stages import found


def wrap(when: str, stage: str) -> None:
    """Let the process die just before or just after a stage."""
    owner, name = found(stage)
    real = getattr(owner, name)

    def dying(*arguments: Any, **named: Any) -> Any:
        if when == "after":
            real(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, dying)


if __name__ == "__main__":
    import pipeline.cli.app

    _, _, root, when, stage, *arguments = sys.argv  # the desk puts --root first
    wrap(when, stage)
    sys.argv = ["pipeline", "--root", root, *arguments]
    pipeline.cli.app.main()
