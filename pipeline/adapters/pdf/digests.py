"""The pages of a finished PDF as they lie in the file, so that two files can be held against each other byte by byte.

They are found as every reader finds them, by the file's own table of objects and its page tree, and not by what the
writer remembers of them.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
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


def page_digests(path: Path, first: int, count: int) -> Iterator[bytes]:
    """For some pages of a PDF from :mod:`pipeline.adapters.pdf.writer`, a digest of size, operators, fonts, of all they show.

    :param first: the first of them, from 0.
    :raises ConversionFault: the file is not as it was written.
    """
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            leaves = Leaves(data)
            yield from map(leaves.digest, leaves.entries(first, count))
    except (ValueError, RecursionError) as fault:
        raise ConversionFault(f"{path.name} 不是完好的 PDF") from fault


class Leaves:
    """The pages of a PDF and what they refer to."""

    def __init__(self, data: mmap) -> None:
        """Find them.

        :raises ValueError: the file is not as it was written; so in all that follows.
        """
        self._data = data
        table = _TABLE.match(data, _number(rb"startxref\n(\d+)", data[-_TAIL:]))
        if table is None:
            raise ValueError
        self._table = table.end()
        catalog, _, _ = self._object(_number(rb"/Root (\d+) 0 R", data[-_TAIL:]))
        tree, _, _ = self._object(_number(rb"/Pages (\d+) 0 R", catalog))
        inherited, _, self._nodes = tree.partition(b"/Kids")
        self._size = inherited.partition(b"/MediaBox")[2]
        self._digests: dict[int, bytes] = {}

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
            raise ValueError(count)

    def digest(self, entries: bytes) -> bytes:
        """A digest of a page, of its size and all that it refers to."""
        return sha256(self._size + self._resolved(entries, ())[0]).digest()

    def body(self, number: int) -> slice:
        """Where an object lies in the file, from its entries to the end of its stream."""
        entries, start, end = self._object(number)
        return slice(self._data.rfind(entries, 0, start), end)

    def _resolved(self, entries: bytes, above: tuple[int, ...]) -> tuple[bytes, int]:
        """Entries with the digests of what they refer to: the same thing has another number in another file.

        :param above: the objects from a page down to this one; what is half transparent leads back to one of them.
        :return: besides, the topmost of these that they lead back to; as many as there are, for none.
        """
        top = len(above)

        def digest(found: re.Match[bytes]) -> bytes:
            nonlocal top
            number = int(found[1])
            if number in above:
                top = min(top, above.index(number))
                return b"^%d" % (len(above) - above.index(number))
            one, its_top = self._digest(number, above)
            top = min(top, its_top)
            return one

        return _REFERENCE.sub(digest, entries), top

    def _digest(self, number: int, above: tuple[int, ...]) -> tuple[bytes, int]:
        """An object's digest, kept where it does not depend on the way to it; and the topmost object it leads back to."""
        if number in self._digests:
            return self._digests[number], len(above)
        entries, start, end = self._object(number)
        resolved, top = self._resolved(entries, (*above, number))
        digest = sha256(resolved + self._data[start:end]).digest()
        if top >= len(above):
            self._digests[number] = digest
        return digest, top

    def _object(self, number: int) -> tuple[bytes, int, int]:
        """Entries of an object, and where its stream begins and ends."""
        entry = self._table + _ENTRY * number
        found = _OBJECT.match(self._data, int(self._data[entry : entry + 10]))
        if found is None or int(found[1]) != number:
            raise ValueError(number)
        return found[2], found.end(), found.end() + int(found[3] or 0)


def _number(pattern: bytes, text: bytes) -> int:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(pattern)
    return int(found[1])
