"""Who has open items on a day: what papers that speak of units say beside their figures."""

from collections.abc import Iterable, Mapping
from datetime import date

from pipeline.domain.items.item import Item
from pipeline.domain.items.standing import overdue_days


def holdings(items: Iterable[Item], day: date) -> Mapping[str, tuple[int, int]]:
    """Code of a unit → its open items, and how many of them are overdue; units without any are left out."""
    found: dict[str, tuple[int, int]] = {}
    for item in items:
        if item.is_open:
            still, late = found.get(item.about.unit, (0, 0))
            found[item.about.unit] = (still + 1, late + bool(overdue_days(item, day)))
    return found
