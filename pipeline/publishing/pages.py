"""Papers as PDF: in their place and read back, or several in one file.

What reads and writes PDF takes a tenth of a second to load, so this module is loaded while LibreOffice is at work.
"""

from pathlib import Path

from pipeline.adapters.inputs import safe_name
from pipeline.adapters.pdf.cutting import join, with_info
from pipeline.adapters.pdf.reading import page_count
from pipeline.adapters.word import Said
from pipeline.domain.documents import Booklets, Bundle, Paper, PaperPerUnit
from pipeline.errors import ConversionFault
from pipeline.publishing.booklets import make_booklets
from pipeline.publishing.making import Maker
from pipeline.publishing.readback import collate
from pipeline.publishing.unit_pages import make_unit_pages


def put(maker: Maker, paper: Paper, draft: Path, said: Said, made: Path) -> None:
    """Put a paper's PDF in its place, read back.

    :param said: what the draft says.
    :param made: what LibreOffice has made of it.
    :raises ConversionFault: its pages do not say all that they should, or are more than they may.
    """
    folder = maker.folder / paper.folder
    folder.mkdir(exist_ok=True)
    pdf = folder / f"{draft.stem}.pdf"
    with_info(made, pdf, maker.info(paper.title, paper.at), has_outline=True)
    if paper.pages is not None and (there := page_count(pdf)) != paper.pages:
        raise ConversionFault(
            f"{pdf.name} 应是{paper.pages}页，排出来有{there}页：有一页放不下。"
            f"请把模板 {paper.template.name} 里的字句减少一些，再办。"
        )
    collate(said, pdf, f"请检查模板 {paper.template.name} 里这一处，改好再办。")
    if paper.keeps_docx:
        draft.replace(folder / draft.name)


def make_pages(maker: Maker, document: Bundle | Booklets | PaperPerUnit) -> None:
    """Make what goes by pages that are printed already, or by pages that are printed for it.

    :raises TemplateFault, ConversionFault: as its maker does.
    """
    match document:
        case Bundle():
            paths = [maker.folder / each.folder / f"{safe_name(each.name)}.pdf" for each in document.papers]
            if paths:  # one after another, with a bookmark for each
                join(paths, maker.folder / f"{document.name}.pdf", maker.info(document.title))
        case Booklets():
            make_booklets(maker, document)
        case PaperPerUnit():
            make_unit_pages(maker, document)
