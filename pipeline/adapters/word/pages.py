"""A template of one page that stands many times in a document."""

from docx.oxml.ns import qn
from lxml import etree


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


def _start_on_new_page(body: etree._Element) -> None:
    """Page break before the first paragraph, which in a table that comes first moves the whole table."""
    paragraph = body.find(f".//{qn('w:p')}")
    assert paragraph is not None
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        properties = etree.Element(qn("w:pPr"))
        paragraph.insert(0, properties)
    for old in properties.findall(qn("w:pageBreakBefore")):
        properties.remove(old)
    style = properties.find(qn("w:pStyle"))
    properties.insert(0 if style is None else 1, etree.Element(qn("w:pageBreakBefore")))
