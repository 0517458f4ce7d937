"""Companies (企业) in registration exports: they do not count, but one may be what became of a business (个转企)."""

from dataclasses import dataclass
from datetime import date

from pipeline.domain.model import Source
from pipeline.domain.records.exports.cells import said
from pipeline.domain.records.exports.days import EntryDays
from pipeline.domain.tables.grid import Row


@dataclass(frozen=True, slots=True)
class Company:
    """A row that is left out because it is of a company."""

    uscc: str
    """Unified code; one that begins with 92 was an individual business's (个转企 by direct change)."""
    name: str
    """名称."""
    operator: str
    """法定代表人."""
    id_no: str
    """The same's ID number, as typed."""
    address: str
    """住所."""
    established: date | None
    """Date of establishment."""
    source: Source
    """The row."""
    unit: str = ""
    """What it says of its unit."""


_COOPERATIVE = "93"
"""How the unified code of a cooperative (农民专业合作社) begins."""


def companies_of(row: Row, uscc: str, days: EntryDays) -> list[Company]:
    """The company of a row that is no individual business's; none of a cooperative's. Nothing is held against any rule.

    :param days: those of its table.
    """
    if uscc.startswith(_COOPERATIVE):
        return []
    name, operator, id_no, address, unit = (
        said(row, field) for field in ("name", "operator", "id_no", "address", "unit")
    )
    return [Company(uscc, name, operator, id_no, address, days.seen(row, "est_date"), row.source, unit)]
