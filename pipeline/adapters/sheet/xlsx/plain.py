"""Plain rows of a sheet: cells one after another, each with a number, a shared text or a text of its own."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.adapters.sheet.refusal import MAX_COLUMN, MAX_ROW
from pipeline.adapters.sheet.rows import Rows
from pipeline.adapters.sheet.shown.looks import Formats, Line
from pipeline.adapters.sheet.shown.values import number
from pipeline.adapters.sheet.skimming import Parse, unescaped
from pipeline.adapters.sheet.xlsx.book import Book
from pipeline.adapters.sheet.xlsx.text import text_of
from pipeline.domain.values.cell import Value
from pipeline.domain.values.text import column_number

_END = "</row>"
_NUMBER = re.compile('<row r="([1-9][0-9]{0,6})"')
_TEXT = re.compile(">([^<]+)<")
_SPACE = ' xml:space="preserve"'
_REFERENCE = re.compile('(?<=[A-Z])[0-9]+"')
"""The end of a cell's reference: only its column is asked for."""
_ROW = re.compile('(?: (?:spans|ht|customHeight|customFormat|s)="[^"<&]*")*>(?P<cells>.*)')
_CELL = re.compile(
    '<c r="(?P<column>[A-Z]{1,3})"(?P<looks>(?: [st]="[A-Za-z0-9]+"){0,2})'
    f"(?:/>|></c>|>(?P<text><v\0/v>|<is><t(?:{_SPACE})?\0/t></is>)</c>)"
)
"""``\0`` stands where there is a text, with the signs on either side of it."""
_LOOK = re.compile(' ([st])="([A-Za-z0-9]+)"')
_NAME = re.compile(' ([A-Za-z]+)="')
_MOST = 2_000
"""Forms of rows that are kept in mind."""


@dataclass(frozen=True, slots=True)
class _Form:
    """What rows of one form hold."""

    width: int
    """Columns, to the last that has a text."""
    places: tuple[int, ...]
    """Column, from 0, of each text."""
    makers: tuple[Callable[[str], Value], ...]
    """What makes a value of each text."""
    formats: Formats
    """Number formats of its cells."""
    is_whole: bool
    """Whether each of its columns has a text."""


class PlainRows:
    """Takes plain rows out of a sheet's document."""

    def __init__(self, book: Book, rows: Rows, once: Callable[[str], str]) -> None:
        """Prepare to read a sheet.

        :param rows: where rows go.
        :param once: keeps a text once.
        """
        self._book, self._rows, self._once = book, rows, once
        self._forms: dict[str, _Form | None] = {}
        self._moments: dict[str, dict[str, Value]] = {}
        self.number = 0
        """Of the last row."""

    def take(self, piece: str, parse: Parse) -> None:
        """Take a piece's rows, or give them to the parser."""
        has_entities = "&" in piece
        for row in piece.split(_END)[:-1]:
            if (has_entities and "&" in row and "&" in _TEXT.sub("", row)) or not self._take(row):
                parse(f"{row}{_END}".encode())

    def _take(self, row: str) -> bool:
        found = _NUMBER.match(row)
        if found is None:
            return False
        texts = _TEXT.split(row[found.end() :])
        shape = _REFERENCE.sub('"', "\0".join(texts[::2]))
        form = self._forms.get(shape)
        if form is None:
            if shape in self._forms or (form := self._form(shape)) is None:
                self._keep(shape, None)
                return False
            self._keep(shape, form)
        cells: list[Value]
        try:
            if form.is_whole:
                cells = [make(text) for make, text in zip(form.makers, texts[1::2], strict=True)]
            else:
                cells = [None] * form.width
                for place, make, text in zip(form.places, form.makers, texts[1::2], strict=True):
                    cells[place] = make(text)
        except (ValueError, IndexError):
            return False
        self.number = int(found[1])
        if self.number > MAX_ROW:
            return False
        self._rows.add(self.number, cells, formats=form.formats)
        return True

    def _keep(self, shape: str, form: _Form | None) -> None:
        if len(self._forms) < _MOST:
            self._forms[shape] = form

    def _form(self, shape: str) -> _Form | None:
        """What rows of a form hold; None where they are not plain."""
        row = _ROW.fullmatch(shape)
        if row is None or _has_twice(_NAME.findall(shape, 0, row.start("cells"))):
            return None
        places: list[int] = []
        makers: list[Callable[[str], Value]] = []
        formats = []
        end, last = row.start("cells"), 0
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
            if not cell["text"]:
                continue
            make = self._maker(looks.get("t", "n"), style, is_inline=cell["text"].startswith("<is>"))
            if make is None:
                return None
            places.append(column - 1)
            makers.append(make)
            if looks.get("t", "n") == "n" and (form := self._book.styles.formats.get(style)):
                formats.append((column, form))
        if end < len(shape):
            return None
        width = places[-1] + 1 if places else 0
        return _Form(width, tuple(places), tuple(makers), tuple(formats), width == len(places))

    def _maker(self, kind: str, style: str, *, is_inline: bool) -> Callable[[str], Value] | None:
        """What makes a value of a cell's text; None where that takes more."""
        if is_inline or kind in {"str", "inlineStr"}:
            return self._kept if is_inline == (kind == "inlineStr") else None
        if kind == "s" and not self._book.struck:
            return self._shared
        if kind != "n":
            return None
        form = self._book.styles.formats.get(style)
        if form is None or form.shape is None:
            return number
        known = self._moments.setdefault(style, {})

        def moment(text: str) -> Value:
            if text not in known:
                line = Line()
                known[text] = line.number(1, number(text), form, self._book.from_1904)
                if line.shown:
                    del known[text]
                    raise ValueError(text)
            return known[text]

        return moment

    def _shared(self, text: str) -> Value:
        if not text.isdecimal():
            raise ValueError(text)
        return self._book.texts[int(text)]

    def _kept(self, raw: str) -> Value:
        text = text_of(unescaped(raw) if "&" in raw else raw)
        return text and self._once(text)


def _has_twice(names: list[str]) -> bool:
    """Whether an element has an attribute twice, which XML does not allow."""
    return len(set(names)) < len(names)
