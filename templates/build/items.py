"""Make the templates of the open items: open_items.docx (问题台账), closed_items.docx (销号台账), closing_form.docx (销号申请表).

The ledgers are A4 landscape, their tables going on over pages; the form is one page A4 for each item.

Run ``python templates/build/items.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from parts.grid import Column, cell, looped, row, ruled
from parts.package import footer_part, write
from parts.style import BIAOSONG, HEITI, Style
from parts.wordfile import field, page, paragraph, paragraph_of, run

FOLDER = Path(__file__).resolve().parents[1]

LEDGER_MM = (297.0, 210.0)
LEDGER_MARGINS_MM = (15.0, 12.0, 14.0, 12.0)  # top, right, bottom, left
FORM_MM = (210.0, 297.0)
FORM_MARGINS_MM = (24.0, 22.0, 18.0, 24.0)

TITLE = Style("挂账表题", 20, 32, "center", BIAOSONG, keeps_next=True)
TEXT = Style("挂账综述", 12, 20, first_line_pt=24, is_prose=True)
ABOUT = Style("挂账表首", 11, 18, keeps_next=True)
HEADING = Style("挂账表头", 10.5, 14, "center", HEITI)
BODY = Style("挂账表身", 10, 13, "center")
WORDS = Style("挂账表文", 10, 13, indent_pt=2, right_pt=2, is_prose=True)
NOTE = Style("挂账表注", 10, 15)
FOOT = Style("挂账页码", 10.5, 14, "center")
STYLES = (TITLE, TEXT, ABOUT, HEADING, BODY, WORDS, NOTE, FOOT)

OPEN = (
    Column(10, ("序号",), "{{ 行.序号 }}"),
    Column(25, ("账号",), "{{ 行.账号 }}"),
    Column(19, ("类别",), "{{ 行.类别 }}"),
    Column(22, ("责任单位",), "{{ 行.责任单位 }}"),
    Column(66, ("问题描述",), "{{ 行.问题描述 }}"),
    Column(28, ("验收标准",), "{{ 行.验收标准 }}"),
    Column(14, ("责任人",), "{{ 行.责任人 }}"),
    Column(16, ("交办日",), "{{ 行.交办日 }}"),
    Column(16, ("时限",), "{{ 行.时限 }}"),
    Column(15, ("状态",), "{{ 行.状态 }}"),
    Column(20, ("逾期", "临期"), "{{ 行.期限 }}"),
    Column(22, ("最新进展",), "{{ 行.最新进展 }}"),
)
CLOSED = (
    Column(10, ("序号",), "{{ 行.序号 }}"),
    Column(25, ("账号",), "{{ 行.账号 }}"),
    Column(19, ("类别",), "{{ 行.类别 }}"),
    Column(22, ("责任单位",), "{{ 行.责任单位 }}"),
    Column(56, ("问题描述",), "{{ 行.问题描述 }}"),
    Column(34, ("整改成效",), "{{ 行.成效 }}"),
    Column(32, ("佐证",), "{{ 行.佐证 }}"),
    Column(17, ("时限",), "{{ 行.时限 }}"),
    Column(17, ("销号日",), "{{ 行.销号日 }}"),
    Column(13, ("是否", "按期"), "{{ 行.按期 }}"),
    Column(15, ("复核人",), "{{ 行.复核人 }}"),
    Column(13, ("复核", "方式"), "{{ 行.复核方式 }}"),
)
OPEN_NOTE = "注：按逾期、临期、时限先后排列。待复核（按期申请的）、中止和延期申请没有答复的，不算逾期。"
CLOSED_NOTE = "注：销号须有单位负责人同意的申请、佐证和申请人以外的人复核。"


def ledger(name: str, columns: tuple[Column, ...], note: str) -> str:
    """Make a ledger with its title, the one sentence and its table, in which sentences begin at the left."""
    rows = looped(columns, "行 in 各行", HEADING, BODY, (12, 11))
    for said in ("问题描述", "验收标准", "最新进展", "成效", "佐证"):
        value = f"{{{{ 行.{said} }}}}"
        rows = rows.replace(paragraph(BODY, value), paragraph(WORDS, value))
    return (
        paragraph(TITLE, "{{ 县 }}{{ 年度 }}年个体工商户培育挂账事项" + name)
        + paragraph(TEXT, "{{ 综述 }}")
        + paragraph(ABOUT, "编制单位：{{ 编制单位 }}　　　　截至{{ 截至日期 }}")
        + ruled(columns, rows)
        + paragraph(NOTE, note)
        + page(LEDGER_MM, LEDGER_MARGINS_MM, 7, footer=True)
    )


FORM_TITLE = Style("申请表题", 22, 34, "center", BIAOSONG)
FORM_NUMBER = Style("申请表号", 12, 22, "right")
NAME = Style("申请表目", 13, 18, "center", HEITI)
SAID = Style("申请表文", 13, 19, indent_pt=4, right_pt=4, is_prose=True)
SIGNED = Style("申请表签", 13, 19, "right", right_pt=13)
FORM_NOTE = Style("申请表注", 11, 17)
FORM_STYLES = (FORM_TITLE, FORM_NUMBER, NAME, SAID, SIGNED, FORM_NOTE)
NAME_MM, HALF_MM, WIDTH_MM = 30.0, 52.0, 164.0


def halves(first: str, said: str, second: str, also: str) -> str:
    """Make a row with two names."""
    return row(
        cell(NAME_MM, paragraph(NAME, first))
        + cell(HALF_MM, paragraph(SAID, said))
        + cell(NAME_MM, paragraph(NAME, second))
        + cell(WIDTH_MM - 2 * NAME_MM - HALF_MM, paragraph(SAID, also)),
        11,
    )


def whole(name: str, said: str, height_mm: float, signed: str = "") -> str:
    """Make a row with one name, what is said, and what is to be signed."""
    content = said + (paragraph(SIGNED, signed) if signed else "")
    names = "".join(paragraph(NAME, line) for line in name.split("/"))
    return row(cell(NAME_MM, names) + cell(WIDTH_MM - NAME_MM, content, 3), height_mm)


def form() -> str:
    """Make the form of one item."""
    columns = (
        Column(NAME_MM, ()),
        Column(HALF_MM, ()),
        Column(NAME_MM, ()),
        Column(WIDTH_MM - 2 * NAME_MM - HALF_MM, ()),
    )
    evidence = (
        paragraph(SAID, "{%p for 件 in 各佐证 %}")
        + paragraph(SAID, "{{ 件 }}")
        + paragraph(SAID, "{%p endfor %}")
    )
    rows = (
        halves("责任单位", "{{ 责任单位 }}", "责 任 人", "{{ 责任人 }}")
        + halves("类　　别", "{{ 类别 }}", "来　　源", "{{ 来源 }}")
        + halves("立账日期", "{{ 立账日 }}", "时　　限", "{{ 时限 }}")
        + whole("问　　题", paragraph(SAID, "{{ 问题 }}"), 20)
        + whole("验收标准", paragraph(SAID, "{{ 标准 }}"), 14)
        + whole("整改措施", paragraph(SAID, "{{ 措施 }}"), 20)
        + whole("整改成效", paragraph(SAID, "{{ 成效 }}"), 24)
        + whole("佐证目录", paragraph(SAID, "（另附）") + evidence, 20)
        + whole(
            "责任单位/负 责 人/意　　见",
            paragraph(SAID, "申请人：{{ 申请人 }}　　负责人：{{ 单位负责人 }}") + paragraph(SAID, ""),
            30,
            "签字（盖章）：　　　　　　　{{ 申请日 }}",
        )
        + whole(
            "复核意见",
            paragraph(SAID, "复核方式：{{ 复核方式 }}　　复核人：{{ 复核人 }}")
            + paragraph(SAID, "{{ 复核意见 }}"),
            30,
            "签字：　　　　　　　　　　　年　月　日",
        )
        + whole("批　　准", paragraph(SAID, ""), 18, "签字：　　　　　　　　　　　年　月　日")
    )
    return (
        paragraph(FORM_TITLE, "挂账事项销号申请表")
        + paragraph(FORM_NUMBER, "账号：{{ 账号 }}号")
        + ruled(columns, rows)
        + paragraph(FORM_NOTE, "注：复核人不能是申请人或申请单位的负责人；现场复核须两人。报{{ 编制单位 }}。")
        + page(FORM_MM, FORM_MARGINS_MM, 8)
    )


def build() -> None:
    """Write the templates."""
    foot = footer_part(1, paragraph_of(FOOT, run("第") + field("PAGE") + run("页")))
    write(FOLDER / "open_items.docx", "问题台账（模板）", STYLES, ledger("问题台账", OPEN, OPEN_NOTE), [foot])
    write(
        FOLDER / "closed_items.docx",
        "销号台账（模板）",
        STYLES,
        ledger("销号台账", CLOSED, CLOSED_NOTE),
        [foot],
    )
    write(FOLDER / "closing_form.docx", "销号申请表（模板）", FORM_STYLES, form())


if __name__ == "__main__":
    build()
