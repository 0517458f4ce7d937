"""Run a command that moves or erases letters on a later day: ``later.py DAYS … arguments``. KILL: a stage before which to die."""

import os
import sys
from datetime import datetime, timedelta
from typing import Any

from support.programs.killer import wrap


def let_pass(days: int) -> None:
    """From now on it is so many days later for whoever moves or erases letters."""
    from pipeline.cli import keeping, movements

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) + timedelta(days=days)

    for module in (movements, keeping):
        vars(module)["datetime"] = Later


if __name__ == "__main__":
    import pipeline.cli.app

    _, _, root, days, *arguments = sys.argv
    let_pass(int(days))
    if "KILL" in os.environ:
        wrap("before", os.environ["KILL"])
    sys.argv = ["pipeline", "--root", root, *arguments]
    pipeline.cli.app.main()
