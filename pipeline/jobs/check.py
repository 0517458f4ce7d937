"""The job ``check``: everything that is wrong in ``inputs/``, and a marked copy of each faulty table."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import PurePosixPath

from pipeline.adapters.annotate import write_annotated
from pipeline.adapters.archive import Archive
from pipeline.adapters.folders import replace_folder, work_folder
from pipeline.adapters.inputs import LONGEST_NAME, input_files, read_settled, shortened
from pipeline.adapters.register import exists, open_register
from pipeline.adapters.sheet import read_sheets
from pipeline.domain.letters.model import Letter
from pipeline.domain.letters.numbering import Demand, Issued, missing_letters, numbered
from pipeline.domain.model import Problem, Source, Unit
from pipeline.domain.period import Month
from pipeline.domain.records.applicants import APPLICANTS
from pipeline.domain.records.kinds import READERS
from pipeline.domain.rollup.received import Received, received
from pipeline.domain.rollup.sent import KIND as COUNTY_FIGURES
from pipeline.domain.tables.catalogue import FileAccount
from pipeline.domain.tables.excerpt import Excerpt, excerpts
from pipeline.domain.tables.grid import Grid, Table
from pipeline.errors import Stop
from pipeline.intake import Intake, age_day, read_inputs
from pipeline.letters.batch_files import batch_files, open_templates
from pipeline.letters.preflight import misprints
from pipeline.progress import ProgressBar
from pipeline.publishing.renderer import Renderer
from pipeline.reports.dispatch import DISPATCH, issued_sheets
from pipeline.reports.rollup import ROLLUP
from pipeline.reports.rollup.compose import used_in
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Examination:
    """What ``check`` found."""

    units: tuple[Unit, ...]
    """In roster order, with their targets."""
    problems: tuple[Problem, ...]
    """What stops the letters."""
    notices: tuple[Problem, ...]
    """What the clerk should know."""
    accounts: tuple[FileAccount, ...]
    """What became of each file's lines."""
    copies: Mapping[str, str]
    """Faulty table → its marked copy."""
    excerpts: tuple[Excerpt, ...] = ()
    """The rows around what was found, where they were asked for."""


def examine(workspace: Workspace, now: datetime, bar: ProgressBar, reach: int = 0) -> Examination:
    """Read everything, try the letters out that would be numbered, and mark what is wrong in copies.

    :param reach: rows to be shown above and below what was found; 0 for no excerpts at all.
    :raises FileFault: there is no ``inputs/``, or ``outputs/`` cannot be written.
    :raises RegisterFault: the register is damaged, or what was published.
    """
    year = workspace.settings.plan.year
    day = age_day(year, now.date())
    sheets = issued_sheets(Archive(workspace.publications).each_of(DISPATCH.name))
    is_city = bool(workspace.settings.rollup.counties)
    intake = read_inputs(workspace, day, READERS, _issued(workspace), sheets=sheets, with_counties=is_city)
    sent = _sent_by_counties(workspace, intake)
    lacks = {"missing-table"} if is_city else set()  # a roll-up needs neither roster nor targets
    problems = [*(each for each in intake.problems if each.code not in lacks), *sent.problems]
    notices = [*intake.notices, *sent.notices]
    accounts = intake.accounts
    if not intake.plan_problems:
        try:
            misprinted = _misprints(workspace, intake, now.date(), bar)
            problems += misprinted
            accounts = tuple(_without(accounts, misprinted))
        except Stop as stop:
            advice = f"没有试排，不知道字数放不放得下、字能不能印：{stop}"
            notices.append(Problem(Source("templates"), None, "", "not-tried", advice))
    tables = {each.file for each in accounts if each.kind != COUNTY_FIGURES}
    told = _Told(tables, problems, notices, intake.heads, reach)
    copies, excerpts = _write_copies(workspace, told)
    return Examination(intake.units, tuple(problems), tuple(notices), accounts, copies, excerpts)


def _sent_by_counties(workspace: Workspace, intake: Intake) -> Received:
    """What a city has of its counties, held against its roll-ups; of a place that is no city nothing is asked."""
    settings = workspace.settings
    if not settings.rollup.counties:
        return Received({}, (), ())
    kept = Archive(workspace.publications).of_kind(ROLLUP.name)
    published = {Month.read(name): ROLLUP.from_plain(each.content) for name, each in kept.items()}
    year = settings.plan.year
    own = {month: each for month, each in published.items() if month.year == year}
    return received(intake.counties, year, settings.rollup, used_in(own))


def _issued(workspace: Workspace) -> tuple[Letter, ...]:
    """Letters that have been filled for somebody; does not make a register where there is none."""
    if not exists(workspace.register):
        return ()
    with open_register(workspace.register) as register:
        return register.filled(workspace.settings.plan.year)


