"""What is made of an analysis: the paper, a workbook of its figures, ``analyse.json``."""

from collections.abc import Iterator

from pipeline.domain.documents import Data, Document, Paper, Workbook
from pipeline.reports.analysis.content import Content
from pipeline.reports.analysis.tables import worksheets
from pipeline.reports.analysis.text import PAPER


def documents(content: Content) -> Iterator[Document]:
    """All files of an analysis."""
    title = f"{content.paper['县']}{content.period.words}个体工商户运行监测分析"
    yield Paper("分析报告", title, PAPER, content.paper, content.charts, keeps_docx=True)
    yield Workbook("分析表", list(worksheets(title, content.figures)))
    yield Data("analyse", content.figures)
