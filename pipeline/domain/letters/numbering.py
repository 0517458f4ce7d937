"""Which letters are still to be numbered: a pure rule that the register applies inside one transaction."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from pipeline.domain.letters.many import runs_of
from pipeline.domain.letters.model import BatchId, Draft, Letter, Range, Serial
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Applicant, Unit
from pipeline.domain.values.identity import long_form
from pipeline.domain.values.text import plain


@dataclass(frozen=True, slots=True)
class Issued:
    """What the register already holds for the year."""

    live: Mapping[str, int]
    """Unit code → letters that are neither void nor lost."""
    applicants: Collection[tuple[str, str]]
    """ID number and business name of every applicant with a letter."""


Planner = Callable[[Issued], Sequence[Draft]]
"""From what is issued to what is missing; called inside the numbering transaction."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What the plan and the lists ask for."""

    units: Sequence[Unit]
    """In roster order, with their targets."""
    applicants: Mapping[str, Sequence[Applicant]]
    """Unit code → applicants in list order."""
    spare_percent: int = 0
    """Letters beyond the target, in percent, rounded up."""
    extra: tuple[str, int] | None = None
    """Unit code and how many more blank letters, whatever its target; then nothing else is numbered."""
    filled_day: date | None = None
    """Date on filled letters."""
    blank_day: date | None = None
    """Date on blank letters; None leaves it open."""


def missing_letters(demand: Demand, issued: Issued) -> list[Draft]:
    """The letters to number now, in print order; asked again after they are numbered, none is missing.

    Unit by unit: first each applicant without a letter, then blanks until the unit has as many live letters as its
    target.
    """
    have = {same(*pair) for pair in issued.applicants}
    return [draft for unit in demand.units for draft in _missing_of_unit(unit, demand, issued, have)]


def _missing_of_unit(
    unit: Unit, demand: Demand, issued: Issued, have: Collection[tuple[str, str]]
) -> Iterator[Draft]:
    if demand.extra:
        code, count = demand.extra
        yield from [Draft(unit, day=demand.blank_day)] * (count if unit.code == code else 0)
        return
    filled = [
        Draft(unit, applicant, demand.filled_day)
        for applicant in demand.applicants.get(unit.code, ())
        if same(applicant.id_no, applicant.business) not in have
    ]
    yield from filled
    blanks = with_spares(unit.target, demand.spare_percent) - issued.live.get(unit.code, 0) - len(filled)
    yield from [Draft(unit, day=demand.blank_day)] * blanks


def same(id_no: str, business: str) -> tuple[str, str]:
    """What makes an applicant the same: ID number in its long form, and business name."""
    return long_form(id_no), plain(business)


def numbered(drafts: Iterable[Draft], serials: SerialFormat, last: Mapping[str, int]) -> Iterator[Letter]:
    """Letters of the drafts, each with its unit's next number.

    :param last: unit code → the last number that is taken.
    """
    taken = dict(last)
    for draft in drafts:
        unit = draft.unit
        number = taken[unit.code] = taken.get(unit.code, 0) + 1
        serial = Serial(serials.year, unit.code, number)
        yield Letter(
            serial, serials.text(serial), unit.name, unit.full_name, draft.applicant, draft.day,
            replaces=draft.replaces,
        )  # fmt: skip


def with_spares(target: int, percent: int) -> int:
    """A target and its spare letters, rounded up."""
    return target + -(-target * percent // 100)


def ranges(letters: Sequence[Letter]) -> tuple[Range, ...]:
    """Runs of consecutive numbers, in the order given."""
    found: list[tuple[Letter, Letter]] = []
    for start, end in runs_of(letters):
        first, last = found[-1] if found else (start, None)
        before, here = last.serial if last else None, start.serial
        if before and (before.year, before.unit, before.number + 1) == (here.year, here.unit, here.number):
            found[-1] = first, end
        else:
            found.append((start, end))
    return tuple(
        Range(first.serial.unit, first.unit_name, first, last, last.serial.number - first.serial.number + 1)
        for first, last in found
    )


def runs(serials: Iterable[Serial]) -> Iterator[tuple[Serial, Serial]]:
    """First and last of each run of consecutive numbers of one unit, in the order given."""
    first = last = None
    for serial in serials:
        if first and last and (last.year, last.unit, last.number + 1) != astuple(serial):
            yield first, last
            first = None
        first, last = first or serial, serial
    if first and last:
        yield first, last


def parse_batch_id(text: str) -> BatchId | None:
    """``2022-001`` → its parts; None when it is not of that form."""
    year, _, number = text.partition("-")
    if len(year) == 4 and year.isdecimal() and number.isdecimal() and number.isascii():
        return BatchId(int(year), int(number))
    return None
