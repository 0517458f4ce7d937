"""How a command's process ends, besides its exit code."""

import subprocess
import sys

_PROGRAM = """
import atexit, gc
from pipeline.cli import main
atexit.register(lambda: print(len(gc.get_objects()), gc.get_freeze_count()))
main()
"""


def test_what_was_loaded_is_not_looked_through_at_the_end() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _PROGRAM, "--help"], check=True, capture_output=True, text=True
    ).stdout
    left, frozen = map(int, told.splitlines()[-1].split())
    assert left < 1_000 and frozen > 50_000
