"""Files that are no spreadsheet, told by how they begin."""

import re

from pipeline.adapters.sheet.refusal import SheetProblem, an_archive, not_a_table

_PICTURE = ("图片", "这是图片，读不了里面的字。请把内容录入 WPS 表格，存成 .xlsx 再放入。")
_PDF = ("PDF", "这是 PDF，不是表格。请用原来的表格文件，或在 WPS 里转成 .xlsx，核对后再放入。")
_DATABASE = ("数据库", "这是数据库文件。请在原来的软件里导出为 .xlsx 再放入。")
_RECORDING = ("音频、视频", "这是音频、视频，不是表格。请移出 inputs。")
_PROGRAM = ("程序", "这是程序，不是表格，可能有病毒。不要打开，请移出 inputs，查一查是从哪里来的。")
_SHORTCUT = (
    "快捷方式",
    "这是快捷方式，表格不在里面。请找到它指向的那个文件，把文件本身放入，快捷方式移出 inputs。",
)
_MAIL = ("邮件", "这是邮件。请在邮箱里打开，把附件里的表格存下来再放入，邮件移出 inputs。")

_MARKS = (
    (0, b"%PDF", _PDF),
    (0, b"\x89PNG", _PICTURE),
    (0, b"\xff\xd8\xff", _PICTURE),
    (0, b"GIF8", _PICTURE),
    (0, b"II*\0", _PICTURE),
    (0, b"MM\0*", _PICTURE),
    (8, b"WEBP", _PICTURE),
    (4, b"ftyphei", _PICTURE),
    (4, b"ftypmif1", _PICTURE),
    (4, b"ftyp", _RECORDING),
    (8, b"WAVE", _RECORDING),
    (8, b"AVI ", _RECORDING),
    (0, b"ID3\3", _RECORDING),
    (0, b"ID3\4", _RECORDING),
    (0, b"#!AMR", _RECORDING),
    (4, b"Standard Jet DB", _DATABASE),
    (4, b"Standard ACE DB", _DATABASE),
    (0, b"SQLite format 3\0", _DATABASE),
    (0, b"MZ\x90\0", _PROGRAM),
    (0, b"\x7fELF", _PROGRAM),
    (0, b"L\0\0\0\1\x14\2\0", _SHORTCUT),
    (0, b"[InternetShortcut]", _SHORTCUT),
    (0, b"Received: ", _MAIL),
    (0, b"Return-Path: ", _MAIL),
)
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"\xfd7zXZ\0", b"BZh9")
_ANSWER = re.compile(r'(?:\[\s*)?\{\s*"[^"]*"\s*:')


def foreign(data: bytes) -> SheetProblem | None:
    """What to say about a file that is known to be something else; None where it may be a table."""
    for position, mark, (seen, advice) in _MARKS:
        if data.startswith(mark, position):
            return SheetProblem("unknown-format", seen, advice)
    if data.startswith(_ARCHIVES):
        return an_archive()
    if data.startswith(b"{\\rtf"):
        return not_a_table("Word 文件")
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return SheetProblem("unknown-format", *_PICTURE)
    return None


def is_answer(text: str) -> bool:
    """Whether a text is what a site's program answers another with (JSON), by how it begins."""
    return _ANSWER.match(text) is not None


def an_answer() -> SheetProblem:
    """Such a text, which a download that failed may leave under a table's name."""
    advice = "这不是表格，是网站给程序看的文字（JSON），多半是导出失败时的提示。请重新登录、再导出一次，这个文件移出 inputs。"
    return SheetProblem("unknown-format", "网站的答复", advice)
