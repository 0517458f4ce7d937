"""Make templates/dispatch.docx: the monthly dispatch sheet (调度表), A4 landscape, its table going on over pages.

What is computed stands on the left; the five columns on the right are left for the units' pens.

Run ``python templates/build/dispatch.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from parts.grid import Column, looped, ruled
from parts.package import footer_part, write
from parts.style import BIAOSONG, HEITI, Style
from parts.wordfile import field, page, paragraph, paragraph_of, run

TARGET = Path(__file__).resolve().parents[1] / "dispatch.docx"

PAPER_MM = (297.0, 210.0)
MARGINS_MM = (13.0, 10.0, 12.0, 10.0)  # top, right, bottom, left

TITLE = Style("调度表题", 20, 30, "center", BIAOSONG, keeps_next=True)
MEETING = Style("调度表会", 11, 20)
TEXT = Style("调度表文", 12, 20, first_line_pt=24, is_prose=True)
ABOUT = Style("调度表首", 10.5, 18, keeps_next=True)
HEADING = Style("调度表头", 9, 11.5, "center", HEITI)
BODY = Style("调度表身", 9.5, 12, "center")
NOTE = Style("调度表注", 9.5, 14.5)
FOOT = Style("调度表页码", 10.5, 14, "center")
STYLES = (TITLE, MEETING, TEXT, ABOUT, HEADING, BODY, NOTE, FOOT)

COLUMNS = (
    Column(8, ("序号",), "{{ 行.序号 }}"),
    Column(31, ("责任单位",), "{{ 行.单位名称 }}"),
    Column(12, ("年度", "任务"), "{{ 行.任务数 }}"),
    Column(12, ("累计", "净增"), "{{ 行.累计净增 }}"),
    Column(13, ("完成率", "（%）"), "{{ 行.完成率 }}"),
    Column(17, ("与序时差", "（百分点）"), "{{ 行.进度差 }}"),
    Column(14, ("距序时", "差（户）"), "{{ 行.距序时差 }}"),
    Column(12, ("差额", "（户）"), "{{ 行.差额 }}"),
    Column(14, ("后续月均", "需净增"), "{{ 行.后续月均 }}"),
    Column(13, ("近三月", "月均"), "{{ 行.近三月月均 }}"),
    Column(13, ("推算", "全年"), "{{ 行.推算全年 }}"),
    Column(15, ("等次",), "{{ 行.等次 }}"),
    Column(14, ("本月", "位次"), "{{ 行.位次 }}"),
    Column(14, ("堵点", "类别")),
    Column(23, ("堵点",)),
    Column(20, ("需协调", "事项")),
    Column(18, ("下月", "措施")),
    Column(14, ("完成", "时限")),
)


def build() -> None:
    """Write the template."""
    body = (
        paragraph(TITLE, "{{ 县 }}{{ 月份 }}个体工商户培育工作调度表")
        + paragraph(MEETING, "{%p if 更正说明 %}")
        + paragraph(MEETING, "更正：{{ 更正说明 }}")
        + paragraph(MEETING, "{%p endif %}")
        + paragraph(
            MEETING,
            "今年第{{ 次数 }}次调度　　　　会议时间：　　　　　　　　　　　地点：　　　　　　　　　　　　　　主持：",
        )
        + paragraph(TEXT, "{{ 综述 }}")
        + paragraph(
            ABOUT, "截至{{ 截至日期 }}　　序时进度{{ 序时进度 }}%　　{{ 编制单位 }}　　{{ 制表日期 }}"
        )
        + ruled(COLUMNS, looped(COLUMNS, "行 in 各行", HEADING, BODY, (12, 9)))
        + paragraph(NOTE, "注：{{ 表注 }}")
        + page(PAPER_MM, MARGINS_MM, 6, footer=True)
    )
    foot = footer_part(1, paragraph_of(FOOT, run("第") + field("PAGE") + run("页")))
    write(TARGET, "调度表（模板）", STYLES, body, [foot])


if __name__ == "__main__":
    build()
