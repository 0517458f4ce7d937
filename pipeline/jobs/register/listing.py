"""The jobs ``register list`` and ``register export``: the year's letters on the screen and in tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pipeline.adapters.folders import replace_file, work_folder
from pipeline.adapters.register import open_register
from pipeline.adapters.workbook import write_tables
from pipeline.domain.letters.lifecycle import Event, latest
from pipeline.domain.letters.model import Letter
from pipeline.domain.period import Year
from pipeline.domain.values.text import plain
from pipeline.errors import RegisterFault, Remedy, UsageFault
from pipeline.jobs.register.selection import read_batch, unit_code
from pipeline.publishing.publish import publish
from pipeline.publishing.renderer import Renderer
from pipeline.reports.ledgers import LEDGERS
from pipeline.reports.ledgers.documents import Content
from pipeline.reports.ledgers.tables import LedgerRow, deaths, receipts, stubs, usage
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Filter:
    """Which letters of the year are to be listed; None leaves a condition out."""

    unit: str | None = None
    """A unit's code or name."""
    state: str | None = None
    """One of :data:`~pipeline.domain.letters.lifecycle.STATES`."""
    batch: str | None = None
    """A batch, as typed."""
    since: date | None = None
    """First day on which it came into its state."""
    until: date | None = None
    """Last day of it."""
    name: str | None = None
    """Part of the applicant's name or of the business's, however wide or spaced it is written."""
    text: str | None = None
    """The same, or part of the number as it is printed or as commands have it."""


def listing(workspace: Workspace, wanted: Filter) -> tuple[LedgerRow, ...]:
    """The plan year's letters that are wanted, by unit and number.

    :raises RegisterFault: no unit with letters is called that.
    :raises UsageFault: the batch cannot be read.
    """
    year = workspace.settings.plan.year
    with open_register(workspace.register) as register:
        code = unit_code(register, wanted.unit, year) if wanted.unit else None
        batch = read_batch(wanted.batch) if wanted.batch else None
        entries = _entries(register.letters(year), register.events(year))
    return tuple(
        entry
        for entry in entries
        if code in {None, entry.letter.serial.unit}
        and wanted.state in {None, entry.letter.state}
        and batch in {None, entry.event.batch}
        and (wanted.since or date.min) <= entry.day <= (wanted.until or date.max)
        and _is_named(entry.letter, wanted.name or "")
        and (_is_numbered(entry.letter, wanted.text or "") or _is_named(entry.letter, wanted.text or ""))
    )


def _is_named(letter: Letter, text: str) -> bool:
    who = letter.applicant
    wanted = plain(text)
    return not text or (who is not None and (wanted in plain(who.name) or wanted in plain(who.business)))


def _is_numbered(letter: Letter, text: str) -> bool:
    return any(plain(text) in plain(number) for number in (f"{letter.printed}号", letter.serial.key))


def save_listing(workspace: Workspace, entries: Sequence[LedgerRow], name: str, now: datetime) -> Path:
    """The letters as a workbook below ``outputs/``, in the columns of the usage ledger.

    :raises UsageFault: the name leads out of ``outputs/``.
    :raises FileFault: the disk refuses.
    """
    outputs = workspace.outputs.resolve()
    path = (outputs / name).with_suffix(".xlsx").resolve()
    if not path.is_relative_to(outputs) or path.name.startswith("."):
        raise UsageFault(f"“{name}”不在 outputs 里。请只写文件名，如 清单.xlsx。")
    with work_folder(workspace.outputs) as work:
        write_tables(work / "list.xlsx", [usage(entries, _title(workspace))], now)
        replace_file(work / "list.xlsx", path)
    return path


def export(workspace: Workspace, now: datetime, say: Callable[[str], None]) -> tuple[Path, ...]:
    """The year's ledgers in ``outputs/register/YEAR``, as workbooks and to be printed, in the place of the last ones.

    :return: the workbooks, then the PDFs.
    :raises RegisterFault: states and events do not agree.
    :raises TemplateFault: the template of the printed ones is missing or not as it must be.
    :raises ConversionFault: LibreOffice failed, or did not print every row.
    :raises FileFault: the disk refuses.
    """
    plan, title = workspace.settings.plan, _title(workspace)
    with open_register(workspace.register) as register:
        events = register.events(plan.year)
        entries = _entries(register.letters(plan.year), events)
    sheets = (
        usage(entries, title),
        receipts(entries, events, workspace.settings.letters.book_size, title),
        deaths(entries, events, title),
        stubs(entries, title),
    )
    with Renderer(workspace) as renderer:
        say("正在排台账……")
        content = Content(Year(plan.year), plan.county, plan.office, now, sheets)
        folder = Path(publish(renderer, LEDGERS, content))
    return tuple(folder / f"{sheet.name}{kind}" for kind in (".xlsx", ".pdf") for sheet in sheets)


def _entries(letters: Sequence[Letter], events: Sequence[Event]) -> list[LedgerRow]:
    found = latest(events)
    if any(letter.serial not in found for letter in letters):
        raise RegisterFault("台账的记录对不上。", Remedy.CHECK_REGISTER)
    replaced = {letter.replaces for letter in letters}
    return [LedgerRow(letter, found[letter.serial], letter.serial in replaced) for letter in letters]


def _title(workspace: Workspace) -> str:
    plan = workspace.settings.plan
    return f"{plan.year}年{plan.county}个体工商户培育介绍信"
