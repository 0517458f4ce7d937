"""Run it from the command line; see the package."""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from support.desk import Desk
from support.fakes import office
from support.page.kills import __doc__ as about
from support.page.kills.siege import Siege


def main() -> None:
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args()
    base, begun = Path(tempfile.mkdtemp(prefix="page-kills-")), time.monotonic()
    siege = Siege(
        Desk.laid(base / "工作", office(base / "soffice", "remembers", base / "memory")), asked.seed
    )
    try:
        while siege.kills < asked.kills:
            siege.kill()
            if siege.kills % 10 == 0:
                print(f"{time.monotonic() - begun:6.0f} s  {siege.kills} kills", file=sys.stderr, flush=True)
        siege.close()
    except BaseException:
        print(f"seed {asked.seed}, kill {siege.kills}, in {base}", file=sys.stderr)
        raise
    shutil.rmtree(base)
    did = sum((clerk.did for clerk in siege.clerks), Counter[str]())
    runs = Counter(siege.ended.values())
    told = {"kills": siege.kills, "seed": asked.seed, "seconds": round(time.monotonic() - begun)}
    print(json.dumps(told | {"did": did, "met": siege.met, "runs": runs}))


if __name__ == "__main__":
    main()
