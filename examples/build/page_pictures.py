"""Pictures of the page: a faulty list is dropped into the example county, its faults are looked at, letters are numbered.

All that is done here is what a clerk does with a browser; the people and shops are made up.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from examples.build.county import ROOT

VIEWS = ("网页首页", "网页检查", "网页试算", "网页编号")
"""Names of the pictures."""
_FAULTY = ROOT / "examples" / "2022-dirty" / "inputs" / "名单" / "2 格子.xlsx"
_NAME = "东村镇新名单.xlsx"
_WINDOW = {"width": 900, "height": 670}
_LONG_S = 600


def draw(root: Path, keep: Callable[[str, Image.Image], None]) -> None:
    """Make the pictures.

    :param root: a workspace with the example county's tables, nothing of which is numbered.
    :param keep: is given each picture under its name.
    """
    with tempfile.TemporaryDirectory() as folder:
        faulty = Path(shutil.copy(_FAULTY, Path(folder, _NAME)))
        server = subprocess.Popen(
            [sys.executable, "-m", "pipeline", "--root", root, "page", "--port", "0", "--json"],
            stdout=subprocess.PIPE, cwd=ROOT,
        )  # fmt: skip
        try:
            assert server.stdout is not None
            url = json.loads(server.stdout.readline())["url"]
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium", args=["--no-sandbox"]
                )
                window = browser.new_context(viewport=_WINDOW, locale="zh-CN").new_page()
                window.goto(url)
                _story(window, faulty, lambda name: keep(name, Image.open(BytesIO(window.screenshot()))))
                browser.close()
        finally:
            server.terminate()
            server.communicate()


def _story(window: Page, faulty: Path, keep: Callable[[str], None]) -> None:
    with window.expect_navigation():  # the page is shown anew once all is there
        window.get_by_label("选择表格").set_input_files(faulty)
    keep("网页首页")
    window.get_by_role("button", name="检查").click()
    window.get_by_role("link", name=_NAME).click(timeout=_LONG_S * 1000)
    keep("网页检查")
    window.get_by_role("link", name="表格", exact=True).click()
    window.get_by_role("button", name=f"拿出 {_NAME}").click()
    window.get_by_role("link", name="首页").click()
    window.get_by_role("button", name="试算").click()
    expect(window.get_by_role("heading", name="要编吗？")).to_be_visible(timeout=_LONG_S * 1000)
    keep("网页试算")
    window.get_by_role("button", name="编号并排版").click()
    expect(window.get_by_role("heading", name="做好的文件")).to_be_visible(timeout=_LONG_S * 1000)
    window.wait_for_load_state("networkidle")  # the pictures on it
    keep("网页编号")
