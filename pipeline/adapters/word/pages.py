"""A template of one page that stands many times in a document, and what is shown behind it."""

import copy
from collections.abc import Iterable, Mapping

from docx.oxml.ns import qn
from lxml import etree

from pipeline.adapters.word.parts import PLACEHOLDER


def page_pieces(body_xml: str) -> tuple[str, str, str, str]:
    """The body's opening tag; its blocks; the same from a new page on; its last section and closing tag.

    Cut as text from one serialisation, so that namespaces are declared once and not on every block.
    """
    body = etree.fromstring(body_xml.encode())
    body.insert(0, etree.Element("cut"))
    last = body[-1] if body[-1].tag == qn("w:sectPr") else None
    body.insert(len(body) - (last is not None), etree.Element("cut"))
    head, first, tail = etree.tostring(body, encoding="unicode").split("<cut/>")
    _start_on_new_page(body)
    return head, first, etree.tostring(body, encoding="unicode").split("<cut/>")[1], tail


def sample_paragraphs(body_xml: str, samples: Mapping[str, Iterable[str]]) -> list[str]:
    """One paragraph for each way in which a field is set, with all characters of the fields set so."""
    looks: dict[bytes, tuple[etree._Element, set[str]]] = {}
    for run in etree.fromstring(body_xml.encode()).iter(qn("w:r")):
        names = PLACEHOLDER.findall("".join(run.itertext(qn("w:t"))))
        if set(names) & samples.keys():
            paragraph = _alone(run)
            _, characters = looks.setdefault(etree.tostring(paragraph, method="c14n"), (paragraph, set()))
            characters.update(*(samples.get(name, ()) for name in names))
    found: list[str] = []
    for paragraph, characters in looks.values():
        text = paragraph.find(f".//{qn('w:t')}")
        assert text is not None
        shown = sorted(characters)
        again = [pair for pair in reversed(shown) if len(pair) > 1]  # a line's end may have parted it
        text.text = "".join([*shown, *again])
        if not found:
            _start_on_new_page(paragraph)
        found.append(etree.tostring(paragraph, encoding="unicode"))
    return found


def _alone(run: etree._Element) -> etree._Element:
    """A paragraph like the run's own that holds just this run, its text taken out."""
    parent = next(run.iterancestors(qn("w:p")))
    paragraph = etree.Element(qn("w:p"), nsmap={"w": str(parent.nsmap["w"])})
    properties = parent.find(qn("w:pPr"))
    if properties is not None:
        paragraph.append(copy.deepcopy(properties))
        for frame in paragraph.findall(f"{qn('w:pPr')}/{qn('w:framePr')}"):
            paragraph[0].remove(frame)
        for justified in paragraph.findall(f"{qn('w:pPr')}/{qn('w:jc')}"):
            justified.set(qn("w:val"), "left")
    alone = etree.SubElement(paragraph, qn("w:r"))
    look = run.find(qn("w:rPr"))
    if look is not None:
        alone.append(copy.deepcopy(look))
    etree.SubElement(alone, qn("w:t"))
    return paragraph


def _start_on_new_page(body: etree._Element) -> None:
    """Page break before the first paragraph, which in a table that comes first moves the whole table."""
    paragraph = body if body.tag == qn("w:p") else body.find(f".//{qn('w:p')}")
    assert paragraph is not None
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        properties = etree.Element(qn("w:pPr"))
        paragraph.insert(0, properties)
    for old in properties.findall(qn("w:pageBreakBefore")):
        properties.remove(old)
    style = properties.find(qn("w:pStyle"))
    properties.insert(0 if style is None else 1, etree.Element(qn("w:pageBreakBefore")))
