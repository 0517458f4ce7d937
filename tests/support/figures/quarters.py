"""A year's bulletins from made-up records, some of which come late; each month counts what is known by its end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.model import Unit
from pipeline.domain.period import Month
from pipeline.domain.statistics.counting import NEW, Counted
from pipeline.domain.statistics.figures import MonthFigures, Yardstick
from pipeline.domain.statistics.late import counted_now, late_records
from pipeline.domain.statistics.measuring import month_figures
from support.figures.months import EAST, FINANCE, WEST
from support.figures.shops import BY_MONTH, business

SECRET = b"made up"
UNITS = (EAST, WEST, FINANCE)


@dataclass(frozen=True)
class Record:
    """A registration or a cancellation."""

    kind: str
    """新增 or 注销."""
    month: int
    """Its own, from 1."""
    known: int
    """Month with whose end it has come in, not before its own."""
    unit: str | None
    """Code of the unit that it counts for."""
    gone: int = 13
    """Month with whose end it is there no longer (核减)."""


def records(kind: str, month: int, number: int, unit: str | None = "01", known: int = 0) -> list[Record]:
    """So many alike; known in time unless said."""
    return [Record(kind, month, known or month, unit)] * number


def printed(
    told: Sequence[Record],
    months: Iterable[int],
    units: Sequence[Unit] = UNITS,
    yardstick: Yardstick = BY_MONTH,
) -> dict[int, MonthFigures]:
    """Month → its bulletin's figures, each held against the one before."""
    found: dict[int, MonthFigures] = {}
    before = None
    for month in months:
        as_of = yardstick.calendar.last(Month(2022, month))
        counted = [
            Counted(each.kind, date(2022, each.month, 15), each.unit, "申报单位", business(number, "1-1"))
            for number, each in enumerate(told)
            if each.month <= month and each.known <= month < each.gone
        ]
        late = late_records(counted, *before, SECRET) if before else None
        found[month] = month_figures(counted, units, as_of, yardstick, late)
        before = (as_of, counted_now(counted, SECRET))
    return found


HALF = [
    *records(NEW, 1, 9), *records(NEW, 2, 3), *records(NEW, 3, 6, "14"),
    *records(NEW, 4, 7), *records(NEW, 4, 2, known=6), *records(NEW, 5, 5, None), *records(NEW, 6, 8, "14"),
    *records("注销", 2, 1, known=5), *records("注销", 5, 6), *records("注销", 6, 1),
]  # fmt: skip
"""Six months: 40 registered and 8 cancelled; of two of April's registrations June is the first to know, of one of
February's cancellations May."""
