"""What hinders units and what is still open: from the dispatch sheet that was issued, and from the journal.

What units wrote is counted by category. Its words stand in the dispatch sheet; they may name somebody.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.domain.items.book import items_on
from pipeline.domain.items.item import Item
from pipeline.domain.items.plain import totals_object
from pipeline.domain.items.standing import overdue_days, totals
from pipeline.domain.period import Month
from pipeline.publishing.report import Facts

_SHEET = "dispatch"
"""The kind of report that tells what units wrote."""
_UNSORTED = "未分类"


@dataclass(frozen=True, slots=True)
class Difficulties:
    """As they were on the day of asking."""

    month: Month | None
    """Of the sheet that units filled in; None where none of them did."""
    obstacles: tuple[tuple[str, int], ...]
    """Category (堵点类别) → units that have such a one, the most first."""
    requests: int
    """Things that units ask the county for (需协调事项)."""
    items: tuple[Item, ...]
    """Items of the year, closed ones too."""
    day: date
    """The day of asking."""
    due_soon: int
    """Days within which an item is soon due."""

    @property
    def by_kind(self) -> tuple[tuple[str, int, int], ...]:
        """Kind (类别), its open items and how many of them are overdue; the most first."""
        still = [item for item in self.items if item.is_open]
        late = Counter(item.about.kind for item in still if overdue_days(item, self.day))
        found = Counter(item.about.kind for item in still)
        return tuple((kind, number, late[kind]) for kind, number in found.most_common())

    @property
    def overdue(self) -> int:
        """Open items beyond their deadline."""
        return sum(late for _, _, late in self.by_kind)

    def as_plain(self) -> dict[str, Any]:
        """As ``analyse.json`` has it."""
        return {
            "dispatch_month": self.month.name if self.month else None,
            "obstacles": [{"category": name, "units": number} for name, number in self.obstacles],
            "requests": self.requests,
            "items": {"as_of": self.day.isoformat()}
            | totals_object(totals(self.items, self.day, self.due_soon))
            | {
                "by_kind": [
                    {"kind": kind, "open": number, "overdue": late} for kind, number, late in self.by_kind
                ]
            },
        }


def difficulties(facts: Facts, month: Month) -> Difficulties:
    """What is known of them when a month is analysed: the last sheet up to that month prints what units wrote."""
    names = sorted(
        period for kind, period in facts.kept if kind == _SHEET and f"{month.year}-01" <= period <= month.name
    )
    written = facts.kept[_SHEET, names[-1]]["figures"].get("written", ()) if names else ()
    found = _obstacles(written)
    return Difficulties(
        Month.read(written[0]["month"]) if written else None,
        tuple(found.most_common()),
        sum(bool(each["request"]) for each in written),
        items_on(facts.journal, facts.today, facts.settings.items),
        facts.today,
        facts.settings.items.due_soon,
    )


def _obstacles(written: Sequence[Mapping[str, str]]) -> Counter[str]:
    return Counter(each["category"] or _UNSORTED for each in written if each["category"] or each["obstacle"])
