"""Word template + fields → .docx, with docxtpl made safe.

Values are always escaped, a placeholder without a value is an error and templates run in Jinja's sandbox: docxtpl by
itself drops the rest of a page at a ``<`` in a shop's name and prints an unknown placeholder as nothing.
"""

import hashlib
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path

from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from pipeline.adapters.word import inspection
from pipeline.adapters.word.cleaning import alone, cleaned
from pipeline.adapters.word.opening import opened
from pipeline.adapters.word.pages import page_pieces
from pipeline.adapters.word.parts import PLACEHOLDER, Parts, texts
from pipeline.errors import TemplateFault

_TEXT = re.compile(r"(?<=>)[^<]+(?=</w:t>)")


class _Prepared:
    """A template's parts made ready to be filled."""

    def __init__(self, parts: Parts, *, is_page: bool) -> None:
        self.parts = alone(parts) if is_page else Parts(parts.content)
        self.faults = inspection.frozen(self.parts, is_page=is_page)
        if is_page:
            self.faults += inspection.counting(self.parts)
        docx = DocxTemplate(io.BytesIO(self.parts.packed()))
        docx.render_init()
        self.body = docx.patch_xml(docx.get_xml())
        self.main = docx.docx.part
        etree.fromstring(_without_tags(self.body).encode())

    @cached_property
    def pieces(self) -> tuple[str, Template, Template, str]:
        """To be written several times: what stands before the first, that one, each further one, what stands after."""
        head, first, following, tail = page_pieces(self.body)
        environment = _environment()
        return head, environment.from_string(first), environment.from_string(following), tail


