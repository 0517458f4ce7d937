"""What is listed, marked and commented; knows no format of file."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.adapters.annotate.layout import (
    COLUMNS,
    HEADERS,
    RED,
    ROWS,
    YELLOW,
    Cell,
    clean,
    row_height,
    short,
)
from pipeline.domain.model import Problem
from pipeline.domain.tables.grid import Area, Grid
from pipeline.domain.values.text import letters

COMMENTS = 2_000
"""Cells that get a comment; more make WPS slow."""
LINES = 50_000
"""Findings that are listed; Excel takes 65,530 links on a sheet."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem or a notice."""

    word: str
    """问题 or 提示: tells them apart without colours."""
    problem: Problem
    """The finding itself."""

    @property
    def colour(self) -> str:
        """Of its fill, as RRGGBB."""
        return RED if self.word == "问题" else YELLOW


@dataclass(frozen=True, slots=True)
class CellMark:
    """What a cell gets."""

    colour: str
    """Of its fill, as RRGGBB: the worst finding's."""
    comment: str | None
    """All its findings; None when there are too many comments already."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list."""

    cells: tuple[int | str | None, ...]
    """As many as there are headers."""
    colour: str
    """Of the second cell's fill."""
    sheet: str | None
    """Title of the sheet that its link leads to; None for no link."""
    cell: Cell
    """The cell that its link leads to."""

    @property
    def height(self) -> int:
        """In points."""
        return row_height(self.cells)


class Annotations:
    """The findings of one file: problems first, each kind from top to bottom."""

    def __init__(
        self, grids: Sequence[Grid], problems: Iterable[Problem], notices: Iterable[Problem]
    ) -> None:
        """Put them in order."""
        order = {sheet: number for number, sheet in reversed([*enumerate(g.source.sheet for g in grids)])}
        listed = [[Finding("问题", each) for each in problems], [Finding("提示", each) for each in notices]]
        self.counts = tuple(len(kind) for kind in listed)
        """How many problems, how many notices."""
        for kind in listed:
            kind.sort(key=lambda finding: _place(finding.problem, order))
        self.all = [*itertools.chain(*listed)]
        """Problems, then notices."""
        self.cells = sum(len(cells) for grid in grids for _, cells in grid.rows)
        """How many cells the file has, blank ones between others included."""
        self.list_cells = len(HEADERS) * min(len(self.all), LINES)
        """How many cells the list has."""
        sources = [*(grid.source for grid in grids), *(finding.problem.source for finding in self.all)]
        self.file = clean(sources[0].file) if sources else ""
        """The file's path below ``inputs/``."""

    def marks(self, areas: Mapping[str | None, Iterable[Area]]) -> dict[str | None, dict[Cell, CellMark]]:
        """The cells to mark on each sheet. What is found in a merged area is marked in its top left cell.

        :param areas: sheets that there are, by the name that findings give them, with their merged areas.
        """
        found: dict[str | None, set[Cell]] = {sheet: set() for sheet in areas}
        placed = [(finding, *there) for finding in self.all if (there := _there(finding.problem, areas))]
        for _, sheet, cell in placed:
            found[sheet].add(cell)
        anchors = {sheet: _anchors(cells, areas[sheet]) for sheet, cells in found.items() if cells}
        gathered: dict[tuple[str | None, Cell], list[Finding]] = {}
        for finding, sheet, cell in placed:
            gathered.setdefault((sheet, anchors[sheet].get(cell, cell)), []).append(finding)
        marks: dict[str | None, dict[Cell, CellMark]] = {}
        for count, ((sheet, cell), here) in enumerate(gathered.items()):
            comment = _comment(here) if count < COMMENTS else None
            marks.setdefault(sheet, {})[cell] = CellMark(here[0].colour, comment)
        return marks

    def lines(self, titles: Mapping[str | None, str]) -> Iterator[Line]:
        """The lines of the list.

        :param titles: sheets that there are, by the name that findings give them, with their name in the copy.
        """
        for number, finding in enumerate(self.all[:LINES], 1):
            problem, source = finding.problem, finding.problem.source
            there = _there(problem, titles)
            sheet = titles.get(source.sheet, source.sheet) if source.sheet or source.row else "整个文件"
            column = _column(problem) if source.row else None
            text = (clean(sheet or ""), source.row, column, short(problem.seen), short(problem.advice))
            linked = titles[there[0]] if there else None
            cell = there[1] if there else (1, 1)
            yield Line((number, finding.word, *text), finding.colour, linked, cell)

    def remarks(self, *more: str) -> list[str]:
        """What stands between the list's title and its header.

        :param more: what is to be said of this copy.
        """
        problems, notices = self.counts
        said = [f"问题 {problems} 条（红色，必须改好），提示 {notices} 条（黄色，请核对）。", *more]
        if len(self.all) > COMMENTS:
            said += [f"批注只加在前 {COMMENTS} 格，其余的请看本表。"]
        if len(self.all) > LINES:
            said += [f"条数太多，本表只列出前 {LINES} 条。"]
        return said


def _place(problem: Problem, order: Mapping[str | None, int]) -> tuple[int, int, int]:
    source = problem.source
    if source.sheet is None and source.row is None:
        return -1, 0, 0
    return order.get(source.sheet, len(order)), source.row or 0, problem.place or 0


def _there(problem: Problem, sheets: Mapping[str | None, object]) -> tuple[str | None, Cell] | None:
    """The sheet and cell where it is found, when the copy has it; of a whole row, the row's first cell."""
    row, column = problem.source.row, problem.place or 1
    if row is None or problem.source.sheet not in sheets or not (0 < row <= ROWS and 0 < column <= COLUMNS):
        return None
    return problem.source.sheet, (row, column)


def _anchors(cells: set[Cell], areas: Iterable[Area]) -> dict[Cell, Cell]:
    """Those of the cells that lie in a merged area, each with the area's top left cell."""
    anchors = {}
    for area in areas:
        rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
        within = (cell for cell in cells if cell[0] in rows and cell[1] in columns)
        if len(rows) * len(columns) < len(cells):
            within = (cell for cell in itertools.product(rows, columns) if cell in cells)
        anchors.update(dict.fromkeys(within, (area.top, area.left)))
    return anchors


def _comment(findings: Iterable[Finding]) -> str:
    texts = dict.fromkeys(f"{finding.word}：{short(finding.problem.advice)}" for finding in findings)
    return short("\n".join(texts), 3000)


def _column(problem: Problem) -> str:
    if problem.place is None:
        return clean(problem.column or "整行")
    name = short(problem.column or "", 100)
    return f"{name}（{letters(problem.place)} 列）" if name else f"{letters(problem.place)} 列"
