"""What a cell holds."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell whose value is not there to be read."""

    seen: str
    """What stands in its place: ``#N/A``, ``=VLOOKUP(…)``."""
    code: str
    """``error-value``, or ``no-cached-value`` for a formula that was never calculated; of what a cell shows,
    ``unclear-format`` where that is not certain, and ``struck-text`` where some or all of it is struck out."""

    def __str__(self) -> str:
        return self.seen


Value = str | int | float | bool | datetime | Unreadable | None
"""What a spreadsheet cell can hold."""
