"""六定, 五清单, 一台账 (晋市市监〔2022〕67号 四（二）): what the plan asks of whom, how far it is, and every business there is.

One source, the plan's measures; figures are the printed ones, and what stands open is the register's.
"""

from pipeline.publishing.report import Report
from pipeline.reports.lists.content import Content
from pipeline.reports.lists.documents import documents

LISTS: Report[Content] = Report(
    name="lists", title="五清单、六定表、一台账", documents=documents, holds_people=True
)
"""What they declare of themselves."""
