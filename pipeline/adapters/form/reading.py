"""What stands on a page of LibreOffice's PDF: glyphs with their origins, drawings, and the fonts behind them."""

import ctypes
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader

from pipeline.adapters.form.background import TEXT_BLOCK
from pipeline.errors import ConversionFault

NEAR_PT = 0.15
"""Positions this close are the same: LibreOffice writes them in tenths of a point."""
_CLIP = re.compile(rb"[-\d. ]+re\nW\*? n\n")
_STATE = re.compile(rb"(?<![A-Za-z])[qQ]+(?![A-Za-z*])")
_HYPHEN = "\x02"
"""pdfium's sign for a hyphen at a line's end, which it takes for a divided word's."""
_SERIAL = re.compile(rb"/(Tr|EGS)\d+")
"""Names of what is half transparent, which LibreOffice numbers from page to page."""
_MAPPING = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


class Glyph(NamedTuple):
    """One printed character; of thousands, each a dataclass would take three times as long to make."""

    char: str
    """What it stands for."""
    x_pt: float
    """Origin from the left edge of the page."""
    y_pt: float
    """Baseline from the bottom edge."""
    size_pt: float
    """Font size."""
    font: str
    """Name of its font, without the subset's prefix."""
    colour: tuple[int, int, int]
    """Red, green, blue; 0 to 255."""
    upright: bool
    """Neither turned, slanted nor stretched."""
    block: int
    """Number of its text block on the page, from 1."""


@dataclass(frozen=True, slots=True)
class Type:
    """A glyph of the PDF's fonts, ready to be set."""

    resource: str
    """Its font in the pages' resources, e.g. ``/F2``."""
    code: int
    """Its byte."""
    width_em: float
    """Its advance."""


class PrintedPages:
    """An open PDF whose glyphs are asked for page by page."""

    def __init__(self, path: Path) -> None:
        """Open it.

        :raises ConversionFault: not a PDF.
        """
        try:
            self._document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as fault:
            raise ConversionFault(f"{path.name} 不是完好的 PDF") from fault
        self._reader = PdfReader(path)

    def __len__(self) -> int:
        return len(self._document)

    @cache  # noqa: B019 - a sheet lives as long as one measuring
    def glyphs(self, index: int) -> list[Glyph]:
        """The glyphs of a page in the order in which they were set, white space left out."""
        page = self._document[index]
        text = page.get_textpage()
        found = list(_glyphs(text.raw, text.count_chars()))
        text.close()
        page.close()
        return found

    @cache  # noqa: B019 - as above
    def drawing(self, index: int) -> bytes:
        """What a page shows besides text, as operators: lines, boxes, pictures, but not what they are clipped to."""
        bare = _STATE.sub(b"", _CLIP.sub(b"", TEXT_BLOCK.sub(b"", self.content(index))))
        return b" ".join(_SERIAL.sub(rb"/\1", bare).split())

    def size(self, index: int) -> tuple[float, float]:
        """Height and width of a page, in points."""
        box = self._reader.pages[index].mediabox
        return float(box.height), float(box.width)

    def content(self, index: int) -> bytes:
        """The operators of a page."""
        contents = self._reader.pages[index].get_contents()
        return contents.get_data() if contents is not None else b""

    def types(self) -> dict[str, dict[str, Type]]:
        """Name of a font (without the subset's prefix) → character → glyph, over all its subsets."""
        resources: Any = self._reader.pages[0]["/Resources"]
        types: dict[str, dict[str, Type]] = {}
        for resource, reference in resources["/Font"].items():
            font = reference.get_object()
            first = int(font.get("/FirstChar", 0))
            widths = [float(width) / 1000 for width in font.get("/Widths", ())]
            family = types.setdefault(_without_prefix(str(font["/BaseFont"])), {})
            for char, code in _codes(font).items():
                if 0 <= code - first < len(widths):
                    family.setdefault(char, Type(resource, code, widths[code - first]))
        return types

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs by lines: neighbours whose baselines are the same, written in tenths of a point."""
    lines: list[list[Glyph]] = []
    for glyph in glyphs:
        if lines and abs(lines[-1][0].y_pt - glyph.y_pt) < NEAR_PT:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return lines


def _glyphs(text: Any, count: int) -> Iterator[Glyph]:
    names: dict[int, str] = {}
    blocks: dict[int, tuple[float, str, tuple[int, int, int], bool, int]] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium.FS_MATRIX()
    half = ""
    for index in range(count):
        char = chr(pdfium.FPDFText_GetUnicode(text, index))
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        if "\ud800" <= char <= "\udbff":  # the first of two halves of a character beyond U+FFFF
            half = char
            continue
        char, half = half + char, ""
        block = pdfium.FPDFText_GetTextObject(text, index)
        address = _address(block)
        if address not in blocks:
            pdfium.FPDFText_GetMatrix(text, index, matrix)
            upright = (matrix.a, matrix.b, matrix.c, matrix.d) == (1, 0, 0, 1)
            size = pdfium.FPDFText_GetFontSize(text, index)
            blocks[address] = (size, _font_name(block, names), _colour(text, index), upright, len(blocks) + 1)
        if char.isspace() or char == "\x00":
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        yield Glyph(_whole(char), x.value, y.value, *blocks[address])


@lru_cache(20_000)
def _whole(char: str) -> str:
    """A character as it is printed, from what pdfium says of it."""
    if char == _HYPHEN:
        return "-"
    return char.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _colour(text: Any, index: int) -> tuple[int, int, int]:
    """What a character and its whole block are filled with."""
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(text, index, red, green, blue, opacity)
    return red.value, green.value, blue.value


def _font_name(block: Any, names: dict[int, str]) -> str:
    font = pdfium.FPDFTextObj_GetFont(block)
    address = _address(font)
    if address not in names:
        buffer = ctypes.create_string_buffer(200)
        pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
        names[address] = _without_prefix(buffer.value.decode("utf-8", "replace"))
    return names[address]


def _address(pointer: Any) -> int:
    return ctypes.addressof(pointer.contents) if pointer else 0


def _without_prefix(name: str) -> str:
    return re.sub(r"^/?([A-Z]{6}\+)?", "", name)


def _codes(font: Any) -> dict[str, int]:
    """Character → code by the font's ToUnicode map; a character that two codes stand for keeps the first."""
    if "/ToUnicode" not in font:
        return {}
    cmap = font["/ToUnicode"].get_object().get_data()
    codes: dict[str, int] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, units in _MAPPING.findall(block):
            codes.setdefault(bytes.fromhex(units.decode()).decode("utf-16-be"), int(code, 16))
    return codes
