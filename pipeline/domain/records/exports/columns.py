"""The rows of an export, column by column: what a cell says is worked out once for each text that stands there."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar, cast

from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Row, Table, at, column, printed
from pipeline.domain.values.cell import Value

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
_TOGETHER = 500
"""Cells that are looked at together."""


@dataclass(frozen=True, slots=True)
class Odd(Generic[T_co]):
    """What a cell says of which something is to be told."""

    says: T_co
    """What is gone by."""
    code: str
    """Of the problem."""
    advice: str
    """What is wrong and what to do, in Chinese."""
    stops: bool = False
    """Whether the row cannot be used."""


class _Told(NamedTuple):
    """What is to be told of a cell."""

    place: int
    """Its row's, among the table's."""
    name: str
    """Its field."""
    found: Odd[object]
    """What."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Some of a table's rows, and what was found in any of them."""

    table: Table
    """Whose."""
    rows: Sequence[Row]
    """The rows."""
    places: Sequence[int]
    """The place of each among the table's rows."""
    _told: list[_Told] = field(default_factory=list)

    @classmethod
    def of(cls, table: Table) -> "Columns":
        """All rows of a table."""
        return cls(table, table.rows, range(len(table.rows)))

    def __len__(self) -> int:
        return len(self.places)

    def has(self, name: str) -> bool:
        """Whether the table has such a column."""
        return name in self.table.headers

    def at(self, places: Sequence[int]) -> "Columns":
        """The rows at some places among these."""
        if len(places) == len(self):
            return self
        return Columns(
            self.table, at(self.rows, places), [self.places[place] for place in places], self._told
        )

    def values(self, name: str) -> list[Value]:
        """What the rows hold in a field."""
        return column(self.rows, name)

    def printed(self, name: str) -> list[Value]:
        """What is to be printed of a field."""
        return printed(self.rows, name)

    def read(
        self, name: str, make: Callable[[Value], T | Odd[T]], values: Sequence[Value] | None = None,
        many: Callable[[Sequence[str]], Sequence[T] | None] | None = None,
    ) -> list[T]:  # fmt: skip
        """What is made of a field in each row; where that is odd, it is told.

        :param make: goes by the cell's value alone.
        :param values: what to read, if not :meth:`values`.
        :param many: what is made of some texts; None where that takes more. For a field of which nearly every row has a text
            of its own, so that none is worth keeping in mind.
        """
        cells = self.values(name) if values is None else values
        found: list[Any] = _made(cells, make, many) if many else list(map(_Once(make).__getitem__, cells))
        if Odd in set(map(type, found)):
            for place, each in enumerate(found):
                if isinstance(each, Odd):
                    self.tell(place, name, each)
                    found[place] = each.says
        return found

    def tell(self, place: int, name: str, found: Odd[T]) -> None:
        """Tell something of a field's cell in the row at a place."""
        self._told.append(_Told(self.places[place], name, found))

    def stopped(self) -> set[int]:
        """Places among these of the rows that cannot be used."""
        stopped = {told.place for told in self._told if told.found.stops}
        return {place for place, own in enumerate(self.places) if own in stopped} if stopped else stopped

    def put_into(self, findings: Findings) -> None:
        """Hand over what was told, row by row."""
        for place, name, found in sorted(self._told, key=itemgetter(0)):
            tell = findings.problem if found.stops else findings.notice
            tell(self.table, self.table.rows[place], name, found.code, found.advice)


def _made(
    cells: Sequence[Value], make: Callable[[Value], T], many: Callable[[Sequence[str]], Sequence[T] | None]
) -> list[T]:
    """What is made of each cell, of hundreds at once where they are all plain texts."""
    found: list[T] = []
    for first in range(0, len(cells), _TOGETHER):
        some = cells[first : first + _TOGETHER]
        together = many(cast("Sequence[str]", some)) if set(map(type, some)) == {str} else None
        found += map(make, some) if together is None else together
    return found


class _Once(dict[Value, T]):
    """What is made of each value; not of numbers, which may equal each other and yet be written otherwise."""

    def __init__(self, make: Callable[[Value], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Value) -> T:
        found = self._make(value)
        if not isinstance(value, int | float):
            self[value] = found
        return found


def blanked(left_out: Collection[int], values: list[Value]) -> list[Value]:
    """The same cells, blank where nothing is to be read."""
    blank = set(left_out)
    return [None if place in blank else value for place, value in enumerate(values)] if blank else values
