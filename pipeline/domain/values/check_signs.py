"""Check signs (校验码) of many numbers at once: the signs at a place of all of them are weighed together."""

from collections.abc import Sequence


class WeighedSum:
    """A rule by which the signs of a number, each with its place's weight, add up to a certain rest."""

    def __init__(self, signs: str, weights: Sequence[int], modulus: int, rest: int) -> None:
        """Prepare to weigh.

        :param signs: all that a number may have, in the order of their values from 0.
        :param weights: of each place.
        :param modulus: at most 128, so that two rests together are a byte.
        """
        self._signs, self._rest = signs.encode(), rest
        values = [max(signs.find(chr(sign)), 0) for sign in range(256)]
        self._tables = [bytes(weight * value % modulus for value in values) for weight in weights]
        self._rests = bytes(number % modulus for number in range(256))

    def holds_for(self, numbers: Sequence[str]) -> bool:
        """Whether each has a sign for each place, none but such signs, and adds up."""
        together = "".join(numbers)
        if set(map(len, numbers)) != {len(self._tables)} or not together.isascii():
            return False
        signs = together.encode()
        if signs.translate(None, self._signs):
            return False
        sums = bytes(len(numbers))
        for place, table in enumerate(self._tables):
            weighed = signs[place :: len(self._tables)].translate(table)
            sums = _added(sums, weighed).translate(self._rests)
        return sums.count(self._rest) == len(numbers)


def _added(some: bytes, others: bytes) -> bytes:
    """Bytes added one by one, as the digits of two numbers are; no sum may be more than a byte."""
    return (int.from_bytes(some) + int.from_bytes(others)).to_bytes(len(some))
