"""Files that cannot be read at all, or whose tables are of no kind."""

import base64
import io
import random
import struct
import zipfile

from examples.build.files import Sheet, repacked, xls, xlsx
from examples.build.lock import with_password
from examples.build.people import Maker
from examples.build.workspace import Workspace

FOLDER = "打不开的"
NO_KIND = "看不懂的"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""One point."""
OUTSIDE = (
    b'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>\n'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>&e;</Data></Cell>'
    b"</Row></Table></Worksheet></Workbook>\n"
)
"""A table that asks for a file of the reader's machine."""
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def write_files(workspace: Workspace, maker: Maker) -> None:
    """Write them."""
    table = Sheet("名单")
    table.add("姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
    for _ in range(40):
        who = maker.person("东村镇")
        table.record(who.name, who.id_no, who.phone, who.business, who.scope, who.address, "东村镇")
    whole, old = xlsx(table), xls(table)
    stored = _stored(whole)
    unreadable = {
        "加了密码.xlsx": (_encrypted_package(), "encrypted-file"),
        "加了密码.xls": (_encrypted_workbook(), "encrypted-file"),
        "没有复制完.xlsx": (stored[: len(stored) * 2 // 3], "broken-file"),
        "没有复制完.xls": (old[: len(old) // 2], "broken-file"),
        "零字节.xlsx": (b"", "empty-file"),
        "空白.xlsx": (xlsx(Sheet()), "empty-file"),
        "照片.xlsx": (PICTURE, "unknown-format"),
        "通知.docx": (_letter(), "unknown-format"),
        "通知.xls": (PAPER, "unknown-format"),
        "夹带实体.xls": (OUTSIDE, "broken-file"),
        "大得不正常.xlsx": (_bomb(whole), "too-big"),
    }
    for name, (data, code) in unreadable.items():
        workspace.put(f"{FOLDER}/{name}", data)
        workspace.plant(f"{FOLDER}/{name}", code)
    _write_of_no_kind(workspace)


def _write_of_no_kind(workspace: Workspace) -> None:
    pay = Sheet("Sheet1")
    pay.add("月份", "工资", "奖金")
    pay.add("5月", 4200, 300)
    pay.of_all("unknown-table")
    workspace.put(f"{NO_KIND}/工资表.xlsx", xlsx(pay), pay)
    text = Sheet()
    text.add("各乡镇：请于25日前报名单。")
    text.of_all("unknown-table")
    workspace.put(f"{NO_KIND}/通知.txt", text.lines[0][0].encode("gb18030"), text)
    header = ("姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
    lacking = Sheet("缺电话")
    lacking.add(*(word for word in header if word != "联系方式"))
    lacking.of_all("unknown-table")
    twice = Sheet("两列名称")
    twice.title("东村镇培育对象名单", 8)
    twice.add(*header, "名称")
    twice.fault("duplicate-column", "名称")
    between = Sheet("名单还是登记数据")
    between.add(*header, "成立日期")
    between.fault("unclear-table")
    sheets = (lacking, twice, between)
    for sheet in sheets:
        sheet.add("王示例", "", "", "示例小吃店", "小吃服务", "东村镇", "东村镇")
    workspace.put(f"{NO_KIND}/表头.xlsx", xlsx(*sheets), *sheets)


def _stored(data: bytes) -> bytes:
    """A zip package whose parts are not compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, entry.date_time), old.read(entry))
    return target.getvalue()


def _bomb(data: bytes) -> bytes:
    """A small workbook that unpacks to 40 MB of blanks."""

    def blown_up(name: str, part: bytes) -> bytes:
        is_sheet = name == "xl/worksheets/sheet1.xml"
        return part.replace(b"<sheetData>", b"<sheetData>" + b" " * 40_000_000) if is_sheet else part

    return repacked(data, blown_up)


def _letter() -> bytes:
    """A Word document of one line."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>通知</w:t></w:r></w:p></w:body></w:document>",
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name), text)
    return target.getvalue()


def _encrypted_workbook() -> bytes:
    """An .xls whose stream says, as its second record, that what follows is encrypted."""
    password = struct.pack("<HHH", 1, 1, 1) + _noise(48)
    return xls(Sheet(), lock=lambda stream: with_password(stream, password))


def _encrypted_package() -> bytes:
    """What Excel makes of a workbook with a password: an OLE2 file with two streams (MS-OFFCRYPTO 2.3)."""
    streams = {
        "EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + _noise(4088),
        "EncryptedPackage": _noise(8192),
    }
    sector, free, end = 512, 0xFFFFFFFF, 0xFFFFFFFE
    no = free
    chains, starts, body = [0xFFFFFFFD, end], {}, b""  # sector 0 holds these, sector 1 the directory
    for name, data in streams.items():
        starts[name] = len(chains)
        count = len(data) // sector
        chains += [*range(len(chains) + 1, len(chains) + count), end]
        body += data
    chains += [free] * (sector // 4 - len(chains))
    head = struct.pack("<8s16x5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I109I", 0, 1, 1, 0, 4096, end, 0, end, 0, 0, *[free] * 108)
    folder = _entry("Root Entry", 5, no, no, 1, end, 0)
    folder += _entry("EncryptionInfo", 2, 2, no, no, starts["EncryptionInfo"], len(streams["EncryptionInfo"]))
    folder += _entry(
        "EncryptedPackage", 2, no, no, no, starts["EncryptedPackage"], len(streams["EncryptedPackage"])
    )
    folder += bytes(128)
    return head + struct.pack(f"<{sector // 4}I", *chains) + folder + body


def _entry(name: str, kind: int, left: int, right: int, child: int, start: int, size: int) -> bytes:
    """A directory entry of an OLE2 file."""
    text = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", text, len(text) + 2, kind, 1, left, right, child, start, size)


def _noise(count: int) -> bytes:
    return random.Random(count).randbytes(count)  # noqa: S311 - stands for a secret, is none
