"""``python -m bench.exporters``: install the exporters, write, read, and write ``docs/导出程序.md``.

``--folder`` keeps everything in a folder, where the next run finds it; ``--print`` writes to the screen only.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from bench.exporters import making, reading
from bench.exporters.page import page

TARGET = Path(__file__).resolve().parents[2] / "docs" / "导出程序.md"


def main() -> None:
    """Make the page anew; what is read wrongly without a word is told, and ends with 1."""
    parser = argparse.ArgumentParser(prog="make exporters", description=__doc__)
    parser.add_argument("--folder", type=Path, help="packages and files stay there")
    parser.add_argument("--print", action="store_true", help="leave the page as it is")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="exporters-") as passing:
        folder = arguments.folder or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "python").exists():
            making.install(folder)
        outcomes = [reading.read(made) for made in making.write_all(folder)]
    for outcome in outcomes:
        made = outcome.made
        for text in (*outcome.unsaid[:3], made.error):
            if text:
                print(f"{made.by} {made.version} .{made.suffix} {made.how}：{text}", file=sys.stderr)
    text = page(outcomes)
    if arguments.print:
        print(text)
    else:
        TARGET.write_text(text, "utf-8")
    sys.exit(any(outcome.word in {reading.WRONG, reading.NOT_MADE} for outcome in outcomes))


if __name__ == "__main__":
    main()
