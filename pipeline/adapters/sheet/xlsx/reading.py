"""Sheets of an .xlsx, .xlsm or zipped .et, read as a stream.

Only what cells need is read: no styles but number formats, no charts, no links. So nothing in those can stop a
table from being read, and a sheet's own claim of how large it is (``<dimension>``) is never asked for.
"""

from datetime import datetime
from functools import lru_cache

from pipeline.adapters.sheet.package import Package
from pipeline.adapters.sheet.refusal import MAX_COLUMN, MAX_ROW, broken
from pipeline.adapters.sheet.rows import Allowance, Rows
from pipeline.adapters.sheet.scanner import EnoughError, Scanner, within
from pipeline.adapters.sheet.shown.looks import Line
from pipeline.adapters.sheet.shown.values import NO_WIDTH, Reader, error, iso_moment, never_calculated, number
from pipeline.adapters.sheet.skimming import Skimmer
from pipeline.adapters.sheet.xlsx.book import Book, Entry, read_book
from pipeline.adapters.sheet.xlsx.plain import PlainRows
from pipeline.adapters.sheet.xlsx.text import MAIN, TRUE, Runs, text_of
from pipeline.domain.model import Source
from pipeline.domain.tables.grid import Area, Grid
from pipeline.domain.values.cell import Value

_DIGITS = "0123456789"
_TEXTS = 100
"""Shared texts that a row is allowed; writers number them as the rows come, and where the first ones need more the file is
broken as far as can be seen."""


def read(file: str, package: Package, part: str, allowance: Allowance) -> tuple[Grid, ...]:
    """Every sheet.

    :param part: the workbook part.
    :raises SheetProblem: ``broken-file``, ``too-big``, ``encrypted-file``.
    """
    book = read_book(package, part, allowance.rows * _TEXTS)
    return tuple(_Sheet(book, allowance).read(file, package, entry) for entry in book.entries)


