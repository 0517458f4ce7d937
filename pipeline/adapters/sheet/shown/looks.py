"""How cells look beside what they hold: number formats, and what is struck out."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from pipeline.adapters.sheet.shown.number_format import Format
from pipeline.adapters.sheet.shown.values import ELAPSED, clock, moment
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.text import text_of

Place = tuple[int, int]
"""Row number and column, both from 1."""
Formats = tuple[tuple[int, Format], ...]
"""Column, from 1, and the format of the number or day that stands there."""


def partly_struck(text: str, struck: str) -> Unreadable:
    """A cell in which some of the text is struck out."""
    return Unreadable(f"{text}（其中划掉的是“{struck}”）", "struck-text")


class Line:
    """A row in the making: what is to be said of its cells beside their values. Columns count from 1."""

    def __init__(self) -> None:
        self.formats: list[tuple[int, Format]] = []
        """Formats of numbers and days, which are applied when somebody asks."""
        self.shown: dict[int, str | Unreadable] = {}
        """What cells show otherwise than they hold."""
        self.struck: list[int] = []
        """Filled cells in which everything is struck out."""

    def clear(self) -> None:
        """Begin another row."""
        self.formats.clear()
        self.shown.clear()
        self.struck.clear()

    def number(self, column: int, number: float, form: Format, from_1904: bool) -> Value:
        """The value of a number that has a format.

        :raises ValueError: not finite.
        """
        if form.shape is None:
            self.formats.append((column, form))
            return number
        value = clock(number * 86_400) if form.shape == ELAPSED else moment(number, from_1904)
        if isinstance(value, str):
            self.shown[column] = form.text(number)
        else:
            self.formats.append((column, form))
        return value

    def strike(self, column: int, text: str, struck: str) -> None:
        """Note what of a cell's text is struck out, which may be all."""
        gone = "".join(struck.split())
        if gone == "".join(text.split()):
            self.struck.append(column)
        elif gone:
            self.shown[column] = partly_struck(text, struck.strip())


class Shown(Mapping[Place, str | Unreadable]):
    """What the cells of a sheet show where that is not their value's text.

    Formats are applied when a cell is asked for: most of what has one is a day of a column that nobody prints.
    """

    def __init__(
        self,
        written: Mapping[Place, str | Unreadable],
        rows: Sequence[tuple[int, tuple[Value, ...]]],
        formats: Sequence[Formats],
    ) -> None:
        """Keep what is to be looked up.

        :param written: what is known already.
        :param rows: the sheet's, in order.
        :param formats: those of each row.
        """
        self._written = written
        self._rows = rows
        self._numbers = [number for number, _ in rows]
        self._formats = formats
        kinds = {id(each): each for each in formats}.values()
        self.columns = frozenset(column for each in kinds for column, _ in each)
        """Columns with a format."""

    def __bool__(self) -> bool:
        """Yes: to find out would mean to look at every cell."""
        return True

    def __getitem__(self, place: Place) -> str | Unreadable:
        """What a cell shows; a KeyError where that is its value's text."""
        found = self.get(place)
        if found is None:
            raise KeyError(place)
        return found

    def get(self, place: Place, _: object = None) -> str | Unreadable | None:  # type: ignore[override]
        """What a cell shows; None where that is its value's text."""
        if place in self._written:
            return self._written[place]
        if place[1] not in self.columns:
            return None
        index = bisect_left(self._numbers, place[0])
        if index == len(self._numbers) or self._numbers[index] != place[0]:
            return None
        cells = self._rows[index][1]
        for column, form in self._formats[index]:
            if column == place[1] and column <= len(cells):
                value = cells[column - 1]
                text = None if value is None or isinstance(value, bool | Unreadable) else form.text(value)
                return None if text == text_of(value) else text
        return None

    def __iter__(self) -> Iterator[Place]:
        """Every such cell, row by row; each that has a format is looked at."""
        formatted = (
            (number, column)
            for number, formats in zip(self._numbers, self._formats, strict=True)
            for column, _ in formats
        )
        places = sorted({*self._written, *formatted})
        return (place for place in places if self.get(place) is not None)

    def __len__(self) -> int:
        """How many there are; every cell that has a format is looked at."""
        return sum(1 for _ in self)
