"""The letters of inquiry (函询) on paper: one page for each unit, all in one file to print and one file for each.

What does not fit is counted on the page and listed in an annex, a workbook of the unit's own.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.adapters.inputs import safe_name
from pipeline.adapters.pdf.reading import (
    Info,
    PageRange,
    bookmarked_pages,
    cut,
    page_count,
    read_pages,
    squeezed,
)
from pipeline.adapters.word import WordTemplate, open_template
from pipeline.adapters.workbook import write_tables
from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.letters.lifecycle import STATES
from pipeline.domain.wording import chinese_date
from pipeline.errors import ConversionFault, TemplateFault
from pipeline.publishing.readback import collate
from pipeline.publishing.renderer import Renderer
from pipeline.reports.reconciliation.findings import Period
from pipeline.reports.reconciliation.inquiry import Inquiry, Room, finding_row, left_over, outstanding_rows
from pipeline.workspace import Workspace

INQUIRY_FIELDS = (
    "年度", "单位全称", "起始日期", "截至日期", "总份数", "已办照", "未使用", "疑点", "未注明", "答复日期", "编制单位", "制函日期", "另有",
    "未使用各段", "需核实各户", "段", "户",
)  # fmt: skip
"""Names that ``templates/inquiry.docx`` uses; 段 is one line of 未使用各段, 户 one of 需核实各户."""
ROOMS = (Room(30, 8), Room(20, 6), Room(12, 4), Room(6, 2), Room(3, 1))
"""How much a page may name; a unit whose letter runs over one page gets the next."""
_TEMPLATE = "inquiry.docx"
_UNUSED = (
    Column("序号", 7), Column("起止号", 28), Column("份数", 8), Column("状态", 10), Column("起算日期", 13), Column("天数", 8),
    Column("核实情况", 40),
)  # fmt: skip
_DOUBTFUL = (
    Column("序号", 7), Column("介绍信编号", 16), Column("名称", 34), Column("经营者", 10), Column("成立日期", 13),
    Column("需要核实的情况", 50), Column("核实情况", 40),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all letters of inquiry have in common."""

    period: Period
    """The registrations that were held against the letters."""
    now: datetime
    """When they are written."""
    names: Mapping[str, str]
    """Unit code → short name."""


def print_inquiries(shop: Renderer, inquiries: Sequence[Inquiry], occasion: Occasion, folder: Path) -> None:
    """``函询.docx``, ``函询.pdf`` and the units' own files, in a folder; nothing where nobody is asked.

    :raises TemplateFault: the template asks for what is not there, or its title cannot be found.
    :raises ConversionFault: LibreOffice failed, a letter does not fit its page, or not all of it is there.
    """
    if not inquiries:
        return
    workspace = shop.workspace
    template = open_template(workspace.template(_TEMPLATE))
    at_least = dict.fromkeys(INQUIRY_FIELDS, 0) | {"单位全称": 1, "另有": 1}
    template.demand(INQUIRY_FIELDS, at_least, is_page=True)
    draft = shop.folder / _TEMPLATE
    rooms, pdf = _fitted(shop, template, inquiries, occasion, draft)
    for (inquiry, room), page in zip(zip(inquiries, rooms, strict=True), read_pages(pdf), strict=True):
        _check(inquiry, page.text, page.clipped, _fields(workspace, inquiry, room, occasion))
    collate(draft, pdf, f"请检查模板 {_TEMPLATE}，改好再运行。")
    info = Info("核实介绍信使用情况的函", workspace.settings.plan.office, occasion.now)
    marks = [PageRange(inquiry.unit.name, number, 1) for number, inquiry in enumerate(inquiries)]
    cut(pdf, folder / "函询.pdf", PageRange("", 0, len(inquiries)), info, marks)
    (folder / "各单位").mkdir()
    for number, (inquiry, room) in enumerate(zip(inquiries, rooms, strict=True)):
        name = f"{inquiry.unit.code}-{safe_name(inquiry.unit.name)}"
        cut(pdf, folder / "各单位" / f"{name}.pdf", PageRange("", number, 1), info)
        if left_over(inquiry, room):
            write_tables(folder / "各单位" / f"{name}-附表.xlsx", _annex(inquiry, occasion), occasion.now)
    draft.replace(folder / "函询.docx")


