"""Many at once: nobody is refused, nothing is lost, and the server's memory stays what it was."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.desk import Desk, until
from support.page import Serve, Site
from support.page.crowd import press_in, workbook


@pytest.mark.slow
def test_fifty_browsers_drop_a_workbook_each_at_once(site: Site) -> None:
    crowd = press_in(site, 50, workbook(2))

    assert crowd.megabytes >= 2 and crowd.browsers == 50
    assert crowd.peak_mb - crowd.before_mb < 60, crowd  # not even what thirty of the workbooks hold
    assert crowd.seconds < 60, crowd


def drop(window: Page, folder: Path) -> None:
    """As from the desktop: the browser itself reads the folder."""
    box = window.locator("[data-drop]").bounding_box()
    assert box
    hand = window.context.new_cdp_session(window)
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        hand.send(
            "Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 20, "y": box["y"] + 20, "data": data}
        )


def test_real_browsers_drop_whole_folders_at_once(
    desk: Desk, serve: Serve, chromium: Browser, tmp_path: Path
) -> None:
    url, sent, windows = serve(desk), {}, []
    for number, count in enumerate((103, 3, 3)):  # a browser hands out the entries of a folder by hundreds
        for each in range(count):
            name = f"第{number}个/{each % 3}月/名单{each}.xlsx"
            sent[name] = f"{name}".encode() * (100_000 if each == 1 else 1)
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(sent[name])
        windows.append(chromium.new_context().new_page())
        windows[-1].goto(url)
    for number, window in enumerate(windows):
        drop(window, tmp_path / f"第{number}个")
    until(lambda: all((desk.root / "inputs" / name).exists() for name in sent), 60)
    fresh = chromium.new_context().new_page()
    fresh.goto(url)
    expect(fresh.get_by_text(f"已经放入{2 + len(sent)}个表格")).to_be_visible()
    for window in (*windows, fresh):
        window.context.close()

    assert {name: (desk.root / "inputs" / name).read_bytes() for name in sent} == sent
