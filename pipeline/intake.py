"""What clerks dragged into ``inputs/`` → what the tables of the kinds that a job asks for say.

Every file's sheets are recognised by their headers. Only the plan, roster and targets, and the kinds asked for are
worked through, and only what is wrong in these, or in a file that nobody can make out, is told.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any, cast

from pipeline.adapters.inputs import input_files, is_half_downloaded, read_settled
from pipeline.adapters.sealed import json_text, seal_of
from pipeline.adapters.sheet import read_sheets
from pipeline.adapters.workers import workers
from pipeline.domain.letters.model import Letter
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Problem, Source, Unit
from pipeline.domain.period import Calendar
from pipeline.domain.records.kinds import KINDS, handed_in
from pipeline.domain.records.plan.roster import ROSTER, read_roster
from pipeline.domain.records.plan.targets import TARGETS, read_targets
from pipeline.domain.records.reading import AnyReader, Known, Reader, Reading, Said, Sheets
from pipeline.domain.rollup.sent import KIND, CountyMonth, Sent, are_figures, read_sent
from pipeline.domain.tables.catalogue import Contents, FileAccount, accounts, contents, is_needed
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.tables.headers import HEADER_WITHIN
from pipeline.domain.tables.kinds import Kind, with_words
from pipeline.errors import UsageFault
from pipeline.garbage import uncollected
from pipeline.workspace import Settings, Workspace

WORTH_A_PROCESS = 8_000_000
"""Bytes of tables that take longer to read than a second process to start."""
_NO_SHEETS: Sheets = {}
File = tuple[str, Sequence[Grid] | Sent | Problem]
"""Path below ``inputs/``; its sheets, what a county sent in it, or why it could not be opened."""


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
        return any(head.kind == reader.kind.name for head in self.heads.values())

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


def files_of(
    workspace: Workspace, reads: Sequence[AnyReader], *, with_counties: bool = False
) -> Iterator[File]:
    """Each file that may concern a job: sheets, a county's figures, or why it cannot be opened; read by two if large."""
    found = list(_looked_into(workspace, reads, with_counties=with_counties))
    whole = [(file, held) for file, held in found if isinstance(held, bytes)]
    if len(whole) < 2 or sum(len(data) for _, data in whole) < WORTH_A_PROCESS:
        return ((file, read_sheets(file, held) if isinstance(held, bytes) else held) for file, held in found)
    with workers(workspace.cluster, of_two=True) as processes:
        read = dict(zip((file for file, _ in whole), processes.map(read_sheets, whole), strict=True))
    return ((file, read.pop(file) if isinstance(held, bytes) else held) for file, held in found)


def _looked_into(
    workspace: Workspace, reads: Sequence[AnyReader], *, with_counties: bool
) -> Iterator[tuple[str, bytes | Sent | Problem]]:
    """The same, and the bytes of those files that are to be read whole."""
    kinds, wanted = _kinds(workspace.settings), _wanted(reads)
    for file, path in input_files(workspace.inputs).items():
        if is_half_downloaded(file):
            advice = "文件没有下载完，没有读。请等下载完，或重新下载后放入；不要的，请删去。"
            yield file, Problem(Source(file), None, "", "half-downloaded", advice)
            continue
        data = read_settled(path, file)
        if isinstance(data, Problem):
            yield file, data
            continue
        text = json_text(data)
        if text is not None and are_figures(text):
            if with_counties:
                yield file, _sent(file, path, text)
            continue
        first = read_sheets(file, data, HEADER_WITHIN)
        if isinstance(first, Problem) or is_needed(first, kinds, wanted):
            yield file, data


def _sent(file: str, path: Path, text: str) -> Sent:
    """What a file of a county holds, its seal looked at."""
    on = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    try:
        content = json.loads(text)
        return Sent(file, on, content, *seal_of(content))
    except (ValueError, RecursionError):
        return Sent(file, on, None, None, "")


def gathered(
    files: Iterable[File], settings: Settings, day: date,
    reads: Sequence[AnyReader], issued: Sequence[Letter] = (), sheets: Sheets = _NO_SHEETS,
) -> Intake:  # fmt: skip
    """What the sheets of all files say together."""
    kinds, wanted = _kinds(settings), _wanted(reads)
    counties: list[CountyMonth] = []
    found: list[Contents] = []
    for file, held in files:
        if not isinstance(held, Sent):
            found.append(handed_in(contents(file, held, kinds, wanted)))
        elif isinstance(month := read_sent(held), CountyMonth):
            counties.append(month)
            found.append(Contents(file, accounts=(FileAccount(file, KIND, 1, 1),)))
        else:
            account = FileAccount(file, KIND, 1, left_out={"有问题": 1})
            found.append(Contents(file, problems=(month,), accounts=(account,)))

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


def _wanted(reads: Iterable[AnyReader]) -> set[str]:
    return {ROSTER.name, TARGETS.name, *(reader.kind.name for reader in reads)}


def _kinds(settings: Settings) -> tuple[Kind, ...]:
    try:
        return with_words(KINDS, settings.inputs.headers)
    except KeyError as fault:
        known = dict.fromkeys(words[0] for kind in KINDS for words in kind.columns.values())
        raise UsageFault(
            f"pipeline.toml 的 [inputs] headers 里写了“{fault.args[0]}”，没有这样的列。可写的有：{'、'.join(known)}。"
        ) from None
