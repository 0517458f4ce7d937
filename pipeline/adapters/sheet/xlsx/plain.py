"""Plain rows of a sheet: cells one after another, each with a number, a shared text or a text of its own."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, repeat
from typing import TYPE_CHECKING, Any

from pipeline.adapters.sheet.refusal import MAX_COLUMN, MAX_ROW
from pipeline.adapters.sheet.rows import Rows
from pipeline.adapters.sheet.shown.looks import Formats
from pipeline.adapters.sheet.shown.number_format import Format
from pipeline.adapters.sheet.skimming import Parse
from pipeline.adapters.sheet.xlsx.book import Book
from pipeline.adapters.sheet.xlsx.making import Maker, Makers, filled
from pipeline.domain.values.text import column_number

if TYPE_CHECKING:
    from pipeline.domain.values.cell import Value

_END = "</row>"
_TEXT = re.compile(">([^<]+)<")
_SPACE = ' xml:space="preserve"'
_REFERENCE = re.compile('(?<=[A-Z])[0-9]+"')
"""The end of a cell's reference: only its column is asked for."""
_ROW = re.compile(
    '<row r="[1-9][0-9]{0,6}"(?P<look>(?: (?:spans|ht|customHeight|customFormat|s)="[^"<&]*")*)>(?P<cells>.*)</row>'
)
_CELL = re.compile(
    '<c r="(?P<column>[A-Z]{1,3})"(?P<looks>(?: [st]="[A-Za-z0-9]+"){0,2})'
    f"(?P<rest>/>|></c>|>(?P<text><v\0/v>|<is><t(?:{_SPACE})?\0/t></is>)</c>)"
)
"""``\0`` stands where there is a text, with the signs on either side of it."""
_LOOK = re.compile(' ([st])="([A-Za-z0-9]+)"')
_NAME = re.compile(' ([A-Za-z]+)="')
_MOST_LOOKS, _MOST_TIMES = 1_000, 50
"""Looks of cells and rows that are kept in mind, and how often the expression is made anew: that takes ten milliseconds."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How cells of a column are written."""

    column: int
    """From 1."""
    pattern: str
    """What matches one."""
    values: Maker | None
    """What makes values of their texts; None where they are empty."""
    form: Format | None
    """Their number format."""


