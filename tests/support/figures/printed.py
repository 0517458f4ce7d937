"""What a clerk reads off the papers of a month: rows of tables, sentences of letters. Nothing is taken from JSON."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from support.paper import squeezed


@dataclass(frozen=True)
class Line:
    """A unit's figures as every paper of a month has to print them."""

    target: str
    net: str
    rate: str
    """完成率, percent."""
    lead: str
    """与序时差, points."""
    band: str
    rank: str


@dataclass(frozen=True)
class Told:
    """A unit's figures as its letter puts them."""

    new: str
    cancelled: str
    net: str
    target: str
    rate: str
    lead: str
    gap: str
    """距序时差."""
    peers: str
    """How many units its group has."""
    rank: str
    band: str
    running: str
    """Months without a break."""


_TOLD = re.compile(
    r"你单位累计新登记个体工商户(\d+)户，注销(\d+)户，净增(\d+)户，完成年度净增任务(\d+)户的([\d.]+)%，"
    r"(?:低于序时进度([\d.]+)个百分点，距序时进度差|还差)(\d+)户，在(\d+)个(?:乡镇|县直单位)中列第(\d+)位，等次为(..)"
    r"(?:，自\d+月起已连续(\d+)个月滞后)?。"
)
_ITEMS = re.compile(
    r"挂账事项共(\d+)项，(?:已销号(\d+)项.*?(?:未销号(\d+)项(?:，其中逾期(\d+)项|(，均?已逾期)|，没有逾期的)|。)|[均尚]未销号，(?:其中逾期(\d+)项|(均?已逾期)|没有逾期的))"
)


_FOOTER = re.compile(r"—\d+—")


def bulletin(folder: Path) -> dict[str, Sequence[str]]:
    """Name → cells of the row, of every unit and total in the bulletin's table of all units."""
    return _rows(folder / "简报.docx", heads=("序号", "单位名称"), skip=2)


def lines_of(rows: Mapping[str, Sequence[str]]) -> dict[str, Line]:
    """The units' rows of that table."""
    return {
        name: Line(row[2], row[8], row[9], row[10], row[13], row[11])
        for name, row in rows.items()
        if row[0].isdecimal()
    }


def dispatch_lines(folder: Path) -> Iterator[dict[str, Line]]:
    """As the paper has them, as the workbook of the county does, as the units' own do."""
    yield _dispatched(_rows(folder / "调度表.docx", heads=("序号", "责任单位"), skip=1))
    yield _dispatched({str(row[1]): row for row in sheet(folder / "调度表.xlsx")})
    own = [sheet(path) for path in sorted((folder / "各单位").iterdir())]
    yield _dispatched({str(rows[0][1]): rows[0] for rows in own})


def _dispatched(rows: dict[str, Sequence[str]]) -> dict[str, Line]:
    return {
        name: Line(row[2], row[3], row[4], row[5], row[11], row[12].split()[0])
        for name, row in rows.items()
        if row[0].isdecimal()
    }


def sheet(path: Path) -> list[Sequence[str]]:
    """The rows of a workbook's first sheet, below title and header."""
    rows = load_workbook(path).worksheets[0].iter_rows(min_row=3, values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def letter(path: Path) -> Told:
    """What a paper of supervision says of its unit."""
    found = _TOLD.search(text(path))
    assert found, text(path)
    new, cancelled, net, target, rate, lead, gap, peers, rank, band, running = found.groups()
    lead = lead or f"{100 - float(rate):.1f}"  # at the year's end the gap alone is told
    return Told(new, cancelled, net, target, rate, lead, gap, peers, rank, band, running or "1")


def items(path: Path) -> tuple[int, int, int] | None:
    """How many items are open, overdue and closed by a paper's sentence; None where it has none.

    The sentence may go on behind the number of a page.
    """
    found = _ITEMS.search(_FOOTER.sub("", text(path)))
    if found is None:
        return None
    whole, *_, every = found.groups()
    closed, left, late = (int(each or 0) for each in found.groups()[1:4])
    if found[2] is None:
        return int(whole), int(whole) if every else int(found[6] or 0), 0
    return left, left if found[5] else late, closed


def text(path: Path) -> str:
    """All that a PDF says, without white space."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        return squeezed("".join(page.get_textpage().get_text_bounded() for page in document))


def _rows(path: Path, heads: Sequence[str], skip: int) -> dict[str, Sequence[str]]:
    """Name → cells, of a paper's table with these first headers; python-docx would take ten times as long."""
    for table in Document(str(path)).tables:
        lines = table._tbl.tr_lst
        if tuple(_cells(lines[0])[: len(heads)]) == tuple(heads):
            return {row[1]: row for row in map(_cells, lines[skip:])}
    raise AssertionError(f"{path.name} has no table of units")


def _cells(line: Any) -> list[str]:
    told = (
        ("".join(text.text or "" for text in cell.iter(qn("w:t"))), cell.grid_span) for cell in line.tc_lst
    )
    return [text for text, columns in told for _ in range(columns)]
