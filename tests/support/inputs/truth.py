"""Twelve registrations and twelve applicants that nobody has, and whether what was read of them is right, or told.

Names say that they are made up; codes and ID numbers carry the region code 999999, which no place in China has.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.model import Problem, Source
from pipeline.domain.records.applicants import APPLICANTS as LISTS
from pipeline.domain.records.kinds import READERS
from pipeline.domain.records.registrations import REGISTRATIONS as EXPORTS
from pipeline.domain.tables.grid import Grid
from pipeline.domain.values.identity import check_sign
from pipeline.intake import Intake, gathered
from support.settings import SETTINGS

UNITS = (("01", "东村镇"), ("02", "普明镇"), ("03", "岚城镇"), ("04", "界河口镇"))
REGISTRATIONS = (
    "序号", "统一社会信用代码", "名称", "经营者", "身份证号", "联系电话", "成立日期", "注销日期", "登记状态", "引荐单位",
)  # fmt: skip
APPLICANTS = ("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
DAYS = ("成立日期", "注销日期")
"""Columns that hold a day or nothing."""
KEYS = {"registrations": "统一社会信用代码", "applicants": "身份证号"}
COMPARED = {
    "registrations": ("名称", "成立日期", "注销日期", "引荐单位"),
    "applicants": ("姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位"),
}
"""What must come out as it was written; a business's operator and phone are on no paper."""
TODAY = date(2022, 7, 1)
ESTABLISHED = (
    date(2022, 1, 1), date(1988, 7, 1), date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 1), date(2022, 3, 31),
    date(2022, 4, 30), date(2022, 5, 1), date(2022, 5, 31), date(2022, 6, 1), date(2022, 6, 15), date(2022, 6, 30),
)  # fmt: skip
"""The days at which a month or a year would change if they slipped, and one of a summer when clocks were put forward."""
CANCELLED = {2: date(2022, 6, 30), 3: date(2022, 6, 1)}
Cell = str | int | date | None
Line = Mapping[str, Cell]

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code(number: int) -> str:
    """A unified code of an individual business (GB 32100-2015)."""
    head = f"92999999MA0K{number:04d}X"
    total = sum(_SIGNS.index(sign) * weight for sign, weight in zip(head, _WEIGHTS, strict=True))
    return head + _SIGNS[-total % 31]


def id_number(number: int) -> str:
    """A citizen's ID number of somebody who is old enough."""
    head = f"999999{1970 + number % 30}{1 + number % 12:02d}{1 + number % 27:02d}{number * 7 % 1000:03d}"
    return head + check_sign(head)


def registrations(count: int = 12) -> list[dict[str, Cell]]:
    """Lines of a registration export, in the columns of :data:`REGISTRATIONS`."""
    return [
        {
            "序号": number, "统一社会信用代码": credit_code(number), "名称": f"编造{number}号店", "经营者": f"编造{_nth(number)}",
            "身份证号": id_number(number), "联系电话": 13800001000 + number, "成立日期": ESTABLISHED[(number - 1) % 12],
            "注销日期": CANCELLED.get(number), "登记状态": "注销" if number in CANCELLED else "存续",
            "引荐单位": UNITS[number % 4][1],
        }
        for number in range(1, count + 1)
    ]  # fmt: skip


def applicants(count: int = 12) -> list[dict[str, Cell]]:
    """Lines of a list of applicants, in the columns of :data:`APPLICANTS`."""
    return [
        {
            "序号": number, "姓名": f"编造{_nth(number)}", "身份证号": id_number(number), "联系方式": 13800001000 + number,
            "名称": f"编造{number}号小吃店", "主要经营": "小吃服务、日用百货", "经营地址": f"编造街{number}号（南）",
            "单位": UNITS[number % 4][1],
        }
        for number in range(1, count + 1)
    ]  # fmt: skip


def _nth(number: int) -> str:
    return "甲乙丙丁戊己庚辛壬癸子丑"[(number - 1) % 12]


@dataclass(frozen=True)
class Written:
    """A file that was written, and what it says."""

    file: str
    """Its path below ``inputs/``."""
    kind: str
    """``registrations`` or ``applicants``."""
    lines: Mapping[int, Line]
    """The number of the row, or the record, in which each line stands → what it says."""
    told_with: Mapping[int, frozenset[int]] | None = None
    """Row → further rows of the file at which a word is one on it, since a fault made one of them or it stands on another
    sheet; None: each is its own."""


