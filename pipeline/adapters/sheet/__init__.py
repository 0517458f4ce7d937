"""Spreadsheets of any make → grids of cells with their places.

What a file is, its content says, never its name. Each make has a reader of its own, and all of them give the same
values for the same table; whatever is wrong with a file becomes one problem that says what to do.
"""

import re

from pipeline.adapters.sheet import ods, text, xlsx, xml2003
from pipeline.adapters.sheet.binary import CONTAINER, STREAMS
from pipeline.adapters.sheet.foreign import an_answer, foreign, is_answer
from pipeline.adapters.sheet.package import Package
from pipeline.adapters.sheet.refusal import (
    MAX_FILE,
    MAX_WRITTEN,
    RESAVE,
    SheetProblem,
    an_archive,
    broken,
    not_a_table,
    too_big,
    unknown,
)
from pipeline.adapters.sheet.rows import Allowance
from pipeline.domain.model import Problem, Source
from pipeline.domain.tables.grid import Grid

_BEGINNING = 5_000
_PAGE = re.compile(r"<(?:html|body|table)[\s>]")


def read_sheets(file: str, data: bytes, most: int | None = None) -> tuple[Grid, ...] | Problem:
    """Every sheet of a file, blank and hidden ones too.

    Read are .xlsx, .xlsm and .et (zipped or not), .xls, .ods and .fods, CSV and tab-separated text, HTML tables,
    web archives and XML spreadsheets 2003. Texts come as they stand, whole numbers as int, days as datetime,
    times of day and durations as text (``08:30:00``), errors and formulas without a result as
    :class:`~pipeline.domain.values.cell.Unreadable`.

    :param file: path below ``inputs/``, for sources and problems.
    :param most: rows of each sheet that are enough to see what it is; all of them without it. What stands below them in
        the file, merged cells too, may then be missing.
    :returns: grids in the file's order, of which at least one has rows; or what is wrong with the file (codes
        ``empty-file``, ``encrypted-file``, ``broken-file``, ``unknown-format``, ``too-big``).
    """
    try:
        grids = sheets(file, data, most)
    except SheetProblem as known:
        fault = known
    except MemoryError:
        fault = too_big("内存不够")
    except Exception:  # noqa: BLE001 - no file whatever may end the program
        fault = broken("内容不合规")
    else:
        if any(grid.rows for grid in grids):
            return grids
        fault = SheetProblem("empty-file", "", "表里没有内容。请补上，或把文件移出 inputs。")
    return Problem(Source(file), None, fault.seen, fault.code, fault.advice)


def sheets(file: str, data: bytes, most: int | None = None) -> tuple[Grid, ...]:
    """Every sheet of a file.

    :raises SheetProblem: as :func:`read_sheets` says.
    """
    if not data:
        raise SheetProblem("empty-file", "0 字节", "文件是空的（0 字节），请重新复制。")
    if len(data) > MAX_FILE:
        raise too_big(f"文件超过{MAX_FILE // 1_000_000}MB")
    allowance = Allowance(most)
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return _packed(file, Package(data), allowance)
    if data.startswith(CONTAINER):
        return _contained(file, data, allowance)
    if data.startswith(STREAMS):
        from pipeline.adapters.sheet.binary import xls  # noqa: PLC0415 - few tables need it, and it is slow to load

        return xls.read(file, data, allowance)
    refused = foreign(data)
    if refused:
        raise refused
    return _written(file, data, allowance)


def _packed(file: str, package: Package, allowance: Allowance) -> tuple[Grid, ...]:
    main = xlsx.main_part(package)
    if main == "xl/workbook.bin":
        raise SheetProblem("unknown-format", ".xlsb", f"这种二进制表格（.xlsb）不读。{RESAVE}")
    if main.startswith("word/"):
        raise not_a_table("Word 文件")
    if main.startswith("ppt/"):
        raise not_a_table("演示文稿")
    if main or "xl/workbook.xml" in package.names:
        return xlsx.read(file, package, main or "xl/workbook.xml", allowance)
    if package.mime_type.startswith(ods.MIME_TYPE):
        return ods.read(file, package, allowance)
    if "ofd.xml" in package.names:
        raise SheetProblem(
            "unknown-format",
            "OFD",
            "这是 OFD 版式文件，不是表格。请用原来的表格文件，或在 WPS 里转成 .xlsx，核对后再放入。",
        )
    if "uof.xml" in package.names or any(name.endswith(".iwa") for name in package.names):
        raise SheetProblem("unknown-format", "别的办公软件的文件", f"这种文件不读。{RESAVE}")
    raise an_archive()


def _contained(file: str, data: bytes, allowance: Allowance) -> tuple[Grid, ...]:
    from pipeline.adapters.sheet.binary import ole2, protected, xls  # noqa: PLC0415 - as above

    container = ole2.Container(data)
    for name in ("workbook", "book"):
        if name in container.names:
            return xls.read(file, protected.opened(container.stream(name)), allowance)
    if "encryptedpackage" in container.names:
        return _packed(file, Package(protected.package(data, container)), allowance)
    if "worddocument" in container.names:
        raise not_a_table("Word 文件")
    if "powerpoint document" in container.names:
        raise not_a_table("演示文稿")
    raise SheetProblem("unknown-format", "旧版文件，里面没有表格", f"看不出里面有表格。{RESAVE}")


def _written(file: str, data: bytes, allowance: Allowance) -> tuple[Grid, ...]:
    if len(data) > MAX_WRITTEN:
        raise too_big(f"文件超过{MAX_WRITTEN // 1_000_000}MB")
    content = text.decode(data)
    if content is None:
        raise unknown()
    beginning = content[:_BEGINNING].lstrip("\ufeff \t\r\n").lower()
    if beginning.startswith("mime-version:") or "\ncontent-type: multipart/related" in beginning:
        from pipeline.adapters.sheet.html import read_archive  # noqa: PLC0415 - as above

        return read_archive(file, data, allowance)
    if is_answer(beginning):
        raise an_answer()
    if not beginning.startswith("<"):
        return text.read(file, content, allowance)
    if xml2003.NAMESPACE in beginning and "<html" not in beginning:
        return xml2003.read(file, content, allowance)
    if "urn:oasis:names:tc:opendocument" in beginning:
        return ods.read_flat(file, data, allowance)
    if not beginning.startswith("<?xml") or _PAGE.search(beginning):
        from pipeline.adapters.sheet.html import read  # noqa: PLC0415 - as above

        return read(file, content, allowance)
    raise SheetProblem("unknown-format", "XML", f"这种 XML 文件不是表格。{RESAVE}")
