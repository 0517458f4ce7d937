"""The whole story in a real browser: a faulty list, its faults on their cells, the mended one, printed letters."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from support.desk import Desk
from support.inputs.truth import id_number
from support.page import Serve
from support.page.eye import serious

NAME = "东村镇名单.csv"


def listed(folder: Path, phone: str) -> Path:
    """A list with one made-up person; its phone is what is wrong."""
    folder.mkdir()
    path = folder / NAME
    path.write_text(
        "姓名,身份证号,联系方式,名称,主要经营,经营地址,单位\n"
        f"编造甲,{id_number(1)},{phone},编造甲小吃店,小吃,编造路1号,东村镇\n",
        "utf-8",
    )  # fmt: skip
    return path


@pytest.mark.timeout(240)
def test_from_a_faulty_list_to_printed_letters(
    desk: Desk, serve: Serve, window: Page, tmp_path: Path
) -> None:
    window.goto(serve(desk))
    assert serious(window) == []

    window.get_by_label("选择表格").set_input_files(listed(tmp_path / "wrong", "1380000100"))
    expect(window.get_by_text("已经放入3个表格")).to_be_visible()
    window.get_by_role("button", name="检查").click()
    expect(window.get_by_text("有1处要改")).to_be_visible(timeout=60_000)
    assert serious(window) == []
    window.get_by_role("link", name=NAME).click()
    expect(window.locator("td.wrong")).to_contain_text("138")
    assert serious(window) == []
    with window.expect_download() as copy:
        window.get_by_role("link", name="下载标注好的一份").click()
    assert copy.value.suggested_filename == "东村镇名单-已标注.xlsx"

    window.get_by_label("选择表格").set_input_files(listed(tmp_path / "right", "13800001001"))
    expect(window.get_by_text("已有同名的，要替换吗？")).to_be_visible()
    assert serious(window) == []
    window.get_by_role("button", name=f"替换 {NAME}", exact=True).click()
    expect(window.get_by_text("替换了")).to_be_visible()
    window.get_by_role("button", name="检查").click()
    expect(window.get_by_text("没有要改的")).to_be_visible(timeout=60_000)

    window.get_by_role("link", name="首页").click()
    window.get_by_role("button", name="试算").click()
    expect(window.get_by_text("要编9份")).to_be_visible(timeout=60_000)
    assert serious(window) == []
    assert desk.numbered() == []
    window.get_by_role("link", name="先不编，回首页").click()
    window.get_by_role("button", name="编号并排版").click()
    expect(window.get_by_text("办完了")).to_be_visible(timeout=120_000)
    assert serious(window) == []
    letters = window.get_by_role("link", name="介绍信.pdf", exact=True)
    paper = window.request.get(f"{window.url.split('/runs')[0]}{letters.get_attribute('href')}")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body() == (desk.batch() / "介绍信.pdf").read_bytes()
    assert desk.run("register", "check").code == 0
