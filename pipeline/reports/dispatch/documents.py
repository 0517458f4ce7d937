"""What is made of a dispatch sheet: the paper, a workbook of the county and one for each unit, ``dispatch.json``."""

from collections.abc import Iterator, Sequence

from pipeline.domain.documents import Cell, Column, Data, Document, Paper, Workbook, Worksheet
from pipeline.reports.dispatch.content import Content
from pipeline.reports.dispatch.text import SHEET

_COMPUTED = {
    "序号": Column("序号", 6), "单位名称": Column("责任单位", 18), "任务数": Column("年度任务(户)", 9),
    "累计净增": Column("累计净增", 9), "完成率": Column("完成率(%)", 9), "进度差": Column("与序时差(百分点)", 11),
    "距序时差": Column("距序时差(户)", 9), "差额": Column("差额(户)", 9), "后续月均": Column("后续月均需净增(户)", 12),
    "近三月月均": Column("近三月月均", 9), "推算全年": Column("推算全年(户)", 9), "等次": Column("等次", 9),
    "位次": Column("本月位次", 9),
}  # fmt: skip
"""What a row calls it → its column."""
_ASKED = (
    Column("堵点类别", 10, is_open=True), Column("堵点", 20, is_open=True), Column("需协调事项", 18, is_open=True),
    Column("下月措施", 18, is_open=True), Column("完成时限", 11, is_open=True),
)  # fmt: skip
"""What a unit fills in, five cells at most."""


def documents(content: Content) -> Iterator[Document]:
    """All files of a dispatch sheet."""
    title = f"{content.sheet['县']}{content.period.words}个体工商户培育工作调度表"
    rows = content.sheet["各行"]
    yield Paper("调度表", title, SHEET, content.sheet, keeps_docx=True)
    yield Workbook("调度表", [_worksheet(title, rows)])
    for code, name in content.units:
        own = [row for row in rows if row["序号"] and row["单位名称"] == name]
        yield Workbook(f"{code}-{name}", [_worksheet(title, own)], folder="各单位")
    yield Data("dispatch", content.figures)


def _worksheet(title: str, rows: Sequence[dict[str, str]]) -> Worksheet:
    cells: list[Sequence[Cell]] = [[*(row[name] for name in _COMPUTED), *[""] * len(_ASKED)] for row in rows]
    return Worksheet("调度表", title, (*_COMPUTED.values(), *_ASKED), cells)
