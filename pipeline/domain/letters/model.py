"""A letter, its number, its batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.domain.model import Applicant, Unit


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter wanted, not yet numbered."""

    unit: Unit
    """Whose letter."""
    applicant: Applicant | None = None
    """Whom it is for; None for a blank letter."""
    day: date | None = None
    """Date printed on it; None leaves month and day open."""
    replaces: "Serial | None" = None
    """The letter in whose place it is wanted."""


@dataclass(frozen=True, slots=True, order=True)
class Serial:
    """The number of a letter: per unit and year from 1 without gaps."""

    year: int
    """Plan year."""
    unit: str
    """Two-digit unit code."""
    number: int
    """Running number, from 1."""

    @property
    def key(self) -> str:
        """``2022-01-0001``: what machines call the letter."""
        return f"{self.year}-{self.unit}-{self.number:04d}"


DEAD = ("void", "lost")
"""States in which a letter no longer counts, nor serves."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A numbered letter as it is, or will be, printed."""

    serial: Serial
    """Its number."""
    printed: str
    """The serial as printed, without 「号」."""
    unit_name: str
    """The unit's short name when the letter was numbered."""
    signature: str
    """The unit's full name when the letter was numbered (落款)."""
    applicant: Applicant | None
    """Whom it is for; None for a blank letter."""
    day: date | None
    """Date printed on it; None leaves month and day open."""
    state: str = "reserved"
    """One of :data:`~pipeline.domain.letters.lifecycle.STATES`."""
    replaces: Serial | None = None
    """The letter in whose place it was numbered."""
    reprint: int = 0
    """Which time it is being printed again (补打); 0 for the first print."""
    is_forgotten: bool = False
    """Whether it was for somebody whose data has been erased."""

    @property
    def kind(self) -> str:
        """``filled`` or ``blank``."""
        return "filled" if self.applicant or self.is_forgotten else "blank"


@dataclass(frozen=True, slots=True, order=True)
class BatchId:
    """A batch (批次): the letters numbered by one run."""

    year: int
    """Plan year."""
    number: int
    """From 1 within the year."""

    def __str__(self) -> str:
        return f"{self.year}-{self.number:03d}"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on a batch's papers besides the letters; kept with it so that they can be made again."""

    county: str
    """County, as titles name it."""
    office: str
    """The office that hands the letters out."""
    book_size: int
    """Letters bound into one book (本)."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for when a batch was numbered."""

    request: str
    """The words of the command; the same again after a crash mean the same letters, and nothing else is read from them."""
    engine: str | None = None
    """``form`` or ``office`` where that one only was wanted."""
    reason: str = ""
    """Why the letter is void in whose place the batch's one was numbered."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch with its letters, in unit order and then by number."""

    id: BatchId
    """Year and number."""
    imprint: Imprint
    """What stands on its papers besides."""
    order: Order
    """What was asked for."""
    reserved_at: datetime
    """When it was numbered; every file of the batch carries this time."""
    letters: Sequence[Letter]
    """Its letters."""
    chain_head: str
    """Hash of the register's event chain when the batch was numbered."""


@dataclass(frozen=True, slots=True)
class Range:
    """Consecutive letters of one unit."""

    unit_code: str
    """Two-digit code."""
    unit_name: str
    """Short name."""
    first: Letter
    """The first letter."""
    last: Letter
    """The last letter."""
    count: int
    """How many, both ends included."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What one unit has in the register."""

    unit_code: str
    """Two-digit code."""
    unit_name: str
    """Short name, as on its latest letter."""
    states: Mapping[str, int]
    """State → letters in it; every letter is in one."""
    ranges: tuple[Range, ...]
    """Runs of consecutive numbers, those of dead letters among them."""
    batches: tuple[BatchId, ...]
    """Batches in which it got letters."""

    @property
    def live(self) -> int:
        """Letters that are neither void nor lost."""
        return sum(count for state, count in self.states.items() if state not in DEAD)
