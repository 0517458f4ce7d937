"""The monthly analysis of all individual businesses (运行监测分析), whoever won them over."""

from pipeline.domain.period import Month
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.publishing.report import FrozenReport
from pipeline.reports.analysis.beside import quarter_ended
from pipeline.reports.analysis.compose import closing, compose, lacks, latest
from pipeline.reports.analysis.content import Content
from pipeline.reports.analysis.documents import documents
from pipeline.reports.analysis.text import PAPER

ANALYSIS = FrozenReport(
    name="analyse",
    title="运行监测分析",
    about="""出运行监测分析：全部个体工商户有多少户、什么行业、在哪里、能存活多久，要注意什么；季末带附表。

    合计数以当月印发的简报为准；分行业、分区域和存活率按登记数据统计，不看是哪个单位培育的。
    """,
    period=Month,
    by_default="印发过简报的最后一个月",
    reads=(REGISTRATIONS,),
    templates=(PAPER,),
    lacks=lacks,
    latest=latest,
    compose=compose,
    documents=documents,
    from_plain=Content.from_plain,
    counted_in="期",
    number=lambda content: content.number,
    closing=closing,
    goes_by=lambda month: quarter_ended(month) or (month,),
)
"""What it declares of itself."""
