"""Make templates/assessment_report.docx: what the leading group is told of the year's assessment (考核报告).

An upward 报告 as the quarterly report is, with the results as its annex on a page of its own.

Run ``python templates/build/assessment_report.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

import bulletin_styles as styles
from bulletin import page_number
from bulletin_tables import Column, grid, headings, tag, values
from parts.package import footer_part, write
from parts.wordfile import paragraph
from report import MORE, NEXT_ANNEX, PORTRAIT, letterhead, text

TARGET = Path(__file__).resolve().parents[1] / "assessment_report.docx"
RESULTS = (
    Column(28, ("类别",), "类别"),
    Column(20, ("名次",), "名次"),
    Column(62, ("单位名称",), "单位", is_name=True),
    Column(23, ("总分",), "总分"),
    Column(23, ("等次",), "等次"),
)
"""Of 行 in 各行, 156 mm."""


def annex() -> str:
    """Every unit's result, group by group in the order of places."""
    rows = headings(RESULTS, styles.ANNEX_COLUMN, 9) + tag(RESULTS, "for 行 in 各行")
    rows += values(RESULTS, styles.ANNEX_CELL, styles.ANNEX_NAME, 6.2) + tag(RESULTS, "endfor")
    return (
        paragraph(NEXT_ANNEX, "附件")
        + paragraph(styles.BLANK)
        + paragraph(styles.ANNEX_TITLE, "{{ 年度 }}考核结果一览表")
        + paragraph(styles.UNITS, "单位：分")
        + grid(RESULTS, rows)
        + paragraph(styles.AFTER_TABLE)
    )


def build() -> None:
    """Write the template."""
    feet = (page_number(styles.ODD), page_number(styles.EVEN))
    parts = [footer_part(number, foot) for number, foot in enumerate(feet, 1)]
    body = letterhead() + text("") + annex() + PORTRAIT
    write(TARGET, "考核报告（模板）", (*styles.STYLES, *MORE), body, parts, even_pages=True)


if __name__ == "__main__":
    build()
