"""Be ``soffice`` for one call: ``soffice.py BEHAVIOUR …``; the behaviour is a program that learns from ``asked`` what is wanted.

The one that stays has nothing to do here: it notes its number and waits, and no call is handed over to it.
"""

import os
import runpy
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    behaviour = sys.argv.pop(1)
    if "--convert-to" in sys.argv:
        with Path(os.environ["OFFICE_CALLS"]).open("a", encoding="utf-8") as calls:
            calls.write(f"{Path(sys.argv[-1]).name}\n")
        runpy.run_path(behaviour)
        sys.exit()
    for option in sys.argv:
        if option.startswith("--pidfile="):
            Path(option.removeprefix("--pidfile=")).write_text(str(os.getpid()), encoding="utf-8")
            time.sleep(600)
