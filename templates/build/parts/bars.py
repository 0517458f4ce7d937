"""The chart of completion rates, as both templates hold it: a native Word chart with the data of an example.

Each band is a series, so that a clerk can give it another colour in Word or WPS once and for all. Bands differ by
pattern and lightness too, and their names stand behind the bars: printers are black and white. The pace is the right
edge of a dashed frame around every bar, since Word and LibreOffice do not agree on lines across horizontal bars.
"""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from xml.sax.saxutils import escape

from parts.package import Part, part_id
from parts.style import DIGITS, FANGSONG
from parts.wordfile import EMU_PER_MM

from pipeline.adapters.chart import filled
from pipeline.reports.bulletin.rates import PACE, Bar, Rates

_MAIN = "http://schemas.openxmlformats.org/drawingml/2006"
_NAMESPACES = f'xmlns:a="{_MAIN}/main" xmlns:c="{_MAIN}/chart"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKBOOK = "embeddings/Microsoft_Excel_Sheet1.xlsx"
_DAY = (1980, 1, 1, 0, 0, 0)

_BLACK = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
_NO_LINE = "<a:ln><a:noFill/></a:ln>"
_OUTLINE = f'<a:ln w="9525">{_BLACK}</a:ln>'
_FRAME = f'<a:noFill/><a:ln w="15875">{_BLACK}<a:prstDash val="sysDash"/></a:ln>'


def _pattern(name: str, ink: str, paper: str) -> str:
    return (
        f'<a:pattFill prst="{name}"><a:fgClr><a:srgbClr val="{ink}"/></a:fgClr>'
        f'<a:bgClr><a:srgbClr val="{paper}"/></a:bgClr></a:pattFill>'
    )


BANDS = {
    "先进": '<a:solidFill><a:srgbClr val="5B9B57"/></a:solidFill>',
    "基本达标": _pattern("wdUpDiag", "BF8F00", "FFF2CC"),
    "滞后": _pattern("diagCross", "C00000", "FFFFFF"),
    "零进展": "<a:noFill/>",
}
"""Green, yellow, red and hollow: full, striped, crossed and empty."""

EXAMPLE = Rates(
    tuple(
        Bar(f"示例单位{number}", Decimal(80 - 3 * number), band)
        for number, band in enumerate(("先进",) * 10 + ("基本达标",) * 3 + ("滞后",) * 12 + ("零进展",), 1)
    ),
    Decimal("50.0"),
).chart()
"""26 units, as annex 1 has; their number says how large the chart is drawn."""


def _text(size_pt: float) -> str:
    """Size and fonts; LibreOffice leaves out names that lie close together unless their rotation is given."""
    fonts = f'<a:latin typeface="{DIGITS}"/><a:ea typeface="{FANGSONG}"/><a:cs typeface="{DIGITS}"/>'
    return (
        '<c:txPr><a:bodyPr rot="0"/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr sz="{round(size_pt * 100)}" b="0">{_BLACK}{fonts}</a:defRPr>'
        '</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _labels(band: str, size_pt: float) -> str:
    hidden = "".join(f'<c:show{what} val="0"/>' for what in ("CatName", "SerName", "Percent", "BubbleSize"))
    return (
        f'<c:dLbls><c:numFmt formatCode="{escape(f"""0.0" {band}" """.strip(), {chr(34): "&quot;"})}"'
        f' sourceLinked="0"/><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>{_NO_LINE}</c:spPr>'
        f'{_text(size_pt)}<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/>{hidden}</c:dLbls>'
    )


def _series(number: int, name: str, look: str, labels: str = "") -> str:
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:v>{name}</c:v></c:tx>'
        f'<c:spPr>{look}</c:spPr><c:invertIfNegative val="0"/>{labels}</c:ser>'
    )


def _axes(size_pt: float) -> str:
    hidden = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
    grey = '<a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln>'
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>{hidden}<c:tickLblPos val="low"/>'
        f'<c:spPr>{_OUTLINE}</c:spPr>{_text(size_pt)}<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="1"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="50"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="b"/><c:majorGridlines><c:spPr>{grey}</c:spPr></c:majorGridlines>'
        f'<c:numFmt formatCode="0&quot;%&quot;" sourceLinked="0"/>{hidden}<c:tickLblPos val="nextTo"/>'
        f'<c:spPr>{_NO_LINE}</c:spPr>{_text(size_pt)}<c:crossAx val="1"/><c:crosses val="max"/>'
        '<c:crossBetween val="between"/><c:majorUnit val="20"/></c:valAx>'
    )


def _look(size_pt: float) -> str:
    """The chart without data."""
    bands = [(name, f"{fill}{_OUTLINE}", _labels(name, size_pt)) for name, fill in BANDS.items()]
    series = "".join(_series(n, *parts) for n, parts in enumerate([*bands, (PACE, _FRAME, "")]))
    return (
        f'<c:chartSpace {_NAMESPACES} xmlns:r="{_OFFICE}"><c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/>'
        f'<c:grouping val="clustered"/><c:varyColors val="0"/>{series}<c:gapWidth val="45"/><c:overlap val="100"/>'
        f'<c:axId val="1"/><c:axId val="2"/></c:barChart>{_axes(size_pt)}</c:plotArea><c:legend>'
        f'<c:legendPos val="t"/><c:overlay val="0"/>{_text(size_pt)}</c:legend><c:plotVisOnly val="1"/>'
        f'<c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/>{_NO_LINE}</c:spPr>{_text(size_pt)}'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def chart_part(size_pt: float, number: int = 1) -> Part:
    """Make the chart with the example's data; all its text in one size. ``number`` is that of the chart, from 1."""
    xml, workbook = filled(_look(size_pt), EXAMPLE)
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    book = _WORKBOOK.replace("1", str(number))
    return Part(f"charts/chart{number}.xml", "chart", kind, xml, (("package", book, _stored(workbook)),))


def chart_run(number: int, width_mm: float, height_mm: float) -> str:
    """Make the run that shows the chart; ``number`` is its part's, from 1."""
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    width, height = round(width_mm * EMU_PER_MM), round(height_mm * EMU_PER_MM)
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{drawing}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="1" name="完成率图" descr="各单位完成率与序时进度"/>'
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
