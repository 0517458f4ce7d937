"""One page for each unit: all in one file to print, and a file for each; what has no room goes into a workbook of its own."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.adapters.inputs import safe_name
from pipeline.adapters.pdf.cutting import PageRange, bookmarked_pages, cut
from pipeline.adapters.pdf.reading import Page, page_count, read_pages, squeezed
from pipeline.adapters.word import said_in
from pipeline.adapters.workbook import write_tables
from pipeline.domain.documents import PaperPerUnit, UnitPage, Version
from pipeline.errors import ConversionFault, TemplateFault
from pipeline.publishing.making import Maker
from pipeline.publishing.readback import collate


def make_unit_pages(maker: Maker, paper: PaperPerUnit) -> None:
    """Word file and PDF of all pages, and below 各单位 each unit's own files; nothing where there is no page.

    :raises TemplateFault: the template asks for what is not there, or its headings cannot be found.
    :raises ConversionFault: LibreOffice failed, a unit's text does not fit its page, or not all of it is there.
    """
    if not paper.pages:
        return
    draft = maker.renderer.folder / paper.template.name
    versions, pdf = _fitted(maker, paper, draft)
    for each, version, page in zip(paper.pages, versions, read_pages(pdf), strict=True):
        _check(paper, each, version, page)
    collate(said_in(draft), pdf, f"请检查模板 {paper.template.name}，改好再办。")
    info = maker.info(paper.title)
    marks = [PageRange(each.unit, number, 1) for number, each in enumerate(paper.pages)]
    cut(pdf, maker.folder / f"{paper.name}.pdf", PageRange("", 0, len(marks)), info, marks)
    folder = maker.folder / "各单位"
    folder.mkdir()
    for number, (each, version) in enumerate(zip(paper.pages, versions, strict=True)):
        name = f"{each.code}-{safe_name(each.unit)}"
        cut(pdf, folder / f"{name}.pdf", PageRange("", number, 1), info)
        if version.annex:
            write_tables(folder / f"{name}-附表.xlsx", version.annex, maker.at)
    draft.replace(maker.folder / f"{paper.name}.docx")


def _fitted(maker: Maker, paper: PaperPerUnit, draft: Path) -> tuple[Sequence[Version], Path]:
    """The longest version of each unit's text that is one page, and the PDF."""
    template = maker.template(paper.template)
    tries = [0] * len(paper.pages)
    while True:
        versions = [each.versions[tried] for each, tried in zip(paper.pages, tries, strict=True)]
        template.write_pages((version.fields for version in versions), draft)
        pdf = maker.renderer.office.convert(draft, len(versions))
        long = [place for place, pages in enumerate(_lengths(pdf, paper)) if pages > 1]
        if not long:
            return versions, pdf
        for place in long:
            tries[place] += 1
            if tries[place] == len(paper.pages[place].versions):
                raise ConversionFault(
                    f"给{paper.pages[place].unit}的{paper.noun}一页放不下。"
                    f"请把模板 {paper.template.name} 里的字句减少一些，再办。"
                )


def _lengths(pdf: Path, paper: PaperPerUnit) -> list[int]:
    """How many pages each unit's text takes."""
    starts = bookmarked_pages(pdf)
    if len(starts) != len(paper.pages) or starts != sorted(set(starts)):
        raise TemplateFault(
            f"模板 {paper.template.name} 里看不出每封{paper.noun}从哪一页起：{paper.headings}请改好，或用备份替换。"
        )
    return [after - first for first, after in zip(starts, [*starts[1:], page_count(pdf)], strict=True)]


def _check(paper: PaperPerUnit, each: UnitPage, version: Version, page: Page) -> None:
    """See that a page says what it must; a line's parts may stand in another order in a table."""
    template, fields = paper.template, version.fields
    said = [
        squeezed(str(fields[name]))
        for name in template.fields
        if name in fields and name not in template.optional
    ]
    rows = [row for value in fields.values() if isinstance(value, list) for row in value]
    lost = Counter("".join(squeezed("".join(row.values())) for row in rows)) - Counter(page.text)
    if page.clipped or lost or any(text not in page.text for text in said):
        raise ConversionFault(f"给{each.unit}的{paper.noun}没有印全。请检查模板 {template.name}，改好再办。")
