"""Run it from the command line; see the package."""

import argparse
import gc
import json
import os
import shutil
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from support.kills.siege import Siege
from support.programs.ready import load_product


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument(
        "--memory", type=Path, help="where to keep what LibreOffice made; a folder of its own if not given"
    )
    parser.add_argument(
        "--printing", type=float, default=0.5, help="share of commands that print, which takes longest"
    )
    parser.add_argument("--only", nargs="+", default=(), help="first words of the commands, such as items")
    arguments = parser.parse_args()
    os.umask(0o077)
    load_product()
    gc.freeze()  # or each forked command's first collection would copy it all
    base = Path(tempfile.mkdtemp(prefix="kills-"))
    siege = Siege(
        base, arguments.memory or base / "memory", arguments.seed, arguments.printing, arguments.only
    )
    started = time.monotonic()
    try:
        while siege.killed.total() < arguments.kills:
            siege.live(arguments.kills)
            took = time.monotonic() - started
            print(
                f"{took:6.0f} s  {siege.killed.total()} kills in {siege.steps} steps",
                file=sys.stderr,
                flush=True,
            )
    except AssertionError:
        print(f"seed {arguments.seed}", file=sys.stderr)
        raise
    shutil.rmtree(base)
    took = time.monotonic() - started
    found = {
        "kills": siege.killed.total(),
        "steps": siege.steps,
        "seed": arguments.seed,
        "seconds": round(took),
    }
    commands = dict(sorted(siege.killed.items()))
    print(
        json.dumps(
            {
                **found,
                "at": f"{datetime.now().astimezone():%Y-%m-%d}",
                "met": siege.came,
                "commands": commands,
            }
        )
    )


if __name__ == "__main__":
    main()
