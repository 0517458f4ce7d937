"""Templates that a clerk might make of ours, each as the bytes of a .docx."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from docx import Document

from support.desk import ROOT

LETTER = ROOT / "templates" / "letter.docx"
BODY, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
SLOT_STYLES = ("填空", "填空长", "落款", "日期数字")

Edit = Callable[[str], str]


def packed(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def edited(edits: Mapping[str, Edit], extra: Mapping[str, bytes] | None = None) -> bytes:
    """Our template with some parts changed; a change that changes nothing is a mistake."""
    with zipfile.ZipFile(LETTER) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, edit in edits.items():
        old = parts[name].decode()
        new = edit(old)
        assert new != old, name
        parts[name] = new.encode()
    return packed(parts | (extra or {}))


def replaced(old: str, new: str, count: int = -1) -> Edit:
    return lambda xml: xml.replace(old, new, count)


def in_styles(names: tuple[str, ...], edit: Edit) -> Edit:
    """Change some styles."""

    def change(xml: str) -> str:
        def one(match: re.Match[str]) -> str:
            return edit(match[0]) if match[1] in names else match[0]

        return re.sub(
            r'<w:style w:type="paragraph" w:customStyle="1" w:styleId="(.*?)">.*?</w:style>', one, xml
        )

    return change


def as_it_is() -> bytes:
    return LETTER.read_bytes()


def moved() -> bytes:
    """The table 4 mm to the left, half its first rows lower: every field stands elsewhere."""
    return edited(
        {BODY: lambda xml: xml.replace('w:w="-963"', 'w:w="-1190"').replace('w:val="624"', 'w:val="700"')}
    )


def resized() -> bytes:
    """Slots in 12 points, the signature in 14."""
    return edited(
        {
            STYLES: lambda xml: in_styles(("落款",), replaced('w:val="32"', 'w:val="28"'))(
                in_styles(("填空", "填空长"), replaced('w:val="28"', 'w:val="24"'))(xml)
            )
        }
    )


def aligned(jc: str) -> bytes:
    """All slots, the signature and the date hang so: left, center, right, both."""
    return edited(
        {
            STYLES: in_styles(
                SLOT_STYLES, lambda xml: re.sub(r'<w:jc w:val="\w+"/>', f'<w:jc w:val="{jc}"/>', xml)
            )
        }
    )


def recoloured() -> bytes:
    """Slots in dark blue, the signature in red."""
    return edited(
        {
            STYLES: lambda xml: in_styles(("落款",), replaced('"000000"/><w:sz ', '"C00000"/><w:sz '))(
                in_styles(("填空", "填空长"), replaced('"000000"/><w:sz ', '"1F3864"/><w:sz '))(xml)
            )
        }
    )


def in_font(name: str) -> bytes:
    return edited(
        {STYLES: in_styles(SLOT_STYLES, replaced('w:eastAsia="仿宋_GB2312"', f'w:eastAsia="{name}"'))}
    )


def kerned() -> bytes:
    """Latin letters closer where their shapes allow, as Word has it in a Chinese document."""
    return edited({STYLES: replaced('<w:kern w:val="0"/>', '<w:kern w:val="2"/>')})


def line_spacing_auto() -> bytes:
    """Slots as high as their font wants them."""
    return edited(
        {
            STYLES: in_styles(
                ("填空", "填空长"),
                replaced('w:line="310" w:lineRule="exact"', 'w:line="240" w:lineRule="auto"'),
            )
        }
    )


def underlined() -> bytes:
    """The placeholder's run is underlined, so the line is as long as the text."""
    return edited(
        {
            BODY: lambda xml: re.sub(
                r'<w:r><w:rPr>(<w:rFonts w:hint="eastAsia"/>)</w:rPr>(<w:t xml:space="preserve">\{\{ (?:姓名|名称) \}\})',
                r'<w:r><w:rPr>\1<w:u w:val="single"/></w:rPr>\2',
                xml,
            )
        }
    )


def paragraph_switch(name: str, value: int) -> bytes:
    """overflowPunct, autoSpaceDE, kinsoku … on or off."""
    return edited(
        {
            STYLES: lambda xml: (
                re.sub(rf'<w:{name} w:val="\d"/>', f'<w:{name} w:val="{value}"/>', xml)
                if value == 0
                else re.sub(rf'<w:{name} w:val="0"/>', "", xml)
            )
        }
    )


def word_defaults() -> bytes:
    """The paragraph switches as a new Word document has them: hanging punctuation, forbidden beginnings, spacing."""
    return edited(
        {
            STYLES: lambda xml: re.sub(
                r"<w:(kinsoku|overflowPunct|autoSpaceDE|autoSpaceDN) w:val=\"0\"/>", "", xml
            )
        }
    )


def split_over_runs() -> bytes:
    """Placeholders cut into three runs, as Word leaves them after an edit."""
    look = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'

    def cut(match: re.Match[str]) -> str:
        pieces = ("{{ ", match[1], " }}")
        return "".join(f'<w:r>{look}<w:t xml:space="preserve">{piece}</w:t></w:r>' for piece in pieces)

    return edited(
        {
            BODY: lambda xml: re.sub(
                rf'<w:r>{re.escape(look)}<w:t xml:space="preserve">\{{\{{ (姓名|主要经营) \}}\}}</w:t></w:r>',
                cut,
                xml,
            )
        }
    )


