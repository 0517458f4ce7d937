"""Run a command whose connection to the server is lost just before a stage: ``cutter.py STAGE … arguments``.

The server's address is in the file ``address`` of the workspace.
"""

import sys
from pathlib import Path
from typing import Any

import psycopg

from support.programs.stages import found

CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def cut_before(stage: str, address: str) -> None:
    """Let the server end every connection but one's own when the stage is reached."""
    owner, name = found(stage)
    real = getattr(owner, name)

    def cut(*arguments: Any, **named: Any) -> Any:
        with psycopg.connect(address, autocommit=True) as other:
            other.execute(CUT)
        return real(*arguments, **named)

    setattr(owner, name, cut)


if __name__ == "__main__":
    import pipeline.cli.app

    _, _, root, stage, *arguments = sys.argv
    cut_before(stage, Path(root, "address").read_text(encoding="utf-8"))
    sys.argv = ["pipeline", "--root", root, *arguments]
    pipeline.cli.app.main()
