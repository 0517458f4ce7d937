"""The year-end assessment (年终评估考核): every unit's score with its working, its place and its grade."""

from pipeline.domain.assessment.values import FILE_NAME
from pipeline.domain.period import Year
from pipeline.domain.records.assessment.actuals import ACTUALS
from pipeline.domain.records.assessment.self_scores import SELF_SCORES
from pipeline.domain.records.lists.measures import MEASURES
from pipeline.domain.records.lists.policies import POLICIES
from pipeline.publishing.report import FrozenReport
from pipeline.reports.assess.acts import enters, told
from pipeline.reports.assess.compose import checks, closing, compose, contradicted, lacks, latest, redone
from pipeline.reports.assess.content import Content
from pipeline.reports.assess.documents import documents
from pipeline.reports.assess.feedback import FEEDBACK
from pipeline.reports.assess.paper import REPORT
from pipeline.reports.assess.sources import december_of
from pipeline.reports.assess.text import SHEET
from pipeline.reports.assess.typed import wants

ASSESSMENT = FrozenReport(
    name="assess",
    title="年终考核",
    about="""出年终考核：各单位的得分、名次、等次，每一项怎么算的，另给每个单位一页反馈单。

    考核什么、各占多少分写在 assessment.toml；各项数字以12月印发的简报和台账为准，没有数的项目不计分，权重分摊到其他各项。
    写上审定人以前是送审稿，不存档。要把方案定版、自评、反馈、申诉、复核、审定一步步登记下来的，用下面的命令。
    """,
    period=Year,
    by_default="本年度",
    reads=(MEASURES, POLICIES, SELF_SCORES, ACTUALS),
    templates=(SHEET, FEEDBACK, REPORT),
    lacks=lacks,
    latest=latest,
    compose=compose,
    documents=documents,
    from_plain=Content.from_plain,
    counted_in="次",
    number=lambda content: content.number,
    closing=closing,
    goes_by=lambda year: (december_of(year.year),),
    rules_file=FILE_NAME,
    lists_evidence=True,
    checks=checks,
    enters=enters,
    tells=told,
    waits_for=lambda content: content.waits_for,
    notices=lambda content: content.notices,
    redone=redone,
    contradicted=contradicted,
    wants=wants,
    is_last_word=True,
)
"""What it declares of itself."""
