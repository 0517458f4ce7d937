import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook
from support.desk import ROOT
from support.figures.gazettes import LONG, rates
from support.paper import fonts, poppler_text
from support.trials import shared_office

from pipeline.adapters.chart import redraw
from pipeline.adapters.word.opening import opened
from pipeline.domain.documents import Chart, Series
from pipeline.errors import TemplateFault
from pipeline.reports.bulletin.rates import Bar, Rates

C = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


def drawn(tmp_path: Path, data: Rates, template: str = "bulletin.docx") -> Path:
    path = tmp_path / f"{len(data.bars)}.docx"
    path.write_bytes((ROOT / "templates" / template).read_bytes())
    draw(path, data.chart())
    return path


def draw(path: Path, chart: Chart) -> None:
    parts = opened(path.name, path.read_bytes())
    redraw(parts.content, chart)
    parts.write(path)


def part(path: Path, name: str = "word/charts/chart1.xml") -> etree._Element:
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def columns(path: Path) -> dict[str, dict[int, str]]:
    """Name of each series → line → value, as the drawing holds them."""
    return {
        series.findtext("c:tx//c:v", namespaces=C) or "": {
            int(point.get("idx") or 0): point.findtext("c:v", namespaces=C) or ""
            for point in series.findall("c:val//c:pt", C)
        }
        for series in part(path).iterfind(".//c:ser", C)
    }


def height_mm(path: Path) -> float:
    with zipfile.ZipFile(path) as package:
        found = re.search(
            r"<wp:inline[^>]*><wp:extent cx=\"\d+\" cy=\"(\d+)\"", package.read("word/document.xml").decode()
        )
    assert found
    return int(found[1]) / 36000


def test_each_rate_stands_in_the_series_of_its_band_and_the_pace_in_every_line(tmp_path: Path) -> None:
    bars = [
        ("甲", "62.5", "先进"),
        ("乙", "45.0", "基本达标"),
        ("丙", "1.0", "滞后"),
        ("丁", "-5.0", "零进展"),
    ]
    data = Rates(tuple(Bar(name, Decimal(rate), band) for name, rate, band in bars), Decimal("50.0"))
    assert columns(drawn(tmp_path, data)) == {
        "先进": {0: "62.5"},
        "基本达标": {1: "45.0"},
        "滞后": {2: "1.0"},
        "零进展": {3: "-5.0"},
        "序时进度50.0%": dict.fromkeys(range(4), "50.0"),
    }


@pytest.mark.parametrize("units", [1, 9, 26, 60])
def test_the_workbook_that_a_clerk_edits_holds_what_is_drawn(tmp_path: Path, units: int) -> None:
    path = drawn(tmp_path, rates(units))
    with zipfile.ZipFile(path) as package:
        (name,) = [name for name in package.namelist() if name.endswith(".xlsx")]
        sheet = load_workbook(io.BytesIO(package.read(name))).active
    assert sheet is not None
    header, *rows = sheet.iter_rows(values_only=True)
    assert [row[0] for row in rows] == [bar.name for bar in rates(units).bars]
    for index, series in enumerate(header[1:], 1):
        told = {line: row[index] for line, row in enumerate(rows) if row[index] is not None}
        assert told == {line: float(value) for line, value in columns(path)[str(series)].items()}


def test_all_bars_lie_within_the_axis_with_room_for_the_words_behind(tmp_path: Path) -> None:
    scaling = part(drawn(tmp_path, rates())).find(".//c:valAx/c:scaling", C)
    assert scaling is not None
    order = [etree.QName(one).localname for one in scaling]
    assert order == ["orientation", "max", "min"], "the schema's order, or Word refuses the file"
    ends = {etree.QName(one).localname: one.get("val") for one in scaling}
    assert float(ends["max"] or 0) >= 104.2 * 1.1 and float(ends["min"] or 0) <= -20


def test_few_bars_make_a_low_chart_and_many_a_full_one_with_smaller_names(tmp_path: Path) -> None:
    one, nine, county, many = (drawn(tmp_path, rates(units)) for units in (1, 9, 26, 60))
    assert height_mm(one) < height_mm(nine) < height_mm(county) == height_mm(many)
    sizes = [
        {int(look.get("sz") or 0) for look in part(path).iterfind(".//c:catAx//a:defRPr", C)}
        for path in (county, many)
    ]
    assert sizes[0] == {1050} and 500 < max(sizes[1]) < 1050


