"""Every kind of table that clerks drag in: the one list of them."""

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

READERS: tuple[AnyReader, ...] = (
    REGISTRATIONS, APPLICANTS, NOTES, RECEIPTS, RETURNED, MATTERS, ITEMS, MEASURES, POLICIES, UNIT_PLANS, UPGRADES,
    SELF_SCORES, ACTUALS,
)  # fmt: skip
"""Those that a job may ask for; roster and targets are read for every job."""
KINDS = (ROSTER, TARGETS, *(reader.kind for reader in READERS))
"""Of two that fit a header equally well the earlier one is taken."""
