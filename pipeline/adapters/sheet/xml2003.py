"""Sheets of an XML spreadsheet 2003 (SpreadsheetML), which systems hand out under the name .xls."""

import io
from datetime import datetime

from pipeline.adapters.sheet.refusal import MAX_COLUMN, MAX_ROW, MAX_SHEETS, broken, too_big
from pipeline.adapters.sheet.rows import Allowance, Rows
from pipeline.adapters.sheet.scanner import Scanner
from pipeline.adapters.sheet.shown.looks import Line
from pipeline.adapters.sheet.shown.number_format import Format, number_format
from pipeline.adapters.sheet.shown.values import (
    ELAPSED,
    NO_WIDTH,
    Reader,
    clock,
    error,
    iso_moment,
    never_calculated,
    number,
)
from pipeline.domain.model import Source
from pipeline.domain.tables.grid import Area, Grid
from pipeline.domain.values.cell import Value

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
"""By which such a file is told."""
_SS = f"{NAMESPACE} "
_X = "urn:schemas-microsoft-com:office:excel "
_PAGE = "http://www.w3.org/TR/REC-html40 "
_NAMED_FORMATS = {
    "General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
    "General Date": "yyyy/m/d h:mm", "Short Date": "yyyy/m/d", "Medium Date": "d-mmm-yy",
    "Long Date": 'yyyy"年"m"月"d"日"', "Short Time": "h:mm", "Medium Time": "h:mm AM/PM", "Long Time": "h:mm:ss",
    **{name: f"[{name}]0" for name in ("Currency", "Euro Currency", "Yes/No", "True/False", "On/Off")},
}  # fmt: skip
"""What the formats that go by a name show; of the last, a number, but nobody can tell how it is written."""
_ZERO = {False: datetime(1899, 12, 31), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - a sheet's days have no zone


def read(file: str, text: str, allowance: Allowance) -> tuple[Grid, ...]:
    """Every sheet.

    :raises SheetProblem: ``broken-file``, ``too-big``.
    """
    return _Workbook(file, allowance).read(text)


class _Workbook:
    """The workbook while it is read: the sheet, row and cell that the stream is in."""

    def __init__(self, file: str, allowance: Allowance) -> None:
        self._file = file
        self._allowance = allowance
        self._grids: list[Grid] = []
        self._from_1904 = False
        self._style = ""
        self._formats: dict[str, Format | None] = {}
        self._struck_styles: set[str] = set()
        self._line = Line()
        self._struck: list[str] = []
        self._runs: list[int] = []
        self._name = ""
        self._is_hidden = False
        self._rows = Rows(allowance)
        self._number = 0
        self._span = 0
        self._looks = 0
        self._hidden = False
        self._cells: list[Value] = []
        self._column = 0
        self._across = 0
        self._cell: dict[str, str] = {}
        self._cell_at = -1
        self._data: tuple[str, str] | None = None
        self._kind = ""
        self._readers: dict[str, Reader] = {
            "String": allowance.once,
            "Number": lambda text: self._numeric(number(text)),
            "DateTime": lambda text: self._moment(iso_moment(text)),
            "Boolean": lambda text: text.strip() == "1",
            "Error": error,
        }
        self._scanner = Scanner(
            {
                f"{_X}Date1904": self._date_1904,
                f"{_SS}Style": self._begin_style,
                f"{_SS}NumberFormat": self._number_format,
                f"{_SS}Font": self._font,
                f"{_PAGE}S": self._begin_struck,
                f"{_SS}Worksheet": self._begin_sheet,
                f"{_X}Visible": lambda _: self._scanner.listen(),
                f"{_SS}Column": self._column_look,
                f"{_SS}Row": self._begin_row,
                f"{_SS}Cell": self._begin_cell,
                f"{_SS}Data": self._begin_data,
            },
            {
                f"{_SS}Worksheet": self._end_sheet,
                f"{_X}Visible": self._end_visible,
                f"{_SS}Row": self._end_row,
                f"{_SS}Cell": self._end_cell,
                f"{_SS}Data": self._end_data,
                f"{_PAGE}S": self._end_struck,
            },
            "utf-8",
        )

    def read(self, text: str) -> tuple[Grid, ...]:
        self._scanner.read(io.BytesIO(text.encode("utf-8", "replace")))
        return tuple(self._grids)

    def _date_1904(self, _: dict[str, str]) -> None:
        self._from_1904 = True

    def _begin_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get(f"{_SS}ID", "")
        parent = attributes.get(f"{_SS}Parent", "")
        self._formats[self._style] = self._formats.get(parent)
        if parent in self._struck_styles:
            self._struck_styles.add(self._style)

    def _number_format(self, attributes: dict[str, str]) -> None:
        code = attributes.get(f"{_SS}Format", "General")
        self._formats[self._style] = number_format(_NAMED_FORMATS.get(code, code))

    def _font(self, attributes: dict[str, str]) -> None:
        self._struck_styles.discard(self._style)
        if attributes.get(f"{_SS}StrikeThrough") == "1":
            self._struck_styles.add(self._style)

    def _begin_struck(self, _: dict[str, str]) -> None:
        self._runs.append(len(self._scanner.so_far()))

    def _end_struck(self) -> None:
        self._struck.append(self._scanner.so_far()[self._runs.pop() :])

    def _begin_sheet(self, attributes: dict[str, str]) -> None:
        self._name = attributes.get(f"{_SS}Name", "")
        self._is_hidden = False
        self._rows = Rows(self._allowance)
        self._number = self._span = self._looks = 0

    def _column_look(self, attributes: dict[str, str]) -> None:
        first = int(attributes.get(f"{_SS}Index", self._looks + 1))
        self._looks = first + int(attributes.get(f"{_SS}Span", 0))
        if attributes.get(f"{_SS}Hidden") == "1" or NO_WIDTH.fullmatch(attributes.get(f"{_SS}Width", "")):
            self._rows.hide(first, self._looks)

    def _end_visible(self) -> None:
        self._is_hidden = self._scanner.heard().strip() in {"SheetHidden", "SheetVeryHidden"}

    def _end_sheet(self) -> None:
        self._grids.append(self._rows.grid(Source(self._file, self._name), self._is_hidden, self._from_1904))
        if len(self._grids) > MAX_SHEETS:
            raise too_big(f"工作表超过{MAX_SHEETS}张")

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._number = int(attributes.get(f"{_SS}Index", self._number + self._span + 1))
        if not 0 < self._number <= MAX_ROW:
            raise broken(f"行号{self._number}超出了表格的范围")
        self._span = int(attributes.get(f"{_SS}Span", 0))
        self._hidden = attributes.get(f"{_SS}Hidden") == "1"
        self._cells = []
        self._column = self._across = 0
        self._line.clear()

    def _end_row(self) -> None:
        if self._cells:
            self._rows.add(self._number, self._cells, self._hidden, self._line)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._column = int(attributes.get(f"{_SS}Index", self._column + self._across + 1))
        self._across = int(attributes.get(f"{_SS}MergeAcross", 0))
        self._cell = attributes
        self._cell_at = self._scanner.depth()
        self._data = None
        self._struck = []

    def _begin_data(self, attributes: dict[str, str]) -> None:
        if self._scanner.depth() == self._cell_at + 1:  # deeper in, it is the text of a note
            self._kind = attributes.get(f"{_SS}Type", "String")
            self._scanner.listen()

    def _end_data(self) -> None:
        if self._scanner.depth() == self._cell_at:
            self._data = self._kind, self._scanner.heard()

    def _end_cell(self) -> None:
        value = self._value()
        blanks = self._column - 1 - len(self._cells)
        if not 0 < self._column <= MAX_COLUMN or (value is not None and blanks < 0):
            raise broken(f"第{self._number}行有格子重复或超出范围")
        if value is not None:
            self._cells.extend([None] * blanks)
            self._cells.append(value)
            self._look(value)
        down = int(self._cell.get(f"{_SS}MergeDown", 0))
        if down or self._across:
            self._rows.merge(
                Area(self._number, self._column, self._number + down, self._column + self._across)
            )

    def _value(self) -> Value:
        if self._data is None:
            formula = self._cell.get(f"{_SS}Formula")
            return None if formula is None else never_calculated(formula.removeprefix("="))
        kind, text = self._data
        if not text.strip():
            return None
        return self._readers[kind](text)

    def _look(self, value: Value) -> None:
        """Note what the cell shows otherwise than it holds, and what of it is struck out."""
        form = self._format()
        if form and form.rewords and self._kind == "String" and isinstance(value, str):
            self._line.shown[self._column] = form.text(value)
        if self._cell.get(f"{_SS}StyleID") in self._struck_styles:
            self._line.struck.append(self._column)
        elif self._struck and isinstance(value, str):
            self._line.strike(self._column, value, "".join(self._struck))

    def _format(self) -> Format | None:
        return self._formats.get(self._cell.get(f"{_SS}StyleID", ""))

    def _numeric(self, value: int | float) -> Value:
        form = self._format()
        return value if form is None else self._line.number(self._column, value, form, self._from_1904)

    def _moment(self, value: datetime | str) -> Value:
        form = self._format()
        if isinstance(value, str):
            return value
        since = value - _ZERO[self._from_1904]
        if since.days < 1 or (form and form.shape == ELAPSED):
            if form:
                self._line.shown[self._column] = form.text(since.total_seconds() / 86_400)
            return clock(since.total_seconds())
        if form:
            self._line.formats.append((self._column, form))
        return value
