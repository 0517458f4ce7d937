"""A table as programs hold it before they write it."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Table:
    """A table with its days as what programs hold."""

    head: list[str]
    days: list[str]
    rows: list[list[Any]]

    @property
    def lines(self) -> list[list[Any]]:
        return [self.head, *self.rows]

    @property
    def texts(self) -> list[list[str]]:
        return [self.head, *([("" if value is None else str(value)) for value in row] for row in self.rows)]

    def moments(self) -> list[list[Any]]:
        """The lines with a moment, local midnight, for each day."""
        return [self.head, *([_moment(value) for value in row] for row in self.rows)]

    def columns(self) -> dict[str, list[Any]]:
        return {head: [row[place] for row in self.rows] for place, head in enumerate(self.head)}


def _moment(value: Any) -> Any:
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else value  # noqa: DTZ001 - cells know no zone


def joined(lines: Sequence[Sequence[Any]], separator: str = ",") -> str:
    """Lines of text as :mod:`csv` writes them."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(lines)
    return out.getvalue()
