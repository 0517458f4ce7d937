"""Word's fields (域): LibreOffice works them out anew, and then prints something else than stands on the screen.

A field whose result is plain text of the template becomes that text, as Ctrl+Shift+F9 would have it. Page numbers stay.
What depends on how a paper is filled, or on the day, cannot be told beforehand: nobody could see that it is right.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

from pipeline.adapters.word.parts import take_out, unwrap

COUNTS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
"""Page numbers: right on a paper of several pages."""
_DRAWN = frozenset({"FORMCHECKBOX"})
"""Drawn by themselves, without a result."""
_SILENT = frozenset({"TC", "XE", "RD", "SET", "PRIVATE", "ADVANCE"})
"""Print nothing."""
_PLAIN = frozenset(
    {
        "HYPERLINK", "TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS", "LASTSAVEDBY", "DOCPROPERTY",
        "DOCVARIABLE", "INFO", "FILENAME", "TEMPLATE", "USERNAME", "USERINITIALS", "USERADDRESS", "QUOTE",
        "FORMTEXT", "FORMDROPDOWN", "SYMBOL", "EQ", "MACROBUTTON", "GOTOBUTTON", "EMBED", "LINK", "SHAPE",
        "INCLUDEPICTURE", "INCLUDETEXT", "CITATION", "BIBLIOGRAPHY", "ADDIN", "CONTROL",
    }
)  # fmt: skip
"""What these show does not depend on how the paper is filled."""
_CALLED = {
    "TOC": "目录", "PAGEREF": "引用的页码", "REF": "交叉引用", "NOTEREF": "交叉引用", "STYLEREF": "引用的标题", "SEQ": "题注编号",
    "DATE": "日期", "TIME": "时间", "MERGEFIELD": "邮件合并", "=": "公式",
}  # fmt: skip
_LOOP = re.compile(r"\{%-?\s*(?:tr|tc|p|r)?\s*(for|endfor)\b")


@dataclass(slots=True)
class Field:
    """A field, simple or complex."""

    code: str = ""
    """Its code."""
    texts: list[etree._Element] = field(default_factory=list)
    """Its result."""
    marks: list[etree._Element] = field(default_factory=list)
    """What makes a field of the result."""
    has_result: bool = False
    """Whether there is a result, maybe a picture."""
    in_loop: bool = False
    """Whether it stands in a loop of the template."""

    @property
    def name(self) -> str:
        """What kind it is, in capitals; a bookmark's name by itself is a reference to it."""
        words = self.code.replace("=", "= ", 1).split()
        return words[0].upper() if words else ""

    @property
    def result(self) -> str:
        """What it shows."""
        return "".join(text.text or "" for text in self.texts)

    def freeze(self) -> None:
        """Make plain text of it."""
        for mark in self.marks:
            if mark.tag == qn("w:fldSimple"):
                unwrap(mark, mark)
            else:
                take_out(mark)


def fields_in(root: etree._Element) -> Iterator[Field]:
    """The fields of a part, the inner before the outer."""
    open_fields: list[Field] = []
    depth = 0
    for each in root.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        text = each.text or ""
        if each.tag == qn("w:t"):
            depth += sum(1 if tag == "for" else -1 for tag in _LOOP.findall(text))
            for one in open_fields:
                if one.has_result:
                    one.texts.append(each)
            continue
        kind = each.get(qn("w:fldCharType"))
        if kind == "begin":
            open_fields.append(Field(in_loop=depth > 0))
        if not open_fields:
            continue
        open_fields[-1].marks.append(each)
        if kind == "separate":
            open_fields[-1].has_result = True
        elif kind == "end":
            yield open_fields.pop()
        elif kind is None and not open_fields[-1].has_result:
            open_fields[-1].code += text
    for simple in reversed(list(root.iter(qn("w:fldSimple")))):
        shown = list(simple.iter(qn("w:t")))
        yield Field(str(simple.get(qn("w:instr"), "")), shown, [simple], has_result=True)


def freeze(root: etree._Element, bookmarks: Mapping[str, str], *, counts: bool) -> list[str]:
    """Make text of a part's fields; in Chinese what is wrong with those that cannot be.

    :param bookmarks: name → the text that it marks.
    :param counts: page numbers too: the paper is one page, and its number 1.
    """
    faults = []
    for one in list(fields_in(root)):
        if one.name in _DRAWN or (one.name in COUNTS and not counts):
            continue
        fault = _fault(one, bookmarks)
        if fault:
            faults.append(fault)
            continue
        if one.name in COUNTS and not one.result:
            _show_one(one)
        one.freeze()
    return faults


def _fault(one: Field, bookmarks: Mapping[str, str]) -> str:
    name = one.name
    if not name or name in _SILENT or (name in _PLAIN and one.has_result):
        return ""
    if name in COUNTS:
        right = one.result.strip(" -—") in {"", "1", "１", "一"}
        return "" if right else f"页码“{one.result}”（每份都是单独一页，请改成固定的文字，或删掉）"
    if name == "SEQ" and not one.in_loop and one.has_result:
        return ""
    marked = one.code.split()[1 if name == "REF" else 0 :][:1]
    if marked and bookmarks.get(marked[0]) == one.result and one.result:
        return ""
    called = _CALLED.get(name, name)
    if name == "MERGEFIELD" and marked:
        return f"邮件合并的域“{one.result}”（请删掉，要填的写成 {{{{ 名称 }}}}）"
    shown = f"“{one.result[:20]}”" if one.result else f"{{ {' '.join(one.code.split())[:30]} }}"
    return f"会自己变的域（{called}）{shown}（请点中它，按 Ctrl+Shift+F9 变成普通文字，要填的写成占位符）"


def _show_one(one: Field) -> None:
    """Give a page number without a result the result 1."""
    mark = one.marks[0]
    run = etree.SubElement(mark, qn("w:r")) if mark.tag == qn("w:fldSimple") else mark.getparent()
    assert run is not None
    etree.SubElement(run, qn("w:t")).text = "1"


def bookmarks_in(root: etree._Element) -> dict[str, str]:
    """Bookmark → the text that it marks."""
    names: dict[str, str] = {}
    marked: dict[str, str] = {}
    for each in root.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:t")):
        number = str(each.get(qn("w:id")))
        if each.tag == qn("w:bookmarkStart"):
            names[number] = str(each.get(qn("w:name")))
            marked[names[number]] = ""
        elif each.tag == qn("w:bookmarkEnd"):
            names.pop(number, None)
        else:
            for name in names.values():
                marked[name] += each.text or ""
    return marked
