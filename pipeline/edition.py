"""Letters ready to be written: each is either set over the measured form or copied from a page of LibreOffice's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pipeline.adapters.book import Book, Shared
from pipeline.adapters.form import Form
from pipeline.adapters.pdf import Page, Section, read_pages, squeezed
from pipeline.adapters.qr import operators
from pipeline.domain.forms import AT_LEAST, FIELDS, fields_of
from pipeline.domain.mark import mark_text
from pipeline.domain.model import Letter
from pipeline.errors import ConversionFault

TIMES = dict.fromkeys(FIELDS, 1) | AT_LEAST
"""Field → how often at least a page must show it."""


MARK_PT = 19 * 72 / 25.4
"""Side of the verification mark with its quiet zone: 19 mm, of which the code takes 15."""


KEPT = 10_000
"""Up to so many letters, their pages are kept."""


@dataclass(frozen=True, slots=True)
class Marks:
    """How letters are marked for verification."""

    secret: bytes
    """What the keyed check is made with."""
    places_pt: Sequence[tuple[float, float]]
    """Lower left corners on the page."""


@dataclass(frozen=True, slots=True)
class Edition:
    """All letters of a batch, in order; travels whole to another process."""

    letters: Sequence[Letter]
    """The letters."""
    copies: Mapping[int, tuple[Path, int]]
    """Place of a letter, from 0 → the PDF and page it is copied from."""
    form: Form | None = None
    """The form in which all others are set."""
    source: Path | None = None
    """The PDF whose fonts the form is set in."""
    memo: dict[int, bytes] = field(default_factory=dict)
    """Pages set already, for batches small enough to be kept in memory until the units' files want them too."""
    marks: "Marks | None" = None
    """The verification mark; None where the template has no place for one."""

    def write(
        self, path: Path, section: Section, bookmarks: Iterable[Section], information: Mapping[str, str]
    ) -> None:
        """A section of the letters as a PDF, with bookmarks and document information."""
        marks = {mark.first: mark.title for mark in bookmarks}
        with Book(
            path, _shared(self.source, self.form.pieces) if self.form and self.source else None
        ) as book:
            for place in range(section.first, section.first + section.count):
                if place in marks:
                    book.bookmark(marks[place])
                if place in self.copies:
                    book.copy_page(*self.copies[place], self._mark(self.letters[place]))
                else:
                    book.set_page(self._set_page(place))
            book.finish(information)

    def check(self, path: Path, section: Section) -> None:
        """Read a written section back: each letter on its page, serial on both halves, every filled field.

        :raises ConversionFault: a page is not as it must be.
        """
        letters = self.letters[section.first : section.first + section.count]
        pages = read_pages(path, simple=lambda index: section.first + index not in self.copies)
        number = 0
        for number, page in enumerate(pages, 1):
            if number > len(letters) or wrong_fields(letters[number - 1], page, TIMES):
                raise ConversionFault(f"{path.name} 第{number}页不是应有的样子。编号已退回，请再试一次。")
        if number != len(letters):
            raise ConversionFault(f"{path.name} 有{number}页，应有{len(letters)}页。编号已退回，请再试一次。")

    @property
    def is_kept(self) -> bool:
        """Whether pages once set are kept for the next file."""
        return len(self.letters) <= KEPT

    def _set_page(self, place: int) -> bytes:
        if place in self.memo:
            return self.memo[place]
        letter = self.letters[place]
        page = self._operators(letter) + self._mark(letter)
        if self.is_kept:
            self.memo[place] = page
        return page

    def _mark(self, letter: Letter) -> bytes:
        return (
            operators(mark_text(letter, self.marks.secret), self.marks.places_pt, MARK_PT)
            if self.marks
            else b""
        )

    def _operators(self, letter: Letter) -> bytes:
        operators = self.form.set(fields_of(letter)) if self.form else None
        assert operators is not None, "a letter that cannot be set is copied"
        return operators


@lru_cache(maxsize=1)
def _shared(source: Path, pieces: tuple[bytes, ...]) -> Shared:
    """Made once for all files of an edition."""
    return Shared(source, pieces)


def wrong_fields(letter: Letter, page: Page, times: Mapping[str, int]) -> list[str | None]:
    """Fields that the page does not show in full.

    :param times: field → how often the page must show it.
    """
    wrong: list[str | None] = []
    for name, value in fields_of(letter).items():
        text = squeezed(value)
        cut_off = text and any(piece in text or text in piece for piece in page.clipped)
        if text and (cut_off or page.text.count(text) < times[name]):
            wrong.append(name)
    return wrong or ([None] if page.clipped else [])
