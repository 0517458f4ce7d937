"""Paragraph styles of the templates, and their fonts."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

FANGSONG = "仿宋_GB2312"
HEITI = "黑体"
KAITI = "楷体_GB2312"
SONGTI = "宋体"
BIAOSONG = "方正小标宋简体"
DIGITS = "Times New Roman"


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
    """Exact line height; 0: as high as what stands in the line."""
    align: str = "left"
    """left, center, right."""
    hanzi: str = FANGSONG
    """Font of Chinese characters."""
    color: str = "000000"
    """Character colour, RRGGBB."""
    underline_pt: float = 0
    """Thickness of the line under the whole paragraph: the blank of a form. 0: none."""
    indent_pt: float = 0
    """Space left free on the left."""
    right_pt: float = 0
    """Space left free on the right."""
    first_line_pt: float = 0
    """How much further in the first line begins; below 0: further out."""
    spacing_pt: float = 0
    """Added to the width of every character."""
    is_prose: bool = False
    """Whether no line may begin with 。 or end with （, as in running text; a form keeps every character's place."""
    keeps_next: bool = False
    """Whether it stays on the page of the next paragraph: headings."""
    starts_page: bool = False
    """Whether it stands at the top of a page."""
    outline: int | None = None
    """Level in the outline that Word and WPS show beside the text, from 0."""
    border: str = ""
    """Children of w:pBdr; empty: as ``underline_pt`` says."""
    latin: str = DIGITS
    """Font of digits and Latin."""

    def xml(self) -> str:
        """Return the style as styles.xml wants it."""
        ident = escape(self.name)
        size = round(self.size_pt * 2)
        spacing = f'<w:spacing w:val="{round(self.spacing_pt * 20)}"/>' if self.spacing_pt else ""
        # LibreOffice takes overflowPunct the other way round, and what it hangs over the edge it may lose altogether.
        prose = "<w:kinsoku/><w:overflowPunct/>" if self.is_prose else ""
        level = "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>'
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{ident}"><w:name w:val="{ident}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{"<w:keepNext/>" if self.keeps_next else ""}'
            f"{'<w:pageBreakBefore/>' if self.starts_page else ''}{self._border()}{prose}{self._line()}{self._indent()}"
            f'<w:jc w:val="{self.align}"/>{level}</w:pPr>'
            f'<w:rPr>{fonts(self.hanzi, self.latin)}<w:color w:val="{self.color}"/>{spacing}'
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        )

    def _border(self) -> str:
        line = (
            f'<w:bottom w:val="single" w:sz="{round(self.underline_pt * 8)}" w:space="1" w:color="000000"/>'
        )
        inside = self.border or (line if self.underline_pt else "")
        return f"<w:pBdr>{inside}</w:pBdr>" if inside else ""

    def _line(self) -> str:
        exact = f'w:line="{round(self.line_pt * 20)}" w:lineRule="exact"'
        rule = exact if self.line_pt else 'w:line="240" w:lineRule="auto"'
        return f'<w:spacing w:before="0" w:after="0" {rule}/>'

    def _indent(self) -> str:
        kinds = {
            "left": self.indent_pt,
            "right": self.right_pt,
            "firstLine": max(self.first_line_pt, 0),
            "hanging": max(-self.first_line_pt, 0),
        }
        given = "".join(f' w:{kind}="{round(points * 20)}"' for kind, points in kinds.items() if points)
        return f"<w:ind{given}/>" if given else ""


def fonts(hanzi: str, latin: str = DIGITS) -> str:
    """Return the fonts of a run."""
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{hanzi}" w:cs="{latin}"/>'
