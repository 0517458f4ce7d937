"""Whether an older version of the program and the one here make the same. ``python -m bench.unchanged REVISION``.

Both run the same commands in workspaces of their own, at the same moments and with the same secrets (:mod:`bench.unchanged.fixed`):
the county's blank letters, the example county's half year with all its papers, and the bulletins of a city where wanted. What is told to programs and every
file below ``outputs`` and ``register/bulletins`` must be the same to the byte. What the older one made, the one here then
has to find sound and to make once more. Ends with 1 where anything differs.
"""

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import registrations
from bench.docx_file import ROOT
from bench.unchanged.differences import compare

MADE = ("outputs", "register/bulletins")
BLANK = (
    ("01-05", "letters"),
    ("01-06", "letters --unit 东村镇 --count 20 --engine office"),
    ("01-07", "register check"),
)
HALF_YEAR = (
    ("01-05", "check"),
    ("01-05", "letters --date 2022-01-01"),
    ("01-06", "register distribute --batch 2022-001 --unit 东村镇 --receiver 张三"),
    ("01-07", "register return 2022-01-0009 --reason 没有用"),
    ("01-08", "register lost 2022-02-0002 --reason 丢失"),
    ("01-10", "register reprint 2022-01-0001 2022-03-0002 --reason 卡纸"),
    ("01-11", "register replace 2022-01-0003 --reason 填错"),
    *((f"{month + 1:02}-03", f"bulletin --month 2022-{month:02}") for month in range(1, 7)),
    ("07-04", "bulletin --month 2022-04 --revise --reason 补报"),
    ("07-05", "register reconcile"),
    ("07-06", "letters"),
    ("07-07", "register list --xlsx 全部.xlsx"),
    ("07-08", "register export"),
    ("07-08", "register status"),
    ("07-08", "register history 2022-01-0003"),
    ("07-08", "register check"),
)
"""Day in 2022 and command."""
DESKS = {
    "county": (".", BLANK),
    "example": ("examples/2022", HALF_YEAR),
    "dirty": ("examples/2022-dirty", (("07-01", "check"),)),
    "dirty-plan": ("examples/2022-dirty-plan", (("07-01", "check"),)),
}
"""Folder with ``inputs``, ``templates`` and ``pipeline.toml``; what is run there."""
CITY = (("07-03", "check"), ("07-03", "bulletin --month 2022-05"), ("07-04", "bulletin --month 2022-06"))
"""The same for a city's exports."""


def unpack(revision: str, folder: Path) -> None:
    """Lay down the tree of a revision."""
    packed = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")


def lay(source: Path, inputs: Path, desk: Path) -> None:
    """A workspace with the templates and settings of one folder and the inputs of another, as if nobody had touched them for long."""
    for folder, name in ((inputs, "inputs"), (source, "templates")):
        shutil.copytree(folder / name, desk / name, ignore=shutil.ignore_patterns("build", "__pycache__"))
    shutil.copy(source / "pipeline.toml", desk)
    for path in (desk / "inputs").rglob("*"):
        os.utime(path, (1e9, 1e9))


def run(program: Path, desk: Path, day: str, command: str) -> None:
    """Run a command with a program; what it tells programs lies in ``told`` afterwards."""
    arguments = [f"2022-{day}T09:00:00+08:00", *command.split(), "--json"]
    ended = subprocess.run(
        [sys.executable, "-P", ROOT / "bench" / "unchanged" / "fixed.py", *arguments], cwd=desk, check=False, capture_output=True,
        env=os.environ | {"PYTHONPATH": str(program), "PYTHONDONTWRITEBYTECODE": "1"}, text=True,
    )  # fmt: skip
    told = desk / "told"
    told.mkdir(exist_ok=True)
    text = f"{ended.returncode}\n{ended.stdout}".replace(str(desk), "")
    (told / f"{len(list(told.iterdir())) + 1:02} {command[:40]}.json").write_text(text, "utf-8")
    if ended.returncode not in {0, 3}:  # 3: something is wrong in the tables, as it is meant to be
        sys.exit(f"{program}: {command}: {ended.returncode}\n{ended.stdout}{ended.stderr}")


def make(program: Path, desks: Path, city: Path | None) -> None:
    """Everything, with one program, from its own templates and inputs.

    :param city: a workspace with a city's exports, if that is to be told of too.
    """
    if city:
        lay(program, city, desks / "city")
        for day, command in CITY:
            run(program, desks / "city", day, command)
    for name, (source, commands) in DESKS.items():
        desk = desks / name
        desk.mkdir(parents=True)
        lay(program / source, program / source, desk)
        for day, command in commands:
            run(program, desk, day, command)


def make_again(desk: Path) -> None:
    """What another program made on a desk, checked and made once more by the one here."""
    run(ROOT, desk, "07-09", "register check")
    for folder in sorted(desk.glob("outputs/*/*")):
        if folder.parent.name == "letters" and re.fullmatch(r"2022-\d{3}", folder.name):
            command = f"letters --rebuild {folder.name}"
        elif folder.parent.name == "bulletin" and re.fullmatch(r"2022-\d\d", folder.name):
            command = f"bulletin --month {folder.name}"
        else:
            continue
        shutil.rmtree(folder)
        run(ROOT, desk, "07-09", command)
    run(ROOT, desk, "07-09", "register check")


def main() -> None:
    """Make everything twice, and the older one's papers once more."""
    parser = argparse.ArgumentParser(prog="python -m bench.unchanged", description=__doc__)
    parser.add_argument("revision", help="the older version")
    parser.add_argument("--keep", type=Path, help="a new folder that all of it is left in")
    parser.add_argument(
        "--but", action="append", default=[], help="pattern of files that are meant to differ"
    )
    parser.add_argument(
        "--city", type=int, default=0, metavar="ROWS", help="a city's exports of so many rows besides"
    )
    arguments = parser.parse_args()
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - started:4.0f} s  {text}", flush=True)

    with tempfile.TemporaryDirectory(prefix="unchanged-") as scratch:
        root = arguments.keep or Path(scratch)
        there, before, after, again = (root / name for name in ("program", "before", "after", "again"))
        say(f"making everything with {arguments.revision} and with what is here")
        unpack(arguments.revision, there)
        city = root / "city" if arguments.city else None
        if city:
            registrations.lay(city, arguments.city)
        with ThreadPoolExecutor() as both:
            list(both.map(make, (there, ROOT), (before, after), (city, city)))
            say(f"making anew here what {arguments.revision} made")
            shutil.copytree(before, again)
            list(both.map(make_again, (again / "county", again / "example")))
        say(f"{arguments.revision} against here:")
        differing = compare(before, after, (*MADE, "told"), arguments.but)
        say(f"{arguments.revision} against the same made anew here:")
        differing += compare(before, again, MADE)
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
