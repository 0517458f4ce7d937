"""What clerks dragged into ``inputs/`` → units, applicants, registrations, and every doubt found on the way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pipeline.adapters.files import input_files, read_settled
from pipeline.adapters.sheet import read_sheets
from pipeline.domain.applicants import Lists
from pipeline.domain.checks import read_roster, read_targets, unlisted
from pipeline.domain.headers import recognise
from pipeline.domain.kinds import KINDS, Kind, with_words
from pipeline.domain.model import Applicant, Grid, Letter, Problem, Source, Table, Unit
from pipeline.domain.notes import Notes
from pipeline.domain.registrations import Registration, read_registrations
from pipeline.errors import UsageFault
from pipeline.settings import Settings, Workspace

PLAN = ("roster", "targets")
"""Kinds of table without which no letter can be numbered."""
FINDINGS = "问题清单"
"""How the first line of a marked copy's list begins."""


@dataclass(slots=True)
class Account:
    """What became of the lines of a file; ``rows`` is ``read`` and all of ``left_out`` together."""

    file: str
    """Path below ``inputs/``."""
    kind: str | None
    """Kind of its tables; None where it is none, or could not be opened."""
    rows: int = 0
    """Lines that are not blank."""
    read: int = 0
    """Lines taken as units, applicants, registrations …"""
    left_out: Counter[str] = field(default_factory=Counter)
    """Reason → lines that were not."""

    def add(self, rows: int, left_out: Mapping[str, int]) -> None:
        """Enter a sheet of so many lines."""
        self.rows += rows
        self.left_out.update(left_out)
        self.read += rows - sum(left_out.values())

    def leave_out(self, left_out: Mapping[str, int]) -> None:
        """Lines entered as read that turned out not to be usable."""
        self.left_out.update(left_out)
        self.read -= sum(left_out.values())


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
    problems: tuple[Problem, ...]
    """What stops the letters, in file and row order."""
    notices: tuple[Problem, ...]
    """What the clerk should know, in file and row order."""
    accounts: tuple[Account, ...]
    """One for each file and kind of table in it."""
    plan_problems: tuple[Problem, ...] = ()
    """Those of the problems that no row can be left out for: in the roster, in the targets, or for want of them."""
    table_problems: tuple[Problem, ...] = ()
    """Those of whole files and tables, and those of the plan."""
    heads: Mapping[tuple[str, str | None], Table] = field(default_factory=dict)
    """File and sheet → its table without the rows."""

    def is_of(self, problem: Problem, kind: str) -> bool:
        """Whether a problem is in a table of some kind."""
        head = self.heads.get((problem.source.file, problem.source.sheet))
        return head is not None and head.kind == kind

    def column(self, source: Source, name: str) -> tuple[str, int | None]:
        """The clerk's own header text and the place of a column."""
        head = self.heads.get((source.file, source.sheet))
        return (head.headers.get(name, ""), head.places.get(name)) if head else ("", None)


def read_inputs(workspace: Workspace, day: date, issued: Sequence[Letter] = ()) -> Intake:
    """Read every file, recognise every table, check every row.

    :param day: on which ages are counted.
    :param issued: letters that have been filled for somebody already.
    :raises FileFault: there is no ``inputs/``.
    :raises UsageFault: ``[inputs] headers`` names a column that no table has.
    """
    kinds = _kinds(workspace)
    files = ((path, path.relative_to(workspace.inputs).as_posix()) for path in input_files(workspace.inputs))
    return gathered(
        ((file, _sheets(path, file)) for path, file in files), workspace.settings, kinds, day, issued
    )


def _sheets(path: Path, file: str) -> tuple[Grid, ...] | Problem:
    data = read_settled(path, file)
    return data if isinstance(data, Problem) else read_sheets(file, data)


