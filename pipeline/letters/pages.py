"""All pages of a batch, ready to be bound: each is either set over the measured form or copied from LibreOffice's."""

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.adapters.form import Form, form_of, plain_form
from pipeline.adapters.pdf.cutting import PageRange
from pipeline.adapters.pdf.digests import page_digests
from pipeline.adapters.pdf.reading import page_count, read_pages
from pipeline.adapters.pdf.writer import PageWriter, Shared, drawing
from pipeline.adapters.qr import operators
from pipeline.domain.letters.fields import AT_LEAST, FIELDS, fields_of
from pipeline.domain.letters.mark import mark_text
from pipeline.domain.letters.model import Letter
from pipeline.errors import ConversionFault
from pipeline.letters.proof import Wording, wrong_fields

TIMES = dict.fromkeys(FIELDS, 1) | AT_LEAST
"""Field → how often at least a page must show it."""

MARK_PT = 19 * 72 / 25.4
"""Side of the verification mark with its quiet zone: 19 mm, of which the code takes 15."""

CHUNK = 250
"""Letters in a chunk: few enough for two processes to end together."""


@dataclass(frozen=True, slots=True)
class Marks:
    """How letters are marked for verification."""

    secret: bytes
    """What the keyed check is made with."""
    places_pt: Sequence[tuple[float, float]]
    """Lower left corners on the page."""

    def operators(self, letter: Letter) -> bytes:
        """The mark of a letter, as it is drawn on its page."""
        return operators(mark_text(letter, self.secret), self.places_pt, MARK_PT)


@dataclass(frozen=True)
class Measured:
    """A template measured, and all that pages over it are made of: LibreOffice is wanted for it no more."""

    form: Form
    """Where fields stand, and in which glyphs."""
    shared: Shared
    """Background and fonts."""
    wording: Wording
    """What the pages say."""
    askew: tuple[str, ...]
    """What is to be told of the sheet, in Chinese: what is off its middle."""
    folder: Path
    """The run's own, where other processes find it."""

    def plain(self) -> dict[str, Any]:
        """As values of JSON."""
        bodies = {number: body.decode("latin-1") for number, body in self.shared.bodies.items()}
        shared = {
            "box": self.shared.box, "pieces": self.shared.pieces, "resources": self.shared.resources, "bodies": bodies,
        }  # fmt: skip
        return {
            "form": plain_form(self.form), "shared": shared, "askew": self.askew,
            "wording": {"pieces": self.wording.pieces, "end": self.wording.end},
        }  # fmt: skip

    @classmethod
    def of(cls, plain: Mapping[str, Any], folder: Path) -> "Measured":
        """From values of JSON."""
        shared, wording = plain["shared"], plain["wording"]
        bodies = {int(number): body.encode("latin-1") for number, body in shared["bodies"].items()}
        return cls(
            form_of(plain["form"]),
            Shared(shared["box"], tuple(shared["pieces"]), shared["resources"], bodies),
            Wording(tuple((words, field) for words, field in wording["pieces"]), wording["end"]),
            tuple(plain["askew"]),
            folder,
        )

    def __reduce__(self) -> tuple[Callable[[Path], "Measured"], tuple[Path]]:
        """Travel to another process as a file; arriving again, it is the one that is there already."""
        return _arrived, (self._written,)

    @cached_property
    def _written(self) -> Path:
        content = json.dumps(self.plain(), ensure_ascii=False).encode()
        path = self.folder / f"form-{sha256(content).hexdigest()[:16]}.json"
        path.write_bytes(content)
        return path


