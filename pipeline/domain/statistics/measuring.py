"""What counts → the figures of a month: each unit's tally, its rank among its group and its band."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from pipeline.domain.model import Unit
from pipeline.domain.statistics.counting import CANCELLED, NEW, REVOKED, STRUCK_OFF, Counted
from pipeline.domain.statistics.figures import (
    AHEAD,
    BEHIND,
    CLOSE,
    NOTHING_GAINED,
    MonthFigures,
    Progress,
    Standing,
    Tally,
    Yardstick,
)  # fmt: skip
from pipeline.domain.statistics.late import LateRecords

_WHOLE_YEAR = Yardstick()


def month_figures(
    counted: Sequence[Counted],
    units: Sequence[Unit],
    as_of: date,
    yardstick: Yardstick = _WHOLE_YEAR,
    late: LateRecords | None = None,
) -> MonthFigures:
    """The figures of the month that ends with ``as_of``.

    :param counted: as of :func:`~pipeline.domain.statistics.counting.count`, for the same day; no unit but those given.
    :param units: in the order of annex 1, with their targets.
    """
    month = yardstick.calendar.month(as_of)
    tallies = _tallies(counted, yardstick.calendar.first(month))
    own = {code: tally for code, tally in tallies.items() if code is not None}
    return MonthFigures(
        month.year,
        month.month,
        yardstick,
        standings(units, own, yardstick, month.month),
        tallies.get(None, Tally()),
        late,
    )


def standings(
    units: Sequence[Unit], tallies: Mapping[str, Tally], yardstick: Yardstick, month: int
) -> tuple[Standing, ...]:
    """Where each unit stands among its group at the end of a month.

    :param tallies: unit code → what was counted; nothing for a unit that is not there.
    """
    pace = yardstick.pace(month)
    progresses = [Progress(unit.target, tallies.get(unit.code, Tally()), pace) for unit in units]
    ranks = _ranks((unit.group, own.completion_rate) for unit, own in zip(units, progresses, strict=True))
    return tuple(
        Standing(own.target, own.tally, pace, unit, ranks.get((unit.group, own.completion_rate)), _band(own, yardstick.threshold))
        for unit, own in zip(units, progresses, strict=True)
    )  # fmt: skip


def _tallies(counted: Sequence[Counted], first: date) -> dict[str | None, Tally]:
    """:param first: first day of the month."""
    in_all = Counter((each.unit, each.kind) for each in counted)
    in_month = Counter((each.unit, each.kind) for each in counted if each.day >= first)
    of_stock = Counter(each.unit for each in counted if each.was_in_stock)
    return {
        unit: Tally(
            in_month[unit, NEW], in_month[unit, CANCELLED], in_all[unit, NEW], in_all[unit, CANCELLED],
            in_month[unit, REVOKED], in_all[unit, REVOKED], in_all[unit, STRUCK_OFF], of_stock[unit],
        )
        for unit in {unit for unit, _ in in_all}
    }  # fmt: skip


def _ranks(rates: Iterable[tuple[str, Fraction | None]]) -> dict[tuple[str, Fraction | None], int]:
    """Group and completion rate → rank; a rate that is None has none."""
    of_groups: defaultdict[str, list[Fraction]] = defaultdict(list)
    for group, rate in rates:
        if rate is not None:
            of_groups[group].append(rate)
    found: dict[tuple[str, Fraction | None], int] = {}
    for group, own in of_groups.items():
        for place, rate in enumerate(sorted(own, reverse=True), 1):
            found.setdefault((group, rate), place)
    return found


def _band(progress: Progress, threshold: Fraction) -> str:
    if progress.tally.net <= 0:
        return NOTHING_GAINED
    if progress.lead is None or progress.lead >= 0:
        return AHEAD
    return CLOSE if progress.lead >= -threshold else BEHIND
