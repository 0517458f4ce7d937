"""Run a command that moves or erases letters on a later day: ``later.py DAYS … arguments``. KILL: a stage before which to die."""

import os
import sys
from datetime import datetime, timedelta
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from support.programs.killer import wrap


def let_pass(days: int) -> None:
    """From now on it is so many days later for whoever types a command."""

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) + timedelta(days=days)

    in_commands("datetime", Later)


def in_commands(name: str, stand_in: object) -> None:
    """Let every command find something else under a name that it has imported."""
    import pipeline.cli

    commands = [
        vars(import_module(each.name)) for each in walk_packages(pipeline.cli.__path__, "pipeline.cli.")
    ]
    holders = [names for names in commands if name in names]
    assert holders, name
    for names in holders:
        names[name] = stand_in


if __name__ == "__main__":
    import pipeline.cli.app

    _, _, root, days, *arguments = sys.argv
    let_pass(int(days))
    if "KILL" in os.environ:
        wrap("before", os.environ["KILL"])
    sys.argv = ["pipeline", "--root", root, *arguments]
    pipeline.cli.app.main()
