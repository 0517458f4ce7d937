"""A paper that a correction has overtaken and that stays as it is: whoever signed it has decided so, and nobody is asked again."""

from datetime import date, datetime
from typing import Any

from pipeline.adapters.archive import Archive
from pipeline.adapters.folders import alone
from pipeline.adapters.register import open_register
from pipeline.domain.items.book import personal_act
from pipeline.domain.journal import Act
from pipeline.domain.outcome import Outcome
from pipeline.domain.period import Period
from pipeline.errors import ExitCode, RegisterFault, UsageFault
from pipeline.jobs.published import LEFT, Shelf, revisions
from pipeline.publishing.report import FrozenReport
from pipeline.workspace import Workspace


def leave(
    workspace: Workspace, report: FrozenReport[Any], period: Period, reason: str, day: date, now: datetime
) -> Outcome:
    """Enter that the paper of a period stays, with the revisions of the bulletins that it stays against.

    :raises UsageFault: no correction has overtaken it of which nobody has said so yet.
    :raises RegisterFault: the reason holds data of a person, or the register refuses.
    """
    with alone(workspace.publications):
        archive = Archive(workspace.publications)
        months = Shelf(workspace, report, archive).undecided().get((report.name, period.name), ())
        if not months:
            raise UsageFault(
                f"{period.words}的{report.title}没有要跟着更正的：没有印发过，简报没有更正过，或者已经登记过不更正。"
            )
        known = revisions(archive)
        details = {
            "kind": report.name, "period": period.name, "reason": reason,
            "against": {month.name: known[month.name] for month in months},
        }  # fmt: skip
        act = Act(LEFT, None, "leave", "", day, "", details)
        if why := personal_act(act):
            raise RegisterFault(f"没有登记不更正：{why}。")
        with open_register(workspace.register) as register:
            register.enter(workspace.settings.plan.year, lambda _: [act], now)
    which = "、".join(month.words for month in months)
    closing = f"登记好了：{which}的简报更正过，{period.words}的{report.title}不跟着更正。这几个月没有再更正的，不再列为等人办。"
    return Outcome(ExitCode.DONE, closing, period=period)
