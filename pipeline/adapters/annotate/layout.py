"""The list's looks, and text as XLSX can hold it."""

import re
from collections.abc import Sequence

from pipeline.domain.values.text import letters

ROWS = 1_048_576
"""Rows of a sheet, Excel's limit."""
COLUMNS = 16_384
"""Columns of a sheet, Excel's limit."""

LIST = "问题清单"
"""Name of the list's sheet."""
HEADERS = (
    ("序号", 7),
    ("级别", 7),
    ("工作表", 16),
    ("行", 8),
    ("列", 22),
    ("现在是", 24),
    ("问题和办法", 66),
)
"""Columns of the list: header and width in characters."""
LINK_COLUMN = 4
"""Number of the column with the links, from 1."""
TITLE_FONT, HEAD_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
"""The office's fonts, as on its other tables."""
AUTHOR = "表格检查"
"""Who signs the comments."""
RED, YELLOW = "FF9B9B", "FFE066"
"""Fills of a cell with a problem, and with a notice."""
LINK_COLOUR, HEAD_COLOUR = "0563C1", "E7E6E6"
"""Of a link's text, and of the header's fill."""
MARGIN = 0.4
"""Left and right of the printed list, in inches."""
ROW_HEIGHT, LINE_HEIGHT = 21, 15
"""Of the list's rows, and of each further line in one; in points."""

Cell = tuple[int, int]
"""Row and column, from 1."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Text that XLSX can hold: control characters as their pictures (␀), others as �."""
    if text.isprintable():
        return text
    return _ILLEGAL.sub(_picture, text.replace("\r\n", "\n").replace("\r", "\n"))


def short(text: str, most: int = 1000) -> str:
    """Clean text of so many characters at most."""
    text = clean(text)
    return text if len(text) <= most else text[: most - 1] + "…"


def sheet_title(name: str | None, taken: set[str]) -> str:
    """A name that Excel allows for a sheet, unlike all others.

    :param taken: names in lower case that there are already; the new one is added.
    """
    allowed = re.sub(r"[\[\]:*?/\\\n\t]", "_", clean(name or "")).strip("' ") or "数据"
    title, number = _cut(allowed, ""), 1
    while title.lower() in taken:
        number += 1
        title = _cut(allowed, f"({number})")
    taken.add(title.lower())
    return title


def width(text: str, most: int = 10_000) -> int:
    """How wide a line of text is, in characters of half a hanzi's width.

    :param most: characters that are looked at.
    """
    return sum(2 if sign > "\u2e7f" else 1 for sign in text[:most])


def row_height(cells: Sequence[int | str | None]) -> int:
    """Height in points of a line of the list, so that all its text shows; 409 is Excel's limit."""
    lines = max(
        sum(1 + (width(line) - 1) // (room - 2) for line in str(text).split("\n"))
        for text, (_, room) in zip(cells, HEADERS, strict=True)
    )
    return min(ROW_HEIGHT + LINE_HEIGHT * max(lines - 1, 0), 409)


def comment_size(text: str) -> tuple[int, int]:
    """Width and height of a comment's box in pixels, so that all its text shows."""
    lines = sum(1 + width(line) // 36 for line in text.split("\n"))
    return 260, min(24 + 18 * lines, 420)


def link(sheet: str, cell: Cell) -> str:
    """A cell as links name it: ``'东村镇'!C5``."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{letters(cell[1])}{cell[0]}"


def _cut(name: str, suffix: str) -> str:
    units = name.encode("utf-16-le")[: 2 * (31 - len(suffix))]
    return units.decode("utf-16-le", "ignore").rstrip("' ") + suffix


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
