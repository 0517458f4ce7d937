"""The year's ledgers (台账): as workbooks and to be printed."""

from pipeline.publishing.report import Report
from pipeline.reports.ledgers.documents import Content, documents

LEDGERS: Report[Content] = Report(name="register", title="台账", documents=documents, holds_people=True)
"""What they declare of themselves."""
