"""Bulletins kept as published, without printing them."""

from datetime import UTC, datetime
from decimal import Decimal

from pipeline.adapters.archive import Archive
from pipeline.domain.period import Month
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.statistics.published import Published
from pipeline.reports.bulletin import BULLETIN
from pipeline.reports.bulletin.content import Content
from pipeline.reports.bulletin.rates import Rates
from pipeline.workspace import Workspace


def freeze(workspace: Workspace, figures: MonthFigures) -> None:
    """Publish a month, or publish it again; its number is that of the month."""
    number = figures.month
    content = Content(
        datetime(figures.year, number, 28, 9, tzinfo=UTC), "", workspace.settings.plan.office, {"总期号": number}, {},
        Rates((), Decimal(0)), Published(figures, {}), {"issue_number": number}, [], [], [], [],
    )  # fmt: skip
    archive = Archive(workspace.publications)
    period = Month(figures.year, number).name
    archive.keep(archive.drafted(BULLETIN.name, period, content.to_plain(), {}))
