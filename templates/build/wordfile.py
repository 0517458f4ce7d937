"""The few parts of a Word file that both templates need, written so that equal input gives equal bytes.

Everything is WordprocessingML as plain text: tables, paragraphs, borders; no drawings. Lengths are
millimetres or points outside and twips (1/20 pt) inside.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FANGSONG = "仿宋_GB2312"
HEITI = "黑体"
BIAOSONG = "方正小标宋简体"
DIGITS = "Times New Roman"

_DAY = (2022, 5, 7, 0, 0, 0)  # the day of 岚政办发〔2022〕20号; any fixed day would do
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = f'xmlns:w="{_MAIN}" xmlns:r="{_RELATIONS}"'


def twips(millimetres: float) -> int:
    """Length in Word's unit."""
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; every paragraph of a template gets its whole look from one."""

    name: str
    """Name as the clerk sees it in Word's list of styles; also its identifier."""
    size_pt: float
    """Character size."""
    line_pt: float
    """Exact line height."""
    align: str = "left"
    """left, center, right."""
    hanzi: str = FANGSONG
    """Font of Chinese characters; digits and Latin are always Times New Roman."""
    color: str = "000000"
    """Character colour, RRGGBB."""
    underline_pt: float = 0
    """Thickness of the line under the whole paragraph: the blank of a form. 0: none."""
    indent_pt: float = 0
    """Space left free on the left."""

    def xml(self) -> str:
        """Return the style as styles.xml wants it."""
        ident = escape(self.name)
        border = (
            f'<w:pBdr><w:bottom w:val="single" w:sz="{round(self.underline_pt * 8)}" w:space="1"'
            ' w:color="000000"/></w:pBdr>'
            if self.underline_pt
            else ""
        )
        indent = f'<w:ind w:left="{round(self.indent_pt * 20)}"/>' if self.indent_pt else ""
        size = round(self.size_pt * 2)
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{ident}"><w:name w:val="{ident}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{border}'
            f'<w:spacing w:before="0" w:after="0" w:line="{round(self.line_pt * 20)}" w:lineRule="exact"/>'
            f'{indent}<w:jc w:val="{self.align}"/></w:pPr>'
            f'<w:rPr>{_fonts(self.hanzi)}<w:color w:val="{self.color}"/>'
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, placed by its left and right edge measured from the paper's left edge."""

    left_mm: float
    """Left edge."""
    right_mm: float
    """Right edge."""
    content: str
    """Paragraphs (XML)."""
    valign: str = "bottom"
    """top, center, bottom."""
    borders: str = ""
    """Children of w:tcBorders, in schema order; empty: none."""
    merge: str = ""
    """restart or continue for a cell that spans rows; empty: does not."""


@dataclass(frozen=True, slots=True)
class Row:
    """One table row of exact height; what its cells leave free is filled with empty cells."""

    height: int
    """Height in twips."""
    cells: tuple[Cell, ...] = ()
    """From left to right, not overlapping."""


def paragraph(style: Style, text: str = "") -> str:
    """Make a paragraph of one run."""
    return paragraph_of(style, run(text) if text else "")