def test_a_chart_without_bars_can_be_written(tmp_path: Path) -> None:
    assert columns(drawn(tmp_path, Rates((), Decimal("8.3"))))["序时进度8.3%"] == {}


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    assert drawn(tmp_path, rates()).read_bytes() == drawn(tmp_path, rates()).read_bytes()


def with_look(path: Path, change: Callable[[str], str]) -> Path:
    """The bulletin's template with a chart of another kind."""
    with zipfile.ZipFile(ROOT / "templates" / "bulletin.docx") as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["word/charts/chart1.xml"] = change(members["word/charts/chart1.xml"].decode()).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def as_columns(xml: str) -> str:
    return xml.replace('<c:barDir val="bar"/>', '<c:barDir val="col"/>')


def as_lines(xml: str) -> str:
    for what in ("barDir", "gapWidth", "overlap", "invertIfNegative"):
        xml = re.sub(rf"<c:{what} [^>]*/>", "", xml)
    xml = xml.replace("</c:ser>", '<c:smooth val="0"/></c:ser>').replace("outEnd", "t")
    return xml.replace("clustered", "standard").replace("c:barChart", "c:lineChart")


@pytest.mark.soffice
@pytest.mark.parametrize("look", [as_columns, as_lines])
def test_columns_and_lines_take_any_categories_and_series(tmp_path: Path, look: Callable[[str], str]) -> None:
    path = with_look(tmp_path / "图.docx", look)
    before = height_mm(path)
    survival = Series("先进", "存活率", (Decimal("91.5"), Decimal(88), Decimal("75.25")))
    exits = Series("滞后", "退出率", (None, Decimal(12), Decimal(25)))
    draw(path, Chart("年份", ("甲年", "乙年", "丙年"), (survival, exits)))
    assert columns(path) == {
        "存活率": {0: "91.5", 1: "88", 2: "75.25"},
        "退出率": {1: "12", 2: "25"},
        "基本达标": {}, "零进展": {}, "序时进度50.0%": {},
    }  # fmt: skip
    tail = ["cat", "val", "smooth"] if look is as_lines else ["cat", "val"]
    for series in part(path).iterfind(".//c:ser", C):
        assert [etree.QName(one).localname for one in series][-len(tail) :] == tail, "the schema's order"
    assert height_mm(path) == before
    text = re.sub(r"\s+", "", poppler_text(shared_office().convert(path)))
    assert all(word in text for word in ("存活率", "退出率", "甲年", "丙年"))


def test_a_band_that_the_template_has_no_series_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match="优秀"):
        drawn(tmp_path, Rates((Bar("甲", Decimal(60), "优秀"),), Decimal(50)))


def test_a_template_without_the_chart_is_refused(tmp_path: Path) -> None:
    Document().save(str(tmp_path / "空.docx"))
    with pytest.raises(TemplateFault, match="图表"):
        draw(tmp_path / "空.docx", rates().chart())


@pytest.mark.soffice
@pytest.mark.parametrize("template, units", [("bulletin.docx", 60), ("wallchart.docx", 26)])
def test_libreoffice_draws_it_as_vector_with_every_name_as_text_in_our_fonts(
    tmp_path: Path, template: str, units: int
) -> None:
    data = rates(units, LONG if units < 30 else "现代农业中心")
    pdf = shared_office().convert(drawn(tmp_path, data, template))
    text = re.sub(r"\s+", "", poppler_text(pdf))
    for bar in data.bars:
        assert bar.name in text and f"{bar.percent}{bar.band}" in text
    assert "序时进度50.0%" in text
    images = subprocess.run(["pdfimages", "-list", pdf], check=True, capture_output=True, text=True).stdout
    assert len(images.splitlines()) == 2, images
    names = {name.split("+")[-1] for name, _ in fonts(pdf)}
    assert all(embedded for _, embedded in fonts(pdf))
    assert any(name.startswith("FandolFang") for name in names)
    known = ("FandolFang", "LiberationSerif", "NotoSerifCJK", "NotoSansCJK", "LXGWWenKai")
    assert all(name.startswith(known) for name in names), names
