"""The pages of a finished PDF as they lie in the file, so that two files can be held against each other byte by byte.

They are found as every reader finds them, by the file's own table of objects and its page tree, and not by what the
writer remembers of them.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from mmap import ACCESS_READ, mmap
from pathlib import Path

from pipeline.errors import ConversionFault

_TAIL = 1024
"""Bytes at the end of a file that hold its trailer."""
_TABLE = re.compile(rb"xref\n0 \d+\n")
_ENTRY = 20
"""Bytes that an object has in the table."""
_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)(?:/Length (\d+) >>\nstream\n|\nendobj\n)", re.DOTALL)
_REFERENCE = re.compile(rb"(\d+) 0 R")
_PARENT = re.compile(rb"/Parent \d+ 0 R")


def same_pages(one: Path, first: int, other: Path, its_first: int, count: int) -> Iterator[bool]:
    """For some pages of two PDFs from :mod:`pipeline.adapters.pdf.writer`, whether they are the same in all that they show.

    That is size, operators, fonts and whatever else they refer to, to the byte; only the numbers of objects may be others.

    :param first: the first of them, from 0; ``its_first`` in the other file.
    :raises ConversionFault: a file is not as it was written.
    """
    with _opened(one) as mine, _opened(other) as its:
        both = Both(mine, its)
        for pair in zip(mine.entries(first, count), its.entries(its_first, count), strict=True):
            yield both.are_same(*pair)


@contextmanager
def _opened(path: Path) -> Iterator["Leaves"]:
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            yield Leaves(data, path.name)
    except (ValueError, RecursionError) as fault:  # it is empty; or it leads on and on
        raise damaged(path.name) from fault


class Both:
    """Two files whose pages are held against each other."""

    def __init__(self, one: "Leaves", other: "Leaves") -> None:
        self._one, self._other = one, other
        self._known: set[tuple[int, int]] = set()
        """Objects that are the same, by their numbers."""

    def are_same(self, one: bytes, other: bytes) -> bool:
        """Whether two pages are, by what they say of themselves."""
        assumed: set[tuple[int, int]] = set()
        is_same = self._one.size == self._other.size and self._agree(one, other, assumed)
        if is_same:
            self._known |= assumed
        return is_same

    def _agree(self, one: bytes, other: bytes, assumed: set[tuple[int, int]]) -> bool:
        """Whether entries, and all that they refer to, are the same.

        :param assumed: objects that are, unless they are found to differ: what is half transparent leads back to its page.
        """
        if b" R" not in one:  # as most: a page's drawings
            return one == other
        mine, its = _REFERENCE.findall(one), _REFERENCE.findall(other)
        return (
            len(mine) == len(its)
            and _REFERENCE.sub(b"", one) == _REFERENCE.sub(b"", other)
            and all(self._same(pair, assumed) for pair in zip(map(int, mine), map(int, its), strict=True))
        )

    def _same(self, pair: tuple[int, int], assumed: set[tuple[int, int]]) -> bool:
        if pair in self._known or pair in assumed:
            return True
        assumed.add(pair)
        one, stream = self._one.object(pair[0])
        other, its_stream = self._other.object(pair[1])
        return stream == its_stream and self._agree(one, other, assumed)


class Leaves:
    """The pages of a PDF and what they refer to."""

    def __init__(self, data: mmap, name: str) -> None:
        """Find them.

        :param name: of the file.
        :raises ConversionFault: the file is not as it was written; so in all that follows.
        """
        self._data, self._name = data, name
        table = _TABLE.match(data, self._number(rb"startxref\n(\d+)", data[-_TAIL:]))
        if table is None:
            raise damaged(name)
        self._table = table.end()
        catalog, _, _ = self._object(self._number(rb"/Root (\d+) 0 R", data[-_TAIL:]))
        tree, _, _ = self._object(self._number(rb"/Pages (\d+) 0 R", catalog))
        inherited, _, self._nodes = tree.partition(b"/Kids")
        self.size = inherited.partition(b"/MediaBox")[2]

    def entries(self, first: int, count: int) -> Iterator[bytes]:
        """What pages say of themselves, but for their place in the tree.

        :param first: the first of them, from 0.
        """
        for node in _REFERENCE.findall(self._nodes):
            kids, _, _ = self._object(int(node))
            pages = _REFERENCE.findall(kids.partition(b"/Kids")[2])
            for page in pages[first : first + count]:
                yield _PARENT.sub(b"", self._object(int(page))[0])
            count -= len(pages[first : first + count])
            first = max(0, first - len(pages))
        if count:
            raise damaged(self._name)

    def body(self, number: int) -> slice:
        """Where an object lies in the file, from its entries to the end of its stream."""
        entries, start, end = self._object(number)
        return slice(self._data.rfind(entries, 0, start), end)

    def object(self, number: int) -> tuple[bytes, bytes]:
        """Entries of an object, and its stream; empty where it has none."""
        entries, start, end = self._object(number)
        return entries, self._data[start:end]

    def _object(self, number: int) -> tuple[bytes, int, int]:
        """Entries of an object, and where its stream begins and ends."""
        entry = self._table + _ENTRY * number
        place = self._data[entry : entry + 10]
        found = _OBJECT.match(self._data, int(place)) if place.isdigit() else None
        if found is None or int(found[1]) != number:
            raise damaged(self._name)
        return found[2], found.end(), found.end() + int(found[3] or 0)

    def _number(self, pattern: bytes, text: bytes) -> int:
        found = re.search(pattern, text)
        if found is None:
            raise damaged(self._name)
        return int(found[1])


def damaged(name: str) -> ConversionFault:
    """What is told of a file that is not as it was written."""
    return ConversionFault(f"{name} 不是完好的 PDF")
