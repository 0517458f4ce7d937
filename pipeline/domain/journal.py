"""The journal: acts on numbered things that are not letters (open items, letters of supervision).

Nothing is stored but what somebody did and when; what state a thing is in follows from its acts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to a numbered thing, not yet entered."""

    series: str
    """Which numbers: ``items``, 提醒, 督办, 约谈."""
    number: int | None
    """Whose; None for the next new one of its series."""
    act: str
    """What was done; each series has its own words."""
    unit: str
    """Code of the unit that it concerns."""
    day: date
    """When it was done, as the clerk says."""
    who: str
    """Who did it; empty where nobody has to be named."""
    details: Mapping[str, object]
    """Whatever else belongs to it, in values of JSON; no data of a shop or its owner."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An act as it stands in the journal."""

    series: str
    """Which numbers."""
    year: int
    """Plan year; each series runs from 1 in each year, without gaps."""
    number: int
    """Whose."""
    act: str
    """What was done."""
    unit: str
    """Code of the unit that it concerns."""
    day: date
    """When it was done, as the clerk says."""
    who: str
    """Who did it."""
    details: Mapping[str, object]
    """Whatever else belongs to it."""
    at: datetime
    """When it was entered."""
    operator: str = ""
    """Who entered it; empty where nobody kept it."""


@dataclass(frozen=True, slots=True)
class Journal:
    """All that was entered for one year."""

    year: int
    """Plan year."""
    entries: tuple[Entry, ...]
    """In order, all series."""

    def of(self, series: str) -> tuple[Entry, ...]:
        """What was entered in one series, in order."""
        return tuple(entry for entry in self.entries if entry.series == series)

    def next_number(self, series: str) -> int:
        """The number that the next new thing of a series gets."""
        return 1 + max((entry.number for entry in self.of(series)), default=0)

    def after(self, acts: Sequence[Act], at: datetime) -> "Journal":
        """What it is once acts have been entered.

        :param at: when they are.
        """
        journal = self
        for act in acts:
            number = act.number or journal.next_number(act.series)
            entry = Entry(
                act.series, self.year, number, act.act, act.unit, act.day, act.who, act.details, at
            )  # fmt: skip
            journal = Journal(self.year, (*journal.entries, entry))
        return journal


JournalPlan = Callable[[Journal], Sequence[Act]]
"""From what has been entered to what is to be; raises :class:`~pipeline.errors.RegisterFault` to refuse."""
