"""A business as the exports have it, and all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, overload

from pipeline.domain.letters.model import Serial
from pipeline.domain.model import Source
from pipeline.domain.records.exports.classed import UNCLASSED, Classed
from pipeline.domain.records.exports.companies import Company
from pipeline.domain.values.industry import Industry


class Registration(NamedTuple):
    """An individual business (个体工商户); of each field the last value that a row had."""

    uscc: str
    """Unified code; empty without one."""
    regno: str
    """Registration number; empty without one."""
    name: str
    """名称."""
    operator: str
    """经营者."""
    id_no: str
    """The operator's ID number, as typed."""
    established: date | None
    """Date of establishment; where no row has one, the approval of a row that says 设立."""
    cancelled: date | None
    """Date of cancellation; where no row has one, the approval of one that says 注销. Such a status without either does
    not count."""
    revoked: date | None
    """Date of revocation (吊销), which is no cancellation."""
    status: str
    """在册, 注销, 吊销, 撤销 or 迁出; any other word as it stood; empty without one."""
    letter: Serial | None
    """The letter that a row named, whether there is such a letter or not."""
    unit: str | None
    """Code of the unit that a row declared; None for none, or for an office without a share of the target."""
    phone: str
    """Phone numbers, joined by 「、」; empty where they are none."""
    address: str
    """经营场所, as it stood."""
    scope: str
    """经营范围, as it stood."""
    sources: tuple[Source, ...]
    """Its rows, in file and row order."""
    struck_off: date | None = None
    """Date on which the registration was revoked as false (撤销), or else the approval of a row that says so."""
    closed: date | None = None
    """Date of approval of the last row that says how it ended, 注销 or 撤销: the registry's own day of it."""
    industry: Industry | None = None
    """What it does in the main, as the registry has coded it; None where it has not."""
    station: str = ""
    """管辖单位, the office of the registry that looks after it, as it stood."""
    town: str = ""
    """乡镇, as it stood."""
    classes: Classed = UNCLASSED
    """What the authorities have classed it as, as it stood."""
    form: str = ""
    """组成形式, as it stood."""

    @property
    def is_struck_off_undated(self) -> bool:
        """Whether its registration was revoked as false, nobody says when."""
        return self.status == "撤销" and self.struck_off is None


@dataclass(frozen=True, slots=True)
class Registered(Sequence[Registration]):
    """Every business once, in order of first appearance; beside them, the companies that the same tables name."""

    businesses: tuple[Registration, ...]
    """The businesses, of which this is the sequence."""
    companies: tuple[Company, ...]
    """Companies, one for each row."""

    def __len__(self) -> int:
        return len(self.businesses)

    def __iter__(self) -> Iterator[Registration]:
        return iter(self.businesses)

    @overload
    def __getitem__(self, place: int) -> Registration: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Registration, ...]: ...
    def __getitem__(self, place: int | slice) -> Registration | tuple[Registration, ...]:
        return self.businesses[place]
