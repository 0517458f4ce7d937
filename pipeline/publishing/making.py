"""What the documents of one folder are made with; and the simplest of them, a filled template on paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from zipfile import ZipFile

from pipeline.adapters.chart import redraw
from pipeline.adapters.inputs import safe_name
from pipeline.adapters.pdf.cutting import Info, join, with_info
from pipeline.adapters.pdf.reading import page_count
from pipeline.adapters.word import Said, WordTemplate, open_template, said_in, template_of
from pipeline.domain.documents import Bundle, Paper, Template
from pipeline.errors import ConversionFault
from pipeline.publishing.readback import collate
from pipeline.publishing.renderer import Renderer
from pipeline.workspace import Workspace

PAGES = 10
"""For so many pages LibreOffice gets time, whatever a paper takes."""
LONG = 600_000
"""Bytes of XML: a table of some 2,400 cells, for which LibreOffice takes 0.2 ms each; another takes 0.4 s to start."""


def checked(workspace: Workspace, template: Template) -> WordTemplate:
    """A template of the workspace.

    :raises TemplateFault: it is missing, broken, or has the wrong placeholders.
    """
    opened = open_template(workspace.template(template.name))
    opened.demand(template.fields, dict.fromkeys(template.optional, 0), is_page=template.is_page)
    return opened


def fill(template: WordTemplate, paper: Paper, path: Path) -> None:
    """A finished Word file: placeholders filled, charts redrawn, nothing to be updated on opening.

    :raises TemplateFault: the template asks for something that is not there, or lacks a chart.
    """
    template.write(paper.fields, path)
    for chart in paper.charts:
        redraw(path, chart)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes documents in a folder."""

    renderer: Renderer
    """Where drafts lie and LibreOffice works."""
    folder: Path
    """Where the files go."""
    office: str
    """Who issues them."""
    at: datetime
    """When they say that they were made."""
    kept: Mapping[str, bytes]
    """Templates that were kept of a publication, by version or file name; the workspace's for all others."""
    opened: dict[str, WordTemplate] = field(default_factory=dict, init=False, repr=False)
    """Those that have been opened, as many papers may be set in one."""

    def template(self, wanted: Template) -> WordTemplate:
        """The template that was kept, else that of the workspace, checked.

        :raises TemplateFault: that is missing, broken, or has the wrong placeholders.
        """
        name = wanted.version or wanted.name
        if name not in self.opened:
            data = self.kept.get(name)
            opened = template_of(wanted.name, data) if data else checked(self.renderer.workspace, wanted)
            self.opened[name] = opened
        return self.opened[name]

    def info(self, title: str, at: datetime | None = None) -> Info:
        """A PDF's properties.

        :param at: when it was issued, if not with the others.
        """
        return Info(title, self.office, at or self.at)

    def paper(self, paper: Paper) -> None:
        """Make a paper.

        :raises TemplateFault: its template is not as it must be.
        :raises ConversionFault: LibreOffice failed, its pages do not say all that they should, or are more than they may.
        """
        draft = self.draft(paper)
        self.finish(paper, draft, said_in(draft), self.printed(draft))

    def printed(self, draft: Path) -> Path:
        """The PDF of a paper's Word file, beside it, with the pages that are left blank so that the next is a back.

        :raises ConversionFault: LibreOffice failed.
        """
        return self.renderer.office.convert(draft, PAGES, with_blanks=True)

    def draft(self, paper: Paper) -> Path:
        """A paper's finished Word file, in a folder of its own, for LibreOffice.

        :raises TemplateFault: its template is not as it must be.
        """
        path = Path(mkdtemp(dir=self.renderer.folder)) / f"{safe_name(paper.name)}.docx"
        fill(self.template(paper.template), paper, path)
        return path

    def is_long(self, draft: Path) -> bool:
        """Whether another LibreOffice is started and has printed a page before one has printed this draft."""
        with ZipFile(draft) as package:
            return max(part.file_size for part in package.infolist()) > LONG

    def finish(self, paper: Paper, draft: Path, said: Said, made: Path) -> None:
        """Put a paper's PDF in its place, read back.

        :param said: what the draft says.
        :param made: what LibreOffice has made of it.
        :raises ConversionFault: its pages do not say all that they should, or are more than they may.
        """
        folder = self.folder / paper.folder
        folder.mkdir(exist_ok=True)
        pdf = folder / f"{draft.stem}.pdf"
        with_info(made, pdf, self.info(paper.title, paper.at), has_outline=True)
        if paper.pages is not None and (there := page_count(pdf)) != paper.pages:
            raise ConversionFault(
                f"{pdf.name} 应是{paper.pages}页，排出来有{there}页：有一页放不下。"
                f"请把模板 {paper.template.name} 里的字句减少一些，再办。"
            )
        collate(said, pdf, f"请检查模板 {paper.template.name} 里这一处，改好再办。")
        if paper.keeps_docx:
            draft.replace(folder / draft.name)

    def bundle(self, bundle: Bundle) -> None:
        """Put papers that are made into one file, with a bookmark for each."""
        if bundle.papers:
            paths = [self.folder / each.folder / f"{safe_name(each.name)}.pdf" for each in bundle.papers]
            join(paths, self.folder / f"{bundle.name}.pdf", self.info(bundle.title))
