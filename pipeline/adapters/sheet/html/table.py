"""A table of a web page while it is read: its rows, its cells, and what reaches down into them from above."""

import re
from typing import TYPE_CHECKING

from pipeline.adapters.sheet.refusal import MAX_COLUMN, MAX_ROW, MAX_TEXT, broken, too_long
from pipeline.adapters.sheet.rows import Allowance, Rows
from pipeline.adapters.sheet.shown.looks import Line
from pipeline.adapters.sheet.shown.values import NO_WIDTH
from pipeline.domain.tables.grid import Area

if TYPE_CHECKING:
    from pipeline.domain.values.cell import Value

_SPACE = re.compile(r"[ \t\r\n\f]+")


class Table:
    """A table while it is read: its row and its cell."""

    def __init__(self, allowance: Allowance, hidden: int) -> None:
        """Begin before the first row.

        :param hidden: elements that hide the table as a whole.
        """
        self.rows = Rows(allowance)
        """What has been read."""
        self.has_cells = False
        """Whether that is anything."""
        self.hidden = hidden
        """Elements that hide the table as a whole."""
        self._allowance = allowance
        self._number = 0
        self._hidden = False
        self._cells: list[Value] | None = None
        self._column = 0
        self._taken: dict[int, int] = {}
        self._looks = 0
        self._lines: list[list[str]] | None = None
        self._struck: list[str] = []
        self._line = Line()
        self._weight = 0
        self._span = (1, 1)

    def column_look(self, attributes: dict[str, str], *, hidden: bool) -> None:
        """Note a ``<col>``; of those that Excel and WPS write, a hidden one has no width and is not displayed."""
        first = self._looks + 1
        self._looks += _times(attributes.get("span"), MAX_COLUMN - self._looks)
        if hidden or NO_WIDTH.fullmatch(attributes.get("width", "")):
            self.rows.hide(first, self._looks)

    def begin_row(self, *, hidden: bool = False) -> None:
        """A row begins, and the one before ends."""
        self.end_row()
        self._number += 1
        self._hidden = hidden
        self._line.clear()
        self._cells = []
        self._column = 0

    def end_row(self) -> None:
        """Keep the row."""
        self.end_cell()
        if self._cells:
            self.has_cells = True
            self.rows.add(self._number, self._cells, self._hidden, self._line)
        self._cells = None

    def begin_cell(self, down: str | None, across: str | None) -> None:
        """A cell begins, and the one before ends; how many rows and columns it spans is said as in the page."""
        self.end_cell()
        if self._cells is None:
            self.begin_row()
        self._column = self._free(self._column + 1)
        self._span = (
            _times(down, MAX_ROW - self._number + 1),
            _times(across, MAX_COLUMN - self._column + 1),
        )
        self._lines = [[]]
        self._struck = []
        self._weight = 0

    def end_cell(self) -> None:
        """Put the cell into its row."""
        if self._lines is None or self._cells is None:
            return
        text = "\n".join(_SPACE.sub(" ", "".join(line)).strip() for line in self._lines).strip()
        self._lines = None
        if self._column > MAX_COLUMN:
            raise broken(f"第{self._number}行超出了表格的范围")
        if text:
            self._cells.extend([None] * (self._column - 1 - len(self._cells)))
            self._cells.append(self._allowance.once(text))
            if self._struck:
                self._line.strike(self._column, text, "".join(self._struck))
        down, across = self._span
        right = self._column + across - 1
        if down > 1 or across > 1:
            self.rows.merge(Area(self._number, self._column, self._number + down - 1, right))
        if down > 1:
            self._allowance.take(across)
            self._taken.update(dict.fromkeys(range(self._column, right + 1), self._number + down - 1))
        self._column = right

    def add(self, text: str, struck: int) -> None:
        """More of the text in a cell."""
        if self._lines is not None:
            if struck:
                self._struck.append(text)
            self._weight += len(text)
            if self._weight > MAX_TEXT:
                raise too_long()
            self._lines[-1].append(text)

    def new_line(self) -> None:
        """The text goes on below."""
        if self._lines is not None and self._weight:
            self._weight += 1
            self._lines.append([])

    def _free(self, column: int) -> int:
        """The first column from here on that no cell of a row above reaches down into."""
        start = column
        while self._taken.get(column, 0) >= self._number:
            column += 1
        self._allowance.take(column - start)
        return column


def _times(text: str | None, most: int) -> int:
    """How many rows or columns a cell spans: at least 1, at most what is left of the sheet."""
    digits = (text or "").strip()
    if not digits.isdecimal():
        return 1
    return max(1, min(int(digits[:9]), most))
