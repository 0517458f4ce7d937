"""What the lists are made of."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from pipeline.domain.items.item import Item
from pipeline.domain.model import Unit
from pipeline.domain.period import Year
from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.records.lists.policies import Policy
from pipeline.domain.records.lists.unit_plans import UnitPlan
from pipeline.domain.statistics.attribution import Attribution
from pipeline.domain.statistics.figures import MonthFigures, Standing, Yardstick
from pipeline.reports.lists.nodes import nodes

_NOT_TELLING = re.compile(r"人民政府|政府|单位|部门|[^\w]")
"""What several units together are called besides what kind they are."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A business as it stands in the ledger."""

    attribution: Attribution
    """It, and the unit that it counts for."""
    doubts: int
    """How many lines of 疑点清单 are about it."""
    place: str
    """The township or street that it lies in; empty where nothing tells."""


@dataclass(frozen=True)
class Content:
    """All that the lists say, as things stand on a day."""

    period: Year
    """The plan year."""
    county: str
    """Whose."""
    office: str
    """Who keeps them."""
    at: datetime
    """When they were written."""
    day: date
    """On which things stand as they do."""
    units: Sequence[Unit]
    """In roster order, with their targets."""
    measures: Sequence[Measure]
    """The plan's, a line for each amount."""
    policies: Sequence[Policy]
    """The plan's."""
    plans: Mapping[str, UnitPlan]
    """Code of a unit → what it has set itself."""
    yardstick: Yardstick
    """The plan's period."""
    figures: MonthFigures | None
    """Of the latest printed bulletin; None before the first."""
    items: Sequence[Item]
    """The year's open items, as they are on the day."""
    ledger: Sequence[Entered]
    """Every individual business of the exports, in the ledger's order."""
    only: Unit | None = None
    """The unit whose businesses the ledger holds; None for all."""

    @cached_property
    def by_measure(self) -> Mapping[str, Sequence[Measure]]:
        """Number of a measure → its lines, in the plan's order."""
        found: dict[str, list[Measure]] = {}
        for each in self.measures:
            found.setdefault(each.key, []).append(each)
        return found

    @cached_property
    def nodes(self) -> Mapping[str, tuple[int, ...]]:
        """Code of a unit → its twelve nodes: its own, else its target spread evenly."""
        return {
            unit.code: (unit.code in self.plans and self.plans[unit.code].nodes)
            or nodes(unit.target, self.yardstick)
            for unit in self.units
        }

    @cached_property
    def nodes_of_all(self) -> tuple[int, ...]:
        """All units' together."""
        return tuple(map(sum, zip(*self.nodes.values(), strict=True)))

    def standing(self, unit: Unit) -> Standing | None:
        """A unit's printed figures; None before the first bulletin, or for a unit that was not in it."""
        standings = self.figures.units if self.figures else ()
        return next((each for each in standings if each.unit.code == unit.code), None)

    def open_items_of(self, unit: Unit) -> int:
        """Items of a unit that are not closed (未销号)."""
        return sum(item.is_open and item.about.unit == unit.code for item in self.items)

    def open_items_about(self, key: str) -> int:
        """Items that name a measure as their source or in their text, and are not closed."""
        named = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])")
        return sum(
            item.is_open and bool(named.search(f"{item.about.source} {item.about.problem}"))
            for item in self.items
        )


def names(units: Iterable[str], unit: Unit) -> bool:
    """Whether a unit is among those that are named, by itself or as one of several: 各乡镇人民政府."""
    return any(each == unit.name or _is_one_of(unit, each) for each in units)


def _is_one_of(unit: Unit, several: str) -> bool:
    _, sign, kind = several.partition("各")
    kind = _NOT_TELLING.sub("", kind)
    return bool(sign and kind) and set(kind) <= set(unit.group)
