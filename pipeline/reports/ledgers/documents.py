"""The office's ledgers on paper: a Word template → one PDF → a file for each ledger, read back.

All ledgers are one document, as a call of LibreOffice takes longer to start than most of them to print. A ledger is cut
into tables, one for each unit or so many rows, because LibreOffice's time grows with the square of a table's length.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from pipeline.adapters.pdf.reading import (
    Info,
    PageRange,
    bookmarked_pages,
    cut,
    page_count,
    read_pages,
    squeezed,
)
from pipeline.adapters.word import WordTemplate, open_template
from pipeline.domain.documents import Cell, Worksheet
from pipeline.domain.wording import chinese_date
from pipeline.errors import ConversionFault, TemplateFault
from pipeline.publishing.readback import collate
from pipeline.publishing.renderer import Renderer
from pipeline.reports.ledgers.tables import NAMES
from pipeline.workspace import Workspace

LEDGER_FIELDS = ("年度", "县", "编制单位", "制表日期", *NAMES, "段", "行")
"""Names that ``templates/ledger.docx`` uses; 段 is one table of a ledger, 行 one of its rows."""
TABLE_ROWS = 100
"""Rows of a table at most."""
_UNIT = "开具单位"
"""Column by which a ledger that has it is parted."""
_ROWS_A_PAGE = 15
_TEMPLATE = "ledger.docx"


@dataclass(frozen=True, slots=True)
class _Part:
    """One table of a ledger."""

    unit: str
    """Whose letters it lists; empty where it lists those of all."""
    rows: Sequence[Sequence[str]]
    """Its cells."""


def open_ledger_template(workspace: Workspace) -> WordTemplate:
    """The template, its placeholders checked.

    :raises TemplateFault: it is missing, broken, or has the wrong placeholders.
    """
    template = open_template(workspace.template(_TEMPLATE))
    template.demand(LEDGER_FIELDS, dict.fromkeys(LEDGER_FIELDS[:4], 0))
    return template


def print_ledgers(shop: Renderer, sheets: Sequence[Worksheet], folder: Path, now: datetime) -> None:
    """A PDF of each ledger, named as it is.

    :param sheets: the ledgers, in the order of :data:`~pipeline.reports.ledgers.tables.NAMES`; their rows are read once more.
    :raises TemplateFault: the template asks for what is not there, or its titles cannot be found.
    :raises ConversionFault: LibreOffice failed, or a row is not on the pages.
    """
    template = open_ledger_template(shop.workspace)
    parts = [list(_parts(sheet)) for sheet in sheets]
    plan = shop.workspace.settings.plan
    fields: dict[str, object] = {
        "年度": plan.year, "县": plan.county, "编制单位": plan.office, "制表日期": chinese_date(now.date()),
    }  # fmt: skip
    fields |= {
        sheet.name: [{"单位": part.unit, "各行": _named(sheet, part.rows)} for part in own]
        for sheet, own in zip(sheets, parts, strict=True)
    }
    draft = shop.folder / _TEMPLATE
    template.write(fields, draft)
    pdf = _converted(shop, draft, sum(len(part.rows) for own in parts for part in own))
    collate(draft, pdf, f"请检查模板 {_TEMPLATE}（固定行高的格子要放宽），改好再运行。")
    starts = _starts(pdf, sum(map(len, parts)))
    for sheet, own in zip(sheets, parts, strict=True):
        path = folder / f"{sheet.name}.pdf"
        pages = starts[: len(own) + 1]
        starts = starts[len(own) :]
        marks = [
            PageRange(part.unit, first - pages[0], after - first)
            for part, first, after in zip(own, pages, pages[1:], strict=False)
            if part.unit
        ]
        info = Info(sheet.title, plan.office, now)
        cut(pdf, path, PageRange(sheet.name, pages[0], pages[-1] - pages[0]), info, marks)
        _read_back(path, [row for part in own for row in part.rows])


def _parts(sheet: Worksheet) -> Iterator[_Part]:
    """A ledger's tables; of one without rows, an empty one."""
    headers = [column.header for column in sheet.columns]
    place = headers.index(_UNIT) if _UNIT in headers else None
    rows = [[_text(cell) for cell in row] for row in sheet.rows]
    if not rows:
        yield _Part("", [])
    for unit, group in groupby(rows, lambda row: "" if place is None else row[place]):
        own = list(group)
        for start in range(0, len(own), TABLE_ROWS):
            yield _Part(unit, own[start : start + TABLE_ROWS])


def _text(cell: Cell) -> str:
    return str(cell) if isinstance(cell, str | int) else ""


def _named(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Rows by the template's names: a column's header without its marks."""
    names = ["".join(char for char in column.header if char.isalnum()) for column in sheet.columns]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _converted(shop: Renderer, draft: Path, rows: int) -> Path:
    try:
        return shop.office.convert(draft, rows // _ROWS_A_PAGE + len(NAMES))
    except ConversionFault as fault:
        raise ConversionFault(
            f"台账印不出来：{fault}。请再试一次；还不行，请检查模板 {_TEMPLATE}。"
        ) from fault


def _starts(pdf: Path, tables: int) -> list[int]:
    """The first page of each table, and the number of pages."""
    starts = bookmarked_pages(pdf)
    if len(starts) != tables or starts != sorted(starts):
        raise TemplateFault(
            f"模板 {_TEMPLATE} 里看不出每张表从哪一页起：每张表的标题要用样式“台账表题”（有大纲级别、段前分页），别处不要用。"
            "请改好，或用备份替换。"
        )
    return [*starts, page_count(pdf)]


def _read_back(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """See that every cell is on the pages, row by row; then, by characters, the rows that a line of another font tears.

    :raises ConversionFault: names the row of which something is lost.
    """
    text = "".join(page.text for page in read_pages(path, simple=lambda _: True))
    torn: list[str] = []
    between: list[str] = []
    place = 0
    for row in rows:
        said = squeezed("".join(row))
        found = text.find(said, place)
        if found < 0:
            torn.append(said)
            continue
        between.append(text[place:found])
        place = found + len(said)
    there = Counter("".join([*between, text[place:]]))
    for said in torn:
        there.subtract(said)
        if min(there[char] for char in said) < 0:
            raise ConversionFault(
                f"{path.name} 里没有印全“{said}”这一行。请检查模板 {_TEMPLATE}，改好再运行。"
            )
