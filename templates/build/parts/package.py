"""A Word file around its text: styles, settings, footers, charts; equal input gives equal bytes."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from parts.style import FANGSONG, fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from parts.style import Style

_DAY = (2022, 5, 7, 0, 0, 0)  # the day of 岚政办发〔2022〕20号; any fixed day would do
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = f'xmlns:w="{_MAIN}" xmlns:r="{_RELATIONS}"'


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the file besides the text: footer, chart."""

    name: str
    """Path below ``word/``."""
    kind: str
    """How the text refers to it: footer, chart."""
    content_type: str
    """Its content type."""
    content: str
    """XML without its declaration."""
    files: tuple[tuple[str, str, bytes], ...] = ()
    """What it refers to itself: how, path below ``word/``, content."""


def footer_part(number: int, content: str) -> Part:
    """Make a footer of ready paragraphs."""
    xml = f"<w:ftr {_NAMESPACES}>{content}</w:ftr>"
    return Part(f"footer{number}.xml", "footer", f"{_CONTENT}.footer+xml", xml)


def part_id(number: int) -> str:
    """Return the relation under which the text refers to a part, from 1; two are taken by styles and settings."""
    return f"rId{number + 2}"


def write(
    path: Path,
    title: str,
    styles: Iterable[Style],
    body: str,
    parts: Sequence[Part] = (),
    *,
    even_pages: bool = False,
) -> None:
    """Write the .docx: same arguments, same bytes.

    ``even_pages``: even pages have a footer of their own.
    """
    members = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _package_relations(),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _document_relations(parts),
        "word/styles.xml": _styles(styles),
        "word/settings.xml": _settings(even_pages),
        "docProps/core.xml": _core(title),
    }
    files: dict[str, bytes] = {}
    for part in parts:
        folder, _, name = part.name.rpartition("/")
        members[f"word/{part.name}"] = part.content
        if part.files:
            depth = "../" * part.name.count("/")
            relations = _relations(
                *((f"{_RELATIONS}/{kind}", depth + target) for kind, target, _ in part.files)
            )
            members[f"word/{folder}/_rels/{name}.rels"] = relations
            files |= {f"word/{target}": content for _, target, content in part.files}
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in {
            **{name: (_DECLARATION + xml).encode() for name, xml in members.items()},
            **files,
        }.items():
            entry = zipfile.ZipInfo(member, _DAY)
            entry.create_system, entry.external_attr = 0, 0
            # Stored, not deflated: zlib builds differ in their output.
            archive.writestr(entry, content, zipfile.ZIP_STORED)


def _styles(styles: Iterable[Style]) -> str:
    """Defaults that leave every character its own width: no autospacing, no hanging or squeezed marks."""
    return (
        f"<w:styles {_NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANGSONG)}"
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


def _settings(even_pages: bool) -> str:
    mode = (
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/>'
    )
    even = "<w:evenAndOddHeaders/>" if even_pages else ""
    return (
        f'<w:settings {_NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>{even}'
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


def _content_types(parts: Sequence[Part]) -> str:
    names = {"document": "document.main", "styles": "styles", "settings": "settings"}
    kinds = {f"{name}.xml": f"{_CONTENT}.{kind}+xml" for name, kind in names.items()}
    kinds |= {part.name: part.content_type for part in parts}
    overrides = "".join(
        f'<Override PartName="/word/{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    workbook = (
        '<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>'
        if any(part.files for part in parts)
        else ""
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{workbook}'
        f"{overrides}"
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _package_relations() -> str:
    return _relations(
        (f"{_RELATIONS}/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    )


def _document_relations(parts: Sequence[Part]) -> str:
    targets = [
        ("styles", "styles.xml"),
        ("settings", "settings.xml"),
        *((part.kind, part.name) for part in parts),
    ]
    return _relations(*((f"{_RELATIONS}/{kind}", target) for kind, target in targets))


def _relations(*pairs: tuple[str, str]) -> str:
    """Relations rId1, rId2, … of type and target."""
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(pairs, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'
