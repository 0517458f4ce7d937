"""What reads the tables of a kind, what it is told besides, and what comes of it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from pipeline.domain.letters.model import Letter
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Problem, Unit
from pipeline.domain.period import BY_CALENDAR, Calendar
from pipeline.domain.tables.grid import Table
from pipeline.domain.tables.kinds import Kind

SheetRow = Mapping[str, str]
"""A row of an issued dispatch sheet, by the names that its template has for it."""
Sheets = Mapping[str, Sequence[Sequence[SheetRow]]]
"""Month (``2022-06``) → the rows of its dispatch sheet in each revision, the last first."""
Said = TypeVar("Said")
Said_co = TypeVar("Said_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known besides the tables of a kind."""

    units: Sequence[Unit]
    """The roster with its targets; empty where it could not be read, and then no unit is looked for."""
    serials: SerialFormat
    """How the plan year's letters are numbered."""
    day: date
    """On which ages are counted."""
    other_units: Sequence[str] = ()
    """Known offices that have no share of the target."""
    issued: Sequence[Letter] = ()
    """Letters that have been filled for somebody already."""
    campaigns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Campaigns that notes may be of → what clerks call each besides."""
    calendar: Calendar = BY_CALENDAR
    """Which days the plan year has."""
    obstacles: Sequence[str] = ()
    """堵点类别 that a unit can choose from."""
    sheets: Sheets = field(default_factory=dict)
    """Dispatch sheets that were issued."""
    months: tuple[int, int] = (1, 12)
    """First and last month of the period in which the targets are to be met."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[Said_co]):
    """What all tables of a kind say."""

    says: Said_co
    """As far as it can be used."""
    problems: tuple[Problem, ...] = ()
    """What cannot."""
    notices: tuple[Problem, ...] = ()
    """What the clerk should know."""
    left_out: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """File → why a row was left out → how many; all the others were used."""


@dataclass(frozen=True, slots=True)
class Reader(Generic[Said_co]):
    """A kind of table with what reads it."""

    kind: Kind
    """How its tables are told."""
    read: Callable[[Sequence[Table], Known], Reading[Said_co]]
    """All of them, in file and sheet order → what they say."""


AnyReader = Reader[Any]


def counted(reasons: Iterable[tuple[str, str]]) -> Mapping[str, Mapping[str, int]]:
    """Rows left out, each by its file and why → as :class:`Reading` has them; no reason is none."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for file, reason in reasons:
        if reason:
            found[file][reason] += 1
    return found
