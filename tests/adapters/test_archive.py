"""Published bulletins stay as they were published, or it shows."""

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.adapters.archive import Archive
from pipeline.errors import RegisterFault


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "register" / "bulletins"
    archive = Archive(folder)
    for month in (5, 6):
        archive.keep(
            archive.drafted(
                "bulletin",
                f"2022-{month:02d}",
                {"新增": month, "名称": "甲<乙>"},
                {"bulletin.docx": b"template"},
            )
        )
    archive = Archive(folder)
    archive.keep(archive.drafted("bulletin", "2022-05", {"新增": 55}, {"bulletin.docx": b"another"}))
    return folder


def test_what_was_published_is_found_again_in_order(folder: Path) -> None:
    archive = Archive(folder)
    assert [(one.period, one.revision, one.content["新增"]) for one in archive.publications] == [
        ("2022-05", 1, 5), ("2022-06", 1, 6), ("2022-05", 2, 55),
    ]  # fmt: skip
    latest = archive.latest("bulletin", "2022-05")
    assert latest and (latest.revision, latest.templates) == (2, {"bulletin.docx": b"another"})
    assert archive.latest("bulletin", "2022-07") is None and archive.latest("dispatch", "2022-05") is None
    assert {period: one.revision for period, one in archive.of_kind("bulletin").items()} == {
        "2022-05": 2, "2022-06": 1,
    }  # fmt: skip


@pytest.mark.parametrize("period", ["2022-06", "2022-Q2", "2022"])
def test_another_kind_needs_nothing_but_its_name_and_is_of_the_same_chain(folder: Path, period: str) -> None:
    archive = Archive(folder)
    for number in (1, 2):
        archive.keep(archive.drafted("dispatch", period, {"数": number}, {}))
    archive.keep(archive.drafted("bulletin", "2022-07", {"新增": 7}, {}))
    assert (folder / f"dispatch-{period}-2" / "issue.json").is_file() and (folder / "2022-07-1").is_dir()
    again = Archive(folder)
    assert again.publications == archive.publications and len(again.publications) == 6
    latest = again.latest("dispatch", period)
    assert latest and (latest.revision, latest.content) == (2, {"数": 2})
    assert list(again.of_kind("bulletin")) == ["2022-05", "2022-06", "2022-07"]
    shutil.rmtree(folder / f"dispatch-{period}-1")
    with pytest.raises(RegisterFault, match="不完整"):
        Archive(folder)


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


def test_a_long_list_is_read_from_the_file_when_it_is_asked_for_and_only_as_it_was_sealed(
    tmp_path: Path,
) -> None:
    rows = [[f"第{number}户", number] for number in range(6_000)]
    archive = Archive(tmp_path)
    archive.keep(archive.drafted("bulletin", "2022-06", {"户": rows, "数": 6_000}, {}))
    [kept] = Archive(tmp_path).publications
    assert kept.content["数"] == len(kept.content["户"]) == 6_000
    assert [*kept.content["户"]] == rows and kept.content["户"][-1] == rows[-1]
    issue = tmp_path / "2022-06-1" / "issue.json"
    issue.write_text(issue.read_text("utf-8").replace("第0户", "第零户"), "utf-8")
    with pytest.raises(RegisterFault, match="改动过"):
        iter(kept.content["户"])


def test_what_a_publication_says_is_read_when_it_is_asked_for_and_only_as_it_was_sealed(folder: Path) -> None:
    archive = Archive(folder)
    first, second, _ = archive.publications
    (folder / "2022-05-1" / "issue.json").write_text('{"新增": 6}', "utf-8")
    (folder / "2022-06-1" / "issue.json").unlink()
    assert archive.of_kind("bulletin")["2022-05"].content == {"新增": 55}
    with pytest.raises(RegisterFault, match="改动过"):
        first.content["新增"]
    with pytest.raises(RegisterFault, match="不完整"):
        len(second.content)
    with pytest.raises(RegisterFault, match="改动过"):
        Archive(folder)


ODD = ['"', "\\", "\n", "\x7f", "\x1f", "\u2028", "𠮷", "", "甲", '", "', "], ["]
ROWS: st.SearchStrategy[list[object]] = st.lists(
    st.lists(st.sampled_from(ODD) | st.just("字"), max_size=3) | st.just([1]) | st.just("字"), max_size=4
)


@settings(max_examples=25)  # each writes 10,000 rows
@given(ROWS)
def test_a_long_list_is_written_as_json_has_it_whatever_its_rows_are(rows: list[object]) -> None:
    plain: list[object] = [["甲", f"第{number}户", ""] for number in range(5_000)]
    for content in ({"户": [*plain, *rows]}, {"户": [*rows, *plain, *rows]}):
        with TemporaryDirectory() as folder:
            archive = Archive(Path(folder) / "bulletins")
            archive.keep(archive.drafted("bulletin", "2022-06", content, {}))
            kept = (Path(folder) / "bulletins" / "2022-06-1" / "issue.json").read_text("utf-8")
        assert kept == json.dumps(content, ensure_ascii=False)
