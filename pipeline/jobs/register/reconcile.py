"""The job ``register reconcile``: registrations held against letters.

read → attribute → enter what was used → tell what is doubtful and what nobody has used → ask the units.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.adapters.folders import replace_folder
from pipeline.adapters.register import open_register
from pipeline.adapters.workbook import write_tables
from pipeline.reports.reconciliation.tables import tables
from pipeline.domain.statistics.attribution import BY_LETTER, Attribution, attribute
from pipeline.domain.statistics.figures import month_end
from pipeline.reports.reconciliation.inquiry import inquiries
from pipeline.domain.letters.lifecycle import OUT, Note, first_handed_out
from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.outcome import Outcome
from pipeline.domain.model import Unit
from pipeline.domain.letters.numbering import ranges
from pipeline.reports.reconciliation.outstanding import Outstanding, outstanding, standings
from pipeline.reports.reconciliation.findings import Finding, Period, reconciled
from pipeline.domain.records.registrations import Registration
from pipeline.errors import ExitCode, UsageFault
from pipeline.reports.reconciliation.documents import Occasion, print_inquiries
from pipeline.intake import Intake, age_day, read_inputs
from pipeline.workspace import WAIT_S, WAITING, Workspace
from pipeline.publishing.renderer import Renderer


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What came of it."""

    report: Outcome
    """Its doubts are the report's problems."""
    findings: tuple[Finding, ...] = ()
    """One for each registration of the period that names a letter, or should."""
    outstanding: tuple[Outstanding, ...] = ()
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
    if month and date(year, month, 1) > now.date():
        raise UsageFault(f"{year}年{month}月还没有到，不能对账。")
    intake = read_inputs(workspace, age_day(year, now.date()), ("registrations",))
    if intake.stopping:
        closing = f"表格里有{len(intake.stopping)}处问题，没有核对。请按上面的提示改好后再运行。"
        return Reconciled(Outcome(ExitCode.DATA, closing, intake.stopping))
    period = _period(intake.registrations, year, month, now.date())
    with (
        open_register(workspace.register) as register,
        register.exclusive(WAIT_S, lambda: say(WAITING)),
    ):
        letters = {letter.serial: letter for letter in register.letters(year)}
        attributions = attribute(intake.registrations, letters, intake.units, period.last)
        used = _used(attributions, letters)
        if used:
            register.move("used", used, now)
        events = register.events(year)
    ordered = tuple(letters[serial] for serial in sorted(letters))
    valid_days = workspace.settings.bulletin.letter_days or None
    found = reconciled(attributions, letters, period, valid_days, first_handed_out(events))
    where = standings(ordered, events, period.last)
    unused = outstanding(ordered, where, period.last)
    units = _units(intake, ordered)
    asked = inquiries(intake.units, ordered, where, unused, found)
    target = workspace.outputs / "reconcile" / (f"{year}-{month:02d}" if month else str(year))
    with Renderer(workspace) as renderer:
        folder = renderer.folder / target.name
        folder.mkdir()
        write_tables(folder / "对账.xlsx", tables(units, found, where, unused, period), now)
        if asked:
            say("正在写函询……")
        names = {unit.code: unit.name for unit in units}
        print_inquiries(renderer, asked, Occasion(period, now, names), folder)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_folder(folder, target)
    before = sum(letter.state == "used" for letter in ordered)
    doubts = tuple(doubt for each in found for doubt in each.doubts)
    closing = (
        f"登记数据共{len(intake.registrations)}户：新登记为已办照的介绍信{len(used)}份，以前登记的{before}份，"
        f"疑点{len(doubts)}条。截至{period.last}未使用的{sum(each.run.count for each in unused)}份，"
        f"要函询的单位{len(asked)}个。"
    )
    told = ranges([letters[serial] for serial in sorted(used)])
    report = Outcome(ExitCode.DONE, closing, doubts, ranges=told, folders=(str(target),))
    return Reconciled(report, found, unused)


def _period(businesses: Sequence[Registration], year: int, month: int | None, today: date) -> Period:
    """A month, or the year up to the last registration that there is; without any, up to today."""
    latest = min(today, date(year, 12, 31))
    if month:
        return Period(date(year, month, 1), min(month_end(year, month), latest))
    days = [each.established for each in businesses if each.established and each.established <= latest]
    last = max(days, default=latest)
    return Period(date(year, 1, 1), last if last.year == year else latest)


def _units(intake: Intake, letters: Sequence[Letter]) -> list[Unit]:
    """The roster, and after it every unit that has letters and is no longer in it."""
    codes = {unit.code for unit in intake.units}
    gone = {
        letter.serial.unit: Unit(letter.serial.unit, letter.unit_name, letter.signature, "")
        for letter in letters
        if letter.serial.unit not in codes
    }
    return [*intake.units, *gone.values()]


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
