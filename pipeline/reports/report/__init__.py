"""The quarterly report to the government (一季一汇报): what the quarter's bulletins say together."""

from pipeline.domain.period import Quarter
from pipeline.domain.records.lists.measures import MEASURES
from pipeline.domain.records.lists.policies import POLICIES
from pipeline.domain.records.notes import NOTES
from pipeline.publishing.report import FrozenReport
from pipeline.reports.report.compose import (
    closing,
    compose,
    goes_by,
    lacks,
    latest,
    notices,
    waits_for,
    wants,
)
from pipeline.reports.report.content import Content
from pipeline.reports.report.documents import documents
from pipeline.reports.report.text import PAPER

REPORT = FrozenReport(
    name="report",
    title="工作报告",
    about="""出季度工作报告：把一个季度各月简报的数加在一起，写成报县政府的报告（一季一汇报）。

    三个月的简报都印发了才能出；没有写明签发人的是送审稿，不存档。要写进自己的话，放在简报素材里。
    """,
    period=Quarter,
    by_default="三个月的简报都印发了的最后一个季度",
    reads=(NOTES, MEASURES, POLICIES),
    templates=(PAPER,),
    lacks=lacks,
    latest=latest,
    compose=compose,
    documents=documents,
    from_plain=Content.from_plain,
    counted_in="次",
    number=lambda content: content.number,
    closing=closing,
    waits_for=waits_for,
    notices=notices,
    goes_by=goes_by,
    wants=wants,
)
"""What it declares of itself."""
