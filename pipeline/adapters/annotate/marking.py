"""The findings set over a workbook, and the copy written."""

import tempfile
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.workbook.views import BookView
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from pipeline.adapters.annotate.annotations import Annotations, CellMark
from pipeline.adapters.annotate.layout import AUTHOR, Cell, comment_size
from pipeline.adapters.annotate.listing import add_list
from pipeline.adapters.annotate.original import loaded
from pipeline.adapters.annotate.retyped import is_cut, retyped
from pipeline.domain.tables.grid import Area, Grid

_JUMP = "请在原来的文件里改，不要改这份。点“行”下面的数字就跳到那一格，那一格的批注写着怎么改。"
_RETYPED = "这份是按内容重抄的，没有原来的格式和公式；隐藏的行也抄出来了。"
_CUT = "表太大，第 1048576 行以下或第 16384 列以右的抄不下。"
_LIST_ALONE = "表太大（超过 40 万格），没有抄在这份里。请按工作表、行、列在原来的文件里找到那一格，改好。"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write_over(path: Path, data: bytes, annotations: Annotations, most_cells: int) -> bool:
    """Write an xlsx as it is, with the findings over it.

    :returns: False when it is none that can be loaded and written; what lies at ``path`` then is no workbook.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = loaded(data, most_cells)
            if book is None:
                return False
            _annotate(book, {sheet.title: sheet for sheet in book.worksheets}, annotations, _JUMP)
            _save(book, path)
    except Exception:  # noqa: BLE001 - openpyxl raises whatever; a disk that refuses will refuse the next copy too
        return False
    return True


def write_retyped(path: Path, grids: Sequence[Grid], annotations: Annotations) -> None:
    """Write the grids' values in their places, with the findings over them.

    :raises OSError: the disk refuses.
    """
    book, sheets = retyped(grids)
    _annotate(book, sheets, annotations, _JUMP, _RETYPED, *([_CUT] if any(map(is_cut, grids)) else []))
    _save(book, path)


def write_list_alone(path: Path, annotations: Annotations) -> None:
    """Write the list without a copy of the table.

    Not even of the rows with findings: put back into ``inputs/``, such a copy would pass for the whole table.

    :raises OSError: the disk refuses.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    _annotate(book, {}, annotations, _LIST_ALONE)
    _save(book, path)


def _annotate(
    book: Workbook, sheets: Mapping[str | None, Worksheet], annotations: Annotations, *remarks: str
) -> None:
    marks = annotations.marks({name: _areas(sheet) for name, sheet in sheets.items()})
    for name, cells in marks.items():
        _mark(sheets[name], cells)
    titles = {name: sheet.title for name, sheet in sheets.items()}
    add_list(book, annotations, titles, annotations.remarks(*remarks))
    _show_list(book)


def _areas(sheet: Worksheet) -> list[Area]:
    return [
        Area(each.min_row, each.min_col, each.max_row, each.max_col) for each in sheet.merged_cells.ranges
    ]


def _mark(sheet: Worksheet, cells: Mapping[Cell, CellMark]) -> None:
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


class _Timeless(zipfile.ZipFile):
    """An archive whose entries bear no time of their own."""

    def open(self, name: str | zipfile.ZipInfo, *args: Any, **more: Any) -> IO[bytes]:
        if isinstance(name, zipfile.ZipInfo):
            name.date_time = _LONG_AGO
        return super().open(name, *args, **more)


def _save(book: Workbook, path: Path) -> None:
    """Write a workbook, the same bytes for the same content.

    :raises Exception: whatever openpyxl meets in it.
    """
    book.properties.created = book.properties.modified = datetime(*_LONG_AGO)  # noqa: DTZ001 - as the parts' times
    with _temporary_files_beside(path), _Timeless(path, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()


@contextmanager
def _temporary_files_beside(path: Path) -> Iterator[None]:
    """openpyxl writes each sheet to a temporary file first; it holds what the sheet holds, so it stays private."""
    usual = tempfile.tempdir
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = usual
