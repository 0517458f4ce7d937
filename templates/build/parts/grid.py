"""Ruled tables with a heading row that comes again on every page; their rows are repeated by docxtpl and never split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parts.style import twips
from parts.wordfile import paragraph, table_frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parts.style import Style

LINES = (
    '<w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    '<w:left w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    '<w:right w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    '<w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
)
CELL_MARGIN = twips(0.3)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    width_mm: float
    """Width."""
    heading: tuple[str, ...]
    """Heading, line by line."""
    value: str = ""
    """What stands in each row."""
    total: str = ""
    """What stands in the row of totals."""


def cell(width_mm: float, content: str, span: int = 1, *, colour: str = "", valign: str = "center") -> str:
    """Make a cell with its content in the middle, or at the top; ``colour`` is what it is filled with, RRGGBB."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>' if colour else ""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    width = f'<w:tcW w:w="{twips(width_mm)}" w:type="dxa"/>'
    return f'<w:tc><w:tcPr>{width}{spanned}{shade}<w:vAlign w:val="{valign}"/></w:tcPr>{content}</w:tc>'


def row(cells: str, height_mm: float, heading: bool = False) -> str:
    """Make a row that does not split and grows where its text needs it."""
    height = f'<w:trHeight w:val="{twips(height_mm)}" w:hRule="atLeast"/>'
    repeated = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{repeated}</w:trPr>{cells}</w:tr>"


def looped(
    columns: Sequence[Column], loop: str, head: Style, body: Style, heights_mm: tuple[float, float]
) -> str:
    """Make the heading row and a row that docxtpl repeats, between two that it takes away together with their tags.

    ``loop`` is what a row is called and where it comes from (``行 in 各行``); ``heights_mm`` those of the heading and
    of a row.
    """
    heading_mm, row_mm = heights_mm
    headings = "".join(
        cell(column.width_mm, "".join(paragraph(head, line) for line in column.heading)) for column in columns
    )
    values = "".join(cell(column.width_mm, paragraph(body, column.value)) for column in columns)
    start, end = (
        row(cell(sum(column.width_mm for column in columns), paragraph(body, tag), len(columns)), row_mm)
        for tag in (f"{{%tr for {loop} %}}", "{%tr endfor %}")
    )
    return row(headings, heading_mm, heading=True) + start + row(values, row_mm) + end


def ruled(columns: Sequence[Column], rows: str) -> str:
    """Make the table around ready rows."""
    widths = [twips(column.width_mm) for column in columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return table_frame(grid, rows, sum(widths), 0, LINES, CELL_MARGIN)
