"""Tables of a web page, as government systems hand them out under the name .xls, and of web archives (.mht)."""

import email
import re
from email.message import Message
from typing import TYPE_CHECKING, Any

from lxml import etree

from pipeline.adapters.sheet.html.show import NOTABLE, TELLING, Showing
from pipeline.adapters.sheet.refusal import (
    MAX_COLUMN,
    MAX_PARTS,
    MAX_ROW,
    MAX_SHEETS,
    MAX_TEXT,
    RESAVE,
    SheetProblem,
    broken,
    too_big,
    too_long,
)
from pipeline.adapters.sheet.rows import Allowance, Rows
from pipeline.adapters.sheet.shown.looks import Line
from pipeline.adapters.sheet.shown.values import NO_WIDTH
from pipeline.adapters.sheet.text import decode
from pipeline.domain.model import Source
from pipeline.domain.tables.grid import Area, Grid

if TYPE_CHECKING:
    from pipeline.domain.values.cell import Value

_CHUNK = 1 << 20
_BEGINNING = re.compile("<table", re.IGNORECASE)
_END = re.compile("</table", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_NEW_LINE = {"br", "p", "div", "li"}


def read(file: str, text: str, allowance: Allowance) -> tuple[Grid, ...]:
    """Every table of a page that holds anything, in the order in which they begin.

    Cells are text as a browser shows it, what is struck out included. The rows of each table are numbered from 1; with several tables the first is
    called 表格1.

    :raises SheetProblem: ``broken-file``, ``unknown-format`` for a page without tables, ``too-big``.
    """
    return _grids(file, _tables(text, allowance))


def read_archive(file: str, data: bytes, allowance: Allowance) -> tuple[Grid, ...]:
    """Every table of the pages in a web archive.

    :raises SheetProblem: as :func:`read`.
    """
    if data.count(b"\n--") > MAX_PARTS:
        raise too_big(f"网页文件的部分超过{MAX_PARTS}个")
    tables = []
    for part in _parts(data):
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            text = decode(payload) if isinstance(payload, bytes) else None
            tables += _tables(text, allowance) if text else []
    return _grids(file, tables)


def _parts(data: bytes) -> list[Message]:
    try:
        return list(email.message_from_bytes(data).walk())
    except RecursionError:
        raise broken("网页文件层次太深") from None


def _tables(text: str, allowance: Allowance) -> list["_Table"]:
    if len(_BEGINNING.findall(text)) > len(_END.findall(text)):
        raise broken("网页里的表格没有结尾")
    page: Any = _Page(allowance)
    parser = etree.HTMLParser(target=page, encoding="utf-8")
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK].encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError:
        raise broken("网页内容不完整") from None
    return list(page.tables)


def _grids(file: str, tables: list["_Table"]) -> tuple[Grid, ...]:
    if not tables:
        raise SheetProblem("unknown-format", "没有表格的网页", f"这是网页，里面没有表格。{RESAVE}")
    filled = [table for table in tables if table.has_cells]
    names = [None] if len(filled) == 1 else [f"表格{number}" for number in range(1, len(filled) + 1)]
    return tuple(
        table.rows.grid(Source(file, name), table.hidden > 0)
        for table, name in zip(filled, names, strict=True)
    )


class _Table:
    """A table while it is read: its row and its cell."""

    def __init__(self, allowance: Allowance, hidden: int) -> None:
        self.rows = Rows(allowance)
        self.has_cells = False
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
        self.end_row()
        self._number += 1
        self._hidden = hidden
        self._line.clear()
        self._cells = []
        self._column = 0

    def end_row(self) -> None:
        self.end_cell()
        if self._cells:
            self.has_cells = True
            self.rows.add(self._number, self._cells, self._hidden, self._line)
        self._cells = None

    def begin_cell(self, down: str | None, across: str | None) -> None:
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
        if self._lines is not None:
            if struck:
                self._struck.append(text)
            self._weight += len(text)
            if self._weight > MAX_TEXT:
                raise too_long()
            self._lines[-1].append(text)

    def new_line(self) -> None:
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


class _Page:
    """What the parser calls at each tag."""

    def __init__(self, allowance: Allowance) -> None:
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._allowance = allowance
        self._showing = Showing()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        own = ""
        if (
            tag in NOTABLE
            or not self._showing.is_plain
            or (attributes and not TELLING.isdisjoint(attributes))
        ):
            own = self._showing.begin(tag, attributes)
        if tag == "table":
            self._open.append(_Table(self._allowance, self._showing.hidden))
            self.tables.append(self._open[-1])
            if len(self.tables) > MAX_SHEETS:
                raise too_big(f"表格超过{MAX_SHEETS}个")
        elif not self._open:
            return
        elif tag == "tr":
            self._open[-1].begin_row(hidden=self._showing.is_hidden(tag, attributes))
        elif tag == "col":
            hidden = self._showing.is_hidden(tag, attributes)
            self._open[-1].column_look(attributes, hidden=hidden)
        elif tag in {"td", "th"}:
            self._open[-1].begin_cell(attributes.get("rowspan"), attributes.get("colspan"))
        elif tag in _NEW_LINE and self._showing.hidden <= self._open[-1].hidden:
            self._open[-1].new_line()
        elif own:
            self._add(own)

    def end(self, tag: str) -> None:
        if not self._showing.is_plain:
            self._add(self._showing.end(tag))
        if not self._open:
            return
        if tag == "table":
            self._open.pop().end_row()
        elif tag == "tr":
            self._open[-1].end_row()
        elif tag in {"td", "th"}:
            self._open[-1].end_cell()

    def data(self, text: str) -> None:
        self._add(text if self._showing.is_plain else self._showing.heard(text))

    def _add(self, text: str) -> None:
        if self._open and text and self._showing.hidden <= self._open[-1].hidden:
            self._open[-1].add(text, self._showing.struck)

    def close(self) -> None:
        while self._open:
            self._open.pop().end_row()


def _times(text: str | None, most: int) -> int:
    """How many rows or columns a cell spans: at least 1, at most what is left of the sheet."""
    digits = (text or "").strip()
    if not digits.isdecimal():
        return 1
    return max(1, min(int(digits[:9]), most))
