"""Marks that come back: typed in, photographed, scanned in heaps; each page gets its verdict."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from support.clerk import void
from support.desk import Desk

_DPI = 200


@pytest.fixture
def pages(printed_desk: Desk) -> list[Image.Image]:
    """The first three letters, in colour at 200 dpi."""
    with pypdfium2.PdfDocument(printed_desk.batch() / "介绍信.pdf") as document:
        return [document[number].render(scale=_DPI / 72).to_pil().convert("RGB") for number in range(3)]


def saved(pictures: list[Image.Image], path: Path) -> str:
    several = {"save_all": True, "append_images": pictures[1:]} if pictures[1:] else {}
    pictures[0].save(path, resolution=_DPI, **several)  # a PDF's page would be three times as wide
    return str(path)


def test_each_page_of_a_scan_gets_its_verdict(
    printed_desk: Desk, pages: list[Image.Image], tmp_path: Path
) -> None:
    void(printed_desk, "01-0002")
    outcome = printed_desk.run("register", "verify", "--image", saved(pages, tmp_path / "a.tif"), "--json")
    assert outcome.code == 6
    told = [(one["page"], one["verdict"], one["key"]) for one in outcome.json["verdicts"]]
    assert told == [
        (1, "genuine", "2022-01-0001"), (2, "void", "2022-01-0002"), (3, "genuine", "2022-02-0001"),
    ]  # fmt: skip
    assert (outcome.json["pages"], outcome.json["unread"]) == (3, [])


def test_a_page_without_a_mark_is_named_and_is_no_success(
    printed_desk: Desk, pages: list[Image.Image], tmp_path: Path
) -> None:
    blank = Image.new("RGB", (600, 850), "white")
    path = saved([pages[0], blank], tmp_path / "a.pdf")
    outcome = printed_desk.run("register", "verify", "--image", path)
    assert outcome.code == 6
    assert (
        "第2页：没有找到验证码" in outcome.out
        and "第1页：岚个培〔2022〕01-0001号（东村镇）  真" in outcome.out
    )
    assert printed_desk.run("register", "verify", "--image", path, "--json").json["unread"] == [2]


def test_a_black_and_white_scan_without_a_mark_is_asked_for_in_colour(
    printed_desk: Desk, tmp_path: Path
) -> None:
    path = saved([Image.new("1", (900, 600), 1)], tmp_path / "a.tif")
    outcome = printed_desk.run("register", "verify", "--image", path)
    assert outcome.code == 6 and "请用彩色扫描" in outcome.out


def test_a_half_of_a_letter_is_enough(printed_desk: Desk, pages: list[Image.Image], tmp_path: Path) -> None:
    width, height = pages[0].size
    for half in ((0, 0, width, height // 2), (0, height // 2, width, height)):
        path = saved([pages[0].crop(half)], tmp_path / "half.jpg")
        outcome = printed_desk.run("register", "verify", "--image", path)
        assert (
            outcome.code == 0
            and outcome.out == "岚个培〔2022〕01-0001号（东村镇）  真：由本台账编号并印发。\n"
        )
