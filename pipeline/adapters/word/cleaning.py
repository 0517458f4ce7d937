"""What a template holds beside what Word prints, made harmless before LibreOffice sees it."""

import re

from docx.oxml.ns import qn
from lxml import etree

from pipeline.adapters.word.grid import without_grid
from pipeline.adapters.word.parts import COMPATIBILITY, Parts, is_on, take_out, unwrap
from pipeline.adapters.word.styles import Styles

_KNOWN = frozenset({"wps", "wpg", "w14"})
"""Namespaces for which LibreOffice 7.4 takes the new way of saying something, and not the one for old programs."""
_COMMENTS = tuple(
    map(qn, ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:annotationRef"))
)
_WRAPPERS = {qn("w:sdt"): qn("w:sdtContent"), qn("w:smartTag"): None, qn("w:customXml"): None}
"""What is put around text → the part of it that is printed; None for all."""
_SETTINGS = "word/settings.xml"
_OF_COMMENTS = re.compile(r"word/(comments\w*|people)\.xml")
_PRINTED = tuple(map(qn, ("w:t", "w:tab", "w:br", "w:sym", "w:drawing", "w:pict", "w:object")))


def cleaned(parts: Parts) -> Parts:
    """A document that prints as Word prints this one, with nothing in it that LibreOffice prints otherwise."""
    found = Parts(parts.content)
    styles = Styles(found.root("word/styles.xml"))
    for name in found.content_names:
        root = found.root(name)
        assert root is not None
        _keep_one_of_doubles(root)
        _unwrap_controls(root)
        _drop_comments(root)
        _drop_hidden(root, styles)
        _drop_descriptions(root)
        found.replace(name, root)
    _drop_comment_parts(found)
    without_grid(found)
    return found


def _keep_one_of_doubles(root: etree._Element) -> None:
    """Of what is said twice, once for old programs, only the one that LibreOffice prints."""
    for double in root.findall(f".//{COMPATIBILITY}AlternateContent"):
        choices = double.findall(f"{COMPATIBILITY}Choice")
        old = double.findall(f"{COMPATIBILITY}Fallback")
        understood = [each for each in choices if set(each.get("Requires", "").split()) <= _KNOWN]
        taken = next(iter([*understood, *old, *choices]), None)
        for other in [*choices, *old]:
            if other is not taken:
                double.remove(other)


def _unwrap_controls(root: etree._Element) -> None:
    """Content controls (内容控件): their content alone; one that is bound would be printed with other data."""
    for wrapper in reversed(list(root.iter(*_WRAPPERS))):
        content = _WRAPPERS[str(wrapper.tag)]
        for properties in wrapper.findall(qn("w:smartTagPr")) + wrapper.findall(qn("w:customXmlPr")):
            wrapper.remove(properties)
        unwrap(wrapper, wrapper.find(content) if content else wrapper)


def _drop_comments(root: etree._Element) -> None:
    """Comments (批注): LibreOffice 7.4 moves the first page of a document down by a line for them."""
    for mark in list(root.iter(*_COMMENTS)):
        parent = mark.getparent()
        take_out(mark)
        if parent is not None and parent.tag == qn("w:r") and parent.find("*") is None:
            take_out(parent)


def _drop_hidden(root: etree._Element, styles: Styles) -> None:
    """Hidden text, which nobody prints; loops may well be hidden, and work all the same."""
    for run in list(root.iter(qn("w:r"))):
        if is_on(styles.of_run(run, "w:vanish")) and "%" not in "".join(run.itertext()):
            for shown in [each for each in run if each.tag in _PRINTED]:
                run.remove(shown)


def _drop_descriptions(root: etree._Element) -> None:
    """What is said to those who cannot see a picture (替换文字) is not printed; a placeholder there is no place."""
    for described in root.iter("{*}docPr", "{*}cNvPr"):
        for name in ("descr", "title"):
            if "{" in described.get(name, ""):
                del described.attrib[name]


def _drop_comment_parts(parts: Parts) -> None:
    """What was remarked inside the office does not go out with a paper."""
    gone = [name for name in parts.content if _OF_COMMENTS.fullmatch(name)]
    relations = f"word/_rels/{parts.body.rpartition('/')[2]}.rels"
    for name in gone:
        del parts.content[name]
        file = re.escape(name.rpartition("/")[2])
        for index, pattern in (
            (relations, rf'<Relationship\b[^>]*Target="[^"]*\b{file}"[^>]*?/>'),
            ("[Content_Types].xml", rf'<Override\b[^>]*PartName="/{re.escape(name)}"[^>]*?/>'),
        ):
            if index in parts.content:
                parts.content[index] = re.sub(pattern.encode(), b"", parts.content[index])


def alone(parts: Parts) -> Parts:
    """A template of one page, to stand many times in a document: on each page the headers that the first would have."""
    found = Parts(parts.content)
    body = found.root(found.body)
    if body is None:
        return found
    for section in body.iter(qn("w:sectPr")):
        first = is_on(section.find(qn("w:titlePg")))
        shown = "first" if first else "default"
        for reference in [
            *section.findall(qn("w:headerReference")), *section.findall(qn("w:footerReference")),
            *section.findall(qn("w:titlePg")),
        ]:  # fmt: skip
            if reference.get(qn("w:type")) == shown:
                reference.set(qn("w:type"), "default")
            else:
                section.remove(reference)
    found.replace(found.body, body)
    settings = found.root(_SETTINGS)
    if settings is not None:
        for switch in settings.findall(qn("w:evenAndOddHeaders")):
            settings.remove(switch)
        found.replace(_SETTINGS, settings)
    return found
