"""What a Word template's fields show outside their slots: every character, and lines of a narrow column."""

import copy
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_FITTED = ("w", "spacing", "kern", "fitText", "sz", "szCs")
"""Of a run, what makes its characters wider or narrower."""


@dataclass(frozen=True, slots=True)
class Samples:
    """What is to be shown of some fields, each as it is set in the template, but from the left and unjustified."""

    characters: Mapping[str, Collection[str]]
    """Field → characters, and pairs of them."""
    lines: Mapping[str, Collection[str]]
    """Field → short texts, each a paragraph of the column."""
    column_pt: float
    """Width of the column."""
    size_pt: float
    """Font size in the column, whatever the field's."""


def sample_paragraphs(body: str, samples: Samples) -> str:
    """For each way in which a field is set, a paragraph with all characters of the fields set so, and their column.

    :param body: XML of the template's body.
    :return: XML that begins a new page.
    """
    looks: dict[bytes, tuple[etree._Element, set[str]]] = {}
    for run in etree.fromstring(body.encode()).iter(qn("w:r")):
        names = set(_PLACEHOLDER.findall("".join(run.itertext(qn("w:t"))))) & samples.characters.keys()
        if names:
            paragraph = _alone(run)
            looks.setdefault(etree.tostring(paragraph, method="c14n"), (paragraph, set()))[1].update(names)
    parts: list[str] = []
    for paragraph, fields in looks.values():
        shown = sorted({text for field in fields for text in samples.characters[field]})
        again = [pair for pair in reversed(shown) if len(pair) > 1]  # a line's end may have parted it
        lines = sorted({text for field in fields for text in samples.lines.get(field, ())})
        column = _column(paragraph, lines, samples) if lines else ""
        if not parts:
            _start_on_new_page(paragraph)
        parts += [_saying(paragraph, "".join([*shown, *again])), column]
    return "".join(parts)


def _alone(run: etree._Element) -> etree._Element:
    """A paragraph like the run's own that holds just this run, its text taken out."""
    parent = next(run.iterancestors(qn("w:p")))
    paragraph = etree.Element(qn("w:p"), nsmap={"w": str(parent.nsmap["w"])})
    own = parent.find(qn("w:pPr"))
    paragraph.append(etree.Element(qn("w:pPr")) if own is None else copy.deepcopy(own))
    _without(paragraph[0], ("framePr", "pageBreakBefore"))
    for justified in paragraph[0].findall(qn("w:jc")):
        justified.set(qn("w:val"), "left")
    alone = etree.SubElement(paragraph, qn("w:r"))
    look = run.find(qn("w:rPr"))
    if look is not None:
        alone.append(copy.deepcopy(look))
    etree.SubElement(alone, qn("w:t"))
    return paragraph


def _saying(paragraph: etree._Element, text: str) -> str:
    """A paragraph with a text in its only run."""
    paragraph[-1][-1].text = text
    return etree.tostring(paragraph, encoding="unicode")


def _start_on_new_page(paragraph: etree._Element) -> None:
    style = paragraph[0].find(qn("w:pStyle"))
    paragraph[0].insert(0 if style is None else 1, etree.Element(qn("w:pageBreakBefore")))


def _column(paragraph: etree._Element, lines: Iterable[str], samples: Samples) -> str:
    """A table of one cell with a paragraph for each text."""
    narrow = copy.deepcopy(paragraph)
    _without(narrow[0], ("ind",))
    look = narrow[-1].find(qn("w:rPr"))
    if look is None:
        look = etree.Element(qn("w:rPr"))
        narrow[-1].insert(0, look)
    _without(look, _FITTED)
    for name in ("sz", "szCs"):
        etree.SubElement(look, qn(f"w:{name}")).set(qn("w:val"), f"{samples.size_pt * 2:.0f}")
    width = f'w:w="{samples.column_pt * 20:.0f}" w:type="dxa"'
    return (
        f'<w:tbl xmlns:w="{narrow.nsmap["w"]}"><w:tblPr><w:tblW {width}/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{samples.column_pt * 20:.0f}"/></w:tblGrid>'
        f"<w:tr><w:tc><w:tcPr><w:tcW {width}/></w:tcPr>{''.join(_saying(narrow, line) for line in lines)}</w:tc></w:tr></w:tbl>"
    )


def _without(properties: etree._Element, names: Iterable[str]) -> None:
    for name in names:
        for old in properties.findall(qn(f"w:{name}")):
            properties.remove(old)
