"""Figures as they stand in a paper's table; the same in every paper."""

from fractions import Fraction

from pipeline.domain.statistics.figures import MonthFigures, Standing
from pipeline.domain.wording import decimal_text

NONE = "—"
"""In a cell for which there is nothing to say."""


def percent_cell(rate: Fraction | None) -> str:
    """A rate in percent with one decimal and without the sign: ``49.0``."""
    return NONE if rate is None else decimal_text(rate * 100)


def band_cell(standing: Standing) -> str:
    """等次: one of the bands, or 已完成 once the year's target is reached."""
    is_done = standing.completion_rate is not None and standing.completion_rate >= 1
    return "已完成" if is_done else standing.band


def rank_cell(standing: Standing) -> str:
    """``2``, for ties too, as the text says 并列."""
    return NONE if standing.rank is None else str(standing.rank)


def places_gained(standing: Standing, previous: MonthFigures | None) -> int | None:
    """Ranks by which a unit has risen since the month before, as printed; below 0 it fell; None where it has not both."""
    ranks = {each.unit.code: each.rank for each in previous.units} if previous else {}
    before = ranks.get(standing.unit.code)
    return None if standing.rank is None or before is None else before - standing.rank


def move_cell(standing: Standing, previous: MonthFigures | None) -> str:
    """The rank of the month before, as printed, and the move since: ``5 ↑2``, ``3 ↓1``, ``4 持平``."""
    gained = places_gained(standing, previous)
    if gained is None or standing.rank is None:
        return NONE
    move = f"{'↑' if gained > 0 else '↓'}{abs(gained)}" if gained else "持平"
    return f"{standing.rank + gained} {move}"
