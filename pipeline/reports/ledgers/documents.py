"""What is made of the office's ledgers: a workbook of each, and all of them on paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from pipeline.domain.documents import (
    Booklet,
    Booklets,
    Cell,
    Document,
    Part,
    Template,
    Workbook,
    Worksheet,
)
from pipeline.domain.period import Year
from pipeline.domain.wording import chinese_date
from pipeline.reports.ledgers.tables import NAMES

_ALL = ("年度", "县", "编制单位", "制表日期")
LEDGER = Template("ledger.docx", (*_ALL, *NAMES, "段", "行"), optional=_ALL)
"""Their template; 段 is one table of a ledger, 行 one of its rows."""
TABLE_ROWS = 100
"""Rows of a table at most."""
_UNIT = "开具单位"
"""Column by which a ledger that has it is parted."""
_HEADINGS = "每张表的标题要用样式“台账表题”（有大纲级别、段前分页），别处不要用。"


@dataclass(frozen=True, slots=True)
class Content:
    """The ledgers of a year."""

    period: Year
    """The plan year."""
    county: str
    """Whose."""
    office: str
    """Who keeps them."""
    at: datetime
    """When they were written."""
    sheets: Sequence[Worksheet]
    """In the order of :data:`~pipeline.reports.ledgers.tables.NAMES`; their rows are read more than once."""


def documents(content: Content) -> Iterator[Document]:
    """All files of the ledgers."""
    for sheet in content.sheets:
        yield Workbook(sheet.name, [sheet])
    parts = [list(_parts(sheet)) for sheet in content.sheets]
    fields: dict[str, object] = dict(
        zip(
            _ALL,
            (content.period.year, content.county, content.office, chinese_date(content.at.date())),
            strict=True,
        )
    )
    fields |= {
        sheet.name: [{"单位": part.mark, "各行": _named(sheet, part.rows)} for part in own]
        for sheet, own in zip(content.sheets, parts, strict=True)
    }
    booklets = [
        Booklet(sheet.name, sheet.title, own) for sheet, own in zip(content.sheets, parts, strict=True)
    ]
    yield Booklets("台账", LEDGER, fields, booklets, _HEADINGS)


def _parts(sheet: Worksheet) -> Iterator[Part]:
    """A ledger's tables, one for each unit or so many rows; of one without rows, an empty one."""
    headers = [column.header for column in sheet.columns]
    place = headers.index(_UNIT) if _UNIT in headers else None
    rows = [[_text(cell) for cell in row] for row in sheet.rows]
    if not rows:
        yield Part("", [])
    for unit, group in groupby(rows, lambda row: "" if place is None else row[place]):
        own = list(group)
        for start in range(0, len(own), TABLE_ROWS):
            yield Part(unit, own[start : start + TABLE_ROWS])


def _text(cell: Cell) -> str:
    return str(cell) if isinstance(cell, str | int) else ""


def _named(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Rows by the template's names: a column's header without its marks."""
    names = ["".join(char for char in column.header if char.isalnum()) for column in sheet.columns]
    return [dict(zip(names, row, strict=True)) for row in rows]
