"""Make templates/letter.docx: annex 2 of 岚政办发〔2022〕20号 as a form, one A4 page a letter.

Counterfoil (存根) above, seam with the serial on the cut line at half height, original (正联) below. The page
is one borderless table of exact rows and fixed columns, so no fixed word moves whatever the fields hold.

Run ``python templates/build/letter.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from parts.package import write
from parts.style import BIAOSONG, Style, twips
from parts.wordfile import Cell, Row, page, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TARGET = Path(__file__).resolve().parents[1] / "letter.docx"

PAPER_MM = (210.0, 297.0)
TOP_MM = 15.0
LEFT_MM, RIGHT_MM = 25.0, 185.0
SEAM_MM = PAPER_MM[1] / 2
CUT_LEFT_MM, CUT_RIGHT_MM = 8.0, 202.0

TITLE = Style("信头", 22, 30, "center", BIAOSONG)
SUBTITLE = Style("存根字样", 16, 20, "center")
WORDS = Style("固定文字", 16, 22.5)
SLOT = Style("填空", 14, 15.5, "center", underline_pt=0.5)
LONG_SLOT = Style("填空长", 14, 15.5, "left", underline_pt=0.5)
SIGNATURE = Style("落款", 16, 22.5, "right")
DATE = Style("日期数字", 16, 22.5, "center")
SEAM = Style("骑缝编号", 16, 18, "right")
SEAM_WORD = Style("骑缝文字", 16, 18)
SEAM_HINT = Style("骑缝提示", 16, 18, "center", color="808080")
CAPTION = Style("小编号", 10, 14)
SPACE = Style("空位", 1, 1)
STYLES = (
    TITLE,
    SUBTITLE,
    WORDS,
    SLOT,
    LONG_SLOT,
    SIGNATURE,
    DATE,
    SEAM,
    SEAM_WORD,
    SEAM_HINT,
    CAPTION,
    SPACE,
)

DASH = '<w:{} w:val="dashed" w:sz="6" w:space="0" w:color="000000"/>'


def words(left_mm: float, right_mm: float, text: str) -> Cell:
    """Place fixed words of the annex."""
    return Cell(left_mm, right_mm, paragraph(WORDS, text))


def slot(left_mm: float, right_mm: float, name: str, style: Style = SLOT) -> Cell:
    """Place one field."""
    return Cell(left_mm, right_mm, paragraph(style, f"{{{{ {name} }}}}"))


def centred(style: Style, text: str) -> Cell:
    """Place a line across the text width."""
    return Cell(LEFT_MM, RIGHT_MM, paragraph(style, text), "center")


SENTENCE: tuple[tuple[Cell, ...], ...] = (
    (words(25, 110, "　　经引领培育，兹介绍（姓名）"), slot(110, 179, "姓名"), words(179, 185, "，")),
    (
        words(25, 59, "（身份证号）"),
        slot(59, 114.5, "身份证号"),
        words(114.5, 143, "，联系方式"),
        slot(143, 179, "联系方式"),
        words(179, 185, "，"),
    ),
    (
        words(25, 48.2, "前往办理"),
        slot(49.5, 105.7, "名称"),
        words(105.7, 185, "（名称）个体工商户营业执照，"),
    ),
    (words(25, 48.2, "主要经营"), slot(49.5, 179, "主要经营", LONG_SLOT), words(179, 185, "，")),
    (words(25, 48.2, "经营地址"), slot(49.5, 179, "经营地址", LONG_SLOT), words(179, 185, "。")),
)
"""The letter's one sentence, line by line, the same on both halves."""

SIGNED = (slot(46, 173.7, "落款", SIGNATURE),)
"""右空二字; 22 characters wide, clear of the verification mark at the left."""

MARKED = (slot(25, 45, "验证码", CAPTION),)
"""Where the verification mark is drawn, 19 mm square, upwards from the row's lower edge."""

DATED = (
    slot(116, 128, "年", DATE),
    words(128, 133.8, "年"),
    slot(133.8, 142.3, "月", DATE),
    words(142.3, 148.1, "月"),
    slot(148.1, 156.6, "日", DATE),
    words(156.6, 162.4, "日"),
)
"""右空四字, with room to write month and day by hand."""

AGAIN = (slot(150, 185, "补打", CAPTION),)
"""Empty, but on a letter that is printed again."""

COUNTERFOIL: tuple[tuple[float, tuple[Cell, ...]], ...] = (
    (26, (centred(TITLE, "介绍信"),)),
    (33.5, (centred(SUBTITLE, "（存根）"),)),
    (43, (words(25, 65, "县行政审批局，"), slot(65, 125, "编号"), words(125, 140, "号："), *AGAIN)),
    *zip((53.5, 64, 77.3, 90.6, 103.9), SENTENCE, strict=True),
    (106.2, ()),
    (116, SIGNED),
    (126, (*MARKED, *DATED)),
    (143, ()),
)
"""Rows by the y of their lower edge, mm from the top of the paper."""

ORIGINAL: tuple[tuple[float, tuple[Cell, ...]], ...] = (
    (166, (words(25, 70, "县行政审批局："), *AGAIN)),
    *zip((178, 190.5, 205, 219.5, 234), SENTENCE, strict=True),
    (244, ()),
    (255, (*MARKED, *SIGNED)),
    (266, (Cell(25, 70, paragraph(CAPTION, "{{ 编号 }}")), *DATED)),
)
"""Rows below the seam, which ends at 154."""


def seam(*, upper: bool) -> tuple[Cell, ...]:
    """Make the seam's upper or lower row; its words span both rows, so the cut goes through them."""
    merge = "restart" if upper else "continue"
    dash = DASH.format("bottom" if upper else "top")

    def gap(left_mm: float, right_mm: float) -> Cell:
        return Cell(left_mm, right_mm, paragraph(SPACE), borders=dash)

    def text(left_mm: float, right_mm: float, style: Style, content: str) -> Cell:
        return Cell(left_mm, right_mm, paragraph(style, content if upper else ""), "center", merge=merge)

    return (
        gap(CUT_LEFT_MM, 14),
        text(14, 76, SEAM, "{{ 编号 }}"),
        text(76, 84, SEAM_WORD, "号"),
        gap(84, 90),
        text(90, 120, SEAM_HINT, "（骑缝章）"),
        gap(120, 129),
        text(129, 180, SEAM, "{{ 编号大写 }}"),
        text(180, 188, SEAM_WORD, "号"),
        gap(188, CUT_RIGHT_MM),
    )


def rows(lines: Sequence[tuple[float, tuple[Cell, ...]]]) -> Iterator[Row]:
    """Turn lower edges into heights, without adding up rounding errors."""
    for (upper, _), (lower, cells) in pairwise([(TOP_MM, ()), *lines]):
        yield Row(twips(lower) - twips(upper), cells)


def build() -> None:
    """Write the template."""
    lines = (*COUNTERFOIL, (SEAM_MM, seam(upper=True)), (SEAM_MM + 5.5, seam(upper=False)), *ORIGINAL)
    form = table(tuple(rows(lines)), CUT_LEFT_MM, CUT_RIGHT_MM, LEFT_MM, SPACE)
    margins = (TOP_MM, PAPER_MM[0] - RIGHT_MM, 10.0, LEFT_MM)
    body = form + paragraph(SPACE) + page(PAPER_MM, margins, 8, footer=False)
    write(TARGET, "介绍信（模板）", STYLES, body)


if __name__ == "__main__":
    build()
