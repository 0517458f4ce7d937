"""An xlsx as the package of parts that it is: looked at before openpyxl loads it, and packed again."""

import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

MOST_BYTES = 64 * 2**20
"""Of a package's unpacked parts."""

_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)[\s/>]")
_SPAN = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink|comment)\s([^<]*)")
_REF = re.compile(r"""\bref\s*=\s*["']([^"']*:[^"']*)["']""")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def is_modest(data: bytes, most_cells: int) -> bool:
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


def pack(book: Workbook, path: Path) -> None:
    """Write a workbook, the same bytes for the same content; its temporary file lies beside it.

    :raises Exception: whatever openpyxl meets in it.
    """
    with _Timeless(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _Writer(book, archive, path.with_suffix(".part")).save()


def _extent(reference: str) -> int:
    left, top, right, bottom = (bound or 0 for bound in range_boundaries(reference))
    if not (left and top):  # whole columns or rows
        return 2**20
    return (right - left + 1) * (bottom - top + 1)


class _Timeless(zipfile.ZipFile):
    """An archive whose entries bear no time of their own."""

    def writestr(self, zinfo_or_arcname: str | zipfile.ZipInfo, data: Any, *_: Any, **__: Any) -> None:
        super().writestr(_entry(str(zinfo_or_arcname)), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        with Path(filename).open("rb") as source, self.open(_entry(str(arcname)), "w") as target:
            shutil.copyfileobj(source, target)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


class _Writer(ExcelWriter):
    """A writer that keeps a sheet's temporary file, which holds what the sheet holds, in the private folder."""

    def __init__(self, book: Workbook, archive: zipfile.ZipFile, part: Path) -> None:
        super().__init__(book, archive)
        self._package = archive
        self._part = part

    def write_worksheet(self, ws: Any) -> None:
        """As the method that it replaces, but for the place of the file."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        writer: Any = WorksheetWriter(ws, out=str(self._part))
        try:
            writer.write()
            ws._rels = writer._rels
            self._package.write(self._part, ws.path[1:])
        finally:
            self._part.unlink(missing_ok=True)
        self.manifest.append(ws)
