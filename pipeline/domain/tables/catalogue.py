"""What each file holds: its tables of the kinds that are asked for, and an account of every line."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.domain.model import Problem, Source
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.tables.headers import Header, Unclear
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.tables.pages import Fate, Sheet, sorted_sheets
from pipeline.domain.tables.rows import table_of
from pipeline.domain.tables.tidied import legible_grid

FINDINGS = "问题清单"
"""How the first line of a marked copy's list begins."""
_LEFT_OUT = {
    Fate.COPY: "重复的表",
    Fate.ORPHAN: "没有表头",
    Fate.HEADED: "不是认得的表",
    Fate.REMARK: "说明页",
}
"""Why the lines of a sheet are left out."""
_TOLD = (Fate.REMARK, Fate.COPY)
"""What stops nothing."""


@dataclass(frozen=True, slots=True)
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
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Reason → lines that were not."""

    def without(self, left_out: Mapping[str, int]) -> "FileAccount":
        """The same, of which some lines that had been read are left out."""
        together = Counter(self.left_out) + Counter(left_out)
        return replace(self, read=self.read - sum(left_out.values()), left_out=together)

    def joined(self, other: "FileAccount") -> "FileAccount":
        """The same with more lines of the file."""
        together = Counter(self.left_out) + Counter(other.left_out)
        return replace(self, rows=self.rows + other.rows, read=self.read + other.read, left_out=together)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file was found to hold."""

    file: str
    """Path below ``inputs/``."""
    sheets: tuple[str | None, ...] = ()
    """Its sheets that are looked at, in order."""
    tables: tuple[Table, ...] = ()
    """Those of the kinds that are read, in the order of their sheets."""
    heads: Mapping[str | None, Table] = field(default_factory=dict)
    """Sheet → its table without the rows."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the file or its sheets."""
    notices: tuple[Problem, ...] = ()
    """What the clerk should know of them."""
    accounts: tuple[FileAccount, ...] = ()
    """Of the lines that are in none of the tables."""


def is_needed(found: Sequence[Grid], kinds: Sequence[Kind], wanted: Collection[str]) -> bool:
    """Whether a file must be read, told by the first rows of its sheets.

    It need not where each of them has a plain header of a kind that is not wanted; in doubt it is.
    """
    shown = list(_shown(map(legible_grid, found)))
    headers = [sheet.header for sheet in sorted_sheets(shown, kinds)]
    return not headers or not all(
        isinstance(header, Header) and header.depth == 1 and header.kind.name not in wanted
        for header in headers
    )


def contents(
    file: str, found: Sequence[Grid] | Problem, kinds: Sequence[Kind], wanted: Collection[str]
) -> Contents:
    """What a file holds.

    :param found: its sheets, or why it could not be opened.
    :param wanted: names of the kinds whose tables are worked through; of the others no row is looked at.
    """
    if isinstance(found, Problem):
        account = FileAccount(file, None)
        if found.code == "half-downloaded":
            return Contents(file, notices=(found,), accounts=(account,))
        return Contents(file, problems=(found,), accounts=(account,))
    grids = tuple(map(legible_grid, found))
    shown = list(_shown(grids))
    sheets = sorted_sheets(shown, kinds)
    read = [
        (sheet, table_of(sheet.header, sheet.pages))
        for sheet in sheets
        if isinstance(sheet.header, Header) and sheet.header.kind.name in wanted
    ]
    first = next((sheet.header.kind.name for sheet in sheets if isinstance(sheet.header, Header)), None)
    return Contents(
        file,
        tuple(grid.source.sheet for grid in shown),
        tuple(table for _, table in read),
        {
            grid.source.sheet: replace(table, rows=())
            for sheet, table in read
            for grid in (sheet.grid, *sheet.pages)
        },
        tuple(_problems(file, sheets, wanted)),
        (*_of_unclear(sheets), *_of_tables(read, kinds), *map(_hidden, _hidden_of(grids))),
        tuple(_accounts(file, first, sheets, grids)),
    )


def _shown(grids: Iterable[Grid]) -> Iterator[Grid]:
    """The sheets to be looked at, but for the list that ``check`` puts into a marked copy; a clerk may send it back."""
    visible = (grid for grid in grids if grid.rows and not grid.is_hidden)
    return (grid for grid in visible if not _is_list_of_findings(grid))


def _hidden_of(grids: Iterable[Grid]) -> Iterator[Grid]:
    return (grid for grid in grids if grid.rows and grid.is_hidden)


def _is_list_of_findings(grid: Grid) -> bool:
    return str(grid.rows[0][1][0] or "").startswith(f"{FINDINGS}：")


