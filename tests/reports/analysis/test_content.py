"""What is kept of an analysis is what it was."""

import json
from datetime import UTC, datetime
from decimal import Decimal

from pipeline.domain.documents import Chart, Series
from pipeline.domain.period import Month
from pipeline.publishing.report import IssueNumber
from pipeline.reports.analysis.content import Content

CHART = Chart(
    "行业",
    ("制造", "建筑"),
    (Series("新登记", "新登记", (Decimal(0), Decimal("95.0"))), Series("注销", "注销", (None, Decimal(3)))),
)


def test_a_content_is_the_same_after_it_has_been_json() -> None:
    at = datetime(2022, 7, 5, 9, tzinfo=UTC)
    content = Content(at, "某办", Month(2022, 6), IssueNumber(6, 18), {"县": "某县"}, (CHART,), {"new": 3})
    again = Content.from_plain(json.loads(json.dumps(content.to_plain())))
    assert again == content and str(again.charts[0].series[0].values) == str(CHART.series[0].values)
