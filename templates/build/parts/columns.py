"""A chart of columns under a title of its own: native, with the data of an example, no axis of values.

The values stand over the columns, so that paper without colour tells them too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parts.chart import NO_LINE, OUTLINE, SPACE, font, labels, part, series, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parts.package import Part

    from pipeline.domain.documents import Chart

_NO_TICKS = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
_AXES = (
    '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
    '<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>{ticks}<c:tickLblPos val="low"/>'
    '<c:spPr>{line}</c:spPr>{text}<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="1"/>'
    '<c:lblAlgn val="ctr"/><c:lblOffset val="50"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="0"/></c:catAx>'
    '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="1"/>'
    '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>{ticks}<c:tickLblPos val="none"/>'
    '<c:crossAx val="1"/><c:crosses val="autoZero"/><c:crossBetween val="between"/><c:majorUnit val="20"/></c:valAx>'
)


def _title(words: str, size_pt: float) -> str:
    return (
        "<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr {font(size_pt)}</a:defRPr></a:pPr><a:r><a:rPr lang="zh-CN" {font(size_pt)}</a:rPr><a:t>{words}</a:t></a:r></a:p>'
        '</c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
    )


def columns_part(
    title: str, looks: Mapping[str, str], number_format: str, size_pt: float, example: Chart, number: int
) -> Part:
    """Make the chart; ``looks`` are its series and their fill, ``number`` which of the file's charts it is, from 1."""
    columns = "".join(
        series(place, name, f"{fill}{OUTLINE}", labels(number_format, "", size_pt))
        for place, (name, fill) in enumerate(looks.items())
    )
    axes = _AXES.format(ticks=_NO_TICKS, line=OUTLINE, text=text(size_pt))
    look = (
        f'{SPACE}<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>{_title(title, size_pt + 1.5)}'
        '<c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{columns}<c:gapWidth val="60"/><c:overlap val="0"/><c:axId val="1"/><c:axId val="2"/></c:barChart>{axes}'
        '</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/>'
        f'{text(size_pt)}</c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/>{NO_LINE}</c:spPr>{text(size_pt)}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
    return part(look, example, number)
