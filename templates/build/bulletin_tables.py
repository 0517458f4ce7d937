"""The bulletin's two kinds of tables: repeated headings, rows that never split."""

from __future__ import annotations

from dataclasses import dataclass

import bulletin_styles as styles
from parts.style import Style, twips
from parts.wordfile import paragraph, table_frame

GRID = "".join(styles.rule(side, 8 if side in {"top", "bottom", "left", "right"} else 4)
               for side in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
CELL_MARGIN = twips(0.6)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    width_mm: float
    """Width."""
    heading: tuple[str, ...]
    """Heading, line by line; below that of its group, if it has one."""
    value: str
    """What of a row stands in it."""
    group: str = ""
    """Heading over several columns."""
    is_name: bool = False
    """Whether it holds names, flush left."""


STANDINGS = (
    Column(11, ("排名",), "排名"),
    Column(49, ("单位名称",), "单位名称", is_name=True),
    Column(15, ("任务数",), "任务数"),
    Column(15, ("本月", "净增"), "本月净增"),
    Column(15, ("累计", "净增"), "累计净增"),
    Column(16, ("完成率", "（%）"), "完成率"),
    Column(15.5, ("比序时", "进度"), "进度差"),
    Column(19.5, ("状态",), "状态"),
)
"""Of 行 in a section's table, 156 mm."""

ALL_FIGURES = (
    Column(10, ("序号",), "序号"),
    Column(43, ("单位名称",), "单位名称", is_name=True),
    Column(16.5, ("年度任务", "数（户）"), "任务数"),
    Column(12, ("新增",), "本月新增", "本月（户）"),
    Column(12, ("注销",), "本月注销", "本月（户）"),
    Column(12, ("净增",), "本月净增", "本月（户）"),
    Column(13.5, ("新增",), "累计新增", "累计（户）"),
    Column(13.5, ("注销",), "累计注销", "累计（户）"),
    Column(13.5, ("净增",), "累计净增", "累计（户）"),
    Column(16, ("完成率", "（%）"), "完成率"),
    Column(20, ("与序时", "进度差", "（百分点）"), "进度差"),
    Column(10, ("排名",), "排名"),
    Column(16.5, ("上月排名", "位次变化"), "位次变化"),
    Column(16.5, ("状态",), "状态"),
)
"""Of 行 in 总表, 225 mm."""


def cell(width_mm: float, content: str, span: int = 1, merge: str = "") -> str:
    """Make a cell with its content in the middle."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    width = f'<w:tcW w:w="{twips(width_mm)}" w:type="dxa"/>'
    return f'<w:tc><w:tcPr>{width}{spanned}{merged}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'


def row(cells: str, height_mm: float, *, is_heading: bool = False) -> str:
    """Make a row that does not split and grows where its text needs it."""
    height = f'<w:trHeight w:val="{twips(height_mm)}" w:hRule="atLeast"/>'
    repeated = "<w:tblHeader/>" if is_heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{repeated}</w:trPr>{cells}</w:tr>"


def tag(columns: tuple[Column, ...], words: str) -> str:
    """Make a row that docxtpl takes away together with its tag."""
    width = sum(column.width_mm for column in columns)
    return row(cell(width, paragraph(styles.ANNEX_CELL, f"{{%tr {words} %}}"), len(columns)), 5)


def values(columns: tuple[Column, ...], style: Style, name: Style, height_mm: float) -> str:
    """Make a row of placeholders."""
    cells = (
        cell(column.width_mm, paragraph(name if column.is_name else style, f"{{{{ 行.{column.value} }}}}"))
        for column in columns
    )
    return row("".join(cells), height_mm)


def grid(columns: tuple[Column, ...], rows: str) -> str:
    """Make the table around ready rows."""
    widths = [twips(column.width_mm) for column in columns]
    made = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return table_frame(made, rows, sum(widths), 0, GRID, CELL_MARGIN)


def headings(columns: tuple[Column, ...], style: Style, height_mm: float) -> str:
    """Make the heading rows that come again on every page: one, or two where columns form groups."""
    upper = lower = ""
    is_grouped = any(column.group for column in columns)
    for number, column in enumerate(columns):
        text = "".join(paragraph(style, line) for line in column.heading)
        if not column.group:
            upper += cell(column.width_mm, text, merge="restart" if is_grouped else "")
            lower += cell(column.width_mm, paragraph(style), merge="continue")
            continue
        lower += cell(column.width_mm, text)
        if number == 0 or columns[number - 1].group != column.group:
            members = [other for other in columns if other.group == column.group]
            width = sum(member.width_mm for member in members)
            upper += cell(width, paragraph(style, column.group), len(members))
    rows = (upper, lower) if is_grouped else (upper,)
    return "".join(row(cells, height_mm, is_heading=True) for cells in rows)
