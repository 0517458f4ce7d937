"""A printed document held against what its filled template says: all of it, in order, nothing cut off.

Pages are read without their headers and footers, so that a page number cannot stand in for a 1 that is lost.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.adapters.pdf.reading import read_pages, squeezed
from pipeline.adapters.word import NUMBER, Said
from pipeline.errors import ConversionFault

_AROUND = 8
"""Characters on either side by which a place is known."""
_SHORT = 4
"""A text shorter than this is only found together with what follows it."""
_GAP = 3000
"""At most so much may stand between two paragraphs: a heading of a table that comes again, a chart, notes."""


def collate(document: Said, pdf: Path, advice: str) -> None:
    """See that all that a filled document says is on the pages of its PDF, whole and in order.

    :param document: what it says; it can be read while it is printed.
    :param advice: what the clerk should do.
    :raises ConversionFault: names what is lost or cut off, and where.
    """
    pages = list(read_pages(pdf))
    cut_off = next((piece for page in pages for piece in page.clipped), None)
    if cut_off is not None:
        raise ConversionFault(f"{pdf.name} 里“{cut_off}”没有印全：它所在的格子放不下。{advice}")
    printed = "".join(bare(page.text, document.furniture) for page in pages)
    said = [text for text in map(squeezed, document.paragraphs) if text]
    lost = missing(said, printed)
    if lost:
        raise ConversionFault(f"{pdf.name} 里没有印全，少了{lost}。{advice}")


def missing(said: Sequence[str], printed: str) -> str:
    """The first character that should be printed and is not, and where, in Chinese; empty where all is there.

    :param said: paragraphs without white space.
    :param printed: all pages, likewise.
    """
    return _Reader(printed.casefold()).lost(said)


@dataclass(slots=True)
class _Reader:
    """Reads pages along with what they should say."""

    printed: str
    """All pages."""
    place: int = 0
    """How far it has come."""
    gaps: list[str] = field(default_factory=list)
    """What stands between."""

    def lost(self, said: Sequence[str]) -> str:
        """What is not there, in Chinese; empty where all is."""
        folded = [text.casefold() for text in said]
        aside = []
        for number, text in enumerate(folded):
            if not self._read(text, "".join(folded[number + 1 : number + 4])[:_SHORT]):
                aside.append(number)
        self.gaps.append(self.printed[self.place :])
        for number in aside:  # a box of text or a note stands elsewhere than in the file
            if not self._found_in_gaps(folded[number]):
                before = "".join(said[max(0, number - 3) : number])
                return self._told(said[number], before, "".join(said[number + 1 : number + 4]))
        return ""

    def _read(self, text: str, following: str) -> bool:
        """Read a text, on from here; it may go on on another page, behind what comes again there."""
        start = self.place
        gaps = len(self.gaps)
        while text:
            at = self._next(text, following)
            if at is not None:
                self.gaps.append(self.printed[self.place : at])
                self.place = at + len(text)
                return True
            whole = _common(text, self.printed[self.place : self.place + len(text)])
            if not whole or len(text) - whole < _SHORT:
                break
            text = text[whole:]
            self.place += whole
            if self._next(text, following) is None and len(text) >= 2 * _SHORT:
                head = self.printed.find(text[: 2 * _SHORT], self.place, self.place + _GAP)
                if head < 0:
                    break
                self.gaps.append(self.printed[self.place : head])
                self.place = head
        self.place = start
        del self.gaps[gaps:]
        return False

    def _next(self, text: str, following: str) -> int | None:
        if self.printed.startswith(text, self.place):
            return self.place
        wanted = text if len(text) >= _SHORT else text + following
        at = self.printed.find(wanted, self.place, self.place + _GAP)
        return None if at < 0 else at

    def _found_in_gaps(self, text: str) -> bool:
        for number, gap in enumerate(self.gaps):
            at = gap.find(text) if len(text) >= _SHORT or gap == text else -1
            if at >= 0:
                self.gaps[number : number + 1] = [gap[:at], gap[at + len(text) :]]
                return True
        return False

    def _told(self, text: str, before: str, after: str) -> str:
        """The first character that is missing, between its neighbours."""
        folded = text.casefold()
        whole, _ = max((self._fit(folded, before, at) for at in self._starts(folded)), default=(0, False))
        if len(text) >= _SHORT:
            before = after = ""
        missing = text[whole] if whole < len(text) else text
        whole %= len(text)
        right = (text[whole + len(missing) :] + after)[:_AROUND] if whole + 1 < len(text) else ""
        return f"“{missing}”，在“{(before + text[:whole])[-_AROUND:]}{missing}{right}”"

    def _fit(self, text: str, before: str, at: int) -> tuple[int, bool]:
        """How much of a text stands at a place, and whether behind what comes before it."""
        is_behind = self.printed[:at].endswith(before.casefold()[-_SHORT:])
        return _common(text, self.printed[at : at + len(text)]), is_behind

    def _starts(self, text: str) -> Iterator[int]:
        for found in re.finditer(re.escape(text[0]), self.printed):
            yield found.start()


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common from the start."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def bare(page: str, furniture: Iterable[str]) -> str:
    """A page's text without what is printed on every page.

    The dashes of empty cells are no page number; nor is what looks like one and stands there a second time.

    :param page: without white space.
    :param furniture: headers and footers of all parts of the document, which mostly are the same ones.
    """
    for pattern in dict.fromkeys(map(_pattern, furniture)):
        found = re.match(pattern, page) or re.search(rf"{pattern}\Z", page)
        if found and found[0]:
            page = page[: found.start()] + page[found.end() :]
    return page


def _pattern(text: str) -> str:
    """A header or footer as it may be printed, its numbers whatever they are."""
    return re.escape(squeezed(text)).replace(re.escape(NUMBER), r"[^\w\s]?\w{1,6}?[^\w\s]?")
