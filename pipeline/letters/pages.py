"""All pages of a batch, ready to be bound: each is either set over the measured form or copied from LibreOffice's."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import SEEK_CUR
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

from pipeline.adapters.pdf.cutting import PageRange
from pipeline.adapters.pdf.writer import PageWriter, drawing
from pipeline.adapters.qr import operators
from pipeline.domain.letters.fields import MARK, fields_of
from pipeline.domain.letters.mark import mark_text
from pipeline.domain.letters.model import Letter
from pipeline.letters.baseline import Measured, arrived
from pipeline.letters.readback import Checked, check_pages

MARK_PT = 19 * 72 / 25.4
"""Side of the verification mark with its quiet zone: 19 mm, of which the code takes 15."""

CHUNK = 250
"""Letters in a chunk: few enough for two processes to end together."""
_SIZE = "L"
"""How the size of a drawing is written."""


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

    def texts(self, letters: Sequence[Letter]) -> list[str]:
        """What the marks of some letters say: all that whoever draws them need know, and not the secret."""
        return [mark_text(letter, self.secret) for letter in letters]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pages of letters as they are set, one behind the other."""

    data: bytes
    """All drawings."""
    pieces: int
    """Drawings of a page."""
    sizes: "array[int]"
    """Bytes of each drawing, page by page; all 0 for a letter that cannot be set."""

    def kept(self, path: Path) -> "Chunk":
        """The same in a file."""
        path.write_bytes(self.sizes.tobytes() + self.data)
        return Chunk(path, self.pieces, len(self.sizes) // self.pieces)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Pages of :data:`CHUNK` letters in a file, one behind the other; the last of a batch may have fewer.

    A page is as many drawings as the form has pieces. Before them all stand their sizes.
    """

    path: Path
    """The file."""
    pieces: int
    """Drawings of a page."""
    count: int
    """Pages, those of letters that cannot be set counted in."""

    def is_set(self) -> list[bool]:
        """For each letter, whether its page is here."""
        with self.path.open("rb") as file:
            return [any(sizes) for sizes in self._sizes(file)]

    def pages(self, first: int, end: int) -> Iterator[list[bytes]]:
        """Pages that are set, of the letters from ``first`` to before ``end``."""
        with self.path.open("rb") as file:
            sizes = self._sizes(file)
            file.seek(sum(map(sum, sizes[:first])), SEEK_CUR)
            for page in sizes[first:end]:
                if any(page):
                    yield [file.read(size) for size in page]

    def _sizes(self, file: BinaryIO) -> "list[array[int]]":
        """Those of each page, which stand at the beginning."""
        sizes = array(_SIZE)
        sizes.fromfile(file, self.count * self.pieces)
        return [sizes[start : start + self.pieces] for start in range(0, len(sizes), self.pieces)]


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
    """All pages of a batch, in order."""

    copies: Mapping[int, Copy]
    """Place of a letter, from 0 → the page it is copied from."""
    chunks: Mapping[int, Chunk] = field(default_factory=dict)
    """Number of a chunk, from 0 → the pages of its letters that are not copied."""
    measured: Measured | None = None
    """The form over which these are set."""

    def within(self, section: PageRange) -> "LetterPages":
        """What a section is made of, under its places among all: light enough to be sent to another process."""
        end = section.first + section.count
        here = range(section.first // CHUNK, -(-end // CHUNK))
        chunks = {number: chunk for number, chunk in self.chunks.items() if number in here}
        copies = {place: copy for place, copy in self.copies.items() if section.first <= place < end}
        return replace(self, copies=copies, chunks=chunks)

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
        """Read pages of a written section back.

        :raises ConversionFault: a page is not as it must be.
        """
        check_pages(*self.to_check(path, section, start, letters))

    def to_check(self, path: Path, section: PageRange, start: int, letters: Sequence[Letter]) -> Checked:
        """What :func:`check_pages` is called with for pages of a written section."""
        first = section.first + start
        is_copied = tuple(place in self.copies for place in range(first, first + len(letters)))
        return path, section.count, start, letters, is_copied if any(is_copied) else (), self.measured

    def _set_pages(self, section: PageRange) -> Iterator[list[bytes]]:
        """The pages of those letters of a section that are set."""
        for number, chunk in sorted(self.within(section).chunks.items()):
            yield from chunk.pages(max(0, (first := section.first - number * CHUNK)), first + section.count)


def set_chunk(letters: Sequence[Letter], measured: Measured | Path, marks: Sequence[str]) -> Drawn:
    """Set the letters' pages.

    :param measured: or the file as which it has arrived.
    :param marks: what the mark of each letter says; empty where they have none.
    """
    form = arrived(measured).form
    sizes = array(_SIZE)
    drawings: list[bytes] = []
    nothing = [b""] * len(form.pieces)
    places = form.places(MARK, MARK_PT) if marks else ()
    for letter, mark in zip_longest(letters, marks):
        page = form.set(fields_of(letter)) or nothing
        if mark and page is not nothing:
            page[-1] += operators(mark, places, MARK_PT)
        packed = [drawing(drawn) if drawn else b"" for drawn in page]
        sizes.extend(map(len, packed))
        drawings += packed
    return Drawn(b"".join(drawings), len(form.pieces), sizes)
