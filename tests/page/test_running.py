"""The page is served, a button has a command run, and the run is shown."""

import re

from playwright.sync_api import Page, expect
from support.desk import Desk
from support.page import Serve, Site, ended


def test_a_button_has_a_command_run(site: Site) -> None:
    client = site.client()
    answer = client.post("/check/")
    address = answer.headers["Location"]
    state = ended(client, address)
    shown = client.get(address).content.decode()

    assert state["state"] == "done" and state["exit_code"] == 0
    assert "任务分解表" not in re.findall("<h2.*</h2>", shown) and "办完了" in shown
    assert "检查" in client.get("/runs/").content.decode()


def test_a_browser_sees_it(desk: Desk, serve: Serve, window: Page) -> None:
    window.goto(serve(desk))
    window.get_by_role("button", name="检查").click()

    expect(window.get_by_text("办完了")).to_be_visible(timeout=30_000)
