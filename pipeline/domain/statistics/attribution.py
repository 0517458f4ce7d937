"""Which unit a business counts for (归属): that of its letter, else the one that its row declares, else none.

岚政办发〔2022〕20号 四（三）: the letter marks, by its number, whom a unit has won over.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.domain.letters.model import DEAD, Letter, Serial
from pipeline.domain.model import Unit
from pipeline.domain.records.registrations import Registration

BY_LETTER, BY_DECLARATION = "介绍信", "申报单位"
"""What a business is attributed by."""


class Attribution(NamedTuple):
    """A business and the unit that it counts for."""

    business: Registration
    """The business."""
    unit: str | None
    """Code of the unit; None for none (未归属)."""
    by: str | None
    """介绍信 or 申报单位; None for none."""


def attribute(
    businesses: Sequence[Registration], letters: Mapping[Serial, Letter], units: Sequence[Unit], as_of: date
) -> tuple[Attribution, ...]:
    """The unit of every business, in the order given; none for what was not established by ``as_of``.

    A letter that two businesses name stays with the one established earlier (on the same day, with the first); the
    other falls to the unit that it declares, as does one whose letter is unknown, void, lost, or of no unit of the
    roster. What is doubtful in this :func:`pipeline.domain.statistics.doubts.doubts` tells.

    :param letters: all letters that the register knows, dead ones too.
    :param units: the roster.
    """
    codes = {unit.code for unit in units}
    holders: dict[Serial, tuple[date, int]] = {}
    for place, business in enumerate(businesses):
        day, serial = business.established, business.letter
        if day and serial and serial.unit in codes and is_live(letters.get(serial)):
            holders[serial] = min(holders.get(serial, (date.max, 0)), (day, place))
    found = []
    for place, business in enumerate(businesses):
        serial, unit, by = business.letter, business.unit, BY_DECLARATION
        if business.established is None or business.established > as_of:
            unit = None
        elif serial and serial in holders and holders[serial][1] == place:
            unit, by = serial.unit, BY_LETTER
        found.append(Attribution(business, unit, by if unit else None))
    return tuple(found)


def is_live(letter: Letter | None) -> bool:
    """Whether there is such a letter and it serves: every one but the void and the lost."""
    return letter is not None and letter.state not in DEAD
