"""Tables of a web page, as government systems hand them out under the name .xls, and of web archives (.mht)."""

import email
import re
from email.message import Message
from typing import Any

from lxml import etree

from pipeline.adapters.sheet.html.show import NOTABLE, TELLING, Showing
from pipeline.adapters.sheet.html.table import Table
from pipeline.adapters.sheet.refusal import MAX_PARTS, MAX_SHEETS, SheetProblem, broken, too_big
from pipeline.adapters.sheet.rows import Allowance
from pipeline.adapters.sheet.text import decode
from pipeline.domain.model import Source
from pipeline.domain.tables.grid import Grid

_CHUNK = 1 << 20
_BEGINNING = re.compile("<table", re.IGNORECASE)
_END = re.compile("</table", re.IGNORECASE)
_NEW_LINE = {"br", "p", "div", "li"}


def read(file: str, text: str, allowance: Allowance) -> tuple[Grid, ...]:
    """Every table of a page that holds anything, in the order in which they begin.

    Cells are text as a browser shows it, what is struck out included. The rows of each table are numbered from 1; with several tables the first is
    called 表格1.

    :raises SheetProblem: ``broken-file``, ``unknown-format`` for a page without tables, ``too-big``.
    """
    return _grids(file, _tables(text, allowance))


def read_archive(file: str, data: bytes, allowance: Allowance) -> tuple[Grid, ...]:
    """Every table of the pages in a web archive.

    :raises SheetProblem: as :func:`read`.
    """
    if data.count(b"\n--") > MAX_PARTS:
        raise too_big(f"网页文件的部分超过{MAX_PARTS}个")
    tables = []
    for part in _parts(data):
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            text = decode(payload) if isinstance(payload, bytes) else None
            tables += _tables(text, allowance) if text else []
    return _grids(file, tables)


def _parts(data: bytes) -> list[Message]:
    try:
        return list(email.message_from_bytes(data).walk())
    except RecursionError:
        raise broken("网页文件层次太深") from None


def _tables(text: str, allowance: Allowance) -> list[Table]:
    if len(_BEGINNING.findall(text)) > len(_END.findall(text)):
        raise broken("网页里的表格没有结尾")
    page: Any = _Page(allowance)
    parser = etree.HTMLParser(target=page, encoding="utf-8")
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK].encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError:
        raise broken("网页内容不完整") from None
    return list(page.tables)


def _grids(file: str, tables: list[Table]) -> tuple[Grid, ...]:
    if not tables:
        advice = (
            "这是网页，里面没有表格，多半是登录过期时下载到的。请重新登录、再导出一次，这个文件移出 inputs；"
            "用 WPS 打开看得到表的，另存为 .xlsx 再放入。"
        )
        raise SheetProblem("unknown-format", "没有表格的网页", advice)
    filled = [table for table in tables if table.has_cells]
    names = [None] if len(filled) == 1 else [f"表格{number}" for number in range(1, len(filled) + 1)]
    return tuple(
        table.rows.grid(Source(file, name), table.hidden > 0)
        for table, name in zip(filled, names, strict=True)
    )


class _Page:
    """What the parser calls at each tag."""

    def __init__(self, allowance: Allowance) -> None:
        self.tables: list[Table] = []
        self._open: list[Table] = []
        self._allowance = allowance
        self._showing = Showing()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        own = ""
        if (
            tag in NOTABLE
            or not self._showing.is_plain
            or (attributes and not TELLING.isdisjoint(attributes))
        ):
            own = self._showing.begin(tag, attributes)
        if tag == "table":
            self._open.append(Table(self._allowance, self._showing.hidden))
            self.tables.append(self._open[-1])
            if len(self.tables) > MAX_SHEETS:
                raise too_big(f"表格超过{MAX_SHEETS}个")
        elif not self._open:
            return
        elif tag == "tr":
            self._open[-1].begin_row(hidden=self._showing.is_hidden(tag, attributes))
        elif tag == "col":
            hidden = self._showing.is_hidden(tag, attributes)
            self._open[-1].column_look(attributes, hidden=hidden)
        elif tag in {"td", "th"}:
            self._open[-1].begin_cell(attributes.get("rowspan"), attributes.get("colspan"))
        elif tag in _NEW_LINE and self._showing.hidden <= self._open[-1].hidden:
            self._open[-1].new_line()
        elif own:
            self._add(own)

    def end(self, tag: str) -> None:
        if not self._showing.is_plain:
            self._add(self._showing.end(tag))
        if not self._open:
            return
        if tag == "table":
            self._open.pop().end_row()
        elif tag == "tr":
            self._open[-1].end_row()
        elif tag in {"td", "th"}:
            self._open[-1].end_cell()

    def data(self, text: str) -> None:
        self._add(text if self._showing.is_plain else self._showing.heard(text))

    def _add(self, text: str) -> None:
        if self._open and text and self._showing.hidden <= self._open[-1].hidden:
            self._open[-1].add(text, self._showing.struck)

    def close(self) -> None:
        while self._open:
            self._open.pop().end_row()
