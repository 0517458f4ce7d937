"""Papers of supervision (督查): reminders, letters of supervision, interviews; each proposed, and issued by a person."""

from pipeline.publishing.report import Report
from pipeline.reports.supervision.documents import documents

SUPERVISION = Report(name="supervise", title="督查文书", documents=documents, is_sealed=True)
"""What it declares of itself; it is not frozen as a whole, for its papers are issued one by one."""