def with_logo() -> bytes:
    """A picture before the title."""
    relation = (
        '<Relationship Id="rIdLogo" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="media/logo.png"/></Relationships>'
    )
    size = 'cx="360000" cy="360000"'
    picture = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr id="7" name="logo"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="7" '
        'name="logo"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdLogo"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom '
        'prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    title = '<w:pStyle w:val="信头"/></w:pPr>'
    return edited(
        {
            BODY: replaced(title, title + picture, 1),
            "word/_rels/document.xml.rels": replaced("</Relationships>", relation),
            "[Content_Types].xml": lambda xml: re.sub(
                r"(<Types[^>]*>)", r'\1<Default Extension="png" ContentType="image/png"/>', xml
            ),
            STYLES: in_styles(
                ("信头",), replaced('w:line="600" w:lineRule="exact"', 'w:line="240" w:lineRule="auto"')
            ),
        },
        {"word/media/logo.png": _png()},
    )


def several_more() -> bytes:
    """The name once more in the seam's middle, in place of its hint."""
    return edited({BODY: replaced("（骑缝章）", "{{ 姓名 }}")})


def in_text_box() -> bytes:
    """The small serial of the original in a text box."""
    box = (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:150pt;height:24pt" '
        'type="#_x0000_t202"><v:textbox inset="0,0,0,0"><w:txbxContent><w:p><w:pPr><w:pStyle w:val="小编号"/></w:pPr>'
        "<w:r><w:t>{{ 编号 }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    old = re.compile(
        r'(<w:pStyle w:val="小编号"/></w:pPr>)<w:r>(?:(?!</w:r>).)*\{\{ 编号 \}\}</w:t></w:r>', re.DOTALL
    )
    return edited({BODY: lambda xml: old.sub(lambda match: match[1] + box, xml)})


def flowing() -> bytes:
    """Annex 2 as running text: fixed words stand behind what is filled in."""
    document = _plain_document()
    document.add_paragraph("县行政审批局，{{ 编号 }}号：")
    document.add_paragraph(
        "经引领培育，兹介绍（姓名）{{ 姓名 }}，（身份证号）{{ 身份证号 }}，联系方式{{ 联系方式 }}，前往办理{{ 名称 }}"
        "（名称）个体工商户营业执照，主要经营{{ 主要经营 }}，经营地址{{ 经营地址 }}。"
    )
    document.add_paragraph("{{ 落款 }}")
    document.add_paragraph("{{ 年 }}年{{ 月 }}月{{ 日 }}日")
    document.add_paragraph("骑缝 {{ 编号 }}号 {{ 编号大写 }}号")
    return _saved(document)


def tab_stops() -> bytes:
    """Lines with a centred and a right tab stop, the slots underlined tabs: words behind a slot may or may not move."""
    document = _plain_document()
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    def line(before: str, field: str, after: str) -> None:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(90), WD_TAB_ALIGNMENT.CENTER)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(150), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(before)
        paragraph.add_run("\t{{ " + field + " }}\t").underline = True
        paragraph.add_run(after)

    line("县行政审批局，", "编号", "号：")
    for field in ("姓名", "身份证号", "联系方式", "名称", "落款", "编号大写"):
        line("", field, "，")
    for field in ("主要经营", "经营地址"):
        document.add_paragraph("{{ " + field + " }}")
    document.add_paragraph("存根 {{ 编号 }}")
    line("", "年", "年")
    line("", "月", "月")
    line("", "日", "日")
    return _saved(document)


def two_pages() -> bytes:
    """The original on a second sheet."""
    return edited(
        {
            BODY: replaced(
                "<w:sectPr>",
                '<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:t>第二页</w:t></w:r></w:p><w:sectPr>',
            )
        }
    )


def _plain_document() -> Document:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    return document


def _saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _png() -> bytes:
    """A red square with a blue one in it."""
    side = 24
    rows = b"".join(
        b"\0"
        + b"".join(b"\x20\x20\xc0" if 8 <= x < 16 and 8 <= y < 16 else b"\xd0\x20\x20" for x in range(side))
        for y in range(side)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


FORMS: dict[str, Callable[[], bytes]] = {
    "as it is": as_it_is,
    "moved": moved,
    "resized": resized,
    "all left": lambda: aligned("left"),
    "all centred": lambda: aligned("center"),
    "all right": lambda: aligned("right"),
    "recoloured": recoloured,
    "in a sans font": lambda: in_font("黑体"),
    "in a brush font": lambda: in_font("楷体_GB2312"),
    "with a logo": with_logo,
    "Word's own switches": word_defaults,
    "kerned": kerned,
    "split over runs": split_over_runs,
    "one field more often": several_more,
}
"""Every one of them is set over the form."""

MAYBE: dict[str, Callable[[], bytes]] = {
    "justified": lambda: aligned("both"),
    "line spacing auto": line_spacing_auto,
    "underlined": underlined,
    "text box": in_text_box,
    "tab stops": tab_stops,
    "flowing": flowing,
}
"""These may go to LibreOffice, and then with one line that says so; flowing text must."""


def edit_file(path: Path, old: str, new: str) -> None:
    """Replace text in every paragraph of a template that lies somewhere, as a clerk would."""
    document = Document(str(path))
    done = 0
    for text in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        if text.text and old in text.text:
            text.text = text.text.replace(old, new)
            done += 1
    assert done, f"{old} is not in {path.name}"
    document.save(str(path))
