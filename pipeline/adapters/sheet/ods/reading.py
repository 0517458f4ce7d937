"""Sheets of an OpenDocument spreadsheet, .ods or flat .fods, read as a stream."""

import io
import re
from typing import IO

from pipeline.adapters.sheet.ods.style import CELL, RUN, Styles
from pipeline.adapters.sheet.ods.value import TYPED, repeats, shown_of
from pipeline.adapters.sheet.package import Package
from pipeline.adapters.sheet.refusal import (
    MAX_COLUMN,
    MAX_SHEETS,
    MAX_TEXT,
    broken,
    encrypted,
    not_a_table,
    too_big,
)
from pipeline.adapters.sheet.rows import Allowance, Rows
from pipeline.adapters.sheet.scanner import Scanner
from pipeline.adapters.sheet.shown.looks import Line
from pipeline.adapters.sheet.shown.values import error, never_calculated, seen
from pipeline.domain.model import Source
from pipeline.domain.tables.grid import Area, Grid
from pipeline.domain.values.cell import Value

MIME_TYPE = b"application/vnd.oasis.opendocument."
"""How the type of an OpenDocument package begins, whatever it holds."""
_TABLE, _OFFICE, _TEXT, _MANIFEST = (
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0 " for name in ("table", "office", "text", "manifest")
)
_CALC_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_AN_ERROR = re.compile(r"#[A-Z0-9/_]+[!?]?|(?:Err|错误):\d+")


def read(file: str, package: Package, allowance: Allowance) -> tuple[Grid, ...]:
    """Every sheet of a package.

    :raises SheetProblem: ``encrypted-file``, ``broken-file``, ``too-big``.
    """
    if "meta-inf/manifest.xml" in package.names:
        with package.open("META-INF/manifest.xml") as stream:
            Scanner({f"{_MANIFEST}encryption-data": _encrypted}, {}).read(stream)
    with package.open("content.xml") as stream:
        return _Content(file, allowance).read(stream)


def read_flat(file: str, data: bytes, allowance: Allowance) -> tuple[Grid, ...]:
    """Every sheet of a spreadsheet in one XML file.

    :raises SheetProblem: ``broken-file``, ``too-big``.
    """
    return _Content(file, allowance).read(io.BytesIO(data))


def _encrypted(_: dict[str, str]) -> None:
    raise encrypted()


