"""Make templates/receipt.docx: the sheet on which each unit signs for its numbered letters (领取签收表).

A4 landscape; one row per unit, repeated by docxtpl; the heading row comes again on every page, no row splits.

Run ``python templates/build/receipt.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from package import footer_part, write
from style import BIAOSONG, HEITI, Style, twips
from wordfile import field, page, paragraph, paragraph_of, run, table_frame

TARGET = Path(__file__).resolve().parents[1] / "receipt.docx"

PAPER_MM = (297.0, 210.0)
MARGINS_MM = (16.0, 12.0, 14.0, 12.0)  # top, right, bottom, left
HEADING_MM, ROW_MM = 12.0, 10.0

TITLE = Style("表题", 22, 34, "center", BIAOSONG)
ABOUT = Style("表首说明", 12, 22)
HEADING = Style("表头", 12, 14.5, "center", HEITI)
BODY = Style("表身", 12, 13, "center")
NOTE = Style("表注", 12, 17)
CHECK = Style("校验码", 10, 15)
FOOT = Style("页码", 10.5, 14, "center")
STYLES = (TITLE, ABOUT, HEADING, BODY, NOTE, CHECK, FOOT)

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
    """One column of the sheet."""

    width_mm: float
    """Width."""
    heading: tuple[str, ...]
    """Heading, line by line."""
    unit: str = ""
    """What stands in a unit's row."""
    total: str = ""
    """What stands in the row of totals."""


COLUMNS = (
    Column(9.6, ("序号",), "{{ 行.序号 }}"),
    Column(30.4, ("领用单位",), "{{ 行.单位名称 }}", "合计"),
    Column(46.5, ("起始号",), "{{ 行.起始号 }}", "—"),
    Column(46.5, ("终止号",), "{{ 行.终止号 }}", "—"),
    Column(12, ("份数",), "{{ 行.份数 }}", "{{ 合计份数 }}"),
    Column(22, ("份数", "（大写）"), "{{ 行.份数大写 }}", "{{ 合计份数大写 }}"),
    Column(11, ("本数",), "{{ 行.本数 }}", "{{ 合计本数 }}"),
    Column(24, ("领用人", "（签字）")),
    Column(26, ("联系电话",)),
    Column(19.5, ("领用日期",)),
    Column(14.5, ("发放人",)),
    Column(11, ("备注",)),
)
LOOP_START, LOOP_END = "{%tr for 行 in 各单位 %}", "{%tr endfor %}"

ABOVE = "发放单位：{{ 发放单位 }}　批次：{{ 批次 }}　编制日期：{{ 编制日期 }}　单位：份、本"
BELOW = (
    "注：每本{{ 每本份数 }}份，不足一本的按一本计。起止号均含本号；"
    "领用时请当面清点，如有缺号、重号、残损，当场提出。"
)


def cell(width_mm: float, content: str, span: int = 1) -> str:
    """Make a cell with its content in the middle."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    width = f'<w:tcW w:w="{twips(width_mm)}" w:type="dxa"/>'
    return f'<w:tc><w:tcPr>{width}{spanned}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'


def row(cells: str, height_mm: float = ROW_MM, heading: bool = False) -> str:
    """Make a row that does not split and grows where its text needs it."""
    height = f'<w:trHeight w:val="{twips(height_mm)}" w:hRule="atLeast"/>'
    repeated = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{repeated}</w:trPr>{cells}</w:tr>"


def loop_tag(tag: str) -> str:
    """Make a row that docxtpl takes away together with its tag."""
    return row(cell(sum(column.width_mm for column in COLUMNS), paragraph(BODY, tag), len(COLUMNS)))


def sheet() -> str:
    """Make the table."""
    headings = "".join(
        cell(column.width_mm, "".join(paragraph(HEADING, line) for line in column.heading))
        for column in COLUMNS
    )
    units = "".join(cell(column.width_mm, paragraph(BODY, column.unit)) for column in COLUMNS)
    first, second, *others = COLUMNS
    totals = cell(first.width_mm + second.width_mm, paragraph(HEADING, second.total), 2)
    totals += "".join(cell(column.width_mm, paragraph(BODY, column.total)) for column in others)
    heading = row(headings, HEADING_MM, heading=True)
    rows = heading + loop_tag(LOOP_START) + row(units) + loop_tag(LOOP_END) + row(totals)
    widths = [twips(column.width_mm) for column in COLUMNS]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return table_frame(grid, rows, sum(widths), 0, LINES, CELL_MARGIN)


def build() -> None:
    """Write the template."""
    body = (
        paragraph(TITLE, "{{ 年度 }}年{{ 县 }}个体工商户培育介绍信领取签收表")
        + paragraph(ABOUT, ABOVE)
        + sheet()
        + paragraph(NOTE, BELOW)
        + paragraph(CHECK, "台账校验码：{{ 台账校验码 }}")
        + page(PAPER_MM, MARGINS_MM, 7, footer=True)
    )
    pages = run("第") + field("PAGE") + run("页　共") + field("NUMPAGES") + run("页")
    write(TARGET, "介绍信领取签收表（模板）", STYLES, body, [footer_part(1, paragraph_of(FOOT, pages))])


if __name__ == "__main__":
    build()
