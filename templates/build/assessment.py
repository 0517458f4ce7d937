"""Make templates/assessment.docx and templates/feedback.docx: the year's table of scores, and a unit's own page.

The table (考核得分表) is A4 landscape and goes on over pages; the page (考核反馈单) is one A4.

Run ``python templates/build/assessment.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from parts.grid import Column, looped, ruled
from parts.package import footer_part, write
from parts.style import BIAOSONG, HEITI, Style
from parts.wordfile import field, page, paragraph, paragraph_of, run

FOLDER = Path(__file__).resolve().parents[1]

SHEET_MM = (297.0, 210.0)
SHEET_MARGINS_MM = (15.0, 12.0, 13.0, 12.0)  # top, right, bottom, left

TITLE = Style("考核题", 20, 32, "center", BIAOSONG, keeps_next=True)
DRAFT = Style("考核送审", 14, 22, hanzi=HEITI)
TEXT = Style("考核文", 12, 20, first_line_pt=24, is_prose=True)
HEADING = Style("考核表头", 10.5, 14, "center", HEITI)
BODY = Style("考核表身", 10.5, 14, "center")
NOTE = Style("考核表注", 9.5, 14.5)
SIGN = Style("考核落款", 12, 22, "right", right_pt=24)
FOOT = Style("考核页码", 10.5, 14, "center")
SHEET_STYLES = (TITLE, DRAFT, TEXT, HEADING, BODY, NOTE, SIGN, FOOT)

RANKS = (
    Column(20, ("类别",), "{{ 行.类别 }}"),
    Column(12, ("名次",), "{{ 行.名次 }}"),
    Column(34, ("单位",), "{{ 行.单位 }}"),
    Column(168, ("各项得分",), "{{ 行.各项 }}"),
    Column(19, ("总分",), "{{ 行.总分 }}"),
    Column(19, ("等次",), "{{ 行.等次 }}"),
)

PAGE_MM = (210.0, 297.0)
PAGE_MARGINS_MM = (24.0, 24.0, 16.0, 26.0)  # top, right, bottom, left

PAGE_TITLE = Style("反馈题", 22, 34, "center", BIAOSONG, outline=0)
PAGE_DRAFT = Style("反馈送审", 14, 24, hanzi=HEITI)
BLANK = Style("反馈空行", 8, 10)
TO = Style("反馈主送", 14, 24)
PAGE_TEXT = Style("反馈正文", 14, 22, first_line_pt=28, is_prose=True)
PAGE_HEADING = Style("反馈表头", 10.5, 14, "center", HEITI)
PAGE_BODY = Style("反馈表身", 10.5, 12.5, "center")
PAGE_SIGN = Style("反馈落款", 14, 24, "right", right_pt=28)
REPLY = Style("反馈回执", 12, 24)
LAST = Style("反馈末行", 1, 1)
PAGE_STYLES = (
    PAGE_TITLE, PAGE_DRAFT, BLANK, TO, PAGE_TEXT, PAGE_HEADING, PAGE_BODY, PAGE_SIGN, REPLY, LAST,
)  # fmt: skip

SCORED = (
    Column(32, ("考核项目",), "{{ 项.项目 }}"),
    Column(16, ("权重",), "{{ 项.权重 }}"),
    Column(18, ("得分",), "{{ 项.得分 }}"),
    Column(94, ("怎么算的",), "{{ 项.计算 }}"),
)


def sheet() -> None:
    """Write the template of the table."""
    body = (
        paragraph(DRAFT, "{%p if 送审稿 %}")
        + paragraph(DRAFT, "{{ 送审稿 }}")
        + paragraph(DRAFT, "{%p endif %}")
        + paragraph(TITLE, "{{ 县 }}{{ 年度 }}个体工商户培育工作考核得分表")
        + paragraph(TEXT, "{%p if 更正说明 %}")
        + paragraph(TEXT, "更正：{{ 更正说明 }}")
        + paragraph(TEXT, "{%p endif %}")
        + paragraph(TEXT, "{{ 综述 }}")
        + paragraph(TEXT, "{%p for 说明 in 各说明 %}")
        + paragraph(TEXT, "{{ 说明 }}")
        + paragraph(TEXT, "{%p endfor %}")
        + ruled(RANKS, looped(RANKS, "行 in 各行", HEADING, BODY, (9, 8)))
        + paragraph(NOTE, "注：{{ 表注 }}")
        + paragraph(SIGN, "{%p if 审定 %}")
        + paragraph(SIGN, "审定：{{ 审定 }}")
        + paragraph(SIGN, "{%p endif %}")
        + paragraph(SIGN, "{{ 编制单位 }}　　{{ 制表日期 }}")
        + page(SHEET_MM, SHEET_MARGINS_MM, 6, footer=True)
    )
    foot = footer_part(1, paragraph_of(FOOT, run("第") + field("PAGE") + run("页")))
    write(FOLDER / "assessment.docx", "考核得分表（模板）", SHEET_STYLES, body, [foot])


def feedback() -> None:
    """Write the template of a unit's page."""
    body = (
        paragraph(PAGE_TITLE, "{{ 县 }}{{ 年度 }}个体工商户培育工作考核反馈单")
        + paragraph(LAST, "{%p if 送审稿 %}")
        + paragraph(PAGE_DRAFT, "（{{ 送审稿 }}）")
        + paragraph(LAST, "{%p endif %}")
        + paragraph(BLANK)
        + paragraph(TO, "{{ 单位全称 }}：")
        + paragraph(PAGE_TEXT, "现将你单位{{ 年度 }}个体工商户培育工作考核情况反馈如下：{{ 结果 }}")
        + paragraph(BLANK)
        + ruled(SCORED, looped(SCORED, "项 in 各项", PAGE_HEADING, PAGE_BODY, (9, 9.5)))
        + paragraph(BLANK)
        + paragraph(PAGE_TEXT, "{{ 异议 }}")
        + paragraph(BLANK)
        + paragraph(PAGE_SIGN, "{{ 编制单位 }}")
        + paragraph(PAGE_SIGN, "{{ 制表日期 }}")
        + paragraph(LAST, "{%p if 送审稿 %}")
        + paragraph(BLANK)
        + paragraph(REPLY, "核对意见：　□ 没有异议　　□ 有异议（另附书面说明）")
        + paragraph(REPLY, "单位负责人（签字）：　　　　　　　　　（盖章）　　　　年　　月　　日")
        + paragraph(LAST, "{%p endif %}")
        + page(PAGE_MM, PAGE_MARGINS_MM, 10)
    )
    write(FOLDER / "feedback.docx", "考核反馈单（模板）", PAGE_STYLES, body)


if __name__ == "__main__":
    sheet()
    feedback()
