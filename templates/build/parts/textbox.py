"""A text box: words with a place of their own on the page, whatever the text does."""

from __future__ import annotations

from dataclasses import dataclass

from parts.wordfile import EMU_PER_MM

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@dataclass(frozen=True, slots=True)
class TextBox:
    """A borderless box without inner margins."""

    number: int
    """Its own in the file, from 2; the chart has 1."""
    name: str
    """As Word's list of objects shows it."""
    width_mm: float
    """Width on the page as it is seen."""
    height_mm: float
    """Height; in the 版心 only a guess, for it becomes as high as its words need."""
    across: str
    """Children of wp:positionH; measured from the paper."""
    down: str
    """Children of wp:positionV, measured from the paper; or from the 版心 with ``is_in_text``."""
    is_in_text: bool = False
    """Whether it is placed in the 版心 and fits its words."""
    is_turned: bool = False
    """Whether its text reads downwards."""

    def run(self, content: str) -> str:
        """Make the run that holds the box; it stands on the page of that run."""
        base = "margin" if self.is_in_text else "page"
        size = f'cx="{round(self.width_mm * EMU_PER_MM)}" cy="{round(self.height_mm * EMU_PER_MM)}"'
        turned = ' vert="vert"' if self.is_turned else ""
        fit = "<a:spAutoFit/>" if self.is_in_text else ""
        box = (
            f'<wp:anchor xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"'
            ' simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
            f'<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="{base}">{self.across}</wp:positionH>'
            f'<wp:positionV relativeFrom="{base}">{self.down}</wp:positionV><wp:extent {size}/><wp:wrapNone/>'
            f'<wp:docPr id="{self.number}" name="{self.name}"/><a:graphic xmlns:a="{_DRAWING}/main">'
            f'<a:graphicData uri="{_SHAPE}"><wps:wsp xmlns:wps="{_SHAPE}"><wps:cNvSpPr txBox="1"/><wps:spPr>'
            f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f"<a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent>"
            f'</wps:txbx><wps:bodyPr{turned} lIns="0" tIns="0" rIns="0" bIns="0" anchor="{"b" if self.is_in_text else "t"}">'
            f"{fit}</wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        )
        return (
            f'<w:r><mc:AlternateContent xmlns:mc="{_COMPATIBLE}"><mc:Choice xmlns:wps="{_SHAPE}" Requires="wps">'
            f"<w:drawing>{box}</w:drawing></mc:Choice></mc:AlternateContent></w:r>"
        )


def at(millimetres: float) -> str:
    """Place an edge so far from the paper's own."""
    return f"<wp:posOffset>{round(millimetres * EMU_PER_MM)}</wp:posOffset>"