def paragraph_of(style: Style, runs: str) -> str:
    """Make a paragraph of ready runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{escape(style.name)}"/></w:pPr>{runs}</w:p>'


def run(text: str) -> str:
    """Make one run; a placeholder such as ``{{ 姓名 }}`` must stay within one."""
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'  # or Word sets — and … in the Latin font
    return f'<w:r>{hint}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(instruction: str) -> str:
    """Make a field that Word, WPS and LibreOffice compute: PAGE, NUMPAGES."""
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def table(rows: Sequence[Row], left_mm: float, right_mm: float, text_left_mm: float, filler: Style) -> str:
    """Make a table of fixed columns and exact rows between two edges of the paper.

    Its grid is the edges of all its cells, so that every row may divide the width in its own way.
    """
    edges = {twips(left_mm), twips(right_mm)}
    edges |= {twips(edge) for row in rows for cell in row.cells for edge in (cell.left_mm, cell.right_mm)}
    grid = sorted(edges)
    columns = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(grid))
    body = "".join(_row(row, grid, filler) for row in rows)
    return table_frame(columns, body, grid[-1] - grid[0], grid[0] - twips(text_left_mm))


def table_frame(columns: str, rows: str, width: int, indent: int, borders: str = "", margin: int = 0) -> str:
    """Make the table around ready rows; lengths in twips."""
    frame = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblInd w:w="{indent}" w:type="dxa"/>{frame}'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        f'<w:left w:w="{margin}" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        f'<w:right w:w="{margin}" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(row: Row, grid: Sequence[int], filler: Style) -> str:
    """Make a row, its gaps filled."""
    parts: list[str] = []
    at = grid[0]
    for cell in row.cells:
        left, right = twips(cell.left_mm), twips(cell.right_mm)
        if left > at:
            parts.append(_cell(at, left, grid, Cell(0, 0, paragraph(filler))))
        parts.append(_cell(left, right, grid, cell))
        at = right
    if at < grid[-1]:
        parts.append(_cell(at, grid[-1], grid, Cell(0, 0, paragraph(filler))))
    height = f'<w:trHeight w:val="{row.height}" w:hRule="exact"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{''.join(parts)}</w:tr>"


def _cell(left: int, right: int, grid: Sequence[int], cell: Cell) -> str:
    """Make a cell over as many grid columns as lie between its edges."""
    span = grid.index(right) - grid.index(left)
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    bordered = f"<w:tcBorders>{cell.borders}</w:tcBorders>" if cell.borders else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{right - left}" w:type="dxa"/>{spanned}{merged}{bordered}'
        f'<w:vAlign w:val="{cell.valign}"/></w:tcPr>{cell.content}</w:tc>'
    )


def page(
    paper_mm: tuple[float, float], margins_mm: tuple[float, float, float, float], edge_mm: float, footer: bool
) -> str:
    """Set the page: width and height; top, right, bottom, left margin; distance of header and footer."""
    width, height = (twips(side) for side in paper_mm)
    top, right, bottom, left = (twips(margin) for margin in margins_mm)
    turned = ' w:orient="landscape"' if width > height else ""
    foot = '<w:footerReference w:type="default" r:id="rId3"/>' if footer else ""
    return (
        f'<w:sectPr>{foot}<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="{twips(edge_mm)}" w:footer="{twips(edge_mm)}" w:gutter="0"/></w:sectPr>'
    )


def write(path: Path, title: str, styles: Iterable[Style], body: str, footer: str = "") -> None:
    """Write the .docx: same arguments, same bytes."""
    parts = {
        "[Content_Types].xml": _content_types(bool(footer)),
        "_rels/.rels": _package_relations(),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _document_relations(bool(footer)),
        "word/styles.xml": _styles(styles),
        "word/settings.xml": _settings(),
        "docProps/core.xml": _core(title),
    }
    if footer:
        parts["word/footer1.xml"] = f"<w:ftr {_NAMESPACES}>{footer}</w:ftr>"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.create_system, entry.external_attr = 0, 0
            # Stored, not deflated: zlib builds differ in their output.
            archive.writestr(entry, (_DECLARATION + text).encode("utf-8"), zipfile.ZIP_STORED)


def _fonts(hanzi: str) -> str:
    return f'<w:rFonts w:ascii="{DIGITS}" w:hAnsi="{DIGITS}" w:eastAsia="{hanzi}" w:cs="{DIGITS}"/>'


def _styles(styles: Iterable[Style]) -> str:
    """Defaults that leave every character its own width: no autospacing, no hanging or squeezed marks."""
    return (
        f"<w:styles {_NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANGSONG)}"
        '<w:kern w:val="0"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr>'
        '<w:widowControl w:val="0"/><w:kinsoku w:val="0"/><w:overflowPunct w:val="0"/>'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        '<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>'
        "</w:pPr></w:style>"
        f"{''.join(style.xml() for style in styles)}</w:styles>"
    )


def _settings() -> str:
    mode = (
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/>'
    )
    return (
        f'<w:settings {_NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{mode}</w:compat></w:settings>'
    )


def _core(title: str) -> str:
    day = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*_DAY)
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )


def _content_types(footer: bool) -> str:
    parts = {"document": "document.main", "styles": "styles", "settings": "settings"}
    if footer:
        parts["footer1"] = "footer"
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_CONTENT}.{kind}+xml"/>'
        for part, kind in parts.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}"
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _package_relations() -> str:
    return _relations(
        (f"{_RELATIONS}/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    )


def _document_relations(footer: bool) -> str:
    kinds = ["styles", "settings", "footer"] if footer else ["styles", "settings"]
    targets = {"footer": "footer1.xml"}
    return _relations(*((f"{_RELATIONS}/{kind}", targets.get(kind, f"{kind}.xml")) for kind in kinds))


def _relations(*pairs: tuple[str, str]) -> str:
    """Relations rId1, rId2, … of type and target."""
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(pairs, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'
