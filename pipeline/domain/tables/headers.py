"""Which kind of table a sheet is, told by its header row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.domain.model import Problem, Source
from pipeline.domain.tables.columns.choice import columns_of, header_name
from pipeline.domain.tables.grid import Grid, cell_at
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.tables.tidied import merged_filled
from pipeline.domain.values.identity import masked
from pipeline.domain.values.text import Cells, text_of

HEADER_WITHIN = 30
"""Rows from the top in which a header may stand, below titles and notes."""
_NOT_WANTED = "不是要用的表，请移出 inputs；文件里还有别的表的，只删去这张工作表。"
_SEEN = 30
"""Characters of a sheet that say which it is."""


@dataclass(frozen=True, slots=True)
class Header:
    """A way to read a sheet's header."""

    grid: Grid
    """The sheet, its merged cells filled."""
    kind: Kind
    position: int
    """Place of its first line among the sheet's lines."""
    depth: int
    """1, or 2 where group titles stand above the columns' own."""
    names: tuple[str, ...]
    """Column by column."""
    columns: Mapping[str, int]
    """Field → column, from 0."""

    @property
    def required(self) -> int:
        """How much of what the kind asks for is there."""
        return len(self.kind.required) - len(self.missing)

    @property
    def missing(self) -> list[str]:
        """Recommended header texts of what the kind asks for and this lacks."""
        groups = [group for group in self.kind.required if not self.columns.keys() & set(group)]
        return ["/".join(self.kind.columns[field][0] for field in group) for group in groups]

    @property
    def last(self) -> int:
        """Place of its lowest line, with the columns' own names, among the sheet's lines."""
        return self.position + self.depth - 1

    @property
    def source(self) -> Source:
        """Where that line stands."""
        return self.grid.source._replace(row=self.grid.rows[self.last][0])

    @property
    def lines(self) -> list[Cells]:
        """Its lines, the lowest first."""
        return [self.grid.rows[place][1] for place in range(self.last, self.position - 1, -1)]

    @property
    def width(self) -> int:
        """Columns up to the last that has a text."""
        return max(map(len, self.lines))

    def text(self, index: int) -> str:
        """What the clerk called a column."""
        return next((text for line in self.lines if (text := text_of(cell_at(line, index)))), "")


@dataclass(frozen=True, slots=True)
class Unclear:
    """A sheet on which no header was understood."""

    problem: Problem
    """What to tell of it."""
    kinds: tuple[str, ...] = ()
    """Names of the kinds that it may be; empty where it is none, which concerns everybody."""
    is_headed: bool = True
    """Whether some line is like a header."""


def header_of(grid: Grid, kinds: Sequence[Kind]) -> Header | Unclear:
    """The header of a sheet, or a problem that says what the nearest kind lacks.

    Codes of the problem: ``unknown-table``; ``unclear-table`` where it could be two kinds; ``duplicate-column``.
    """
    grid = merged_filled(grid)
    best: Header | None = None
    for position in range(min(len(grid.rows), HEADER_WITHIN)):
        headers = list(_headers(grid, position, kinds))
        complete = [header for header in headers if not header.missing]
        if complete:
            header = max(complete, key=lambda header: (len(header.columns), -header.depth))
            return _between_two(header, complete) or _named_twice(header) or header
        # 说明 alone stands above remarks.
        near = (each for each in (best, *headers) if each and (each.required or len(each.columns) > 1))
        best = max(near, key=lambda header: (len(header.columns), header.required), default=None)
    if best is None:
        names = "、".join(kind.title for kind in kinds)
        advice = f"看不出是哪种表：没有认得的表头。可放入的有：{names}。{_NOT_WANTED}"
    else:
        advice = (
            f"看不出是哪种表：第{grid.rows[best.position][0]}行最像“{best.kind.title}”的表头，还缺“{'”“'.join(best.missing)}”列。"
            f"请补上表头。{_NOT_WANTED}"
        )
    problem = Problem(grid.source, None, _beginning(grid), "unknown-table", advice)
    return Unclear(problem, is_headed=best is not None)


def _beginning(grid: Grid) -> str:
    """By what a clerk knows a sheet again: its first line."""
    words = (text_of(cell) for _, line in grid.rows[:1] for cell in line)
    return masked(" ".join(filter(None, words)))[:_SEEN]


def _headers(grid: Grid, position: int, kinds: Sequence[Kind]) -> Iterator[Header]:
    rows = grid.rows
    names = tuple(header_name(value) for value in rows[position][1])
    single = [columns_of(grid, kind, names) for kind in kinds]
    for kind, columns in zip(kinds, single, strict=True):
        yield Header(grid, kind, position, 1, names, columns)
    if position + 1 < min(len(rows), HEADER_WITHIN):
        below = tuple(header_name(value) for value in rows[position + 1][1])
        above = _spread(grid, rows[position], names, len(below))
        own = tuple(
            low or (names[index] if index < len(names) else "")
            for index, low in enumerate((*below, *[""] * (len(names) - len(below))))
        )
        joined = tuple(high + low if low else "" for high, low in zip(above, below, strict=False))
        for kind, upper in zip(kinds, single, strict=True):
            columns = columns_of(grid, kind, joined) | columns_of(grid, kind, own)
            # A title must add something; a group title need only lose nothing.
            is_title = not upper
            if len(columns) >= len(columns_of(grid, kind, below)) + is_title:
                yield Header(grid, kind, position, 2, own, columns)


def _spread(grid: Grid, row: tuple[int, Cells], names: Sequence[str], width: int) -> list[str]:
    """Group titles over each of the columns that they are merged across."""
    spread = [*names, *[""] * (width - len(names))]
    for area in grid.merged:
        if area.top <= row[0] <= area.bottom and area.left <= len(names):
            for column in range(area.left, min(area.right, width)):
                spread[column] = spread[area.left - 1]
    return spread


def _between_two(header: Header, complete: Sequence[Header]) -> Unclear | None:
    """A list with days, or an export without codes: that a clerk has to settle."""
    kinds = {other.kind.name for other in complete if other.depth == header.depth}
    if {"applicants", "registrations"} <= kinds and not {"uscc", "regno", "status"} & header.columns.keys():
        advice = (
            "既像“培育对象名单”，又像“登记数据”。是名单的，请删去日期列或把它改名为“备注”；"
            "是登记数据的，请加上“统一社会信用代码”列。"
        )
        source = header.source._replace(row=header.grid.rows[header.position][0])
        return Unclear(Problem(source, None, "", "unclear-table", advice), ("applicants", "registrations"))
    return None


def _named_twice(header: Header) -> Unclear | None:
    """Two columns of the very same name, both to be seen or both hidden."""
    source = header.source._replace(row=header.grid.rows[header.position][0])
    hidden = header.grid.hidden_columns
    for field, index in header.columns.items():
        again = [
            place
            for place, name in enumerate(header.names)
            if name == header.names[index] and (place + 1 in hidden) == (index + 1 in hidden)
        ]
        if header.names[index] and len(again) > 1:
            advice = f"有{len(again)}列都叫这个名字，不知道该用哪一列。请把不用的改名、隐藏或删去。"
            seen = text_of(cell_at(header.lines[0], index)) or header.kind.columns[field][0]
            problem = Problem(source, seen, seen, "duplicate-column", advice, again[1] + 1)
            return Unclear(problem, (header.kind.name,))
    return None
