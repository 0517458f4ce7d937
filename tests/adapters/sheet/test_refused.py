"""Files that are no table, are damaged, or were made to do harm: one problem that says what to do, soon and cheaply."""

import io
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from time import process_time

import pytest
from docx import Document
from support.inputs import makes

from pipeline.adapters.sheet import read_sheets
from pipeline.domain.model import Problem, Source


def problem(data: bytes) -> Problem:
    found = read_sheets("甲.xlsx", data)
    assert isinstance(found, Problem), found
    assert found.source == Source("甲.xlsx")
    assert "。" in found.advice and "请" in found.advice
    return found


def docx() -> bytes:
    buffer = io.BytesIO()
    Document().save(buffer)
    return buffer.getvalue()


def odt() -> bytes:
    return makes.packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})


def relation(target: str) -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    text = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{office}" Target="{target}"/></Relationships>'
    )
    return makes.packed({"_rels/.rels": text, target: "x"})


@pytest.mark.parametrize(
    "data, seen, do",
    [
        (b"%PDF-1.7\n", "PDF", "WPS"), (b"\x89PNG\r\n\x1a\n\0\0", "图片", "录入"), (b"\xff\xd8\xff\xe0\0", "图片", "录入"),
        (b"RIFF\0\0\0\0WEBP", "图片", "录入"), (b"\0\0\0\x18ftypheic", "图片", "录入"), (b"BM" + bytes(300), "图片", "录入"),
        (docx(), "Word", "复制"), (relation("ppt/presentation.xml"), "演示", "复制"), (odt(), "OpenDocument", "复制"),
        (relation("xl/workbook.bin"), "xlsb", "另存为"), (makes.packed({"a.xlsx": b"x"}), "压缩包", "解压"),
        (b"Rar!\x1a\x07\x01\0", "压缩包", "解压"), (b"7z\xbc\xaf\x27\x1c", "压缩包", "解压"), (b"\x1f\x8b\x08", "压缩包", "解压"),
        (makes.ole2(WordDocument=b""), "Word", "复制"), (makes.ole2(PowerPoint_Document=b""), "演示", "复制"),
        (makes.ole2(Contents=b""), "没有表格", "另存为"), (b"{\\rtf1", "Word", "复制"),
        (b"\0\1\0\0Standard Jet DB\0", "数据库", "导出"), (b"\0\1\0\0Standard ACE DB\0", "数据库", "导出"),
        (b"SQLite format 3\0", "数据库", "导出"), (bytes(range(256)) * 40, "不认得", "另存为"), (b"\x62\x14\x23\x65" + bytes(range(256)), "不认得", "解密"),
        (b"\0\0\0\x18ftypmp42", "视频", "移出"), (b"MZ\x90\0", "程序", "不要打开"), (b"L\0\0\0\1\x14\2\0", "快捷方式", "指向"),
        (makes.packed({"OFD.xml": "<a/>"}), "OFD", "转成"), (b"Received: from a\r\nSubject: b\r\n\r\nc", "邮件", "附件"), (b"BZh91AY", "压缩包", "解压"),
        ('{"code":500,"msg":"导出失败"}'.encode(), "网站的答复", "再导出"), ('[{"name": "甲"}]'.encode("gb18030"), "网站的答复", "再导出"),
        ("<html><body>请登录</body></html>".encode(), "网页", "重新登录"), (b"<html><body>x</body></html>", "网页", "另存为"), (b'<?xml version="1.0"?><uof:UOF xmlns:uof="a"/>', "XML", "另存为"),
    ],
)  # fmt: skip
def test_another_kind_of_file_is_named_with_what_to_do(data: bytes, seen: str, do: str) -> None:
    found = problem(data)
    assert found.code == "unknown-format"
    assert seen in found.seen and do in found.advice


def encrypted_zip() -> bytes:
    data = bytearray(makes.by_openpyxl())
    for mark, place in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 1)
    return bytes(data)


