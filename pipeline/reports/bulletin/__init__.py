"""The month's work bulletin (简报)."""

from pipeline.domain.period import Month, months_until
from pipeline.domain.records.notes import NOTES
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.publishing.report import FrozenReport
from pipeline.reports.bulletin.compose import closing, compose, lacks, latest, notices, wants
from pipeline.reports.bulletin.content import Content
from pipeline.reports.bulletin.documents import documents
from pipeline.reports.bulletin.text import PAPER
from pipeline.reports.bulletin.wall_chart import WALL_CHART

BULLETIN = FrozenReport(
    name="bulletin",
    title="简报",
    about="""出工作简报：统计各单位的净增、完成率、排名，排成可以印发的简报。

    印发过的月份再运行，文件与当初的一样；以后补来的登记，在下一期里说明。
    """,
    period=Month,
    by_default="有登记数据的最后一个月",
    reads=(REGISTRATIONS, NOTES),
    templates=(PAPER, WALL_CHART),
    lacks=lacks,
    latest=latest,
    compose=compose,
    documents=documents,
    from_plain=Content.from_plain,
    counted_in="期",
    number=lambda content: content.number,
    closing=closing,
    notices=notices,
    goes_by=lambda month: months_until(month, 1)[:-1],  # its changes since the month before
    wants=wants,
)
"""What it declares of itself."""
