"""The page grid (文档网格), which LibreOffice reads otherwise than Word does: taken out, and said in another way.

Word counts a grid's lines from the top of the text area, lets exact line heights alone, and makes each character so much
wider or narrower. LibreOffice puts the grid in the middle of the text area, so that all words move by some millimetres;
7.4 gives two cells to a character that is a little wider than one.
"""

from collections import Counter

from docx.oxml.ns import qn
from lxml import etree

from pipeline.adapters.word.parts import Parts, is_on, take_out
from pipeline.adapters.word.styles import Styles

_CHARS = frozenset({"linesAndChars", "snapToChars"})
_AFTER_SPACING = tuple(
    map(
        qn,
        (
            "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:bdr", "w:shd",
            "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath",
        ),
    )
)  # fmt: skip
"""What comes after ``w:spacing`` in the properties of a run."""


def without_grid(parts: Parts) -> None:
    """Take the grid out where no line keeps to it; what it does to characters becomes their spacing."""
    body, styles_root = parts.root(parts.body), parts.root("word/styles.xml")
    if body is None:
        return
    grids = [grid for grid in body.iter(qn("w:docGrid")) if grid.get(qn("w:type"), "default") != "default"]
    if not grids:
        return
    styles = Styles(styles_root)
    kept = [paragraph for paragraph in body.iter(qn("w:p")) if _keeps(paragraph, styles)]
    spacing = _spacing(grids)
    if spacing and styles_root is not None and kept:
        _space(styles_root, spacing)
        parts.replace("word/styles.xml", styles_root)
    exact = [paragraph for paragraph in kept if _is_exact(paragraph, styles)]
    by_lines = len(exact) < len(kept)
    for paragraph in exact if by_lines else ():
        _child(_child(paragraph, "w:pPr", first=True), "w:snapToGrid").set(qn("w:val"), "0")
    for grid in grids:
        if by_lines:
            grid.set(qn("w:type"), "lines")
            grid.attrib.pop(qn("w:charSpace"), None)
        else:
            take_out(grid)
    parts.replace(parts.body, body)


def _keeps(paragraph: etree._Element, styles: Styles) -> bool:
    """Whether a paragraph keeps to the grid (如果定义了文档网格，则对齐到网格)."""
    return is_on(styles.of_paragraph(paragraph, "w:pPr/w:snapToGrid")) is not False


def _is_exact(paragraph: etree._Element, styles: Styles) -> bool:
    spacing = styles.of_paragraph(paragraph, "w:pPr/w:spacing")
    rule = None if spacing is None else spacing.get(qn("w:lineRule"))
    if spacing is not None and rule is None:
        inherited = styles.inherited(paragraph, "w:pPr/w:spacing")
        rule = None if inherited is None else inherited.get(qn("w:lineRule"))
    return rule == "exact"


def _spacing(grids: list[etree._Element]) -> int:
    """By how much the commonest grid widens a character, in twentieths of a point; the file has 4096ths of a point."""
    found = Counter(
        round(int(grid.get(qn("w:charSpace"), "0")) / 4096 * 20)
        for grid in grids
        if grid.get(qn("w:type")) in _CHARS
    )
    return found.most_common(1)[0][0] if found else 0


def _space(styles: etree._Element, spacing: int) -> None:
    """Space characters by default; styles that leave the grid keep their own."""
    for style in styles.iter(qn("w:style")):
        off = style.find(f"{qn('w:pPr')}/{qn('w:snapToGrid')}")
        if is_on(off) is False:
            _set_spacing(_child(style, "w:rPr"), 0)
    defaults = _child(styles, "w:docDefaults", first=True)
    _set_spacing(_child(_child(defaults, "w:rPrDefault", first=True), "w:rPr"), spacing)


def _child(parent: etree._Element, name: str, *, first: bool = False) -> etree._Element:
    found = parent.find(qn(name))
    if found is None:
        found = etree.Element(qn(name))
        parent.insert(0 if first else len(parent), found)
    return found


def _set_spacing(look: etree._Element, spacing: int) -> None:
    if look.find(qn("w:spacing")) is not None:
        return
    element = etree.Element(qn("w:spacing"))
    element.set(qn("w:val"), str(spacing))
    place = next((index for index, each in enumerate(look) if each.tag in _AFTER_SPACING), len(look))
    look.insert(place, element)
