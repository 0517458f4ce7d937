"""What a page depends on besides its document: another digest as soon as any of it is another."""

import os
from pathlib import Path

import pytest

from pipeline.adapters.office import foundation
from pipeline.adapters.office.foundation import digest


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A LibreOffice with a library, and the county's fonts."""
    for name in ("office/soffice.bin", "office/libvcl.so", "fonts/仿宋.ttf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    return tmp_path / "office" / "soffice.bin"


def test_it_is_the_same_as_long_as_nothing_changes(program: Path) -> None:
    fonts = program.parents[1] / "fonts"
    assert digest(program, fonts) == digest(program, fonts)
    (program.parent / "notes").write_text("no part of it", "utf-8")
    assert digest(program, fonts) == digest(program, fonts)


@pytest.mark.parametrize("name", ["office/soffice.bin", "office/libvcl.so", "fonts/仿宋.ttf"])
def test_a_file_that_was_replaced_is_seen(program: Path, name: str) -> None:
    root = program.parents[1]
    before = digest(program, root / "fonts")
    os.utime(root / name, (1, 1))
    assert digest(program, root / "fonts") != before


def test_a_new_font_is_seen_in_a_folder_of_a_folder_and_behind_a_link(program: Path) -> None:
    fonts = program.parents[1] / "fonts"
    elsewhere = program.parents[1] / "elsewhere"
    elsewhere.mkdir()
    seen = {digest(program, fonts)}
    (fonts / "more").mkdir()
    (fonts / "more" / "黑体.ttf").write_text("", "utf-8")
    seen.add(digest(program, fonts))
    (fonts / "linked").symlink_to(elsewhere)
    seen.add(digest(program, fonts))
    (elsewhere / "楷体.ttf").write_text("", "utf-8")
    os.utime(elsewhere, (1, 1))
    seen.add(digest(program, fonts))
    assert len(seen) == 4


def test_another_package_and_another_language_are_seen(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = program.parents[1] / "fonts"
    before = digest(program, fonts)
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    other = digest(program, fonts)
    monkeypatch.setattr(foundation, "_packages", lambda: ["pypdf-99.dist-info"])
    assert len({before, other, digest(program, fonts)}) == 3


def test_a_change_of_this_program_is_seen(
    program: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "fonts.conf").write_text("<dir>/nowhere</dir>", "utf-8")
    (own / "form.py").write_text("", "utf-8")
    monkeypatch.setattr(foundation, "files", lambda _: own)
    before = digest(program, tmp_path / "fonts")
    (own / "__pycache__").mkdir()
    (own / "__pycache__" / "form.pyc").write_text("", "utf-8")
    assert digest(program, tmp_path / "fonts") == before
    (own / "form.py").write_text("pass", "utf-8")
    assert digest(program, tmp_path / "fonts") != before
