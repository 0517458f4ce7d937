"""How supervision stands → what the month's folder holds."""

from datetime import datetime

from pipeline.domain.items.course import folded
from pipeline.domain.period import Month
from pipeline.domain.supervision.cases import CONFIRMED, PROPOSED, WITHDRAWN, Case
from pipeline.reports.supervision.approval import approval_fields
from pipeline.reports.supervision.content import Content, draft_paper, issued_paper
from pipeline.reports.supervision.papers import TO_BE_APPROVED, TO_BE_SENT, fields
from pipeline.reports.supervision.registry import registry_rows, supervise_object
from pipeline.reports.supervision.situation import Situation


def compose(now: Situation, published_at: datetime) -> Content:
    """All that the folder holds; the same day and the same entries make the same.

    :param published_at: when the month's bulletin was published.
    """
    occasion, papers = now.occasion, now.until_now
    at = max(
        [
            published_at,
            *(act.at for each in papers for act in (each.issued, each.withdrawn) if act is not None),
        ]
    )
    told = (occasion, now.cases, now.withdrawals, now.praise, now.criticism)
    issued = [case.paper for case in now.cases if case.paper is not None]
    return Content(
        at,
        occasion.settings.plan.office,
        Month(occasion.figures.year, occasion.figures.month),
        {
            CONFIRMED: [issued_paper(each, each.issued.at) for each in issued if each.withdrawn is None],
            PROPOSED: [
                draft_paper(case.level, drafted(now, case), at) for case in now.cases if case.state == PROPOSED
            ],
            WITHDRAWN: [issued_paper(each, each.issued.at) for each in issued if each.withdrawn is not None],
        },
        approval_fields(*told, now.remarks),
        list(registry_rows(papers, folded(now.journal.year, now.journal.entries)[0])),
        supervise_object(*told),
    )  # fmt: skip


def drafted(now: Situation, case: Case) -> dict[str, str]:
    """What the draft of a proposed paper says."""
    mark = TO_BE_APPROVED if now.occasion.lacks(case.level) else TO_BE_SENT
    return fields(case, now.occasion, mark, None, "", now.last_before(case.standing.unit.code))
