"""Many letters in little memory: of those that differ from the one before in their number alone, only the first is held."""

from array import array
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice
from operator import eq
from typing import overload

from pipeline.domain.letters.model import Letter, Serial


class Letters(Sequence[Letter]):
    """Letters in order. One that is not held is made whenever it is asked for, equal to the one that was given."""

    def __init__(self, letters: Iterable[Letter] = ()) -> None:
        """Take the letters one at a time; each is held unless it is seen to be made the same from the one before."""
        self._held: list[Letter] = []
        self._places = array("q")
        """Where those are that are held; in a part of others, the first may be before its beginning."""
        self._count = 0
        coming: Iterator[Letter] = iter(())
        for letter in letters:
            if letter != next(coming, None):
                self._held.append(letter)
                self._places.append(self._count)
                coming = _from(letter, 1)
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

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Letters):
            return NotImplemented
        return len(self) == len(other) and (vars(self) == vars(other) or all(map(eq, self, other)))

    __hash__ = None  # type: ignore[assignment]  # as of a list: it can be long


def _from(first: Letter, ahead: int) -> Iterator[Letter]:
    """A letter's like without end, from so many numbers ahead of its own."""
    year, unit, number = first.serial.year, first.serial.unit, first.serial.number
    before, _, after = first.printed.rpartition(str(number))
    lead = before.rstrip("0")
    figures = len(str(number)) + len(before) - len(lead)
    if not ahead:
        yield first
    for each in count(number + (ahead or 1)):
        yield Letter(
            Serial(year, unit, each), f"{lead}{each:0{figures}d}{after}", first.unit_name, first.signature, first.applicant,
            first.day, first.state, first.replaces, first.reprint, first.is_forgotten,
        )  # fmt: skip
