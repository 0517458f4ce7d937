"""The jobs ``register status`` and ``register history``: who has which numbers, and what became of one."""

from dataclasses import dataclass
from datetime import date

from pipeline.adapters.register import open_register
from pipeline.domain.letters.lifecycle import Event
from pipeline.domain.letters.model import BatchId, Holding, Letter
from pipeline.errors import UsageFault
from pipeline.intake import read_inputs
from pipeline.jobs.register.selection import read_numbers
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class UnitSummary:
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
class Summary:
    """The register at a glance."""

    accounts: tuple[UnitSummary, ...]
    """One for each unit of the roster or with letters, by unit code."""
    unfinished: BatchId | None
    """A batch that was numbered but not printed because a run died."""


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of one letter."""

    letter: Letter
    """The letter."""
    events: tuple[Event, ...]
    """What happened to it, in order."""
    replacement: Letter | None
    """The letter that was numbered in its place."""


def status(workspace: Workspace) -> Summary:
    """Per unit: target, live letters, number ranges, batches."""
    year = workspace.settings.plan.year
    with open_register(workspace.register) as register:
        held = {holding.unit_code: holding for holding in register.holdings(year)}
        unfinished = register.unfinished(year, workspace.office)
    intake = read_inputs(workspace, date.max, ())
    names = {code: holding.unit_name for code, holding in held.items()} | {
        unit.code: unit.name for unit in intake.units
    }
    targets = {} if intake.plan_problems else {unit.code: unit.target for unit in intake.units}
    accounts = tuple(
        UnitSummary(code, names[code], targets.get(code), held.get(code)) for code in sorted(names)
    )
    return Summary(accounts, unfinished.id if unfinished else None)


def history(workspace: Workspace, text: str) -> Story:
    """A letter and all that happened to it.

    :raises UsageFault: the text names no letter, or several.
    :raises RegisterFault: there is no such letter.
    """
    first, last = read_numbers(text, workspace.serials)
    if first != last:
        raise UsageFault("一次只能看一份。")
    with open_register(workspace.register) as register:
        [letter] = register.span(first, first)
        return Story(letter, register.history(first), register.replacement(first))
