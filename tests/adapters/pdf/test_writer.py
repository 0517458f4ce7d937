"""A PDF written page by page: sound in every reader, small, and sharing what its pages share."""

import pickle
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader
from support.inputs.people import filled_letters, letter_for, person
from support.paper import bookmarks, fonts, page_count, poppler_text
from support.templates.zoo import as_it_is
from support.trials import Trial, pictures, tried, unlike

from pipeline.adapters.pdf.cutting import PageRange
from pipeline.adapters.pdf.writer import KIDS
from pipeline.domain.letters.fields import fields_of
from pipeline.letters.pages import LetterPages

pytestmark = pytest.mark.soffice

COUNT = 700
"""Several nodes of the page tree, the last of them not full."""
INFORMATION = {"/Title": "介绍信（测试）", "/Author": "工作专班", "/CreationDate": "D:20220507120000+08'00'"}
MARKS = [PageRange("01 东村镇（300份）", 0, 300), PageRange("02 普明镇（400份）", 300, 400)]
Write = Callable[..., Path]


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """Blank letters, filled ones, and one that only LibreOffice can print."""
    hard = letter_for(person(business="A B  C店"), 900)
    return tried(
        as_it_is(), [*filled_letters(7), hard, letter_for(None, 901)], tmp_path_factory.mktemp("book")
    )


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> LetterPages:
    """Many blank letters."""
    letters = [letter_for(None, number) for number in range(1, COUNT + 1)]
    made = tried(as_it_is(), letters, tmp_path_factory.mktemp("blank"))
    assert made.edition is not None and len(made.set_places) == COUNT
    return made.edition


@pytest.fixture(scope="module")
def book(edition: LetterPages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "介绍信.pdf"
    edition.write(path, PageRange("", 0, COUNT), MARKS, INFORMATION)
    return path


@pytest.fixture(scope="module")
def read(book: Path) -> PdfReader:
    """The same, read by pypdf."""
    return PdfReader(book, strict=True)


@pytest.fixture(scope="module")
def carried(book: Path) -> list[tuple[str, bool]]:
    """Its fonts, as poppler finds them."""
    return fonts(book)


def kinds(path: Path) -> Counter[str]:
    return Counter(re.findall(r"/Type /(\w+)", path.read_bytes().decode("latin-1")))


def test_the_trial_holds_a_letter_that_is_copied_and_others_that_are_set(trial: Trial) -> None:
    assert trial.edition is not None and 7 in trial.edition.copies and len(trial.set_places) >= 7


def test_all_pages_are_there_in_pdfium_poppler_and_pypdf(book: Path, read: PdfReader) -> None:
    assert page_count(book) == COUNT
    assert len(read.pages) == COUNT
    told = subprocess.run(["pdfinfo", book], check=True, capture_output=True, text=True)
    assert f"Pages:           {COUNT}" in told.stdout and told.stderr == ""


def test_qpdf_finds_nothing_wrong(book: Path) -> None:
    done = subprocess.run(["qpdf", "--check", book], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr


def test_there_is_one_background_and_one_set_of_fonts(
    book: Path, read: PdfReader, carried: list[tuple[str, bool]], edition: LetterPages
) -> None:
    found = kinds(book)
    assert edition.measured is not None
    assert found["Page"] == COUNT
    assert found["XObject"] == 0
    drawn = [part.idnum for page in read.pages for part in page.raw_get("/Contents")]
    shared = [number for number, times in Counter(drawn).items() if times == COUNT]
    assert len(shared) == len(edition.measured.form.pieces)
    assert found["FontDescriptor"] == found["Font"] == len({name for name, _ in carried})
    assert len({page.raw_get("/Resources").idnum for page in read.pages}) == 1


def test_every_font_is_in_the_file(carried: list[tuple[str, bool]]) -> None:
    assert carried and all(embedded for _, embedded in carried)


def test_the_page_tree_is_balanced(read: PdfReader) -> None:
    root = read.trailer["/Root"]["/Pages"]
    nodes = [kid.get_object() for kid in root["/Kids"]]
    assert root["/Count"] == COUNT == sum(node["/Count"] for node in nodes)
    assert [len(node["/Kids"]) for node in nodes[:-1]] == [KIDS] * (len(nodes) - 1)


def test_a_page_takes_less_than_two_kilobytes(book: Path) -> None:
    assert book.stat().st_size < 2048 * COUNT


def test_bookmarks_lead_to_the_units_first_pages(book: Path) -> None:
    assert bookmarks(book) == [(MARKS[0].title, 1), (MARKS[1].title, 301)]


def test_the_information_is_told(read: PdfReader) -> None:
    found = read.metadata
    assert found is not None and {key: found[key] for key in INFORMATION} == INFORMATION


def test_pages_say_what_they_must_in_poppler(book: Path) -> None:
    text = poppler_text(book, "-f", "500", "-l", "500")
    assert "01-0500" in text and "岚县东村镇人民政府" in text


def test_the_same_letters_give_the_same_bytes(book: Path, edition: LetterPages, tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    edition.write(again, PageRange("", 0, COUNT), MARKS, INFORMATION)
    assert again.read_bytes() == book.read_bytes()


def test_a_units_file_is_cut_from_the_same_edition(book: Path, edition: LetterPages, tmp_path: Path) -> None:
    path = tmp_path / "02.pdf"
    edition.write(path, PageRange("", 300, 50), (), {})
    assert page_count(path) == 50
    assert kinds(path)["FontDescriptor"] == kinds(book)["FontDescriptor"]
    [one] = pictures(path, 0, 0, tmp_path / "unit", dpi=60)
    [same] = pictures(book, 300, 300, tmp_path / "whole", dpi=60)
    assert one == same


def test_an_edition_that_travels_often_brings_its_form_once(edition: LetterPages) -> None:
    once, again = (pickle.loads(pickle.dumps(edition)) for _ in range(2))
    assert once.measured is again.measured and once.chunks == edition.chunks
    fields = fields_of(letter_for(person()))
    assert edition.measured is not None
    assert once.measured.form.set(fields) == edition.measured.form.set(fields)


def test_set_and_copied_pages_stand_side_by_side_and_keep_their_look(trial: Trial, tmp_path: Path) -> None:
    edition = trial.edition
    assert edition is not None
    done = subprocess.run(["qpdf", "--check", trial.ours], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    copy = edition.copies[7]
    [theirs] = pictures(copy.path, copy.page, copy.page, tmp_path / "theirs")
    [ours] = pictures(trial.ours, 7, 7, tmp_path / "ours")
    assert unlike(theirs, ours, levels=0) == 0


def test_a_page_copied_often_brings_its_fonts_once(trial: Trial, tmp_path: Path) -> None:
    edition = trial.edition
    assert edition is not None
    copy = edition.copies[7]
    often = LetterPages(dict.fromkeys(range(300), copy))
    often.write(tmp_path / "often.pdf", PageRange("", 0, 300), (), {})
    once = LetterPages({0: copy})
    once.write(tmp_path / "once.pdf", PageRange("", 0, 1), (), {})
    assert kinds(tmp_path / "often.pdf")["FontDescriptor"] == kinds(tmp_path / "once.pdf")["FontDescriptor"]
    often.check(tmp_path / "often.pdf", PageRange("", 0, 300), 0, [trial.letters[7]] * 300)


def test_a_page_in_the_middle_opens_alone(book: Path) -> None:
    document = pypdfium2.PdfDocument(book)
    assert "01-0555" in document[554].get_textpage().get_text_range()
    document.close()
