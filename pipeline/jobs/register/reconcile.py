"""The job ``register reconcile``: registrations held against letters.

read → attribute → enter what was used → tell what is doubtful and what nobody has used → ask the units.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.adapters.register import hold_register
from pipeline.domain.letters.lifecycle import OUT, Note
from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.letters.numbering import ranges
from pipeline.domain.outcome import Outcome
from pipeline.domain.period import Calendar, Month, Year
from pipeline.domain.records.registrations import REGISTRATIONS, Registration
from pipeline.domain.statistics.attribution import BY_LETTER, Attribution, attribute
from pipeline.errors import ExitCode, UsageFault
from pipeline.intake import Intake, age_day, read_inputs
from pipeline.publishing.publish import publish
from pipeline.publishing.renderer import Renderer
from pipeline.reports.reconciliation import RECONCILIATION
from pipeline.reports.reconciliation.content import Content, Held, content_of
from pipeline.reports.reconciliation.findings import Finding, Period
from pipeline.reports.reconciliation.outstanding import Outstanding
from pipeline.workspace import WAIT_S, WAITING, Workspace


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What came of it."""

    report: Outcome
    """Its doubts are the report's problems."""
    findings: Sequence[Finding] = ()
    """One for each registration of the period that names a letter, or should."""
    outstanding: Sequence[Outstanding] = ()
    """The letters with which nothing has been done."""


def reconcile(
    workspace: Workspace, month: int | None, now: datetime, say: Callable[[str], None]
) -> Reconciled:
    """Enter as used each letter that counts for a business; write what is doubtful and unused, and a letter to each unit.

    The same rules as the bulletin's say which business a letter counts for, and what is doubtful in it. What is entered
    stays; the files take the place of the last ones.

    :param month: 1 to 12 of the plan year, to tell that month's registrations only, and the letters unused at its end;
        None for the year up to its last registration.
    :raises UsageFault: the month has not come yet.
    :raises TemplateFault: the template of the letters is missing or not as it must be; what was used is entered.
    :raises ConversionFault: LibreOffice failed; what was used is entered.
    """
    year = workspace.settings.plan.year
    period = Month(year, month) if month else Year(year)
    if month and workspace.calendar.first(period) > now.date():
        raise UsageFault(f"{period.words}还没有到，不能对账。")
    intake = read_inputs(workspace, age_day(year, now.date()), (REGISTRATIONS,))
    if intake.stopping:
        closing = f"表格里有{len(intake.stopping)}处问题，没有核对。请照列出来的改好，再办一次。"
        return Reconciled(Outcome(ExitCode.DATA, closing, intake.stopping))
    span = _span(intake.said(REGISTRATIONS), period, workspace.calendar, now.date())
    held, used = _entered(workspace, intake, span, now, say)
    content = content_of(period, span, held, workspace.settings, now)
    with Renderer(workspace) as renderer:
        if content.inquiries:
            say("正在写函询……")
        folder = publish(renderer, RECONCILIATION, content)
    doubts = tuple(doubt for each in content.findings for doubt in each.doubts)
    closing = _closing(len(intake.said(REGISTRATIONS)), held, len(used), len(doubts), content)
    report = Outcome(ExitCode.DONE, closing, doubts, ranges=ranges(used), folders=(folder,))
    return Reconciled(report, content.findings, content.outstanding)


def _closing(registrations: int, held: Held, used: int, doubts: int, content: Content) -> str:
    before = sum(letter.state == "used" for letter in held.letters.values())
    return (
        f"登记数据共{registrations}户：新登记为已办照的介绍信{used}份，以前登记的{before}份，"
        f"疑点{doubts}条。截至{content.span.last}未使用的{sum(each.run.count for each in content.outstanding)}份，"
        f"要函询的单位{len(content.inquiries)}个。"
    )


def _entered(
    workspace: Workspace, intake: Intake, span: Period, now: datetime, say: Callable[[str], None]
) -> tuple[Held, list[Letter]]:
    """Enter what was used; what was held against what, and the letters newly used."""
    year = workspace.settings.plan.year
    with hold_register(workspace.register, WAIT_S, lambda: say(WAITING)) as register:
        known = {letter.serial: letter for letter in register.letters(year)}
        attributions = attribute(intake.said(REGISTRATIONS), known, intake.units, span.last)
        used = _used(attributions, known)
        if used:
            register.move("used", used, now)
        events = register.events(year)
    return Held(intake.units, attributions, known, events), [known[serial] for serial in sorted(used)]


def _span(
    businesses: Sequence[Registration], period: Month | Year, calendar: Calendar, today: date
) -> Period:
    """A month, or the year up to the last registration that there is; without any, up to today."""
    first, latest = calendar.first(period), min(today, calendar.last(period))
    if isinstance(period, Month):
        return Period(first, latest)
    last = max(
        (each.established for each in businesses if each.established and each.established <= latest),
        default=latest,
    )
    return Period(first, last if last >= first else latest)


def _used(attributions: Iterable[Attribution], letters: Mapping[Serial, Letter]) -> dict[Serial, Note]:
    """Letters that count for a business and are not entered as used yet."""
    counted = [
        (each.business.letter, each.business.established, each.business.uscc or each.business.regno)
        for each in attributions
        if each.by == BY_LETTER
    ]
    return {
        serial: Note(day, "", code)
        for serial, day, code in counted
        if serial and day and letters[serial].state in OUT
    }
