"""Run a command that moves or erases letters on a later day: ``later.py DAYS … arguments``. KILL: a stage before which to die."""

import os
import sys
from datetime import datetime, timedelta
from typing import Any

import pipeline.cli.app
import pipeline.cli.movements
from support.killer import wrap

_, root, days, *arguments = sys.argv[1:]


class Later(datetime):
    """Today is some days from now."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return datetime.now(tz) + timedelta(days=int(days))


if __name__ == "__main__":
    vars(pipeline.cli.movements)["datetime"] = Later
    if "KILL" in os.environ:
        wrap("before", os.environ["KILL"])
    sys.argv = ["pipeline", "--root", root, *arguments]
    pipeline.cli.app.main()
