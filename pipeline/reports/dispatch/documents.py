"""What is made of a dispatch sheet: the paper, a workbook of the county and one for each unit, ``dispatch.json``."""

from collections.abc import Iterator, Sequence

from pipeline.domain.documents import Cell, Column, Data, Document, Paper, Workbook, Worksheet
from pipeline.domain.records.dispatch.returned import ASKED, COMPUTED, MONTH, NAME
from pipeline.reports.dispatch.content import Content
from pipeline.reports.dispatch.text import SHEET
from pipeline.reports.dispatch.written import matters_form, proposed_matters

_WIDTHS = {
    "任务数": 9, "累计净增": 9, "完成率": 9, "进度差": 11, "距序时差": 9, "差额": 9, "后续月均": 12, "近三月月均": 9, "推算全年": 9,
    "等次": 9, "位次": 9, "未销号": 7, "逾期": 7,
}  # fmt: skip
_COMPUTED = {
    "序号": Column("序号", 6), "单位名称": Column(NAME, 18),
    **{name: Column(header, _WIDTHS[name]) for name, header in COMPUTED.items()},
    "月份": Column(MONTH, 8),
}  # fmt: skip
"""What a row calls it → its column; rows that were kept before there was one lack it."""
_ASKED = [
    Column(header, width, is_open=True)
    for header, width in zip(ASKED.values(), (10, 20, 18, 18, 11), strict=True)
]
"""What a unit fills in, five cells at most."""


def documents(content: Content) -> Iterator[Document]:
    """All files of a dispatch sheet."""
    title, rows = _title(content), content.sheet["各行"]
    yield Paper("调度表", title, SHEET, content.sheet, keeps_docx=True)
    yield Workbook("调度表", [_worksheet(title, rows)])
    if proposed := content.sheet.get("拟立账"):
        heading = f"{content.sheet['县']}{content.period.words}调度拟立账事项"
        yield Workbook("拟立账事项", [proposed_matters(proposed, heading)])
    if "月份" in rows[0]:
        yield Workbook("议定事项", [matters_form(content.sheet["县"], content.period, content.number.number)])
    for code, name in content.units:
        yield Workbook(f"{code}-{name}", [unit_sheet(content, name)], folder="各单位")
    yield Data("dispatch", content.figures)


def unit_sheet(content: Content, name: str) -> Worksheet:
    """A unit's own line of the sheet, with the cells that it fills in blank."""
    own = [row for row in content.sheet["各行"] if row["序号"] and row["单位名称"] == name]
    return _worksheet(_title(content), own)


def _title(content: Content) -> str:
    return f"{content.sheet['县']}{content.period.words}个体工商户培育工作调度表"


def _worksheet(title: str, rows: Sequence[dict[str, str]]) -> Worksheet:
    columns = [name for name in _COMPUTED if any(name in row for row in rows)]
    cells: list[Sequence[Cell]] = [[*(row[name] for name in columns), *[""] * len(_ASKED)] for row in rows]
    return Worksheet("调度表", title, (*(_COMPUTED[name] for name in columns), *_ASKED), cells)
