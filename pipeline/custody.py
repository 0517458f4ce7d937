"""The job ``register``: who has which numbers, what became of them, and whether the register is sound."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pipeline.adapters.files import known_secret, replace_file, work_folder
from pipeline.adapters.register import Holding, open_register
from pipeline.adapters.workbook import write_table
from pipeline.choice import read_batch, read_numbers, unit_code
from pipeline.domain.life import STATES, Event, latest
from pipeline.domain.mark import is_genuine, read_mark
from pipeline.domain.model import DEAD, BatchId, Letter
from pipeline.errors import ExitCode, RegisterFault, UsageFault, writing
from pipeline.handover import USAGE_COLUMNS, usage_row
from pipeline.intake import age_day, read_inputs
from pipeline.settings import Workspace


@dataclass(frozen=True, slots=True)
class Account:
    """One unit's line in the register's summary."""

    unit_code: str
    """Two-digit code."""
    unit_name: str
    """Short name."""
    target: int | None
    """Its target now; None when the inputs cannot be read."""
    holding: Holding | None
    """What it has; None when it has no letter."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The register at a glance."""

    accounts: tuple[Account, ...]
    """One for each unit of the roster or with letters, by unit code."""
    unfinished: BatchId | None
    """A batch that was numbered but not printed because a run died."""


