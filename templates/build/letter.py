"""Make templates/letter.docx: annex 2 of 岚政办发〔2022〕20号 as a form, one A4 page a letter.

Counterfoil (存根) above, seam with the serial on the cut line at half height, original (正联) below. The page
is one borderless table of exact rows and fixed columns, so no fixed word moves whatever the fields hold.

Run ``python templates/build/letter.py``; the same source gives the same bytes. Another place has another licensing office
and longer serials: ``--office 区市场监督管理局 --serial 清个培〔2024〕01-0001 --to FILE``.
"""

from __future__ import annotations

import argparse
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

OFFICE, SERIAL = "县行政审批局", "岚个培〔2022〕01-0001"
"""Where the letter leads, and the longest serial; both have at least the room that these need."""

Rows = tuple[tuple[float, tuple[Cell, ...]], ...]
"""Rows by the y of their lower edge, mm from the top of the paper."""


def wide_mm(text: str, size_pt: float) -> float:
    """How wide a text gets: a hanzi is a square, a digit half of it and a little."""
    signs = sum(1.0 if ord(sign) > 0x2E80 or sign in "〔〕" else 0.515 for sign in text)
    return signs * size_pt * 25.4 / 72


def counterfoil(office: str, serial: str) -> Rows:
    """Make the rows above the seam."""
    left = LEFT_MM + max(40, wide_mm(f"{office}，", 16) + 0.4)
    right = left + max(60, wide_mm(serial, 14) + 2)
    addressed = (words(25, left, f"{office}，"), slot(left, right, "编号"), words(right, right + 15, "号："))
    if right + 15 > RIGHT_MM:
        raise SystemExit(f"{office}, {serial}: too long for one line")
    return (
        (26, (centred(TITLE, "介绍信"),)),
        (33.5, (centred(SUBTITLE, "（存根）"),)),
        (43, (*addressed, *(AGAIN if right + 15 <= 150 else ()))),
        *zip((53.5, 64, 77.3, 90.6, 103.9), SENTENCE, strict=True),
        (106.2, ()),
        (116, SIGNED),
        (126, (*MARKED, *DATED)),
        (143, ()),
    )


def original(office: str) -> Rows:
    """Make the rows below the seam, which ends at 154."""
    return (
        (166, (words(25, LEFT_MM + max(45, wide_mm(f"{office}：", 16) + 0.4), f"{office}："), *AGAIN)),
        *zip((178, 190.5, 205, 219.5, 234), SENTENCE, strict=True),
        (244, ()),
        (255, (*MARKED, *SIGNED)),
        (266, (Cell(25, 70, paragraph(CAPTION, "{{ 编号 }}")), *DATED)),
    )


def seam(serial: str, *, upper: bool) -> tuple[Cell, ...]:
    """Make the seam's upper or lower row; its words span both rows, so the cut goes through them."""
    room = max(62, wide_mm(serial, 16) + 1)
    left = 14 - min(room - 62, 4)
    right = left + room
    if right > 81.5:
        raise SystemExit(f"{serial}: too long for the seam")
    merge = "restart" if upper else "continue"
    dash = DASH.format("bottom" if upper else "top")

    def gap(left_mm: float, right_mm: float) -> Cell:
        return Cell(left_mm, right_mm, paragraph(SPACE), borders=dash)

    def text(left_mm: float, right_mm: float, style: Style, content: str) -> Cell:
        return Cell(left_mm, right_mm, paragraph(style, content if upper else ""), "center", merge=merge)

    return (
        gap(CUT_LEFT_MM, left),
        text(left, right, SEAM, "{{ 编号 }}"),
        text(right, right + 8, SEAM_WORD, "号"),
        gap(right + 8, 90),
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


def build(target: Path | None = None, office: str = OFFICE, serial: str = SERIAL) -> None:
    """Write the template."""
    lines = (
        *counterfoil(office, serial),
        (SEAM_MM, seam(serial, upper=True)),
        (SEAM_MM + 5.5, seam(serial, upper=False)),
        *original(office),
    )
    form = table(tuple(rows(lines)), CUT_LEFT_MM, CUT_RIGHT_MM, LEFT_MM, SPACE)
    margins = (TOP_MM, PAPER_MM[0] - RIGHT_MM, 10.0, LEFT_MM)
    body = form + paragraph(SPACE) + page(PAPER_MM, margins, 8, footer=False)
    write(target or TARGET, "介绍信（模板）", STYLES, body)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the letter's template.")
    parser.add_argument("--to", type=Path, help="file to write")
    parser.add_argument("--office", default=OFFICE, help="the licensing office that the letter leads to")
    parser.add_argument("--serial", default=SERIAL, help="a serial as it will be printed, the longest")
    chosen = parser.parse_args()
    build(chosen.to, chosen.office, chosen.serial)
