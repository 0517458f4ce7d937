"""The job of every report that is kept: inputs → figures and words, frozen when it is published.

read → compose → print → keep → publish. What a publication says is kept, sealed, before its files appear; a later run
of its period makes the same files from what was kept, whatever has come in since.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Generic, TypeVar

from pipeline.adapters.archive import Archive, Publication
from pipeline.adapters.folders import alone
from pipeline.adapters.register import open_register
from pipeline.domain.model import Problem
from pipeline.domain.outcome import Outcome
from pipeline.domain.period import Period
from pipeline.errors import ExitCode, RegisterFault, Remedy, UsageFault
from pipeline.intake import age_day, read_inputs
from pipeline.jobs.published import Shelf, entered
from pipeline.progress import ProgressBar
from pipeline.publishing.making import checked
from pipeline.publishing.publish import publish
from pipeline.publishing.renderer import Renderer
from pipeline.publishing.report import Facts, FrozenContent, FrozenReport, other_months
from pipeline.reports.bulletin import BULLETIN
from pipeline.reports.dispatch import DISPATCH, issued_sheets
from pipeline.workspace import Workspace

F = TypeVar("F", bound=FrozenContent)


@dataclass(frozen=True, slots=True)
class Request:
    """What the clerk asked for."""

    period: Period | None = None
    """In the plan year; None for the report's latest."""
    number: int | None = None
    """期号; None for the next of the year."""
    reason: str = ""
    """Why what was published is published again (更正); empty to leave it as it is."""
    is_strict: bool = False
    """Stop on any problem."""
    today: date | None = None
    """As of which day open items are told, if not today."""


def run(
    workspace: Workspace, report: FrozenReport[F], request: Request, now: datetime, bar: ProgressBar
) -> Outcome:
    """Publish a period's report, or make the files of a published one again.

    :raises Stop: its exit code and message are the command's; nothing is published.
    """
    with alone(workspace.publications), Renderer(workspace) as renderer:
        shelf = Shelf(workspace, report, Archive(workspace.publications))
        desk = _Desk(shelf, renderer, bar)
        known = shelf.known(request.period) if request.period else None
        if known and not request.reason and not report.enters:
            return desk.again(known, request)
        renderer.begin()  # while the inputs are read
        day = age_day(workspace.settings.plan.year, now.date())
        sheets = issued_sheets(shelf.archive.each_of(DISPATCH.name))
        intake = read_inputs(
            workspace, day, report.reads, sheets=sheets, with_counties=report.goes_by_counties
        )
        if known and not request.reason and not any(map(intake.has, report.reads)):
            return desk.again(known, request)
        today = request.today or now.date()
        facts = Facts(workspace.settings, today, intake, shelf.printed(), shelf.earlier(), entered(workspace))
        if stopping := desk.stopping(facts, request):
            return desk.refused(stopping)
        period = request.period or report.latest(facts)
        known = shelf.known(period)
        if known and not request.reason:
            _, told = desk.entered(facts, now)
            outcome = desk.again(known, request)
        else:
            desk.refuse_oddities(request, period, facts, is_known=known is not None)
            templates = {each.name: checked(workspace, each).data for each in report.templates}
            facts, told = desk.entered(facts, now)
            content = report.compose(facts, shelf.issue(period, request.number, request.reason, now))
            publication = shelf.archive.sealed(report.name, period.name, content.to_plain(), templates)
            outcome = desk.out(publication, f"正在排{report.title}……", is_new=True)
        return replace(outcome, closing=told + outcome.closing)


