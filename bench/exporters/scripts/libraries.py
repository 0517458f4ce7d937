"""Libraries of Python that write tables; each function writes one table to a path, as the library's manual has it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from table import Table, joined

ZONE = "Asia/Shanghai"


def openpyxl(table: Table, path: Path, *, write_only: bool = False) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=write_only)
    sheet = book.create_sheet("名单") if write_only else book.active
    for line in table.lines:
        sheet.append(line)
    book.save(path)


def xlsxwriter(table: Table, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(table.lines):
            sheet.write_row(number, 0, line)


def xlwt(table: Table, path: Path) -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for number, line in enumerate(table.lines):
        for place, value in enumerate(line):
            is_day = number and table.head[place] in table.days
            sheet.write(number, place, value, *([day] if is_day else []))
    book.save(str(path))


def pyexcelerate(table: Table, path: Path) -> None:
    from pyexcelerate import Workbook

    book = Workbook()
    book.new_sheet("Sheet1", data=table.moments())
    book.save(str(path))


def rust_xlsxwriter(table: Table, path: Path) -> None:
    from rustpy_xlsxwriter import write_worksheet

    records = [dict(zip(table.head, line, strict=True)) for line in table.moments()[1:]]
    write_worksheet(records, str(path), sheet_name="Sheet1")


def pylightxl(table: Table, path: Path) -> None:
    import pylightxl

    book = pylightxl.Database()
    book.add_ws("Sheet1")
    for row, line in enumerate(table.texts, 1):
        for column, value in enumerate(line, 1):
            book.ws("Sheet1").update_index(row, column, value)
    pylightxl.writexl(book, str(path))


def _frame(table: Table, zone: str | None = None) -> Any:
    import pandas as pd

    frame = pd.DataFrame(table.columns())
    for head in table.days:
        frame[head] = pd.to_datetime(frame[head])
        if zone:
            frame[head] = frame[head].dt.tz_localize(ZONE).dt.tz_convert(zone)
    return frame


def pandas_excel(table: Table, path: Path, engine: str) -> None:
    _frame(table).to_excel(path, index=False, engine=engine)


def pandas_utc(table: Table, path: Path) -> None:
    """Moments kept in UTC; a cell has no zone, so the offset is cut off, as pandas demands."""
    frame = _frame(table, "UTC")
    for head in table.days:
        frame[head] = frame[head].dt.tz_localize(None)
    frame.to_excel(path, index=False)


def pandas_text(table: Table, path: Path, **options: Any) -> None:
    _frame(table, options.pop("zone", None)).to_csv(path, index=False, **options)


def pandas_html(table: Table, path: Path) -> None:
    _frame(table).to_html(path, index=False, encoding="utf-8")


def _polars(table: Table, zone: str | None = None) -> Any:
    import polars as pl

    frame = pl.DataFrame(table.columns())
    if zone:
        midnight = pl.col(table.days).cast(pl.Datetime).dt.replace_time_zone(ZONE)
        frame = frame.with_columns(midnight.dt.convert_time_zone(zone))
    return frame


def polars_excel(table: Table, path: Path) -> None:
    _polars(table).write_excel(path)


def polars_csv(table: Table, path: Path, zone: str | None = None) -> None:
    _polars(table, zone).write_csv(path, include_bom=True)


def tablib(table: Table, path: Path) -> None:
    import tablib

    made = tablib.Dataset(*table.rows, headers=table.head).export(path.suffix[1:])
    path.write_bytes(made if isinstance(made, bytes) else made.encode("utf-8-sig"))


def pyexcel(table: Table, path: Path, library: str) -> None:
    import pyexcel

    pyexcel.save_as(array=[["" if value is None else value for value in line] for line in table.lines],
                    dest_file_name=str(path), library=library)  # fmt: skip


def odswriter(table: Table, path: Path) -> None:
    import odswriter

    with path.open("wb") as file, odswriter.writer(file) as book:
        book.writerows(["" if value is None else value for value in line] for line in table.lines)


def odfpy(table: Table, path: Path) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table as Sheet
    from odf.table import TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    sheet = Sheet(name="Sheet1")
    for number, line in enumerate(table.lines):
        row = TableRow()
        for head, value in zip(table.head, line, strict=True):
            if number and head in table.days and value:
                cell = TableCell(valuetype="date", datevalue=value.isoformat())
            elif isinstance(value, int):
                cell = TableCell(valuetype="float", value=value)
            else:
                cell = TableCell(valuetype="string")
            if value is not None:
                cell.addElement(P(text=str(value)))
            row.addElement(cell)
        sheet.addElement(row)
    book.spreadsheet.addElement(sheet)
    book.save(str(path))


def by_csv(table: Table, path: Path, encoding: str, separator: str = ",") -> None:
    path.write_bytes(joined(table.texts, separator).encode(encoding))


EXPORTERS: list[tuple[str, str, str, Callable[[Table, Path], None]]] = [
    ("openpyxl", "xlsx", "一次写出", openpyxl),
    ("openpyxl", "xlsx", "write_only", partial(openpyxl, write_only=True)),
    ("XlsxWriter", "xlsx", "", xlsxwriter),
    ("PyExcelerate", "xlsx", "", pyexcelerate),
    ("rustpy-xlsxwriter", "xlsx", "", rust_xlsxwriter),
    ("pylightxl", "xlsx", "全是文字", pylightxl),
    ("xlwt", "xls", "", xlwt),
    ("pandas", "xlsx", "openpyxl", partial(pandas_excel, engine="openpyxl")),
    ("pandas", "xlsx", "xlsxwriter", partial(pandas_excel, engine="xlsxwriter")),
    ("pandas", "ods", "odf", partial(pandas_excel, engine="odf")),
    ("pandas", "xlsx", "时刻按 UTC", pandas_utc),
    ("pandas", "csv", "utf-8-sig", partial(pandas_text, encoding="utf-8-sig")),
    ("pandas", "csv", "gb18030", partial(pandas_text, encoding="gb18030")),
    ("pandas", "csv", "时刻带 +08:00", partial(pandas_text, encoding="utf-8-sig", zone=ZONE)),
    ("pandas", "html", "", pandas_html),
    ("polars", "xlsx", "", polars_excel),
    ("polars", "csv", "", polars_csv),
    ("polars", "csv", "时刻带 +0800", partial(polars_csv, zone=ZONE)),
    ("polars", "csv", "时刻按 UTC", partial(polars_csv, zone="UTC")),
    *(("tablib", kind, "", tablib) for kind in ("xlsx", "xls", "ods", "csv", "tsv", "html")),
    ("odfpy", "ods", "", odfpy),
    ("odswriter", "ods", "", odswriter),
    ("pyexcel-ods3", "ods", "", partial(pyexcel, library="pyexcel-ods3")),
    ("pyexcel-xls", "xls", "", partial(pyexcel, library="pyexcel-xls")),
    ("pyexcel-xlsx", "xlsx", "", partial(pyexcel, library="pyexcel-xlsx")),
    ("（标准库 csv）", "csv", "GBK，逗号", partial(by_csv, encoding="gbk")),
    ("（标准库 csv）", "csv", "UTF-16，制表符", partial(by_csv, encoding="utf-16", separator="\t")),
    ("（标准库 csv）", "csv", "UTF-8，分号", partial(by_csv, encoding="utf-8", separator=";")),
]
"""Package, suffix, how it was used, and the function that does it."""
