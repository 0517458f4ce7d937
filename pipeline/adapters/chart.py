"""Figures → the native chart in a Word file, which a clerk can edit in Word and WPS and LibreOffice draws as vector.

The template holds the chart with its look: colours, patterns, fonts, size for about as many units as a county has.
Here it gets other numbers, in the drawing and in the workbook behind it, and the height that they need.
"""

import io
import posixpath
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import count

import xlsxwriter
from lxml import etree

from pipeline.domain.documents import Chart, Series
from pipeline.domain.values.text import letters
from pipeline.errors import TemplateFault

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_NAMES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": _C,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_LEGEND_ROWS = 4
"""Legend and axis take about as much height as so many bars."""
_MOST_STRETCHED = 2
"""Few bars may stand so many times as far apart as in the template."""
_LEAST_STEP, _MOST_STEPS = 5, 6
"""Of the axis: from one line to the next, and lines."""
_EMU_PER_POINT = 12700
_TEXT_SHARE = 0.85
"""Of the distance between two bars, for the height of a name."""


def redraw(members: dict[str, bytes], chart: Chart) -> None:
    """Put a chart's data into the chart that a docx holds.

    :param members: the docx's parts by their names in the package; some are changed.
    :raises TemplateFault: there is no such chart in it, or it lacks a series.
    """
    relation, name = _place_of(members, chart.series[0])
    root = etree.fromstring(members[name])
    if (
        root.find(".//c:barDir[@val='bar']", _NAMES) is not None
    ):  # lying bars; columns and lines need no height
        drawn = len(_series(root)[0].findall("c:cat//c:pt", _NAMES))
        document = members["word/document.xml"]
        bars = len(chart.categories)
        members["word/document.xml"], pitch_pt = _resized(document, relation, drawn, bars)
        _shrink_text(root, pitch_pt)
    series = _refill(root, chart)
    members[name] = etree.tostring(root, encoding="UTF-8", standalone=True)
    for workbook in _targets(members, name, "/package").values():
        members[workbook] = _workbook(chart, series)


def filled(xml: str, chart: Chart) -> tuple[str, bytes]:
    """A chart's XML with other data in its look, and the workbook behind it."""
    root = etree.fromstring(xml)
    series = _refill(root, chart)
    return etree.tostring(root, encoding="unicode"), _workbook(chart, series)


def _workbook(chart: Chart, series: Sequence[Series]) -> bytes:
    """The workbook that opens when a clerk edits the chart's data."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(*_FIXED_TIME)})  # noqa: DTZ001 — the same data give the same bytes
    sheet = book.add_worksheet("Sheet1")
    sheet.set_column(0, 0, 24)
    sheet.write_row(0, 0, [chart.heading, *(each.label for each in series)])
    for row, category in enumerate(chart.categories):
        sheet.write_string(row + 1, 0, category)
        for column, each in enumerate(series, 1):
            value = each.values[row]
            if value is not None:
                sheet.write_number(row + 1, column, float(value))
    book.close()
    return buffer.getvalue()


def _place_of(members: dict[str, bytes], first: Series) -> tuple[str, str]:
    """Relation and name of the chart in the text that has a series; a condition may have left another one out."""
    text = members["word/document.xml"].decode()
    for relation, name in _targets(members, "word/document.xml", "/chart").items():
        if f'"{relation}"' in text and any(
            _is_drawn(first, _name(series)) for series in _series(etree.fromstring(members[name]))
        ):
            return relation, name
    raise TemplateFault(f"模板里没有带“{first.name}”的图表。请用备份替换模板。")


def _is_drawn(series: Series, name: str) -> bool:
    """Whether a template's series is the one whose look a series gets."""
    return name == series.name or (series.label != series.name and name.startswith(series.name))


def _targets(members: dict[str, bytes], name: str, kind: str) -> dict[str, str]:
    """What a part refers to: relation → name of the member."""
    folder, base = posixpath.split(name)
    relations = members.get(f"{folder}/_rels/{base}.rels")
    if relations is None:
        return {}
    return {
        str(one.get("Id")): posixpath.normpath(posixpath.join("/", folder, str(one.get("Target")))).lstrip(
            "/"
        )
        for one in etree.fromstring(relations)
        if str(one.get("Type")).endswith(kind)
    }


def _series(root: etree._Element) -> list[etree._Element]:
    return root.findall(".//c:plotArea//c:ser", _NAMES)


def _name(series: etree._Element) -> str:
    return "".join(series.xpath("string(c:tx//c:v)", namespaces=_NAMES))