@dataclass(frozen=True, slots=True)
class _Desk(Generic[F]):
    """Where a kind of report is published."""

    shelf: Shelf[F]
    """What was published before."""
    renderer: Renderer
    """Where its files are made."""
    bar: ProgressBar
    """Who hears how far it is."""

    def entered(self, facts: Facts, now: datetime) -> tuple[Facts, str]:
        """The facts once the register has what the tables ask it to enter, and what to tell of that.

        :raises RegisterFault: it refuses; nothing is entered.
        """
        enters, workspace = self.shelf.report.enters, self.shelf.workspace
        if enters is None or not enters(facts, facts.journal):
            return facts, ""
        with open_register(workspace.register) as register:
            acts = register.enter(workspace.settings.plan.year, partial(enters, facts), now)
        numbers = len({(each.series, each.number) for each in acts})
        return replace(facts, journal=entered(workspace)), f"台账记入{numbers}项。" if acts else ""

    def stopping(self, facts: Facts, request: Request) -> Sequence[Problem]:
        """The problems for which nothing is published."""
        report = self.shelf.report
        problems = facts.intake.problems if request.is_strict else facts.intake.stopping
        if report.goes_by_counties:
            problems = tuple(each for each in problems if each.code != "missing-table")
        else:  # whoever printed only one month by another calendar corrects that one so
            corrected = request.period if report.name == BULLETIN.name and request.reason else None
            printed = [each.figures for each in facts.printed.values() if each.figures.period != corrected]
            others = other_months(printed, self.shelf.workspace.calendar, BULLETIN.title, report.title)
            problems = problems or others
        return problems or report.lacks(facts, request.period)

    def refused(self, problems: Sequence[Problem]) -> Outcome:
        """Nothing is published, for problems in the tables."""
        closing = (
            f"表格里有{len(problems)}处问题，{self.shelf.report.title}没有出。请按上面的提示改好后再运行。"
        )
        wants_bulletin = any(each.code == "missing-bulletin" for each in problems)
        remedy = Remedy.MAKE_BULLETIN if wants_bulletin else None
        return Outcome(ExitCode.DATA, closing, tuple(problems), remedy=remedy)

    def refuse_oddities(self, request: Request, period: Period, facts: Facts, *, is_known: bool) -> None:
        """Refuse what has not come yet, and to revise what was never published.

        :raises UsageFault: it is one of these.
        """
        title = self.shelf.report.title
        if self.shelf.workspace.calendar.first(period) > facts.today:
            raise UsageFault(f"{period.words}还没有到，不能出{title}。")
        if request.reason and not is_known:
            raise UsageFault(f"{period.words}的{title}还没有印发过，不用更正，直接运行就可以。")

    def again(self, known: Publication, request: Request) -> Outcome:
        """The files of a publication, made again as they were.

        :raises RegisterFault: it has another number than is wanted.
        """
        report = self.shelf.report
        number = report.number(report.from_plain(known.content)).number
        if request.number not in {None, number}:
            words = report.period.read(known.period).words
            raise RegisterFault(
                f"{words}的{report.title}已按第{number}{report.counted_in}印发，{report.counted_in}号不能再改。",
                Remedy.REVISE,
            )
        return self.out(
            known, f"这个{report.period.noun}的{report.title}已经印发过，按当时的内容重做……", is_new=False
        )

    def out(self, publication: Publication, said: str, *, is_new: bool) -> Outcome:
        """Make a publication's files; one that is new is kept before they appear."""
        report = self.shelf.report
        content = report.from_plain(publication.content)
        self.bar.say(said)
        lacking = report.awaits(content)
        keeps = is_new and not lacking
        keep = partial(self.shelf.archive.keep, publication) if keeps else lambda: None
        folder = publish(self.renderer, report, content, publication.templates, keep)
        marked = "（更正）" if publication.revision > 1 else ""
        period, number = report.period.read(publication.period), report.number(content).number
        which = (
            f"{period.words}{report.title}{marked}已出：第{number}{report.counted_in}，" if not lacking
            else f"{period.words}{report.title}{marked}的送审稿已出（{lacking}，没有存档，不算印发）："
        )  # fmt: skip
        waits = (f"{report.title}还是送审稿：{lacking}。",) if lacking else ()
        return Outcome(
            ExitCode.DONE, which + report.closing(content), notices=tuple(report.notices(content)), folders=(folder,),
            period=period, waits=waits,
        )  # fmt: skip
