"""Make templates/analysis.docx: the monthly analysis of all individual businesses (运行监测分析), one page A4.

Run ``python templates/build/analysis.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from parts.chart import colour, drawn, pattern
from parts.columns import columns_part
from parts.package import footer_part, write
from parts.style import BIAOSONG, HEITI, KAITI, Style
from parts.wordfile import field, page, paragraph, paragraph_of, run

from pipeline.domain.documents import Chart, Series
from pipeline.reports.analysis.charts import ALL, CANCELLED, NEW, NURTURED

TARGET = Path(__file__).resolve().parents[1] / "analysis.docx"

PAPER_MM = (210.0, 297.0)
MARGINS_MM = (22.0, 24.0, 18.0, 26.0)  # top, right, bottom, left

TITLE = Style("分析题", 22, 32, "center", BIAOSONG, keeps_next=True)
ABOUT = Style("分析首", 12, 22, "center", KAITI, keeps_next=True)
CORRECTION = Style("分析更正", 12, 20, "center", KAITI)
PROSE = Style("分析正文", 12.5, 21, first_line_pt=25, is_prose=True)
CHARTS = Style("分析图", 10.5, 0, "center", keeps_next=True)
NOTE = Style("分析注", 9, 12.5, is_prose=True)
FOOT = Style("分析页码", 10.5, 14, "center")
STYLES = (TITLE, ABOUT, CORRECTION, PROSE, CHARTS, NOTE, FOOT)

SURVIVAL = Chart(
    "成立满",
    ("3个月", "6个月", "12个月", "24个月", "36个月"),
    (
        Series(ALL, ALL, tuple(map(Decimal, (98, 95, 91, 85, 80)))),
        Series(NURTURED, NURTURED, tuple(map(Decimal, (99, 97, 94, 89, 85)))),
    ),
)
INDUSTRIES = Chart(
    "行业",
    ("批发零售", "住宿餐饮", "居民服务", "交通仓储", "农林牧渔", "制造", "建筑", "其他", "行业空白"),
    (
        Series(NEW, NEW, tuple(map(Decimal, (60, 30, 20, 12, 10, 8, 6, 9, 1)))),
        Series(CANCELLED, CANCELLED, tuple(map(Decimal, (10, 6, 3, 2, 1, 1, 1, 2, 0)))),
    ),
)


def line(words: str) -> str:
    """Make a paragraph that docxtpl takes away together with its tag."""
    return paragraph(PROSE, f"{{%p {words} %}}")


def charts() -> str:
    """Make the paragraph of both charts, each there only where it has something to show."""
    shown = (
        (3, (60.0, 58.0), "有存活图", "存活率图", "成立满几个月的存活率"),
        (2, (99.0, 58.0), "有行业图", "行业图", "本年各行业新登记和注销"),
    )
    return paragraph_of(
        CHARTS,
        "".join(
            run(f"{{% if {condition} %}}") + drawn(number, size_mm, name, about, place) + run("{% endif %}")
            for place, (number, size_mm, condition, name, about) in enumerate(shown, 1)
        ),
    )


def body() -> str:
    """Make the page."""
    return (
        paragraph(TITLE, "{{ 县 }}{{ 月份 }}个体工商户运行监测分析")
        + paragraph(ABOUT, "第{{ 期号 }}期　　{{ 编制单位 }}　　{{ 编发日期 }}")
        + line("if 更正说明")
        + paragraph(CORRECTION, "更正：{{ 更正说明 }}")
        + line("endif")
        + line("for 节 in 各节")
        + paragraph_of(PROSE, run("{{ 节.序号 }}、{{ 节.标题 }}　", hanzi=HEITI) + run("{{ 节.各段[0] }}"))
        + line("for 段 in 节.各段[1:]")
        + paragraph(PROSE, "{{ 段 }}")
        + line("endfor")
        + line("endfor")
        + line("if 有存活图 or 有行业图")
        + charts()
        + line("endif")
        + paragraph(NOTE, "注：{{ 注 }}")
        + page(PAPER_MM, MARGINS_MM, 10, footer=True)
    )


def build() -> None:
    """Write the template."""
    grey, white = colour("7F7F7F"), "<a:noFill/>"
    industries = columns_part(
        "本年新登记和注销（户）",
        {NEW: colour("1F4E79"), CANCELLED: white},
        "0",
        7,
        INDUSTRIES,
        1,
    )
    survival = columns_part(
        "成立满几个月的存活率（%）",
        {ALL: grey, NURTURED: pattern("wdUpDiag", "375623", "E2EFDA")},
        "0.0",
        7.5,
        SURVIVAL,
        2,
    )
    foot = footer_part(1, paragraph_of(FOOT, run("— ") + field("PAGE") + run(" —")))
    write(TARGET, "运行监测分析（模板）", STYLES, body(), [foot, industries, survival])


if __name__ == "__main__":
    build()
