"""The ledger of open items (挂账销号台账): what is open, what is closed, and the forms that go with them."""

from pipeline.publishing.report import Report
from pipeline.reports.items.documents import Content, documents

ITEM_LEDGER: Report[Content] = Report(name="items", title="挂账销号台账", documents=documents)
"""What it declares of itself."""
