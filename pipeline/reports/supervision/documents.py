"""What is made of a month of supervision: each paper, those of a kind to print at one go, the sheet for approval, the registry."""

from collections.abc import Iterator, Mapping

from pipeline.domain.documents import Bundle, Column, Data, Document, Paper, Workbook, Worksheet
from pipeline.domain.supervision.cases import CONFIRMED, PROPOSED
from pipeline.reports.supervision.approval import APPROVAL
from pipeline.reports.supervision.content import FOLDERS, Content

_REGISTRY = (
    Column("编号", 22), Column("来源", 16), Column("事项", 26), Column("承办单位", 22), Column("交办日", 11), Column("时限", 11),
    Column("账号", 21), Column("审批", 18), Column("签收", 11), Column("反馈", 11), Column("办结", 11), Column("归档", 8),
    Column("备注", 20),
)  # fmt: skip
APPROVAL_NAME = "督查文书审批单"


def approval_paper(fields: Mapping[str, object]) -> Paper:
    """The sheet that is laid before whoever approves."""
    title = f"{fields['县']}{fields['月份']}{APPROVAL_NAME}"
    return Paper(APPROVAL_NAME, title, APPROVAL, fields, keeps_docx=True)


def documents(content: Content) -> Iterator[Document]:
    """All files of the folder."""
    for papers in content.papers.values():
        yield from papers
    for state in (CONFIRMED, PROPOSED):
        name = FOLDERS[state]
        yield Bundle(f"{name}（打印）", f"{content.period.words}督查文书：{name}", content.papers[state])
    yield approval_paper(content.approval)
    heading = f"{content.approval['县']}{content.period.year}年督办登记簿"
    yield Workbook("督办登记簿", [Worksheet("督办登记簿", heading, _REGISTRY, content.registry)])
    yield Data("supervise", content.figures)
