"""The clerk's own workbook, looked at as the package of parts that it is before openpyxl loads it."""

import io
import re
import zipfile

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.workbook.protection import WorkbookProtection

MOST_BYTES = 64 * 2**20
"""Of a package's unpacked parts."""

_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)[\s/>]")
_SPAN = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink|comment)\s([^<]*)")
_REF = re.compile(r"""\bref\s*=\s*["']([^"']*:[^"']*)["']""")


def loaded(data: bytes, most_cells: int) -> Workbook | None:
    """A workbook with nothing in it locked; None when it is no xlsx of bearable size.

    :raises Exception: whatever openpyxl meets in a package.
    """
    if not data.startswith(b"PK") or not _is_modest(data, most_cells):
        return None
    book = load_workbook(io.BytesIO(data), rich_text=True)
    for sheet in book.worksheets:
        sheet.protection.sheet = False
    book.security = WorkbookProtection()
    book.template = False
    return book


def _is_modest(data: bytes, most_cells: int) -> bool:
    """Whether openpyxl can load a package without filling the memory.

    It makes an object of each row, each cell, and each cell of a merged or linked area.

    :raises Exception: it is no package.
    """
    cells = 0
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(entry.file_size for entry in package.infolist()) > MOST_BYTES:
            return False
        for name in package.namelist():
            part = package.read(name)
            if part[:2] in {b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"}:
                return False  # UTF-16, which no office program writes, would hide what is looked for here
            cells += sum(1 for _ in _CELL.finditer(part))
            for match in _SPAN.finditer(part):
                if reference := _REF.search(match[1].decode(errors="replace")):
                    cells += _extent(reference[1])
            if cells > most_cells:
                return False
    return True


def _extent(reference: str) -> int:
    left, top, right, bottom = (bound or 0 for bound in range_boundaries(reference))
    if not (left and top):  # whole columns or rows
        return 2**20
    return (right - left + 1) * (bottom - top + 1)
