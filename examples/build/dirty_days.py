"""Exports whose days were moved by a program, or leave open which day they are."""

from datetime import date, datetime
from typing import Any

from examples.build.dirty_exports import CLOSED, FOLDER, HEADER, OPENED, UNIT, business
from examples.build.dirty_seen import EMBEDDED
from examples.build.files import Sheet, xlsx
from examples.build.people import Maker
from examples.build.workspace import Workspace


def write_days(workspace: Workspace, maker: Maker) -> None:
    """Write them."""
    sheets = _shifted(maker), _some_shifted(maker), _two_days(maker)
    workspace.put(f"{FOLDER}/6月.xlsx", xlsx(*sheets), *sheets, kind="registrations")


def _shifted(maker: Maker) -> Sheet:
    """Every midnight is eight hours early, and so on the day before."""
    sheet = Sheet("早了八小时")
    sheet.add(*HEADER)
    sheet.notice("shifted-days", OPENED)
    for day in (1, 8, 15, 30):
        _record(sheet, maker, {OPENED: datetime(2022, 5, day, 16)})  # noqa: DTZ001 - a sheet's days have no zone
    return sheet


def _some_shifted(maker: Maker) -> Sheet:
    """Two midnights are; below them days that nobody can be sure of, and words for no day, which say nothing wrong."""
    sheet = Sheet("个别早了")
    sheet.add(*HEADER)
    sheet.notice("doubtful-days", OPENED)
    for hour in (0, 16, 0, 16, 0):
        _record(sheet, maker, {OPENED: datetime(2022, 6, 3, hour)})  # noqa: DTZ001
    for unclear in ("13/05/22", "2022年5月7日 星期日"):
        _record(sheet, maker, {OPENED: unclear})
        sheet.fault("bad-date", OPENED)
    for nothing in ("NaT", "1970-01-01 08:00:00", datetime(1970, 1, 1, 8)):  # noqa: DTZ001
        _record(sheet, maker, {CLOSED: nothing})
    _record(sheet, maker, {UNIT: f"东村镇{EMBEDDED}"})
    return sheet


def _two_days(maker: Maker) -> Sheet:
    """Two columns of the same day, which in one row is not the same."""
    sheet, other = Sheet("两列日期"), "注册日期"
    sheet.add(*HEADER, other)
    for day in (date(2022, 6, 6), date(2022, 6, 7)):
        _record(sheet, maker, {OPENED: date(2022, 6, 6), other: day})
    sheet.notice("two-columns", other)
    return sheet


def _record(sheet: Sheet, maker: Maker, changed: dict[str, Any]) -> None:
    sheet.record(*(business(maker) | changed).values())
