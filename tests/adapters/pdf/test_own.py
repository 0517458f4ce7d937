"""Pages over one background: the first is read whole, of each other what is its own, and that it has this background."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from support.inputs.people import letter_for
from support.templates.zoo import as_it_is
from support.trials import tried

from pipeline.adapters.pdf.cutting import PageRange
from pipeline.adapters.pdf.own import own_texts
from pipeline.adapters.pdf.reading import read_pages
from pipeline.domain.letters.fields import fields_of
from pipeline.errors import ConversionFault
from pipeline.letters.pages import LetterPages

pytestmark = pytest.mark.soffice

LETTERS = [letter_for(None, number) for number in range(1, 301)]
Change = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> LetterPages:
    made = tried(as_it_is(), LETTERS, tmp_path_factory.mktemp("own")).edition
    assert made is not None and not made.copies
    return made


@pytest.fixture
def book(edition: LetterPages, tmp_path: Path) -> Path:
    edition.write(tmp_path / "介绍信.pdf", PageRange("", 0, len(LETTERS)), (), {})
    return tmp_path / "介绍信.pdf"


def texts(book: Path, edition: LetterPages, pages: list[int]) -> list[str | None]:
    assert edition.measured is not None
    return list(own_texts(book, pages, edition.measured.shared))


def test_the_first_says_all_and_the_others_what_is_theirs(book: Path, edition: LetterPages) -> None:
    assert edition.measured is not None
    first, *others = texts(book, edition, [3, 4, 280])
    [whole] = read_pages(book, [3], simple=lambda _: True)
    assert first == whole.text == edition.measured.wording.said(fields_of(LETTERS[3]))
    assert others == [edition.measured.wording.filled(fields_of(LETTERS[page])) for page in (4, 280)]
    assert "县行政审批局" in first and not any("县行政审批局" in str(text) for text in others)


def test_the_file_is_left_as_it_is(book: Path, edition: LetterPages) -> None:
    before = book.read_bytes()
    texts(book, edition, [0, 1, 2])
    assert book.read_bytes() == before


def _contents(change: Callable[[list[bytes]], list[bytes]]) -> Change:
    """The second page's drawings in another order, more or fewer of them."""

    def changed(data: bytes) -> bytes:
        found = re.findall(rb"/Contents \[[^]]*\]", data)[1]
        drawn = re.findall(rb"\d+ 0 R", found)
        new = b"/Contents [" + b" ".join(change(drawn)) + b"]"
        assert len(new) <= len(found) and new != found
        return data.replace(found, new.ljust(len(found)))

    return changed


SPOILT: dict[str, Change] = {
    "a piece is missing": _contents(lambda drawn: drawn[1:]),
    "two pieces have changed places": _contents(lambda drawn: [drawn[2], drawn[1], drawn[0], *drawn[3:]]),
    "a piece is drawn twice": _contents(lambda drawn: [drawn[0], drawn[0], *drawn[2:]]),
    "other fonts": lambda data: _second(data, rb"/Resources \d+ 0 R", lambda found: found.replace(b" 0 R", b"1 0 R")[: len(found)]),
    "something besides": lambda data: _second(data, rb"/Type /Page ", lambda _: b"/UserUnit 2"),
}  # fmt: skip


def _second(data: bytes, pattern: bytes, change: Change) -> bytes:
    found = list(re.finditer(pattern, data))[1]
    return data[: found.start()] + change(found[0]).ljust(len(found[0])) + data[found.end() :]


@pytest.mark.parametrize("name", SPOILT)
def test_a_page_with_another_background_is_told(book: Path, edition: LetterPages, name: str) -> None:
    book.write_bytes(SPOILT[name](book.read_bytes()))
    first, second, third = texts(book, edition, [0, 1, 2])
    assert first and third and second is None
    with pytest.raises(ConversionFault, match="第2页不是应有的样子"):
        edition.check(book, PageRange("", 0, len(LETTERS)), 0, LETTERS)


def test_another_word_in_the_background_is_found_on_the_first_page(book: Path, edition: LetterPages) -> None:
    assert edition.measured is not None
    data = book.read_bytes()
    piece = re.search(rb"\[?<([0-9A-F]{2})[0-9A-F]{6,}>", data[: data.index(b"/Type /Font")])
    assert piece is not None
    book.write_bytes(data[: piece.start(1)] + b"00" + data[piece.end(1) :])
    with pytest.raises(ConversionFault, match="第1页不是应有的样子"):
        edition.check(book, PageRange("", 0, len(LETTERS)), 0, LETTERS)


def test_a_file_cut_short_is_told(book: Path, edition: LetterPages) -> None:
    book.write_bytes(book.read_bytes()[:-2000])
    with pytest.raises(ConversionFault, match="不是完好的 PDF"):
        texts(book, edition, [0, 1])
