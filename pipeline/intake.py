"""What clerks dragged into ``inputs/`` → units, applicants, registrations, and every doubt found on the way."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

from pipeline.adapters.inputs import input_files, is_half_downloaded, read_settled
from pipeline.adapters.sheet import read_sheets
from pipeline.domain.letters.model import Letter
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Applicant, Problem, Source, Unit
from pipeline.domain.records.applicants import Lists
from pipeline.domain.records.notes import Notes
from pipeline.domain.records.plan import read_plan
from pipeline.domain.records.receipts import Receipts
from pipeline.domain.records.registrations import Registration, read_registrations
from pipeline.domain.tables.catalogue import Catalogue, FileAccount
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.tables.kinds import KINDS, Kind, with_words
from pipeline.errors import UsageFault
from pipeline.workspace import Settings, Workspace

ROWS = ("applicants", "registrations", "notes", "receipts")
"""Kinds of table that are read for their rows; the plan, roster and targets, is read for every job."""


@dataclass(frozen=True, slots=True)
class Intake:
    """All that ``inputs/`` says."""

    units: tuple[Unit, ...]
    """In roster order, with their targets; complete only where the plan has no problems."""
    applicants: Mapping[str, Sequence[Applicant]]
    """Unit code → applicants without a fault, in list order."""
    registrations: tuple[Registration, ...]
    """Every business of the registration exports once, in order of first appearance."""
    notes: Notes
    """The clerk's own words for the bulletin."""
    receipts: Receipts
    """Who signed for which letters; its problems stop nothing but their being entered."""
    problems: tuple[Problem, ...]
    """What cannot be used, in file and row order."""
    notices: tuple[Problem, ...]
    """What the clerk should know, in file and row order."""
    accounts: tuple[FileAccount, ...]
    """One for each file and kind of table in it."""
    plan_problems: tuple[Problem, ...] = ()
    """Those of the problems that no row can be left out for: in the roster, in the targets, or for want of them."""
    heads: Mapping[tuple[str, str | None], Table] = field(default_factory=dict)
    """File and sheet → its table without the rows."""

    @property
    def stopping(self) -> tuple[Problem, ...]:
        """The problems but those in rows of registration exports, which no clerk here can correct: they stop no job."""
        return tuple(problem for problem in self.problems if not self.is_of(problem, "registrations"))

    def is_of(self, problem: Problem, kind: str) -> bool:
        """Whether a problem is in a table of some kind."""
        head = self.heads.get((problem.source.file, problem.source.sheet))
        return head is not None and head.kind == kind

    def column(self, source: Source, name: str) -> tuple[str, int | None]:
        """The clerk's own header text and the place of a column."""
        head = self.heads.get((source.file, source.sheet))
        return (head.headers.get(name, ""), head.places.get(name)) if head else ("", None)


def read_inputs(
    workspace: Workspace, day: date, reads: Collection[str] = ROWS, issued: Sequence[Letter] = ()
) -> Intake:
    """Read every file, recognise every table, check every row of the kinds that a job needs.

    :param day: on which ages are counted.
    :param reads: kinds of table whose rows are wanted besides the plan; what is in the others is nobody's concern.
    :param issued: letters that have been filled for somebody already.
    :raises FileFault: there is no ``inputs/``.
    :raises UsageFault: ``[inputs] headers`` names a column that no table has.
    """
    kinds = _kinds(workspace)
    files = ((file, _sheets(path, file)) for file, path in input_files(workspace.inputs).items())
    return gathered(files, workspace.settings, kinds, day, reads, issued)


def _sheets(path: Path, file: str) -> tuple[Grid, ...] | Problem:
    if is_half_downloaded(file):
        advice = "文件没有下载完，没有读。请等下载完，或重新下载后放入；不要的，请删去。"
        return Problem(Source(file), None, "", "half-downloaded", advice)
    data = read_settled(path, file)
    return data if isinstance(data, Problem) else read_sheets(file, data)


def gathered(
    files: Iterable[tuple[str, tuple[Grid, ...] | Problem]], settings: Settings, kinds: Sequence[Kind], day: date,
    reads: Collection[str] = ROWS, issued: Sequence[Letter] = (),
) -> Intake:  # fmt: skip
    """What the sheets of all files say together.

    :param files: each file's path below ``inputs/``, with its sheets or why it could not be opened.
    """
    tables = Catalogue(kinds)
    for file, found in files:
        tables.take(file, found)
    units, serials = read_plan(tables), SerialFormat(settings.plan.year, settings.letters.serial)
    wanted = {kind: list(tables.of_kind(kind)) if kind in reads else [] for kind in ROWS}
    lists = Lists(units, day, issued, settings.inputs.other_units)
    for table in wanted["applicants"]:
        tables.enter(table, lists.read(table))
    for file, count in lists.doubted.items():
        tables.leave_out(file, "applicants", {"有问题": count})
    registrations = read_registrations(
        wanted["registrations"],
        units,
        serials,
        settings.inputs.other_units,
    )
    for table in wanted["registrations"]:
        tables.enter(table, {})
    notes = Notes()
    for table in wanted["notes"]:
        tables.enter(table, notes.read(table))
    receipts = Receipts(units, serials)
    for table in wanted["receipts"]:
        tables.enter(table, receipts.read(table))
    for file, left_out in registrations.left_out.items():
        tables.leave_out(file, "registrations", left_out)
    problems = [*tables.problems, *lists.findings.problems, *registrations.problems]
    told = (lists.findings.notices, registrations.notices, notes.findings.notices, receipts.findings.notices)
    notices = [*tables.notices, *chain.from_iterable(told)]
    return Intake(
        units,
        lists.applicants,
        registrations.businesses,
        notes,
        receipts,
        tuple(sorted(problems, key=tables.place_of)),
        tuple(sorted(notices, key=tables.place_of)),
        tuple(tables.accounts()),
        tuple(sorted(tables.plan_problems, key=tables.place_of)),
        tables.heads(),
    )


def age_day(year: int, today: date) -> date:
    """Day on which ages are counted where no letter's date is given: today, at the latest the plan year's last."""
    return min(today, date(year, 12, 31))


def _kinds(workspace: Workspace) -> tuple[Kind, ...]:
    try:
        return with_words(workspace.settings.inputs.headers)
    except KeyError as fault:
        known = dict.fromkeys(words[0] for kind in KINDS for words in kind.columns.values())
        raise UsageFault(
            f"pipeline.toml 的 [inputs] headers 里写了“{fault.args[0]}”，没有这样的列。可写的有：{'、'.join(known)}。"
        ) from None
