"""Word template + fields → .docx, with docxtpl made safe.

Values are always escaped, a placeholder without a value is an error and templates run in Jinja's sandbox: docxtpl by
itself drops the rest of a page at a ``<`` in a shop's name and prints an unknown placeholder as nothing.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from pipeline.errors import TemplateFault

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""Time of every member of a written docx: the same content gives the same bytes."""
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


class WordTemplate:
    """A ``.docx`` with ``{{ … }}`` placeholders, opened and understood."""

    def __init__(self, name: str, data: bytes) -> None:
        """Open a template from its bytes.

        :param name: file name, for messages.
        :raises TemplateFault: not a docx, or its placeholders are not well written.
        """
        self.name = name
        self.data = data
        try:
            self._docx = DocxTemplate(io.BytesIO(data))
            self._docx.render_init()
            self._body: str = self._docx.patch_xml(self._docx.get_xml())
            self._parts = dict(_texts_beside_the_body(data))
            etree.fromstring(_without_tags(self._body).encode())
        except Exception as fault:  # zip, XML and python-docx each raise their own kinds for a damaged file
            raise TemplateFault(
                f"模板 {name} 打不开，可能已损坏（{type(fault).__name__}）。请用备份替换。"
            ) from fault
        self.placeholders = self._read_placeholders()

    def _read_placeholders(self) -> dict[str, int]:
        environment = _environment()
        try:
            environment.from_string(self._body)  # also finds filters that there are not
        except TemplateSyntaxError as fault:
            raise TemplateFault(
                f"模板 {self.name} 的占位符写法有误：{fault.message}。请检查花括号是否成对。"
            ) from fault
        counts: dict[str, int] = {}
        for name in environment.parse(self._body).find_all(nodes.Name):
            counts[name.name] = counts.get(name.name, 0) + 1
        return counts

    def demand(self, fields: Collection[str], at_least: Mapping[str, int] | None = None) -> None:
        """Refuse a template whose placeholders are not exactly ``fields``.

        :param at_least: field → how many times it must stand there, if not once; 0 where it may be missing.
        :raises TemplateFault: names each odd placeholder.
        """
        stray = [
            f"{part}里的 {{{{ {name} }}}}"
            for part, xml in self._parts.items()
            for name in _PLACEHOLDER.findall(xml)
        ]
        faults = [f"{'、'.join(stray)} 不会填写，请移到正文里"] if stray else []
        for name in sorted(self.placeholders.keys() - set(fields)):
            near = get_close_matches(name, fields, n=1, cutoff=0.4)
            faults.append(f"{{{{ {name} }}}} 不认识" + (f"，是不是 {{{{ {near[0]} }}}}" if near else ""))
        for name in fields:
            wanted = (at_least or {}).get(name, 1)
            there = self.placeholders.get(name, 0)
            if there < wanted:
                faults.append(
                    f"缺 {{{{ {name} }}}}" if not there else f"{{{{ {name} }}}} 只有{there}处，应有{wanted}处"
                )
        if faults:
            raise TemplateFault(
                f"模板 {self.name} 的占位符不对：{'；'.join(faults)}。改好再运行；什么也没有印，编号也没有用掉。"
            )

    def write(self, fields: Mapping[str, object], path: Path) -> None:
        """One document, the placeholders and loops filled.

        :raises TemplateFault: the template asks for something that is not there.
        """
        self._save(self._render(_environment().from_string(self._body), fields), path)

    @property
    def body(self) -> str:
        """XML of its body, each placeholder within one run."""
        return self._body

    def write_pages(self, records: Iterable[Mapping[str, object]], path: Path, after: str = "") -> None:
        """One document in which the whole template stands once for each record, each from a new page on.

        :param after: XML of what follows the last record.
        """
        head, first, following, tail = self._page_pieces()
        environment = _environment()
        once, again = environment.from_string(first), environment.from_string(following)
        pages = [self._render(again if index else once, record) for index, record in enumerate(records)]
        self._save(head + "".join([*pages, after]) + tail, path)

    def _page_pieces(self) -> tuple[str, str, str, str]:
        """The body's opening tag; its blocks; the same from a new page on; its last section and closing tag.

        Cut as text from one serialisation, so that namespaces are declared once and not on every block.
        """
        body = etree.fromstring(self._body.encode())
        body.insert(0, etree.Element("cut"))
        last = body[-1] if body[-1].tag == qn("w:sectPr") else None
        body.insert(len(body) - (last is not None), etree.Element("cut"))
        head, first, tail = etree.tostring(body, encoding="unicode").split("<cut/>")
        _start_on_new_page(body)
        return head, first, etree.tostring(body, encoding="unicode").split("<cut/>")[1], tail

    def _render(self, template: Template, fields: Mapping[str, object]) -> str:
        try:
            return template.render(fields)
        except TemplateError as fault:
            raise TemplateFault(f"模板 {self.name} 填不了：{fault.message}。请检查占位符。") from fault

    def _save(self, body: str, path: Path) -> None:
        main = self._docx.docx.part
        root = etree.fromstring(main.blob)
        old = root.find(qn("w:body"))
        assert old is not None
        root.replace(old, etree.Element("cut"))
        whole = etree.tostring(root, encoding="unicode").replace("<cut/>", body).encode()
        etree.fromstring(whole, etree.XMLParser(huge_tree=True))
        with zipfile.ZipFile(io.BytesIO(self.data)) as template, zipfile.ZipFile(path, "w") as package:
            for name in template.namelist():
                content = whole if name == main.partname.lstrip("/") else template.read(name)
                package.writestr(
                    zipfile.ZipInfo(name, FIXED_TIME), content, zipfile.ZIP_DEFLATED, compresslevel=1
                )


def open_template(path: Path) -> WordTemplate:
    """Open a template file.

    :raises TemplateFault: it is missing, cannot be read or is broken.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise TemplateFault(f"没有模板 {path.name}。请把它放回 {path.parent}。") from None
    except OSError as fault:
        raise TemplateFault(f"模板 {path.name} 读不了（{fault.strerror}）。请检查权限。") from fault
    return WordTemplate(path.name, data)


def paragraphs(path: Path) -> list[str]:
    """What the body of a docx says, a text for each paragraph, without what is hidden or said only to old programs."""
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    shown = etree.XPath(
        ".//w:t[not(ancestor::mc:Fallback or parent::w:r/w:rPr/w:vanish)]",
        namespaces={"w": body.nsmap["w"], "mc": _COMPATIBILITY},
    )
    said: dict[etree._Element, str] = {}
    for text in shown(body):  # a box of text stands within a paragraph
        paragraph = next(text.iterancestors(qn("w:p")))
        said[paragraph] = said.get(paragraph, "") + (text.text or "")
    return list(said.values())


def _without_tags(xml: str) -> str:
    """The XML with placeholders and loops taken out, to see whether it is whole."""
    return _PLACEHOLDER.sub("", re.sub(r"\{%.*?%\}", "", xml, flags=re.DOTALL))


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _texts_beside_the_body(data: bytes) -> Iterable[tuple[str, str]]:
    """Headers, footers and notes: parts that stand once in the document and so cannot differ from letter to letter."""
    names = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for member in package.namelist():
            part = re.fullmatch(r"word/(header|footer|footnotes|endnotes)\d*\.xml", member)
            if part:
                text = "".join(etree.fromstring(package.read(member)).itertext(qn("w:t")))
                yield names[part[1]], text


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
