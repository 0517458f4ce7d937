"""What the lists are made of."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property

from pipeline.domain.items.item import Item
from pipeline.domain.model import Unit
from pipeline.domain.period import Month, Year
from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.records.lists.policies import Policy
from pipeline.domain.records.lists.progress import Nodes, due, nodes_of, state, state_of
from pipeline.domain.records.lists.unit_plans import UnitPlan
from pipeline.domain.records.lists.upgrades import Upgrade
from pipeline.domain.statistics.attribution import Attribution
from pipeline.domain.statistics.figures import MonthFigures, Progress, Standing, Yardstick
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
    """As printed last; None before the first."""
    items: Sequence[Item]
    """The year's open items, as they are on the day."""
    ledger: Sequence[Entered]
    """Every individual business of the exports, in the ledger's order."""
    upgrades: Sequence[Upgrade] = ()
    """Businesses that are to become companies; empty where the county keeps no such list."""
    only: Unit | None = None
    """The unit whose businesses are written; None for all."""
    each: bool = False
    """Whether each unit gets a ledger of its own besides."""
    is_rolled_up: bool = False
    """Whether the figures are of a city's roll-up, which is without counties that sent none."""

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
    def added(self) -> Sequence[Unit]:
        """Units whose targets make up the whole: those inside another are in that one's."""
        inside = self.figures.inside if self.figures else frozenset()
        return [unit for unit in self.units if unit.code not in inside]

    @property
    def target(self) -> int:
        """All units' together."""
        return sum(unit.target for unit in self.added)

    @cached_property
    def nodes_of_all(self) -> tuple[int, ...]:
        """The nodes of all units together."""
        return tuple(map(sum, zip(*(self.nodes[unit.code] for unit in self.added), strict=True)))

    @cached_property
    def by_unit(self) -> Mapping[str | None, Sequence[Entered]]:
        """Code of a unit, None for none → its businesses, in the ledger's order."""
        found: dict[str | None, list[Entered]] = {}
        for each in self.ledger:
            found.setdefault(each.attribution.unit, []).append(each)
        return found

    @cached_property
    def by_code(self) -> Mapping[str, Entered]:
        """Unified code of each business on a list of those that are to become companies → it, where the ledger has it."""
        wanted = {each.uscc for each in self.upgrades}
        return {
            each.attribution.business.uscc: each
            for each in self.ledger
            if each.attribution.business.uscc in wanted
        }

    def ledger_of(self, unit: Unit | None) -> Sequence[Entered]:
        """A unit's businesses, or all."""
        return self.ledger if unit is None else self.by_unit.get(unit.code, ())

    @property
    def span(self) -> tuple[int, int]:
        """First and last month of the plan's period."""
        return self.yardstick.first_month, self.yardstick.last_month

    def nodes_for(self, measure: Measure) -> Nodes:
        """An amount's nodes."""
        return nodes_of(measure, self.span, self.period.year)

    def due(self, measure: Measure) -> Fraction | None:
        """An amount's node on the day of which it is told; of one that nobody has reported, on the lists' own."""
        return due(self.nodes_for(measure), self.period.year, measure.day or self.day)

    def state_of(self, measure: Measure) -> str:
        """How far an amount is."""
        return state_of(measure, self.span, self.period.year, self.day)

    def node_of(self, months: Sequence[int]) -> int | None:
        """What of a unit's nodes, or of all units' together, was due when the figures were printed; None before."""
        return months[self.figures.month - 1] if self.figures else None

    def progress(self, progress: Progress | None, months: Sequence[int]) -> str:
        """How far the printed gain is against the nodes; empty without figures or a target."""
        if progress is None or not progress.target:
            return ""
        last = self.yardstick.calendar.last(Month(self.period.year, self.yardstick.last_month))
        return state(progress.tally.net, progress.target, self.node_of(months), last, self.day)

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
