"""Lines about a header that are no rows of its table, and rows that stand where they are not read.

A table that was sorted with its header has rows above it. One that was put together of several has the header over again,
as a table printed page by page has, but maybe with its columns in another order. Official forms number their columns.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain

from pipeline.domain.model import Problem, Source
from pipeline.domain.tables.grid import Grid
from pipeline.domain.tables.lines.totals import total_of
from pipeline.domain.values.cell import Value
from pipeline.domain.values.text import Cells, is_identity, plain, text_of, whole_number

_KNOWN_BY, _COUNTED = ("uscc", "regno", "id_no"), ("target", "code")
"""Fields by which a row is told from a title: what they hold stands in no title, in their very column."""
_LEADING = "甲乙丙丁戊己庚辛"
_SHOWN = 10


def rows_above(grid: Grid, position: int, columns: Mapping[str, int]) -> tuple[int, list[Problem]]:
    """How many lines above a header are rows, and one problem for all of them (code ``rows-above-header``).

    :param position: of the header, among the grid's lines.
    :param columns: field → column, from 0.
    """
    found = [number for number, cells in grid.rows[:position] if _is_row(cells, columns)]
    if not found:
        return 0, []
    some = "、".join(map(str, found[:_SHOWN])) + "等" * (len(found) > _SHOWN)
    advice = (
        f"表头在第{grid.rows[position][0]}行，它上面有{len(found)}行像是内容（第{some}行），没有读。"
        "多半是排序时把表头也排了进去，或者是接着上一页的。请把表头移到内容的上面；不要的行，请删去。"
    )
    return len(found), [Problem(grid.source._replace(row=found[0]), None, "", "rows-above-header", advice)]


def _is_row(cells: Cells, columns: Mapping[str, int]) -> bool:
    """Whether a line has what tells a row in the very column for it, and half of the others filled."""
    told = {name: cells[place] for name, place in columns.items() if place < len(cells)}
    if 2 * sum(bool(text_of(value)) for value in told.values()) < len(columns) or total_of(cells):
        return False
    return any(is_identity(told.get(name)) for name in _KNOWN_BY) or (
        bool(text_of(told.get("unit"))) and any(whole_number(told.get(name)) is not None for name in _COUNTED)
    )


@dataclass(slots=True)
class HeaderAgain:
    """Watches the lines below a header for it to come again."""

    source: Source
    """The header's sheet."""
    heads: Sequence[Cells]
    """The header's lines, the lowest first."""
    words: Mapping[int, Sequence[str]]
    """Column, from 0 → the words that its field goes by."""
    moved: Problem | None = None
    """Why the lines are not read: the last header had its columns in another order."""
    _places: list[Mapping[Value, Set[int]]] = field(init=False)
    """Of each line: what may stand in it → in which columns."""
    _is_below: bool = True
    """Whether the line before was one of a header."""

    def __post_init__(self) -> None:
        self._places = []
        for number, head in enumerate(self.heads):
            places: dict[Value, set[int]] = {}
            for place, text in enumerate(head):
                for word in (text, *(() if number else self.words.get(place, ()))):
                    places.setdefault(word, set()).add(place)
            places.pop(None, None)
            self._places.append(places)

    def may_see(self, lines: Sequence[Cells]) -> bool:
        """Whether :meth:`sees` has to be asked of any of some lines: nearly all hold no word of the header, nor come below it."""
        return self._is_below or any(
            not places.keys().isdisjoint(chain.from_iterable(lines)) for places in self._places
        )

    def sees(self, number: int, cells: Cells) -> str:
        """What a line is of the header: 重复的表头, 表头 where it numbers the columns; empty for any other.

        Where the columns come again in another order, ``moved`` is a problem (code ``moved-columns``).
        """
        for head, places in zip(self.heads, self._places, strict=True):
            same = 0 if places.keys().isdisjoint(cells) else len(places.keys() & cells)
            if same >= 2 and 2 * same >= len(set(head) - {None}):
                in_order = all(place in places.get(cell, (place,)) for place, cell in enumerate(cells))
                self.moved = None if in_order else _moved(self.source._replace(row=number))
                self._is_below = True
                return "重复的表头"
        was_below, self._is_below = self._is_below, False
        return "表头" if was_below and _numbers_columns(cells) else ""


def _moved(source: Source) -> Problem:
    advice = (
        "这一行又是表头，各列的次序却和上面的不一样，从这一行起没有读。"
        "请把下面的各列调成和上面一样，或者移到另一张工作表，连同它的表头。"
    )
    return Problem(source, None, "", "moved-columns", advice)


def _numbers_columns(cells: Cells) -> bool:
    """Whether a line only numbers the columns: 1 2 3, ①②③, 甲 乙 1 2 3."""
    texts = [plain(text).strip("()") for value in cells if (text := text_of(value))]
    numbers = texts[next((place for place, text in enumerate(texts) if text not in _LEADING), 0) :]
    return len(numbers) >= 3 and numbers == [str(number) for number in range(1, len(numbers) + 1)]