def _refill(root: etree._Element, chart: Chart) -> list[Series]:
    """Replace the data of all series; they are returned as they are drawn, those without data too."""
    found = _series(root)
    nothing = (None,) * len(chart.categories)
    drawn: list[Series] = []
    for name in map(_name, found):
        given = next((each for each in chart.series if _is_drawn(each, name)), None)
        drawn.append(given or Series(name, name, nothing))
    homeless = sorted({each.name for each in chart.series} - {each.name for each in drawn})
    if homeless:
        raise TemplateFault(f"模板的图表里没有“{'”“'.join(homeless)}”系列。请用备份替换模板。")
    last = len(chart.categories) + 1
    for number, (element, series) in enumerate(zip(found, drawn, strict=True), 2):
        letter = letters(number)
        for tag in ("tx", "dPt", "cat", "val"):
            for old in element.findall(f"c:{tag}", _NAMES):
                element.remove(old)
        order = element.find("c:order", _NAMES)
        assert order is not None
        order.addnext(_cache("tx", "str", f"Sheet1!${letter}$1", [series.label]))
        element.append(_cache("cat", "str", f"Sheet1!$A$2:$A${last}", chart.categories))
        element.append(_cache("val", "num", f"Sheet1!${letter}$2:${letter}${last}", series.values))
        for behind in ("smooth", "shape", "extLst"):
            for child in element.findall(f"c:{behind}", _NAMES):
                element.append(child)
    _scale(root, chart)
    return drawn


def _cache(tag: str, kind: str, formula: str, values: Sequence[object]) -> etree._Element:
    """Values as the drawing holds them, with the place where the workbook has them."""
    made = etree.Element(f"{{{_C}}}{tag}")
    reference = etree.SubElement(made, f"{{{_C}}}{kind}Ref")
    etree.SubElement(reference, f"{{{_C}}}f").text = formula
    cache = etree.SubElement(reference, f"{{{_C}}}{kind}Cache")
    if kind == "num":
        etree.SubElement(cache, f"{{{_C}}}formatCode").text = "0.0"
    etree.SubElement(cache, f"{{{_C}}}ptCount", val=str(len(values)))
    for index, value in enumerate(values):
        if value is not None:
            point = etree.SubElement(cache, f"{{{_C}}}pt", idx=str(index))
            etree.SubElement(point, f"{{{_C}}}v").text = str(value)
    return made


def _scale(root: etree._Element, chart: Chart) -> None:
    """Ends of the value axis, with room for the words behind the bars."""
    values = [value for each in chart.series for value in each.values if value is not None]
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(0))
    low = min(low, Decimal(0))
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    step = next(step for step in steps if step >= _LEAST_STEP and (high - low) / step <= _MOST_STEPS)
    ends = {"max": (int(high / step) + 2) * step, "min": (int(low / step) - 2) * step if low < 0 else 0}
    for axis in root.findall(".//c:valAx", _NAMES):
        scaling = axis.find("c:scaling", _NAMES)
        assert scaling is not None
        for tag, end in ends.items():
            for old in scaling.findall(f"c:{tag}", _NAMES):
                scaling.remove(old)
            etree.SubElement(scaling, f"{{{_C}}}{tag}", val=str(end))
        for unit in axis.findall("c:majorUnit", _NAMES):
            unit.set("val", str(step))


def _resized(document: bytes, relation: str, drawn: int, bars: int) -> tuple[bytes, float]:
    """The text with the chart as high as it must be, and the distance of two bars in points."""
    root = etree.fromstring(document)
    found = root.xpath(f".//wp:inline[.//c:chart[@r:id='{relation}']]/wp:extent", namespaces=_NAMES)
    if not isinstance(found, list) or not found:
        raise TemplateFault("模板里的图表不是嵌入型的。请把图表的环绕方式改为嵌入型。")
    extent = found[0]
    assert isinstance(extent, etree._Element)
    given = int(str(extent.get("cy")))
    pitch = given / (drawn + _LEGEND_ROWS)
    height = min(given, round(_MOST_STRETCHED * pitch * (bars + _LEGEND_ROWS)))
    extent.set("cy", str(height))
    told = etree.tostring(root, encoding="UTF-8", standalone=True)
    return told, height / (bars + _LEGEND_ROWS) / _EMU_PER_POINT


def _shrink_text(root: etree._Element, pitch_pt: float) -> None:
    """Names and labels no higher than a bar has room."""
    most = int(pitch_pt * _TEXT_SHARE * 100)
    for place in ("c:catAx", "c:dLbls"):
        for look in root.iterfind(f".//{place}//a:defRPr[@sz]", _NAMES):
            look.set("sz", str(min(int(str(look.get("sz"))), most)))
