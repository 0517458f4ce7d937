"""Very many units in a table or a chart: its two ends, and how many stand between them; annex 1 has all."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from pipeline.domain.statistics.phrases import MANY

MOST = MANY
"""Of more bars the names would be too small to read: with 60 they have 6.5 pt (小六)."""

T = TypeVar("T")


def ends(lines: Sequence[T], between: Callable[[str], T]) -> tuple[T, ...]:
    """All lines as far as they can be read, else the first and the last and one in the place of the others.

    :param between: makes that one of what it says, ``其余240个``.
    """
    half = MOST // 2
    if len(lines) <= MOST:
        return tuple(lines)
    return (*lines[:half], between(f"其余{len(lines) - 2 * half}个"), *lines[-half:])
