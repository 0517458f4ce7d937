"""The job ``register check``: whether the register and what was published from it are sound."""

from dataclasses import dataclass
from datetime import date
from pipeline.adapters.register import Holding, open_register
from pipeline.jobs.register.selection import read_numbers
from pipeline.domain.letters.lifecycle import Event
from pipeline.domain.letters.model import BatchId, Letter
from pipeline.errors import ExitCode, UsageFault
from pipeline.publishing.manifest import archive_fault, inspect
from pipeline.intake import read_inputs
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Soundness:
    """What ``register check`` found."""

    exit_code: int
    """0 or 6."""
    letters: int
    """How many letters there are."""
    faults: tuple[str, ...]
    """What is wrong with the register or the bulletins kept beside it, in Chinese."""
    altered: tuple[str, ...]
    """Published files that are not as they were published, in Chinese; not looked at in a faulty register."""
    missing: tuple[BatchId, ...]
    """Published batches whose folder is not there: no fault, they can be made again."""
    unfinished: BatchId | None
    """A batch that was numbered but not printed because a run died."""


def check(workspace: Workspace) -> Soundness:
    """Integrity, event chain, contents, gaps; kept bulletins; published files against their manifests.

    :raises RegisterFault: it cannot even be opened.
    """
    year = workspace.settings.plan.year
    archived = archive_fault(workspace)
    bulletins = (archived,) if archived else ()
    with open_register(workspace.register) as register:
        faults = tuple(register.faults())
        if faults:
            return Soundness(ExitCode.REGISTER, 0, (*faults, *bulletins), (), (), None)
        letters = sum(holding.live for holding in register.holdings(year))
        unfinished = register.unfinished(year, workspace.office)
        found = inspect(workspace, register)
    code = ExitCode.REGISTER if bulletins or found.altered else ExitCode.DONE
    return Soundness(
        code, letters, bulletins, found.altered, found.missing, unfinished.id if unfinished else None
    )
