"""What the documents of one folder are made with; and the simplest of them, a filled template on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.adapters.chart import redraw
from pipeline.adapters.pdf.cutting import Info, with_info
from pipeline.adapters.word import WordTemplate, open_template
from pipeline.domain.documents import Paper, Template
from pipeline.publishing.readback import collate
from pipeline.publishing.renderer import Renderer
from pipeline.workspace import Workspace

_PAGES = 10
"""For so many pages LibreOffice gets time, whatever a paper takes."""


def checked(workspace: Workspace, template: Template) -> WordTemplate:
    """A template of the workspace.

    :raises TemplateFault: it is missing, broken, or has the wrong placeholders.
    """
    opened = open_template(workspace.template(template.name))
    opened.demand(template.fields, dict.fromkeys(template.optional, 0), is_page=template.is_page)
    return opened


def fill(template: WordTemplate, paper: Paper, path: Path) -> None:
    """A finished Word file: placeholders filled, chart redrawn, nothing to be updated on opening.

    :raises TemplateFault: the template asks for something that is not there, or has no chart.
    """
    template.write(paper.fields, path)
    if paper.chart:
        redraw(path, paper.chart)


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
    """Templates that were kept of a publication, by file name; the workspace's for all others."""

    def template(self, wanted: Template) -> WordTemplate:
        """The template that was kept, else that of the workspace, checked.

        :raises TemplateFault: that is missing, broken, or has the wrong placeholders.
        """
        data = self.kept.get(wanted.name)
        return WordTemplate(wanted.name, data) if data else checked(self.renderer.workspace, wanted)

    def info(self, title: str) -> Info:
        """A PDF's properties."""
        return Info(title, self.office, self.at)

    def paper(self, paper: Paper) -> None:
        """Make a paper.

        :raises TemplateFault: its template is not as it must be.
        :raises ConversionFault: LibreOffice failed, or its pages do not say all that they should.
        """
        draft = self.renderer.folder / f"{paper.name}.docx"
        fill(self.template(paper.template), paper, draft)
        pdf = self.folder / f"{paper.name}.pdf"
        with_info(self.renderer.office.convert(draft, _PAGES), pdf, self.info(paper.title), has_outline=True)
        collate(draft, pdf, f"请检查模板 {paper.template.name} 里这一处，改好再运行。")
        if paper.keeps_docx:
            draft.replace(self.folder / draft.name)
