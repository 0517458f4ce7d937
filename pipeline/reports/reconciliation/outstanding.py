"""Numbers with which nothing has been done yet (未使用编号): which they are, where, and since when, as of a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.letters.lifecycle import OUT, STATES, Event
from pipeline.domain.letters.model import Letter, Range, Serial
from pipeline.domain.letters.numbering import ranges

AGES = ("30天以内", "31至60天", "61至90天", "90天以上")
"""Classes of age."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a letter was on a day."""

    state: str
    """One of :data:`~pipeline.domain.letters.lifecycle.STATES`."""
    since: date
    """When it came there: handed out, returned; of one that never was, when it was printed."""


@dataclass(frozen=True, slots=True)
class Outstanding:
    """Consecutive letters of one unit with which nothing has been done, in one state since the same day."""

    run: Range
    """The letters."""
    state: str
    """``printed``, ``distributed`` or ``returned``."""
    since: date
    """Since when."""
    days: int
    """How many days that is; not below 0."""

    @property
    def age(self) -> str:
        """One of :data:`AGES`."""
        return AGES[min(max(self.days - 1, 0) // 30, len(AGES) - 1)]

    @property
    def numbers(self) -> str:
        """As a clerk types them: ``2022-01-0003至0010``."""
        first, last = self.run.first.serial, self.run.last.serial
        return first.key if first == last else f"{first.key}至{last.number:04d}"


def standings(letters: Sequence[Letter], events: Sequence[Event], as_of: date) -> dict[Serial, Whereabouts]:
    """Where each letter was that was there on a day; of what clerks entered the day counts that they gave.

    A letter was there from the first day that is known of it: it was printed, it carries that date, or was handed out.

    :param events: all events of the letters' year, in order.
    """
    known = {letter.serial: letter for letter in letters}
    there = {letter.serial: letter.day or date.max for letter in letters}
    found: dict[Serial, Whereabouts] = {}
    for event in events:
        day = event.day or event.at.date()
        for serial in event.serials() if event.what in STATES else ():
            if serial not in known:
                continue
            there[serial] = min(there[serial], day)
            if event.day is None:
                found[serial] = Whereabouts(event.what, known[serial].day or day)
            elif day <= as_of:
                found[serial] = Whereabouts(event.what, day)
    return {serial: found[serial] for serial in known if serial in found and there[serial] <= as_of}


def outstanding(
    letters: Sequence[Letter], found: Mapping[Serial, Whereabouts], as_of: date
) -> tuple[Outstanding, ...]:
    """The letters with which nothing had been done on a day, by unit and number.

    :param letters: by unit and number.
    :param found: as of :func:`standings`, on the same day.
    """
    runs: list[list[Letter]] = []
    before: Whereabouts | None = None
    for letter in letters:
        here = found.get(letter.serial)
        if here is None or here.state not in OUT:
            before = None
            continue
        if here != before or letter.serial.unit != runs[-1][-1].serial.unit:
            runs.append([])
        runs[-1].append(letter)
        before = here
    told = []
    for run in (part for letters_alike in runs for part in ranges(letters_alike)):
        here = found[run.first.serial]
        told.append(Outstanding(run, here.state, here.since, max((as_of - here.since).days, 0)))
    return tuple(told)
