"""The job ``month``: all that is due when a month is over, one after another, and what waits for a person then.

Nothing here is done in a way of its own: each paper is made by the job that its command has, so a second run makes the
same files again. What goes by the month's figures is left out where those could not be published.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from pipeline.domain.items.book import items_on
from pipeline.domain.items.item import Item, State
from pipeline.domain.items.standing import is_due_soon, overdue_days
from pipeline.domain.outcome import Outcome
from pipeline.domain.period import Month, Period, Quarter, Year
from pipeline.errors import ExitCode, Stop
from pipeline.jobs import report as frozen
from pipeline.jobs import supervise
from pipeline.jobs.published import journal_of
from pipeline.progress import ProgressBar
from pipeline.publishing.report import FrozenReport, Report
from pipeline.reports import REPORTS
from pipeline.reports.supervision import SUPERVISION
from pipeline.workspace import Workspace

Making = Callable[[], Outcome]


@dataclass(frozen=True, slots=True)
class Step:
    """A paper that was due."""

    report: Report[Any]
    """Which."""
    outcome: Outcome
    """What became of it."""


@dataclass(frozen=True, slots=True)
class Round:
    """What was done for a month."""

    month: Month | None
    """Which one; None where not even that could be told."""
    steps: tuple[Step, ...]
    """In the order in which they were done."""
    left_out: tuple[Report[Any], ...]
    """What was due and goes by figures that are not there."""
    waits: tuple[str, ...]
    """What a person has to do now, each a sentence."""

    @property
    def exit_code(self) -> int:
        """The gravest of the steps'."""
        return max(step.outcome.exit_code for step in self.steps)

    @property
    def closing(self) -> str:
        """What was made, what was not, and how much waits."""
        made = [each.report.title for each in self.steps if each.outcome.exit_code == ExitCode.DONE]
        failed = [each.report.title for each in self.steps if each.outcome.exit_code != ExitCode.DONE]
        told = (
            ("已出", made, "。"),
            ("没有出", failed, "，原因见上面。"),
            ("要等上面的出了才能出", [each.title for each in self.left_out], "。"),
        )
        text = "".join(f"{word}：{'、'.join(names)}{end}" for word, names, end in told if names)
        waiting = f"等人办的{len(self.waits)}件，见上面。" if self.waits else "没有等人办的事。"
        return f"{self.month.words if self.month else '这个月'}{text}{waiting}"


def run(
    workspace: Workspace, month: Month | None, today: date | None, now: datetime, bar: ProgressBar
) -> Round:
    """Make all that is due.

    :param month: None for the last one that has figures.
    :param today: as of which day open items are told, if not today.
    """
    first = _first(workspace)
    make = partial(_frozen, workspace, now=now, today=today, bar=bar)
    begun = Step(first, _tried(partial(make, first, month)))
    done = month or (begun.outcome.period if isinstance(begun.outcome.period, Month) else None)
    due = tuple(_due(workspace, done)) if done else ()
    is_out = begun.outcome.exit_code == ExitCode.DONE

    def other(report: Report[Any], period: Period) -> Outcome:
        if isinstance(report, FrozenReport):
            return make(report, period)
        return supervise.run(workspace, supervise.Request(done), now, bar)

    steps = (begun, *(Step(each, _tried(partial(other, each, period))) for each, period in due if is_out))
    left_out = () if is_out else tuple(each for each, _ in due)
    waits = (text for step in steps for text in step.outcome.waits)
    return Round(done, steps, left_out, (*waits, *_items(workspace, today or now.date())))


def _first(workspace: Workspace) -> FrozenReport[Any]:
    """What all others go by: the bulletin; in a city the roll-up."""
    is_city = bool(workspace.settings.rollup.counties)
    return next(
        each for each in REPORTS if isinstance(each, FrozenReport) and each.goes_by_counties == is_city
    )


def _due(workspace: Workspace, month: Month) -> Iterator[tuple[Report[Any], Period]]:
    """What else is due at a month's end, the shorter periods first: a year's paper may go by a quarter's."""
    if workspace.settings.rollup.counties:
        return
    others = [each for each in REPORTS if each is not _first(workspace)]
    for period in (month, Quarter(month.year, (month.month + 2) // 3), Year(month.year)):
        for each in others:
            kind = Month if each is SUPERVISION else _kind(each)
            if kind is type(period) and period.months[1] == month:
                yield each, period


def _kind(report: Report[Any]) -> type[Period] | None:
    """What a report speaks of; None for one that only tells how things stand, or is a city's."""
    if isinstance(report, FrozenReport) and not report.goes_by_counties:
        return report.period
    return None


def _frozen(
    workspace: Workspace, report: FrozenReport[Any], period: Period | None, now: datetime, today: date | None,
    bar: ProgressBar,
) -> Outcome:  # fmt: skip
    return frozen.run(workspace, report, frozen.Request(period, today=today), now, bar)


def _tried(make: Making) -> Outcome:
    """What a job says; its refusal too, for others need not stop for it."""
    try:
        return make()
    except Stop as fault:
        return Outcome(fault.exit_code, str(fault), remedy=fault.remedy)


def _items(workspace: Workspace, day: date) -> Iterator[str]:
    """What waits for a person among the open items."""
    rules = workspace.settings.items
    items = [item for item in items_on(journal_of(workspace), day, rules) if item.is_open]

    def told(number: Callable[[Item], object], what: str) -> Sequence[str]:
        found = sum(bool(number(item)) for item in items)
        return [f"{found}项挂账事项{what}"] if found else []

    yield from told(lambda item: overdue_days(item, day), "逾期，要催办。")
    yield from told(lambda item: is_due_soon(item, day, rules.due_soon), f"{rules.due_soon}天以内到期。")
    yield from told(lambda item: item.state is State.REVIEW, "申请了销号，等复核。")
    yield from told(lambda item: item.asked, "申请了延期，等答复。")
    yield from told(lambda item: item.state is State.OPENED, "立了账，等交办。")
