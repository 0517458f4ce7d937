"""Records that came late (补录) for months already printed: told, and never written into what was printed.

Publishing keeps what each bulletin counted; the next one is held against it, business by business.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.counting import CANCELLED, NEW, Counted
from pipeline.domain.values.identity import long_form
from pipeline.domain.values.text import plain

CountedThen = Mapping[str, Mapping[str, str | None]]
"""新增 or 注销 → a business's identity → code of the unit for or against which it counted, None for none."""


@dataclass(frozen=True, slots=True)
class Late:
    """How records of months already printed differ from what was counted then."""

    new: int = 0
    """Registrations counted only now (补录)."""
    cancelled: int = 0
    """Cancellations counted only now."""
    withdrawn_new: int = 0
    """Registrations counted then and no longer: gone, or of another date (核减)."""
    withdrawn_cancelled: int = 0
    """Cancellations counted then and no longer."""

    @property
    def net(self) -> int:
        """What they add to the net gain of the year to date."""
        return self.new - self.cancelled - self.withdrawn_new + self.withdrawn_cancelled


@dataclass(frozen=True, slots=True)
class LateRecords:
    """How the year up to the last bulletin differs from what that bulletin counted.

    Net gain to date = that printed then + what is dated after ``since`` + the net of these: for the county, for each
    unit, and for what is nobody's. A business that now counts for another unit is late there and withdrawn here, and
    neither for the county.
    """

    since: date
    """As-of date of that bulletin."""
    county: Late
    """In all."""
    units: Mapping[str | None, Late]
    """Unit code, or None for what is nobody's → its own; who has none is left out."""


def counted_now(counted: Sequence[Counted], secret: bytes) -> CountedThen:
    """What a bulletin counts, to be kept with it: the surest identity of every business.

    :param secret: with which persons are hidden; the same for all months.
    """
    return {
        kind: {
            each.business.uscc or next(_identities(each.business, secret)): each.unit
            for each in counted
            if each.kind == kind
        }
        for kind in (NEW, CANCELLED)
    }


def late_records(counted: Sequence[Counted], since: date, then: CountedThen, secret: bytes) -> LateRecords:
    """Hold what counts now against what the last bulletin of the year counted.

    :param counted: the year to date.
    :param since: as-of date of that bulletin.
    :param then: what it counted, as of :func:`counted_now`.
    """
    left = {kind: dict(then.get(kind, {})) for kind in (NEW, CANCELLED)}
    late: Counter[tuple[str, str | None]] = Counter()
    withdrawn: Counter[tuple[str, str | None]] = Counter()
    moved: Counter[str] = Counter()
    for each in counted:
        if each.kind not in left or each.day > since:
            continue  # What counted then by an earlier date stays among those withdrawn.
        known = left[each.kind]
        identity = next((name for name in _identities(each.business, secret) if name in known), None)
        if identity is None:
            late[each.kind, each.unit] += 1
        elif (unit := known.pop(identity)) != each.unit:
            late[each.kind, each.unit] += 1
            withdrawn[each.kind, unit] += 1
            moved[each.kind] += 1
    withdrawn.update((kind, unit) for kind, known in left.items() for unit in known.values())

    def sums(unit: str | None) -> Late:
        return Late(late[NEW, unit], late[CANCELLED, unit], withdrawn[NEW, unit], withdrawn[CANCELLED, unit])

    def in_all(found: Counter[tuple[str, str | None]], kind: str) -> int:
        return sum(number for (each, _), number in found.items() if each == kind) - moved[kind]

    county = Late(*(in_all(found, kind) for found in (late, withdrawn) for kind in (NEW, CANCELLED)))
    return LateRecords(since, county, {unit: sums(unit) for _, unit in sorted({*late, *withdrawn}, key=str)})


def _identities(business: Registration, secret: bytes) -> Iterator[str]:
    """What a business is known by, the surest first: unified code, registration number, the person (hidden).

    A business kept under its registration number is still found once it has a unified code.
    """
    if business.uscc:
        yield business.uscc
    if business.regno:
        yield business.regno
    person = f"{long_form(business.id_no)} {plain(business.operator)}"
    yield f"person {hmac.digest(secret, person.encode(), hashlib.sha256).hex()[:32]}"
