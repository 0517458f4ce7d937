"""Many browsers that drop a workbook at the same moment: nothing may be refused, lost or mixed up.

    PYTHONPATH=tests python -m support.page.crowd --browsers 50 --megabytes 2

Each is a context of Chromium, with cookies and a session of its own, and drops a workbook of its own on the page's drop area,
then one under a name that all of them use; of that name one may be kept, and all others must be asked about. Each must see its
page say so. Prints what it took, and the most memory that the server ever had.
"""

import argparse
import json
import random
import struct
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import xlsxwriter
from django.conf import settings
from playwright.sync_api import Browser, CDPSession, Page, expect, sync_playwright

from pipeline.page.access import Role
from support.desk import Desk
from support.page import Site, memory_mb, server_of, stop

COMMON = "大家的.xlsx"
"""The name that everybody uses."""
WAIT_MS = 300_000
"""The longest that a page may take, on a machine that does much else."""


@dataclass(frozen=True)
class Crowd:
    """What it took."""

    browsers: int
    megabytes: float
    """That were sent in the first round."""
    seconds: float
    """From the first drop of the first round to the last page that says that it was taken."""
    before_mb: float
    """The server's memory before (resident)."""
    peak_mb: float
    """The most that it ever had."""
    browsers_mb: float
    """What all browsers had in the end (proportional set size)."""


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


def one_each(browsers: int, megabytes: float) -> list[dict[str, bytes]]:
    """For each browser a folder with a workbook of its own: path → content."""
    book = workbook(megabytes)
    return [{f"第{number}个/名单{number}.xlsx": marked(book, f"{number}")} for number in range(browsers)]


class Drop:
    """A hand that holds files over a page's drop area, as from the desktop: the browser itself reads them."""

    def __init__(self, window: Page, path: Path) -> None:
        box = window.locator("[data-drop]").bounding_box()
        assert box
        data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
        self._told = {"x": box["x"] + 20, "y": box["y"] + 20, "data": data}
        self._hand: CDPSession = window.context.new_cdp_session(window)
        for kind in ("dragEnter", "dragOver"):
            self._hand.send("Input.dispatchDragEvent", {"type": kind, **self._told})

    def let_go(self) -> None:
        """Drop them."""
        self._hand.send("Input.dispatchDragEvent", {"type": "drop", **self._told})
        self._hand.detach()


def press_in(site: Site, chromium: Browser, sent: Sequence[Mapping[str, bytes]], desktop: Path) -> Crowd:
    """Have them all drop at once; refuses whatever is lost.

    :param sent: for each browser the folder that it drops: path → content.
    :param desktop: a folder for what is dropped.
    """
    for number, files in enumerate(sent):
        for name, content in {**files, f"{number}/{COMMON}": f"{number}".encode()}.items():
            path = desktop / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    process, url = server_of(site.desk)
    try:
        windows = [_window(chromium, url, session) for session in _sessions(site, len(sent))]
        before = memory_mb(process.pid, "VmRSS")
        folders = [desktop / next(iter(files)).split("/")[0] for files in sent]
        hands = [Drop(window, folder) for window, folder in zip(windows, folders, strict=True)]
        begun = time.monotonic()
        for hand in hands:
            hand.let_go()
        for window, files in zip(windows, sent, strict=True):
            one = window.get_by_role("link", name=next(iter(files)), exact=True)
            expect(one).to_be_visible(timeout=WAIT_MS)  # the page is shown anew once all are sent
            shown = {text.strip() for text in window.get_by_role("link").all_inner_texts()}
            assert files.keys() <= shown, files.keys() - shown
        took = time.monotonic() - begun
        hands = [Drop(window, desktop / f"{number}" / COMMON) for number, window in enumerate(windows)]
        for hand in hands:
            hand.let_go()
        for window in windows:
            taken = window.get_by_role("link", name=COMMON, exact=True)
            expect(taken.or_(window.get_by_role("button", name=f"替换 {COMMON}")).first).to_be_visible(
                timeout=WAIT_MS
            )
            expect(window.locator("[data-list] li")).to_have_count(0, timeout=WAIT_MS)
        browsers = _proportional_mb()
        peak = memory_mb(process.pid, "VmHWM")
        for window in windows:
            window.context.close()
    finally:
        stop(process)
    _prove(site.desk, sent)
    total = sum(len(content) for files in sent for content in files.values()) / 1e6
    return Crowd(len(sent), round(total, 1), round(took, 1), round(before), round(peak), round(browsers))


def _window(chromium: Browser, url: str, session: str) -> Page:
    """A browser's page of tables, of somebody who has logged in."""
    context = chromium.new_context(viewport={"width": 800, "height": 600}, locale="zh-CN")
    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    window = context.new_page()
    window.goto(f"{url}inputs/", timeout=WAIT_MS)
    return window


def _sessions(site: Site, browsers: int) -> Sequence[str]:
    """Of people of the office, all logged in; nobody's machine would log in so many within a minute."""
    sessions = []
    for number in range(browsers):
        settings.RECENT.storage.reset()
        sessions.append(site.account(f"第{number}位", Role.OFFICE).cookies["sessionid"].value)
    return sessions


def _proportional_mb() -> float:
    """Memory of all Chromium processes that this process has started, what they share counted once (proc(5))."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            line = stat.read_text(errors="replace")
        except OSError:  # ended in between
            continue
        parents[int(stat.parent.name)] = int(line.rpartition(")")[2].split()[1])
    own = {Path("/proc/self").resolve().name}
    while more := {f"{child}" for child, parent in parents.items() if f"{parent}" in own} - own:
        own |= more
    found = 0.0
    for number in own:
        folder = Path("/proc", number)
        try:
            if "chrom" in folder.joinpath("comm").read_text():
                rollup = folder.joinpath("smaps_rollup").read_text()
                found += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        except OSError:
            continue
    return found / 1000


def _prove(desk: Desk, sent: Sequence[Mapping[str, bytes]]) -> None:
    inputs = desk.root / "inputs"
    for files in sent:
        for name, content in files.items():
            assert sha256((inputs / name).read_bytes()).digest() == sha256(content).digest(), name
    waiting = [path.read_bytes() for path in (desk.root / "page" / "incoming").iterdir()]
    common = Counter([(inputs / COMMON).read_bytes(), *waiting])
    assert common == Counter(f"{number}".encode() for number in range(len(sent))), common
    assert not (inputs / "历史").exists()


def main() -> None:
    """As the command line asks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--browsers", type=int, default=50)
    parser.add_argument("--megabytes", type=float, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="crowd-") as folder, sync_playwright() as playwright:
        site = Site(Desk.laid(Path(folder, "工作")))
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        sent = one_each(asked.browsers, asked.megabytes)
        print(json.dumps(asdict(press_in(site, chromium, sent, Path(folder, "桌面")))))
        chromium.close()


if __name__ == "__main__":
    main()
