"""Make templates/ledger.docx: the office's four ledgers (台账), to be printed, signed and filed.

A4 landscape; each ledger in a section of its own whose pages count from 1, and in it one table after another, each
from a new page on: one for each unit, or for a hundred rows. The title's style has an outline level: by it the program
finds the first page of each table.

Run ``python templates/build/ledger.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from parts.grid import Column, looped, ruled
from parts.package import footer_part, write
from parts.style import BIAOSONG, HEITI, Style
from parts.wordfile import field, page, paragraph, paragraph_of, run, section_end

TARGET = Path(__file__).resolve().parents[1] / "ledger.docx"

PAPER_MM = (297.0, 210.0)
MARGINS_MM = (13.0, 10.0, 13.0, 10.0)  # top, right, bottom, left

TITLE = Style("台账表题", 20, 30, "center", BIAOSONG, keeps_next=True, starts_page=True, outline=0)
ABOUT = Style("台账表首", 11, 18, keeps_next=True)
HEADING = Style("台账表头", 11, 14, "center", HEITI)
BODY = Style("台账表身", 11, 13.5, "center")
SMALL_HEADING = Style("台账小表头", 8, 10, "center", HEITI)
SMALL = Style("台账小表身", 8, 9.5, "center")
NOTE = Style("台账表注", 10, 15)
END = Style("台账节末", 1, 1)
FOOT = Style("台账页码", 10.5, 14, "center")
STYLES = (TITLE, ABOUT, HEADING, BODY, SMALL_HEADING, SMALL, NOTE, END, FOOT)

MADE = "编制单位：{{ 编制单位 }}　　制表日期：{{ 制表日期 }}"


@dataclass(frozen=True, slots=True)
class Ledger:
    """One of the ledgers."""

    name: str
    """What it is called; also the placeholder that holds its tables."""
    title: str
    """What stands in its title, after the year and the county."""
    about: str
    """The line above its tables."""
    note: str
    """The line below."""
    columns: tuple[tuple[float, str], ...]
    """Width in millimetres and heading, with / where its lines break."""
    is_small: bool = False
    """Whether it has so many columns that they are set small."""


LEDGERS = (
    Ledger(
        "使用登记台账",
        "使用登记台账",
        "开具单位：{{ 段.单位 }}　　" + MADE + "　　（含个人信息，内部使用）",
        "",
        (
            (24.7, "编号"), (15.5, "开具日期"), (12, "姓名"), (27.3, "身份证号"), (17, "联系方式"), (22.5, "拟用名称"),
            (19, "主要经营"), (23, "经营地址"), (14, "开具单位"), (8, "经办人"), (8, "审批人"), (12, "领信人/签字"),
            (9.5, "状态"), (33.5, "统一社会信用代码"), (15, "核准//成立日期"), (16, "备注"),
        ),
        is_small=True,
    ),
    Ledger(
        "领用登记",
        "领用登记",
        MADE,
        "注：起止号均含本号。退回的份数见备注。",
        (
            (10, "序号"), (34, "领用单位"), (46, "起始号"), (46, "终止号"), (24, "份数/（大写）"), (12, "本数"), (25, "领用日期"),
            (24, "领用人/（签字）"), (26, "联系电话"), (15, "发放人"), (15, "备注"),
        ),
    ),
    Ledger(
        "作废遗失登记",
        "作废、遗失登记",
        MADE,
        "注：作废、遗失的号不再使用。作废的，存根与正联都应保存。",
        (
            (46, "编号"), (34, "单位"), (71, "原因"), (25, "日期"), (46, "替代编号"), (27.5, "经办人"), (27.5, "批准人"),
        ),
    ),
    Ledger(
        "存根移交清单",
        "存根移交清单",
        MADE,
        "注：起止号均含本号。遗失的列为缺号，不计入应交。",
        (
            (32, "单位"), (102, "起止号"), (14, "应交"), (14, "实交"), (46, "缺号"), (22, "移交人"), (22, "接收人"), (25, "日期"),
        ),
    ),
)  # fmt: skip


def column(width_mm: float, heading: str) -> Column:
    """Make a column; a row calls its value by the heading without its marks."""
    name = "".join(char for char in heading if char.isalnum())
    lines = heading.replace("//", "／").split("/")
    return Column(width_mm, tuple(line.replace("／", "/") for line in lines), f"{{{{ 行.{name} }}}}")


def tables(ledger: Ledger) -> str:
    """Make a ledger: as many tables as it has, each with its title."""
    head, body, heights = (SMALL_HEADING, SMALL, (10, 8)) if ledger.is_small else (HEADING, BODY, (12, 10))
    columns = [column(*each) for each in ledger.columns]
    return (
        paragraph(END, f"{{%p for 段 in {ledger.name} %}}")
        + paragraph(TITLE, "{{ 年度 }}年{{ 县 }}个体工商户培育介绍信" + ledger.title)
        + paragraph(ABOUT, ledger.about)
        + ruled(columns, looped(columns, "行 in 段.各行", head, body, heights))
        + (paragraph(NOTE, ledger.note) if ledger.note else "")
        + paragraph(END, "{%p endfor %}")
    )


def build() -> None:
    """Write the template."""
    sheet = page(PAPER_MM, MARGINS_MM, 6, footer=True, restart=True)
    body = section_end(END, sheet).join(tables(ledger) for ledger in LEDGERS) + sheet
    foot = footer_part(1, paragraph_of(FOOT, run("第") + field("PAGE") + run("页")))
    write(TARGET, "介绍信台账（模板）", STYLES, body, [foot])


if __name__ == "__main__":
    build()
