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
HEAD = Style("调度表节", 12, 26, hanzi=HEITI, keeps_next=True)
ENTRY = Style("调度表项", 9.5, 12.5, indent_pt=2)
FOOT = Style("调度表页码", 10.5, 14, "center")
STYLES = (TITLE, MEETING, TEXT, ABOUT, HEADING, BODY, NOTE, HEAD, ENTRY, FOOT)

COLUMNS = (
    Column(8, ("序号",), "{{ 行.序号 }}"),
    Column(29, ("责任单位",), "{{ 行.单位名称 }}"),
    Column(12, ("年度", "任务"), "{{ 行.任务数 }}"),
    Column(12, ("累计", "净增"), "{{ 行.累计净增 }}"),
    Column(12, ("完成率", "（%）"), "{{ 行.完成率 }}"),
    Column(17, ("与序时差", "（百分点）"), "{{ 行.进度差 }}"),
    Column(14, ("距序时", "差（户）"), "{{ 行.距序时差 }}"),
    Column(12, ("差额", "（户）"), "{{ 行.差额 }}"),
    Column(14, ("后续月均", "需净增"), "{{ 行.后续月均 }}"),
    Column(12, ("近三月", "月均"), "{{ 行.近三月月均 }}"),
    Column(12, ("推算", "全年"), "{{ 行.推算全年 }}"),
    Column(15, ("等次",), "{{ 行.等次 }}"),
    Column(14, ("本月", "位次"), "{{ 行.位次 }}"),
    Column(12, ("未销号", "/逾期"), "{{ 行.挂账 }}"),
    Column(14, ("堵点", "类别")),
    Column(21, ("堵点",)),
    Column(18, ("需协调", "事项")),
    Column(16, ("下月", "措施")),
    Column(13, ("完成", "时限")),
)
AGREED = (
    Column(36, ("账号",), "{{ 行.账号 }}"),
    Column(62, ("议定事项",), "{{ 行.议定事项 }}"),
    Column(28, ("责任单位",), "{{ 行.责任单位 }}"),
    Column(30, ("配合单位",), "{{ 行.配合单位 }}"),
    Column(28, ("完成时限",), "{{ 行.完成时限 }}"),
    Column(43, ("落实情况",), "{{ 行.落实情况 }}"),
    Column(22, ("状态",), "{{ 行.状态 }}"),
    Column(28, ("落实日期",), "{{ 行.落实日期 }}"),
)
WRITTEN = (
    Column(29, ("责任单位",), "{{ 行.单位名称 }}"),
    Column(24, ("堵点类别",), "{{ 行.堵点类别 }}"),
    Column(67, ("堵点",), "{{ 行.堵点 }}"),
    Column(64, ("需协调事项",), "{{ 行.需协调事项 }}"),
    Column(65, ("下月措施",), "{{ 行.下月措施 }}"),
    Column(28, ("完成时限",), "{{ 行.完成时限 }}"),
)
PROPOSED = (
    Column(12, ("序号",), "{{ 行.序号 }}"),
    Column(29, ("提出单位",), "{{ 行.单位名称 }}"),
    Column(24, ("类别",), "{{ 行.堵点类别 }}"),
    Column(94, ("需协调事项",), "{{ 行.问题 }}"),
    Column(28, ("提出的时限",), "{{ 行.完成时限 }}"),
    Column(36, ("责任单位",)),
    Column(27, ("完成时限",)),
    Column(27, ("是否立账",)),
)


def section(name: str, heading: str, columns: tuple[Column, ...]) -> str:
    """Make a table with its heading, left out where it has no rows."""
    return (
        paragraph(HEAD, f"{{%p if {name} %}}")
        + paragraph(HEAD, heading)
        + ruled(columns, looped(columns, f"行 in {name}", HEADING, ENTRY, (8, 8)))
        + paragraph(NOTE, "{%p endif %}")
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
        + section("上次议定", "以前调度会议定事项落实情况", AGREED)
        + paragraph(TEXT, "{{ 综述 }}")
        + paragraph(TEXT, "{%p if 挂账 %}")
        + paragraph(TEXT, "{{ 挂账 }}")
        + paragraph(TEXT, "{%p endif %}")
        + paragraph(
            ABOUT, "截至{{ 截至日期 }}　　序时进度{{ 序时进度 }}%　　{{ 编制单位 }}　　{{ 制表日期 }}"
        )
        + ruled(COLUMNS, looped(COLUMNS, "行 in 各行", HEADING, BODY, (12, 9)))
        + paragraph(NOTE, "注：{{ 表注 }}")
        + section("填报", "各单位在{{ 填报月份 }}调度表上填报的情况", WRITTEN)
        + section("拟立账", "拟立账事项（各单位提出，由会议确定责任单位和时限，定了的立账）", PROPOSED)
        + page(PAPER_MM, MARGINS_MM, 6, footer=True)
    )
    foot = footer_part(1, paragraph_of(FOOT, run("第") + field("PAGE") + run("页")))
    write(TARGET, "调度表（模板）", STYLES, body, [foot])


if __name__ == "__main__":
    build()
