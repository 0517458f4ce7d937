"""Sheets of an .xlsx, .xlsm or zipped .et, read as a stream.

Only what cells need is read: no styles but number formats, no charts, no links. So nothing in those can stop a
table from being read, and a sheet's own claim of how large it is (``<dimension>``) is never asked for.
"""

from functools import lru_cache

from pipeline.adapters.sheet.package import Package
from pipeline.adapters.sheet.refusal import MAX_COLUMN, MAX_ROW, broken
from pipeline.adapters.sheet.rows import Allowance, Rows
from pipeline.adapters.sheet.scanner import Scanner, within
from pipeline.adapters.sheet.values import (
    ELAPSED,
    NO_WIDTH,
    Reader,
    clock,
    error,
    iso_moment,
    moment,
    never_calculated,
    number,
)
from pipeline.adapters.sheet.xlsx_book import MAIN, TRUE, Book, Entry, read_book, text_of
from pipeline.domain.model import Area, Grid, Source, Value

_DIGITS = "0123456789"


def read(file: str, package: Package, part: str, allowance: Allowance) -> tuple[Grid, ...]:
    """Every sheet.

    :param part: the workbook part.
    :raises SheetProblem: ``broken-file``, ``too-big``, ``encrypted-file``.
    """
    book = read_book(package, part)
    return tuple(_Sheet(book, allowance).read(file, package, entry) for entry in book.entries)


class _Sheet:
    """One sheet while it is read: the row and the cell that the stream is in."""

    def __init__(self, book: Book, allowance: Allowance) -> None:
        self._book = book
        self._once = allowance.once
        self._rows = Rows(allowance)
        self._number = 0
        self._hidden = False
        self._cells: list[Value] = []
        self._column = 0
        self._kind = "n"
        self._style = "0"
        self._text: str | None = None
        self._inline: list[str] | None = None
        self._formula: str | None = None
        self._phonetic = False
        self._readers: dict[str, Reader] = {
            "s": self._shared,
            "str": self._kept,
            "inlineStr": self._kept,
            "n": self._numeric,
            "d": iso_moment,
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
                    "rPh": self._begin_phonetic,
                    "mergeCell": self._merge,
                    "col": self._column_look,
                },
            ),
            within(
                MAIN,
                {
                    "row": self._end_row,
                    "c": self._end_cell,
                    "v": self._end_value,
                    "f": self._end_formula,
                    "t": self._end_text,
                    "rPh": self._end_phonetic,
                },
            ),
        )

    def read(self, file: str, package: Package, entry: Entry) -> Grid:
        with package.open(entry.part) as stream:
            self._scanner.read(stream)
        return self._rows.grid(Source(file, entry.name), entry.is_hidden, self._book.from_1904)

    def _column_look(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in TRUE or NO_WIDTH.fullmatch(attributes.get("width", "")):
            self._rows.hide(int(attributes.get("min", "1")), int(attributes.get("max", "0")))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._number = int(attributes["r"]) if "r" in attributes else self._number + 1
        if not 0 < self._number <= MAX_ROW:
            raise broken(f"行号{self._number}超出了表格的范围")
        self._hidden = attributes.get("hidden") in TRUE
        self._cells = []
        self._column = 0

    def _end_row(self) -> None:
        if self._cells:
            self._rows.add(self._number, self._cells, self._hidden)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference:
            self._column = _column(reference.rstrip(_DIGITS))
        elif self._column < MAX_COLUMN:
            self._column += 1
        else:
            raise broken(f"第{self._number}行超出了表格的范围")
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
        self._inline = []

    def _begin_phonetic(self, _: dict[str, str]) -> None:
        self._phonetic = True

    def _end_phonetic(self) -> None:
        self._phonetic = False

    def _end_text(self) -> None:
        text = self._scanner.heard()
        if self._inline is not None and not self._phonetic:
            self._inline.append(text)

    def _end_cell(self) -> None:
        value = self._value()
        if value is None:
            return
        column = self._column
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
            raise broken(f"第{self._number}行有格子重复或超出范围")

    def _value(self) -> Value:
        if self._inline is not None:
            return self._kept("".join(self._inline))
        text = self._text
        if text is None or (not text and self._kind != "str"):
            return None if self._formula is None else never_calculated(self._formula)
        return self._readers[self._kind](text)

    def _shared(self, text: str) -> Value:
        number_of_text = int(text)
        if number_of_text < 0:
            raise broken("文字编号不对")
        return self._book.texts[number_of_text]

    def _kept(self, raw: str) -> str | None:
        text = text_of(raw)
        return text and self._once(text)

    def _numeric(self, text: str) -> Value:
        value = number(text)
        if value == 0 and self._formula is not None and self._book.is_stale:
            return never_calculated(self._formula)
        shape = self._book.shapes.get(self._style)
        if shape is None:
            return value
        return clock(value * 86_400) if shape == ELAPSED else moment(value, self._book.from_1904)

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
