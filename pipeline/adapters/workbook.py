"""Tables → workbooks that a clerk can filter and print, the same bytes for the same content."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a written table."""

    header: str
    """Its header text."""
    width: float
    """In characters of the default font."""


def write_table(
    path: Path, title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], at: datetime
) -> None:
    """A4 landscape, a title, the header frozen on screen and repeated on each page; memory flat.

    Every cell is text, so that long numbers keep their digits.

    :raises OSError: the disk refuses.
    """
    # Its temporary files hold what the table holds, so they stay in the same private folder.
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    book = xlsxwriter.Workbook(path, options)
    book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
    box = {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "num_format": "@"}
    head = book.add_format({**box, "font_name": "黑体", "font_size": 11})
    body = book.add_format({**box, "font_name": "仿宋_GB2312", "font_size": 11})
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", "", title)[:31])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)
    sheet.freeze_panes(2, 1)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
    sheet.set_row(0, 30)
    sheet.write_string(
        0, 0, title, book.add_format({"font_name": "方正小标宋简体", "font_size": 18, "valign": "vcenter"})
    )
    sheet.write_row(1, 0, [column.header for column in columns], head)
    count = 1
    for count, row in enumerate(rows, 2):
        for number, text in enumerate(row):
            if text:
                sheet.write_string(count, number, text, body)
            else:
                sheet.write_blank(count, number, None, body)
    sheet.autofilter(1, 0, count, len(columns) - 1)
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as fault:
        raise OSError(str(fault)) from fault
