"""Every page in a real browser: nothing that axe finds serious, and it fits on a desk's screen and on a phone's."""

import json
import os
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import FileChooser, Page, expect
from playwright.sync_api import TimeoutError as TimedOut
from support.desk import Desk
from support.page import Serve, Site, let_in
from support.page.eye import serious
from support.page.samples import SAMPLES, address, objected

from pipeline.page.access import Role
from pipeline.page.models import Access, Run
from pipeline.page.runs import folder_of
from pipeline.page.urls import ROUTES

SIZES = {"desk": (1366, 768), "phone": (390, 844)}
PICTURES = os.environ.get("PAGE_PICTURES", "")
"""A folder for pictures of each page, for whoever wants to look at them."""


def test_what_is_seen_by_nobody_is_found(window: Page) -> None:
    window.set_content(
        '<html lang="zh"><title>x</title><main><input><p style="color:#ddd">看不清的一行字</p></main></html>'
    )

    assert len(serious(window)) == 2


def running() -> str:
    """A run that goes on as long as this test."""
    run = Run.objects.create(account="张三", title="编号并排版", arguments=["letters"])
    folder = folder_of(run)
    folder.mkdir()
    (folder / "process").write_bytes(Path("/proc/self/stat").read_bytes())
    (folder / "progress").write_text('{"text": "正在排版", "done": 700, "total": 2300}', encoding="utf-8")
    return f"/runs/{run.pk}/"


def failed() -> str:
    """A run that found many faults."""
    run = Run.objects.create(account="张三", title="编号并排版", arguments=["letters"])
    folder = folder_of(run)
    folder.mkdir()
    problem = {
        "file": "东村镇/培育对象名单.xlsx", "sheet": "Sheet1", "row": 12, "column": "身份证号", "value": "1411***********011",
        "code": "id-checksum", "advice": "最后一位校验码不对，请核对身份证。",
    }  # fmt: skip
    told = {
        "closing": "有30处问题，请按提示改好。",
        "problems": [problem] * 30,
        "notices": ["东村镇已有2份有效介绍信。"],
    }
    (folder / "out").write_text(json.dumps(told), encoding="utf-8")
    (folder / "exit").write_text("3")
    return f"/runs/{run.pk}/"


def is_page(client: Client, where: str) -> bool:
    """Whether something is shown there, to be looked at."""
    answer = client.get(where)
    answer.close()
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.slow
def test_every_page_fits_every_screen_and_reader(desk: Desk, serve_here: Serve, window: Page) -> None:
    site = Site(desk)
    Access.objects.create(
        account="张三", role="office", shown="名单", path="/files/letters/2022-001/介绍信.pdf"
    )
    Run.objects.create(account="张三", title="编号并排版", arguments=["letters"])
    places = {"login": "/login/", "missing": "/nowhere"}
    places |= {
        "running": running(),
        "failed": failed(),
        "asking": f"/runs/{SAMPLES['letters-number number'](site)}/",
    }
    clients = site.everybody()
    found = {route.name: address(route, site) for route in ROUTES if Role.OFFICE in route.roles}
    del found["logout"]
    places |= {name: where for name, where in found.items() if is_page(clients["office"], where)}
    assert len(places) > 20, list(places)
    url = serve_here(desk)
    faults = []

    def look(name: str, where: str) -> None:
        window.goto(f"{url.rstrip('/')}{where}")
        for size, (width, height) in SIZES.items():
            window.set_viewport_size({"width": width, "height": height})
            wide = window.evaluate("document.documentElement.scrollWidth")
            faults.extend(f"{size} {name}: {fault}" for fault in serious(window))
            faults.extend([f"{size} {name}: {wide} pixels wide"] if wide > width else [])
            if PICTURES:
                window.screenshot(path=Path(PICTURES) / f"{name}-{size}.png", full_page=True)

    for name, where in places.items():
        look(name, where)
        if name == "missing":
            let_in(window, url, clients["office"])
    objected(site)
    look("objected", "/assess/")
    look("objected-unit", "/assess/01/")

    assert faults == []


def chosen_by_key(window: Page, label: str) -> FileChooser:
    """What the space bar opens on a file field; pressed again where a busy Chromium swallowed the key.

    Raises:
        TimeoutError: three presses opened nothing.
    """
    field = window.get_by_label(label)
    for patience in (5_000, 10_000, 30_000):
        field.focus()
        expect(field).to_be_focused()
        try:
            with window.expect_file_chooser(timeout=patience) as opened:
                window.keyboard.press("Space")
            return opened.value
        except TimedOut:
            continue
    raise TimeoutError(f"{label}: the space bar opens no dialogue")


def test_whoever_has_no_mouse_comes_everywhere_and_sees_where_he_is(
    desk: Desk, serve_here: Serve, window: Page, tmp_path: Path
) -> None:
    window.goto(serve_here(desk))
    passed: list[str] = []
    while "编号并排版" not in passed:
        window.keyboard.press("Tab")
        name, outline = window.evaluate(
            "() => { const at = document.activeElement; const label = at.labels?.[0]; return ["
            "(label || at).textContent.trim(), parseFloat(getComputedStyle(label || at).outlineWidth)]; }"
        )
        assert outline >= 2 and len(passed) < 40, (name, passed)
        passed.append(name)
    ways = ["跳到正文", "首页", "表格", "台账", "选择表格", "选择整个文件夹", "检查", "编号并排版"]
    assert [name for name in passed if name in ways] == ways, passed

    table = tmp_path / "名单.csv"
    table.write_text("姓名\n", "utf-8")
    chosen_by_key(window, "选择表格").set_files(table)
    expect(window.get_by_text("已经放入3个表格")).to_be_visible()
    assert (desk.root / "inputs" / "名单.csv").read_bytes() == table.read_bytes()