class _Content:
    """The content while it is read: the sheet, row and cell that the stream is in."""

    def __init__(self, file: str, allowance: Allowance) -> None:
        self._file = file
        self._allowance = allowance
        self._grids: list[Grid] = []
        self._styles = Styles()
        self._from_1904 = False
        self._sheets_at = 0
        self._sheet: dict[str, str] | None = None
        self._rows = Rows(allowance)
        self._number = 0
        self._row: dict[str, str] = {}
        self._cells: list[Value] = []
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._cell_at = 0
        self._lines: list[str] = []
        self._line = Line()
        self._struck, self._runs = list[str](), list[int | None]()
        self._column_styles: list[str | None] = []
        self._scanner = Scanner(
            {
                **self._styles.handlers(),
                f"{_OFFICE}spreadsheet": self._begin_sheets,
                f"{_TABLE}null-date": self._null_date,
                f"{_TABLE}table": self._begin_sheet,
                f"{_TABLE}table-source": self._from_elsewhere,
                f"{_TABLE}table-column": self._begin_column,
                f"{_TABLE}table-row": self._begin_row,
                f"{_TABLE}table-cell": self._begin_cell,
                f"{_TABLE}covered-table-cell": self._begin_cell,
                f"{_TEXT}p": self._begin_line,
                f"{_TEXT}span": self._begin_run,
                f"{_TEXT}s": self._blanks,
                f"{_TEXT}tab": lambda _: self._scanner.add("\t"),
                f"{_TEXT}line-break": lambda _: self._scanner.add("\n"),
            },
            {
                f"{_TABLE}table": self._end_sheet,
                f"{_TABLE}table-row": self._end_row,
                f"{_TABLE}table-cell": self._end_cell,
                f"{_TABLE}covered-table-cell": self._end_covered,
                f"{_TEXT}p": self._end_line,
                f"{_TEXT}span": self._end_run,
            },
        )

    def read(self, stream: IO[bytes]) -> tuple[Grid, ...]:
        self._scanner.read(stream)
        if not self._sheets_at:
            raise not_a_table("OpenDocument 文件")
        return tuple(self._grids)

    def _null_date(self, attributes: dict[str, str]) -> None:
        self._from_1904 = attributes.get(f"{_TABLE}date-value", "").startswith("1904")

    def _begin_sheets(self, _: dict[str, str]) -> None:
        self._sheets_at = self._scanner.depth()

    def _begin_sheet(self, attributes: dict[str, str]) -> None:
        if self._scanner.depth() == self._sheets_at + 1:
            self._sheet = attributes
            self._rows = Rows(self._allowance)
            self._number = 0
            self._column_styles = []

    def _begin_column(self, attributes: dict[str, str]) -> None:
        first = len(self._column_styles) + 1
        times = min(repeats(attributes, f"{_TABLE}number-columns-repeated"), MAX_COLUMN - first + 1)
        self._column_styles += [attributes.get(f"{_TABLE}default-cell-style-name")] * times
        if attributes.get(f"{_TABLE}visibility", "visible") != "visible":
            self._rows.hide(first, len(self._column_styles))

    def _from_elsewhere(self, _: dict[str, str]) -> None:
        self._sheet = None  # a copy of another file's sheet, kept for links to it

    def _end_sheet(self) -> None:
        if self._sheet is not None and self._scanner.depth() == self._sheets_at:
            source = Source(self._file, self._sheet.get(f"{_TABLE}name", ""))
            is_hidden = self._sheet.get(f"{_TABLE}style-name") in self._styles.hidden
            self._grids.append(self._rows.grid(source, is_hidden, self._from_1904))
            self._sheet = None
            if len(self._grids) > MAX_SHEETS:
                raise too_big(f"工作表超过{MAX_SHEETS}张")

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row = attributes
        self._cells = []
        self._column = 0
        self._line.clear()

    def _end_row(self) -> None:
        times = repeats(self._row, f"{_TABLE}number-rows-repeated")
        hidden = self._row.get(f"{_TABLE}visibility", "visible") != "visible"
        if self._cells and self._sheet is not None:
            for number in range(self._number + 1, self._number + times + 1):
                self._rows.add(number, self._cells, hidden, self._line)
        self._number += times

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._cell_at = self._scanner.depth()
        self._lines = []
        self._struck.clear()

    def _end_covered(self) -> None:
        if self._cell is not None:
            self._column += repeats(self._cell, f"{_TABLE}number-columns-repeated")
            self._cell = None

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        times = repeats(self._cell, f"{_TABLE}number-columns-repeated")
        value = self._value(self._cell)
        if value is not None:
            if self._column + times > MAX_COLUMN:
                raise broken(f"第{self._number + 1}行超出了表格的范围")
            self._cells.extend([None] * (self._column - len(self._cells)))
            self._cells.extend([value] * times)
            if self._styles.any_strikes:
                self._look(self._cell, times)
        self._span(self._cell)
        self._column += times
        self._cell = None

    def _span(self, cell: dict[str, str]) -> None:
        down = repeats(cell, f"{_TABLE}number-rows-spanned")
        across = repeats(cell, f"{_TABLE}number-columns-spanned")
        if (down > 1 or across > 1) and self._sheet is not None:
            top, left = self._number + 1, self._column + 1
            self._rows.merge(Area(top, left, top + down - 1, left + across - 1))

    def _begin_line(self, _: dict[str, str]) -> None:
        if self._cell is not None and self._scanner.depth() == self._cell_at + 1:
            self._scanner.listen()

    def _end_line(self) -> None:
        # Only a cell's own lines: not those of a note or a drawing that hangs on it.
        if self._cell is not None and self._scanner.depth() == self._cell_at:
            self._lines.append(self._scanner.heard())

    def _begin_run(self, attributes: dict[str, str]) -> None:
        is_struck = self._styles.strikes(RUN, attributes.get(f"{_TEXT}style-name"))
        self._runs.append(len(self._scanner.so_far()) if is_struck else None)

    def _end_run(self) -> None:
        if (start := self._runs.pop()) is not None:
            self._struck.append(self._scanner.so_far()[start:])

    def _look(self, cell: dict[str, str], times: int) -> None:
        """Note what is struck out in a cell that stands there so many times."""
        for column in range(self._column + 1, self._column + times + 1):
            by_column = self._column_styles[column - 1] if column <= len(self._column_styles) else None
            by_row = self._row.get(f"{_TABLE}default-cell-style-name")
            if self._styles.strikes(CELL, cell.get(f"{_TABLE}style-name"), by_row, by_column):
                self._line.struck.append(column)
            elif self._struck:
                self._line.strike(column, "\n".join(self._lines), "".join(self._struck))

    def _blanks(self, attributes: dict[str, str]) -> None:
        self._scanner.add(" " * min(repeats(attributes, f"{_TEXT}c"), MAX_TEXT))

    def _value(self, cell: dict[str, str]) -> Value:
        kind = cell.get(f"{_OFFICE}value-type", "")
        formula = cell.get(f"{_TABLE}formula")
        text = "\n".join(self._lines)
        if cell.get(_CALC_TYPE) == "error" or (formula is not None and _AN_ERROR.fullmatch(text)):
            return error(text)
        if formula is not None and not kind and not text:
            return never_calculated(formula.partition("=")[2])
        if kind in TYPED:
            return self._typed(cell, kind, text)
        shown = seen(text or cell.get(f"{_OFFICE}string-value", ""))
        return shown and self._allowance.once(shown)

    def _typed(self, cell: dict[str, str], kind: str, text: str) -> Value:
        attribute, convert = TYPED[kind]
        held = cell.get(_OFFICE + attribute, text)
        value = convert(held)
        if text != held and (shown := shown_of(value, held, text)) is not None:
            times = repeats(cell, f"{_TABLE}number-columns-repeated")
            for column in range(self._column + 1, self._column + min(times, MAX_COLUMN) + 1):
                self._line.shown[column] = shown
        return value
