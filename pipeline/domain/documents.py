"""What a paper is made of besides its text: worksheets, formulas, charts. No file format."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a written table."""

    header: str
    """Its header text."""
    width: float
    """In characters of the default font."""
    is_open: bool = False
    """Whether its cells are for others to fill in. A sheet that has such a column is locked everywhere else."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that the clerk's program calculates."""

    text: str
    """As in Excel, with ``{row}`` for the number of its own row: ``=C{row}-D{row}``."""
    value: float | None
    """What it comes to; None for an empty text."""
    is_percent: bool = False
    """Whether it is shown in percent, with one decimal."""


Cell = str | int | Formula
"""Text stays text, so that long numbers keep their digits."""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A table on a sheet of its own."""

    name: str
    """On the sheet's tab, 31 characters at most."""
    title: str
    """Above the table."""
    columns: Sequence[Column]
    """Its columns."""
    rows: Iterable[Sequence[Cell]]
    """Its rows; the first stands in row 3."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One unit."""

    name: str
    """As it stands beside the bar."""
    percent: Decimal
    """Completion rate in percent, rounded as it is printed elsewhere."""
    band: str
    """Which series of the template it belongs to: 先进, 基本达标, 滞后, 零进展."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Completion rates against the pace."""

    bars: tuple[Bar, ...]
    """From top to bottom."""
    pace: Decimal
    """Pace in percent, rounded as it is printed elsewhere."""
