"""The job ``register check``: whether the register and what was published from it are sound."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.adapters.archive import Archive
from pipeline.adapters.register import Register, open_register
from pipeline.adapters.secret import known_secret
from pipeline.domain.letters.lifecycle import Event
from pipeline.domain.letters.model import BatchId
from pipeline.domain.letters.numbering import parse_batch_id
from pipeline.errors import ExitCode, FileFault, RegisterFault
from pipeline.publishing.manifest import letter_differences, report_differences
from pipeline.reports.kinds import REPORTS
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Soundness:
    """What ``register check`` found."""

    exit_code: int
    """0 or 6."""
    letters: int
    """How many letters there are."""
    faults: tuple[str, ...]
    """What is wrong with the register or the publications kept beside it, in Chinese."""
    altered: tuple[str, ...]
    """Published files that are not as they were published, in Chinese; not looked at in a faulty register."""
    missing: tuple[BatchId, ...]
    """The plan year's published batches whose folder is not there: no fault, they can be made again."""
    unfinished: BatchId | None
    """A batch that was numbered but not printed because a run died."""


def check(workspace: Workspace) -> Soundness:
    """Integrity, event chain, contents, gaps; kept publications; published files against their manifests.

    A folder that is not there is no fault: it can be made again, or lies somewhere else.

    :raises RegisterFault: it cannot even be opened.
    """
    year = workspace.settings.plan.year
    kept = _archive_faults(workspace)
    with open_register(workspace.register) as register:
        faults = tuple(register.faults())
        if faults:
            return Soundness(ExitCode.REGISTER, 0, (*faults, *kept), (), (), None)
        letters = sum(holding.live for holding in register.holdings(year))
        unfinished = register.unfinished(year, workspace.office)
        batches = _published_batches(workspace)
        altered = (*_letter_faults(workspace, register, batches), *_report_faults(workspace))
        missing = [one for one in register.published(year, workspace.office) if one not in batches]
    code = ExitCode.REGISTER if kept or altered else ExitCode.DONE
    return Soundness(code, letters, kept, altered, tuple(missing), unfinished.id if unfinished else None)


def _archive_faults(workspace: Workspace) -> tuple[str, ...]:
    try:
        Archive(workspace.publications)
    except RegisterFault as fault:
        return (str(fault),)
    return ()


def _published_batches(workspace: Workspace) -> dict[BatchId, Path]:
    folders = _folders(workspace.outputs / "letters")
    return {identity: path for path in folders if (identity := parse_batch_id(path.name))}


def _letter_faults(workspace: Workspace, register: Register, batches: dict[BatchId, Path]) -> Iterator[str]:
    reprints = _folders(workspace.reprints)
    # The folders were looked up first: each was numbered, or entered, before it could appear.
    years = {workspace.settings.plan.year, *(batch.year for batch in batches)}
    events = [event for year in sorted(years) for event in register.events(year)]
    reserved, digests = {event.batch for event in events}, _digests(events)
    for identity, path in sorted(batches.items()):
        if identity in digests:
            yield from _named(f"批次 {path.name}", letter_differences(path, digests[identity]))
        elif identity not in reserved:
            yield f"批次 {path.name}：台账里没有这一批，文件来历不明。"
    for path in reprints:
        entered = {
            event.why
            for event in events
            if event.what == "sealed" and f"{event.at:%Y-%m-%d-%H%M%S}" == path.name
        }
        yield from _named(f"{workspace.reprints.name} {path.name}", letter_differences(path, entered))


def _digests(events: list[Event]) -> dict[BatchId, set[str]]:
    """Published batch → digests of the manifests with which it came out."""
    found: dict[BatchId, set[str]] = {}
    for event in events:
        if event.what in {"printed", "rebuilt"}:
            found.setdefault(event.batch, set()).add(event.why)
    return found


def _report_faults(workspace: Workspace) -> Iterator[str]:
    for report in (each for each in REPORTS if each.is_sealed):
        folders = _folders(workspace.outputs / report.name)
        try:
            secret = known_secret(workspace.secret) if folders else b""
        except FileFault as fault:
            yield f"{report.title}没有核对：{fault}"
            continue
        for folder in folders:
            yield from _named(
                f"{report.title} {folder.name}", report_differences(report.name, folder, secret)
            )


def _folders(base: Path) -> list[Path]:
    return sorted(path for path in base.iterdir() if path.is_dir()) if base.is_dir() else []


def _named(name: str, differences: Iterator[str]) -> Iterator[str]:
    return (f"{name}：{each}" for each in differences)
