"""Make the papers of supervision: templates/reminder.docx, supervision.docx, interview.docx, and approval.docx.

Each of the first three is a letter of one page on one matter, and behind it what the unit sends back. They speak of what
a unit does for people who want to open a business, never of how many it has to bring: 《促进个体工商户发展条例》 30
forbids that anybody be made to register. They hold no word of command, as another office's governments may be told
nothing without their own government's consent (《党政机关公文处理工作条例》 16).

Run ``python templates/build/supervision.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from parts.grid import Column, looped, ruled
from parts.official import (
    CLOCK,
    FORM_LINE,
    PAPER_MM,
    RECORD,
    SPACE,
    STYLES,
    feedback,
    form,
    letter,
    receipt,
    save,
)  # fmt: skip
from parts.package import write
from parts.style import BIAOSONG, HEITI, Style
from parts.wordfile import page, paragraph

TEMPLATES = Path(__file__).resolve().parents[1]

REMINDER = (
    "根据{{ 依据 }}，现将你单位个体工商户培育工作进度函告如下。",
    "{{ 情况 }}",
    "特此提醒，请结合实际做好以下工作：",
    "一是查找原因。对照年度任务和时间安排，从政策宣传、帮办代办、部门配合等方面找出差距，研究改进措施。",
    "二是做好服务。主动了解有开办意愿的群众在场地、证照、资金等方面的困难，帮助解决；登记要出于本人自愿，不得摊派，不得虚报。",
    "三是按时反馈。请于{{ 答复日期 }}前将反馈表报{{ 报送机关 }}。",
)
SUPERVISION = (
    "根据{{ 依据 }}，{{ 同意 }}现就你单位个体工商户培育工作进度予以督办。",
    "{{ 情况 }}{{ 前函 }}该事项已立账，账号{{ 账号 }}。请做好以下工作：",
    "一是及时签收。请于{{ 签收日期 }}前签收，并退回回执。",
    "二是制定方案。针对原因提出帮扶服务的具体措施，明确责任人和完成时间，于{{ 方案日期 }}前报{{ 报送机关 }}。",
    "三是抓好落实。于{{ 见效日期 }}前将措施落实到位，报送整改情况和佐证，由单位负责人申请销号。登记要出于本人自愿，不得摊派，不得虚报。",
)
INTERVIEW = (
    "根据{{ 依据 }}，{{ 同意 }}决定就个体工商户培育工作进度约谈你单位主要负责人，共同分析原因，研究措施。",
    "一、约谈事由。{{ 情况 }}{{ 前函 }}该事项已立账，账号{{ 账号 }}。",
    "二、时间地点。{{ 约谈时间 }}，{{ 约谈地点 }}。",
    "三、参加人员。约谈人：{{ 约谈人 }}；被约谈人：你单位主要负责人，分管负责人一同参加。",
    "四、有关要求。请于{{ 签收日期 }}前退回回执；携带工作情况、原因分析和服务措施的书面材料；{{ 报告日期 }}前报送整改报告。",
)

LIST_MARGINS_MM = (16.0, 26.0, 12.0, 28.0)  # top, right, bottom, left
LIST_TITLE = Style("单题", 20, 32, "center", BIAOSONG)
LIST_ABOUT = Style("单首", 10.5, 19)
LIST_TEXT = Style("单文", 12, 20, first_line_pt=24, is_prose=True)
LIST_LEVEL = Style("单目", 12, 22, hanzi=HEITI, first_line_pt=24, keeps_next=True)
LIST_HEADING = Style("单头", 10, 13, "center", HEITI)
LIST_BODY = Style("单身", 10.5, 13.5, "center")
LIST_TAG = Style("单标", 1, 1)
LIST_STYLES = (LIST_TITLE, LIST_ABOUT, LIST_TEXT, LIST_LEVEL, LIST_HEADING, LIST_BODY, LIST_TAG)
LIST_COLUMNS = (
    Column(8, ("序号",), "{{ 件.序号 }}"),
    Column(42, ("单位",), "{{ 件.单位 }}"),
    Column(11, ("年度", "任务"), "{{ 件.任务数 }}"),
    Column(11, ("累计", "净增"), "{{ 件.累计净增 }}"),
    Column(13, ("完成率", "（%）"), "{{ 件.完成率 }}"),
    Column(19, ("与序时差", "（百分点）"), "{{ 件.进度差 }}"),
    Column(13, ("距序时", "差(户)"), "{{ 件.距序时差 }}"),
    Column(11, ("连续", "月数"), "{{ 件.连续月数 }}"),
    Column(12, ("文书",), "{{ 件.文书 }}"),
    Column(16, ("情况",), "{{ 件.状态 }}"),
)


def record() -> str:
    """Make the page on which an interview is written down and signed by both."""
    return (
        paragraph(RECORD, "约谈记录")
        + form(
            ("时　　间", CLOCK, 10),
            ("地　　点", "", 10),
            ("约 谈 人", "{{ 约谈人 }}", 10),
            ("被约谈人", "{{ 单位 }}", 10),
            ("记 录 人", "", 10),
            ("约谈内容", "", 66),
            ("被约谈人/表　　态", "", 60),
        )
        + paragraph(SPACE)
        + paragraph(FORM_LINE, "约谈人（签字）：　　　　　　　　　　被约谈人（签字）：")
    )


def approval() -> str:
    """Make the sheet with which papers are laid before whoever approves them."""

    def list_of(name: str, title: str, none: str) -> str:
        return (
            paragraph(LIST_LEVEL, title)
            + paragraph(LIST_TAG, f"{{%p if {name} %}}")
            + paragraph(LIST_TAG, f"{{%p for 句 in {name} %}}")
            + paragraph(LIST_TEXT, "{{ 句 }}")
            + paragraph(LIST_TAG, "{%p endfor %}")
            + paragraph(LIST_TAG, "{%p else %}")
            + paragraph(LIST_TEXT, none)
            + paragraph(LIST_TAG, "{%p endif %}")
        )

    return (
        paragraph(LIST_TITLE, "{{ 县 }}{{ 月份 }}督查文书审批单")
        + paragraph(LIST_ABOUT, "截至{{ 截至日期 }}　{{ 编制单位 }}　{{ 制表日期 }}")
        + paragraph(LIST_TEXT, "{{ 综述 }}")
        + paragraph(LIST_LEVEL, "一、督查文书")
        + ruled(LIST_COLUMNS, looped(LIST_COLUMNS, "件 in 各件", LIST_HEADING, LIST_BODY, (11, 7)))
        + list_of("各撤回", "二、建议撤回", "没有。")
        + list_of("各表扬", "三、建议表扬", "没有。")
        + list_of("各批评", "四、建议通报批评", "没有。")
        + paragraph(LIST_ABOUT)
        + form(("承办意见", "", 12), ("办公室意见", "", 12), ("审批意见", "", 15))
    )


def build() -> None:
    """Write the templates."""
    for name, title, heading, body, forms in (
        ("reminder", "提醒函（模板）", "关于{{ 月 }}月份个体工商户培育工作的提醒函", REMINDER, receipt("提醒函") + feedback("反馈表")),
        ("supervision", "督办函（模板）", "关于督办{{ 月 }}月份个体工商户培育工作的函", SUPERVISION, receipt("督办函") + feedback("整改反馈表")),
        ("interview", "约谈通知书（模板）", "约谈通知书", INTERVIEW, receipt("约谈通知书") + feedback("整改反馈表") + record()),
    ):  # fmt: skip
        save(TEMPLATES / f"{name}.docx", title, letter(heading, body) + forms)
    body = approval() + page(PAPER_MM, LIST_MARGINS_MM, 8)
    write(TEMPLATES / "approval.docx", "督查文书审批单（模板）", (*STYLES, *LIST_STYLES), body)


if __name__ == "__main__":
    build()
