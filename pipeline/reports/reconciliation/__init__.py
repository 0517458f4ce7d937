"""Registrations held against letters (对账), and the letters of inquiry (函询) to the units."""

from pipeline.publishing.report import Report
from pipeline.reports.reconciliation.content import Content
from pipeline.reports.reconciliation.documents import documents

RECONCILIATION: Report[Content] = Report(name="reconcile", title="对账", documents=documents)
"""What it declares of itself."""
