"""Make templates/receipt.docx: the sheet on which each unit signs for its numbered letters (领取签收表).

A4 landscape; one row per unit, repeated by docxtpl; the heading row comes again on every page, no row splits.

Run ``python templates/build/receipt.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from parts.grid import Column, cell, looped, row, ruled
from parts.package import footer_part, write
from parts.style import BIAOSONG, HEITI, Style
from parts.wordfile import field, page, paragraph, paragraph_of, run

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
ABOVE = "发放单位：{{ 发放单位 }}　批次：{{ 批次 }}　编制日期：{{ 编制日期 }}　单位：份、本"
BELOW = (
    "注：每本{{ 每本份数 }}份，不足一本的按一本计。起止号均含本号；"
    "领用时请当面清点，如有缺号、重号、残损，当场提出。"
)


def sheet() -> str:
    """Make the table."""
    first, second, *others = COLUMNS
    totals = cell(first.width_mm + second.width_mm, paragraph(HEADING, second.total), 2)
    totals += "".join(cell(column.width_mm, paragraph(BODY, column.total)) for column in others)
    rows = looped(COLUMNS, "行 in 各单位", HEADING, BODY, (HEADING_MM, ROW_MM))
    return ruled(COLUMNS, rows + row(totals, ROW_MM))


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
