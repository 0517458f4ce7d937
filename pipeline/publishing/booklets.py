"""Long tables on paper: one Word file → one PDF → a file for each booklet, read back row by row.

A booklet is cut into parts, because LibreOffice's time grows with the square of a table's length.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.adapters.pdf.cutting import PageRange, bookmarked_pages, cut
from pipeline.adapters.pdf.reading import page_count, read_pages, squeezed
from pipeline.adapters.word import said_in
from pipeline.domain.documents import Booklet, Booklets
from pipeline.errors import ConversionFault, TemplateFault
from pipeline.publishing.making import Maker
from pipeline.publishing.readback import collate

_ROWS_A_PAGE = 15


def make_booklets(maker: Maker, document: Booklets) -> None:
    """A PDF of each booklet, with a bookmark for each part that has a name.

    :raises TemplateFault: the template asks for what is not there, or its headings cannot be found.
    :raises ConversionFault: LibreOffice failed, or a row is not on the pages.
    """
    name = document.template.name
    draft = maker.renderer.folder / name
    maker.template(document.template).write(document.fields, draft)
    pdf = _converted(maker, document, draft)
    collate(said_in(draft), pdf, f"请检查模板 {name}（固定行高的格子要放宽），改好再办。")
    starts = _starts(pdf, document)
    for booklet in document.booklets:
        pages = starts[: len(booklet.parts) + 1]
        starts = starts[len(booklet.parts) :]
        _cut(maker, pdf, booklet, pages)
        path = maker.folder / f"{booklet.name}.pdf"
        _read_back(path, [row for part in booklet.parts for row in part.rows], name)


def _converted(maker: Maker, document: Booklets, draft: Path) -> Path:
    rows = sum(len(part.rows) for booklet in document.booklets for part in booklet.parts)
    try:
        return maker.renderer.office.convert(draft, rows // _ROWS_A_PAGE + len(document.booklets))
    except ConversionFault as fault:
        raise ConversionFault(
            f"{document.title}印不出来：{fault}。请再试一次；还不行，请检查模板 {document.template.name}。"
        ) from fault


def _starts(pdf: Path, document: Booklets) -> list[int]:
    """The first page of each part, and the number of pages."""
    starts = bookmarked_pages(pdf)
    if len(starts) != sum(len(each.parts) for each in document.booklets) or starts != sorted(starts):
        raise TemplateFault(
            f"模板 {document.template.name} 里看不出每张表从哪一页起：{document.headings}请改好，或用备份替换。"
        )
    return [*starts, page_count(pdf)]


def _cut(maker: Maker, pdf: Path, booklet: Booklet, pages: Sequence[int]) -> None:
    """:param pages: the first page of each part, and the one after the last."""
    marks = [
        PageRange(part.mark, first - pages[0], after - first)
        for part, first, after in zip(booklet.parts, pages, pages[1:], strict=False)
        if part.mark
    ]
    whole = PageRange(booklet.name, pages[0], pages[-1] - pages[0])
    cut(pdf, maker.folder / f"{booklet.name}.pdf", whole, maker.info(booklet.title), marks)


def _read_back(path: Path, rows: Sequence[Sequence[str]], template: str) -> None:
    """See that every cell is on the pages, row by row; then, by characters, the rows that a line of another font tears.

    :raises ConversionFault: names the row of which something is lost.
    """
    text = "".join(page.text for page in read_pages(path, simple=lambda _: True))
    torn: list[str] = []
    between: list[str] = []
    place = 0
    for row in rows:
        said = squeezed("".join(row))
        found = text.find(said, place)
        if found < 0:
            torn.append(said)
            continue
        between.append(text[place:found])
        place = found + len(said)
    there = Counter("".join([*between, text[place:]]))
    for said in torn:
        there.subtract(said)
        if min(there[char] for char in said) < 0:
            raise ConversionFault(f"{path.name} 里没有印全“{said}”这一行。请检查模板 {template}，改好再办。")
