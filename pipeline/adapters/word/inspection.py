"""A template looked through when it is opened: what must be changed in it before anything is printed.

Each finding says what a clerk sees in WPS, and where to click.
"""

import re
from collections.abc import Collection, Iterator

from docx.oxml.ns import qn
from lxml import etree

from pipeline.adapters.word.fields import bookmarks_in, freeze
from pipeline.adapters.word.parts import Parts, texts
from pipeline.adapters.word.styles import Styles

_CHANGES = frozenset(
    map(
        qn,
        (
            "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:moveFromRangeStart", "w:moveToRangeStart", "w:delText",
            "w:delInstrText", "w:rPrChange", "w:pPrChange", "w:sectPrChange", "w:tblPrChange", "w:tblGridChange",
            "w:tblPrExChange", "w:trPrChange", "w:tcPrChange", "w:numberingChange", "w:cellIns", "w:cellDel",
            "w:cellMerge", "w:customXmlInsRangeStart", "w:customXmlDelRangeStart",
        ),
    )
)  # fmt: skip
_WITHOUT_NUMBER = frozenset({"bullet", "none"})
_BRACES = re.compile(r"[{｛﹛]+\s*(%?)\s*([^{}｛｝﹛﹜%]*?)\s*%?\s*[}｝﹜]+")
_RIGHT = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#.*?#\}")
_LOOPS = re.compile(r"[{｛﹛]\s*[%％]|[%％]\s*[}｝﹜]")


def changes(parts: Parts) -> list[str]:
    """Tracked changes (修订): deleted words would be printed too."""
    seen = [each.text or "" for name in parts.content_names for each in _changed(parts.root(name))]
    if not seen:
        return []
    words = next((f"（例如删去的“{text[:20]}”）" for text in seen if text.strip()), "")
    return [f"有没有处理的修订{words}，请点「审阅 → 接受所有修订」（不要的先拒绝），再保存"]


def _changed(root: etree._Element | None) -> Iterator[etree._Element]:
    return iter(()) if root is None else (each for each in root.iter() if each.tag in _CHANGES)


def frozen(parts: Parts, *, is_page: bool) -> list[str]:
    """Make text of a document's fields (域), in place; those that cannot be, told.

    :param is_page: the paper is one page, so its page number is 1.
    """
    body = parts.root(parts.body)
    bookmarks = {} if body is None else bookmarks_in(body)
    faults = []
    for name in parts.content_names:
        root = parts.root(name)
        assert root is not None
        faults += freeze(root, bookmarks, counts=is_page)
        parts.replace(name, root)
    if not faults:
        return []
    return [f"有{'；'.join(dict.fromkeys(faults))}"]


def counting(parts: Parts) -> list[str]:
    """What goes on counting from letter to letter, where each is a paper by itself."""
    body = parts.root(parts.body)
    if body is None:
        return []
    found = []
    for kind, called in (("w:footnoteReference", "脚注"), ("w:endnoteReference", "尾注")):
        if body.find(f".//{qn(kind)}") is not None:
            found.append(f"有{called}，它的编号每份都不一样，请删掉，改成普通文字")
    numbered = next(_numbered(parts, body), None)
    if numbered is not None:
        found.append(
            f"有自动编号（在“{numbered[:15]}”这一段），每份都不一样，请点「开始 → 编号 → 无」，改成手打的数字"
        )
    return found


def _numbered(parts: Parts, body: etree._Element) -> Iterator[str]:
    """Paragraphs with a number that Word makes."""
    styles, formats = Styles(parts.root("word/styles.xml")), _formats(parts.root("word/numbering.xml"))
    for paragraph in body.iter(qn("w:p")):
        properties = styles.of_paragraph(paragraph, "w:pPr/w:numPr")
        if properties is None:
            continue
        number, level = (
            str(each.get(qn("w:val"))) if each is not None else "0"
            for each in (properties.find(qn("w:numId")), properties.find(qn("w:ilvl")))
        )
        if formats.get((number, level), "none") not in _WITHOUT_NUMBER:
            yield "".join(paragraph.itertext(qn("w:t")))


def _formats(root: etree._Element | None) -> dict[tuple[str, str], str]:
    """(list, level) → how its numbers are written."""
    if root is None:
        return {}
    kinds: dict[str, dict[str, str]] = {}
    for kind in root.iter(qn("w:abstractNum")):
        levels = {level.get(qn("w:ilvl")): level.find(qn("w:numFmt")) for level in kind.iter(qn("w:lvl"))}
        kinds[str(kind.get(qn("w:abstractNumId")))] = {
            str(level): "decimal" if form is None else str(form.get(qn("w:val")))
            for level, form in levels.items()
        }
    found = {}
    for one in root.iter(qn("w:num")):
        reference = one.find(qn("w:abstractNumId"))
        own = "" if reference is None else str(reference.get(qn("w:val")))
        for level, form in kinds.get(own, {}).items():
            found[str(one.get(qn("w:numId"))), level] = form
    return found


def braces(parts: Parts, known: Collection[str]) -> list[str]:
    """Names of placeholders in braces that are not two and half-width, which would be printed as they stand."""
    said = [text for name in parts.content_names for text in texts(_root(parts, name))]
    said += [text for _, text in parts.beside_the_body()]
    found: dict[str, str] = {}
    for text in said:
        rest = _RIGHT.sub("", text)
        for odd in _BRACES.finditer(rest):
            name = odd[2].strip()
            if name.split(".")[0] in known:
                found.setdefault(odd[0], f"“{odd[0]}”不会填写，请写成 {{{{ {name} }}}}（两个半角的花括号）")
        for odd in _LOOPS.finditer(rest):
            found.setdefault("%", f"“{odd[0]}”不会起作用，请写成半角的 {{% 和 %}}")
    return list(found.values())


def _root(parts: Parts, name: str) -> etree._Element:
    root = parts.root(name)
    assert root is not None
    return root


def imported(parts: Parts) -> list[str]:
    """Other documents that Word puts in when it opens this one."""
    body = parts.root(parts.body)
    there = body is not None and any(
        body.find(f".//{qn(tag)}") is not None for tag in ("w:altChunk", "w:subDoc")
    )
    return ["有插入的另一个文件（子文档），请把它的文字复制进来"] if there else []