def biff8(*records: tuple[int, bytes]) -> bytes:
    bof = (0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    return b"".join(struct.pack("<HH", code, len(content)) + content for code, content in (bof, *records))


@pytest.mark.parametrize(
    "data",
    [
        makes.ole2(EncryptionInfo=b"", EncryptedPackage=b""),
        encrypted_zip(),
        biff8((0x002F, struct.pack("<HHHH", 1, 1, 1, 0) + bytes(48)), (0x000A, b"")),
        makes.ods_by_hand("", manifest='<m:file-entry><m:encryption-data m:checksum="x"/></m:file-entry>'),
    ],
    ids=["xlsx", "zip", "xls", "ods"],
)
def test_a_password_is_asked_to_be_taken_off(data: bytes) -> None:
    found = problem(data)
    assert found.code == "encrypted-file" and "去掉密码" in found.advice


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\r\n", b",,,\n,,\n", b"\xff\xfe"])
def test_a_file_without_a_single_cell_is_empty(data: bytes) -> None:
    assert problem(data).code == "empty-file"


@pytest.mark.parametrize(
    "data, seen",
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no table", "开头是 .xls 或有密码的文件的样子"),
        (b"PK\3\4 no table", "开头是 .xlsx 或压缩包的样子"),
    ],
)
def test_a_beginning_with_nothing_fit_behind_it_is_told_by_what_it_looks_like(data: bytes, seen: str) -> None:
    found = problem(data)
    assert found.code == "broken-file" and seen in found.seen
    assert found.advice.startswith("读不出表格") and "打不开的" in found.advice


WHOLE: dict[str, Callable[[], bytes]] = {
    "xlsx": makes.by_xlsxwriter,
    "xls": makes.by_xlwt,
    "ods": (makes.CALC / "名单.ods").read_bytes,
    "fods": (makes.CALC / "名单.fods").read_bytes,
    "XML 2003": makes.xml_2003,
    "HTML": lambda: makes.html_page().encode("gb18030"),
}


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9, 0.985])
@pytest.mark.parametrize("make", WHOLE)
def test_a_file_that_was_not_copied_to_its_end_is_never_read_in_part(make: str, share: float) -> None:
    whole = WHOLE[make]()
    found = read_sheets("甲", whole[: int(len(whole) * share)])
    if isinstance(found, Problem):
        assert found.code == "broken-file" or (make, share) == ("HTML", 0.1)
    else:
        assert found == read_sheets("甲", whole), "only padding may be missing"


def test_a_tail_of_zeros_is_a_copy_that_did_not_finish() -> None:
    assert problem("序号,单位\n1,东村镇\n".encode() * 300 + bytes(4096)).code == "broken-file"
    assert problem(bytes(5000)).code == "broken-file"


def test_text_that_is_utf_8_but_for_a_few_bytes_is_not_taken_for_gbk() -> None:
    data = ("单位,姓名\n" + "东村镇,张三\n" * 300).encode()
    assert problem(data[:500] + data[501:]).code == "broken-file"


DTD = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd"><!ENTITY c "cccccccccc">]>'


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"]
)
def test_no_document_type_in_a_workbook(part: str) -> None:
    parts = makes.unpacked(makes.xlsx_by_hand("<row><c><v>1</v></c></row>"))
    parts[part] = DTD.encode() + parts[part]
    assert "DTD" in problem(makes.packed(parts)).seen


@pytest.mark.parametrize(
    "data",
    [
        makes.ods_by_hand("<table:table/>", head=DTD),
        makes.xml_2003().replace(b"<Workbook", DTD.encode() + b"<Workbook"),
        (makes.CALC / "名单.fods")
        .read_bytes()
        .replace(b"<office:document ", DTD.encode() + b"<office:document "),
    ],
    ids=["ods", "XML 2003", "fods"],
)
def test_no_document_type_in_other_makes(data: bytes) -> None:
    assert "DTD" in problem(data).seen


@pytest.mark.parametrize("name", ["file:///etc/passwd", "http://127.0.0.1:1/a"])
def test_a_web_page_fetches_nothing(name: str) -> None:
    page = f'<!DOCTYPE html SYSTEM "{name}" [<!ENTITY b SYSTEM "{name}">]><html><table><tr><td>&b;x</td></tr></table>'
    found = read_sheets("甲", page.encode())
    assert isinstance(found, tuple) and "root" not in str(found)


