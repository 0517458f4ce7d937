"""Days that a program kept by another clock come out of every make of file as the days that were meant, and are told."""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import pytest
import xlsxwriter
import xlwt
from stdnum.cn import uscc
from support.inputs.makes import ods_by_hand, unpacked, xlsx_by_hand
from support.settings import SETTINGS

from pipeline.adapters.sheet import read_sheets
from pipeline.domain.records.kinds import READERS
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.intake import Intake, gathered

DAYS = [date(2022, 6, 1), date(1988, 6, 1), date(2022, 1, 1), date(2022, 6, 30)]
HEADER = ("统一社会信用代码", "名称", "成立日期")
Rows = Sequence[tuple[str, str, datetime]]


def code(number: int) -> str:
    digits = f"92999999MA{number:07d}"
    return digits + uscc.calc_check_digit(digits)


def by_xlsxwriter(rows: Rows) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    style = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADER)
    for number, (text, name, moment) in enumerate(rows, 1):
        sheet.write_row(number, 0, (text, name))
        sheet.write_datetime(number, 2, moment, style)
    book.close()
    return buffer.getvalue()


def by_xlwt(rows: Rows) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for number, row in enumerate([HEADER, *rows]):
        for column, value in enumerate(row):
            style = xlwt.easyxf(num_format_str="yyyy-mm-dd" if isinstance(value, datetime) else "General")
            sheet.write(number, column, value, style)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def in_iso_cells(rows: Rows) -> bytes:
    """As SheetJS writes them with ``cellDates``: by the local clock, and a Z all the same."""
    lines = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts) + last + "</row>"
        for *texts, last in [
            (*HEADER, ""),
            *((text, name, f'<c t="d"><v>{moment.isoformat()}.000Z</v></c>') for text, name, moment in rows),
        ]
    )
    return xlsx_by_hand(lines)


def _ods_rows(rows: Rows) -> str:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    moment = '<table:table-cell office:value-type="date" office:date-value="{}"/>'
    lines = [
        "".join(map(cell.format, HEADER)),
        *(
            "".join((cell.format(row[0]), cell.format(row[1]), moment.format(row[2].isoformat())))
            for row in rows
        ),
    ]
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    return f'<table:table table:name="表">{body}</table:table>'


def by_xml_2003(rows: Rows) -> bytes:
    cell = '<Cell><Data ss:Type="{}">{}</Data></Cell>'
    lines = [
        "".join(cell.format("String", text) for text in HEADER),
        *(
            cell.format("String", row[0]) + cell.format("String", row[1]) + cell.format("DateTime", f"{row[2].isoformat()}.000")
            for row in rows
        ),
    ]  # fmt: skip
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table>'
        f"{''.join(f'<Row>{line}</Row>' for line in lines)}</Table></Worksheet></Workbook>"
    ).encode()


def in_flat_xml(rows: Rows) -> bytes:
    content = unpacked(ods_by_hand(_ods_rows(rows)))["content.xml"].decode()
    return content.replace("office:document-content", "office:document").encode()


def in_csv(rows: Rows) -> bytes:
    return "\r\n".join(",".join(map(str, row)) for row in [HEADER, *rows]).encode("gb18030")


def in_html(rows: Rows) -> bytes:
    lines = ["".join(f"<td>{value}</td>" for value in row) for row in [HEADER, *rows]]
    return f"<html><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></html>".encode()


MAKES: dict[str, Callable[[Rows], bytes]] = {
    "xlsx": by_xlsxwriter, "xlsx with ISO cells": in_iso_cells, "xls": by_xlwt, "fods": in_flat_xml,
    "ods": lambda rows: ods_by_hand(_ods_rows(rows)), "XML 2003": by_xml_2003, "CSV": in_csv, "HTML": in_html,
}  # fmt: skip


def read(make: str, moments: Sequence[datetime]) -> Intake:
    data = MAKES[make]([(code(number), f"某店{number}", moment) for number, moment in enumerate(moments)])
    return gathered([("登记", read_sheets("登记", data))], SETTINGS, date(2022, 12, 31), READERS)


def established(intake: Intake) -> list[date | None]:
    return [business.established for business in intake.said(REGISTRATIONS)]


def midnights(early: Callable[[date], timedelta]) -> list[datetime]:
    return [datetime(day.year, day.month, day.day) - early(day) for day in DAYS]


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize("seconds", [0, 43])
def test_midnights_kept_as_utc_are_the_days_that_were_meant(make: str, seconds: int) -> None:
    found = read(make, midnights(lambda day: timedelta(hours=9 if day.year == 1988 else 8, seconds=seconds)))
    assert established(found) == DAYS and [notice.code for notice in found.notices] == ["shifted-days"]


@pytest.mark.parametrize("make", MAKES)
def test_midnights_43_seconds_early_are_the_days_that_were_meant(make: str) -> None:
    found = read(make, midnights(lambda _: timedelta(seconds=43)))
    assert established(found) == DAYS and [notice.code for notice in found.notices] == ["shifted-days"]


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize(
    "clock", [timedelta(), timedelta(seconds=-43), timedelta(hours=-23, minutes=-59, seconds=-59)]
)
def test_midnights_and_ends_of_the_day_stay(make: str, clock: timedelta) -> None:
    found = read(make, midnights(lambda _: clock))
    assert established(found) == DAYS and found.notices == ()


@pytest.mark.parametrize("make", MAKES)
def test_hours_of_work_stay_though_one_is_four_o_clock(make: str) -> None:
    hours = [
        timedelta(hours=-9, minutes=-12),
        timedelta(hours=-16),
        timedelta(hours=-14, seconds=-1),
        timedelta(hours=-16),
    ]
    found = read(
        make, [moment - hour for moment, hour in zip(midnights(lambda _: timedelta()), hours, strict=True)]
    )
    assert established(found) == DAYS and found.notices == ()
