"""PDF read back: text, text cut off, fonts. pypdfium2 reads text many times faster than pypdf.

pdfium must not be entered by two threads at once: call this module from one thread.
"""

import ctypes
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from operator import itemgetter
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from pipeline.errors import ConversionFault

CLIP_TOLERANCE_PT = 0.5
"""How far a glyph's box may stand out of its clip before the text counts as cut off."""

SAME_LINE_PT = 0.15
"""Baselines this close are one."""

_HYPHEN = str.maketrans("\x02\ufffe", "--")
"""pdfium's signs for a hyphen at a line's end, which it takes for a divided word's, by itself and in running text."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says."""

    text: str
    """All its text, white space left out."""
    clipped: tuple[str, ...]
    """Pieces of text of which part lies outside the cell that holds them, so that they print cut off."""
    places: tuple[tuple[float, float], ...] = ()
    """Where each character of the text has its origin, in points from the lower left; none of a simple page."""


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Whatever pdfium or pypdf meet in a damaged file → one fault.

    :raises ConversionFault: the file is no PDF that opens.
    """
    try:
        yield
    except (pypdfium2.PdfiumError, PyPdfError) as fault:
        raise ConversionFault(f"{path.name} 不是完好的 PDF") from fault


def squeezed(text: str) -> str:
    """Text without white space, as pages are compared: where a line breaks says nothing."""
    return "".join(text.split())


def read_pages(
    path: Path, wanted: Iterable[int] | None = None, *, simple: Callable[[int], bool] = lambda _: False
) -> Iterator[Page]:
    """Pages of a PDF, one at a time; of many, some at a call: pdfium holds on to 2 KB of each until it lets the file go.

    :param wanted: which, from 0; None for all.
    :param simple: whether a page, counted from 0, cuts nothing off and has its text in the order of reading, so that
        nobody need look, which takes longer than the text itself.
    :raises ConversionFault: the file is no PDF that opens.
    """
    with readable(path), closing(pypdfium2.PdfDocument(path)) as document:
        for index in range(len(document)) if wanted is None else wanted:
            if simple(index):
                yield Page(plain_text(document, index), ())
                continue
            page = document[index]
            text_page = page.get_textpage()
            signs = _in_order(text_page)
            text = "".join(char for char, _, _ in signs)
            places = tuple((x, y) for _, x, y in signs)
            yield Page(text, tuple(_clipped(page, text_page)), places)
            text_page.close()
            page.close()


def page_count(path: Path) -> int:
    """How many pages a PDF has.

    :raises ConversionFault: the file is no PDF that opens.
    """
    with readable(path), closing(pypdfium2.PdfDocument(path)) as document:
        return len(document)


def fonts_missing(path: Path) -> set[str]:
    """Names of the fonts that a PDF uses without carrying them."""
    fonts: dict[int, DictionaryObject] = {}
    with readable(path):
        for page in PdfReader(path).pages:
            resources = _dictionary(page.get("/Resources"))
            for reference in _dictionary(resources.get("/Font")).values():
                fonts.setdefault(getattr(reference, "idnum", 0), _dictionary(reference))
    return {str(font["/BaseFont"]) for font in fonts.values() if not _is_embedded(font)}


def _joined(text: str) -> str:
    """What pdfium says, squeezed, its hyphens as they are printed, hanzi beyond U+FFFF made whole of two halves."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return squeezed(whole.translate(_HYPHEN))


_sign = lru_cache(20_000)(_joined)
"""The same of one character, of which few differ; pages that are read place by place would spend half their time on it."""


def plain_text(document: pypdfium2.PdfDocument, index: int) -> str:
    """Text of a page as it comes, squeezed, by pdfium alone: the objects of pypdfium2 would take a quarter more time."""
    page = pdfium.FPDF_LoadPage(document, index)
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        raise pypdfium2.PdfiumError(f"page {index}")
    count = pdfium.FPDFText_CountChars(text)
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text, 0, count, units)
    pdfium.FPDFText_ClosePage(text)
    pdfium.FPDF_ClosePage(page)
    return _joined(bytes(units)[: 2 * written - 2].decode("utf-16-le", "surrogatepass"))


def _in_order(text_page: pypdfium2.PdfTextPage) -> list[tuple[str, float, float]]:
    """Characters as they stand on their lines, and their origins.

    LibreOffice writes a character of a stand-in font after the others of its line.
    """
    text = text_page.raw
    lines: list[list[tuple[str, float, float]]] = []
    half = ""
    x, y, level = ctypes.c_double(), ctypes.c_double(), inf
    for index in range(text_page.count_chars()):
        unit = chr(pdfium.FPDFText_GetUnicode(text, index))
        if "\ud800" <= unit <= "\udbff":  # the first of two halves of a character beyond U+FFFF
            half = unit
            continue
        char, half = _sign(half + unit), ""
        if char in {"", "\x00"}:
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        if abs(y.value - level) > SAME_LINE_PT:
            lines.append([])
            level = y.value
        lines[-1].append((char, x.value, y.value))
    return [sign for line in lines for sign in sorted(line, key=itemgetter(1))]


def _clipped(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> Iterator[str]:
    for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        box = _clip_box(piece)
        if box is None:
            continue
        left, bottom, right, top = piece.get_bounds()
        inside = (left - box[0], bottom - box[1], box[2] - right, box[3] - top)
        if min(inside) < -CLIP_TOLERANCE_PT:
            yield _joined(text_page.get_text_bounded(left, bottom, right, top))


def _clip_box(piece: pypdfium2.PdfObject) -> tuple[float, float, float, float] | None:
    """Left, bottom, right, top in points of the rectangle that a piece of text is clipped to."""
    clip = pdfium.FPDFPageObj_GetClipPath(piece)
    boxes = []
    for path in range(pdfium.FPDFClipPath_CountPaths(clip)):
        points = []
        for index in range(pdfium.FPDFClipPath_CountPathSegments(clip, path)):
            x, y = ctypes.c_float(), ctypes.c_float()
            pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, index), x, y)
            points.append((x.value, y.value))
        if points:
            xs, ys = zip(*points, strict=True)
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    if not boxes:
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return max(lefts), max(bottoms), min(rights), min(tops)


def _is_embedded(font: DictionaryObject) -> bool:
    descendants = font.get("/DescendantFonts")
    described = _dictionary(descendants.get_object()[0]) if descendants is not None else font
    descriptor = _dictionary(described.get("/FontDescriptor"))
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _dictionary(value: Any) -> DictionaryObject:
    """What a PDF value points to, or an empty dictionary where there is none."""
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
