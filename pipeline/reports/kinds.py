"""Every kind of report: what its folder declares, and a line here. Command, folder, check and rebuilding follow from that."""

from typing import Any

from pipeline.publishing.report import FrozenReport, Report
from pipeline.reports.analysis import ANALYSIS
from pipeline.reports.assess import ASSESSMENT
from pipeline.reports.bulletin import BULLETIN
from pipeline.reports.dispatch import DISPATCH
from pipeline.reports.items import ITEM_LEDGER
from pipeline.reports.ledgers import LEDGERS
from pipeline.reports.lists import LISTS
from pipeline.reports.reconciliation import RECONCILIATION
from pipeline.reports.report import REPORT
from pipeline.reports.rollup import ROLLUP
from pipeline.reports.supervision import SUPERVISION

REPORTS: tuple[Report[Any], ...] = (
    BULLETIN,
    DISPATCH,
    ANALYSIS,
    REPORT,
    ASSESSMENT,
    ROLLUP,
    SUPERVISION,
    LISTS,
    ITEM_LEDGER,
    LEDGERS,
    RECONCILIATION,
)
"""All of them, in the order of the help."""
FROZEN: tuple[FrozenReport[Any], ...] = tuple(each for each in REPORTS if isinstance(each, FrozenReport))
"""Those that are kept when they are published, and have a command of their own."""
