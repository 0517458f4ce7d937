"""What is made of a quarterly report: the paper, a workbook of its annexes, ``report.json``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.domain.documents import Cell, Column, Data, Document, Paper, Workbook, Worksheet
from pipeline.reports.report.content import Content
from pipeline.reports.report.text import ANNEXES, PAPER

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
"""What the paper prints that is a number."""
_STANDINGS = {
    "序号": Column("序号", 6), "单位名称": Column("单位名称", 24), "任务数": Column("年度任务", 9),
    "本季新增": Column("本季新增", 9), "本季注销": Column("本季注销", 9), "本季净增": Column("本季净增", 9),
    "补录": Column("补录核减", 9), "累计新增": Column("累计新增", 9), "累计注销": Column("累计注销", 9),
    "累计净增": Column("累计净增", 9), "完成率": Column("完成率（%）", 11, places=1), "进度差": Column("与序时进度差（百分点）", 16, places=1),
    "排名": Column("排名", 7), "状态": Column("状态", 10),
}  # fmt: skip
_PROMISES = {
    "措施编号": Column("措施编号", 10), "工作措施": Column("工作措施", 40), "责任单位": Column("责任单位", 30),
    "指标": Column("量化指标", 24), "计量单位": Column("计量单位", 9), "目标": Column("目标值", 10, places=1),
    "完成": Column("完成数", 10, places=1), "完成率": Column("完成率（%）", 11, places=1), "状态": Column("状态", 12),
}  # fmt: skip
_LISTS = {
    "清单": Column("清单", 12), "内容": Column("内容", 12), "项数": Column("项数", 8), "进展": Column("进展", 80),
}  # fmt: skip
_ACCOUNTS = {
    "类别": Column("类别", 16), "立账": Column("立账（项）", 10), "已销号": Column("已销号（项）", 12),
    "未销号": Column("未销号（项）", 12), "逾期": Column("其中逾期（项）", 14), "销号率": Column("销号率（%）", 12, places=1),
    "按期销号率": Column("按期销号率（%）", 15, places=1),
}  # fmt: skip


SHEETS = ANNEXES | {"兑现情况": "量化任务和政策兑现情况表"}
"""Table of the template → what its sheet is called; the promised amounts stand in the annex of the five lists."""


def documents(content: Content) -> Iterator[Document]:
    """All files of a report."""
    said = content.paper
    yield Paper("季度报告", "".join(said["标题"]), PAPER, said, keeps_docx=True)
    tables = (
        ("完成情况", _STANDINGS),
        ("清单情况", _LISTS),
        ("兑现情况", _PROMISES),
        ("挂账情况", _ACCOUNTS),
    )
    yield Workbook(
        "报告附表",
        [
            Worksheet(
                SHEETS[name],
                f"{said['季度']}{SHEETS[name]}",
                [column for key, column in columns.items() if key in said[name][0]],
                _cells(columns, said[name], has_numbers=content.has_numbers),
            )
            for name, columns in tables
            if said.get(name)
        ],
    )
    yield Data("report", content.figures)


def _cells(
    columns: Mapping[str, Column], rows: Sequence[Mapping[str, str]], *, has_numbers: bool
) -> list[Sequence[Cell]]:
    """Lines of the columns that there were when the report was published."""
    cell = _cell if has_numbers else str
    return [[cell(row[name]) for name in columns if name in row] for row in rows]


def _cell(text: str) -> Cell:
    """What the paper prints, a number as a number."""
    if not _NUMBER.fullmatch(text):
        return text
    return Decimal(text) if "." in text else int(text)
