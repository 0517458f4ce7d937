"""What is made of it: a workbook of findings and unused letters, and a letter of inquiry (函询) to each unit, one page.

What does not fit on the page is counted there and listed in an annex, a workbook of the unit's own.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from pipeline.domain.documents import (
    Cell,
    Column,
    Document,
    PaperPerUnit,
    Template,
    UnitPage,
    Version,
    Workbook,
    Worksheet,
)
from pipeline.domain.letters.lifecycle import STATES
from pipeline.domain.wording import chinese_date
from pipeline.reports.reconciliation.content import Content
from pipeline.reports.reconciliation.inquiry import Inquiry, Room, finding_row, left_over, outstanding_rows
from pipeline.reports.reconciliation.tables import tables

_FIELDS = (
    "年度", "单位全称", "起始日期", "截至日期", "总份数", "已办照", "未使用", "疑点", "未注明", "答复日期", "编制单位", "制函日期", "另有",
    "未使用各段", "需核实各户", "段", "户",
)  # fmt: skip
_DEMANDED = ("单位全称", "另有")
INQUIRY = Template(
    "inquiry.docx", _FIELDS, optional=tuple(name for name in _FIELDS if name not in _DEMANDED), is_page=True
)
"""The template of a letter; 段 is one line of 未使用各段, 户 one of 需核实各户."""
ROOMS = (Room(30, 8), Room(20, 6), Room(12, 4), Room(6, 2), Room(3, 1))
"""How much a page may name; a unit whose letter runs over one page gets the next."""
_UNUSED = (
    Column("序号", 7), Column("起止号", 28), Column("份数", 8), Column("状态", 10), Column("起算日期", 13), Column("天数", 8),
    Column("核实情况", 40),
)  # fmt: skip
_DOUBTFUL = (
    Column("序号", 7), Column("介绍信编号", 16), Column("名称", 34), Column("经营者", 10), Column("成立日期", 13),
    Column("需要核实的情况", 50), Column("核实情况", 40),
)  # fmt: skip


def documents(content: Content) -> Iterator[Document]:
    """All files of it."""
    sheets = tables(content.units, content.findings, content.whereabouts, content.outstanding, content.span)
    yield Workbook("对账", sheets)
    names = {unit.code: unit.name for unit in content.units}
    pages = [
        UnitPage(each.unit.code, each.unit.name, list(_versions(content, each, names)))
        for each in content.inquiries
    ]
    headings = "标题要用样式“函题”（有大纲级别），别处不要用。"
    yield PaperPerUnit("函询", "核实介绍信使用情况的函", "函", INQUIRY, pages, headings)


def _versions(content: Content, inquiry: Inquiry, names: Mapping[str, str]) -> Iterator[Version]:
    for room in ROOMS:
        annex = _annex(content, inquiry, names) if left_over(inquiry, room) else ()
        yield Version(_fields(content, inquiry, room, names), annex)


def _fields(content: Content, inquiry: Inquiry, room: Room, names: Mapping[str, str]) -> dict[str, object]:
    today = content.at.date()
    return {
        "年度": content.year,
        "单位全称": inquiry.unit.full_name,
        "起始日期": chinese_date(content.span.first),
        "截至日期": chinese_date(content.span.last),
        "总份数": inquiry.live,
        "已办照": inquiry.used,
        "未使用": inquiry.unused,
        "疑点": len(inquiry.findings),
        "未注明": inquiry.unnamed,
        "答复日期": chinese_date(today + timedelta(content.answer_days)),
        "编制单位": content.office,
        "制函日期": chinese_date(today),
        "另有": left_over(inquiry, room),
        "未使用各段": outstanding_rows(inquiry, room.runs),
        "需核实各户": [finding_row(each, names) for each in inquiry.findings[: room.findings]],
    }


def _annex(content: Content, inquiry: Inquiry, names: Mapping[str, str]) -> tuple[Worksheet, ...]:
    """All that a unit is asked, for what its page has no room for."""
    title = f"{inquiry.unit.name}介绍信使用情况核实表（截至{chinese_date(content.span.last)}）"
    unused: list[Sequence[Cell]] = [
        [number, each.numbers, each.run.count, STATES[each.state], str(each.since), each.days, ""]
        for number, each in enumerate(inquiry.outstanding, 1)
    ]
    rows = [finding_row(each, names) for each in inquiry.findings]
    doubtful: list[Sequence[Cell]] = [
        [number, row["编号"], row["名称"], row["经营者"], row["成立日期"], row["问题"], ""]
        for number, row in enumerate(rows, 1)
    ]
    return (
        Worksheet("未使用的介绍信", title, _UNUSED, unused),
        Worksheet("需要核实的登记", title, _DOUBTFUL, doubtful),
    )
