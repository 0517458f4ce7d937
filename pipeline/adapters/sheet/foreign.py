"""Files that are no spreadsheet, told by how they begin."""

from pipeline.adapters.sheet.refusal import SheetProblem, an_archive, not_a_table


def _pdf() -> SheetProblem:
    advice = "这是 PDF，不是表格。请用原来的表格文件，或在 WPS 里转成 .xlsx，核对后再放入。"
    return SheetProblem("unknown-format", "PDF", advice)


def _picture() -> SheetProblem:
    advice = "这是图片，读不了里面的字。请把内容录入 WPS 表格，存成 .xlsx 再放入。"
    return SheetProblem("unknown-format", "图片", advice)


def _database() -> SheetProblem:
    advice = "这是数据库文件。请在原来的软件里导出为 .xlsx 再放入。"
    return SheetProblem("unknown-format", "数据库", advice)


def _writing() -> SheetProblem:
    return not_a_table("Word 文件")


_MARKS = (
    (0, b"%PDF", _pdf),
    (0, b"\x89PNG", _picture),
    (0, b"\xff\xd8\xff", _picture),
    (0, b"GIF8", _picture),
    (0, b"II*\0", _picture),
    (0, b"MM\0*", _picture),
    (8, b"WEBP", _picture),
    (4, b"ftyphei", _picture),
    (4, b"ftypmif1", _picture),
    (0, b"Rar!", an_archive),
    (0, b"7z\xbc\xaf\x27\x1c", an_archive),
    (0, b"\x1f\x8b", an_archive),
    (0, b"{\\rtf", _writing),
    (4, b"Standard Jet DB", _database),
    (4, b"Standard ACE DB", _database),
    (0, b"SQLite format 3\0", _database),
)


def foreign(data: bytes) -> SheetProblem | None:
    """What to say about a file that is known to be something else; None where it may be a table."""
    for position, mark, problem in _MARKS:
        if data.startswith(mark, position):
            return problem()
    is_bitmap = data.startswith(b"BM") and data[6:10] == bytes(4)
    return _picture() if is_bitmap else None
