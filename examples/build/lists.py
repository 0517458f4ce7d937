"""Applicant lists of six units, in as many makes of file, with the dirt that passes."""

from dataclasses import replace
from datetime import date

from examples.build.county import Unit, units
from examples.build.files import Sheet, xls, xlsx
from examples.build.people import Maker, Person
from examples.build.texts import csv_text, web_page
from examples.build.workspace import Workspace

FOLDER = "培育对象名单"
WIDE = str.maketrans("0123456789Xx-", "０１２３４５６７８９Ｘｘ－")
"""Digits as an input method in full-width mode types them."""


def write_lists(workspace: Workspace, maker: Maker) -> dict[str, list[Person]]:
    """Write them; unit code → its applicants in the order in which letters are numbered."""
    found = {code: _people(maker, units()[code], count) for code, count in _COUNTS.items()}
    found["03"][2] = replace(found["03"][2], name="李𠮷祥")  # a hanzi beyond U+FFFF is printed too
    _town_with_titles(workspace, found["01"], maker)
    _town_by_folder(workspace, found["02"])
    _text_file(workspace, found["15"])
    _web_page(workspace, found["25"], maker)
    _sheet_for_each(workspace, found)
    return found


_COUNTS = {"01": 24, "02": 16, "03": 14, "05": 11, "15": 30, "25": 8}


def _people(maker: Maker, unit: Unit, count: int) -> list[Person]:
    trade = {"15": "货运部"}.get(unit.code)
    return [maker.person(unit.place, trade) for _ in range(count)]


def _town_with_titles(workspace: Workspace, people: list[Person], maker: Maker) -> None:
    """A title, a two-row header, one header again per page, a total, a footer; a column and a row hidden."""
    other = maker.person("东村镇")
    second = replace(people[3], business=other.business, scope=other.scope, address=other.address)
    people.insert(9, second)
    sheet = Sheet("5月")
    sheet.title("东村镇个体工商户培育对象名单", 8)
    sheet.title("填报单位：东村镇人民政府　　填报日期：2022年5月16日", 8)
    head = (("序号", "姓名", "身份证号", "联系方式", "拟办个体工商户", None, None, "备注（内部）"),
            (None, None, None, None, "名称", "主要经营", "经营地址", None))  # fmt: skip
    top = sheet.add(*head[0])
    sheet.add(*head[1])
    sheet.merged += [*[(top, column, top + 1, column) for column in (1, 2, 3, 4, 8)], (top, 5, top, 7)]
    sheet.hidden_columns.add(8)
    for number, who in enumerate(people, 1):
        if number == 15:
            sheet.add("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "备注（内部）")
        id_no, phone = who.id_no, who.phone
        if number % 6 == 0:
            id_no, phone = id_no.translate(WIDE), phone.translate(WIDE)
        elif number % 6 == 3:
            id_no, phone = f" {id_no[:6]} {id_no[6:14]} {id_no[14:]}", f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"
        sheet.record(number, who.name, id_no.lower(), phone, who.business, who.scope, who.address, "")
        if who is second:
            sheet.notice("second-business", "名称")
    sheet.hidden_rows.add(8)
    sheet.of_all("hidden-rows", "notice")
    sheet.add("合计", None, None, None, len(people))
    sheet.add("填报人：示例　　审核人：示例　　联系电话：0358-6720000")
    sheet.of_all("unit-by-place", "notice")
    workspace.put(f"{FOLDER}/东村镇培育对象名单.xlsx", xlsx(sheet), sheet, kind="applicants")


def _town_by_folder(workspace: Workspace, people: list[Person]) -> None:
    """An old .xls without titles, columns in another order, named by nothing but its folder; phones as numbers."""
    sheet = Sheet("Sheet1")
    sheet.add("姓 名", "联系电话", "身份证号码", "店名", "经营项目", "经营地点")
    for who in people:
        sheet.record(who.name, int(who.phone), who.id_no, who.business, who.scope, who.address)
    sheet.of_all("unit-by-place", "notice")
    workspace.put(f"{FOLDER}/普明镇/新建工作表.xls", xls(sheet), sheet, kind="applicants")


def _text_file(workspace: Workspace, people: list[Person]) -> None:
    """A GB18030 text file: numbers kept as text by a tab or an apostrophe, the unit under several names, a row twice."""
    sheet = Sheet()
    sheet.add("序号", "经营者姓名", "公民身份号码", "手机号", "字号名称", "主营业务", "住所", "责任单位")
    names = units()["15"].names
    for number, who in enumerate([*people, people[4]], 1):
        mark = "\t" if number % 2 else "'"
        name = names[number % len(names)]
        sheet.record(
            number, who.name, mark + who.id_no, who.phone, who.business, who.scope, who.address, name
        )
    sheet.notice("duplicate-applicant", "公民身份号码")
    workspace.put(f"{FOLDER}/交通局货运个体户名单.csv", csv_text(sheet), sheet, kind="applicants")


def _web_page(workspace: Workspace, people: list[Person], maker: Maker) -> None:
    """A web page under the name .xls; somebody has an ID number of the old kind, somebody is 77."""
    sheet = Sheet()
    header = ("序号", "申请人", "证件号码", "电话", "拟用名称", "经营范围", "经营场所", "引荐单位")
    sheet.title("县民政局个体工商户培育对象", len(header))
    sheet.add(*header)
    old = maker.id_no(date(1945, 3, 8))
    people[1] = replace(people[1], id_no=old)
    short = people[4].id_no[:6] + people[4].id_no[8:17]
    people[4] = replace(people[4], id_no=short)
    for number, who in enumerate(people, 1):
        sheet.record(number, *_fields(who), "县民政局")
        if who.id_no in {old, short}:
            sheet.notice("unusual-age" if who.id_no == old else "id-15-digits", "证件号码")
    workspace.put(f"{FOLDER}/民政局导出.xls", web_page(sheet), sheet, kind="applicants")


def _sheet_for_each(workspace: Workspace, found: dict[str, list[Person]]) -> None:
    """One workbook with a sheet for each town, and one that explains the form."""
    sheets = []
    for code in ("03", "05"):
        sheet = Sheet(units()[code].name)
        sheet.title("个体工商户培育对象名单", 7)
        sheet.add("序号", "姓名（必填）", "身份证号（18位）", "联系方式", "名称", "主要经营", "经营地址")
        for number, who in enumerate(found[code], 1):
            sheet.record(number, *_fields(who))
        for number in range(len(found[code]) + 1, len(found[code]) + 4):
            sheet.add(number)
        sheet.add(f"共计{len(found[code])}人")
        sheet.of_all("unit-by-place", "notice")
        sheets.append(sheet)
    remarks = Sheet("填表说明")
    remarks.add("1. 每人一行，身份证号按文本录入。")
    remarks.add("2. 每月25日前报专班办公室。")
    remarks.of_all("unknown-table", "notice")
    workspace.put(f"{FOLDER}/岚城上明汇总.xlsx", xlsx(*sheets, remarks), *sheets, remarks, kind="applicants")


def _fields(who: Person) -> tuple[str, str, str, str, str, str]:
    return who.name, who.id_no, who.phone, who.business, who.scope, who.address
