"""What every native Word chart of the templates shares: its part with the workbook behind it, its look in XML."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from parts.package import Part, part_id
from parts.style import DIGITS, FANGSONG
from parts.wordfile import EMU_PER_MM

from pipeline.adapters.chart import filled

if TYPE_CHECKING:
    from pipeline.domain.documents import Chart

_MAIN = "http://schemas.openxmlformats.org/drawingml/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = f'<c:chartSpace xmlns:a="{_MAIN}/main" xmlns:c="{_MAIN}/chart" xmlns:r="{_OFFICE}">'
"""How a chart's XML begins."""
_DAY = (1980, 1, 1, 0, 0, 0)

BLACK = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
NO_LINE = "<a:ln><a:noFill/></a:ln>"
OUTLINE = f'<a:ln w="9525">{BLACK}</a:ln>'


def colour(value: str) -> str:
    """Fill with one colour, RRGGBB."""
    return f'<a:solidFill><a:srgbClr val="{value}"/></a:solidFill>'


def pattern(name: str, ink: str, paper: str) -> str:
    """Fill with a pattern, so that printers tell it from others without colour."""
    return (
        f'<a:pattFill prst="{name}"><a:fgClr><a:srgbClr val="{ink}"/></a:fgClr>'
        f'<a:bgClr><a:srgbClr val="{paper}"/></a:bgClr></a:pattFill>'
    )


def font(size_pt: float) -> str:
    """Size and fonts of a text."""
    fonts = f'<a:latin typeface="{DIGITS}"/><a:ea typeface="{FANGSONG}"/><a:cs typeface="{DIGITS}"/>'
    return f'sz="{round(size_pt * 100)}" b="0">{BLACK}{fonts}'


def text(size_pt: float) -> str:
    """Size and fonts; LibreOffice leaves out names that lie close together unless their rotation is given."""
    return (
        '<c:txPr><a:bodyPr rot="0"/><a:lstStyle/><a:p><a:pPr>'
        f"<a:defRPr {font(size_pt)}</a:defRPr>"
        '</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def labels(number_format: str, look: str, size_pt: float) -> str:
    """Values at the ends of bars and columns; ``number_format`` as in Excel, ``look`` what lies under them."""
    hidden = "".join(f'<c:show{what} val="0"/>' for what in ("CatName", "SerName", "Percent", "BubbleSize"))
    return (
        f'<c:dLbls><c:numFmt formatCode="{escape(number_format, {chr(34): "&quot;"})}" sourceLinked="0"/>{look}'
        f'{text(size_pt)}<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/>{hidden}</c:dLbls>'
    )


def series(number: int, name: str, look: str, labelled: str = "") -> str:
    """One series, without its data."""
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:v>{name}</c:v></c:tx>'
        f'<c:spPr>{look}</c:spPr><c:invertIfNegative val="0"/>{labelled}</c:ser>'
    )


def part(look: str, example: Chart, number: int = 1) -> Part:
    """Make the chart's part with the example's data; ``number``: which of the file's charts it is, from 1."""
    xml, workbook = filled(look, example)
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    target = f"embeddings/Microsoft_Excel_Sheet{number}.xlsx"
    return Part(f"charts/chart{number}.xml", "chart", kind, xml, (("package", target, _stored(workbook)),))


def drawn(number: int, size_mm: tuple[float, float], name: str, about: str, place: int = 1) -> str:
    """Make the run that shows a chart, in the line.

    ``number`` is its part's, from 1; ``size_mm`` width and height; ``place`` which of the text's drawings it is.
    """
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    width, height = (round(length * EMU_PER_MM) for length in size_mm)
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{drawing}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{place}" name="{name}" descr="{about}"/>'
        f'<a:graphic xmlns:a="{_MAIN}/main"><a:graphicData uri="{_MAIN}/chart">'
        f'<c:chart xmlns:c="{_MAIN}/chart" r:id="{part_id(number)}"/></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def _stored(workbook: bytes) -> bytes:
    """The same workbook, not deflated: zlib builds differ in their output."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _DAY), source.read(name), zipfile.ZIP_STORED)
    return buffer.getvalue()
