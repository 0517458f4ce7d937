"""What the files in ``inputs/`` say together: units and their targets, the kinds asked for, every doubt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, cast

from pipeline.domain.letters.model import Letter
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Problem, Source, Unit
from pipeline.domain.period import Calendar
from pipeline.domain.records.kinds import handed_in
from pipeline.domain.records.plan.roster import ROSTER, read_roster
from pipeline.domain.records.plan.targets import TARGETS, read_targets
from pipeline.domain.records.reading import AnyReader, Known, Reader, Reading, Said, Sheets
from pipeline.domain.rollup.sent import KIND, CountyMonth
from pipeline.domain.tables.catalogue import Contents, FileAccount, accounts, contents
from pipeline.domain.tables.grid import Table
from pipeline.domain.tables.kinds import Kind
from pipeline.garbage import uncollected
from pipeline.intake.files import Figures, File, files_of, kinds_of, wanted_by
from pipeline.workspace import Settings, Workspace

_NO_SHEETS: Sheets = {}


@dataclass(frozen=True, slots=True)
class Intake:
    """What ``inputs/`` says to a job."""

    units: tuple[Unit, ...]
    """In roster order, with their targets; complete only where the plan has no problems."""
    problems: tuple[Problem, ...]
    """What cannot be used, in file and row order."""
    notices: tuple[Problem, ...]
    """What the clerk should know, in file and row order."""
    plan_problems: tuple[Problem, ...]
    """Those of the problems that no row can be left out for: in the roster, in the targets, or for want of them."""
    stopping: tuple[Problem, ...]
    """The problems but those in rows that no clerk here can correct, of registration exports: they stop no job."""
    accounts: tuple[FileAccount, ...]
    """One for each file that was read and kind of table in it."""
    counties: tuple[CountyMonth, ...]
    """What counties sent, in file order; nothing where the job has not asked for it."""
    heads: Mapping[tuple[str, str | None], Table]
    """File and sheet → its table without the rows."""
    _readings: Mapping[str, Reading[Any]] = field(repr=False)

    def reading(self, reader: Reader[Said]) -> Reading[Said]:
        """All that comes of a kind's tables.

        :raises KeyError: the job has not asked for it.
        """
        return cast("Reading[Said]", self._readings[reader.kind.name])

    def said(self, reader: Reader[Said]) -> Said:
        """What a kind's tables say, as far as it can be used.

        :raises KeyError: the job has not asked for it.
        """
        return self.reading(reader).says

    def has(self, reader: AnyReader) -> bool:
        """Whether there is a table of a kind that was asked for."""
        return bool(self.places(reader))

    def places(self, reader: AnyReader) -> str:
        """The files with tables of a kind that was asked for, as a sentence names them; empty without any."""
        files = dict.fromkeys(file for (file, _), head in self.heads.items() if head.kind == reader.kind.name)
        return "、".join(files)

    def is_of(self, problem: Problem, reader: AnyReader) -> bool:
        """Whether a problem is in a table of some kind."""
        head = self.heads.get((problem.source.file, problem.source.sheet))
        return head is not None and head.kind == reader.kind.name

    def column(self, source: Source, name: str) -> tuple[str, int | None]:
        """The clerk's own header text and the place of a column."""
        head = self.heads.get((source.file, source.sheet))
        return (head.headers.get(name, ""), head.places.get(name)) if head else ("", None)


@uncollected()
def read_inputs(
    workspace: Workspace, day: date, reads: Sequence[AnyReader] = (), issued: Sequence[Letter] = (), *,
    sheets: Sheets = _NO_SHEETS, with_counties: bool = False,
) -> Intake:  # fmt: skip
    """Recognise every table, and read the plan and the kinds that a job needs.

    A file whose sheets all have a header of another kind is left alone after its first rows.

    :param day: on which ages are counted.
    :param reads: kinds wanted besides the plan; what is in the others is nobody's concern.
    :param issued: letters that have been filled for somebody already.
    :param sheets: dispatch sheets that were issued.
    :param with_counties: whether what counties sent is wanted too; the files of others are passed over.
    :raises FileFault: there is no ``inputs/``.
    :raises UsageFault: ``[inputs] headers`` names a column that no table has.
    """
    files = files_of(workspace, reads, with_counties=with_counties)
    return gathered(files, workspace.settings, day, reads, issued, sheets)


def gathered(
    files: Iterable[File], settings: Settings, day: date,
    reads: Sequence[AnyReader], issued: Sequence[Letter] = (), sheets: Sheets = _NO_SHEETS,
) -> Intake:  # fmt: skip
    """What the sheets of all files say together."""
    kinds, wanted = kinds_of(settings), wanted_by(reads)
    counties: list[CountyMonth] = []
    found: list[Contents] = []
    for file, held in files:
        if not isinstance(held, Figures):
            found.append(handed_in(contents(file, held, kinds, wanted)))
        elif isinstance(held.said, CountyMonth):
            counties.append(held.said)
            found.append(Contents(file, accounts=(FileAccount(file, KIND, 1, 1),)))
        else:
            account = FileAccount(file, KIND, 1, left_out={"有问题": 1})
            found.append(Contents(file, problems=(held.said,), accounts=(account,)))

    def of(kind: Kind) -> list[Table]:
        return [table for each in found for table in each.tables if table.kind == kind.name]

    roster = read_roster(of(ROSTER))
    targets = read_targets(of(TARGETS), roster.says)
    serials = SerialFormat(settings.plan.year, settings.letters.serial)
    known = Known(
        targets.says, serials, day, settings.inputs.other_units, issued, settings.bulletin.campaigns,
        Calendar(settings.plan.month_end), settings.dispatch.obstacles, sheets,
        (settings.bulletin.first_month, settings.bulletin.last_month),
    )  # fmt: skip
    plan: dict[str, Reading[Any]] = {ROSTER.name: roster, TARGETS.name: targets}
    readings = plan | {reader.kind.name: reader.read(of(reader.kind), known) for reader in reads}
    heads = {(each.file, sheet): head for each in found for sheet, head in each.heads.items()}
    foreign = {reader.kind.name for reader in reads if not reader.kind.stops}

    def stops(problem: Problem) -> bool:
        head = heads.get((problem.source.file, problem.source.sheet))
        return head is None or head.kind not in foreign

    each_with: tuple[Contents | Reading[Any], ...] = (*found, *readings.values())
    problems = _in_order(found, chain.from_iterable(each.problems for each in each_with))
    return Intake(
        targets.says,
        problems,
        _in_order(found, chain.from_iterable(each.notices for each in each_with)),
        _in_order(found, (*roster.problems, *targets.problems)),
        tuple(filter(stops, problems)),
        accounts(found, {name: reading.left_out for name, reading in readings.items()}),
        tuple(counties),
        heads,
        readings,
    )


def _in_order(found: Sequence[Contents], told: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by file, sheet and row; those of no file last."""
    places: dict[tuple[str, str | None], int] = {}
    for each in found:
        for sheet in (None, *each.sheets):
            places.setdefault((each.file, sheet), len(places))

    def place(problem: Problem) -> tuple[int, int, int]:
        source = problem.source
        file = places.get((source.file, None), len(places))
        return file, places.get((source.file, source.sheet), file), source.row or 0

    return tuple(sorted(told, key=place))


def age_day(year: int, today: date) -> date:
    """Day on which ages are counted where no letter's date is given: today, at the latest the plan year's last."""
    return min(today, date(year, 12, 31))
