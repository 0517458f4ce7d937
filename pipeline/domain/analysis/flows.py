"""The year's new and cancelled businesses and the stock, of each part of the whole: an industry, a township."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeVar

from pipeline.domain.analysis.stock import stands
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.counting import CANCELLED, NEW, Counted

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Flow:
    """Of a part, by what the exports hold now; in businesses."""

    new: int = 0
    """Registered in the year to date."""
    cancelled: int = 0
    """Cancelled in the year to date."""
    stock: int = 0
    """On the register at the end of the month, of those in the exports."""
    before: int = 0
    """On the register at the end of the year before, of those in the exports."""

    @property
    def net(self) -> int:
        """净增."""
        return self.new - self.cancelled

    @property
    def growth(self) -> Fraction | None:
        """Growth of the stock since the end of the year before; None where there was nothing then."""
        return Fraction(self.stock - self.before, self.before) if self.before else None


def flows(
    businesses: Sequence[Registration], counted: Sequence[Counted], first: date, as_of: date,
    part: Callable[[Registration], K],
) -> Mapping[K, Flow]:  # fmt: skip
    """Each part that has anything, and its flow.

    :param counted: of the year to date.
    :param first: first day of the plan year.
    """
    kinds = Counter((part(each.business), each.kind) for each in counted)
    now = Counter(part(each) for each in businesses if stands(each, as_of))
    before = Counter(part(each) for each in businesses if stands(each, first - timedelta(1)))
    return {
        key: Flow(kinds[key, NEW], kinds[key, CANCELLED], now[key], before[key])
        for key in {*now, *before, *(key for key, _ in kinds)}
    }
