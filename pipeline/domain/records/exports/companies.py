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
    """Unified code."""
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


def company_of(row: Row, uscc: str, days: EntryDays) -> Company:
    """A company's row; nothing in it is held against any rule.

    :param days: those of its table.
    """
    name, operator, id_no, address = (said(row, field) for field in ("name", "operator", "id_no", "address"))
    return Company(uscc, name, operator, id_no, address, days.seen(row, "est_date"), row.source)
