"""Published bulletins stay as they were published, or it shows."""

import shutil
from pathlib import Path

import pytest

from pipeline.adapters.archive import Archive
from pipeline.errors import RegisterFault


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "register" / "bulletins"
    archive = Archive(folder)
    for month in (5, 6):
        archive.keep(
            archive.sealed(2022, month, {"新增": month, "名称": "甲<乙>"}, {"bulletin.docx": b"template"})
        )
    archive = Archive(folder)
    archive.keep(archive.sealed(2022, 5, {"新增": 55}, {"bulletin.docx": b"another"}))
    return folder


def test_what_was_published_is_found_again_in_order(folder: Path) -> None:
    archive = Archive(folder)
    assert [(one.month, one.revision, one.issue["新增"]) for one in archive.publications] == [
        (5, 1, 5), (6, 1, 6), (5, 2, 55),
    ]  # fmt: skip
    latest = archive.latest(2022, 5)
    assert latest and (latest.revision, latest.templates) == (2, {"bulletin.docx": b"another"})
    assert archive.latest(2022, 7) is None and archive.latest(2023, 5) is None
    assert {month: one.revision for month, one in archive.of_year(2022).items()} == {5: 2, 6: 1}


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert Archive(tmp_path / "none").publications == () and not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", ["issue.json", "bulletin.docx", "seal"])
def test_a_changed_file_shows(folder: Path, name: str) -> None:
    path = folder / "2022-06-1" / name
    data = path.read_bytes()
    path.write_bytes(data.replace(data[:1], b"0" if data[:1] != b"0" else b"1", 1))
    with pytest.raises(RegisterFault, match=r"2022-06-1|不完整"):
        Archive(folder)


@pytest.mark.parametrize("name", ["2022-05-1", "2022-06-1"])
def test_a_publication_that_is_gone_shows(folder: Path, name: str) -> None:
    shutil.rmtree(folder / name)
    with pytest.raises(RegisterFault, match="不完整"):
        Archive(folder)


def test_what_a_crash_left_unfinished_does_no_harm(folder: Path) -> None:
    (folder / ".new-abc").mkdir()
    (folder / ".new-abc" / "issue.json").write_text("{")
    assert len(Archive(folder).publications) == 3
