"""The parts of a Word document, and the names in them."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO

from docx.oxml.ns import qn
from lxml import etree

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""Time of every member of a written docx: the same content gives the same bytes."""
PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CONTENT = re.compile(r"word/(document|header|footer|footnotes|endnotes)\d*\.xml")
_BODY = re.compile(r"word/document\d*\.xml")
_DRAWN = re.compile(r"word/(charts/chart|diagrams/data)\d*\.xml")
PLACES = {
    "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "charts/chart": "图表",
    "diagrams/data": "智能图形",
}  # fmt: skip
"""Kind of part → what a clerk calls it."""
_DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"


class Parts:
    """A document's parts by their names in the package."""

    def __init__(self, content: Mapping[str, bytes]) -> None:
        self.content = dict(content)

    @cached_property
    def body(self) -> str:
        """The name of the body's part; other programs number it."""
        return next((name for name in self.content if _BODY.fullmatch(name)), "word/document.xml")

    @cached_property
    def content_names(self) -> tuple[str, ...]:
        """The body and what is printed beside it: headers, footers, notes."""
        return tuple(name for name in self.content if _CONTENT.fullmatch(name))

    def root(self, name: str) -> etree._Element | None:
        """A part's XML, taken apart anew; None where there is no such part."""
        return etree.fromstring(self.content[name]) if name in self.content else None

    def replace(self, name: str, root: etree._Element) -> None:
        """Put a part's XML back."""
        self.content[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def beside_the_body(self) -> Iterator[tuple[str, str]]:
        """What stands once in the document and so cannot differ from letter to letter, named; its text by paragraphs."""
        for name, content in self.content.items():
            kind = _CONTENT.fullmatch(name) or _DRAWN.fullmatch(name)
            if kind and kind[1] in PLACES:
                for text in texts(etree.fromstring(content)):
                    yield PLACES[kind[1]], text

    def write(self, target: Path | IO[bytes]) -> None:
        """The document as a file; the same parts give the same bytes."""
        with zipfile.ZipFile(target, "w") as package:
            for name, content in self.content.items():
                member = zipfile.ZipInfo(name, FIXED_TIME)
                package.writestr(member, content, zipfile.ZIP_DEFLATED, compresslevel=1)

    def packed(self) -> bytes:
        """The same in memory."""
        buffer = io.BytesIO()
        self.write(buffer)
        return buffer.getvalue()


def texts(root: etree._Element) -> list[str]:
    """What a part says, a text for each paragraph; a box of text stands within a paragraph, and is one of its own."""
    said: dict[etree._Element, str] = {}
    for text in root.iter(qn("w:t"), _DRAWN_TEXT):
        paragraph = next(text.iterancestors(qn("w:p"), "{*}p"))
        said[paragraph] = said.get(paragraph, "") + (text.text or "")
    return list(said.values())


def is_on(switch: etree._Element | None) -> bool | None:
    """Whether a switch (``w:vanish`` and the like) is on; None where it is not there."""
    return None if switch is None else switch.get(qn("w:val"), "1") not in {"0", "false", "off"}


def take_out(element: etree._Element) -> None:
    """An element out of its tree; text never stands between elements here."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: etree._Element, inside: etree._Element | None) -> None:
    """Put what is inside in the element's place."""
    parent = element.getparent()
    assert parent is not None
    place = parent.index(element)
    parent[place : place + 1] = [] if inside is None else list(inside)
