"""What came of holding a period's registrations against the letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.domain.letters.lifecycle import Event, first_handed_out
from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.model import Unit
from pipeline.domain.period import Calendar, Month, Year
from pipeline.domain.statistics.attribution import Attribution
from pipeline.reports.reconciliation.findings import Finding, Period, reconciled
from pipeline.reports.reconciliation.inquiry import Inquiry, inquiries
from pipeline.reports.reconciliation.outstanding import Outstanding, Whereabouts, outstanding, standings
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Content:
    """All that is told of it."""

    period: Month | Year
    """What was asked for."""
    span: Period
    """The registrations that are told, and the day on which letters are counted as unused."""
    year: int
    """The plan year."""
    office: str
    """Who asks."""
    at: datetime
    """When."""
    answer_days: int
    """Within how many days a unit answers."""
    units: Sequence[Unit]
    """The roster, with a unit for every letter."""
    findings: Sequence[Finding]
    """One for each registration of the span that names a letter, or should."""
    whereabouts: Mapping[Serial, Whereabouts]
    """Where each letter was on the span's last day."""
    outstanding: Sequence[Outstanding]
    """The letters with which nothing had been done then."""
    inquiries: Sequence[Inquiry]
    """What each unit is asked."""


@dataclass(frozen=True, slots=True)
class Held:
    """Registrations, and the letters that they are held against."""

    roster: Sequence[Unit]
    """The units."""
    attributions: Sequence[Attribution]
    """For whom each registration counts, with these letters and on the span's last day."""
    letters: Mapping[Serial, Letter]
    """The plan year's, before what was used was entered."""
    events: Sequence[Event]
    """Theirs, after it."""


def content_of(period: Month | Year, span: Period, held: Held, settings: Settings, at: datetime) -> Content:
    """What comes of holding them against each other."""
    ordered = tuple(held.letters[serial] for serial in sorted(held.letters))
    valid_days = settings.bulletin.letter_days or None
    calendar = Calendar(settings.plan.month_end)
    found = reconciled(
        held.attributions, held.letters, span, valid_days, first_handed_out(held.events), calendar
    )
    where = standings(ordered, held.events, span.last)
    unused = outstanding(ordered, where, span.last)
    return Content(
        period, span, settings.plan.year, settings.plan.office, at, settings.letters.answer_days,
        _units(held.roster, ordered), found, where, unused,
        inquiries(held.roster, ordered, where, unused, found),
    )  # fmt: skip


def _units(roster: Sequence[Unit], letters: Sequence[Letter]) -> list[Unit]:
    """The roster, and after it every unit that has letters and is no longer in it."""
    codes = {unit.code for unit in roster}
    gone = {
        letter.serial.unit: Unit(letter.serial.unit, letter.unit_name, letter.signature, "")
        for letter in letters
        if letter.serial.unit not in codes
    }
    return [*roster, *gone.values()]
