"""Many browsers at once: nobody is refused, nothing is lost, and the server's memory stays what it was.

Fifty are outside the suite, see ``support.page.crowd``.
"""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from support.desk import Desk
from support.page import Serve, Site
from support.page.crowd import Drop, one_each, press_in


def test_browsers_drop_whole_folders_at_once(site: Site, chromium: Browser, tmp_path: Path) -> None:
    sent = one_each(3, 0.6)
    for each in range(102):  # a browser hands out the entries of a folder by hundreds
        sent[0][f"第0个/{each % 3}月/名单{each}.csv"] = f"{each}".encode()
    crowd = press_in(site, chromium, sent, tmp_path / "桌面")

    assert crowd.browsers == 3 and crowd.megabytes > 1.5
    assert crowd.peak_mb - crowd.before_mb < 40, crowd


def test_what_is_too_large_is_told_before_it_is_sent(
    desk: Desk, serve_here: Serve, window: Page, tmp_path: Path
) -> None:
    desk.settings("upload_mb = 200", "upload_mb = 1")
    (tmp_path / "大.xlsx").write_bytes(bytes(1_100_000))
    window.goto(serve_here(desk))
    Drop(window, tmp_path / "大.xlsx").let_go()

    expect(window.get_by_text("大.xlsx：太大了，没有收。一次最多放 1 MB。")).to_be_visible()
    assert not (desk.root / "inputs" / "大.xlsx").exists()
