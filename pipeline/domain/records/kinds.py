"""Every kind of table that clerks drag in: the one list of them."""

from dataclasses import replace

from pipeline.domain.model import Problem
from pipeline.domain.records.applicants import APPLICANTS
from pipeline.domain.records.assessment.actuals import ACTUALS
from pipeline.domain.records.assessment.self_scores import SELF_SCORES
from pipeline.domain.records.dispatch.matters import MATTERS
from pipeline.domain.records.dispatch.returned import RETURNED
from pipeline.domain.records.items import ITEMS
from pipeline.domain.records.lists.measures import MEASURES
from pipeline.domain.records.lists.policies import POLICIES
from pipeline.domain.records.lists.unit_plans import UNIT_PLANS
from pipeline.domain.records.lists.upgrades import UPGRADES
from pipeline.domain.records.notes import NOTES
from pipeline.domain.records.plan.roster import ROSTER
from pipeline.domain.records.plan.targets import TARGETS
from pipeline.domain.records.reading import AnyReader
from pipeline.domain.records.receipts import RECEIPTS
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.domain.tables.catalogue import Contents, FileAccount

READERS: tuple[AnyReader, ...] = (
    REGISTRATIONS, APPLICANTS, NOTES, RECEIPTS, RETURNED, MATTERS, ITEMS, MEASURES, POLICIES, UNIT_PLANS, UPGRADES,
    SELF_SCORES, ACTUALS,
)  # fmt: skip
"""Those that a job may ask for; roster and targets are read for every job."""
KINDS = (ROSTER, TARGETS, *(reader.kind for reader in READERS))
"""Of two that fit a header equally well the earlier one is taken."""
BY_UNITS = frozenset(reader.kind.name for reader in (APPLICANTS, RETURNED, SELF_SCORES))
"""What a unit hands in itself; every row of it is held against the unit. All else is the office's to drop."""


def handed_in(held: Contents) -> Contents:
    """What a file is taken for: of one in a unit's own folder, only what units hand in; the rest is told and left out.

    Notice ``not-the-units``.
    """
    others = [table for table in held.tables if table.source.owner and table.kind not in BY_UNITS]
    if not others:
        return held
    advice = "这种表由专班办公室放，单位放的没有采用。需要的话，请把表交给专班办公室。"
    rows = [
        FileAccount(held.file, table.kind, len(table.rows), 0, {"不由单位放": len(table.rows)})
        for table in others
    ]
    return replace(
        held,
        tables=tuple(table for table in held.tables if table not in others),
        heads={sheet: head for sheet, head in held.heads.items() if head.kind in BY_UNITS},
        notices=(
            *held.notices,
            *(Problem(each.source, None, "", "not-the-units", advice) for each in others),
        ),
        accounts=(*held.accounts, *rows),
    )
