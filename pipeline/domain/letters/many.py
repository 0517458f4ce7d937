"""Many letters in little memory: of those that differ from the one before in their number alone, only the first is held."""

from array import array
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import count, islice
from operator import attrgetter, eq
from typing import overload

from pipeline.domain.letters.model import Letter, Serial

_OTHERS = tuple(each.name for each in fields(Letter) if each.name not in {"serial", "printed"})
_REST = attrgetter("serial.year", "serial.unit", *_OTHERS)
"""All of a letter but its number."""
_SERIAL, _PRINTED, *_PUT = (getattr(Letter, name).__set__ for name in ("serial", "printed", *_OTHERS))
"""Put a value into a letter: a frozen class does it for all in twice the time, and a dozen are made of each letter."""


class Letters(Sequence[Letter]):
    """Letters in order. One that is not held is made whenever it is asked for, equal to the one that was given."""

    def __init__(self, letters: Iterable[Letter] = ()) -> None:
        """Take the letters one at a time; each is held unless it is seen to be made the same from the one before."""
        self._held: list[Letter] = []
        self._places = array("q")
        """Where those are that are held; in a part of others, the first may be before its beginning."""
        self._count = number = 0
        rest: object = None
        printed: Callable[[int], str] = str
        for letter in letters:
            number += 1
            own = letter.serial.number
            if own != number or _REST(letter) != rest or letter.printed != printed(own):
                self._held.append(letter)
                self._places.append(self._count)
                number, rest, printed = own, _REST(letter), _printer(letter)
            self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Letter]:
        ends = [*self._places[1:], self._count]
        for letter, place, end in zip(self._held, self._places, ends, strict=False):
            yield from islice(_from(letter, max(0, -place)), end - max(0, place))

    @overload
    def __getitem__(self, place: int) -> Letter: ...
    @overload
    def __getitem__(self, place: slice) -> "Letters": ...
    def __getitem__(self, place: int | slice) -> "Letter | Letters":
        places = range(self._count)[place]
        if isinstance(places, int):
            number = bisect(self._places, places) - 1
            return next(_from(self._held[number], places - self._places[number]))
        if places.step != 1:
            return Letters(self[each] for each in places)
        part = Letters()
        if places:
            first, end = bisect(self._places, places.start) - 1, bisect(self._places, places.stop - 1)
            part._held = self._held[first:end]
            part._places = array("q", [each - places.start for each in self._places[first:end]])
            part._count = len(places)
        return part

    def _runs(self) -> Iterator[tuple[Letter, Letter]]:
        ends = [*self._places[1:], self._count]
        return ((self[max(0, place)], self[end - 1]) for place, end in zip(self._places, ends, strict=False))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Letters):
            return NotImplemented
        return len(self) == len(other) and (vars(self) == vars(other) or all(map(eq, self, other)))

    __hash__ = None  # type: ignore[assignment]  # as of a list: it can be long


def runs_of(letters: Sequence[Letter]) -> Iterator[tuple[Letter, Letter]]:
    """First and last of each run of letters that differ in their number alone, as far as that is known without looking."""
    return letters._runs() if isinstance(letters, Letters) else zip(letters, letters, strict=True)


def _from(first: Letter, ahead: int) -> Iterator[Letter]:
    """A letter's like without end, from so many numbers ahead of its own."""
    year, unit, printed = first.serial.year, first.serial.unit, _printer(first)
    rest = [(put, getattr(first, name)) for put, name in zip(_PUT, _OTHERS, strict=True)]
    if not ahead:
        yield first
    for number in count(first.serial.number + (ahead or 1)):
        letter = object.__new__(Letter)
        _SERIAL(letter, Serial(year, unit, number))
        _PRINTED(letter, printed(number))
        for put, value in rest:
            put(letter, value)
        yield letter


def _printer(letter: Letter) -> Callable[[int], str]:
    """How another number is printed, as far as can be told from a letter's own: where its figures stand last, and as wide."""
    own = str(letter.serial.number)
    before, _, after = letter.printed.rpartition(own)
    lead = before.rstrip("0")
    figures = len(own) + len(before) - len(lead)
    return lambda number: f"{lead}{number:0{figures}d}{after}"
