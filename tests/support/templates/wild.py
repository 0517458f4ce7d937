"""Templates as clerks leave them: edits of ours made at random, each with what Word would print of it.

An edit changes the template and its *twin*, a plain template that says the same without what the edit is about (a
comment, a bound control, a field). What cannot be said plainly, or is nothing that may be printed, has no twin: such
a template must be refused.
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from support.templates.zoo import LETTER, packed

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
DECLARED = " ".join(f'xmlns:{name}="{uri}"' for name, uri in NAMES.items())
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
BODY, STYLES, SETTINGS, RELATIONS = (
    "word/document.xml",
    "word/styles.xml",
    "word/settings.xml",
    "word/_rels/document.xml.rels",
)
FIXED = ("（存根）", "介绍信", "主要经营", "经营地址", "前往办理", "，联系方式", "县行政审批局：")
FIELDS = ("姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "落款")
WHO = 'w:author="李主任" w:date="2022-05-01T09:00:00Z"'


def run(text: str, look: str = "") -> str:
    return (
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    )


def complex_field(code: str, result: str) -> str:
    begin, middle, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    return f'{begin}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{middle}{run(result)}{end}'


@dataclass
class Side:
    """A template being edited."""

    parts: dict[str, str | bytes]

    def replace(self, old: str, new: str, part: str = BODY, nth: int = 0) -> None:
        text = self.parts[part]
        assert isinstance(text, str)
        starts = [found.start() for found in re.finditer(re.escape(old), text)]
        at = starts[nth % len(starts)]
        self.parts[part] = text[:at] + new + text[at + len(old) :]

    def add(self, name: str, xml: str, content_type: str, relation: str = "") -> None:
        self.parts[name] = xml
        self.replace(
            "</Types>",
            f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>',
            "[Content_Types].xml",
        )
        if relation:
            file = name.removeprefix("word/")
            entry = f'<Relationship Id="rIdMore{len(self.parts)}" Type="{OFFICE}/relationships/{relation}" Target="{file}"/>'
            self.replace("</Relationships>", f"{entry}</Relationships>", RELATIONS)

    def header(self, kind: str, xml: str, what: str = "header") -> None:
        """Put a header or footer of a kind."""
        number = 50 + sum(name.startswith(("word/header", "word/footer")) for name in self.parts)
        name, identity = f"word/{what}{number}.xml", f"rIdHead{number}"
        tag = {"header": "hdr", "footer": "ftr"}[what]
        self.add(name, f"<w:{tag} {DECLARED}>{xml}</w:{tag}>", f"{WORD}.{what}+xml")
        entry = f'<Relationship Id="{identity}" Type="{OFFICE}/relationships/{what}" Target="{what}{number}.xml"/>'
        self.replace("</Relationships>", f"{entry}</Relationships>", RELATIONS)
        self.replace("<w:sectPr>", f'<w:sectPr><w:{what}Reference w:type="{kind}" r:id="{identity}"/>')

    def data(self) -> bytes:
        return packed(
            {name: part.encode() if isinstance(part, str) else part for name, part in self.parts.items()}
        )


@dataclass
class Wild:
    """A template and its twin."""

    chance: Random
    ours: Side
    plain: Side | None
    edits: list[str] = field(default_factory=list)
    is_placed: bool = True
    """Whether the twin has everything in the same place, too."""

    def spot(self, among: tuple[str, ...]) -> tuple[str, int]:
        """A run of text and which of its places."""
        assert isinstance(self.ours.parts[BODY], str)
        there = [text for text in among if run(text) in str(self.ours.parts[BODY])]
        text = self.chance.choice(there)
        return text, self.chance.randrange(2)

    def put(self, old: tuple[str, int], new: str, twin: str | None) -> None:
        """Replace a run in both; None: the twin must not be printed."""
        text, nth = old
        self.ours.replace(run(text), new, nth=nth)
        if twin is None:
            self.plain = None
        elif self.plain is not None:
            self.plain.replace(run(text), twin, nth=nth)

    def both(self, change: Callable[[Side], None]) -> None:
        change(self.ours)
        if self.plain is not None:
            change(self.plain)

    def a_field(self) -> tuple[str, int]:
        return self.spot(tuple(f"{{{{ {name} }}}}" for name in FIELDS))

    def a_word(self) -> tuple[str, int]:
        return self.spot(FIXED)


def untouched() -> Side:
    with zipfile.ZipFile(LETTER) as package:
        parts: dict[str, str | bytes] = {name: package.read(name).decode() for name in package.namelist()}
    parts[BODY] = re.sub(r"<w:document [^>]*>", f"<w:document {DECLARED}>", str(parts[BODY]), count=1)
    return Side(parts)


def a_comment(t: Wild) -> None:
    at = t.a_word() if t.chance.random() < 0.7 else t.a_field()
    mark = f'<w:commentRangeStart w:id="0"/>{run(at[0])}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    t.put(at, mark, run(at[0]))
    said = f'<w:comment w:id="0" w:author="李主任" w:initials="L"><w:p>{run("这里改一下")}</w:p></w:comment>'
    if "word/comments.xml" not in t.ours.parts:
        t.ours.add(
            "word/comments.xml",
            f"<w:comments {DECLARED}>{said}</w:comments>",
            f"{WORD}.comments+xml",
            "comments",
        )


def a_control(t: Wild) -> None:
    at = t.a_field() if t.chance.random() < 0.6 else t.a_word()
    store = "{11111111-2222-3333-4444-555555555555}"
    kinds = (
        "<w:text/>",
        f'<w:dataBinding w:xpath="/form[1]/name[1]" w:storeItemID="{store}"/><w:text/>',
        '<w:dropDownList><w:listItem w:displayText="甲" w:value="甲"/></w:dropDownList>',
        '<w:date w:fullDate="2021-01-01T00:00:00Z"><w:dateFormat w:val="yyyy年M月d日"/></w:date>',
    )
    t.put(
        at,
        f'<w:sdt><w:sdtPr><w:id w:val="5"/>{t.chance.choice(kinds)}</w:sdtPr><w:sdtContent>{run(at[0])}</w:sdtContent></w:sdt>',
        run(at[0]),
    )
    if "customXml/item9.xml" not in t.ours.parts:
        t.ours.parts["customXml/item9.xml"] = "<form><name>张旧人</name></form>"
        props = f'<d:datastoreItem xmlns:d="{OFFICE}/customXml" d:itemID="{store}"/>'
        t.ours.add(
            "customXml/itemProps9.xml",
            props,
            "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        )
        t.ours.parts["customXml/_rels/item9.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
            f'Id="rId1" Type="{OFFICE}/relationships/customXmlProps" Target="itemProps9.xml"/></Relationships>'
        )
        entry = f'<Relationship Id="rIdCustom" Type="{OFFICE}/relationships/customXml" Target="../customXml/item9.xml"/>'
        t.ours.replace("</Relationships>", f"{entry}</Relationships>", RELATIONS)


def a_change(t: Wild) -> None:
    at = t.a_word() if t.chance.random() < 0.5 else t.a_field()
    gone = f"<w:r><w:delText>{t.chance.choice(['旧稿作废', at[0]])}</w:delText></w:r>"
    new = t.chance.choice(
        [
            f'{run(at[0])}<w:del w:id="9" {WHO}>{gone}</w:del>',
            f'<w:ins w:id="9" {WHO}>{run(at[0])}</w:ins>',
            f'<w:moveFrom w:id="9" {WHO}>{run("移走的")}</w:moveFrom>{run(at[0])}',
            run(at[0], f'<w:rPrChange w:id="9" {WHO}><w:rPr><w:b/></w:rPr></w:rPrChange>'),
        ]
    )
    t.put(at, new, None)


def a_text_box(t: Wild) -> None:
    at = t.a_field() if t.chance.random() < 0.7 else t.a_word()
    inner = f"<w:txbxContent><w:p>{run(at[0])}</w:p></w:txbxContent>"
    size = 'cx="2300000" cy="320000"'
    place = "".join(
        f'<wp:position{way} relativeFrom="{of}"><wp:posOffset>0</wp:posOffset></wp:position{way}>'
        for way, of in (("H", "column"), ("V", "paragraph"))
    )
    drawing = (
        '<w:drawing><wp:anchor behindDoc="0" distT="0" distB="0" distL="0" distR="0" simplePos="0" locked="0" layoutInCell="1" '
        f'allowOverlap="1" relativeHeight="2"><wp:simplePos x="0" y="0"/>{place}<wp:extent {size}/><wp:wrapNone/>'
        f'<wp:docPr id="3" name="文本框 3"/><a:graphic><a:graphicData uri="{NAMES["wps"]}"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect">'
        f"<a:avLst/></a:prstGeom><a:noFill/></wps:spPr><wps:txbx>{inner}</wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>'
    )
    old = (
        '<w:pict><v:shape id="_x0000_s1" type="#_x0000_t202" style="position:absolute;width:181pt;height:25pt" filled="f" '
        f'stroked="f"><v:textbox inset="0,0,0,0">{inner}</v:textbox></v:shape></w:pict>'
    )
    choice = f'<mc:Choice Requires="wps">{drawing}</mc:Choice>'
    twin = f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"
    if t.chance.random() < 0.3:
        t.put(at, f"<w:r>{old}</w:r>", f"<w:r>{old}</w:r>")
    else:
        both = f"{choice}<mc:Fallback>{old}</mc:Fallback>"
        t.put(at, f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>", twin)


def a_reference(t: Wild) -> None:
    name = t.chance.choice(("姓名", "名称"))
    spot = f"{{{{ {name} }}}}"
    marked = f'<w:bookmarkStart w:id="7" w:name="谁"/>{run(spot)}<w:bookmarkEnd w:id="7"/>'
    at = t.a_word()
    if run(spot) not in str(t.ours.parts[BODY]):
        return
    t.ours.replace(run(spot), marked)
    shown, twin = (spot, run(at[0]) + run(spot)) if t.chance.random() < 0.5 else ("张旧人", None)
    t.put(at, run(at[0]) + complex_field("REF 谁 \\h", shown), twin)


def a_field_of_word(t: Wild) -> None:
    at = t.a_word()
    code, result, is_plain = t.chance.choice(
        [
            ("SEQ 图 \\* ARABIC", "1", True), ("TITLE", "旧题目", True), ("AUTHOR", "甲科", True),
            ('HYPERLINK "http://x.cn"', "网址", True), ("DATE \\@ yyyy", "2021", False), ("MERGEFIELD 姓名", "«姓名»", False),
            ("PAGEREF 谁", "1", False), ("=1+1", "2", False), ("STYLEREF 信头", "介绍信", False), ("PAGE", "1", True),
            ("NUMPAGES", "1", True), ("TIME", "10:00", False), ("DOCPROPERTY Company", "乙局", True),
        ]
    )  # fmt: skip
    t.put(at, run(at[0]) + complex_field(code, result), run(at[0]) + run(result) if is_plain else None)


def a_grid(t: Wild) -> None:
    kind = t.chance.choice(("lines", "linesAndChars", "snapToChars"))
    space = f' w:charSpace="{t.chance.randrange(-900, 900)}"' if kind != "lines" else ""
    pitch = t.chance.randrange(280, 600)
    t.ours.replace("</w:sectPr>", f'<w:docGrid w:type="{kind}" w:linePitch="{pitch}"{space}/></w:sectPr>')
    if t.chance.random() < 0.5:
        t.both(lambda side: side.replace('<w:snapToGrid w:val="0"/>', "", STYLES))
        t.is_placed = False


def a_header(t: Wild) -> None:
    words = t.chance.choice(("内部资料", "注意保存 1", "岚县 2022"))
    way = t.chance.choice(("default", "first", "odd and even", "footer"))
    shown = f"<w:p>{run(words)}</w:p>"
    if way in {"default", "footer"}:
        t.both(lambda side: side.header("default", shown, "footer" if way == "footer" else "header"))
        return
    other = f"<w:p>{run('第二种页眉')}</w:p>"
    if way == "first":
        t.ours.header("default", other)
        t.ours.header("first", shown)
        t.ours.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    else:
        t.ours.header("even", other)
        t.ours.header("default", shown)
        t.ours.replace("<w:defaultTabStop", "<w:evenAndOddHeaders/><w:defaultTabStop", SETTINGS)
    if t.plain is not None:
        t.plain.header("default", shown)


def a_watermark(t: Wild) -> None:
    shape = (
        '<w:p><w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" '
        'path="m0,0l21600,0m0,21600l21600,21600e"><v:path textpathok="t" o:connecttype="rect"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype><v:shape id="样张" type="#_x0000_t136" style="position:absolute;width:400pt;height:150pt;rotation:315;'
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" fillcolor="silver" stroked="f"><v:fill opacity=".5"/>'
        '<v:textpath style="font-family:&quot;宋体&quot;;font-size:1pt" string="样张"/></v:shape></w:pict></w:r></w:p>'
    )
    t.both(lambda side: side.header("default", shape))


def a_page_number(t: Wild) -> None:
    t.ours.header("default", f"<w:p>{run('第')}{complex_field('PAGE', '1')}{run('页')}</w:p>", "footer")
    if t.plain is not None:
        t.plain.header("default", f"<w:p>{run('第')}{run('1')}{run('页')}</w:p>", "footer")


def a_note(t: Wild) -> None:
    at = t.a_word()
    what = t.chance.choice(("footnote", "endnote"))
    t.put(at, run(at[0]) + f'<w:r><w:{what}Reference w:id="2"/></w:r>', None)
    if f"word/{what}s.xml" not in t.ours.parts:
        notes = "".join(
            f'<w:{what}{kind} w:id="{number}"><w:p>{inner}</w:p></w:{what}>'
            for kind, number, inner in (
                (' w:type="separator"', 0, "<w:r><w:separator/></w:r>"),
                (' w:type="continuationSeparator"', 1, "<w:r><w:continuationSeparator/></w:r>"),
                ("", 2, f"<w:r><w:{what}Ref/></w:r>{run('见文件')}"),
            )
        )
        t.ours.add(
            f"word/{what}s.xml",
            f"<w:{what}s {DECLARED}>{notes}</w:{what}s>",
            f"{WORD}.{what}s+xml",
            f"{what}s",
        )


def numbered(side: Side, style: str, form: str, nth: int = 0) -> None:
    """Give a paragraph of a style a number, or a bullet."""
    shown = "•" if form == "bullet" else "%1."
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/></w:lvl>'
    xml = (
        f'<w:numbering {DECLARED}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    side.add("word/numbering.xml", xml, f"{WORD}.numbering+xml", "numbering")
    of_style = f'<w:pStyle w:val="{style}"/>'
    side.replace(of_style, of_style + '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', nth=nth)


def a_list(t: Wild) -> None:
    form = t.chance.choice(("bullet", "decimal", "chineseCounting"))
    style, nth = t.chance.choice(("信头", "存根字样", "固定文字")), t.chance.randrange(6)
    t.both(lambda side: numbered(side, style, form, nth))
    if form != "bullet":
        t.plain = None


def a_nested_table(t: Wild) -> None:
    at = t.a_field()
    cell = f'<w:tc><w:tcPr><w:tcW w:w="1500" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="填空"/></w:pPr>{run(at[0])}</w:p></w:tc>'
    table = f'<w:tbl><w:tblPr><w:tblW w:w="1500" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="1500"/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>'

    def change(side: Side) -> None:
        body = str(side.parts[BODY])
        spots = [found.start() for found in re.finditer(re.escape(run(at[0])), body)]
        place = spots[at[1] % len(spots)]
        start = body.rindex("<w:p>", 0, place)
        side.parts[BODY] = body[:start] + table + body[start:place] + body[place + len(run(at[0])) :]

    t.both(change)


def hidden_text(t: Wild) -> None:
    at = t.a_word()
    style = '<w:style w:type="character" w:customStyle="1" w:styleId="备注"><w:name w:val="备注"/><w:rPr><w:vanish/></w:rPr></w:style>'
    if "备注" not in str(t.ours.parts[STYLES]):
        t.ours.replace("</w:styles>", f"{style}</w:styles>", STYLES)
    look = t.chance.choice(("<w:vanish/>", '<w:rStyle w:val="备注"/>'))
    t.put(at, run(at[0]) + run(t.chance.choice(("内部说明", "{{ 姓名 }}")), look), run(at[0]))


def capitals(t: Wild) -> None:
    at = t.a_field()
    look = t.chance.choice(("<w:caps/>", "<w:smallCaps/>"))
    t.put(at, run(at[0], look), run(at[0], look))


def odd_braces(t: Wild) -> None:
    name, _ = t.a_field()
    bare = name.strip("{} ")
    odd = t.chance.choice((f"｛｛ {bare} ｝｝", f"{{ {bare} }}", f"｛{bare}｝", f"{{｛{bare}｝}}"))
    at = t.a_word()
    t.put(at, run(at[0]) + run(odd), None)


def other_rows(t: Wild) -> None:
    old = t.chance.choice(re.findall(r'<w:trHeight [^>]*w:hRule="exact"[^>]*/>', str(t.ours.parts[BODY])))
    value = int(re.search(r'w:val="(\d+)"', old)[1])  # type: ignore[index]
    new = t.chance.choice(
        (
            re.sub(r'w:val="\d+"', f'w:val="{max(40, value - t.chance.randrange(60))}"', old),
            old.replace("exact", "atLeast"),
        )
    )
    t.both(lambda side: side.replace(old, new))


def other_words(t: Wild) -> None:
    at = t.a_word()
    new = t.chance.choice(
        (run(at[0]) + run("1"), run(at[0] + "甲乙"), run(at[0]) + "<w:r><w:noBreakHyphen/></w:r>" + run("01"))
    )
    t.put(at, new, new)


def a_field_more(t: Wild) -> None:
    at, more = t.a_word(), t.a_field()
    t.put(at, run(at[0]) + run(more[0]), run(at[0]) + run(more[0]))


def two_fields_swapped(t: Wild) -> None:
    one, other = t.chance.sample(
        [f"{{{{ {name} }}}}" for name in ("姓名", "名称", "身份证号", "联系方式")], 2
    )

    def change(side: Side) -> None:
        body = str(side.parts[BODY]).replace(run(one), "\0").replace(run(other), run(one))
        side.parts[BODY] = body.replace("\0", run(other))

    t.both(change)


def a_smart_tag(t: Wild) -> None:
    at = t.a_word() if t.chance.random() < 0.5 else t.a_field()
    t.put(at, f'<w:smartTag w:uri="x" w:element="y"><w:smartTagPr/>{run(at[0])}</w:smartTag>', run(at[0]))


EDITS: dict[str, Callable[[Wild], None]] = {
    "comment": a_comment,
    "content control": a_control,
    "tracked change": a_change,
    "text box": a_text_box,
    "reference": a_reference,
    "field of Word's": a_field_of_word,
    "page grid": a_grid,
    "header": a_header,
    "watermark": a_watermark,
    "page number": a_page_number,
    "note": a_note,
    "list": a_list,
    "nested table": a_nested_table,
    "hidden text": hidden_text,
    "capitals": capitals,
    "odd braces": odd_braces,
    "other rows": other_rows,
    "other words": other_words,
    "field more often": a_field_more,
    "fields swapped": two_fields_swapped,
    "smart tag": a_smart_tag,
}


def wild(seed: int) -> Wild:
    """A template with one to three edits."""
    chance = Random(seed)
    template = Wild(chance, untouched(), untouched())
    for name in chance.sample(list(EDITS), chance.choice((1, 1, 2, 3))):
        EDITS[name](template)
        template.edits.append(name)
    return template
