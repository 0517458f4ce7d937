"""What the documents of one folder are made with; and the simplest of them, a filled template on paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from zipfile import ZipFile

from pipeline.adapters.chart import redraw
from pipeline.adapters.inputs import safe_name
from pipeline.adapters.pdf.info import Info
from pipeline.adapters.word import WordTemplate, open_template, template_of
from pipeline.domain.documents import Paper, Template
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
    parts = template.parts(paper.fields)
    for chart in paper.charts:
        redraw(parts.content, chart)
    parts.write(path)


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
