"""Run a command on a machine that refuses: ``refuser.py ENOSPC STAGE …``, ``limit BYTES …``, ``impatient SECONDS …``."""

import errno
import os
import resource
import sys
from typing import Any

from support.programs.stages import found


def refuse(what: str, how: str) -> None:
    """Make the machine refuse from now on."""
    if what == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(how), int(how)))
    elif what == "impatient":
        import pipeline.adapters.register

        pipeline.adapters.register.open_register.__wrapped__.__defaults__ = (float(how),)  # type: ignore[attr-defined]
    else:
        owner, name = found(how)
        number = getattr(errno, what)

        def refusing(*arguments: Any, **named: Any) -> Any:
            raise OSError(number, os.strerror(number), "介绍信.pdf")

        setattr(owner, name, refusing)


if __name__ == "__main__":
    import pipeline.cli.app

    _, _, root, what, how, *arguments = sys.argv
    refuse(what, how)
    sys.argv = ["pipeline", "--root", root, *arguments]
    pipeline.cli.app.main()
