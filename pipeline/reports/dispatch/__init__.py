"""The monthly dispatch sheet (一月一调度): what each unit has still to gain, and what it asks for."""

from pipeline.domain.period import Month, months_until
from pipeline.domain.records.dispatch.matters import MATTERS
from pipeline.domain.records.dispatch.returned import RETURNED
from pipeline.publishing.report import FrozenReport
from pipeline.reports.dispatch.agreed import enters
from pipeline.reports.dispatch.compose import closing, compose, lacks, latest, wants
from pipeline.reports.dispatch.content import Content, issued_sheets
from pipeline.reports.dispatch.documents import documents
from pipeline.reports.dispatch.figures import RECENT
from pipeline.reports.dispatch.text import SHEET

__all__ = ["DISPATCH", "issued_sheets"]

DISPATCH = FrozenReport(
    name="dispatch",
    title="调度表",
    about="""出调度表：每个单位还差多少户、以后每月要净增多少，留出堵点和需协调事项给单位填写。

    数字以当月印发的简报为准；计算的格子锁定，各单位只填右边五栏。填好的放进 inputs，印在下一次的调度表上；
    会上的议定事项放进 inputs，再运行时立账。
    """,
    period=Month,
    by_default="印发过简报的最后一个月",
    reads=(RETURNED, MATTERS),
    templates=(SHEET,),
    lacks=lacks,
    latest=latest,
    compose=compose,
    documents=documents,
    from_plain=Content.from_plain,
    counted_in="次",
    number=lambda content: content.number,
    closing=closing,
    goes_by=lambda month: months_until(month, RECENT - 1),
    wants=wants,
    enters=enters,
)
"""What it declares of itself."""
