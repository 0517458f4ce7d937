"""PDF written page by page, for hundreds of thousands of pages that share one background and one set of fonts.

pypdf reads what LibreOffice made; the file itself is written here in one pass, memory flat: a page is the streams of
the background, which stand in the file once, and its own short ones between them. They are not form XObjects: of these
poppler would read all fonts anew, each time that a page draws one. The same pages give the same bytes.
"""

import hashlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from pipeline.adapters.pdf.objects import CATALOG, INFO, PAGES, Objects, packed, plain, stream

KIDS = 256
"""Pages in one node of the page tree."""
_SHORT = 200
_BUFFER = 1 << 18
_AT_ONCE = 10_000
"""Objects whose places are told together: all at once, their lines were a quarter of the memory for 300,000 letters."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What many pages, and many files, have in common."""

    box: str
    """Size of a page."""
    pieces: tuple[int, ...]
    """Numbers of the pieces of the background."""
    resources: int
    """Number of the resources."""
    bodies: Mapping[int, bytes]
    """Number → object: pieces, resources, fonts and all that these refer to."""


class _Collected(Objects):
    """Objects kept until a file wants them."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies: dict[int, bytes] = {}

    def write(self, number: int, body: bytes) -> None:
        self.bodies[number] = body


def share(source: Path, pieces: Sequence[bytes]) -> Shared:
    """Take what pages share from a PDF of LibreOffice's.

    :param source: the PDF whose fonts set pages use.
    :param pieces: operators of the background, each complete by itself.
    """
    page = PdfReader(source).pages[0]
    resources: Any = page["/Resources"]
    collected = _Collected()
    # unpacked: readers want them for every page
    numbers = tuple(collected.put(stream(b"q\n" + piece + b"Q", {})) for piece in pieces)
    own = collected.put(collected.copy(resources, {}).encode("latin-1"))
    return Shared(_box_of(page), numbers, own, collected.bodies)


class PageWriter(Objects):
    """A PDF being written. Use as a context manager; the file is whole only when the block ends well."""

    def __init__(self, path: Path, shared: Shared | None = None) -> None:
        """Begin a file.

        :param shared: what set pages are made with; not needed where every page is copied.
        """
        super().__init__()
        self._file: BinaryIO = path.open("wb", _BUFFER)
        self._at = 0
        """Bytes written."""
        self._offsets = array("Q")
        self._nodes = array("L")
        """Of each :data:`KIDS` pages."""
        self._pages = array("L")
        self._outline: list[tuple[str, int]] = []
        self._readers: dict[Path, tuple[PdfReader, dict[int, int]]] = {}
        self._box = shared.box if shared else ""
        self._shared = shared
        self._put(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
        for number, body in sorted(shared.bodies.items()) if shared else ():
            self._next = number + 1
            self.write(number, body)

    def __enter__(self) -> "PageWriter":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def set_page(self, drawings: Sequence[bytes]) -> None:
        """One more page: behind each shared piece what the page itself draws there.

        :param drawings: made by :func:`drawing`, as many as there are pieces; empty where it draws nothing.
        """
        assert self._shared is not None
        contents = " ".join([
            f"{piece} 0 R {self.put(body)} 0 R" if body else f"{piece} 0 R"
            for piece, body in zip(self._shared.pieces, drawings, strict=True)
        ])  # fmt: skip
        self._page(f"/Resources {self._shared.resources} 0 R /Contents [{contents}]")

    def draw_page(self, operators: bytes) -> None:
        """One more page, all of it its own but the resources."""
        assert self._shared is not None
        content = self.put(drawing(operators))
        self._page(f"/Resources {self._shared.resources} 0 R /Contents {content} 0 R")

    def copy_page(self, source: Path, index: int, operators: bytes = b"") -> None:
        """One more page just as it stands in another PDF, and operators over it; its fonts come along once."""
        if source not in self._readers:
            self._readers[source] = (PdfReader(source), {})
        reader, copied = self._readers[source]
        page = reader.pages[index]
        self._box = self._box or _box_of(page)
        resources = self.copy(page["/Resources"], copied)
        contents = page.get_contents()
        theirs = contents.get_data() if contents is not None else b""
        content = self.put(drawing(b"q\n" + theirs + b"\nQ\n" + operators if operators else theirs))
        self._page(f"/Resources {resources} /Contents {content} 0 R")

    def bookmark(self, title: str) -> None:
        """A bookmark to the next page."""
        self._outline.append((title, len(self._pages)))

    def finish(self, information: Mapping[str, str]) -> None:
        """Write the page tree, the bookmarks, the information and the table of objects."""
        first_outline = self._write_outline()
        root = f"/Type /Catalog /Pages {PAGES} 0 R"
        if first_outline:
            root += f" /Outlines {first_outline} 0 R /PageMode /UseOutlines"
        self.write(CATALOG, f"<< {root} >>".encode())
        for place, node in enumerate(self._nodes):
            own = self._pages[place * KIDS : (place + 1) * KIDS]
            kids = " ".join(f"{kid} 0 R" for kid in own)
            text = f"<< /Type /Pages /Parent {PAGES} 0 R /Count {len(own)} /Kids [{kids}] >>"
            self.write(node, text.encode())
        nodes = " ".join(f"{node} 0 R" for node in self._nodes)
        tree = f"<< /Type /Pages /Count {len(self._pages)} /MediaBox {self._box} /Kids [{nodes}] >>"
        self.write(PAGES, tree.encode())
        info = DictionaryObject()
        for name, value in information.items():
            info[NameObject(name)] = TextStringObject(value)
        self.write(INFO, plain(info))
        self._write_table(hashlib.sha256(repr(sorted(information.items())).encode()).hexdigest()[:32])

    def write(self, number: int, body: bytes) -> None:
        """Put an object into the file."""
        if number >= len(self._offsets):
            self._offsets.extend([0] * (number + 1 - len(self._offsets)))
        self._offsets[number] = self._at
        self._put(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)

    def _page(self, entries: str) -> None:
        if len(self._pages) % KIDS == 0:
            self._nodes.append(self.take())
        number = self.take()
        self._pages.append(number)
        text = f"<< /Type /Page /Parent {self._nodes[-1]} 0 R {entries} >>"
        self.write(number, text.encode())

    def _write_outline(self) -> int:
        if not self._outline:
            return 0
        root = self.take()
        numbers = [self.take() for _ in self._outline]
        for place, (number, (title, page)) in enumerate(zip(numbers, self._outline, strict=True)):
            links = f"/Prev {numbers[place - 1]} 0 R " if place else ""
            links += f"/Next {numbers[place + 1]} 0 R " if place + 1 < len(numbers) else ""
            text = plain(TextStringObject(title)).decode("latin-1")
            entry = f"<< /Title {text} /Parent {root} 0 R {links}/Dest [{self._pages[page]} 0 R /Fit] >>"
            self.write(number, entry.encode("latin-1"))
        ends = f"/First {numbers[0]} 0 R /Last {numbers[-1]} 0 R"
        self.write(root, f"<< /Type /Outlines {ends} /Count {len(numbers)} >>".encode())
        return root

    def _write_table(self, identity: str) -> None:
        start = self._at
        self._put(f"xref\n0 {self._next}\n0000000000 65535 f \n".encode())
        for first in range(1, self._next, _AT_ONCE):
            some = self._offsets[first : min(first + _AT_ONCE, self._next)]
            self._put(b"".join([b"%010d 00000 n \n" % offset for offset in some]))
        trailer = f"/Size {self._next} /Root {CATALOG} 0 R /Info {INFO} 0 R /ID [<{identity}> <{identity}>]"
        self._put(f"trailer\n<< {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())


def drawing(operators: bytes) -> bytes:
    """Operators as a book takes them for a page; short ones unpacked, which costs less than it takes."""
    if len(operators) < _SHORT:
        return stream(operators, {})
    return packed(operators, {})


def _box_of(page: PageObject) -> str:
    """A page's size; all pages of a book have that of the first."""
    return "[" + " ".join(f"{float(value):g}" for value in page.mediabox) + "]"