def _fitted(
    shop: Renderer, template: WordTemplate, inquiries: Sequence[Inquiry], occasion: Occasion, draft: Path
) -> tuple[list[Room], Path]:  # fmt: skip
    """How much each letter names so that it is one page, and the PDF."""
    tries = [0] * len(inquiries)
    while True:
        rooms = [ROOMS[tried] for tried in tries]
        template.write_pages(
            (_fields(shop.workspace, *each, occasion) for each in zip(inquiries, rooms, strict=True)), draft
        )
        pdf = shop.office.convert(draft, len(inquiries))
        long = [place for place, pages in enumerate(_pages(pdf, len(inquiries))) if pages > 1]
        if not long:
            return rooms, pdf
        for place in long:
            tries[place] += 1
            if tries[place] == len(ROOMS):
                raise ConversionFault(
                    f"给{inquiries[place].unit.name}的函一页放不下。请把模板 {_TEMPLATE} 里的字句减少一些，再运行。"
                )


def _pages(pdf: Path, letters: int) -> list[int]:
    """How many pages each letter takes."""
    starts = bookmarked_pages(pdf)
    if len(starts) != letters or starts != sorted(set(starts)):
        raise TemplateFault(
            f"模板 {_TEMPLATE} 里看不出每封函从哪一页起：标题要用样式“函题”（有大纲级别），别处不要用。请改好，或用备份替换。"
        )
    return [after - first for first, after in zip(starts, [*starts[1:], page_count(pdf)], strict=True)]


def _fields(workspace: Workspace, inquiry: Inquiry, room: Room, occasion: Occasion) -> dict[str, object]:
    plan, today = workspace.settings.plan, occasion.now.date()
    return {
        "年度": plan.year,
        "单位全称": inquiry.unit.full_name,
        "起始日期": chinese_date(occasion.period.first),
        "截至日期": chinese_date(occasion.period.last),
        "总份数": inquiry.live,
        "已办照": inquiry.used,
        "未使用": inquiry.unused,
        "疑点": len(inquiry.findings),
        "未注明": inquiry.unnamed,
        "答复日期": chinese_date(today + timedelta(workspace.settings.letters.answer_days)),
        "编制单位": plan.office,
        "制函日期": chinese_date(today),
        "另有": left_over(inquiry, room),
        "未使用各段": outstanding_rows(inquiry, room.runs),
        "需核实各户": [finding_row(each, occasion.names) for each in inquiry.findings[: room.findings]],
    }


def _check(inquiry: Inquiry, text: str, clipped: Sequence[str], fields: Mapping[str, object]) -> None:
    """See that a letter's page says what it must; a line's parts may stand in another order in a table."""
    said = [squeezed(str(fields[name])) for name in ("单位全称", "另有")]
    rows = [row for value in fields.values() if isinstance(value, list) for row in value]
    lost = Counter("".join(squeezed("".join(row.values())) for row in rows)) - Counter(text)
    if clipped or lost or any(each not in text for each in said):
        raise ConversionFault(f"给{inquiry.unit.name}的函没有印全。请检查模板 {_TEMPLATE}，改好再运行。")


def _annex(inquiry: Inquiry, occasion: Occasion) -> list[Worksheet]:
    """All that a unit is asked, for what its page has no room for."""
    title = f"{inquiry.unit.name}介绍信使用情况核实表（截至{chinese_date(occasion.period.last)}）"
    unused: list[Sequence[Cell]] = [
        [number, each.numbers, each.run.count, STATES[each.state], str(each.since), each.days, ""]
        for number, each in enumerate(inquiry.outstanding, 1)
    ]
    rows = [finding_row(each, occasion.names) for each in inquiry.findings]
    doubtful: list[Sequence[Cell]] = [
        [number, row["编号"], row["名称"], row["经营者"], row["成立日期"], row["问题"], ""]
        for number, row in enumerate(rows, 1)
    ]
    return [
        Worksheet("未使用的介绍信", title, _UNUSED, unused),
        Worksheet("需要核实的登记", title, _DOUBTFUL, doubtful),
    ]