def _misprints(workspace: Workspace, intake: Intake, today: date, bar: ProgressBar) -> list[Problem]:
    wanted = _different(_wanted(workspace, intake, today))
    if not wanted:
        return []
    bar.say("正在试排……")
    with Renderer(workspace) as renderer, batch_files(renderer, open_templates(workspace), bar) as files:
        return misprints(files, wanted, intake)


def _without(accounts: Iterable[FileAccount], misprinted: Sequence[Problem]) -> Iterator[FileAccount]:
    """Rows of lists that turned out not to be printable are not read after all."""
    rows = {found.source for found in misprinted if found.source.row}
    for account in accounts:
        own = (
            sum(source.file == account.file for source in rows) if account.kind == APPLICANTS.kind.name else 0
        )
        yield account.without({"有问题": own})


def _wanted(workspace: Workspace, intake: Intake, today: date) -> Sequence[Letter]:
    """The letters that ``letters`` would number now."""
    spare = workspace.settings.letters.spare_percent
    demand = Demand(intake.units, intake.said(APPLICANTS), spare, filled_day=today)
    if exists(workspace.register):
        with open_register(workspace.register) as register:
            return register.preview(lambda issued: missing_letters(demand, issued), workspace.serials)
    drafts = missing_letters(demand, Issued({}, ()))
    return tuple(numbered(drafts, workspace.serials, {}))


def _different(letters: Sequence[Letter]) -> Sequence[Letter]:
    """One of those letters that differ in nothing but their number."""
    return tuple({(letter.applicant, letter.signature, letter.day): letter for letter in letters}.values())


@dataclass(frozen=True, slots=True)
class _Told:
    """What was found, and what is wanted of the tables in which it was."""

    tables: Collection[str]
    """Files that are tables."""
    problems: Sequence[Problem]
    """What stops the letters."""
    notices: Sequence[Problem]
    """What the clerk should know."""
    heads: Mapping[tuple[str, str | None], Table]
    """File and sheet → its table without the rows."""
    reach: int
    """Rows to be shown around each; 0 for none."""

    def files(self) -> dict[str, bool]:
        """Each table that is to be opened again → whether something is wrong in it."""
        found = {each.source.file: True for each in self.problems if each.source.file in self.tables}
        if self.reach:
            for each in self.notices:
                if each.source.file in self.tables:
                    found.setdefault(each.source.file, False)
        return found

    def of(self, file: str) -> tuple[list[Problem], list[Problem]]:
        """The problems and the notices of a file."""
        problems, notices = (
            [each for each in told if each.source.file == file] for told in (self.problems, self.notices)
        )
        return problems, notices

    def excerpts(self, file: str, grids: Sequence[Grid]) -> Iterator[Excerpt]:
        """The rows around what was found in a file."""
        if self.reach:
            heads = {sheet: head for (own, sheet), head in self.heads.items() if own == file}
            problems, notices = self.of(file)
            yield from excerpts(grids, heads, [*problems, *notices], self.reach)


def _write_copies(workspace: Workspace, told: _Told) -> tuple[dict[str, str], tuple[Excerpt, ...]]:
    """A marked copy of each table with a problem, in ``outputs/check``; those of the last time are gone. And excerpts."""
    files = told.files()
    target = workspace.outputs / "check"
    if not files:
        replace_folder(None, target)
        return {}, ()
    names = _names([file for file, is_faulty in files.items() if is_faulty])
    copies: dict[str, str] = {}
    shown: list[Excerpt] = []
    with work_folder(workspace.outputs) as work:
        folder = work / "check"
        folder.mkdir()
        paths = input_files(workspace.inputs)
        for file, is_faulty in files.items():
            data = read_settled(paths[file], file) if file in paths else b""
            grids = data if isinstance(data, Problem) else read_sheets(file, data)
            if isinstance(data, Problem) or isinstance(grids, Problem):
                continue
            shown += told.excerpts(file, grids)
            if is_faulty:
                copy = folder / names[file]
                copy.parent.mkdir(parents=True, exist_ok=True)
                write_annotated(copy, data, grids, *told.of(file))
                copies[file] = str(target / names[file])
        replace_folder(folder if any(folder.iterdir()) else None, target)
    return copies, tuple(shown)


def _names(files: Sequence[str]) -> dict[str, str]:
    """File → its copy's name: without the suffix, unless two files differ in nothing else; never too long for a disk."""
    stems = {file: str(PurePosixPath(file).with_suffix("")) for file in files}
    taken = list(stems.values())
    names: dict[str, str] = {}
    for file, stem in stems.items():
        own = file if taken.count(stem) > 1 else stem
        names[file] = next(name for number in count(1) if (name := _name(own, number)) not in names.values())
    return names


def _name(own: str, number: int) -> str:
    *folders, last = own.split("/")
    ending = f"{number if number > 1 else ''}-已标注.xlsx"
    return "/".join([*map(shortened, folders), shortened(last, LONGEST_NAME - len(ending.encode())) + ending])
