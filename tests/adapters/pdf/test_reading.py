from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter
from support.desk import ROOT, Desk
from support.inputs.people import letter_for, person
from support.trials import shared_office

from pipeline.adapters.form import PrintedPages
from pipeline.adapters.pdf.reading import fonts_missing, page_count, read_pages, squeezed
from pipeline.adapters.word import open_template
from pipeline.domain.letters.fields import fields_of
from pipeline.errors import ConversionFault

DAMAGED = [b"", b"%PDF-1.7\nnothing", b"not a pdf", b"<html>"]


@pytest.fixture
def letters(printed_desk: Desk) -> Path:
    return printed_desk.batch() / "介绍信.pdf"


def test_pages_are_read_in_order_with_their_text(letters: Path) -> None:
    pages = list(read_pages(letters))
    assert len(pages) == page_count(letters) == 9
    assert "岚个培〔2022〕01-0001号" in pages[0].text and "岚个培〔2022〕03-0004号" in pages[8].text
    assert not any(" " in page.text or "\n" in page.text for page in pages)


@pytest.mark.parametrize("data", DAMAGED)
@pytest.mark.parametrize("read", [page_count, fonts_missing, lambda path: list(read_pages(path))])
def test_what_is_no_pdf_is_one_fault_whoever_reads_it(
    tmp_path: Path, data: bytes, read: Callable[[Path], object]
) -> None:
    path = tmp_path / "信.pdf"
    path.write_bytes(data)
    with pytest.raises(ConversionFault, match=r"信\.pdf 不是完好的 PDF"):
        read(path)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.97])
def test_a_pdf_cut_short_is_a_fault_and_never_a_crash(tmp_path: Path, letters: Path, share: float) -> None:
    whole = letters.read_bytes()
    path = tmp_path / "信.pdf"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ConversionFault):
        list(read_pages(path))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages by LibreOffice: a line that ends with a hyphen, hanzi beyond U+FFFF among others."""
    path = tmp_path_factory.mktemp("pdf") / "信.docx"
    records = [
        fields_of(letter_for(person(scope="茶" * 24 + "-abcdefg，乙"), 1)),
        fields_of(
            letter_for(person(name="李𠮷祥", business="岚县𬭁𠮷店", address="茶" * 24 + "𬭁𠮷村𫖯"), 2)
        ),
    ]
    open_template(ROOT / "templates" / "letter.docx").write_pages(records, path)
    return shared_office().convert(path, 2)


@pytest.mark.soffice
def test_a_hyphen_at_a_lines_end_is_read_as_one(printed: Path) -> None:
    text = "茶" * 24 + "-abcdefg，乙"
    assert [text in next(read_pages(printed, simple=lambda _, it=it: it)).text for it in (True, False)] == [
        True,
        True,
    ]
    sheet = PrintedPages(printed)
    assert text in "".join(glyph.char for glyph in sheet.glyphs(0))
    sheet.close()


@pytest.mark.soffice
def test_hanzi_beyond_u_ffff_are_read_whole_and_in_their_places(printed: Path) -> None:
    [page] = read_pages(printed, [1])
    assert page.clipped == ()
    assert all(page.text.count(text) == 2 for text in ("李𠮷祥", "岚县𬭁𠮷店", "茶" * 24 + "𬭁𠮷村𫖯"))
    [plain] = read_pages(printed, [1], simple=lambda _: True)
    assert sorted(plain.text) == sorted(page.text)
    sheet = PrintedPages(printed)
    found = [glyph.char for glyph in sheet.glyphs(1)]
    sheet.close()
    assert sorted(found) == sorted(page.text)
    assert set("𠮷𬭁𫖯") <= set(found)


def test_fonts_of_the_letters_are_all_carried(letters: Path) -> None:
    assert fonts_missing(letters) == set()


def test_a_font_that_is_only_named_is_missing(tmp_path: Path) -> None:
    from pypdf.generic import DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/BaseFont"): NameObject("/SimSun")}
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    writer.write(tmp_path / "信.pdf")
    assert fonts_missing(tmp_path / "信.pdf") == {"/SimSun"}


def test_white_space_says_nothing() -> None:
    assert squeezed(" 岚\u3000县\n介 绍\t信 ") == "岚县介绍信"
