"""The chart of completion rates, as both templates hold it: a native Word chart with the data of an example.

Each band is a series, so that a clerk can give it another colour in Word or WPS once and for all. Bands differ by
pattern and lightness too, and their names stand behind the bars: printers are black and white. The pace is the right
edge of a dashed frame around every bar, since Word and LibreOffice do not agree on lines across horizontal bars.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from parts.chart import BLACK, NO_LINE, OUTLINE, SPACE, colour, drawn, labels, part, pattern, series, text

from pipeline.reports.bulletin.rates import PACE, Bar, Rates

if TYPE_CHECKING:
    from parts.package import Part

_FRAME = f'<a:noFill/><a:ln w="15875">{BLACK}<a:prstDash val="sysDash"/></a:ln>'

BANDS = {
    "先进": colour("5B9B57"),
    "基本达标": pattern("wdUpDiag", "BF8F00", "FFF2CC"),
    "滞后": pattern("diagCross", "C00000", "FFFFFF"),
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


def _labels(band: str, size_pt: float) -> str:
    return labels(f'0.0" {band}"', f"<c:spPr>{colour('FFFFFF')}{NO_LINE}</c:spPr>", size_pt)


def _axes(size_pt: float) -> str:
    hidden = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
    grey = '<a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln>'
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>{hidden}<c:tickLblPos val="low"/>'
        f'<c:spPr>{OUTLINE}</c:spPr>{text(size_pt)}<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="1"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="50"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="b"/><c:majorGridlines><c:spPr>{grey}</c:spPr></c:majorGridlines>'
        f'<c:numFmt formatCode="0&quot;%&quot;" sourceLinked="0"/>{hidden}<c:tickLblPos val="nextTo"/>'
        f'<c:spPr>{NO_LINE}</c:spPr>{text(size_pt)}<c:crossAx val="1"/><c:crosses val="max"/>'
        '<c:crossBetween val="between"/><c:majorUnit val="20"/></c:valAx>'
    )


def _look(size_pt: float) -> str:
    """The chart without data."""
    bands = [(name, f"{fill}{OUTLINE}", _labels(name, size_pt)) for name, fill in BANDS.items()]
    bars = "".join(series(n, *parts) for n, parts in enumerate([*bands, (PACE, _FRAME, "")]))
    return (
        f'{SPACE}<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/>'
        f'<c:grouping val="clustered"/><c:varyColors val="0"/>{bars}<c:gapWidth val="45"/><c:overlap val="100"/>'
        f'<c:axId val="1"/><c:axId val="2"/></c:barChart>{_axes(size_pt)}</c:plotArea><c:legend>'
        f'<c:legendPos val="t"/><c:overlay val="0"/>{text(size_pt)}</c:legend><c:plotVisOnly val="1"/>'
        f'<c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/>{NO_LINE}</c:spPr>{text(size_pt)}'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def chart_part(size_pt: float, number: int = 1) -> Part:
    """Make the chart with the example's data; all its text in one size. ``number`` is that of the chart, from 1."""
    return part(_look(size_pt), EXAMPLE, number)


def chart_run(number: int, width_mm: float, height_mm: float) -> str:
    """Make the run that shows the chart; ``number`` is its part's, from 1."""
    return drawn(number, (width_mm, height_mm), "完成率图", "各单位完成率与序时进度")