class _Sheet:
    """One sheet while it is read: the row and the cell that the stream is in."""

    def __init__(self, book: Book, allowance: Allowance) -> None:
        self._book = book
        self._once = allowance.once
        self._rows = Rows(allowance)
        self._plain = PlainRows(book, self._rows, self._once)
        self._skimmer = (
            Skimmer(b"<sheetData", b"</row>", MAIN[0], self._plain.take) if allowance.is_whole else None
        )
        self._hidden = False
        self._cells: list[Value] = []
        self._column = 0
        self._kind = "n"
        self._style = "0"
        self._text: str | None = None
        self._runs = Runs()
        self._inline: str | None = None
        self._formula: str | None = None
        self._line = Line()
        self._formats, self._dressed = book.styles.formats, book.styles.dressed
        starts, ends = self._runs.handlers()
        self._readers: dict[str, Reader] = {
            "s": self._shared_in_runs if book.struck else self._shared,
            "str": self._kept,
            "inlineStr": self._kept,
            "n": self._numeric,
            "d": self._moment,
            "b": lambda text: text.strip() in TRUE,
            "e": error,
        }
        self._scanner = Scanner(
            within(
                MAIN,
                {
                    "row": self._begin_row,
                    "c": self._begin_cell,
                    "v": self._listen,
                    "f": self._listen,
                    "is": self._begin_inline,
                    "t": self._listen,
                    "mergeCell": self._merge,
                    "col": self._column_look,
                    **starts,
                },
            ),
            within(
                MAIN,
                {
                    "row": self._end_row,
                    "c": self._end_cell,
                    "v": self._end_value,
                    "f": self._end_formula,
                    "is": self._end_inline,
                    "t": self._end_text,
                    **ends,
                },
            ),
        )

    def read(self, file: str, package: Package, entry: Entry) -> Grid:
        with package.open(entry.part) as stream:
            self._scanner.read(stream, self._skimmer)
        return self._rows.grid(Source(file, entry.name), entry.is_hidden, self._book.from_1904)

    def _column_look(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in TRUE or NO_WIDTH.fullmatch(attributes.get("width", "")):
            self._rows.hide(int(attributes.get("min", "1")), int(attributes.get("max", "0")))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        if self._rows.is_full:
            raise EnoughError
        self._plain.number = int(attributes["r"]) if "r" in attributes else self._plain.number + 1
        if not 0 < self._plain.number <= MAX_ROW:
            raise broken(f"行号{self._plain.number}超出了表格的范围")
        self._hidden = attributes.get("hidden") in TRUE
        self._cells = []
        self._column = 0
        self._line.clear()

    def _end_row(self) -> None:
        if self._cells:
            self._rows.add(self._plain.number, self._cells, self._hidden, self._line)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference:
            self._column = _column(reference.rstrip(_DIGITS))
        elif self._column < MAX_COLUMN:
            self._column += 1
        else:
            raise broken(f"第{self._plain.number}行超出了表格的范围")
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._text = self._formula = self._inline = None

    def _listen(self, _: dict[str, str]) -> None:
        self._scanner.listen()

    def _end_value(self) -> None:
        self._text = self._scanner.heard()

    def _end_formula(self) -> None:
        self._formula = self._scanner.heard()

    def _begin_inline(self, _: dict[str, str]) -> None:
        self._runs.begin()
        self._inline = ""

    def _end_inline(self) -> None:
        self._inline = "".join(self._runs.pieces)
        if self._runs.struck:
            self._line.strike(self._column, self._inline, "".join(self._runs.struck))

    def _end_text(self) -> None:
        self._runs.add(self._scanner.heard())

    def _end_cell(self) -> None:
        value = self._value()
        if value is None:
            return
        column = self._column
        if self._dressed and self._style in self._dressed:
            self._dress(value)
        cells = self._cells
        blanks = column - 1 - len(cells)
        if blanks == 0:
            cells.append(value)
        elif 0 < column <= MAX_COLUMN and blanks > 0:
            cells.extend([None] * blanks)
            cells.append(value)
        elif 0 < column <= MAX_COLUMN and cells[column - 1] is None:
            cells[column - 1] = value
        else:
            raise broken(f"第{self._plain.number}行有格子重复或超出范围")

    def _value(self) -> Value:
        if self._inline is not None:
            return self._kept(self._inline)
        text = self._text
        if text is None or (not text and self._kind != "str"):
            return None if self._formula is None else never_calculated(self._formula)
        return self._readers[self._kind](text)

    def _shared(self, text: str) -> Value:
        number_of_text = int(text)
        if number_of_text < 0:
            raise broken("文字编号不对")
        return self._book.texts[number_of_text]

    def _shared_in_runs(self, text: str) -> Value:
        value = self._shared(text)
        struck = self._book.struck.get(int(text))
        if struck and isinstance(value, str):
            self._line.strike(self._column, value, struck)
        return value

    def _kept(self, raw: str) -> str | None:
        text = text_of(raw)
        return text and self._once(text)

    def _numeric(self, text: str) -> Value:
        value = number(text)
        if value == 0 and self._formula is not None and self._book.is_stale:
            return never_calculated(self._formula)
        form = self._formats.get(self._style)
        return value if form is None else self._line.number(self._column, value, form, self._book.from_1904)

    def _moment(self, text: str) -> Value:
        value = iso_moment(text)
        form = self._formats.get(self._style)
        if form and isinstance(value, datetime):
            self._line.formats.append((self._column, form))
        return value

    def _dress(self, value: Value) -> None:
        """Note what the cell's style makes of it besides."""
        form = self._formats.get(self._style)
        if form and form.rewords and isinstance(value, str) and self._kind != "n":
            self._line.shown.setdefault(self._column, form.text(value))
        if self._style in self._book.styles.struck and self._column not in self._line.struck:
            self._line.struck.append(self._column)

    def _merge(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes.get("ref", "").replace("$", "").partition(":")
        left, right = (_column(corner.rstrip(_DIGITS)) for corner in (first, last or first))
        top, bottom = (int(corner.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for corner in (first, last or first))
        self._rows.merge(Area(top, left, bottom, right))


@lru_cache(MAX_COLUMN)
def _column(letters: str) -> int:
    """``AB`` → 28."""
    column = 0
    for letter in letters:
        if not "A" <= letter <= "Z" or column > MAX_COLUMN:
            raise broken(f"格子的列名不对：{letters[:9]}")
        column = column * 26 + ord(letter) - 64
    return column
