"""Make templates/analysis.docx: the analysis of all individual businesses (运行监测分析), A4.

A month's is one page. A quarter's has larger charts, and the tables behind it as annexes.

Run ``python templates/build/analysis.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from parts.chart import colour, drawn, pattern
from parts.columns import columns_part
from parts.grid import Column, looped, ruled
from parts.package import footer_part, write
from parts.style import BIAOSONG, HEITI, KAITI, Style
from parts.wordfile import field, page, paragraph, paragraph_of, run

from pipeline.domain.documents import Chart, Series
from pipeline.reports.analysis.charts import ALL, CANCELLED, NEW, NURTURED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TARGET = Path(__file__).resolve().parents[1] / "analysis.docx"

PAPER_MM = (210.0, 297.0)
MARGINS_MM = (22.0, 24.0, 18.0, 26.0)  # top, right, bottom, left

TITLE = Style("分析题", 22, 32, "center", BIAOSONG, keeps_next=True)
ABOUT = Style("分析首", 12, 22, "center", KAITI, keeps_next=True)
CORRECTION = Style("分析更正", 12, 20, "center", KAITI)
PROSE = Style("分析正文", 11.5, 18, first_line_pt=23, is_prose=True)
WIDE_PROSE = Style("分析正文（季度版）", 12.5, 21, first_line_pt=25, is_prose=True)
CHARTS = Style("分析图", 10.5, 0, "center", keeps_next=True)
LARGE = Style("分析图（季度版）", 10.5, 0, "center")
NOTE = Style("分析注", 9, 11.5, is_prose=True)
FOOT = Style("分析页码", 10.5, 14, "center")
ANNEX = Style("附表题", 13, 26, "center", HEITI, keeps_next=True, outline=0)
HEAD = Style("附表头", 10.5, 15, "center", HEITI, keeps_next=True)
CELL = Style("附表格", 10.5, 15, "center", keeps_next=True)  # a table that fits on a page is not split
LONG = Style("附表长表格", 10.5, 15, "center")  # of a table that may be longer than a page
GAP = Style("附表间隔", 4, 5)
STYLES = (
    TITLE, ABOUT, CORRECTION, PROSE, WIDE_PROSE, CHARTS, LARGE, NOTE, FOOT, ANNEX, HEAD, CELL, LONG, GAP,
)  # fmt: skip

TABLES = {
    "总量表": (
        Column(28, ("项目",), "{{ 行.项目 }}"),
        *(
            Column(18, (f"{{{{ 总量表.各月[{place}] }}}}",), f"{{{{ 行.各月[{place}] }}}}")
            for place in range(3)
        ),
        Column(18, ("本季",), "{{ 行.本季 }}"),
        Column(20, ("本年累计",), "{{ 行.累计 }}"),
        Column(22, ("上年同期",), "{{ 行.上年 }}"),
        Column(18, ("同比",), "{{ 行.同比 }}"),
    ),
    "行业表": (
        Column(12, ("门类",), "{{ 行.门类 }}"),
        Column(56, ("行业",), "{{ 行.行业 }}"),
        Column(18, ("新登记",), "{{ 行.新登记 }}"),
        Column(16, ("注销",), "{{ 行.注销 }}"),
        Column(16, ("净增",), "{{ 行.净增 }}"),
        Column(24, ("{{ 行业表.户数 }}",), "{{ 行.户数 }}"),
        Column(18, ("占比",), "{{ 行.占比 }}"),
    ),
    "构成表": (
        Column(50, ("内容",), "{{ 行.类 }}"),
        Column(50, ("项目",), "{{ 行.项目 }}"),
        Column(30, ("户数",), "{{ 行.户数 }}"),
        Column(30, ("占比",), "{{ 行.占比 }}"),
    ),
    "区域表": (
        Column(12, ("位次",), "{{ 行.位次 }}"),
        Column(32, ("按户数排列",), "{{ 行.区域 }}"),
        Column(22, ("{{ 区域表.按数 }}",), "{{ 行.户数 }}"),
        Column(18, ("占比",), "{{ 行.占比 }}"),
        Column(12, ("位次",), "{{ 行.增位次 }}"),
        Column(38, ("按增长排列",), "{{ 行.增区域 }}"),
        Column(26, ("{{ 区域表.按增 }}",), "{{ 行.增长 }}"),
    ),
    "存活表": (
        Column(22, ("成立满",), "{{ 行.月数 }}"),
        Column(19, ("全部", "户数"), "{{ 行.户数 }}"),
        Column(19, ("全部", "存活"), "{{ 行.存活 }}"),
        Column(21, ("全部", "存活率"), "{{ 行.率 }}"),
        Column(21, ("前一年", "存活率"), "{{ 行.上年率 }}"),
        Column(19, ("凭介绍信", "户数"), "{{ 行.信户数 }}"),
        Column(19, ("凭介绍信", "存活"), "{{ 行.信存活 }}"),
        Column(20, ("凭介绍信", "存活率"), "{{ 行.信率 }}"),
    ),
    "单位表": (
        Column(60, ("单位",), "{{ 行.单位 }}"),
        Column(25, ("成立满",), "{{ 行.月数 }}"),
        Column(25, ("户数",), "{{ 行.户数 }}"),
        Column(25, ("存活",), "{{ 行.存活 }}"),
        Column(25, ("存活率",), "{{ 行.率 }}"),
    ),
    "挂账表": (
        Column(50, ("内容",), "{{ 行.类 }}"),
        Column(50, ("类别",), "{{ 行.项目 }}"),
        Column(30, ("数量",), "{{ 行.数 }}"),
        Column(30, ("其中逾期",), "{{ 行.逾期 }}"),
    ),
}
"""Annexes, 160 mm wide; 行 is a row."""
WITHOUT_LETTERS = tuple(replace(column, width_mm=32) for column in TABLES["存活表"][:5])
"""存活表 while nobody who came by a letter has had the time."""

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


def charts(place: int, sizes_mm: Mapping[str, tuple[float, float]]) -> tuple[str, str]:
    """Make the runs of both charts, each there only where it has something to show.

    ``place`` is that of the first among the text's drawings.
    """
    survival, industries = (
        run(f"{{% if {condition} %}}")
        + drawn(number, sizes_mm[condition], name, about, place + more)
        + run("{% endif %}")
        for more, (number, condition, name, about) in enumerate(
            (
                (3, "有存活图", "存活率图", "成立满几个月的存活率"),
                (2, "有行业图", "行业图", "本年各行业新登记和注销"),
            )
        )
    )
    return survival, industries


def sections(style: Style) -> str:
    """Make the sections, each with its heading in its first paragraph."""
    return (
        line("for 节 in 各节")
        + paragraph_of(style, run("{{ 节.序号 }}、{{ 节.标题 }}　", hanzi=HEITI) + run("{{ 节.各段[0] }}"))
        + line("for 段 in 节.各段[1:]")
        + paragraph(style, "{{ 段 }}")
        + line("endfor")
        + line("endfor")
    )


def annexes() -> str:
    """Make all annexes, each with its heading only where it has rows; they follow the note, as far as they fit."""
    return "".join(
        line(f"if {name}")
        + paragraph(ANNEX, f"{{{{ {name}.题 }}}}")
        + (
            line("if 存活表.有信")
            + table(name, columns)
            + line("else")
            + table(name, WITHOUT_LETTERS)
            + line("endif")
            if name == "存活表"
            else table(name, columns)
        )
        + paragraph(GAP)
        + line("endif")
        for name, columns in TABLES.items()
    )


def table(name: str, columns: Sequence[Column]) -> str:
    """Make an annex's table, 行 a row of it.

    A table longer than a page whose rows all keep together is pushed to the page after its heading,
    which then stands there alone; only 单位表, of all units, can be so long.
    """
    cell = LONG if name == "单位表" else CELL
    return ruled(columns, looped(columns, f"行 in {name}.各行", HEAD, cell, (7.5, 6)))


def body() -> str:
    """Make the pages."""
    small = charts(1, {"有存活图": (60.0, 52.0), "有行业图": (99.0, 52.0)})
    large = charts(3, {"有存活图": (150.0, 54.0), "有行业图": (150.0, 64.0)})
    return (
        paragraph(TITLE, "{{ 县 }}{{ 月份 }}个体工商户运行监测分析")
        + paragraph(ABOUT, "第{{ 期号 }}期　　{{ 编制单位 }}　　{{ 编发日期 }}")
        + line("if 更正说明")
        + paragraph(CORRECTION, "更正：{{ 更正说明 }}")
        + line("endif")
        + line("if 季度版")
        + sections(WIDE_PROSE)
        + line("else")
        + sections(PROSE)
        + line("endif")
        + line("if 季度版")
        + line("if 有存活图")
        + paragraph_of(LARGE, large[0])
        + line("endif")
        + line("if 有行业图")
        + paragraph_of(LARGE, large[1])
        + line("endif")
        + line("elif 有存活图 or 有行业图")
        + paragraph_of(CHARTS, "".join(small))
        + line("endif")
        + paragraph(NOTE, "注：{{ 注 }}")
        + annexes()
        + page(PAPER_MM, MARGINS_MM, 10, footer=True)
    )


def build() -> None:
    """Write the template."""
    grey, white = colour("7F7F7F"), "<a:noFill/>"
    coloured = {NEW: colour("1F4E79"), CANCELLED: white}
    industries = columns_part("本年新登记和注销（户）", coloured, "0", 7, INDUSTRIES, 1)
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
