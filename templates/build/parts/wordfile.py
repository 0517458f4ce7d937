"""The text of a Word file: paragraphs, tables, pages.

Everything is WordprocessingML as plain text. Lengths are millimetres or points outside and twips (1/20 pt) inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from parts.package import part_id
from parts.style import Style, twips

if TYPE_CHECKING:
    from collections.abc import Sequence

EMU_PER_MM = 36000
"""Drawings are measured in English Metric Units."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, placed by its left and right edge measured from the paper's left edge."""

    left_mm: float
    """Left edge."""
    right_mm: float
    """Right edge."""
    content: str
    """Paragraphs (XML)."""
    valign: str = "bottom"
    """top, center, bottom."""
    borders: str = ""
    """Children of w:tcBorders, in schema order; empty: none."""
    merge: str = ""
    """restart or continue for a cell that spans rows; empty: does not."""


@dataclass(frozen=True, slots=True)
class Row:
    """One table row of exact height; what its cells leave free is filled with empty cells."""

    height: int
    """Height in twips."""
    cells: tuple[Cell, ...] = ()
    """From left to right, not overlapping."""


def paragraph(style: Style, text: str = "") -> str:
    """Make a paragraph of one run."""
    return paragraph_of(style, run(text) if text else "")


def paragraph_of(style: Style, runs: str) -> str:
    """Make a paragraph of ready runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{escape(style.name)}"/></w:pPr>{runs}</w:p>'


def kept(paragraphs: str) -> str:
    """Ready paragraphs that stay on the page of what follows; those of a table's row keep the row there."""
    return paragraphs.replace("</w:pPr>", "<w:keepNext/></w:pPr>")


def run(text: str, hanzi: str = "") -> str:
    """Make one run; a placeholder such as ``{{ 姓名 }}`` must stay within one.

    ``hanzi``: font of its Chinese characters; empty: the paragraph's.
    """
    font = f' w:eastAsia="{hanzi}"' if hanzi else ""
    hint = f'<w:rPr><w:rFonts{font} w:hint="eastAsia"/></w:rPr>'  # or Word sets — and … in the Latin font
    return f'<w:r>{hint}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(instruction: str) -> str:
    """Make a field that Word, WPS and LibreOffice compute: PAGE, NUMPAGES."""
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def table(rows: Sequence[Row], left_mm: float, right_mm: float, text_left_mm: float, filler: Style) -> str:
    """Make a table of fixed columns and exact rows between two edges of the paper.

    Its grid is the edges of all its cells, so that every row may divide the width in its own way.
    """
    edges = {twips(left_mm), twips(right_mm)}
    edges |= {twips(edge) for row in rows for cell in row.cells for edge in (cell.left_mm, cell.right_mm)}
    grid = sorted(edges)
    columns = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(grid))
    body = "".join(_row(row, grid, filler) for row in rows)
    return table_frame(columns, body, grid[-1] - grid[0], grid[0] - twips(text_left_mm))


def table_frame(columns: str, rows: str, width: int, indent: int, borders: str = "", margin: int = 0) -> str:
    """Make the table around ready rows; lengths in twips."""
    frame = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblInd w:w="{indent}" w:type="dxa"/>{frame}'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        f'<w:left w:w="{margin}" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        f'<w:right w:w="{margin}" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(row: Row, grid: Sequence[int], filler: Style) -> str:
    """Make a row, its gaps filled."""
    parts: list[str] = []
    at = grid[0]
    for cell in row.cells:
        left, right = twips(cell.left_mm), twips(cell.right_mm)
        if left > at:
            parts.append(_cell(at, left, grid, Cell(0, 0, paragraph(filler))))
        parts.append(_cell(left, right, grid, cell))
        at = right
    if at < grid[-1]:
        parts.append(_cell(at, grid[-1], grid, Cell(0, 0, paragraph(filler))))
    height = f'<w:trHeight w:val="{row.height}" w:hRule="exact"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{''.join(parts)}</w:tr>"


def _cell(left: int, right: int, grid: Sequence[int], cell: Cell) -> str:
    """Make a cell over as many grid columns as lie between its edges."""
    span = grid.index(right) - grid.index(left)
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    bordered = f"<w:tcBorders>{cell.borders}</w:tcBorders>" if cell.borders else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{right - left}" w:type="dxa"/>{spanned}{merged}{bordered}'
        f'<w:vAlign w:val="{cell.valign}"/></w:tcPr>{cell.content}</w:tc>'
    )


def section_end(style: Style, sheet: str) -> str:
    """Make the last, all but invisible, paragraph of a section whose page is set so."""
    return f'<w:p><w:pPr><w:pStyle w:val="{escape(style.name)}"/>{sheet}</w:pPr></w:p>'


def page(
    paper_mm: tuple[float, float],
    margins_mm: tuple[float, float, float, float],
    edge_mm: float,
    footer: bool = False,
    feet: tuple[int, int] | None = None,
    restart: bool = False,
) -> str:
    """Set the page: width and height; top, right, bottom, left margin; distance of header and footer.

    ``feet`` are the numbers of the parts, from 1, that are the footers of odd and even pages; ``footer``: the first
    part is that of all pages; ``restart``: pages count from 1 again.
    """
    width, height = (twips(side) for side in paper_mm)
    top, right, bottom, left = (twips(margin) for margin in margins_mm)
    turned = ' w:orient="landscape"' if width > height else ""
    kinds = zip(("default", "even"), feet or ((1,) if footer else ()), strict=False)
    first = '<w:pgNumType w:start="1"/>' if restart else ""
    foot = "".join(f'<w:footerReference w:type="{kind}" r:id="{part_id(number)}"/>' for kind, number in kinds)
    return (
        f'<w:sectPr>{foot}<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="{twips(edge_mm)}" w:footer="{twips(edge_mm)}" w:gutter="0"/>{first}</w:sectPr>'
    )