@lru_cache(maxsize=1)
def _arrived(path: Path) -> Measured:
    return Measured.of(json.loads(path.read_bytes()), path.parent)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Pages of :data:`CHUNK` letters, one behind the other in a file; the last of a batch may have fewer.

    A page is as many drawings as the form has pieces.
    """

    path: Path
    """The file."""
    pieces: int
    """Drawings of a page."""
    sizes: "array[int]"
    """Bytes of each drawing, page by page; all 0 for a letter that cannot be set."""

    def is_set(self) -> Iterator[bool]:
        """For each letter, whether its page is here."""
        return (any(sizes) for sizes in self._pages(0, None))

    def pages(self, first: int, end: int) -> Iterator[list[bytes]]:
        """Pages that are set, of the letters from ``first`` to before ``end``."""
        with self.path.open("rb") as file:
            file.seek(sum(self.sizes[: first * self.pieces]))
            for sizes in self._pages(first, end):
                if any(sizes):
                    yield [file.read(size) for size in sizes]

    def _pages(self, first: int, end: int | None) -> "Iterator[array[int]]":
        sizes = self.sizes[first * self.pieces : None if end is None else end * self.pieces]
        return (sizes[start : start + self.pieces] for start in range(0, len(sizes), self.pieces))


@dataclass(frozen=True, slots=True)
class Copy:
    """A letter that LibreOffice has printed."""

    path: Path
    """The PDF."""
    page: int
    """Page in it, from 0."""
    mark: bytes
    """The operators of its verification mark."""


@dataclass(frozen=True, slots=True)
class LetterPages:
    """All pages of a batch, in order; light enough to be sent to another process for every file."""

    copies: Mapping[int, Copy]
    """Place of a letter, from 0 → the page it is copied from."""
    chunks: Sequence[Chunk] = ()
    """All other pages."""
    measured: Measured | None = None
    """The form over which these are set."""

    def write(
        self, path: Path, section: PageRange, bookmarks: Iterable[PageRange], information: Mapping[str, str]
    ) -> None:
        """A section of the letters as a PDF, with bookmarks and document information."""
        marks = {mark.first: mark.title for mark in bookmarks}
        pages = self._set_pages(section)
        with PageWriter(path, self.measured.shared if self.measured else None) as book:
            for place in range(section.first, section.first + section.count):
                if place in marks:
                    book.bookmark(marks[place])
                if place in self.copies:
                    copy = self.copies[place]
                    book.copy_page(copy.path, copy.page, copy.mark)
                else:
                    book.set_page(next(pages))
            book.finish(information)

    def check(self, path: Path, section: PageRange, start: int, letters: Sequence[Letter]) -> None:
        """Read pages of a written section back: each letter on its page, and what is set, nothing but it.

        LibreOffice's own pages have been held against the template when they were printed.

        :param start: the first page to be read, from 0.
        :param letters: those that must stand there.
        :raises ConversionFault: a page is not as it must be.
        """
        check_count(path, section.count)
        pages = read_pages(
            path, start, len(letters), simple=lambda index: section.first + index not in self.copies
        )
        for number, (letter, page) in enumerate(zip(letters, pages, strict=True), start + 1):
            is_set = section.first + number - 1 not in self.copies
            fields = fields_of(letter)
            if self.measured and is_set:
                is_wrong = page.text != self.measured.wording.said(fields)
            else:
                is_wrong = bool(wrong_fields(fields, page, TIMES))
            if is_wrong:
                raise ConversionFault(f"{path.name} 第{number}页不是应有的样子。编号已退回，请再试一次。")

    def _set_pages(self, section: PageRange) -> Iterator[list[bytes]]:
        """The pages of those letters of a section that are set."""
        first, end = section.first, section.first + section.count
        for number in range(first // CHUNK, -(-end // CHUNK)):
            start = number * CHUNK
            yield from self.chunks[number].pages(max(first - start, 0), end - start)


def read_back(
    pages: LetterPages, everything: Path, path: Path, section: PageRange, start: int, letters: Sequence[Letter]
) -> None:  # fmt: skip
    """Read pages of a unit's file; those of the file of all letters must be the same.

    :raises ConversionFault: a page is not as it must be.
    """
    pages.check(path, section, start, letters)
    first, count = section.first + start, len(letters)
    both = zip(page_digests(path, start, count), page_digests(everything, first, count), strict=True)
    for number, (one, other) in enumerate(both, first + 1):
        if one != other:
            raise ConversionFault(f"{everything.name} 第{number}页不是应有的样子。编号已退回，请再试一次。")


def check_count(path: Path, count: int) -> None:
    """See whether a written file has so many pages.

    :raises ConversionFault: it has not.
    """
    if page_count(path) != count:
        raise ConversionFault(f"{path.name} 应有{count}页，写成的不是。编号已退回，请再试一次。")


def set_chunk(letters: Sequence[Letter], measured: Measured, marks: Marks | None, path: Path) -> Chunk:
    """Set the letters' pages into a file."""
    form = measured.form
    sizes = array("L")
    nothing = [b""] * len(form.pieces)
    with path.open("wb") as file:
        for letter in letters:
            page = form.set(fields_of(letter)) or nothing
            if marks and page is not nothing:
                page[-1] += marks.operators(letter)
            sizes.extend(file.write(drawing(drawn) if drawn else b"") for drawn in page)
    return Chunk(path, len(form.pieces), sizes)