@dataclass(frozen=True)
class Verdict:
    """How much of a file was read."""

    right: int
    """Lines of which every compared field is as it was written."""
    right_in: Mapping[str, int]
    """Compared field → lines in which it is as it was written."""
    unsaid: tuple[str, ...]
    """What is wrong, missing or too much without a word at its place; empty where nothing is silent."""


def read(files: Sequence[tuple[str, tuple[Grid, ...] | Problem]]) -> Intake:
    """What the product makes of files beside a roster and targets of four units."""
    return gathered([*_plan(), *files], SETTINGS, TODAY, READERS)


def _plan() -> Iterator[tuple[str, tuple[Grid, ...]]]:
    roster = [
        ("编号", "单位名称", "全称", "类别"),
        *((code, name, f"岚县{name}人民政府", "乡镇") for code, name in UNITS),
    ]
    targets = [("单位名称", "任务数"), *((name, 9) for _, name in UNITS)]
    for file, rows in (("单位名录.xlsx", roster), ("任务分解表.xlsx", targets)):
        yield file, (Grid(Source(file, "Sheet1"), tuple(enumerate(rows, 1))),)


def verdict(written: Written, intake: Intake) -> Verdict:
    """Hold what was read against what was written, line by line, field by field.

    What is wrong counts as told by a problem or a notice at its row that names its column or none, by one at the header
    of its column, and by a problem of the whole sheet or file; a notice about a whole sheet tells of its column only.
    """
    found = _read(written, intake)
    right_in = dict.fromkeys(COMPARED[written.kind], 0)
    right, unsaid = 0, []
    for row, line in written.lines.items():
        key = str(line[KEYS[written.kind]])
        got = found.pop(key, None)
        if got is None:
            unsaid += [] if _is_told(written, row, None, intake) else [f"第{row}行 {key}：没有读到"]
            continue
        wrong = {head: got[head] for head in right_in if got[head] != _comparable(head, line[head])}
        for head in right_in.keys() - wrong.keys():
            right_in[head] += 1
        right += not wrong
        for head, seen in wrong.items():
            if not _is_told(written, row, head, intake):
                unsaid.append(f"第{row}行 {head}：读成“{seen}”，应为“{line[head] or ''}”")
    unsaid += [f"多出来的：{key}" for key in found if not _is_told(written, 0, None, intake, key)]
    return Verdict(right, right_in, tuple(unsaid))


def _comparable(head: str, value: Cell) -> str:
    text = "" if value is None else re.sub(r"\s", "", str(value))
    return {name: code for code, name in UNITS}[text] if head in {"单位", "引荐单位"} else text


def _read(written: Written, intake: Intake) -> dict[str, dict[str, str]]:
    if written.kind == "registrations":
        return {
            each.uscc: {
                "名称": _comparable("名称", each.name), "成立日期": str(each.established or ""),
                "注销日期": str(each.cancelled or ""), "引荐单位": each.unit or "",
            }
            for each in intake.said(EXPORTS)
            if each.sources[0].file == written.file
        }  # fmt: skip
    return {
        who.id_no: {
            "姓名": _comparable("姓名", who.name), "身份证号": who.id_no, "联系方式": who.phone, "名称": _comparable("名称", who.business),
            "主要经营": _comparable("主要经营", who.scope), "经营地址": _comparable("经营地址", who.address), "单位": unit,
        }
        for unit, people in intake.said(LISTS).items()
        for who in people
        if who.source and who.source.file == written.file
    }  # fmt: skip


def _is_told(written: Written, row: int, head: str | None, intake: Intake, key: str = "") -> bool:
    rows = {row, *(written.told_with or {}).get(row, ())}
    rows |= {
        source.row
        for each in intake.said(EXPORTS)
        if key and each.uscc == key
        for source in each.sources
        if source.row
    }
    problems, header = set(intake.problems), min(written.lines) - 1
    for each in (*intake.problems, *intake.notices):
        if each.source.file != written.file:
            continue
        names_it = head is not None and each.column == head
        if each.source.row is None and (names_it or each in problems):
            return True
        if each.source.row == header and names_it:
            return True
        if each.source.row in rows and (names_it or head is None or not each.column):
            return True
    return False
