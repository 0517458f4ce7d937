"""The job ``month``: all that is due when a month is over, one after another; what is missing, and what waits for a person.

Nothing here is done in a way of its own: each paper is made by the job that its command has, so a second run makes the
same files again. What goes by the month's figures is left out where those were never published.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from pipeline.adapters.archive import Archive
from pipeline.domain.items.book import items_on
from pipeline.domain.items.item import Item, State
from pipeline.domain.items.standing import is_due_soon, overdue_days
from pipeline.domain.outcome import Outcome
from pipeline.domain.period import Month, Period, Quarter, Year
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.errors import ExitCode, Stop
from pipeline.intake import age_day, read_inputs
from pipeline.jobs import report as frozen
from pipeline.jobs import supervise
from pipeline.jobs.published import Shelf, journal_of, overtaken_words, undecided
from pipeline.progress import ProgressBar
from pipeline.publishing.renderer import Renderer
from pipeline.publishing.report import FrozenReport, Report
from pipeline.reports.dispatch import DISPATCH, issued_sheets
from pipeline.reports.kinds import REPORTS
from pipeline.reports.supervision import SUPERVISION
from pipeline.workspace import Workspace

Making = Callable[[], Outcome]
_NO_TABLE = "missing-table"
"""Code of the problem that there is no table of a kind at all."""


@dataclass(frozen=True, slots=True)
class Step:
    """A paper that was due."""

    report: Report[Any]
    """Which."""
    outcome: Outcome
    """What became of it."""

    @property
    def is_made(self) -> bool:
        """Whether its files are there; then only what was to be entered besides can have failed."""
        return self.outcome.exit_code == ExitCode.DONE or bool(self.outcome.folders)


@dataclass(frozen=True, slots=True)
class Round:
    """What was done for a month."""

    month: Month | None
    """Which one; None where not even that could be told."""
    steps: tuple[Step, ...]
    """In the order in which they were done."""
    left_out: tuple[Report[Any], ...]
    """What was due and goes by figures that are not there."""
    missing: tuple[str, ...]
    """What nobody has given that the papers could tell, each a sentence that says what to do."""
    waits: tuple[str, ...]
    """What a person has to do now, each a sentence."""
    is_changed: bool
    """Whether anything was published, entered or drafted that was not there before."""

    @property
    def exit_code(self) -> int:
        """The gravest of the steps'."""
        return max(step.outcome.exit_code for step in self.steps)

    @property
    def closing(self) -> str:
        """What was made, what was not, and how much waits."""
        made = [each.report.title for each in self.steps if each.is_made]
        failed = [each.report.title for each in self.steps if not each.is_made]
        told = (
            ("已出" if self.is_changed else "没有变化，照原样重做", made, "。"),
            ("没有出", failed, "，原因都列出来了。"),
            ("要等这些出了才能出", [each.title for each in self.left_out], "。"),
        )
        text = "".join(f"{word}：{'、'.join(names)}{end}" for word, names, end in told if names)
        lacking = f"缺的{len(self.missing)}样，" if self.missing else ""
        waiting = f"等人办的{len(self.waits)}件，" if self.waits else ""
        more = f"{lacking}{waiting}都列出来了。" if lacking or waiting else "没有等人办的事。"
        return f"{self.month.words if self.month else '这个月'}{text}{more}"


def run(
    workspace: Workspace, month: Month | None, today: date | None, now: datetime, bar: ProgressBar
) -> Round:
    """Make all that is due.

    :param month: None for the last one that has figures.
    :param today: as of which day open items are told, if not today.
    """
    before = _standing(workspace)
    day = today or now.date()
    first = _first(workspace)
    make = partial(_frozen, workspace, now=now, today=today, bar=bar)
    begun = Step(first, _tried(partial(make, first, month, in_order=True)))
    done = month or (begun.outcome.period if isinstance(begun.outcome.period, Month) else None)
    due = tuple(_due(workspace, done)) if done else ()
    is_out = bool(done and Archive(workspace.publications).latest(first.name, done.name))

    def other(report: Report[Any], period: Period) -> Outcome:
        if isinstance(report, FrozenReport):
            return make(report, period)
        return supervise.run(workspace, supervise.Request(done), now, bar)

    steps = (begun, *(Step(each, _tried(partial(other, each, period))) for each, period in due if is_out))
    left_out = () if is_out else tuple(each for each, _ in due)
    corrected = overtaken_words(undecided(Archive(workspace.publications), journal_of(workspace)))
    waits = (*corrected, *(text for step in steps for text in step.outcome.waits))
    missing = dict.fromkeys(
        problem.advice for step in steps for problem in step.outcome.problems if problem.code == _NO_TABLE
    )
    with suppress(Stop):  # the steps have told why
        missing |= dict.fromkeys(_missing(workspace, ((first, done), *due), day) if done else ())
    return Round(
        done, steps, left_out, tuple(missing), (*waits, *_items(workspace, day)), before != _standing(workspace)
    )  # fmt: skip


def _standing(workspace: Workspace) -> object:
    """All that a run can add to: publications, entries of the register, the data of drafts."""
    data = (path for each in REPORTS for path in (workspace.outputs / each.name).glob(f"*/{each.name}.json"))
    drafts = {path: path.read_bytes() for path in data}
    return len(Archive(workspace.publications).publications), journal_of(workspace), drafts


def _missing(workspace: Workspace, due: Iterable[tuple[Report[Any], Period]], day: date) -> Iterator[str]:
    """What the papers that are due could tell and nobody has given; registrations are not read once more for it."""
    kinds = [(each, period) for each, period in due if isinstance(each, FrozenReport)]
    reads = {reader.kind.name: reader for each, _ in kinds for reader in each.reads}
    reads.pop(REGISTRATIONS.kind.name, None)
    archive = Archive(workspace.publications)
    sheets = issued_sheets(archive.each_of(DISPATCH.name))
    first, month = kinds[0]
    yield from _earlier(Shelf(workspace, first, archive), month)
    intake = read_inputs(
        workspace, age_day(workspace.settings.plan.year, day), tuple(reads.values()), sheets=sheets,
        with_counties=first.goes_by_counties,
    )  # fmt: skip
    for each, period in kinds:
        with suppress(Stop):  # its own step has told why
            shelf = Shelf(workspace, each, archive)
            yield from each.wants(shelf.ruled(shelf.facts(intake, day)), period)


def _earlier(shelf: Shelf[Any], month: Period) -> Iterator[str]:
    """Months before one that were never published: those passed over, or all where the year begins with it."""
    begin, last = shelf.workspace.settings.bulletin.first_month, month.months[0].month - 1
    title = shelf.report.title
    if passed := shelf.passed_over(month):
        yield passed.advice
    elif last >= begin and not any(each.months[0].month <= last for each in shelf.earlier()):
        which = f"{begin}月" if begin == last else f"{begin}月至{last}月"
        yield f"{which}的{title}没有印发过，本年度从{last + 1}月起；不该缺的，请补出。"


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
    bar: ProgressBar, *, in_order: bool = False,
) -> Outcome:  # fmt: skip
    with Renderer(workspace) as renderer:
        renderer.begin()
        request = frozen.Request(period, today=today, in_order=in_order)
        return frozen.run(renderer, report, request, now, bar)


def _tried(make: Making) -> Outcome:
    """What a job says; its refusal too, for others need not stop for it."""
    try:
        return make()
    except Stop as fault:
        return Outcome(fault.exit_code, str(fault), remedy=fault.remedy, edition=fault.edition)


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
