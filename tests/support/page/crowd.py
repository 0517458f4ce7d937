"""Many browsers that drop a workbook at the same moment: nothing may be refused, lost or mixed up.

    PYTHONPATH=tests python -m support.page.crowd --browsers 50 --megabytes 2

Each has a session, drops a workbook of its own, then one under a name that all of them use; of that name one may be kept,
and all others must be asked about. Prints what it took, and the most memory that the server ever had.
"""

import argparse
import json
import random
import struct
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Barrier

import xlsxwriter
from django.conf import settings

from pipeline.page.access import Role
from support.desk import Desk
from support.page import Site, server_of, stop
from support.page.browser import Browser

COMMON = "大家的.xlsx"
"""The name that everybody uses."""


@dataclass(frozen=True)
class Crowd:
    """What it took."""

    browsers: int
    megabytes: float
    """Of each workbook."""
    seconds: float
    """From the first request to the last answer."""
    slowest_s: float
    """The longest that one browser waited for its workbook to be kept."""
    before_mb: float
    """The server's memory before (resident)."""
    peak_mb: float
    """The most that it ever had."""


def workbook(megabytes: float) -> bytes:
    """A made-up list of about this size, by XlsxWriter."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet("名单")
    chance = random.Random(7)
    for row in range(int(megabytes * 1e6 / 440)):
        for column in range(8):
            sheet.write_string(row, column, f"编造{chance.getrandbits(400):0100x}")
    book.close()
    return made.getvalue()


def marked(book: bytes, mark: str) -> bytes:
    """The same workbook with a remark at the end of its archive, where the format has room for one."""
    remark = mark.encode()
    return book[:-2] + struct.pack("<H", len(remark)) + remark


def press_in(site: Site, browsers: int, book: bytes) -> Crowd:
    """Have them all drop at once; refuses whatever is lost."""
    sessions = _sessions(site, browsers)
    process, url = server_of(site.desk)
    try:
        clients = [Browser(url, session) for session in sessions]
        for client in clients[:2]:
            client.get("/")
            client.close()
        before, started = _memory(process.pid, "VmRSS"), Barrier(browsers)
        begun = time.monotonic()

        def drop(number: int) -> float:
            started.wait()
            own = time.monotonic()
            [told] = clients[number].drop({f"{number}/名单{number}.xlsx": marked(book, f"{number}")})
            assert told["kept"], told
            took = time.monotonic() - own
            [told] = clients[number].drop({COMMON: f"{number}".encode()})
            assert told["kept"] or told["asks"], told
            clients[number].close()
            return took

        with ThreadPoolExecutor(browsers) as people:
            waited = list(people.map(drop, range(browsers)))
        took = time.monotonic() - begun
        peak = _memory(process.pid, "VmHWM")
    finally:
        stop(process)
    _prove(site.desk, book, browsers)
    return Crowd(
        browsers, round(len(book) / 1e6, 2), round(took, 2), round(max(waited), 2), round(before), round(peak)
    )


def _sessions(site: Site, browsers: int) -> Sequence[str]:
    """Of people of the office, all logged in; nobody's machine would log in so many within a minute."""
    sessions = []
    for number in range(browsers):
        settings.RECENT.storage.reset()
        sessions.append(site.account(f"第{number}位", Role.OFFICE).cookies["sessionid"].value)
    return sessions


def _memory(process: int, which: str) -> float:
    """MB of a process, by proc(5)."""
    [line] = [
        line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith(which)
    ]
    return int(line.split()[1]) / 1000


def _prove(desk: Desk, book: bytes, browsers: int) -> None:
    inputs = desk.root / "inputs"
    for number in range(browsers):
        kept = (inputs / f"{number}" / f"名单{number}.xlsx").read_bytes()
        assert sha256(kept).digest() == sha256(marked(book, f"{number}")).digest(), number
    waiting = [path.read_bytes() for path in (desk.root / "page" / "incoming").iterdir()]
    common = Counter([(inputs / COMMON).read_bytes(), *waiting])
    assert common == Counter(f"{number}".encode() for number in range(browsers)), common
    assert not (inputs / "历史").exists()


def main() -> None:
    """As the command line asks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--browsers", type=int, default=50)
    parser.add_argument("--megabytes", type=float, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="crowd-") as folder:
        site = Site(Desk.laid(Path(folder)))
        print(json.dumps(asdict(press_in(site, asked.browsers, workbook(asked.megabytes)))))


if __name__ == "__main__":
    main()
