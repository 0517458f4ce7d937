"""Pages as they lie in the file: the same in two files under other numbers, and another as soon as anything differs."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from support.inputs.people import filled_letters, letter_for, person
from support.templates.wild import Wild, a_watermark, untouched
from support.templates.zoo import as_it_is
from support.trials import tried

from pipeline.adapters.pdf.cutting import PageRange
from pipeline.adapters.pdf.leaves import same_pages
from pipeline.errors import ConversionFault
from pipeline.letters.pages import Copy, LetterPages

pytestmark = pytest.mark.soffice

COUNT = 300
"""More than one node of the page tree."""
FIRST, PART = 200, 90
Change = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> LetterPages:
    """Set letters, and one that LibreOffice has printed."""
    hard = letter_for(person(business="A B  C店"), 900)
    blank = [letter_for(None, number) for number in range(1, COUNT - 5)]
    letters = [*blank[:250], hard, *blank[250:], *filled_letters(5)]
    made = tried(as_it_is(), letters, tmp_path_factory.mktemp("leaves"))
    assert made.edition is not None and set(made.edition.copies) == {250}
    return made.edition


@pytest.fixture(scope="module")
def whole(edition: LetterPages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "whole.pdf"
    edition.write(path, PageRange("", 0, COUNT), [PageRange("甲", 0, COUNT)], {"/Title": "甲"})
    return path


@pytest.fixture
def part(edition: LetterPages, tmp_path: Path) -> Path:
    edition.write(tmp_path / "part.pdf", PageRange("", FIRST, PART), (), {})
    return tmp_path / "part.pdf"


def unlike(one: Path, other: Path) -> list[int]:
    """Pages of the part that are not the same in the file of all."""
    return [number for number, same in enumerate(same_pages(one, 0, other, FIRST, PART)) if not same]


def test_a_part_has_the_same_pages_as_the_whole_set_or_copied(part: Path, whole: Path) -> None:
    assert unlike(part, whole) == []
    assert not any(same_pages(whole, 0, whole, 1, COUNT - 1))


def exchanged(data: bytes) -> bytes:
    """The seventh page has the operators of the eighth."""
    seventh, eighth = re.findall(rb"/Contents \[[^]]+\]", data)[6:8]
    return data.replace(seventh, eighth, 1)


def flipped(pattern: bytes, number: int = 0) -> Change:
    """One bit is changed behind a pattern, which may be found several times."""

    def change(data: bytes) -> bytes:
        place = list(re.finditer(pattern, data, re.DOTALL))[number].end()
        return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]

    return change


@pytest.mark.parametrize(
    "change, wrong",
    [
        (exchanged, [6]),
        (flipped(rb"stream\nBT\n.{50}", -1), [PART - 1]),
        (flipped(rb"stream\nq\n.{50}"), range(PART)),
        (flipped(rb"/MediaBox \[0 0 "), range(PART)),
    ],
    ids=["a page's operators are another's", "in a page", "in the background", "in the size"],
)
def test_whatever_is_otherwise_is_found(
    part: Path, whole: Path, change: Change, wrong: Sequence[int]
) -> None:
    part.write_bytes(change(part.read_bytes()))
    assert set(wrong) - {250 - FIRST} <= set(unlike(part, whole)) <= set(wrong)


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"startxref", b"startxerf"),
        flipped(rb"xref\n0 \d+\n.{20}0+"),
        lambda data: data.replace(b"/Kids [", b"/Kits [", 1),
        lambda data: re.sub(rb"/Contents \[\d+", b"/Contents [999999999", data, count=1),
    ],
)
def test_a_file_whose_pages_are_not_found_is_told_as_damaged(part: Path, whole: Path, change: Change) -> None:
    part.write_bytes(change(part.read_bytes()))
    with pytest.raises(ConversionFault, match=r"part\.pdf 不是完好的 PDF"):
        list(same_pages(part, 0, whole, FIRST, PART))


def test_pages_that_are_not_there_are_told(part: Path, whole: Path) -> None:
    with pytest.raises(ConversionFault):
        list(same_pages(part, PART - 1, whole, 0, 2))


@pytest.mark.parametrize("engine", ["form", "office"])
def test_pages_with_a_half_transparent_watermark_are_the_same_in_part_and_whole(
    engine: str, tmp_path: Path
) -> None:
    """What is half transparent leads back to the resources of its page."""
    found = Wild(Random(1), untouched(), untouched())
    a_watermark(found)
    letters = filled_letters(4, seed=3)
    made = tried(found.ours.data(), letters, tmp_path, whole=True)
    assert made.edition is not None
    edition = made.edition
    if engine == "office":
        edition = LetterPages({place: Copy(*where, b"") for place, where in enumerate(made.theirs)})
    whole, part = tmp_path / "whole.pdf", tmp_path / "part.pdf"
    edition.write(whole, PageRange("", 0, 4), (), {})
    edition.write(part, PageRange("", 2, 2), (), {})
    assert all(same_pages(part, 0, whole, 2, 2))
    assert not any(same_pages(whole, 0, whole, 1, 3))
    data = part.read_bytes()
    assert b"/Transparency" in data
    part.write_bytes(data.replace(b"/Transparency", b"/Transparencx"))
    assert not any(same_pages(part, 0, whole, 2, 2))
