from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from support.desk import Desk

from pipeline.adapters.pdf.cutting import PageRange, bookmarked_pages, cut, join, with_info
from pipeline.adapters.pdf.info import Info
from pipeline.adapters.pdf.reading import read_pages
from pipeline.errors import ConversionFault

INFO = Info("题", "者", datetime(2022, 6, 1, tzinfo=UTC))


@pytest.fixture
def letters(printed_desk: Desk) -> Path:
    return printed_desk.batch() / "介绍信.pdf"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing", b"not a pdf", b"<html>"])
def test_a_damaged_pdf_is_not_copied(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "信.pdf").write_bytes(data)
    with pytest.raises(ConversionFault):
        with_info(tmp_path / "信.pdf", tmp_path / "新.pdf", INFO)


@pytest.mark.parametrize("zone, stamp", [(UTC, "+00'00'"), (timezone(timedelta(hours=8)), "+08'00'")])
def test_document_information_tells_title_author_and_time(
    tmp_path: Path, letters: Path, zone: timezone, stamp: str
) -> None:
    info = Info("岚县介绍信", "专班办公室", datetime(2022, 6, 1, 8, 30, tzinfo=zone))
    with_info(letters, tmp_path / "新.pdf", info)
    found = PdfReader(tmp_path / "新.pdf").metadata
    assert found is not None and (found.title, found.author) == ("岚县介绍信", "专班办公室")
    assert found["/CreationDate"] == f"D:20220601083000{stamp}" == found["/ModDate"]


def test_some_pages_are_a_file_of_their_own_with_bookmarks_counted_anew(
    tmp_path: Path, letters: Path
) -> None:
    marks = (PageRange("甲", 0, 1), PageRange("乙", 1, 2))
    cut(letters, tmp_path / "分册.pdf", PageRange("东村镇", 2, 3), INFO, marks)
    told = [page.text for page in read_pages(letters, range(2, 5))]
    assert [page.text for page in read_pages(tmp_path / "分册.pdf")] == told
    assert bookmarked_pages(tmp_path / "分册.pdf") == [0, 1]


@pytest.mark.parametrize("kept", [True, False])
def test_bookmarks_come_along_where_they_are_asked_for(tmp_path: Path, kept: bool) -> None:
    writer = PdfWriter()
    for number in range(3):
        writer.add_blank_page(100, 100)
        writer.add_outline_item(title=str(number), page_number=number)
    writer.write(tmp_path / "原.pdf")
    with_info(tmp_path / "原.pdf", tmp_path / "新.pdf", INFO, has_outline=kept)
    assert bookmarked_pages(tmp_path / "新.pdf") == ([0, 1, 2] if kept else [])


def test_files_are_one_after_another_with_a_bookmark_for_each(tmp_path: Path) -> None:
    for name, pages in (("甲", 2), ("乙", 1)):
        writer = PdfWriter()
        for number in range(pages):
            writer.add_blank_page(100 + number, 100)
        writer.write(tmp_path / f"{name}.pdf")
    join([tmp_path / "甲.pdf", tmp_path / "乙.pdf"], tmp_path / "全部.pdf", INFO)
    found = PdfReader(tmp_path / "全部.pdf")
    assert [page.mediabox.width for page in found.pages] == [100, 101, 100]
    assert [mark.title for mark in found.outline if not isinstance(mark, list)] == ["甲", "乙"]
    assert bookmarked_pages(tmp_path / "全部.pdf") == [0, 2] and found.metadata.title == "题"  # type: ignore[union-attr]
    (tmp_path / "乙.pdf").write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(ConversionFault):
        join([tmp_path / "甲.pdf", tmp_path / "乙.pdf"], tmp_path / "全部.pdf", INFO)
