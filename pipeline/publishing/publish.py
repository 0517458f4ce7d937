"""The one road of every report: documents made and read back, kept, sealed, put in their place whole."""

import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from pipeline.adapters.folders import replace_folder
from pipeline.adapters.inputs import safe_name
from pipeline.adapters.sealed import sealed
from pipeline.adapters.secret import secret_of
from pipeline.adapters.word import said_in
from pipeline.adapters.workbook import write_tables
from pipeline.adapters.workers import as_done
from pipeline.domain.documents import Data, Document, Paper, Workbook
from pipeline.publishing.making import Maker
from pipeline.publishing.manifest import seal_report
from pipeline.publishing.renderer import Renderer
from pipeline.publishing.report import Content, Report

if TYPE_CHECKING:
    from pathlib import Path

C = TypeVar("C", bound=Content)
_MADE = "made"
_NONE: Mapping[str, bytes] = {}


def publish(
    renderer: Renderer,
    report: Report[C],
    content: C,
    kept: Mapping[str, bytes] = _NONE,
    keep: Callable[[], None] = lambda: None,
) -> str:
    """Make a report's files, in the place of those of its period that were there; their folder.

    :param kept: templates that were kept of what is said, by version or file name.
    :param keep: called when the files are made and before they appear, to freeze what they say.
    :raises TemplateFault: a template is missing or not as it must be.
    :raises ConversionFault: LibreOffice failed, or its pages do not say all that they should.
    :raises FileFault: the disk refuses.
    """
    folder = renderer.folder / _MADE
    folder.mkdir()
    maker = Maker(renderer, folder, content.office, content.at, kept)
    _make_all(maker, report.documents(content))
    keep()
    if report.is_sealed:
        seal_report(report.name, folder, secret_of(renderer.workspace.secret))
    target = renderer.workspace.outputs / report.name / content.period.name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_folder(folder, target)
    return str(target)


def _make_all(maker: Maker, documents: Iterable[Document]) -> None:
    """All documents in order; while LibreOffice prints papers, tables are written and those that are printed are read back.

    Behind a long paper a second LibreOffice prints the others.
    """

    def finish() -> None:
        if printing:
            from pipeline.publishing.pages import put  # noqa: PLC0415 - slow to load: while the first is printed

            said = {made: said_in(draft) for made, (_, draft) in printing.items()}  # likewise
            for made in as_done(printing):
                put(maker, *printing.pop(made), said[made], made.result())

    printing: dict[Future[Path], tuple[Paper, Path]] = {}
    with ThreadPoolExecutor(1) as first, ThreadPoolExecutor(1) as second:
        free = first
        try:
            for document in documents:
                if isinstance(document, Paper):
                    draft = maker.draft(document)
                    printing[free.submit(maker.printed, draft)] = document, draft
                    if free is first and maker.is_long(draft):
                        maker.renderer.office.start(2)
                        free = second
                    continue
                if isinstance(document, Workbook | Data):
                    _make(maker, document)
                    continue
                finish()
                from pipeline.publishing.pages import make_pages  # noqa: PLC0415 - as above

                make_pages(maker, document)
            finish()
        except BaseException as fault:
            for each in (first, second):
                each.shutdown(wait=False, cancel_futures=True)
            if not isinstance(fault, Exception):  # Ctrl-C: nobody waits for it any more
                maker.renderer.office.close()
            raise


def _make(maker: Maker, document: Workbook | Data) -> None:
    match document:
        case Workbook():
            path = maker.folder / document.folder / f"{safe_name(document.name)}.xlsx"
            path.parent.mkdir(exist_ok=True)
            write_tables(path, document.sheets, maker.at)
        case Data():
            content = document.content
            if document.is_sealed:
                content = sealed(content, secret_of(maker.renderer.workspace.secret))
            text = json.dumps(content, ensure_ascii=False, indent=1)
            (maker.folder / f"{document.name}.json").write_text(f"{text}\n", encoding="utf-8")
