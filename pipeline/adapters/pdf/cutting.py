"""PDF files made of others' pages: some of them, with bookmarks and document information."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import StreamObject

from pipeline.adapters.pdf.info import Info
from pipeline.adapters.pdf.reading import readable
from pipeline.adapters.pdf.type1 import numbered_by_content


@dataclass(frozen=True, slots=True)
class PageRange:
    """Consecutive pages that belong together."""

    title: str
    """As the bookmark shows it."""
    first: int
    """First page, from 0."""
    count: int
    """How many pages."""


def with_info(source: Path, path: Path, info: Info, *, has_outline: bool = False) -> None:
    """A copy of a PDF with document information, and with its bookmarks if it has any worth keeping.

    :raises ConversionFault: the source is no PDF that opens.
    """
    with readable(source), PdfWriter() as writer:
        writer.append(source, import_outline=has_outline)
        _number_fonts(writer)
        writer.add_metadata(info.entries())
        writer.write(path)


def cut(source: Path, path: Path, pages: PageRange, info: Info, marks: Sequence[PageRange] = ()) -> None:
    """Some pages of a PDF as a file of their own, with document information and bookmarks.

    :param marks: what the bookmarks lead to; pages counted within the new file.
    :raises ConversionFault: the source is no PDF that opens.
    """
    with readable(source), PdfWriter() as writer:
        writer.append(source, pages=(pages.first, pages.first + pages.count), import_outline=False)
        _number_fonts(writer)
        for mark in marks:
            writer.add_outline_item(title=mark.title, page_number=mark.first)
        writer.add_metadata(info.entries())
        writer.write(path)


def join(sources: Sequence[Path], path: Path, info: Info) -> None:
    """PDFs one after another as one file, with document information and a bookmark for each: its name.

    :raises ConversionFault: a source is no PDF that opens.
    """
    with ExitStack() as stack:
        writer = stack.enter_context(PdfWriter())
        for source in sources:
            stack.enter_context(readable(source))
            writer.append(source, outline_item=source.stem, import_outline=False)
        writer.add_metadata(info.entries())
        writer.write(path)


def bookmarked_pages(path: Path) -> list[int]:
    """The pages, from 0, to which the top bookmarks of a PDF lead, in the bookmarks' order.

    :raises ConversionFault: the file is no PDF that opens.
    """
    with readable(path):
        reader = PdfReader(path)
        marks = [mark for mark in reader.outline if not isinstance(mark, list)]
        return [page for mark in marks if (page := reader.get_destination_page_number(mark)) is not None]


def _number_fonts(writer: PdfWriter) -> None:
    """See that fonts do not tell what LibreOffice has printed before."""
    for font in [
        entry for entry in writer._objects if isinstance(entry, StreamObject) and "/Length2" in entry
    ]:
        font.set_data(
            numbered_by_content(font.get_data(), int(str(font["/Length1"])), int(str(font["/Length2"])))
        )