class PlainRows:
    """Takes plain rows out of a sheet's document.

    One expression matches a row of any cells that look like some that were met; it is made anew when a further look is.
    """

    def __init__(self, book: Book, rows: Rows, once: Callable[[str], str]) -> None:
        """Prepare to read a sheet.

        :param rows: where rows go.
        :param once: keeps a text once.
        """
        self._book, self._rows, self._makers = book, rows, Makers(book, once)
        self._heads: dict[str, None] = {}
        self._looks: dict[str, _Look] = {}
        self._groups: list[_Look] = []
        self._times = 0
        self._row = re.compile("(?!)")
        self._formats: dict[tuple[bool, ...], Formats] = {}
        self.number = 0
        """Of the last row."""

    def take(self, piece: str, parse: Parse) -> None:
        """Take a piece's rows, or give them to the parser."""
        if self._take_all(piece):
            return
        place, end = 0, len(piece)
        found: list[re.Match[str]] = []
        while place < end:
            row = self._row.match(piece, place)
            if row is None:
                self._put(found, parse)
                found = []
                after = piece.index(_END, place) + len(_END)
                if self._learn(piece[place:after]):
                    if self._take_all(piece[place:]):
                        return
                    continue
                parse(piece[place:after].encode())
            else:
                found.append(row)
                after = row.end()
            place = after
        self._put(found, parse)

    def _take_all(self, piece: str) -> bool:
        """Take a piece if there is nothing in it but plain rows, as nearly always."""
        between = 2 + len(self._groups)
        parts = self._row.split(piece)
        return not any(parts[::between]) and self._is_added([parts[at::between] for at in range(1, between)])

    def _put(self, found: Sequence[re.Match[str]], parse: Parse) -> None:
        """Add rows; where one of them is not plain, all but that one."""
        if not found or self._is_added(list(zip(*map(re.Match.groups, found), strict=True))):
            return
        if len(found) == 1:
            parse(found[0][0].encode())
            return
        half = len(found) // 2
        self._put(found[:half], parse)
        self._put(found[half:], parse)

    def _is_added(self, parts: Sequence[Sequence[str | Any]]) -> bool:
        """Add rows if all of them are plain.

        :param parts: their numbers; then of each look the text of its cell, None in a row without.
        """
        try:
            self._add(*parts)
        except (ValueError, IndexError):
            return False
        return True

    def _add(self, numbers: Sequence[str], *texts: Sequence[str | None]) -> None:
        rows = list(map(int, numbers))
        if max(rows) > MAX_ROW:
            raise ValueError(max(rows))
        columns: dict[int, Sequence[Value]] = {}
        for look, own in zip(self._groups, texts, strict=True):
            values = filled(look.values, own) if look.values else ()
            before = columns.get(look.column)
            columns[look.column] = values if before is None else [
                value if one is None else one for one, value in zip(before, values, strict=True)
            ]  # fmt: skip
        blank: Sequence[Value] = [None] * len(rows)
        width = max(columns, default=0)
        cells = zip(*(columns.get(column, blank) for column in range(1, width + 1)), strict=True)
        self._rows.add_plain(rows, cells if width else [()] * len(rows), self._formats_of(texts))
        self.number = rows[-1]

    def _formats_of(self, texts: Sequence[Sequence[str | None]]) -> Iterable[Formats]:
        """Number formats of the cells of each row."""
        dressed = [place for place, look in enumerate(self._groups) if look.form]
        if not dressed:
            return repeat(())
        return map(
            self._formats_by,
            zip(*([text is not None for text in texts[place]] for place in dressed), strict=True),
        )

    def _formats_by(self, there: tuple[bool, ...]) -> Formats:
        """The same by which of the looks with a format are there, each kept once."""
        if there not in self._formats:
            looks = (look for look in self._groups if look.form)
            self._formats[there] = tuple(
                (look.column, look.form)
                for look, is_there in zip(looks, there, strict=True)
                if is_there and look.form
            )
        return self._formats[there]

    def _learn(self, row: str) -> bool:
        """Look at a row that is not known; whether it is from now on, and is plain."""
        shape = _REFERENCE.sub('"', "\0".join(_TEXT.split(row)[::2]))
        whole = _ROW.fullmatch(shape)
        if whole is None or _has_twice(_NAME.findall(whole["look"])) or self._times == _MOST_TIMES:
            return False
        looks = self._looks_of(whole["cells"])
        if looks is None or len(self._looks) + len(looks) > _MOST_LOOKS:
            return False
        self._times += 1
        self._heads[whole["look"]] = None
        self._looks |= looks
        in_order = sorted(self._looks.values(), key=lambda look: look.column)
        self._groups = [look for look in in_order if look.values]
        self._formats.clear()
        cells = (
            "|".join(look.pattern for look in same) for _, same in groupby(in_order, lambda look: look.column)
        )
        self._row = re.compile(
            f'<row r="([1-9][0-9]{{0,6}})"(?:{"|".join(map(re.escape, self._heads))})>'
            f"{''.join(f'(?>{cell})?+' for cell in cells)}{_END}"
        )
        return self._row.match(row) is not None

    def _looks_of(self, shape: str) -> dict[str, _Look] | None:
        """How a row's cells look; None where one of them is not plain."""
        found: dict[str, _Look] = {}
        end = last = 0
        while cell := _CELL.match(shape, end):
            end = cell.end()
            column = column_number(cell["column"])
            looks = dict(_LOOK.findall(cell["looks"]))
            style = looks.get("s", "0")
            if (
                not last < column <= MAX_COLUMN
                or _has_twice(_NAME.findall(cell["looks"]))
                or style in self._book.styles.dressed
            ):
                return None
            last = column
            kind = looks.get("t", "n")
            values = (
                self._makers.of(kind, style, is_inline=cell["text"].startswith("<is>"))
                if cell["text"]
                else None
            )
            if cell["text"] and values is None:
                return None
            rest = re.escape(cell["rest"]).replace("\0", ">([^<]+)<")
            pattern = f'<c r="{cell["column"]}[0-9]+"{re.escape(cell["looks"])}{rest}'
            form = self._book.styles.formats.get(style) if values and kind == "n" else None
            found[pattern] = _Look(column, pattern, values, form)
        return found if end == len(shape) else None


def _has_twice(names: list[str]) -> bool:
    """Whether an element has an attribute twice, which XML does not allow."""
    return len(set(names)) < len(names)
