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

COUNT = 2600
"""More than ten nodes of the page tree."""
INFORMATION = {"/Title": "介绍信（测试）", "/Author": "工作专班", "/CreationDate": "D:20220507120000+08'00'"}
MARKS = [PageRange("01 东村镇（1000份）", 0, 1000), PageRange("02 普明镇（1600份）", 1000, 1600)]
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
    letters = [letter_for(None, number % 9999 + 1) for number in range(COUNT)]
    made = tried(as_it_is(), letters, tmp_path_factory.mktemp("blank"))
    assert made.edition is not None and len(made.set_places) == COUNT
    return made.edition


@pytest.fixture(scope="module")
def book(edition: LetterPages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "介绍信.pdf"
    edition.write(path, PageRange("", 0, COUNT), MARKS, INFORMATION)
    return path


def kinds(path: Path) -> Counter[str]:
    return Counter(re.findall(r"/Type /(\w+)", path.read_bytes().decode("latin-1")))


def test_the_trial_holds_a_letter_that_is_copied_and_others_that_are_set(trial: Trial) -> None:
    assert trial.edition is not None and 7 in trial.edition.copies and len(trial.set_places) >= 7


def test_all_pages_are_there_in_pdfium_poppler_and_pypdf(book: Path) -> None:
    assert page_count(book) == COUNT
    assert len(PdfReader(book, strict=True).pages) == COUNT
    told = subprocess.run(["pdfinfo", book], check=True, capture_output=True, text=True)
    assert f"Pages:           {COUNT}" in told.stdout and told.stderr == ""


def test_qpdf_finds_nothing_wrong(book: Path) -> None:
    done = subprocess.run(["qpdf", "--check", book], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr


def test_there_is_one_background_and_one_set_of_fonts(book: Path, edition: LetterPages) -> None:
    found = kinds(book)
    assert edition.measured is not None
    assert found["Page"] == COUNT
    assert found["XObject"] == 0
    drawn = [part.idnum for page in PdfReader(book).pages for part in page.raw_get("/Contents")]
    shared = [number for number, times in Counter(drawn).items() if times == COUNT]
    assert len(shared) == len(edition.measured.form.pieces)
    assert found["FontDescriptor"] == found["Font"] == len({name for name, _ in fonts(book)})
    assert len({page.raw_get("/Resources").idnum for page in PdfReader(book).pages}) == 1


def test_every_font_is_in_the_file(book: Path) -> None:
    assert all(embedded for _, embedded in fonts(book))


def test_the_page_tree_is_balanced(book: Path) -> None:
    root = PdfReader(book).trailer["/Root"]["/Pages"]
    nodes = [kid.get_object() for kid in root["/Kids"]]
    assert root["/Count"] == COUNT == sum(node["/Count"] for node in nodes)
    assert [len(node["/Kids"]) for node in nodes[:-1]] == [KIDS] * (len(nodes) - 1)


def test_a_page_takes_less_than_two_kilobytes(book: Path) -> None:
    assert book.stat().st_size < 2048 * COUNT


def test_bookmarks_lead_to_the_units_first_pages(book: Path) -> None:
    assert bookmarks(book) == [(MARKS[0].title, 1), (MARKS[1].title, 1001)]


def test_the_information_is_told(book: Path) -> None:
    found = PdfReader(book).metadata
    assert found is not None and {key: found[key] for key in INFORMATION} == INFORMATION


def test_pages_say_what_they_must_in_poppler(book: Path) -> None:
    text = poppler_text(book, "-f", "1500", "-l", "1500")
    assert "01-1500" in text and "岚县东村镇人民政府" in text


def test_the_same_letters_give_the_same_bytes(book: Path, edition: LetterPages, tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    edition.write(again, PageRange("", 0, COUNT), MARKS, INFORMATION)
    assert again.read_bytes() == book.read_bytes()


def test_a_units_file_is_cut_from_the_same_edition(book: Path, edition: LetterPages, tmp_path: Path) -> None:
    path = tmp_path / "02.pdf"
    edition.write(path, PageRange("", 1000, 50), (), {})
    assert page_count(path) == 50
    assert kinds(path)["FontDescriptor"] == kinds(book)["FontDescriptor"]
    [one] = pictures(path, 0, 0, tmp_path / "unit", dpi=60)
    [same] = pictures(book, 1000, 1000, tmp_path / "whole", dpi=60)
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
    assert "01-1777" in document[1776].get_textpage().get_text_range()
    document.close()