def gathered(
    files: Iterable[tuple[str, tuple[Grid, ...] | Problem]], settings: Settings, kinds: Sequence[Kind], day: date,
    issued: Sequence[Letter] = (),
) -> Intake:  # fmt: skip
    """What the sheets of all files say together.

    :param files: each file's path below ``inputs/``, with its sheets or why it could not be opened.
    """
    reader = _Reader(kinds)
    for file, found in files:
        reader.take(file, found)
    units = reader.read_plan()
    lists = Lists(units, day, issued, settings.inputs.other_units)
    for table in reader.of_kind("applicants"):
        reader.enter(table, lists.read(table))
    exports = list(reader.of_kind("registrations"))
    registrations = read_registrations(
        exports, units, settings.plan.year, settings.letters.serial, settings.inputs.other_units
    )
    for table in exports:
        reader.enter(table, {})
    notes = Notes()
    for table in reader.of_kind("notes"):
        reader.enter(table, notes.read(table))
    for file, left_out in registrations.left_out.items():
        reader.leave_out(file, "registrations", left_out)
    problems = [*reader.problems, *lists.findings.problems, *registrations.problems]
    notices = [*reader.notices, *lists.findings.notices, *registrations.notices, *notes.findings.notices]
    return Intake(
        units,
        lists.applicants,
        registrations.businesses,
        notes,
        tuple(sorted(problems, key=reader.place_of)),
        tuple(sorted(notices, key=reader.place_of)),
        tuple(reader.accounts()),
        tuple(sorted(reader.plan_problems, key=reader.place_of)),
        tuple(sorted(reader.problems, key=reader.place_of)),
        reader.heads(),
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


def _is_list_of_findings(grid: Grid) -> bool:
    """Whether a sheet is the one that ``check`` puts into a marked copy; a clerk may send the copy back, mended."""
    return bool(grid.rows) and str(grid.rows[0][1][0] or "").startswith(f"{FINDINGS}：")


class _Reader:
    """Tables gathered file by file, with what is wrong and what became of each line."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        self.plan_problems: list[Problem] = []
        self._kinds = kinds
        self._tables: list[Table] = []
        self._lines: dict[tuple[str, str | None], int] = {}
        self._order: dict[tuple[str, str | None], int] = {}
        self._accounts: dict[tuple[str, str | None], Account] = {}

    def take(self, file: str, found: tuple[Grid, ...] | Problem) -> None:
        """A file's sheets, or why it could not be opened."""
        self._order[file, None] = len(self._order)
        if isinstance(found, Problem):
            self.problems.append(found)
            self._account(file, None)
            return
        visible = [grid for grid in found if grid.rows and not grid.is_hidden]
        shown = [grid for grid in visible if not _is_list_of_findings(grid)]
        outcomes = [(grid, recognise(grid, self._kinds)) for grid in shown]
        has_table = any(isinstance(outcome, Table) for _, outcome in outcomes)
        hidden = [grid for grid in found if grid.rows and grid.is_hidden]
        first = next((outcome.kind for _, outcome in outcomes if isinstance(outcome, Table)), None)
        for grid, outcome in outcomes:
            self._order[file, grid.source.sheet] = len(self._order)
            if isinstance(outcome, Table):
                self._take_table(grid, outcome)
            else:
                is_remark = has_table and outcome.code == "unknown-table" and "最像" not in outcome.advice
                (self.notices if is_remark else self.problems).append(outcome)
                self._account(file, first if is_remark else None).add(
                    len(grid.rows), {"说明页" if is_remark else "不是认得的表": len(grid.rows)}
                )
        for grid in filter(_is_list_of_findings, visible):
            self._account(file, first).add(len(grid.rows), {FINDINGS: len(grid.rows)})
        for grid in hidden:
            advice = f"隐藏的工作表“{grid.source.sheet}”没有读（{len(grid.rows)}行）。要用的，请取消隐藏。"
            self.notices.append(Problem(grid.source, None, "", "hidden-sheet", advice))
            self._account(file, first).add(len(grid.rows), {"隐藏的工作表": len(grid.rows)})
        if not shown:
            advice = "表里没有内容。请补上，或把文件移出 inputs。"
            self.problems.append(Problem(Source(file), None, "", "empty-file", advice))

    def _take_table(self, grid: Grid, table: Table) -> None:
        self._tables.append(table)
        self._lines[table.source.file, table.source.sheet] = len(grid.rows)
        if not table.rows and table.kind not in PLAN:
            advice = "只有表头，没有内容。要用的，请补上。"
            self.notices.append(Problem(grid.source, None, "", "empty-table", advice))
        concealed = [number for number, _ in grid.rows if number in grid.concealed]
        if concealed:
            some = "、".join(map(str, concealed[:10])) + ("等" if len(concealed) > 10 else "")
            advice = f"有{len(concealed)}行被隐藏或筛选掉了（第{some}行），照样读了。不要的，请删去。"
            self.notices.append(Problem(grid.source, None, "", "hidden-rows", advice))

    def of_kind(self, kind: str) -> Iterator[Table]:
        """Tables of a kind, in file and sheet order."""
        return (table for table in self._tables if table.kind == kind)

    def heads(self) -> dict[tuple[str, str | None], Table]:
        """Every table without its rows."""
        return {(table.source.file, table.source.sheet): replace(table, rows=()) for table in self._tables}

    def enter(self, table: Table, left_out: Mapping[str, int]) -> None:
        """Enter what became of a table's lines."""
        lines = self._lines[table.source.file, table.source.sheet]
        self._account(table.source.file, table.kind).add(lines, Counter(table.left_out) + Counter(left_out))

    def leave_out(self, file: str, kind: str, left_out: Mapping[str, int]) -> None:
        """Lines of a file that were entered as read."""
        self._account(file, kind).leave_out(left_out)

    def read_plan(self) -> tuple[Unit, ...]:
        """The units with their targets (岚政办发〔2022〕20号 附件1); what is wrong is a plan problem."""
        units: tuple[Unit, ...] = ()
        roster, targets = self._only("roster"), self._only("targets")
        if roster:
            units, faults, left_out = read_roster(roster)
            self._blame(faults)
            self.enter(roster, left_out)
        if targets and units:
            units, faults, left_out = read_targets(targets, units)
            self._blame(faults)
            self.enter(targets, left_out)
            for name in () if faults else unlisted(units, targets):
                advice = f"任务分解表里没有“{name}”，按没有任务处理。"
                self.notices.append(Problem(targets.source, None, "", "unlisted-unit", advice))
        return units

    def _only(self, kind: str) -> Table | None:
        """The one table of a kind; none or several are a plan problem."""
        title = next(known.title for known in KINDS if known.name == kind)
        found = list(self.of_kind(kind))
        if not found:
            advice = f"没有{title}，请把它放进 inputs。"
            self._blame([Problem(Source("inputs"), None, "", "missing-table", advice)])
            return None
        if len(found) > 1:
            places = "、".join(f"{table.source.file}（{table.source.sheet}）" for table in found)
            advice = f"{title}有{len(found)}份，请只留一份。"
            self._blame([Problem(found[1].source, None, places, "duplicate-table", advice)])
            return None
        return found[0]

    def _blame(self, faults: Sequence[Problem]) -> None:
        self.problems += faults
        self.plan_problems += faults

    def _account(self, file: str, kind: str | None) -> Account:
        return self._accounts.setdefault((file, kind), Account(file, kind))

    def accounts(self) -> Iterator[Account]:
        """Every file's, in file order; tables that nobody read count as left out."""
        entered = {(account.file, account.kind) for account in self._accounts.values()}
        for table in self._tables:
            if (table.source.file, table.kind) not in entered:
                self.enter(
                    table,
                    {
                        "没有用到": self._lines[table.source.file, table.source.sheet]
                        - sum(table.left_out.values())
                    },
                )
        order = self._order
        return iter(sorted(self._accounts.values(), key=lambda account: order[account.file, None]))

    def place_of(self, problem: Problem) -> tuple[int, int, int]:
        """Where a problem stands among all: by file, sheet, row."""
        source = problem.source
        file = self._order.get((source.file, None), len(self._order))
        return file, self._order.get((source.file, source.sheet), file), source.row or 0
