"""Workbooks → grids of cells with their places. The only module that knows openpyxl's reading side."""

import io
import warnings
import zipfile
from datetime import date, datetime, time

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.domain.model import Grid, Problem, Source, Value

_MAGIC = (
    (b"\xd0\xcf\x11\xe0", "旧版表格（.xls/.et）或加了密码的文件"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8", "图片"),
    (b"<", "网页格式的假 .xls"),
)


def read_sheets(file: str, data: bytes) -> tuple[Grid, ...] | Problem:
    """Every sheet of a file, told by its content and not by its name; hidden sheets are marked.

    :param file: path below ``inputs/``, for sources and problems.
    :returns: grids in the workbook's order, or what is wrong with the file
        (codes ``empty-file``, ``unknown-format``, ``broken-file``).
    """
    fault = _not_a_workbook(file, data)
    if fault:
        return fault
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(data), data_only=True)
            grids = tuple(_grid(file, sheet) for sheet in workbook.worksheets)
    except Exception:  # noqa: BLE001 - openpyxl raises whatever its XML and zip layers meet in a damaged file
        advice = "文件已损坏或不是真正的表格，请用 WPS 打开后另存为 .xlsx 再放入。"
        return Problem(Source(file), None, "", "broken-file", advice)
    if not any(grid.rows for grid in grids):
        return Problem(Source(file), None, "", "empty-file", "表里没有内容。请补上，或把文件移出 inputs。")
    return grids


def _not_a_workbook(file: str, data: bytes) -> Problem | None:
    if not data:
        return Problem(Source(file), None, "", "empty-file", "文件是空的（0 字节），请重新复制。")
    if data.startswith(b"PK"):
        try:
            names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        except zipfile.BadZipFile:
            advice = "文件不完整，像是没有复制完，请重新复制。"
            return Problem(Source(file), None, "", "broken-file", advice)
        if "xl/workbook.xml" in names:
            return None
    seen = next((name for magic, name in _MAGIC if data.startswith(magic)), "不认得的格式")
    return Problem(
        Source(file), None, seen, "unknown-format", "请用 WPS 打开后另存为 .xlsx 再放入，原件移出 inputs。"
    )


def _grid(file: str, sheet: Worksheet) -> Grid:
    rows: dict[int, dict[int, Value]] = {}
    for (
        row,
        column,
    ), cell in sheet._cells.items():  # the cells there are: a stray far cell makes no phantom rows
        value = None if isinstance(cell, MergedCell) else _value(cell.value)
        if value not in (None, ""):
            rows.setdefault(row, {})[column] = value
    lines = tuple(
        (number, tuple(cells.get(column) for column in range(1, max(cells) + 1)))
        for number, cells in sorted(rows.items())
    )
    return Grid(Source(file, sheet.title), lines, is_hidden=sheet.sheet_state != "visible")


def _value(value: object) -> Value:
    if value is None or isinstance(value, str | int | float | bool | datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    return str(value)
