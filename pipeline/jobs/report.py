"""The job of every report that is kept: inputs → figures and words, frozen when it is published.

read → compose → print → keep → publish. What a publication says is kept, sealed, before its files appear; a later run
of its period makes the same files from what was kept, whatever has come in since.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from pipeline.adapters.archive import Archive, Publication
from pipeline.adapters.folders import alone
from pipeline.adapters.register import open_register
from pipeline.domain.model import Problem
from pipeline.domain.outcome import Outcome
from pipeline.domain.period import Period
from pipeline.errors import Edition, ExitCode, RegisterFault, Remedy, Stop, UsageFault
from pipeline.garbage import uncollected
from pipeline.intake import age_day, has_long_table, read_inputs
from pipeline.jobs.issuing import issue_of
from pipeline.jobs.published import Shelf, journal_of, overtaken_words
from pipeline.progress import ProgressBar
from pipeline.publishing.making import checked
from pipeline.publishing.publish import publish
from pipeline.publishing.renderer import Renderer
from pipeline.publishing.report import Facts, FrozenContent, FrozenReport, other_months
from pipeline.reports.bulletin import BULLETIN
from pipeline.reports.dispatch import DISPATCH, issued_sheets

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
    in_order: bool = False
    """Publish no month before those that were passed over."""


def run(
    renderer: Renderer, report: FrozenReport[F], request: Request, now: datetime, bar: ProgressBar
) -> Outcome:
    """Publish a period's report, or make the files of a published one again.

    :param renderer: best begun already, as there is something to print in either case.
    :raises Stop: its exit code and message are the command's; nothing is published.
    """
    workspace = renderer.workspace
    with alone(workspace.publications):
        desk = _Desk(workspace, report, Archive(workspace.publications), renderer, bar)
        known = desk.known(request.period) if request.period else None
        if known and not request.reason and not report.enters:
            return desk.again(known, request)
        if has_long_table(workspace):
            renderer.rest()  # or LibreOffice would wait long with 100 MB, beside a city's rows
        desk.printed()  # to unpack what a city's last one said takes 250 MB for a moment: not beside its rows
        day = age_day(workspace.settings.plan.year, now.date())
        sheets = issued_sheets(desk.archive.each_of(DISPATCH.name))
        intake = read_inputs(
            workspace, day, report.reads, sheets=sheets, with_counties=report.goes_by_counties
        )
        if known and not request.reason and not any(map(intake.has, report.reads)):
            return desk.again(known, request)
        facts = desk.facts(intake, request.today or now.date())
        if not (request.period or report.lacks(facts, None)):
            known = desk.known(report.latest(facts))
        if known and not request.reason:
            return desk.again_whatever(known, request, facts, now)
        facts = desk.ruled(facts)
        if stopping := desk.stopping(facts, request):
            return desk.refused(stopping)
        period = request.period or report.latest(facts)
        if request.in_order and (passed := desk.passed_over(period)):
            return replace(desk.refused([passed]), period=period)
        desk.refuse_oddities(request, period, facts, is_known=known is not None)
        templates = {each.name: checked(workspace, each).data for each in report.templates}
        facts, told = desk.entered(facts, now)
        issue = issue_of(desk, period, request.number, request.reason, now)
        with uncollected():
            content = report.compose(facts, issue)
        del intake, facts  # a city's rows, in memory while LibreOffice prints
        renderer.begin()  # where it was ended
        if report.waits_for(content):
            outcome = desk.draft(content)
        else:
            before = desk.overtaken()
            publication = desk.archive.drafted(report.name, period.name, content.to_plain(), templates)
            outcome = desk.out(publication, f"正在排{report.title}……", is_new=True)
            new = dict(desk.overtaken().items() - before.items())
            outcome = replace(outcome, notices=(*outcome.notices, *overtaken_words(new)))
        return replace(outcome, closing=told + outcome.closing)


@dataclass(frozen=True, slots=True)
class _Desk(Shelf[F]):
    """Where a kind of report is published."""

    renderer: Renderer
    """Where its files are made."""
    bar: ProgressBar
    """Who hears how far it is."""

    def entered(self, facts: Facts, now: datetime) -> tuple[Facts, str]:
        """The facts once the register has what the tables ask it to enter, and what to tell of that.

        :raises RegisterFault: it refuses; nothing is entered.
        """
        enters, done = self.report.enters, replace(facts, today=min(facts.today, now.date()))
        if enters is None or not enters(done, facts.journal):
            return facts, ""
        year = self.workspace.settings.plan.year
        with open_register(self.workspace.register) as register:
            acts = register.enter(year, partial(enters, done), now)
        return replace(facts, journal=journal_of(self.workspace)), self.report.tells(acts) if acts else ""

    def stopping(self, facts: Facts, request: Request) -> Sequence[Problem]:
        """The problems for which nothing is published."""
        problems = facts.intake.problems if request.is_strict else facts.intake.stopping
        if self.report.goes_by_counties:
            problems = tuple(each for each in problems if each.code != "missing-table")
        else:  # whoever printed only one month by another calendar corrects that one so
            corrected = request.period if self.report.name == BULLETIN.name and request.reason else None
            printed = [each.figures for each in facts.printed.values() if each.figures.period != corrected]
            others = other_months(printed, self.workspace.calendar, BULLETIN.title, self.report.title)
            problems = problems or others
        return problems or self.report.lacks(facts, request.period) or self.report.checks(facts)

    def refused(self, problems: Sequence[Problem]) -> Outcome:
        """Nothing is published, for problems in the tables."""
        lacking = [each for each in problems if each.code == "missing-bulletin"]
        closing = (
            f"{self.report.title}没有出：缺{lacking[0].source.file}。"
            if lacking
            else (f"表格里有{len(problems)}处问题，{self.report.title}没有出。请照列出来的改好，再办一次。")
        )
        remedy, edition = None, None
        if lacking and not self.report.goes_by_counties:  # a city has no bulletin but its roll-up
            remedy, edition = Remedy.MAKE_BULLETIN, Edition(BULLETIN.name, lacking[0].period)
        return Outcome(ExitCode.DATA, closing, tuple(problems), remedy=remedy, edition=edition)

    def refuse_oddities(self, request: Request, period: Period, facts: Facts, *, is_known: bool) -> None:
        """Refuse what has not come yet, and to revise what was never published.

        :raises UsageFault: it is one of these.
        """
        title = self.report.title
        if self.workspace.calendar.first(period) > facts.today:
            raise UsageFault(f"{period.words}还没有到，不能出{title}。")
        if request.reason and not is_known:
            raise UsageFault(f"{period.words}的{title}还没有印发过，不用更正，直接运行就可以。")

    def again_whatever(self, known: Publication, request: Request, facts: Facts, now: datetime) -> Outcome:
        """The files of a publication, made again as they were, after what the tables ask to be entered was entered.

        What is wrong in the tables or the file of rules stops the entering alone, and is told.

        :raises RegisterFault: it has another number than is wanted.
        """
        told, problems, code = "", list[Problem](), ExitCode.DONE
        try:
            facts = self.ruled(facts)
            problems += self.stopping(facts, request)
            if problems:
                told = f"表格里有{len(problems)}处问题，没有照它登记什么；印发过的不受影响。"
                code = ExitCode.DATA
            else:
                _, told = self.entered(facts, now)
        except Stop as fault:
            told, code = f"{fault}印发过的不受影响。", fault.exit_code
        outcome = self.again(known, request)
        code = ExitCode.DONE if self.report.is_last_word else code
        return replace(outcome, exit_code=code, closing=told + outcome.closing, problems=tuple(problems))

    def again(self, known: Publication, request: Request) -> Outcome:
        """The files of a publication, made again as they were.

        :raises RegisterFault: it has another number than is wanted.
        """
        report = self.report
        number = report.number(report.from_plain(known.content)).number
        if request.number not in {None, number}:
            words = report.period.read(known.period).words
            raise RegisterFault(
                f"{words}的{report.title}已按第{number}{report.counted_in}印发，{report.counted_in}号不能再改。",
                Remedy.REVISE,
                Edition(report.name, known.period),
            )
        outcome = self.out(
            known, f"这个{report.period.noun}的{report.title}已经印发过，按当时的内容重做……", is_new=False
        )
        months = "、".join(
            f"{each.month}月" for each in self.undecided().get((report.name, known.period), ())
        )
        content = report.from_plain(known.content)
        acts, rules = report.redone(content, journal_of(self.workspace)), ""
        with suppress(Stop):  # who cannot read them hears it where they are needed
            rules = report.contradicted(content, self.workspace.rules(report.rules_file))
        since = "；".join(filter(None, (months and f"{months}的简报更正过", acts, rules)))
        if not since:
            return outcome
        said = f"{report.title}印发以后，{since}，印发的没有跟着变。"
        edition = Edition(report.name, known.period)
        return replace(outcome, notices=(*outcome.notices, said), remedy=Remedy.REVISE, edition=edition)

    def draft(self, content: F) -> Outcome:
        """Make the files of what nobody has approved yet (送审稿): nothing is kept.

        :raises UsageFault: its period has been published, whose files it would take the place of.
        """
        report, words = self.report, content.period.words
        lacking = report.waits_for(content)
        if self.known(content.period):
            raise UsageFault(f"{words}的{report.title}已经印发过，这次{lacking}，没有更正。")
        self.bar.say(f"正在排{report.title}（送审稿）……")
        folder = publish(self.renderer, report, content)
        closing = f"{words}{report.title}（送审稿）已出，没有存档：{lacking}。{report.closing(content)}"
        return Outcome(
            ExitCode.DONE, closing, notices=tuple(report.notices(content)), folders=(folder,), period=content.period,
            waits=(f"{report.title}还是送审稿：{lacking}。",),
        )  # fmt: skip

    def out(self, publication: Publication, said: str, *, is_new: bool) -> Outcome:
        """Make a publication's files; one that is new is kept before they appear."""
        report = self.report
        content = report.from_plain(publication.content)
        self.bar.say(said)
        keep = partial(self.archive.keep, publication) if is_new else lambda: None
        folder = publish(self.renderer, report, content, publication.templates, keep)
        marked = "（更正）" if publication.revision > 1 else ""
        period, number = content.period, report.number(content).number
        closing = f"{period.words}{report.title}{marked}已出：第{number}{report.counted_in}，{report.closing(content)}"
        notices = tuple(report.notices(content))
        return Outcome(ExitCode.DONE, closing, notices=notices, folders=(folder,), period=period)
