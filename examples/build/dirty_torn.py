"""Tables as they come out of text files, web pages and downloads: torn apart, shifted, locked or not there yet."""

from examples.build import dirty_exports as exports
from examples.build import dirty_lists as lists
from examples.build.dirty_exports import business
from examples.build.dirty_lists import applicant, numbered
from examples.build.files import Fault, Sheet, xls, xlsx
from examples.build.lock import protected
from examples.build.people import Maker
from examples.build.texts import Raw, csv_text, web_page
from examples.build.workspace import Workspace


def write_torn(workspace: Workspace, maker: Maker) -> None:
    """Write them."""
    commas, locked = _commas(maker), _with_counts(maker)
    workspace.put(f"{lists.FOLDER}/8 逗号.csv", csv_text(commas), commas, kind="applicants")
    workspace.put(f"{lists.FOLDER}/9 保护.xls", xls(locked, lock=protected), locked, kind="applicants")
    people = _people_of_two_tables(maker)
    workspace.put(f"{lists.FOLDER}/10 两张表.xls", web_page(*people), *people, kind="applicants")
    half = f"{lists.FOLDER}/11 名单.xlsx.crdownload"
    workspace.put(half, b"PK\x03\x04")
    workspace.plant(half, "half-downloaded", "notice")
    workspace.leave("desktop.ini", b"[.ShellClassInfo]\r\n")
    quoted = _quoted(maker)
    workspace.put(f"{exports.FOLDER}/7月.csv", csv_text(quoted), quoted, kind="registrations")
    pages = _header_of_its_own(maker)
    workspace.put(f"{exports.FOLDER}/8月.xls", web_page(*pages), *pages, kind="registrations")
    misplaced = _sorted_with_header(maker), _of_two_orders(maker), _as_above(maker)
    workspace.put(f"{lists.FOLDER}/12 次序.xlsx", xlsx(*misplaced), *misplaced, kind="applicants")


def _commas(maker: Maker) -> Sheet:
    """A text with a comma in it, with quotation marks around it and without."""
    sheet = Sheet()
    sheet.add(*lists.HEADER)
    numbered(sheet, applicant(maker) | {"主要经营": "零售,批发"})
    numbered(sheet, applicant(maker) | {"主要经营": Raw("零售,批发")})
    sheet.fault("ragged-row")
    numbered(sheet, applicant(maker))
    return sheet


def _with_counts(maker: Maker) -> Sheet:
    """Subtotals and totals as Excel and WPS call them, which are nobody, and a wrong number."""
    sheet = Sheet("名单")
    sheet.add(*lists.HEADER)
    numbered(sheet, applicant(maker))
    numbered(sheet, applicant(maker))
    sheet.add(None, None, None, None, 2, None, None, "东村镇 计数")
    wrong = applicant(maker)
    numbered(sheet, wrong | {"身份证号": lists.other_sign(wrong["身份证号"])})
    sheet.fault("id-checksum", "身份证号")
    sheet.add("汇总", None, None, None, 3)
    sheet.add(None, None, None, None, 3, None, None, "总计数")
    return sheet


def _people_of_two_tables(maker: Maker) -> tuple[Sheet, Sheet]:
    """What a browser does not show of a page, and below its table rows that lack the first column and a header."""
    sheet, lost = Sheet("表格1"), Sheet("表格2", is_lost=True)
    sheet.add(*lists.HEADER)
    hidden = Raw('<span style="display:none">不显示</span>小吃服务')
    chosen = Raw("<select><option>普明镇</option><option selected>东村镇</option></select>")
    numbered(sheet, applicant(maker) | {"主要经营": hidden})
    numbered(sheet, applicant(maker) | {"单位": chosen})
    for _ in range(3):
        lost.add(*applicant(maker).values())
    lost.of_all("headless-table")
    return sheet, lost


def _quoted(maker: Maker) -> Sheet:
    """Quotation marks of a name: in pairs they are part of it, alone nobody knows where the cell ends."""
    sheet = Sheet()
    sheet.add(*exports.HEADER)
    for name in ('"老味道"面馆', '"老味道', "", "", '面馆"', ""):
        values = business(maker)
        sheet.record(*(values | {exports.NAME: Raw(name or values[exports.NAME])}).values())
        if name.count('"') == 1:
            sheet.fault("ragged-row")
    return sheet


def _header_of_its_own(maker: Maker) -> tuple[Sheet, Sheet, Sheet]:
    """A page that scrolls: its header, its rows, and the rows' first columns, which stay in view, once more."""
    header, rows, fixed = Sheet("表格1"), Sheet("表格2"), Sheet("表格3")
    header.add(*exports.HEADER)
    header.of_all("continued-table", "notice")
    for _ in range(3):
        rows.record(*business(maker).values())
        fixed.add(*rows.lines[-1][:3])
    fixed.of_all("repeated-table", "notice")
    return header, rows, fixed


def _sorted_with_header(maker: Maker) -> Sheet:
    """The header was sorted along with the rows, and half of them now stand above it."""
    sheet = Sheet("排过序")
    for number in (1, 2, 3):
        sheet.add(number, *applicant(maker).values())
    sheet.faults.append(Fault(1, None, "rows-above-header", "problem"))
    sheet.add(*lists.HEADER)
    for number in (4, 5):
        sheet.record(number, *applicant(maker).values())
    return sheet


def _of_two_orders(maker: Maker) -> Sheet:
    """Two lists put together, the second with the address before the scope."""
    sheet = Sheet("两种次序")
    sheet.add(*lists.HEADER)
    for _ in range(2):
        numbered(sheet, applicant(maker))
    moved = ("姓名", "身份证号", "联系方式", "名称", "经营地址", "主要经营", "单位")
    sheet.add("序号", *moved)
    sheet.fault("moved-columns")
    for number in (3, 4):
        values = applicant(maker)
        sheet.add(number, *(values[column] for column in moved))
    return sheet


def _as_above(maker: Maker) -> Sheet:
    """An address that only points at the one above it, and a name that is too long because its Latin word is not broken."""
    sheet = Sheet("同上")
    sheet.add(*lists.HEADER)
    numbered(sheet, applicant(maker))
    numbered(sheet, applicant(maker) | {"经营地址": "同上"})
    sheet.fault("ditto-mark", "经营地址")
    numbered(sheet, applicant(maker) | {"名称": "岚县LanxianOrganicFarmhouse专卖店"})
    sheet.fault("too-long", "名称")
    return sheet
