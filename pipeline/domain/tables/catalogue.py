"""The sheets of all files sorted by what they are, with an account of every line."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.domain.model import Problem, Source
from pipeline.domain.tables.characters import legible_grid
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.tables.pages import Fate, Sheet, sorted_sheets

PLAN = ("roster", "targets")
"""Kinds of table without which no letter can be numbered."""
FINDINGS = "问题清单"
"""How the first line of a marked copy's list begins."""
_LEFT_OUT = {
    Fate.COPY: "重复的表",
    Fate.ORPHAN: "没有表头",
    Fate.HEADED: "不是认得的表",
    Fate.REMARK: "说明页",
}
"""Why the lines of a sheet are left out."""


@dataclass(slots=True)
class FileAccount:
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


def _is_list_of_findings(grid: Grid) -> bool:
    """Whether a sheet is the one that ``check`` puts into a marked copy; a clerk may send the copy back, mended."""
    return bool(grid.rows) and str(grid.rows[0][1][0] or "").startswith(f"{FINDINGS}：")


def _read_all_the_same(grid: Grid, among: frozenset[int], how: str) -> str:
    """What to say of rows that are read although the clerk may not mean them; empty for none."""
    rows = [number for number, _ in grid.rows if number in among] if among else []
    some = "、".join(map(str, rows[:10])) + ("等" if len(rows) > 10 else "")
    return f"有{len(rows)}行{how}（第{some}行），照样读了。不要的，请删去。" if rows else ""


