"""Cells of a sheet, collected row by row within one file's allowance."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from pipeline.adapters.sheet.refusal import MAX_CELLS, MAX_COLUMN, MAX_MERGED, MAX_ROW, broken, too_big
from pipeline.domain.model import Area, Grid, Source, Value

_REMEMBERED = 200_000


class Allowance:
    """What may still be read from a file, and the texts met so far, each of which is kept once."""

    def __init__(self) -> None:
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
        self._last = 0
        self._in_order = True
        self._concealed: set[int] = set()
        self._hidden: list[range] = []
        self.merged: list[Area] = []
        """Merged cells met so far."""

    def add(self, number: int, cells: Sequence[Value], hidden: bool = False) -> None:
        """Add a row; a blank one is passed over.

        :param number: from 1.
        :param cells: from column A; None where blank.
        :raises SheetProblem: ``too-big``, or ``broken-file`` for a row outside the sheet.
        """
        width = len(cells)
        while width and cells[width - 1] is None:
            width -= 1
        if not width:
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
            self._rows.sort(key=lambda row: row[0])
        numbers = [number for number, _ in self._rows]
        if not self._in_order and len(set(numbers)) < len(numbers):
            raise broken("同一行出现了两次")
        self._clear_covered(numbers)
        kept = tuple(row for row in self._rows if row[1])
        width = max((len(cells) for _, cells in kept), default=0) if self._hidden else 0
        hidden = frozenset(column for columns in self._hidden for column in columns if column <= width)
        return Grid(
            source, kept, tuple(self.merged), frozenset(self._concealed), is_hidden, from_1904, hidden
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
                    if not self._rows[index][1]:
                        self._concealed.discard(number)


def _spanned(numbers: list[int], area: Area) -> int:
    return bisect_right(numbers, area.bottom) - bisect_left(numbers, area.top)


def _trimmed(cells: tuple[Value, ...]) -> tuple[Value, ...]:
    width = len(cells)
    while width and cells[width - 1] is None:
        width -= 1
    return cells[:width]
