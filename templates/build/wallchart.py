"""Make templates/wallchart.docx: the chart of completion rates to be hung up (挂图作战), one page A3 landscape.

Where units have open items or papers of supervision, the chart is narrower and a list of them stands beside it. A paper's
row has the colour that a clerk can change in Word or WPS, and always its word, since colour has no common meaning.

Run ``python templates/build/wallchart.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from parts.bars import chart_part, chart_run
from parts.grid import Column, cell, row, ruled
from parts.package import write
from parts.style import BIAOSONG, HEITI, KAITI, Style, twips
from parts.wordfile import page, paragraph, paragraph_of, table_frame

TARGET = Path(__file__).resolve().parents[1] / "wallchart.docx"

PAPER_MM = (420.0, 297.0)
MARGINS_MM = (13.0, 15.0, 10.0, 15.0)  # top, right, bottom, left

TITLE = Style("图名", 40, 52, "center", BIAOSONG, "C00000", latin=BIAOSONG)
ABOUT = Style("图首说明", 22, 32, "center", KAITI)
CHART = Style("图", 16, 0, "center")
NOTE = Style("图注", 14, 20)
LIST = Style("图边表", 13.5, 15.5, "center")
LIST_HEAD = Style("图边表头", 13, 16, "center", HEITI)
STYLES = (TITLE, ABOUT, CHART, NOTE, LIST, LIST_HEAD)

CHART_MM, LOWER_MM, SIDE_MM = 234.0, 224.0, 106.0
"""Height of the chart alone, and with a list beside it, as the note may take two lines then; width of the list."""
COLUMNS = (
    Column(53, ("单位",), "{{ 行.单位名称 }}"),
    Column(16, ("督查",), "{{ 行.督查 }}"),
    Column(20, ("未销号",), "{{ 行.未销号 }}"),
    Column(17, ("逾期",), "{{ 行.逾期 }}"),
)
COLOURS = {"提醒": "9DC3E6", "督办": "FFE699", "约谈": "FF9C9C"}
"""Level of a paper → blue, yellow or red behind its unit."""
ROW_MM = 7.2


def listed() -> str:
    """Make the list: a row in the colour of its paper, or in none."""
    width = sum(column.width_mm for column in COLUMNS)

    def tag(text: str) -> str:
        return row(cell(width, paragraph(LIST, text), len(COLUMNS)), ROW_MM)

    def line(colour: str = "") -> str:
        return row(
            "".join(cell(each.width_mm, paragraph(LIST, each.value), colour=colour) for each in COLUMNS),
            ROW_MM,
        )

    heads = "".join(cell(each.width_mm, paragraph(LIST_HEAD, each.heading[0])) for each in COLUMNS)
    branches = "".join(
        tag(f'{{%tr {"elif" if number else "if"} 行.督查 == "{level}" %}}') + line(colour)
        for number, (level, colour) in enumerate(COLOURS.items())
    )
    rows = (
        row(heads, ROW_MM, heading=True)
        + tag("{%tr for 行 in 督查挂账 %}")
        + branches
        + tag("{%tr else %}")
        + line()
        + tag("{%tr endif %}")
        + tag("{%tr endfor %}")
    )
    return ruled(COLUMNS, rows)


def beside() -> str:
    """Make the narrower chart and the list beside it, in a table without lines."""
    widths = (PAPER_MM[0] - 30 - SIDE_MM, SIDE_MM)
    drawn = cell(widths[0], paragraph_of(CHART, chart_run(2, widths[0] - 2, LOWER_MM)))
    side = cell(widths[1], listed() + paragraph(LIST), valign="top")
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return table_frame(grid, row(drawn + side, LOWER_MM), twips(sum(widths)), 0)


def build() -> None:
    """Write the template."""
    body = (
        paragraph(TITLE, "{{ 图名 }}")
        + paragraph(ABOUT, "截至{{ 截至日期 }}　　序时进度{{ 序时进度 }}%　　{{ 编制单位 }}")
        + paragraph(CHART, "{%p if 督查挂账 %}")
        + beside()
        + paragraph(CHART, "{%p else %}")
        + paragraph_of(CHART, chart_run(1, PAPER_MM[0] - 30, CHART_MM))
        + paragraph(CHART, "{%p endif %}")
        + paragraph(
            NOTE,
            "注：虚线框的右边线为序时进度（{{ 序时进度 }}%）；条形为完成率，后面是完成率（%）和所处档次。{{ 挂账 }}",
        )
        + page(PAPER_MM, MARGINS_MM, 5)
    )
    write(TARGET, "作战图（模板）", STYLES, body, [chart_part(17), chart_part(17, 2)])


if __name__ == "__main__":
    build()
