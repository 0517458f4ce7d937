"""Registration exports of six months, each in another make of file, with the dirt that passes."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from examples.build import industries
from examples.build.files import Sheet, repacked, xls, xlsx
from examples.build.people import Maker
from examples.build.story import Business
from examples.build.texts import csv_text, web_page
from examples.build.workspace import Workspace

FOLDER = "登记数据"
HEADER = (
    "统一社会信用代码", "名称", "经营者", "身份证号", "经营范围", "经营场所", "成立日期", "核准日期", "登记状态", "注销日期", "管辖单位",
    "联系电话", "介绍信编号", "引荐单位",
)  # fmt: skip
CODES = (
    "UNISCID", "ENTNAME", "NAME", "CERNO", "OPSCOPE", "OPLOC", "ESTDATE", "APPRDATE", "REGSTATE", "CANDATE", "LOCALADM", "TEL",
    "介绍信编号", "引荐单位",
)  # fmt: skip
LIVING, CLOSED, REVOKED = "存续（在营、开业、在册）", "注销", "吊销，未注销"
CODED = (*HEADER, *industries.HEADER)
"""With what the registry has coded, last."""
STATES = {LIVING: "1", REVOKED: "2", CLOSED: "4"}
Day = Callable[[date], Any]
"""How an export writes a day."""


def write_exports(workspace: Workspace, maker: Maker, businesses: Sequence[Business]) -> None:
    """Write the exports of January to June."""
    rows: dict[int, list[tuple[date, Business]]] = {month: [] for month in range(1, 8)}
    for business in businesses:
        if business.established.year == 2022:
            rows[7 if business.is_late else business.established.month].append(
                (business.established, business)
            )
        for day in (*business.changed, *([business.cancelled] if business.cancelled else [])):
            rows[day.month].append((day, business))
    for entries in rows.values():
        entries.sort(key=lambda entry: (entry[0], entry[1].code))

    january = _plain(Sheet("个体工商户登记"), rows[1], _as_date)
    workspace.put(f"{FOLDER}/2022年1月.xlsx", xlsx(january, from_1904=True), january, kind="registrations")

    february = Sheet("查询结果")
    february.title("岚县2月份个体工商户登记情况", len(CODED))
    february.add("导出时间：2022-03-01 08:30:00")
    _plain(february, rows[2], _as_date)
    workspace.put(f"{FOLDER}/2022年2月.xls", xls(february), february, kind="registrations")

    march = _plain(Sheet(), rows[3], lambda day: _written(maker, day), mark="\t")
    workspace.put(f"{FOLDER}/2022年3月.csv", csv_text(march), march, kind="registrations")

    april = Sheet()
    april.title("个体工商户登记信息（2022年4月）", len(CODED))
    _plain(april, rows[4], lambda day: f"{day:%Y-%m-%d} 00:00:00")
    workspace.put(f"{FOLDER}/2022年4月.xls", web_page(april), april, kind="registrations")

    may = Sheet("SQL Results")
    may.add(*CODES, *industries.CODES)
    for day, business in rows[5]:
        values = _row(day, business, lambda day: int(f"{day:%Y%m%d}"))
        values[8] = STATES[values[8]]
        _record(may, values, business, "UNISCID")
    workspace.put(
        f"{FOLDER}/2022年5月（系统导出）.xlsx", repacked(xlsx(may), _of_one_cell), may, kind="registrations"
    )

    june, late = _june(rows[6], maker), _plain(Sheet("补录1至4月"), rows[7], _as_date)
    words = Sheet("代码表", is_hidden=True)
    for code, word in (("代码", "含义"), ("1", "存续"), ("4", "注销")):
        words.add(code, word)
    words.of_all("hidden-sheet", "notice")
    workspace.put(
        f"{FOLDER}/2022年6月.xlsx", xlsx(june, late, words), june, late, words, kind="registrations"
    )


def _plain(sheet: Sheet, rows: Sequence[tuple[date, Business]], written: Day, mark: str = "") -> Sheet:
    """A header and its rows.

    :param mark: before an ID number, to make it text.
    """
    sheet.add(*CODED)
    for day, business in rows:
        values = _row(day, business, written)
        values[3] = mark + values[3]
        _record(sheet, values, business, HEADER[0])
    return sheet


def _june(rows: Sequence[tuple[date, Business]], maker: Maker) -> Sheet:
    """As a clerk makes it pretty: title, group titles over the columns, a header again per page, totals, a footer."""
    sheet = Sheet("6月")
    width = len(CODED) + 1
    sheet.title("岚县2022年6月份个体工商户登记台账", width)
    sheet.title("统计时间：2022年6月1日—6月30日", width)
    groups = ("序号", *HEADER[:2], "经营者信息", None, *HEADER[4:6], "日期", None, *CODED[8:])
    below = (
        None,
        None,
        None,
        "姓名",
        "身份证号",
        None,
        None,
        "成立日期",
        "核准日期",
        *[None] * (len(CODED) - 8),
    )
    top = sheet.add(*groups)
    sheet.add(*below)
    sheet.merged += [(top, 4, top, 5), (top, 8, top, 9)]
    sheet.merged += [(top, place, top + 1, place) for place, word in enumerate(below, 1) if word is None]
    for number, (day, business) in enumerate(rows, 1):
        if number > 1 and number % 60 == 1:
            sheet.add("序号", *CODED)
        values = _row(day, business, lambda day: _written(maker, day))
        values[3] = values[3].lower()
        _record(sheet, [number, *values], business, HEADER[0])
    sheet.add("合计", f"{len(rows)}户")
    sheet.add("制表人：示例", None, None, None, None, "审核人：示例")
    return sheet


def _row(day: date, business: Business, written: Day) -> list[Any]:
    """A business as an export of that day has it."""
    who = business.who
    closed = business.cancelled if business.cancelled and day >= business.cancelled else None
    state = CLOSED if closed else REVOKED if business.is_revoked else LIVING
    known = day < business.established or not business.changed or day >= business.changed[0]
    return [
        business.code, who.business, who.name, who.id_no, who.scope, who.address, written(business.established),
        written(day), state, written(closed) if closed else None, _station(who.address),
        who.phone, business.letter if known else None, business.declared, *industries.coded(business),
    ]  # fmt: skip


def _station(address: str) -> str:
    place = re.match("岚县(.+?)[镇乡]", address)
    return f"{place[1] if place else '城关'}市场监督管理所"


def _record(sheet: Sheet, values: list[Any], business: Business, code: str) -> None:
    if business.counts:
        sheet.record(*values)
    else:
        sheet.add(*values)
        sheet.notice("not-individual", code)


def _of_one_cell(_: str, part: bytes) -> bytes:
    """A sheet that says of itself that it has one cell, as those of many systems do."""
    return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', part)


def _as_date(day: date) -> date:
    return day


def _written(maker: Maker, day: date) -> str | date:
    """A day in one of the ways in which people type it."""
    year, month, number = day.year, day.month, day.day
    return maker.chance.choice(
        (f"{day:%Y-%m-%d}", f"{year}/{month}/{number}", f"{year}.{month}.{number}", f"{year}年{month}月{number}日",
         f"{day:%Y%m%d}", f"{year}．{month}．{number}", f"{day:%Y-%m-%d} 00:00:00", f"{year % 100}.{month}.{number}")
    )  # fmt: skip
