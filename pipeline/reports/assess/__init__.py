"""The year-end assessment (年终评估考核): every unit's score with its working, its place and its grade."""

from pipeline.domain.assessment.reading import FILE_NAME
from pipeline.domain.period import Year
from pipeline.domain.records.lists.measures import MEASURES
from pipeline.publishing.report import FrozenReport
from pipeline.reports.assess.compose import closing, compose, lacks, latest
from pipeline.reports.assess.content import Content
from pipeline.reports.assess.documents import documents
from pipeline.reports.assess.feedback import FEEDBACK
from pipeline.reports.assess.text import SHEET
from pipeline.reports.assess.wanting import wants

ASSESSMENT = FrozenReport(
    name="assess",
    title="年终考核",
    about="""出年终考核：各单位的得分、名次、等次，每一项怎么算的，另给每个单位一页反馈单。

    考核什么、各占多少分写在 assessment.toml；各项数字以12月印发的简报和台账为准，没有数的项目不计分，权重分摊到其他各项。
    写上审定人以前是送审稿，不存档。
    """,
    period=Year,
    by_default="本年度",
    reads=(MEASURES,),
    templates=(SHEET, FEEDBACK),
    lacks=lacks,
    latest=latest,
    compose=compose,
    documents=documents,
    from_plain=Content.from_plain,
    counted_in="次",
    number=lambda content: content.number,
    closing=closing,
    rules_file=FILE_NAME,
    waits_for=lambda content: content.waits_for,
    notices=lambda content: content.notices,
    wants=wants,
)
"""What it declares of itself."""
