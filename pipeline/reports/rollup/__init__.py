"""A city's bulletin from the figures that its counties published (县→市汇总)."""

from pipeline.domain.period import Month
from pipeline.domain.records.notes import NOTES
from pipeline.publishing.report import FrozenReport
from pipeline.reports.bulletin.text import PAPER
from pipeline.reports.bulletin.wall_chart import WALL_CHART
from pipeline.reports.rollup.compose import closing, compose, lacks, latest, wants
from pipeline.reports.rollup.content import Content
from pipeline.reports.rollup.documents import documents

ROLLUP = FrozenReport(
    name="rollup",
    title="县区汇总",
    about="""出县区汇总：把各县（市、区）印发的数加在一起，排成全市的简报和作战图。

    各县出简报时得到的那份数据文件，都放进 inputs，文件名不限；没有报来的写“未报”，不按 0 算，也不排名。
    """,
    period=Month,
    by_default="有县（市、区）报数的最后一个月",
    reads=(NOTES,),
    goes_by_counties=True,
    templates=(PAPER, WALL_CHART),
    lacks=lacks,
    latest=latest,
    compose=compose,
    documents=documents,
    from_plain=Content.from_plain,
    counted_in="期",
    number=lambda content: content.number,
    closing=closing,
    wants=wants,
)
"""What it declares of itself."""
