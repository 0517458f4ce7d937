"""The command line with the clock stopped and every secret foretold. ``python -P bench/unchanged/fixed.py TIME ARGUMENT…``.

The package is the one of the folder that ``PYTHONPATH`` names: not necessarily the one that this file lies beside.
"""

import datetime as dt
import os
import random
import secrets
import sys
from pathlib import Path
from typing import Any

REAL = dt.datetime


class _Likewise(type):
    """What is a time remains one."""

    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, REAL)


class Stopped(REAL, metaclass=_Likewise):
    """Times as ever, all of the real kind; only ``now`` does not move."""

    moment: REAL

    def __new__(cls, *arguments: Any, **named: Any) -> REAL:  # type: ignore[misc]
        return REAL(*arguments, **named)

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> REAL:  # type: ignore[override]
        return REAL.fromtimestamp(cls.moment.timestamp(), tz)


def main(moment: str, *arguments: str) -> None:
    """Run one command at a moment, with secrets that follow from what is run."""
    Stopped.moment = REAL.fromisoformat(moment)
    dt.datetime = Stopped  # type: ignore[misc]  # before the package takes the name
    chance = random.Random(" ".join((moment, *arguments)))
    secrets.token_hex = lambda length=32: chance.randbytes(length).hex()
    sys.argv = ["pipeline", *arguments]
    import pipeline

    _name_nobody()
    from pipeline.cli import main as run

    assert Path(pipeline.__file__).is_relative_to(os.environ["PYTHONPATH"]), pipeline.__file__
    run()


def _name_nobody() -> None:
    """Who did it stands in the register, and so in the head of its chain on the receipt sheets; older ones did not ask."""
    try:
        from pipeline import whoami
    except ImportError:
        return
    whoami.operator = str


if __name__ == "__main__":
    main(*sys.argv[1:])
