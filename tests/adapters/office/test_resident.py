"""A LibreOffice that stays prints whatever it is handed, and for so many pages."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from docx import Document
from support.paper import page_count

from pipeline.adapters.office import Office
from pipeline.errors import FileFault


def page(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    document = Document()
    document.add_paragraph("介绍信")
    document.save(str(path))
    return path


@pytest.mark.soffice
@pytest.mark.parametrize("work", ["岚县%20专班", "x%41y"])
def test_it_takes_documents_from_folders_of_any_name(tmp_path: Path, work: str) -> None:
    (tmp_path / work).mkdir()
    with closing(Office(tmp_path / work, tmp_path / "fonts", 60)) as office:
        for folder in ("甲,乙", "丙\\丁 戊"):
            pdf = office.convert(page(tmp_path / work / folder / "信#1，%20.docx"))
            assert pdf.parent == tmp_path / work / folder and page_count(pdf) == 1


@pytest.mark.soffice
def test_it_has_no_program_started_to_know_whether_it_could_check_signatures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "asked"
    for name in ("gpg", "gpgconf"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\necho "$0 $*" >> "{asked}"\nexit 1\n', encoding="ascii")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    with closing(Office(tmp_path, tmp_path / "fonts", 60)) as office:
        assert page_count(office.convert(page(tmp_path / "信.docx"))) == 1
    assert not asked.exists()


def test_a_name_that_libreoffice_takes_for_two_is_told(tmp_path: Path) -> None:
    (tmp_path / "一;二").mkdir()
    with pytest.raises(FileFault, match="请把文件夹改名，去掉“;”"):
        Office(tmp_path / "一;二", tmp_path / "fonts", 60)


def test_it_is_replaced_when_it_has_printed_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_office: Callable[[str], Path]
) -> None:
    monkeypatch.setenv("PATH", str(make_office("asks to be started again")), prepend=":")
    docx = page(tmp_path / "信.docx")
    with closing(Office(tmp_path, tmp_path / "fonts", 60)) as office:
        for _ in range(3):
            office.convert(docx, pages=130)
        assert len(list(tmp_path.glob("profile-*.pid"))) == 2