def bomb(part: str, opening: bytes, filling: bytes, size: int) -> bytes:
    """A workbook one part of which goes on for ``size`` bytes."""
    parts = makes.unpacked(makes.xlsx_by_hand("<row><c><v>1</v></c></row>"))
    parts[part] = opening + filling * ((size - len(opening)) // len(filling))
    return makes.packed(parts)


def deflated(count: int) -> bytes:
    """``count`` million blanks, packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)) * count + b"\3\0"


@pytest.mark.parametrize("declared", [4_000_000_000, 900_000_000, 1_000])
def test_a_zip_bomb_of_10_mb_is_refused_soon_and_cheaply(declared: int) -> None:
    parts = makes.unpacked(makes.xlsx_by_hand("<row><c><v>1</v></c></row>"))
    name = "xl/worksheets/sheet1.xml"
    del parts[name]
    buffer = io.BytesIO(makes.packed(parts))
    packed = deflated(10_000)
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr(zipfile.ZipInfo(name), packed)
    data = bytearray(buffer.getvalue())
    assert 9_000_000 < len(data) < 13_000_000
    for mark, method, length in ((b"PK\3\4", 8, 22), (b"PK\1\2", 10, 24)):
        at = data.rfind(mark)
        data[at + method : at + method + 2] = struct.pack("<H", zipfile.ZIP_DEFLATED)
        data[at + length : at + length + 4] = struct.pack("<I", declared)
    script = (
        "import re, sys, time; from pathlib import Path; from pipeline.adapters.sheet import read_sheets; data = sys.stdin.buffer.read();"
        "begin = time.process_time(); found = read_sheets('a', data); took = time.process_time() - begin;"
        # ru_maxrss would count what the test's own process had when it started this one
        "print(found.code, took, re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], input=data, capture_output=True, check=True, timeout=60
    )
    told = run.stdout.split()
    assert told[0] == (b"too-big" if declared > 100_000_000 else b"broken-file")
    assert float(told[1]) < 2 and int(told[2]) < 200_000


HEAD = f'<worksheet xmlns="{makes.MAIN}"><sheetData>'.encode()
CELL = b'<row r="1"><c r="A1" t="inlineStr"><is><t>'


@pytest.mark.parametrize(
    "opening, filling",
    [
        (HEAD, b"<row/>"), (HEAD + b"<row>", b"<c/>"), (HEAD + CELL, b"x"), (HEAD, b"<a>"), (HEAD + b"<a b='", b"x"),
        (HEAD + b"<a ", b"b"), (HEAD + b"<!--", b"-x"), (HEAD + CELL + b"<![CDATA[", b"x"), (HEAD, b"<a xmlns:b='c'>"),
        (b"<sst>", b"<si/>"), (HEAD, b"&#65;"), (HEAD + b"</sheetData>", b"<mergeCell ref='A1:XFD1048576'/>"),
    ],
)  # fmt: skip
def test_endless_content_ends_soon(opening: bytes, filling: bytes) -> None:
    data = bomb("xl/worksheets/sheet1.xml", opening, filling, 6_000_000)
    begin = process_time()
    assert problem(data).code in {"broken-file", "too-big"}
    assert process_time() - begin < 6


def test_many_far_cells_do_not_fill_the_memory() -> None:
    rows = "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, 5000))
    assert problem(makes.xlsx_by_hand(rows)).code == "too-big"


def test_overlapping_merges_do_not_take_forever() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 2001))
    merged = '<mergeCell ref="A1:XFD1048576"/>' * 10_000
    assert problem(makes.xlsx_by_hand(rows, after=merged)).code == "too-big"


@pytest.mark.parametrize(
    "table",
    [
        '<table:table-row table:number-rows-repeated="1000000">' + '<table:table-cell office:value-type="float" office:value="1"/>' * 20
        + "</table:table-row>",
        ('<table:table-row><table:table-cell table:number-columns-repeated="1000000" office:value-type="float" office:value="1"/>'
        "</table:table-row>"),
        '<table:table-row table:number-rows-repeated="99999999999"/>',
        '<table:table-row table:number-rows-repeated="-5"/>',
        ('<table:table-row table:number-rows-repeated="1048576"/><table:table-row><table:table-cell office:value-type="float" '
        'office:value="1"/></table:table-row>'),
        '<table:table-row><table:table-cell><text:p>' + '<text:s text:c="900000"/>' * 3 + "x</text:p></table:table-cell></table:table-row>",
    ],
)  # fmt: skip
def test_repeats_in_ods_that_go_beyond_a_sheet(table: str) -> None:
    begin = process_time()
    assert problem(makes.ods_by_hand(f"<table:table>{table}</table:table>")).code in {
        "too-big",
        "broken-file",
    }
    assert process_time() - begin < 10


@pytest.mark.parametrize(
    "row",
    [
        "<td colspan=99999 rowspan=99999>a", "<td colspan=99999>a<td>b", "<td rowspan=65000 colspan=16000>a" * 50,
        "<td>" + "x" * 2_000_000, "<table><tr><td>" * 900 + "x" + "</table>" * 900, "<div>" * 5000 + "<td>x", "<td colspan=-1>a",
        "<td colspan=²>a", "<td rowspan=" + "9" * 5000 + ">a",
    ],
)  # fmt: skip
def test_web_pages_with_absurd_cells(row: str) -> None:
    begin = process_time()
    read_sheets("甲", f"<html><table><tr>{row}</table></html>".encode())
    assert process_time() - begin < 10


def test_entries_that_overlap_or_have_one_name() -> None:
    data = bytearray(makes.packed({"a": b"x" * 50, "b": b"y" * 50}))
    second = data.rfind(b"PK\1\2")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    assert problem(bytes(data)).code == "broken-file"


def test_a_directory_that_lies_about_sizes() -> None:
    data = bytearray(makes.xlsx_by_hand("<row><c><v>1</v></c></row>" * 100))
    at = data.find(b"PK\1\2")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 10)
        at = data.find(b"PK\1\2", at + 1)
    assert problem(bytes(data)).code == "broken-file"


def test_a_package_of_very_many_parts() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for number in range(20_001):
            package.writestr(str(number), b"")
    assert problem(buffer.getvalue()).code == "too-big"


def test_a_chain_that_bites_its_tail_in_an_old_file() -> None:
    data = bytearray(makes.by_xlwt())
    shift, table = 512, struct.unpack_from("<I", data, 76)[0]
    start = (table + 1) * shift
    data[start : start + 4 * 8] = struct.pack("<8I", *range(1, 8), 0)
    assert problem(bytes(data)).code == "broken-file"


def test_nothing_is_written_to_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    for make in WHOLE.values():
        whole = make()
        read_sheets("甲", whole)
        read_sheets("甲", whole[: len(whole) // 2])
    assert capfd.readouterr() == ("", "")


def test_memory_that_runs_out_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("pipeline.adapters.sheet.text.read", exhausted)
    assert problem(b"a,b").code == "too-big"


def test_even_a_fault_of_ours_ends_as_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.adapters.sheet.text.read", None)
    assert problem(b"a,b").code == "broken-file"


def test_a_web_archive_of_parts_within_parts_or_of_very_many() -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)
    )
    assert problem(b"MIME-Version: 1.0\r\n" + nested).code == "broken-file"
    many = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n" + b"--a\r\n\r\n" * 30_000
    )
    assert problem(many).code == "too-big"


def test_a_sheet_of_an_old_file_that_is_listed_twice() -> None:
    stream = bytearray(makes.biff5({(0, 0): b"1"}))
    at = stream.find(struct.pack("<H", 0x0085))
    stream[at:at] = stream[at : at + 4 + stream[at + 2]]
    assert problem(bytes(stream)).code == "broken-file"


def test_xml_of_endless_depth_in_an_element_that_is_known() -> None:
    rows = "<row>" + "<c>" * 2000 + "</c>" * 2000 + "</row>"
    assert problem(makes.xlsx_by_hand(rows)).code == "broken-file"


def test_a_line_of_a_text_file_without_end() -> None:
    assert problem(b"a,b\n" + b"," * 2_000_000).code == "too-big"
    assert problem(b"a,b\n" + b"1,2\n" * 30_000_000).code == "too-big"
