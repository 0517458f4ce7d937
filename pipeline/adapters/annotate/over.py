"""A copy of an xlsx with everything in it that openpyxl keeps, and the findings set over it."""

import io
import warnings
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.workbook.views import BookView
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.adapters.annotate.findings import Findings, Mark
from pipeline.adapters.annotate.layout import (
    AUTHOR,
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
    Cell,
    comment_size,
    link,
    sheet_title,
)
from pipeline.adapters.annotate.package import is_modest, pack
from pipeline.domain.tables.grid import Area
from pipeline.domain.values.text import letters

MOST_CELLS = 400_000
"""Cells, the list's included, with which a workbook is loaded whole."""


def write_over(path: Path, data: bytes, findings: Findings) -> bool:
    """Write the annotated copy of an xlsx.

    :returns: False when it is none that can be loaded and written; what lies at ``path`` then is no workbook.
    """
    room = MOST_CELLS - len(HEADERS) * len(findings.all)
    if not data.startswith(b"PK") or findings.cells > room:
        return False
    try:
        if not is_modest(data, room):
            return False
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), rich_text=True)
            _annotate(book, findings)
            pack(book, path)
    except Exception:  # noqa: BLE001 - openpyxl raises whatever; a disk that refuses will refuse the fresh copy too
        return False
    return True


def _annotate(book: Workbook, findings: Findings) -> None:
    sheets: dict[str | None, Worksheet] = {sheet.title: sheet for sheet in book.worksheets}
    marks = findings.marks({title: _areas(sheet) for title, sheet in sheets.items()})
    for title, cells in marks.items():
        _mark(sheets[title], cells)
    for sheet in book.worksheets:
        sheet.protection.sheet = False
    _list(book, findings)
    _show_list(book)
    book.security = WorkbookProtection()
    book.template = False
    book.properties.created = book.properties.modified = datetime(1980, 1, 1)  # noqa: DTZ001 - as the parts' times


def _areas(sheet: Worksheet) -> list[Area]:
    return [
        Area(each.min_row, each.min_col, each.max_row, each.max_col) for each in sheet.merged_cells.ranges
    ]


def _mark(sheet: Worksheet, cells: Mapping[Cell, Mark]) -> None:
    sheet.sheet_state = "visible"
    for (row, column), mark in cells.items():
        cell = sheet.cell(row, column)
        cell.fill = PatternFill("solid", fgColor=mark.colour)
        if mark.comment and not isinstance(cell, MergedCell):
            text = f"{cell.comment.text}\n\n{mark.comment}" if cell.comment else mark.comment
            width, height = comment_size(text)
            cell.comment = Comment(text, AUTHOR, height, width)
        if row in sheet.row_dimensions:
            sheet.row_dimensions[row].hidden = False
    marked = {column for _, column in cells}
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and any(
            (dimension.min or 0) <= column <= (dimension.max or 0) for column in marked
        ):
            dimension.hidden = False


def _list(book: Workbook, findings: Findings) -> None:
    titles: dict[str | None, str] = {sheet.title: sheet.title for sheet in book.worksheets}
    sheet = book.create_sheet(sheet_title(LIST, {title.lower() for title in book.sheetnames}), 0)
    for column, (_, width) in enumerate(HEADERS, 1):
        sheet.column_dimensions[letters(column)].width = width
    headline = {"font": Font(TITLE_FONT, 18), "alignment": Alignment(vertical="center")}
    _put(sheet, 1, 1, f"{LIST}：{findings.file}", headline)
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = ROW_HEIGHT, True
    sheet.row_dimensions[1].height = 36
    remarks = findings.remarks()
    for row, remark in enumerate(remarks, 2):
        _put(sheet, row, 1, remark, {"font": Font(BODY_FONT, 11)})
    head = row = len(remarks) + 2
    side = Side("thin")
    box = {"border": Border(side, side, side, side)}
    middle = box | {"alignment": Alignment("center", "center", wrap_text=True), "font": Font(BODY_FONT, 11)}
    left = middle | {"alignment": Alignment("left", "center", wrap_text=True, indent=1)}
    styles = [*[middle] * (LINK_COLUMN + 1), left, left]
    linked = middle | {"font": Font(BODY_FONT, 11, color=LINK_COLOUR, underline="single")}
    heading = middle | {"font": Font(HEAD_FONT, 11), "fill": PatternFill("solid", fgColor=HEAD_COLOUR)}
    for column, (header, _) in enumerate(HEADERS, 1):
        _put(sheet, head, column, header, heading)
    for row, line in enumerate(findings.lines(titles), head + 1):
        height = line.height
        if height != ROW_HEIGHT:
            sheet.row_dimensions[row].height = height
        styles[1] = middle | {"fill": PatternFill("solid", fgColor=line.colour)}
        styles[LINK_COLUMN - 1] = middle if line.sheet is None else linked
        for column, (value, style) in enumerate(zip(line.cells, styles, strict=True), 1):
            _put(sheet, row, column, value, style)
        if line.sheet is not None:
            sheet.cell(row, LINK_COLUMN).hyperlink = Hyperlink(ref="", location=link(line.sheet, line.cell))
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{letters(len(HEADERS))}{row}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = MARGIN
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"


def _put(
    sheet: Worksheet, row: int, column: int, value: int | str | None, style: Mapping[str, object]
) -> None:
    cell = sheet.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"  # whatever it looks like: formula, error, number
    for name, part in style.items():
        setattr(cell, name, part)


def _show_list(book: Workbook) -> None:
    """Open the copy on the list, and with no other sheet selected: selected ones are edited together."""
    for sheet in book.worksheets:
        for view in sheet.views.sheetView:
            view.tabSelected = False
    for chart in book.chartsheets:
        for view in chart.sheetViews.sheetView:
            view.tabSelected = False
    book.views = book.views[:1] or [BookView()]
    book.views[0].firstSheet, book.views[0].visibility = 0, "visible"
    book.active = 0
