"""What pages say themselves that share a background: pdfium takes apart anew for every page what is the same on all.

Two thirds of its time go there. So the background is read once, on the first page; of each other it is seen that it has
the very same objects in the same order, and pdfium reads the file with these left blank, in memory and not on the disk.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from mmap import ACCESS_COPY, mmap
from pathlib import Path

import pypdfium2

from pipeline.adapters.pdf.leaves import Leaves, damaged
from pipeline.adapters.pdf.reading import plain_text, readable
from pipeline.adapters.pdf.writer import Shared

_PAGE = re.compile(rb"<< /Type /Page  ?/Resources (\d+) 0 R /Contents \[([^]]*)\] >>")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_NOTHING = b"<< /Length 0 >>\nstream\n\nendstream\nendobj\n"
"""A stream with nothing in it."""


def own_texts(path: Path, pages: Sequence[int], shared: Shared) -> Iterator[str | None]:
    """The texts of pages over a background, white space left out: of the first all, of each other what is its own.

    :param pages: which, from 0, rising.
    :param shared: with what they were written.
    :return: None for a page that has not exactly this background, each piece in its turn, and these fonts.
    :raises ConversionFault: the file is not as it was written.
    """
    try:
        with readable(path), path.open("rb") as file:
            data = mmap(
                file.fileno(), 0, access=ACCESS_COPY
            )  # let go with the last document that looks at it
            yield from _texts(Leaves(data, path.name), data, pages, shared)
    except ValueError as fault:  # it is empty
        raise damaged(path.name) from fault


def _texts(leaves: Leaves, data: mmap, pages: Sequence[int], shared: Shared) -> Iterator[str | None]:
    first = pages[0]
    entries = leaves.entries(first, pages[-1] + 1 - first)
    is_over = [_is_over(each, shared) for each in entries]
    with closing(_opened(data)) as document:
        yield plain_text(document, first) if is_over[0] else None
    for piece in shared.pieces:
        place = leaves.body(piece)
        data[place] = _NOTHING.ljust(place.stop - place.start)
    with closing(_opened(data)) as document:
        for page in pages[1:]:
            yield plain_text(document, page) if is_over[page - first] else None


def _is_over(entries: bytes, shared: Shared) -> bool:
    """Whether a page draws the background and its own between, and nothing else."""
    found = _PAGE.fullmatch(entries)
    if not found or int(found[1]) != shared.resources:
        return False
    drawn = [int(number) for number in _REFERENCE.findall(found[2])]
    return [number for number in drawn if number in shared.bodies] == list(shared.pieces)


def _opened(data: mmap) -> pypdfium2.PdfDocument:
    """pdfium's document of a file in memory."""
    return pypdfium2.PdfDocument((ctypes.c_char * len(data)).from_buffer(data))
