"""Applicant lists in which good rows stand between bad ones."""

from collections.abc import Callable, Iterator
from dataclasses import astuple
from datetime import date
from typing import Any

from examples.build.files import Formula, Sheet, xls, xlsx
from examples.build.people import Maker, id_number
from examples.build.texts import csv_text, web_page
from examples.build.workspace import Workspace

FOLDER = "名单"
HEADER = ("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
Spoil = Callable[[Any], Any]
"""What a cell says → what it says instead."""
TOO_LONG = "岚县东村镇文明街与向阳路交叉口东北角农贸市场二期三号大厅A区十六排东侧第二十四至二十八号临街商铺以及后院库房（原供销社旧址）"


def write_lists(workspace: Workspace, maker: Maker) -> None:
    """Write them."""
    numbers = _spoiled(Sheet("Sheet1"), maker, _numbers(maker))
    workspace.put(f"{FOLDER}/1 号码.xlsx", xlsx(numbers), numbers, kind="applicants")
    cells = _spoiled(Sheet("东村"), maker, _CELLS)
    workspace.put(f"{FOLDER}/2 格子.xlsx", xlsx(cells), cells, kind="applicants")
    named = _spoiled(Sheet(), maker, _UNITS)
    workspace.put(f"{FOLDER}/3 单位.csv", csv_text(named), named, kind="applicants")
    twice = _twice(maker)
    workspace.put(f"{FOLDER}/4 重复.xls", xls(twice), twice, kind="applicants")
    page = _spoiled(Sheet(), maker, _ON_A_PAGE)
    workspace.put(f"{FOLDER}/5 网页.xls", web_page(page), page, kind="applicants")
    bare = _without_unit(maker)
    workspace.put(f"{FOLDER}/6 没有归属.xlsx", xlsx(bare), bare, kind="applicants")
    placed = _in_a_folder(maker)
    workspace.put(f"{FOLDER}/东村镇/新建表格.xlsx", xlsx(placed), placed, kind="applicants")


def applicant(maker: Maker, unit: str = "东村镇") -> dict[str, Any]:
    """A row of such a list without its number: column → what stands there."""
    return dict(zip(HEADER[1:], (*astuple(maker.person("东村镇")), unit), strict=True))


def numbered(sheet: Sheet, values: dict[str, Any]) -> None:
    """Put it down, numbered."""
    sheet.record(len(sheet.records) + 1, *values.values())


def _spoiled(sheet: Sheet, maker: Maker, faults: Any) -> Sheet:
    """A header, then for each fault a good row and a bad one."""
    sheet.add(*HEADER)
    for column, spoil, code, *severity in faults:
        numbered(sheet, applicant(maker))
        values = applicant(maker)
        values[column] = spoil(values[column]) if callable(spoil) else spoil
        numbered(sheet, values)
        sheet.fault(code, column, *severity)
    return sheet


def _numbers(maker: Maker) -> Iterator[tuple[Any, ...]]:
    id_no, phone = "身份证号", "联系方式"
    yield id_no, other_sign, "id-checksum"
    yield id_no, lambda text: text[:17], "id-length"
    yield id_no, lambda text: text[:6] + text[6:].replace("1", "l", 1), "id-character"
    yield id_no, id_number("99999919901301123"), "id-date"
    yield id_no, lambda text: float(text[:17] + "0"), "digits-lost"
    yield id_no, "9.99999E+17", "digits-lost"
    yield id_no, _ending_in_000(is_right=False), "digits-lost"
    yield id_no, _ending_in_000(is_right=True), "digits-lost", "notice"
    yield id_no, maker.id_no(date(2012, 5, 1)), "too-young"
    yield id_no, maker.id_no(date(1940, 5, 1)), "unusual-age", "notice"
    yield id_no, lambda text: text[:6] + text[8:17], "id-15-digits", "notice"
    yield phone, "1540000123", "bad-phone"
    yield phone, "154000012345", "bad-phone"
    yield phone, 3586720000, "bad-phone"
    yield phone, "打不通", "bad-phone"
    yield phone, "15400001234和15400005678", "bad-phone"


def other_sign(id_no: str) -> str:
    """The number with a check sign that is not its own."""
    return id_no[:17] + ("0" if id_no[17] != "0" else "1")


def _ending_in_000(*, is_right: bool) -> str:
    found = (f"99999919{year}0203100" for year in range(60, 99))
    return next(digits + "0" for digits in found if (id_number(digits)[17] == "0") is is_right)


_CELLS = (
    ("姓名", None, "empty-cell"),
    ("姓名", " \u3000 ", "empty-cell"),
    ("身份证号", None, "empty-cell"),
    ("联系方式", None, "empty-cell"),
    ("名称", None, "empty-cell"),
    ("主要经营", None, "empty-cell"),
    ("经营地址", None, "empty-cell"),
    ("姓名", "王\x07小明", "control-character"),
    ("经营地址", "岚县东村镇\ufffd\ufffd街3号", "control-character"),
    ("姓名", "王\ue000明", "no-glyph"),
    ("名称", date(2022, 3, 8), "not-text"),
    ("主要经营", True, "not-text"),
    ("名称", Formula("=VLOOKUP(B2,名册!A:C,3,0)", "#N/A"), "error-value"),
    ("联系方式", Formula("=1/0", "#DIV/0!"), "error-value"),
    ("主要经营", Formula("=F2"), "no-cached-value"),
    ("身份证号", Formula("=C2"), "no-cached-value"),
    ("经营地址", TOO_LONG, "too-long"),
    ("名称", "岚县东村镇小明商贸有限公司", "company-name", "notice"),
    ("单位", "东村真", "unknown-unit"),
)
_UNITS = (
    ("单位", "东林镇", "unknown-unit"),
    ("单位", "农业", "unknown-unit"),
    ("单位", "县水利局", "unit-without-share"),
    ("单位", "", "empty-cell"),
    ("身份证号", "9.99999E+17", "digits-lost"),
    ("身份证号", other_sign, "id-checksum"),
    ("联系方式", "", "empty-cell"),
)
_ON_A_PAGE = (
    ("身份证号", other_sign, "id-checksum"),
    ("联系方式", "无", "bad-phone"),
    ("名称", "", "empty-cell"),
    ("单位", "东村街道", "unknown-unit"),
)


def _twice(maker: Maker) -> Sheet:
    """People who stand in it twice, in one way or another, and totals that do not agree."""
    sheet = Sheet("名单")
    sheet.add(*HEADER)
    first = [applicant(maker) for _ in range(4)]
    for values, code in zip(first, ("duplicate-applicant", "same-id", None, None), strict=True):
        numbered(sheet, values)
        if code:  # what another row says differently puts this one in doubt too
            sheet.fault(code, "身份证号")
    sheet.add("小计", None, None, None, 4)
    numbered(sheet, first[0] | {"联系方式": maker.phone()})
    sheet.fault("duplicate-applicant", "身份证号")
    numbered(sheet, applicant(maker) | {"身份证号": first[1]["身份证号"]})
    sheet.fault("same-id", "身份证号")
    numbered(sheet, first[2])
    sheet.notice("duplicate-applicant", "身份证号")
    numbered(sheet, first[3] | {"名称": "岚县东村镇另一家小吃店"})
    sheet.notice("second-business", "名称")
    numbered(sheet, first[1] | {"单位": "普明镇"})
    sheet.fault("duplicate-applicant", "身份证号")
    sheet.add("小计", None, None, None, 6)
    sheet.fault("wrong-total")
    sheet.add("合计12人")
    sheet.fault("wrong-total")
    return sheet


def _without_unit(maker: Maker) -> Sheet:
    """Neither a column nor a name says whose people they are."""
    sheet = Sheet("Sheet1")
    sheet.add(*HEADER[:-1])
    for _ in range(2):
        sheet.record(len(sheet.records) + 1, *list(applicant(maker).values())[:-1])
        sheet.fault("empty-cell")
    return sheet


def _in_a_folder(maker: Maker) -> Sheet:
    """Only the folder says whose people they are; somebody's number is wrong."""
    sheet = Sheet("Sheet1")
    sheet.of_all("unit-by-place", "notice")
    sheet.add(*HEADER[:-1])
    for wrong in (False, True, False):
        values = applicant(maker)
        del values["单位"]
        if wrong:
            values["身份证号"] = other_sign(values["身份证号"])
        numbered(sheet, values)
        if wrong:
            sheet.fault("id-checksum", "身份证号")
    return sheet
