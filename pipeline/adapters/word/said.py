"""What a filled document says."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from docx.oxml.ns import qn
from lxml import etree

from pipeline.adapters.word.cleaning import cleaned
from pipeline.adapters.word.fields import COUNTS, fields_in
from pipeline.adapters.word.parts import Parts, texts

NUMBER = "\ue000"
"""Stands for a page number: a character that nobody writes."""
_HEADER = re.compile(r"word/(header|footer)\d*\.xml")


@dataclass(frozen=True, slots=True)
class Said:
    """What a filled document says."""

    paragraphs: tuple[str, ...]
    """What the body says, a text for each paragraph, without what is hidden or said only to old programs."""
    furniture: tuple[str, ...]
    """What each header and footer says, its page numbers as :data:`NUMBER`; the longest first."""


def said_in(path: Path) -> Said:
    """What a docx says."""
    parts = cleaned(_parts(path))
    body = parts.root(parts.body)
    found = []
    for name in filter(_HEADER.fullmatch, parts.content):
        root = parts.root(name)
        assert root is not None
        for one in list(fields_in(root)):
            if one.name in COUNTS:
                _put_number(one.marks[0], one.texts)
        found.append("".join(texts(root)))
    furniture = sorted(filter(None, found), key=len, reverse=True)
    return Said(tuple(texts(body)) if body is not None else (), tuple(furniture))


def _put_number(mark: etree._Element, shown: list[etree._Element]) -> None:
    for text in shown:
        text.text = ""
    run = etree.SubElement(mark, qn("w:r")) if mark.tag == qn("w:fldSimple") else mark.getparent()
    assert run is not None
    etree.SubElement(run, qn("w:t")).text = NUMBER


def _parts(path: Path) -> Parts:
    with zipfile.ZipFile(path) as package:
        return Parts({name: package.read(name) for name in package.namelist() if name.endswith(".xml")})