class Catalogue:
    """Tables gathered file by file, with what is wrong and what became of each line."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        self.plan_problems: list[Problem] = []
        self._kinds = kinds
        self._tables: list[Table] = []
        self._heads: dict[tuple[str, str | None], Table] = {}
        self._lines: dict[tuple[str, str | None], int] = {}
        self._order: dict[tuple[str, str | None], int] = {}
        self._accounts: dict[tuple[str, str | None], FileAccount] = {}

    def take(self, file: str, found: tuple[Grid, ...] | Problem) -> None:
        """A file's sheets, or why it could not be opened."""
        self._order[file, None] = len(self._order)
        if isinstance(found, Problem):
            (self.notices if found.code == "half-downloaded" else self.problems).append(found)
            self._account(file, None)
            return
        found = tuple(map(legible_grid, found))
        visible = [grid for grid in found if grid.rows and not grid.is_hidden]
        shown = [grid for grid in visible if not _is_list_of_findings(grid)]
        for grid in shown:
            self._order.setdefault((file, grid.source.sheet), len(self._order))
        sheets = sorted_sheets(shown, self._kinds)
        hidden = [grid for grid in found if grid.rows and grid.is_hidden]
        first = next((sheet.outcome.kind for sheet in sheets if isinstance(sheet.outcome, Table)), None)
        for sheet in sheets:
            if isinstance(sheet.outcome, Table):
                self._take_table(sheet, sheet.outcome)
                continue
            is_told = sheet.fate in {Fate.REMARK, Fate.COPY}
            (self.notices if is_told else self.problems).append(sheet.outcome)
            lines = len(sheet.grid.rows)
            self._account(file, first if is_told else None).add(lines, {_LEFT_OUT[sheet.fate]: lines})
        for grid in filter(_is_list_of_findings, visible):
            self._account(file, first).add(len(grid.rows), {FINDINGS: len(grid.rows)})
        for grid in hidden:
            advice = f"隐藏的工作表“{grid.source.sheet}”没有读（{len(grid.rows)}行）。要用的，请取消隐藏。"
            self.notices.append(Problem(grid.source, None, "", "hidden-sheet", advice))
            self._account(file, first).add(len(grid.rows), {"隐藏的工作表": len(grid.rows)})
        if not shown:
            advice = "表里没有内容。请补上，或把文件移出 inputs。"
            self.problems.append(Problem(Source(file), None, "", "empty-file", advice))

    def _take_table(self, sheet: Sheet, table: Table) -> None:
        grids = (sheet.grid, *sheet.pages)
        self._tables.append(table)
        self.notices += table.remarks
        self._lines[table.source.file, table.source.sheet] = sum(len(grid.rows) for grid in grids)
        if not (table.rows or table.faults or table.doubts or table.kind in PLAN):
            advice = "只有表头，没有内容。要用的，请补上。"
            self.notices.append(Problem(sheet.grid.source, None, "", "empty-table", advice))
        if sheet.pages:
            names = "、".join(f"“{page.source.sheet}”" for page in sheet.pages)
            lines = sum(len(page.rows) for page in sheet.pages)
            advice = (
                f"{names}没有表头，各列与这张表对得上，接着它读了（{lines}行）。不是接着它的，请加上表头。"
            )
            self.notices.append(Problem(sheet.grid.source, None, "", "continued-table", advice))
        for grid in grids:
            self._heads[grid.source.file, grid.source.sheet] = replace(table, rows=())
            self._tell_concealed(grid)

    def _tell_concealed(self, grid: Grid) -> None:
        if advice := _read_all_the_same(grid, grid.concealed, "被隐藏或筛选掉了"):
            self.notices.append(Problem(grid.source, None, "", "hidden-rows", advice))
        if advice := _read_all_the_same(grid, grid.struck, "划了删除线"):
            self.notices.append(Problem(grid.source, None, "", "struck-rows", advice))

    def of_kind(self, kind: str) -> Iterator[Table]:
        """Tables of a kind, in file and sheet order."""
        return (table for table in self._tables if table.kind == kind)

    def heads(self) -> dict[tuple[str, str | None], Table]:
        """Every table without its rows, at each sheet that it stands on."""
        return self._heads

    def enter(self, table: Table, left_out: Mapping[str, int]) -> None:
        """Enter what became of a table's lines."""
        lines = self._lines.pop((table.source.file, table.source.sheet))
        self._account(table.source.file, table.kind).add(lines, Counter(table.left_out) + Counter(left_out))

    def leave_out(self, file: str, kind: str, left_out: Mapping[str, int]) -> None:
        """Lines of a file that were entered as read."""
        self._account(file, kind).leave_out(left_out)

    def only(self, kind: Kind) -> Table | None:
        """The one table of a kind; none or several are a plan problem."""
        found = list(self.of_kind(kind.name))
        if not found:
            advice = f"没有{kind.title}，请把它放进 inputs。"
            self.blame([Problem(Source("inputs"), None, "", "missing-table", advice)])
            return None
        if len(found) > 1:
            places = "、".join(f"{table.source.file}（{table.source.sheet}）" for table in found)
            advice = f"{kind.title}有{len(found)}份，请只留一份。"
            self.blame([Problem(found[1].source, None, places, "duplicate-table", advice)])
            return None
        return found[0]

    def blame(self, faults: Sequence[Problem]) -> None:
        """Enter plan problems."""
        self.problems += faults
        self.plan_problems += faults

    def _account(self, file: str, kind: str | None) -> FileAccount:
        return self._accounts.setdefault((file, kind), FileAccount(file, kind))

    def accounts(self) -> Iterator[FileAccount]:
        """Every file's, in file order; tables that nobody read count as left out."""
        for table in self._tables:
            lines = self._lines.get((table.source.file, table.source.sheet))
            if lines is not None:
                self.enter(table, {"没有用到": lines - sum(table.left_out.values())})
        order = self._order
        return iter(sorted(self._accounts.values(), key=lambda account: order[account.file, None]))

    def place_of(self, problem: Problem) -> tuple[int, int, int]:
        """Where a problem stands among all: by file, sheet, row."""
        source = problem.source
        file = self._order.get((source.file, None), len(self._order))
        return file, self._order.get((source.file, source.sheet), file), source.row or 0
