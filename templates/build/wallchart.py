"""Make templates/wallchart.docx: the chart of completion rates to be hung up (挂图作战), one page A3 landscape.

Run ``python templates/build/wallchart.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from parts.bars import chart_part, chart_run
from parts.package import write
from parts.style import BIAOSONG, KAITI, Style
from parts.wordfile import page, paragraph, paragraph_of

TARGET = Path(__file__).resolve().parents[1] / "wallchart.docx"

PAPER_MM = (420.0, 297.0)
MARGINS_MM = (13.0, 15.0, 10.0, 15.0)  # top, right, bottom, left

TITLE = Style("图名", 40, 52, "center", BIAOSONG, "C00000", latin=BIAOSONG)
ABOUT = Style("图首说明", 22, 32, "center", KAITI)
CHART = Style("图", 16, 0, "center")
NOTE = Style("图注", 14, 20)
STYLES = (TITLE, ABOUT, CHART, NOTE)


def build() -> None:
    """Write the template."""
    body = (
        paragraph(TITLE, "{{ 图名 }}")
        + paragraph(ABOUT, "截至{{ 截至日期 }}　　序时进度{{ 序时进度 }}%　　{{ 编制单位 }}")
        + paragraph_of(CHART, chart_run(1, PAPER_MM[0] - 30, 234))
        + paragraph(
            NOTE,
            "注：虚线框的右边线为序时进度（{{ 序时进度 }}%）；条形为完成率，后面是完成率（%）和所处档次。",
        )
        + page(PAPER_MM, MARGINS_MM, 5)
    )
    write(TARGET, "作战图（模板）", STYLES, body, [chart_part(17)])


if __name__ == "__main__":
    build()
