"""``python -m bench``: run everything, write ``RESULTS.md``. ``--quick``: a few letters, printed only."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench import machine, results
from bench.diary import Diary
from bench.meter import adopt_orphans
from bench.tasks import FULL, QUICK, Hall, all_tasks

TARGET = Path(__file__).with_name("RESULTS.md")
DIARY = Path(__file__).with_name("readings.jsonl")


def main() -> None:
    """Measure, and write down what was measured."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="a short run that prints only; its figures mean little"
    )
    parser.add_argument(
        "--only", help="run just these tasks (names with commas between), print their readings"
    )
    arguments = parser.parse_args()
    adopt_orphans()
    scale = QUICK if arguments.quick else FULL
    load = machine.load()
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {text}", file=sys.stderr)

    with tempfile.TemporaryDirectory(prefix="bench-") as root:
        hall = Hall(Path(root), scale.letters)
        tasks = all_tasks(hall, scale)
        if arguments.only:
            hall.run({key: tasks[key] for key in arguments.only.split(",")}, say)
            return
        diary = None if arguments.quick else Diary(DIARY, machine.product())
        found = hall.run(tasks, say, diary)
        rows = list(machine.description(Path(root) / "fonts.conf"))
    minutes = (time.monotonic() - started) / 60
    note = f"The run took {minutes:.0f} minutes; load of the machine before it: {load:.2f}."
    if diary and diary.taken_over:
        note += f" {diary.taken_over} readings are from a run before it that was stopped."
    text = results.page(found, scale, rows, note)
    if diary is None:
        print(text)
    else:
        before = TARGET.read_text("utf-8") if TARGET.exists() else ""
        TARGET.write_text(text + results.by_hand(before), "utf-8")
        diary.close()
        say(f"written: {TARGET.relative_to(TARGET.parent.parent)}")


if __name__ == "__main__":
    main()
