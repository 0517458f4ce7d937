"""Make templates/inquiry.docx: the letter that asks a unit about its numbered letters (函询), one page A4.

Run ``python templates/build/inquiry.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from parts.grid import Column, looped, ruled
from parts.package import write
from parts.style import BIAOSONG, HEITI, Style
from parts.wordfile import page, paragraph

TARGET = Path(__file__).resolve().parents[1] / "inquiry.docx"

PAPER_MM = (210.0, 297.0)
MARGINS_MM = (28.0, 24.0, 20.0, 26.0)  # top, right, bottom, left

TITLE = Style("函题", 22, 34, "center", BIAOSONG, outline=0)
BLANK = Style("函空行", 8, 10)
TEXT = Style("函正文", 14, 24, first_line_pt=28, is_prose=True)
TO = Style("函主送", 14, 24)
LEVEL = Style("函标题", 14, 25, hanzi=HEITI, first_line_pt=28, keeps_next=True)
HEADING = Style("函表头", 10.5, 14, "center", HEITI)
BODY = Style("函表身", 10.5, 13.5, "center")
SIGN = Style("函落款", 14, 24, "right", right_pt=28)
REPLY = Style("函回执", 12, 22)
LAST = Style("函末行", 1, 1)
STYLES = (TITLE, BLANK, TEXT, TO, LEVEL, HEADING, BODY, SIGN, REPLY, LAST)

UNUSED = (
    Column(59, ("编号",), "{{ 段.编号 }}"),
    Column(13, ("份数",), "{{ 段.份数 }}"),
    Column(40, ("情况",), "{{ 段.情况 }}"),
    Column(13, ("天数",), "{{ 段.天数 }}"),
    Column(35, ("核实情况",)),
)
DOUBTFUL = (
    Column(25, ("介绍信编号",), "{{ 户.编号 }}"),
    Column(33, ("名称",), "{{ 户.名称 }}"),
    Column(16, ("经营者",), "{{ 户.经营者 }}"),
    Column(20, ("成立日期",), "{{ 户.成立日期 }}"),
    Column(42, ("需要核实的情况",), "{{ 户.问题 }}"),
    Column(24, ("核实情况",)),
)

ABOUT = (
    "经将登记数据与介绍信台账核对，截至{{ 截至日期 }}，你单位有效的介绍信共{{ 总份数 }}份，已办照{{ 已办照 }}份，"
    "需要核实的未使用介绍信{{ 未使用 }}份；{{ 起始日期 }}至{{ 截至日期 }}登记的户中，需要核实的{{ 疑点 }}户，"
    "由你单位申报、没有注明介绍信编号的{{ 未注明 }}户。"
)
DEMAND = (
    "请于{{ 答复日期 }}前核实，填写“核实情况”，加盖公章后报{{ 编制单位 }}。"
    "不再需要的介绍信请一并退回；遗失、填错的请注明。{{ 另有 }}"
)


def build() -> None:
    """Write the template."""
    unused = ruled(UNUSED, looped(UNUSED, "段 in 未使用各段", HEADING, BODY, (7, 8)))
    doubtful = ruled(DOUBTFUL, looped(DOUBTFUL, "户 in 需核实各户", HEADING, BODY, (7, 8)))
    body = (
        paragraph(TITLE, "关于核实{{ 年度 }}年介绍信使用情况的函")
        + paragraph(BLANK)
        + paragraph(TO, "{{ 单位全称 }}：")
        + paragraph(TEXT, ABOUT)
        + paragraph(TEXT, DEMAND)
        + paragraph(LAST, "{%p if 未使用各段 %}")
        + paragraph(LEVEL, "未使用的介绍信")
        + unused
        + paragraph(LAST, "{%p endif %}")
        + paragraph(LAST, "{%p if 需核实各户 %}")
        + paragraph(LEVEL, "需要核实的登记")
        + doubtful
        + paragraph(LAST, "{%p endif %}")
        + paragraph(BLANK)
        + paragraph(SIGN, "{{ 编制单位 }}")
        + paragraph(SIGN, "{{ 制函日期 }}")
        + paragraph(BLANK)
        + paragraph(REPLY, "核实人（签字）：　　　　　　　　　　单位负责人（签字）：")
        + paragraph(REPLY, "联系电话：　　　　　　　　　　　　　（盖章）　　　　年　　月　　日")
        + page(PAPER_MM, MARGINS_MM, 10)
    )
    write(TARGET, "核实介绍信使用情况的函（模板）", STYLES, body)


if __name__ == "__main__":
    build()
