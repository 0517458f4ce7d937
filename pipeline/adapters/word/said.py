"""What a filled document says."""

import re
import zipfile
from pathlib import Path

from docx.oxml.ns import qn
from lxml import etree

from pipeline.adapters.word.cleaning import cleaned
from pipeline.adapters.word.fields import COUNTS, fields_in
from pipeline.adapters.word.parts import Parts, texts

NUMBER = "\ue000"
"""Stands for a page number: a character that nobody writes."""
_HEADER = re.compile(r"word/(header|footer)\d*\.xml")


def paragraphs(path: Path) -> list[str]:
    """What the body of a docx says, a text for each paragraph, without what is hidden or said only to old programs."""
    parts = cleaned(_parts(path))
    body = parts.root(parts.body)
    return texts(body) if body is not None else []


def headers_and_footers(path: Path) -> list[str]:
    """What each header and footer says, its page numbers as :data:`NUMBER`."""
    parts = cleaned(_parts(path))
    found = []
    for name in filter(_HEADER.fullmatch, parts.content):
        root = parts.root(name)
        assert root is not None
        for one in list(fields_in(root)):
            if one.name in COUNTS:
                _put_number(one.marks[0], one.texts)
        found.append("".join(texts(root)))
    return sorted(filter(None, found), key=len, reverse=True)


def _put_number(mark: etree._Element, shown: list[etree._Element]) -> None:
    for text in shown:
        text.text = ""
    run = etree.SubElement(mark, qn("w:r")) if mark.tag == qn("w:fldSimple") else mark.getparent()
    assert run is not None
    etree.SubElement(run, qn("w:t")).text = NUMBER


def _parts(path: Path) -> Parts:
    with zipfile.ZipFile(path) as package:
        return Parts({name: package.read(name) for name in package.namelist() if name.endswith(".xml")})