def _unclear(sheets: Iterable[Sheet]) -> Iterator[tuple[Sheet, Unclear]]:
    return ((sheet, sheet.header) for sheet in sheets if isinstance(sheet.header, Unclear))


def _problems(file: str, sheets: Sequence[Sheet], wanted: Collection[str]) -> Iterator[Problem]:
    for sheet, unclear in _unclear(sheets):
        if sheet.fate not in _TOLD and (not unclear.kinds or set(unclear.kinds) & set(wanted)):
            yield unclear.problem
    if not sheets:
        advice = "表里没有内容。请补上，或把文件移出 inputs。"
        yield Problem(Source(file), None, "", "empty-file", advice)


def _of_unclear(sheets: Sequence[Sheet]) -> Iterator[Problem]:
    for sheet, unclear in _unclear(sheets):
        if sheet.fate is Fate.REMARK:
            advice = "这张工作表像是说明，没有认得的表头，没有读，不影响别的工作表。是要用的表，请补上表头。"
            yield replace(unclear.problem, advice=advice)
        elif sheet.fate in _TOLD:
            yield unclear.problem


def _hidden(grid: Grid) -> Problem:
    advice = f"隐藏的工作表“{grid.source.sheet}”没有读（{len(grid.rows)}行）。要用的，请取消隐藏。"
    return Problem(grid.source, None, "", "hidden-sheet", advice)


def _of_tables(read: Sequence[tuple[Sheet, Table]], kinds: Sequence[Kind]) -> Iterator[Problem]:
    """What the clerk should know of the tables that are read."""
    plan = {kind.name for kind in kinds if kind.is_plan}
    for sheet, table in read:
        yield from table.remarks
        if not (table.rows or table.faults or table.doubts or table.kind in plan):
            advice = "只有表头，没有内容。要用的，请补上。"
            yield Problem(sheet.grid.source, None, "", "empty-table", advice)
        if sheet.pages:
            names = "、".join(f"“{page.source.sheet}”" for page in sheet.pages)
            lines = sum(len(page.rows) for page in sheet.pages)
            advice = (
                f"{names}没有表头，各列与这张表对得上，接着它读了（{lines}行）。不是接着它的，请加上表头。"
            )
            yield Problem(sheet.grid.source, None, "", "continued-table", advice)
        for grid in (sheet.grid, *sheet.pages):
            if advice := _read_all_the_same(grid, grid.concealed, "被隐藏或筛选掉了"):
                yield Problem(grid.source, None, "", "hidden-rows", advice)
            if advice := _read_all_the_same(grid, grid.struck, "划了删除线"):
                yield Problem(grid.source, None, "", "struck-rows", advice)


def _read_all_the_same(grid: Grid, among: frozenset[int], how: str) -> str:
    """What to say of rows that are read although the clerk may not mean them; empty for none."""
    rows = [number for number, _ in grid.rows if number in among] if among else []
    some = "、".join(map(str, rows[:10])) + ("等" if len(rows) > 10 else "")
    return f"有{len(rows)}行{how}（第{some}行），照样读了。不要的，请删去。" if rows else ""


def _accounts(
    file: str, first: str | None, sheets: Sequence[Sheet], grids: Sequence[Grid]
) -> Iterator[FileAccount]:
    """Of the sheets that are no table.

    :param first: kind of the file's first table, to which remarks and the like are reckoned.
    """
    lines = [
        (sheet.grid, _LEFT_OUT[sheet.fate], first if sheet.fate in _TOLD else None)
        for sheet, _ in _unclear(sheets)
    ]
    visible = (grid for grid in grids if grid.rows and not grid.is_hidden)
    lines += [(grid, FINDINGS, first) for grid in filter(_is_list_of_findings, visible)]
    lines += [(grid, "隐藏的工作表", first) for grid in _hidden_of(grids)]
    for grid, reason, kind in lines:
        yield FileAccount(file, kind, len(grid.rows), 0, {reason: len(grid.rows)})


def accounts(
    files: Iterable[Contents], left_out: Mapping[str, Mapping[str, Mapping[str, int]]]
) -> tuple[FileAccount, ...]:
    """What became of every line, file by file and kind by kind.

    :param left_out: kind → file → why rows were left out when they were read → how many.
    """
    found: dict[tuple[str, str | None], FileAccount] = {}
    for each in files:
        tables = [
            FileAccount(
                each.file,
                table.kind,
                len(table.rows) + sum(table.left_out.values()),
                len(table.rows),
                table.left_out,
            )
            for table in each.tables
        ]
        for account in (*each.accounts, *tables):
            key = (account.file, account.kind)
            found[key] = found[key].joined(account) if key in found else account
    return tuple(
        account.without(left_out.get(kind or "", {}).get(file, {})) for (file, kind), account in found.items()
    )
