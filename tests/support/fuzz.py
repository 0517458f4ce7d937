"""Damaged real files of every make, read one after another: nothing may be raised, hang, or eat the memory.

    PYTHONPATH=tests python -m support.fuzz --seconds 600

Ends with 1 and the seed of each file that found something; ``--seed`` reads that one again and shows why.
"""

import argparse
import random
import re
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from types import FrameType

from pipeline.adapters.sheet import sheets
from pipeline.adapters.sheet.refusal import MAX_COLUMN, MAX_ROW, SheetProblem
from pipeline.domain.tables.grid import Grid
from support.inputs import locks, makes

MEMORY = 1_500_000_000
TOO_LONG_S = 20
EXTREMES = (
    "0",
    "-1",
    "1",
    "255",
    "16385",
    "65536",
    "1048577",
    "2147483648",
    "99999999999999999999",
    "1e308",
    "nan",
    "",
)
DANGEROUS = (
    b"\0", b"\xff" * 4, b"\x7f\xff\xff\xff", b"<", b"</td>", b"<table>", b"<td colspan=99999 rowspan=99999>", b"<!DOCTYPE a>",
    b"&a;", b'"', b"PK\1\2", b"\t", b"\n", b"\x80\x80", "，".encode("gbk"), b"<a>" * 200,
)  # fmt: skip


class Hang(BaseException):
    """A file that is read for too long."""


def seeds() -> dict[str, bytes]:
    """A small real file of every make."""
    return {
        "xlsxwriter": makes.by_xlsxwriter(),
        "openpyxl": makes.by_openpyxl(),
        "xlwt": makes.by_xlwt(),
        "XML 2003": makes.xml_2003(),
        "web archive": makes.web_archive(),
        "HTML": makes.html_page().encode("gb18030"),
        "CSV": makes.csv_text().encode("gb18030"),
        "TSV in UTF-16": makes.csv_text("\t").encode("utf-16"),
        "protected xls": locks.BY_CALC.read_bytes(),
        "protected xlsx": locks.by_agile(makes.by_xlsxwriter()),
        "BIFF5": makes.biff5({(0, 0): "单位".encode("gbk"), (2, 3): b"1"}),
        **{
            f"Calc {path.suffix}": path.read_bytes()
            for path in sorted(makes.CALC.iterdir())
            if path.suffix != ".md"
        },
    }


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file with a few things wrong; in a zip package mostly inside of its parts."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        parts = makes.unpacked(data)
        name = chance.choice(sorted(parts))
        parts[name] = _damaged(parts[name], chance)
        if chance.random() < 0.05:
            del parts[chance.choice(sorted(parts))]
        return makes.packed(parts)
    return _damaged(data, chance)


def _damaged(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8, 30))):
        data = chance.choice(_WAYS)(data, chance)
    return data


def _flip(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    place = chance.randrange(len(data))
    return data[:place] + bytes((chance.randrange(256),)) + data[place + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + data[start + chance.choice((1, 4, 30, 500, len(data))) :]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    piece = data[start : start + chance.choice((1, 8, 60, 600))]
    return data[:start] + piece * chance.choice((2, 3, 50)) + data[start + len(piece) :]


def _move(data: bytes, chance: random.Random) -> bytes:
    start, target = chance.randint(0, len(data)), chance.randint(0, len(data))
    return data[:target] + data[start : start + chance.choice((2, 16, 128, 512))] + data[target:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    place = chance.randint(0, len(data))
    return data[:place] + chance.choice(DANGEROUS) + data[place:]


def _exaggerate(data: bytes, chance: random.Random) -> bytes:
    numbers = list(re.finditer(rb"(?<=[\"'>=])-?\d+(?:\.\d+)?(?=[\"'<\s])", data))
    if not numbers:
        return _overwrite(data, chance)
    match = chance.choice(numbers)
    return data[: match.start()] + chance.choice(EXTREMES).encode() + data[match.end() :]


def _overwrite(data: bytes, chance: random.Random) -> bytes:
    place = chance.randint(0, max(0, len(data) - 4))
    value = chance.choice((0, 1, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF, len(data)))
    return data[:place] + value.to_bytes(8, "little")[: chance.choice((2, 4))] + data[place + 4 :]


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _flip, _cut, _repeat, _move, _insert, _exaggerate, _exaggerate, _overwrite,
)  # fmt: skip


def check(grids: tuple[Grid, ...]) -> None:
    """What holds for every sheet that is read."""
    for grid in grids:
        numbers = [number for number, _ in grid.rows]
        assert numbers == sorted(set(numbers))
        assert all(1 <= number <= MAX_ROW for number in numbers)
        assert all(0 < len(cells) <= MAX_COLUMN and cells[-1] is not None for _, cells in grid.rows)
        assert grid.concealed <= set(numbers)
        assert all(area.top <= area.bottom and area.left <= area.right for area in grid.merged)


def outcome(data: bytes) -> str:
    """``read``, or the code of the refusal.

    :raises Exception: what should not have been.
    """
    try:
        check(sheets("表", data))
    except SheetProblem as refused:
        return refused.code
    except MemoryError:
        return "out of memory"
    return "read"


def _hangs(_number: int, _frame: FrameType | None) -> None:
    raise Hang(f"over {TOO_LONG_S} s")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument(
        "--first", type=int, default=0, help="number to begin with, for other damage than last time"
    )
    parser.add_argument("--seed", help="read one file again, as told: make:number")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _hangs)
    files = seeds()
    if options.seed:
        make, _, number = options.seed.partition(":")
        print(outcome(damaged(files[make], random.Random(int(number)))))
        return 0
    told: Counter[str] = Counter()
    found = []
    peak, worst = 0, ""
    until = time.monotonic() + options.seconds
    number = options.first
    while time.monotonic() < until:
        make = list(files)[number % len(files)]
        signal.alarm(TOO_LONG_S)
        try:
            told[outcome(damaged(files[make], random.Random(number)))] += 1
        except (Exception, Hang):  # noqa: BLE001 - this is what we look for
            found.append(f"{make}:{number}")
            traceback.print_exc()
        signal.alarm(0)
        now = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        if now > peak:
            peak, worst = now, f"{make}:{number}"
        number += 1
    print(f"{number - options.first} files, peak {peak} MB ({worst}):", dict(told.most_common()))
    print("found nothing" if not found else f"found {len(found)}: {' '.join(found[:20])}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
