"""The frame of a letter to one unit: letterhead, number, title, signature; and the pages that go with it.

After GB/T 9704-2012 10.1 (信函格式): the issuer in red 30 mm from the top, a double red line 170 mm long below it and
another 20 mm from the bottom, the number at the right below the first. What is not known before it is issued has its
place, so that a draft and the paper that comes of it are set alike.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parts.grid import Column, cell, row, ruled
from parts.package import footer_part, write
from parts.style import BIAOSONG, HEITI, Style
from parts.wordfile import page, paragraph, paragraph_of, run, section_end

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PAPER_MM = (210.0, 297.0)
MARGINS_MM = (20.0, 26.0, 23.0, 28.0)  # top, right, bottom, left
RED = "FF0000"
_BEYOND_PT = -19.8
"""The red lines are 7 mm longer than the text on either side."""


def _line(side: str, kind: str, space_pt: int) -> str:
    return f'<w:{side} w:val="{kind}" w:sz="24" w:space="{space_pt}" w:color="{RED}"/>'


MARK = Style("函稿", 16, 26, hanzi=HEITI)
ISSUER = Style(
    "函机关", 26, 38, "center", BIAOSONG, RED, indent_pt=_BEYOND_PT, right_pt=_BEYOND_PT,
    border=_line("bottom", "thickThinSmallGap", 8),
)  # fmt: skip
LONG_ISSUER, LONGEST_ISSUER = (
    replace(ISSUER, name=f"函机关（{name}）", size_pt=size) for name, size in (("较长", 21.0), ("最长", 16.0))
)
"""For names of more than 17 and more than 21 characters, so that each has one line."""
NUMBER = Style("函号", 15, 34, "right")
TITLE = Style("函题", 22, 32, "center", BIAOSONG)
TO = Style("函主送", 15, 23.5)
TEXT = Style("函正文", 15, 23.5, first_line_pt=30, is_prose=True)
SIGN = Style("函署名", 15, 23.5, "right", right_pt=30)
DAY = Style("函日期", 15, 23.5, "right", right_pt=60)
BLANK = Style("函空行", 8, 12)
END = Style("函节末", 1, 1)
FOOT = Style(
    "函底线", 6, 8, indent_pt=_BEYOND_PT, right_pt=_BEYOND_PT, border=_line("bottom", "thinThickSmallGap", 0)
)
NO_FOOT = Style("表页脚", 6, 8)
FORM = Style("表题", 20, 32, "center", BIAOSONG)
RECORD = Style("记录题", 20, 32, "center", BIAOSONG, starts_page=True)
FORM_TEXT = Style("表文", 13.5, 26, first_line_pt=28, is_prose=True)
FORM_LINE = Style("表行", 14, 28)
CELL = Style("表格", 13, 18, "center")
NAME = Style("表目", 13, 18, "center", HEITI)
SPACE = Style("表间", 14, 26)
STYLES = (
    MARK, ISSUER, LONG_ISSUER, LONGEST_ISSUER, NUMBER, TITLE, TO, TEXT, SIGN, DAY, BLANK, END, FOOT, NO_FOOT, FORM, RECORD, FORM_TEXT, FORM_LINE, CELL, NAME,
    SPACE,
)  # fmt: skip

CLOCK = "　　　　年　　月　　日　　时"
NAME_MM = 30
WIDTH_MM = PAPER_MM[0] - MARGINS_MM[1] - MARGINS_MM[3]


def letter(title: str, body: Sequence[str]) -> str:
    """Make the letter itself, of ready texts; one page, whose section it ends."""
    sheet = page(PAPER_MM, MARGINS_MM, 17, feet=(1, 1))
    return (
        paragraph(MARK, "{{ 稿 }}")
        + _issuer()
        + paragraph(NUMBER, "{{ 文号 }}")
        + paragraph(BLANK)
        + paragraph(TITLE, title)
        + paragraph(BLANK)
        + paragraph(TO, "{{ 单位全称 }}：")
        + "".join(map(_told, body))
        + paragraph(BLANK)
        + paragraph(SIGN, "{{ 发文机关 }}")
        + paragraph(DAY, "{{ 落款日期 }}")
        + paragraph(TEXT, "（{{ 联系 }}）")
        + section_end(END, sheet)
    )


def _issuer() -> str:
    """Make the letterhead, in a size in which its name has one line."""
    name = "{{ 发文机关 }}"
    return (
        paragraph(END, "{%p if 发文机关|length <= 17 %}")
        + paragraph(ISSUER, name)
        + paragraph(END, "{%p elif 发文机关|length <= 21 %}")
        + paragraph(LONG_ISSUER, name)
        + paragraph(END, "{%p else %}")
        + paragraph(LONGEST_ISSUER, name)
        + paragraph(END, "{%p endif %}")
    )


def _told(text: str) -> str:
    """Make a paragraph; a numbered heading at its head (一、…。) is set in 黑体."""
    if text[1] != "、":
        return paragraph(TEXT, text)
    heading, _, rest = text.partition("。")
    return paragraph_of(TEXT, run(f"{heading}。", HEITI) + run(rest))


def receipt(paper: str) -> str:
    """Make the slip that comes back signed.

    ``paper`` is what has been received: 提醒函.
    """
    return (
        paragraph(FORM, "回　执")
        + paragraph(FORM_LINE, "{{ 报送机关 }}：")
        + paragraph(FORM_TEXT, f"{paper}（{{{{ 文号 }}}}）已于　　年　月　日收到。")
        + form(("签收单位", "{{ 单位 }}（盖章）", 10), ("签收人/职务", "", 12), ("签收时间", CLOCK, 10))
        + paragraph(SPACE)
    )


def feedback(title: str) -> str:
    """Make the form in which the unit answers."""
    return paragraph(FORM, title) + form(
        ("单　　位", "{{ 单位 }}", 9),
        ("文　　号", "{{ 文号 }}", 9),
        ("原因分析", "", 27),
        ("整改措施", "", 30),
        ("责 任 人", "", 9),
        ("完成时限", "", 9),
        ("需 协 调/事　　项", "", 17),
        ("单　　位/负责人/意　　见", "签字：　　　　　　　　（盖章）　　　　年　　月　　日", 19),
    )


def form(*lines: tuple[str, str, float]) -> str:
    """Make a table with a name, what stands beside it and a height in millimetres in each row."""
    columns = (Column(NAME_MM, ()), Column(WIDTH_MM - NAME_MM, ()))
    rows = (
        row(
            cell(NAME_MM, "".join(paragraph(NAME, part) for part in name.split("/")))
            + cell(WIDTH_MM - NAME_MM, paragraph(CELL, content)),
            height_mm,
        )
        for name, content, height_mm in lines
    )
    return ruled(columns, "".join(rows))


def save(path: Path, title: str, body: str) -> None:
    """Write the template: the letter and, from a new page on, its forms."""
    sheet = page(PAPER_MM, MARGINS_MM, 17, feet=(2, 2))
    feet = [footer_part(1, paragraph(FOOT)), footer_part(2, paragraph(NO_FOOT))]
    write(path, title, STYLES, body + sheet, feet)