class WordTemplate:
    """A ``.docx`` with ``{{ … }}`` placeholders, opened, looked through and understood."""

    def __init__(self, name: str, data: bytes) -> None:
        """Open a template from its bytes.

        :param name: file name, for messages.
        :raises TemplateFault: not a docx, or its placeholders are not well written.
        """
        self.name = name
        self.data = data
        try:
            parts = opened(name, data)
            self._faults = [*inspection.changes(parts), *inspection.imported(parts)]
            self._parts = cleaned(parts)
            self._whole = _Prepared(self._parts, is_page=False)
        except TemplateFault:
            raise
        except Exception as fault:  # zip, XML and python-docx each raise their own kinds for a damaged file
            raise TemplateFault(
                f"模板 {name} 打不开，可能已损坏（{type(fault).__name__}）。请用备份替换。"
            ) from fault
        self._tree = self._understood()

    @cached_property
    def _page(self) -> _Prepared:
        """As :meth:`write_pages` fills it: on every page it is the first and only one."""
        return _Prepared(self._parts, is_page=True)

    @property
    def said(self) -> str:
        """All its fixed words and placeholders."""
        beside = (text for _, text in self._parts.beside_the_body())
        return "".join([*etree.fromstring(_without_tags(self._page.body).encode()).itertext(), *beside])

    @cached_property
    def has_logic(self) -> bool:
        """Whether it does more than show what is filled in: a loop, a condition, a sum."""
        shown = [part for each in self._tree.body if isinstance(each, nodes.Output) for part in each.nodes]
        is_plain = all(isinstance(part, nodes.TemplateData | nodes.Name) for part in shown)
        return not is_plain or any(not isinstance(each, nodes.Output) for each in self._tree.body)

    def times(self, fields: Mapping[str, str]) -> Mapping[str, int]:
        """How often at least a page of :meth:`write_pages` must show each field, filled in so."""
        if not self.has_logic:
            return self.placeholders
        said = self.said_by(fields)
        sought = {name: "".join(value.split()) for name, value in fields.items()}
        return {name: max(1, sum(text.count(value) for text in said)) for name, value in sought.items()}

    def said_by(self, fields: Mapping[str, str]) -> list[str]:
        """What a page of :meth:`write_pages` says, filled in so: each paragraph's text, white space left out."""
        filled = etree.fromstring(self._render(self._compiled_page, fields).encode())
        return [said for text in texts(filled) if (said := "".join(text.split()))]

    @cached_property
    def _compiled_page(self) -> Template:
        return _environment().from_string(self._page.body)

    def _understood(self) -> nodes.Template:
        environment = _environment()
        try:
            tree = environment.parse(self._whole.body)
            # before it is compiled, which folds what is constant into one
            self.placeholders = Counter(name.name for name in tree.find_all(nodes.Name))
            """Placeholder → in how many places it stands, a condition's included."""
            self._compiled = environment.from_string(tree)  # also finds filters that there are not
        except TemplateSyntaxError as fault:
            raise TemplateFault(
                f"模板 {self.name} 的占位符写法有误：{fault.message}。请检查花括号是否成对。"
            ) from fault
        return tree

    def demand(
        self, fields: Collection[str], at_least: Mapping[str, int] | None = None, *, is_page: bool = False
    ) -> None:
        """Refuse a template with something in it that is not printed as it stands, or with other placeholders.

        :param at_least: field → how many times it must stand there, if not once; 0 where it may be missing.
        :param is_page: it is to be filled by :meth:`write_pages`.
        :raises TemplateFault: names all that the clerk has to change.
        """
        odd = [*self._faults, *(self._page if is_page else self._whole).faults]
        if odd:
            raise TemplateFault(
                f"模板 {self.name} 里{'；'.join(odd)}。改好再办；什么也没有印，编号也没有用掉。"
            )
        self._demand_placeholders(fields, at_least or {})

    def _demand_placeholders(self, fields: Collection[str], at_least: Mapping[str, int]) -> None:
        stray = [
            f"{part}里的 {{{{ {name} }}}}"
            for part, text in self._parts.beside_the_body()
            for name in PLACEHOLDER.findall(text)
        ]
        faults = [f"{'、'.join(stray)} 不会填写，请移到正文里"] if stray else []
        faults += inspection.braces(self._parts, fields)
        for name in sorted(self.placeholders.keys() - set(fields)):
            near = get_close_matches(name, fields, n=1, cutoff=0.4)
            faults.append(f"{{{{ {name} }}}} 不认识" + (f"，是不是 {{{{ {near[0]} }}}}" if near else ""))
        for name in fields:
            wanted = at_least.get(name, 1)
            there = self.placeholders.get(name, 0)
            if there < wanted:
                faults.append(
                    f"缺 {{{{ {name} }}}}" if not there else f"{{{{ {name} }}}} 只有{there}处，应有{wanted}处"
                )
        if faults:
            raise TemplateFault(
                f"模板 {self.name} 的占位符不对：{'；'.join(faults)}。改好再办；什么也没有印，编号也没有用掉。"
            )

    def write(self, fields: Mapping[str, object], path: Path) -> None:
        """One document, the placeholders and loops filled; raises as :meth:`parts` does."""
        self.parts(fields).write(path)

    def parts(self, fields: Mapping[str, object]) -> Parts:
        """The parts of such a document, for whoever changes some before they are written.

        :raises TemplateFault: the template asks for something that is not there.
        """
        return _filled(self._whole, self._render(self._compiled, fields))

    def filled(self, fields: Mapping[str, object]) -> tuple[list[str], str]:
        """What :meth:`write` makes of it: each paragraph's text, and a digest of all that is no text."""
        body = self._render(self._compiled, fields)
        shape = _TEXT.sub("", body).encode()
        return texts(etree.fromstring(body.encode())), hashlib.sha256(shape).hexdigest()

    def body(self, *, is_page: bool = True) -> str:
        """XML of its body as :meth:`write_pages` fills it, each placeholder within one run."""
        body: str = (self._page if is_page else self._whole).body
        return body

    def write_pages(
        self, records: Iterable[Mapping[str, object]], path: Path, after: str = "", *, is_page: bool = True
    ) -> None:
        """One document in which the whole template stands once for each record, each from a new page on.

        :param after: XML of what follows the last record.
        :param is_page: as :meth:`demand` has seen it; else each has as many pages as it takes, and they are counted through.
        """
        prepared = self._page if is_page else self._whole
        head, once, again, tail = prepared.pieces
        pages = [self._render(again if index else once, record) for index, record in enumerate(records)]
        _filled(prepared, head + "".join([*pages, after]) + tail).write(path)

    def _render(self, template: Template, fields: Mapping[str, object]) -> str:
        try:
            return template.render(fields)
        except TemplateError as fault:
            raise TemplateFault(f"模板 {self.name} 填不了：{fault.message}。请检查占位符。") from fault


def _filled(prepared: _Prepared, body: str) -> Parts:
    root = etree.fromstring(prepared.main.blob)
    old = root.find(qn("w:body"))
    assert old is not None
    root.replace(old, etree.Element("cut"))
    whole = etree.tostring(root, encoding="unicode").replace("<cut/>", body).encode()
    etree.fromstring(whole, etree.XMLParser(huge_tree=True))
    return Parts({**prepared.parts.content, prepared.main.partname.lstrip("/"): whole})


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
    return template_of(path.name, data)


@lru_cache(32)
def template_of(name: str, data: bytes) -> WordTemplate:
    """A template from its bytes, looked through once however many papers and batches are set in it.

    :param name: file name, for messages.
    :raises TemplateFault: as :class:`WordTemplate` does.
    """
    return WordTemplate(name, data)


def _without_tags(xml: str) -> str:
    """The XML with placeholders and loops taken out, to see whether it is whole."""
    return PLACEHOLDER.sub("", re.sub(r"\{%.*?%\}", "", xml, flags=re.DOTALL))


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
