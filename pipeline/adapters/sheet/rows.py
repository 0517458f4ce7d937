"""Cells of a sheet, collected row by row within one file's allowance."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import lt

from pipeline.adapters.sheet.refusal import MAX_CELLS, MAX_COLUMN, MAX_MERGED, MAX_ROW, broken, too_big
from pipeline.adapters.sheet.shown.looks import Formats, Line, Place, Shown
from pipeline.domain.model import Source
from pipeline.domain.tables.grid import Area, Grid
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.text import text_of

_REMEMBERED = 200_000


class Allowance:
    """What may still be read from a file, and the texts met so far, each of which is kept once."""

    def __init__(self, rows: int | None = None) -> None:
        """Begin a file.

        :param rows: of each sheet; the others are passed over.
        """
        self.rows = rows or MAX_ROW
        self.is_whole = rows is None
        self._cells = MAX_CELLS
        self._texts: dict[str, str] = {}

    def take(self, cells: int) -> None:
        """Use up cells.

        :raises SheetProblem: ``too-big``.
        """
        self._cells -= cells
        if self._cells < 0:
            raise too_big(f"超过{MAX_CELLS}个格子")

    def once(self, text: str) -> str:
        """The same text, as one object wherever it repeats."""
        if len(self._texts) < _REMEMBERED:
            return self._texts.setdefault(text, text)
        return self._texts.get(text, text)


class Rows:
    """One sheet in the making."""

    def __init__(self, allowance: Allowance) -> None:
        """Begin a sheet.

        :param allowance: the file's, shared by its sheets.
        """
        self._allowance = allowance
        self._rows: list[tuple[int, tuple[Value, ...]]] = []
        self._formats: list[Formats] = []
        self._shown: dict[Place, str | Unreadable] = {}
        self._struck: set[int] = set()
        self._last = 0
        self._in_order = True
        self._concealed: set[int] = set()
        self._hidden: list[range] = []
        self.merged: list[Area] = []
        """Merged cells met so far."""

    def add(
        self,
        number: int,
        cells: Sequence[Value],
        hidden: bool = False,
        line: Line | None = None,
        formats: Formats = (),
    ) -> None:
        """Add a row; a blank one is passed over.

        :param number: from 1.
        :param cells: from column A; None where blank.
        :param line: what is to be said of them besides.
        :param formats: of their numbers and days, where there is no more to say.
        :raises SheetProblem: ``too-big``, or ``broken-file`` for a row outside the sheet.
        """
        width = len(cells)
        while width and cells[width - 1] is None:
            width -= 1
        if not width or self.is_full:
            return
        if not 0 < number <= MAX_ROW or width > MAX_COLUMN:
            raise broken(f"第{number}行超出了表格的范围")
        self._allowance.take(width)
        if number <= self._last:
            self._in_order = False
        self._last = number
        if hidden:
            self._concealed.add(number)
        self._rows.append((number, tuple(cells[:width])))
        if line is None:
            self._formats.append(formats)
            return
        formats = tuple(line.formats)
        # Rows mostly have the formats of the row above.
        self._formats.append(self._formats[-1] if self._formats and self._formats[-1] == formats else formats)
        if line.shown or line.struck:
            self._look(number, cells, line)

    def add_plain(
        self, numbers: Sequence[int], lines: Iterable[tuple[Value, ...]], formats: Iterable[Formats]
    ) -> None:
        """Add rows with numbers within a sheet, all of them wanted; blank ones are passed over.

        :param lines: the cells of each, from column A; None where blank.
        :param formats: of the numbers and days of each.
        :raises SheetProblem: ``too-big``.
        """
        before = len(self._rows)
        for number, cells, own in zip(numbers, lines, formats, strict=False):
            line = cells if cells and cells[-1] is not None else _trimmed(cells)
            if line:
                self._rows.append((number, line))
                self._formats.append(own)
        added = self._rows[before:]
        own_numbers = [self._last, *(number for number, _ in added)]
        self._in_order = self._in_order and all(map(lt, own_numbers, own_numbers[1:]))
        self._last = own_numbers[-1]
        self._allowance.take(sum(len(cells) for _, cells in added))

    @property
    def is_full(self) -> bool:
        """Whether no more rows are wanted."""
        return len(self._rows) >= self._allowance.rows

    def _look(self, number: int, cells: Sequence[Value], line: Line) -> None:
        self._shown.update(((number, column), text) for column, text in line.shown.items())
        if len(line.struck) == sum(cell is not None for cell in cells):
            self._struck.add(number)
            return
        for column in line.struck:
            self._shown[number, column] = Unreadable(text_of(cells[column - 1]), "struck-text")

    def hide(self, first: int, last: int) -> None:
        """Note hidden columns, numbers from 1, both ends included.

        :raises SheetProblem: ``broken-file``.
        """
        self._hidden.append(range(first, min(last, MAX_COLUMN) + 1))
        if len(self._hidden) > MAX_COLUMN:
            raise broken("隐藏的列不对")

    def merge(self, area: Area) -> None:
        """Note merged cells; a single cell is none.

        :raises SheetProblem: ``too-big``, or ``broken-file`` for an area outside the sheet.
        """
        if not (1 <= area.top <= area.bottom <= MAX_ROW and 1 <= area.left <= area.right <= MAX_COLUMN):
            raise broken("合并单元格的范围不对")
        if (area.top, area.left) != (area.bottom, area.right):
            self.merged.append(area)
        if len(self.merged) > MAX_MERGED:
            raise too_big(f"合并单元格超过{MAX_MERGED}处")

    def grid(self, source: Source, is_hidden: bool = False, from_1904: bool = False) -> Grid:
        """The finished sheet.

        :raises SheetProblem: ``broken-file`` where a row is there twice; ``too-big``.
        """
        if not self._in_order:
            order = sorted(range(len(self._rows)), key=lambda index: self._rows[index][0])
            self._rows = [self._rows[index] for index in order]
            self._formats = [self._formats[index] for index in order]
        numbers = [number for number, _ in self._rows]
        if not self._in_order and len(set(numbers)) < len(numbers):
            raise broken("同一行出现了两次")
        self._clear_covered(numbers)
        kept = tuple(row for row in self._rows if row[1])
        shown = Shown(self._shown, self._rows, self._formats) if any(self._formats) else self._shown
        dressed = {column for _, column in self._shown} | (
            shown.columns if isinstance(shown, Shown) else frozenset()
        )
        width = max((len(cells) for _, cells in kept), default=0) if self._hidden else 0
        return Grid(
            source,
            kept,
            tuple(self.merged),
            frozenset(self._concealed),
            is_hidden,
            from_1904,
            frozenset(column for columns in self._hidden for column in columns if column <= width),
            shown=shown,
            dressed=frozenset(dressed),
            struck=frozenset(self._struck),
        )

    def _clear_covered(self, numbers: list[int]) -> None:
        # What a merge covers is not on the screen, even where the file still holds it.
        self._allowance.take(sum(_spanned(numbers, area) for area in self.merged))
        for area in self.merged:
            for index in range(bisect_left(numbers, area.top), bisect_right(numbers, area.bottom)):
                number, cells = self._rows[index]
                first = area.left if number == area.top else area.left - 1
                if any(cell is not None for cell in cells[first : area.right]):
                    blank: Iterable[Value] = [None] * (min(area.right, len(cells)) - first)
                    self._rows[index] = (number, _trimmed((*cells[:first], *blank, *cells[area.right :])))
                    for column in range(first + 1, min(area.right, len(cells)) + 1):
                        self._shown.pop((number, column), None)
                    if not self._rows[index][1]:
                        self._concealed.discard(number)
                        self._struck.discard(number)


def _spanned(numbers: list[int], area: Area) -> int:
    return bisect_right(numbers, area.bottom) - bisect_left(numbers, area.top)


def _trimmed(cells: tuple[Value, ...]) -> tuple[Value, ...]:
    width = len(cells)
    while width and cells[width - 1] is None:
        width -= 1
    return cells[:width]
