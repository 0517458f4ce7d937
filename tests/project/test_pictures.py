"""The guide shows a small picture of each paper and of the page, made by ``make pictures`` and by nobody's hand."""

from PIL import Image
from support.desk import ROOT

from examples.build.page_pictures import VIEWS
from examples.build.pictures import LARGEST, PAPERS, PICTURES

GUIDE = ROOT / "docs" / "操作手册.md"


def test_there_is_a_picture_of_each_paper_and_view_and_no_other() -> None:
    assert {path.name for path in PICTURES.iterdir()} == {f"{name}.png" for name in (*PAPERS, *VIEWS)}


def test_each_is_shown_in_the_guide() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert [name for name in (*PAPERS, *VIEWS) if f"](图/{name}.png)" not in text] == []


def test_each_is_small_and_can_be_looked_at() -> None:
    for path in PICTURES.iterdir():
        assert path.stat().st_size <= LARGEST, path.name
        with Image.open(path) as picture:
            assert max(picture.size) <= 901 and len(picture.convert("RGB").getcolors(256) or ()) > 2
