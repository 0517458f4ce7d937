"""The first sheet of a copy, 问题清单: a line for each finding, with a link to its cell."""

from collections.abc import Mapping, Sequence

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.adapters.annotate.annotations import Annotations, Line
from pipeline.adapters.annotate.layout import (
    BODY_FONT,
    HEAD_COLOUR,
    HEAD_FONT,
    HEADERS,
    LINK_COLOUR,
    LINK_COLUMN,
    LIST,
    MARGIN,
    ROW_HEIGHT,
    TITLE_FONT,
    link,
    sheet_title,
)
from pipeline.adapters.annotate.sheet import put, set_up_print
from pipeline.domain.values.text import letters

Style = Mapping[str, object]
"""Parts of a cell's look by the names that openpyxl gives them."""

_SIDE = Side("thin")
_MIDDLE: Style = {
    "border": Border(_SIDE, _SIDE, _SIDE, _SIDE),
    "alignment": Alignment("center", "center", wrap_text=True),
    "font": Font(BODY_FONT, 11),
}
_LEFT: Style = {**_MIDDLE, "alignment": Alignment("left", "center", wrap_text=True, indent=1)}
_LINKED: Style = {**_MIDDLE, "font": Font(BODY_FONT, 11, color=LINK_COLOUR, underline="single")}
_HEADING: Style = {
    **_MIDDLE,
    "font": Font(HEAD_FONT, 11),
    "fill": PatternFill("solid", fgColor=HEAD_COLOUR),
}
_TITLE: Style = {"font": Font(TITLE_FONT, 18), "alignment": Alignment(vertical="center")}
_REMARK: Style = {"font": Font(BODY_FONT, 11)}


def add_list(
    book: Workbook, annotations: Annotations, titles: Mapping[str | None, str], remarks: Sequence[str]
) -> None:
    """Put the list before a workbook's other sheets.

    :param titles: sheets that there are, by the name that findings give them, with their name in the copy.
    :param remarks: what stands between the title and the header.
    """
    sheet = book.create_sheet(sheet_title(LIST, {title.lower() for title in book.sheetnames}), 0)
    for column, (_, width) in enumerate(HEADERS, 1):
        sheet.column_dimensions[letters(column)].width = width
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = ROW_HEIGHT, True
    sheet.row_dimensions[1].height = 36
    _put(sheet, 1, 1, f"{LIST}：{annotations.file}", _TITLE)
    for row, remark in enumerate(remarks, 2):
        _put(sheet, row, 1, remark, _REMARK)
    head = row = len(remarks) + 2
    for column, (header, _) in enumerate(HEADERS, 1):
        _put(sheet, head, column, header, _HEADING)
    for row, line in enumerate(annotations.lines(titles), head + 1):
        _add_line(sheet, row, line)
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{letters(len(HEADERS))}{row}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_margins.left = sheet.page_margins.right = MARGIN
    set_up_print(sheet)


def _add_line(sheet: Worksheet, row: int, line: Line) -> None:
    height = line.height
    if height != ROW_HEIGHT:
        sheet.row_dimensions[row].height = height
    level = {**_MIDDLE, "fill": PatternFill("solid", fgColor=line.colour)}
    where = _MIDDLE if line.sheet is None else _LINKED
    styles = (_MIDDLE, level, _MIDDLE, where, _MIDDLE, _LEFT, _LEFT)
    for column, (value, style) in enumerate(zip(line.cells, styles, strict=True), 1):
        _put(sheet, row, column, value, style)
    if line.sheet is not None:
        sheet.cell(row, LINK_COLUMN).hyperlink = Hyperlink(ref="", location=link(line.sheet, line.cell))


def _put(sheet: Worksheet, row: int, column: int, value: int | str | None, style: Style) -> None:
    cell = put(sheet, row, column, value)
    for name, part in style.items():
        setattr(cell, name, part)