@dataclass(frozen=True, slots=True)
class Soundness:
    """What ``register check`` found."""

    exit_code: int
    """0 or 6."""
    letters: int
    """How many letters there are."""
    faults: tuple[str, ...]
    """What is wrong, in Chinese."""
    unfinished: BatchId | None
    """A batch that was numbered but not printed because a run died."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification mark turned out to be."""

    kind: str
    """``genuine``, ``forged``, ``void`` or ``unknown``."""
    text: str
    """What the mark says."""
    letter: Letter | None
    """The letter of that number, where there is one."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which letters of the year are to be listed; None leaves a condition out."""

    unit: str | None = None
    """A unit's code or name."""
    state: str | None = None
    """One of :data:`~pipeline.domain.life.STATES`."""
    batch: str | None = None
    """A batch, as typed."""
    since: date | None = None
    """First day on which it came into its state."""
    until: date | None = None
    """Last day of it."""
    name: str | None = None
    """Part of the applicant's name or of the business's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A letter in a list."""

    letter: Letter
    """The letter."""
    event: Event
    """How it came into its state."""

    @property
    def day(self) -> date:
        """When it came into its state."""
        return self.event.day or self.event.at.date()


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of one letter."""

    letter: Letter
    """The letter."""
    events: tuple[Event, ...]
    """What happened to it, in order."""
    replacement: Letter | None
    """The letter that was numbered in its place."""


def verify(workspace: Workspace, text: str) -> Verdict:
    """Hold a mark's text against the secret and the register.

    :raises FileFault: the secret is missing or broken.
    """
    mark = read_mark(text)
    if mark is None:
        return Verdict("unknown", text, None)
    if not is_genuine(mark, known_secret(workspace.secret)):
        return Verdict("forged", text, None)
    with open_register(workspace.register) as register:
        letter = register.find(mark.serial)
    if letter is None or letter.printed != mark.printed or letter.state == "reserved":
        return Verdict("unknown", text, letter)
    return Verdict("void" if letter.state in DEAD else "genuine", text, letter)


def status(workspace: Workspace) -> Standing:
    """Per unit: target, live letters, number ranges, batches."""
    year = workspace.settings.plan.year
    with open_register(workspace.register) as register:
        held = {holding.unit_code: holding for holding in register.holdings(year)}
        unfinished = register.unfinished(year)
    intake = read_inputs(workspace, age_day(year, date.max))
    names = {code: holding.unit_name for code, holding in held.items()} | {
        unit.code: unit.name for unit in intake.units
    }
    targets = {} if intake.plan_problems else {unit.code: unit.target for unit in intake.units}
    accounts = tuple(Account(code, names[code], targets.get(code), held.get(code)) for code in sorted(names))
    return Standing(accounts, unfinished.id if unfinished else None)


def check(workspace: Workspace) -> Soundness:
    """Integrity, event chain, contents, gaps.

    :raises RegisterFault: it cannot even be opened.
    """
    year = workspace.settings.plan.year
    with open_register(workspace.register) as register:
        faults = tuple(register.faults())
        letters = 0 if faults else sum(holding.live for holding in register.holdings(year))
        unfinished = None if faults else register.unfinished(year)
    code = ExitCode.REGISTER if faults else ExitCode.DONE
    return Soundness(code, letters, faults, unfinished.id if unfinished else None)


def listing(workspace: Workspace, wanted: Filter) -> tuple[Entry, ...]:
    """The plan year's letters that are wanted, by unit and number.

    :raises RegisterFault: no unit with letters is called that.
    :raises UsageFault: the batch cannot be read.
    """
    year = workspace.settings.plan.year
    with open_register(workspace.register) as register:
        code = unit_code(register, wanted.unit, year) if wanted.unit else None
        batch = read_batch(wanted.batch) if wanted.batch else None
        events = latest(register.events(year))
        letters = register.letters(year)
    if any(letter.serial not in events for letter in letters):
        raise RegisterFault("台账的记录对不上。请运行 pipeline register check 查看。")
    entries = [Entry(letter, events[letter.serial]) for letter in letters]
    return tuple(
        entry
        for entry in entries
        if code in {None, entry.letter.serial.unit}
        and wanted.state in {None, entry.letter.state}
        and batch in {None, entry.event.batch}
        and (wanted.since or date.min) <= entry.day <= (wanted.until or date.max)
        and _is_named(entry.letter, wanted.name or "")
    )


def _is_named(letter: Letter, text: str) -> bool:
    who = letter.applicant
    return not text or (who is not None and (text in who.name or text in who.business))


def save_listing(workspace: Workspace, entries: Sequence[Entry], name: str, now: datetime) -> Path:
    """The letters as a workbook below ``outputs/``, in the columns of the usage ledger.

    :raises UsageFault: the name leads out of ``outputs/``.
    :raises FileFault: the disk refuses.
    """
    outputs = workspace.outputs.resolve()
    path = (outputs / name).with_suffix(".xlsx").resolve()
    if not path.is_relative_to(outputs) or path.name.startswith("."):
        raise UsageFault(f"“{name}”不在 outputs 里。请只写文件名，如 清单.xlsx。")
    plan = workspace.settings.plan
    title = f"{plan.year}年{plan.county}个体工商户培育介绍信清单"
    rows = (usage_row(entry.letter, STATES[entry.letter.state], *_outcome(entry)) for entry in entries)
    with work_folder(workspace.outputs) as work, writing():
        write_table(work / "list.xlsx", title, USAGE_COLUMNS, rows, now)
        replace_file(work / "list.xlsx", path)
    return path


def _outcome(entry: Entry) -> tuple[str, str, str]:
    """Code of the business, the day of its registration, and remark."""
    event = entry.event
    if event.what == "used":
        return event.why, str(entry.day), ""
    replaced = f"原{entry.letter.replaces.key}号作废" if entry.letter.replaces else ""
    told = (str(event.day), event.who, event.why) if event.day else ()
    return "", "", "，".join(filter(None, (*told, replaced)))


def history(workspace: Workspace, text: str) -> Story:
    """A letter and all that happened to it.

    :raises UsageFault: the text names no letter, or several.
    :raises RegisterFault: there is no such letter.
    """
    first, last = read_numbers(text, workspace.settings)
    if first != last:
        raise UsageFault("一次只能看一份。")
    with open_register(workspace.register) as register:
        [letter] = register.span(first, first)
        return Story(letter, register.history(first), register.replacement(first))
