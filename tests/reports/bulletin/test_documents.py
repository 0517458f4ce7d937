"""The bulletin's template on real pages: GB/T 9704-2012, measured where LibreOffice puts things."""

import ctypes
import importlib
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx import Document
from support.desk import ROOT
from support.figures.gazettes import LONG, bulletin, receivers, standing_row, template, written
from support.paper import page_count, poppler_text, squeezed
from support.trials import shared_office

from pipeline.adapters.word import WordTemplate
from pipeline.domain.sections import Section
from pipeline.errors import TemplateFault
from pipeline.publishing.making import fill
from pipeline.reports.bulletin.text import PAPER
from pipeline.reports.bulletin.wall_chart import WALL_CHART

POINT_MM = 25.4 / 72
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
"""Edges of the 版心, mm from the paper's left and upper edge (5.2.1)."""
HANZI = "岚县个体工商户培育工作进展情况通报序时进度完成率排名位次"
"""28 characters, one line."""


@dataclass(frozen=True)
class Glyph:
    char: str
    left: float
    box_left: float
    right: float
    top: float
    bottom: float
    baseline: float


def glyphs(path: Path, number: int) -> list[Glyph]:
    """Characters of a page (from 1) and where they stand, mm from its upper left."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        page = document[number - 1]
        height = page.get_size()[1]
        text = page.get_textpage()
        found = []
        x, y = ctypes.c_double(), ctypes.c_double()
        for index in range(text.count_chars()):
            char = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
            if not char.isspace() and char != "\0":
                box_left, low, right, high = text.get_charbox(index)
                pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
                places = (x.value, box_left, right, height - high, height - low, height - y.value)
                found.append(Glyph(char, *(place * POINT_MM for place in places)))
        text.close()
        page.close()
        return found


def lines(path: Path, number: int) -> list[tuple[float, str, float, float]]:
    """Baseline, words, left and right end of each line."""
    rows: dict[float, list[Glyph]] = {}
    for glyph in glyphs(path, number):
        rows.setdefault(round(glyph.baseline, 1), []).append(glyph)
    return [
        (baseline, "".join(glyph.char for glyph in row), row[0].left, max(glyph.right for glyph in row))
        for baseline, found in sorted(rows.items())
        for row in [sorted(found, key=lambda glyph: glyph.left)]
    ]


def rules(path: Path, number: int) -> Iterator[tuple[float, float, float, float]]:
    """Left, top, right, bottom of the lines drawn on a page, mm."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        page = document[number - 1]
        height = page.get_size()[1]
        for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
            left, low, right, high = drawn.get_bounds()
            yield left * POINT_MM, (height - high) * POINT_MM, right * POINT_MM, (height - low) * POINT_MM


def printed(tmp_path: Path, **more: object) -> Path:
    said = bulletin(**more)  # type: ignore[arg-type]
    path = written(tmp_path / "简报.docx", said)
    return shared_office().convert(path, 20)


def page_texts(pdf: Path, *options: str) -> list[str]:
    pages = map(str, range(1, page_count(pdf) + 1))
    return [squeezed(poppler_text(pdf, *options, "-f", number, "-l", number)) for number in pages]


def texts(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())


def changed(old: str, new: str) -> WordTemplate:
    """The template after a clerk's slip."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(ROOT / "templates" / "bulletin.docx") as source,
        zipfile.ZipFile(buffer, "w") as package,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                assert old in content.decode()
                content = content.decode().replace(old, new).encode()
            package.writestr(name, content)
    return WordTemplate("bulletin.docx", buffer.getvalue())


# ---------------------------------------------------------------- the file


@pytest.mark.parametrize("name", ["letter", "receipt", "bulletin", "wallchart"])
def test_the_templates_are_what_their_builders_make(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "templates" / "build"))
    builder = importlib.import_module(name)
    monkeypatch.setattr(builder, "TARGET", tmp_path / "made.docx")
    builder.build()
    assert (tmp_path / "made.docx").read_bytes() == (ROOT / "templates" / f"{name}.docx").read_bytes()


def test_the_templates_have_exactly_the_fields_that_are_supplied() -> None:
    template().demand([name for name in PAPER.fields if name != "主体"])  # for a clerk's own sentences
    template("wallchart.docx").demand(WALL_CHART.fields)


def test_the_same_bulletin_gives_the_same_bytes_and_opens_again(tmp_path: Path) -> None:
    first, second = (written(tmp_path / name, bulletin()) for name in ("甲.docx", "乙.docx"))
    assert first.read_bytes() == second.read_bytes()
    document = Document(str(first))
    orientations = [section.orientation for section in document.sections]
    assert orientations == [0, 1, 0]
    assert [len(table.rows) for table in document.tables] == [1, 27, 30]


def test_nothing_is_to_be_updated_on_opening_but_the_page_numbers(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path / "简报.docx", bulletin())) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}
    fields = re.findall(r'w:instr="\s*(\w+)', "".join(parts.values()))
    assert set(fields) == {"PAGE"} and "updateFields" not in parts["word/settings.xml"]
    assert "{{" not in parts["word/document.xml"] and "{%" not in parts["word/document.xml"]


NASTY = ["<个体>&", "{{ 期号 }}", "{% if %}", "</w:t>", '"引号"', "𠮷野&lt;"]


@pytest.mark.parametrize("words", NASTY)
def test_whatever_signs_stand_in_a_clerks_words_are_printed_as_they_are(tmp_path: Path, words: str) -> None:
    said = bulletin(1, words, (Section(words, (words,)),), 更正说明=words, 报送=receivers(("报", words)))
    found = texts(written(tmp_path / "简报.docx", said))
    shown = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
    assert found.replace('"', "&#34;").count(shown) >= 5


@pytest.mark.parametrize(
    "old, new, words",
    [
        ("{{ 截至日期 }}", "{{ 截止日期 }}", "是不是 {{ 截至日期 }}"),
        ("第{{ 期号 }}期", "第{{ 期数 }}期", "期数"),
    ],
)
def test_a_placeholder_that_nobody_fills_is_refused(old: str, new: str, words: str) -> None:
    with pytest.raises(TemplateFault, match=re.escape(words)):
        changed(old, new).demand(PAPER.fields, dict.fromkeys(PAPER.optional, 0))


def test_a_column_that_no_row_has_is_refused_when_it_is_filled(tmp_path: Path) -> None:
    said = bulletin()
    with pytest.raises(TemplateFault, match="名次"):
        fill(changed("{{ 行.排名 }}", "{{ 行.名次 }}"), said, tmp_path / "简报.docx")


def test_sections_are_numbered_as_they_come_and_empty_ones_need_nothing(tmp_path: Path) -> None:
    sections = tuple(Section(f"第{number}部分", ("文字。",)) for number in range(1, 13))
    found = texts(written(tmp_path / "简报.docx", bulletin(sections=sections)))
    for number in ("一", "二", "十", "十一", "十二"):
        assert f"{number}、第" in found


# ---------------------------------------------------------------- the page


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Body pages full of hanzi."""
    sections = (Section("总体情况", (HANZI * 50,)),)
    return printed(
        tmp_path_factory.mktemp("full"), sections=sections, 更正说明="更正原因。", 编发日期="2022年12月31日"
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """60 units with long names."""
    return printed(tmp_path_factory.mktemp("many"), units=60, unit=LONG + LONG)


@pytest.mark.soffice
def test_a_full_page_has_22_lines_of_28_characters_that_fill_the_text_area(full: Path) -> None:
    body = lines(full, 2)[:-1]
    assert [len(words) for _, words, _, _ in body] == [28] * 22
    assert {round(low - high, 1) for (high, *_), (low, *_) in pairwise(body)} <= {10.2, 10.3}
    for _, _, left, right in body:
        assert left == pytest.approx(LEFT, abs=0.3) and RIGHT - 2 < right < RIGHT + 0.2
    assert body[0][0] - 4.5 > TOP and body[-1][0] < BOTTOM


@pytest.mark.soffice
def test_page_numbers_are_between_dashes_7_mm_below_right_on_odd_pages_left_on_even_ones(full: Path) -> None:
    for number in (1, 2, 3):
        dashes = [glyph for glyph in glyphs(full, number) if glyph.char == "—" and glyph.top > BOTTOM]
        assert len(dashes) == 2, number
        for dash in dashes:
            assert (dash.top + dash.bottom) / 2 == pytest.approx(BOTTOM + 7, abs=0.3)
        one_hanzi = 14 * POINT_MM
        if number % 2:
            assert max(dash.right for dash in dashes) == pytest.approx(RIGHT - one_hanzi, abs=0.6)
        else:
            assert min(dash.left for dash in dashes) == pytest.approx(LEFT + one_hanzi, abs=0.6)


@pytest.mark.soffice
def test_the_masthead_takes_the_upper_third_of_page_1_over_a_red_line(full: Path) -> None:
    head = lines(full, 1)[:3]
    assert [words for _, words, _, _ in head] == [
        "岚县个体工商户培育工作简报", "第2期（总第14期）（更正）", "岚县个体工商户培育工作专班办公室2022年12月31日",
    ]  # fmt: skip
    red = [rule for rule in rules(full, 1) if 95 < rule[1] < 99 and rule[2] - rule[0] > 150]
    assert red and red[0][0] == pytest.approx(LEFT, abs=1) and red[0][2] == pytest.approx(RIGHT, abs=1)
    assert "更正：更正原因。" in page_texts(full)[0]


@pytest.mark.soffice
def test_the_foot_stands_on_the_last_lines_of_the_bodys_last_page(full: Path, many: Path) -> None:
    for pdf in (full, many):
        pages = page_texts(pdf)
        (number,) = [number for number, text in enumerate(pages, 1) if "（共印80份）" in text]
        assert "附件1" in pages[number] and "附件：1." in pages[number - 1]
        bottom = max(rule[3] for rule in rules(pdf, number) if rule[2] - rule[0] > 150)
        assert bottom == pytest.approx(BOTTOM, abs=0.5)
        last = lines(pdf, number)
        words = [words for _, words, _, _ in last]
        assert words[-5:-1] == [
            "报：县委、县政府", "送：县人大、县政协", "发：各乡镇人民政府，县直各有关单位", "（共印80份）",
        ]  # fmt: skip


@pytest.mark.soffice
@pytest.mark.parametrize("filled", range(14, 22, 2))
def test_the_foot_never_stands_on_a_page_without_words_of_the_body(tmp_path: Path, filled: int) -> None:
    sections = (Section("总体情况", (*["一行。"] * filled, HANZI * 2)),)
    pdf = printed(tmp_path, units=1, sections=sections)
    (number,) = [number for number, text in enumerate(page_texts(pdf), 1) if "（共印80份）" in text]
    assert HANZI[-5:] in page_texts(pdf)[number - 1]


@pytest.mark.soffice
@pytest.mark.parametrize("count", [1, 40])
def test_the_foot_keeps_clear_of_the_text_however_long_its_lists_are(tmp_path: Path, count: int) -> None:
    whom = receivers(("报", "县委、县政府"), ("发", "、".join([LONG] * count)))
    sections = (Section("总体情况", (HANZI * 34,)),)
    pdf = printed(tmp_path, sections=sections, 报送=whom)
    (number,) = [number for number, text in enumerate(page_texts(pdf), 1) if "（共印80份）" in text]
    found = lines(pdf, number)
    assert min(low - high for (high, *_), (low, *_) in pairwise(found)) > 5
    assert "".join(words for _, words, _, _ in found).count(LONG) >= count - 10


@pytest.mark.soffice
def test_headings_of_tables_come_again_on_each_page_and_no_row_is_split(many: Path) -> None:
    pages = page_texts(many, "-raw")
    tables = [text for text in pages if f"{LONG}{LONG}" in text and "附件2" not in text]
    assert len(tables) >= 6
    assert all("单位名称" in text and "状态" in text for text in tables)
    for number in range(1, 61):
        whole = [text for text in pages if f"{LONG}{LONG}{number}" in text]
        assert len(whole) >= 3, number  # its section, annex 1, the chart


@pytest.mark.soffice
def test_a_page_across_has_its_number_where_the_sheet_has_it(many: Path) -> None:
    """8: seen on the turned page beside the left edge, below on odd pages, above on even ones."""
    with closing(pypdfium2.PdfDocument(many)) as document:
        sizes = [document.get_page_size(number) for number in range(len(document))]
    across = [number for number, (width, height) in enumerate(sizes, 1) if width > height]
    assert {number % 2 for number in across} == {0, 1}
    for number in across:
        dashes = [glyph for glyph in glyphs(many, number) if glyph.char == "—" and glyph.left < 33]
        assert len(dashes) == 2, number
        for dash in dashes:
            assert (297 - BOTTOM) - dash.right / 2 - dash.box_left / 2 == pytest.approx(7, abs=0.3)
        one_hanzi = 14 * POINT_MM
        if number % 2:
            assert max(dash.bottom for dash in dashes) == pytest.approx(RIGHT - one_hanzi, abs=0.6)
        else:
            assert min(dash.top for dash in dashes) == pytest.approx(LEFT + one_hanzi, abs=0.6)


@pytest.mark.soffice
def test_no_heading_stands_alone_at_the_foot_of_a_page(tmp_path: Path) -> None:
    """Whatever stands before it; one more line each time."""
    sections = tuple(Section(f"第{number}部分", (HANZI * (number % 4 + 1),)) for number in range(1, 30))
    pdf = printed(tmp_path, sections=sections)
    for number in range(1, page_count(pdf) - 1):
        body = [words for _, words, _, _ in lines(pdf, number) if not words.startswith("—")]
        assert not re.fullmatch(r".{1,3}、第\d+部分", body[-1]), (number, body[-1])


@pytest.mark.soffice
def test_no_tables_heading_stands_with_fewer_than_three_rows_at_the_foot_of_a_page(tmp_path: Path) -> None:
    """Whatever stands before it; one more line each time."""
    rows = tuple(standing_row(rank, f"单位{rank}") for rank in range(1, 6))
    sections = tuple(
        Section(f"第{number}部分", (HANZI * (number % 5 + 1),), (), f"第{number}表", rows)
        for number in range(1, 26)
    )
    pages = page_texts(printed(tmp_path, sections=sections))
    for number in range(1, 26):
        [page] = [text for text in pages if f"第{number}表" in text]
        shown = len(re.findall(r"单位\d100", page.partition(f"第{number}表")[2].partition("部分")[0]))
        assert shown >= 3, (number, shown)


@pytest.mark.soffice
def test_no_table_goes_on_over_fewer_than_three_rows_on_the_next_page(tmp_path: Path) -> None:
    """Whatever stands before it; one more line each time."""
    sections = tuple(
        Section(
            f"第{number}部分", (HANZI * (number % 5 + 1),), (), f"第{number}表",
            tuple(standing_row(rank, f"甲{number}乙{rank}丙") for rank in range(1, 9)),
        )
        for number in range(1, 26)
    )  # fmt: skip
    pages = page_texts(printed(tmp_path, sections=sections))
    shown = [
        sum(f"甲{number}乙{rank}丙" in page for rank in range(1, 9))
        for number in range(1, 26)
        for page in pages
    ]
    parts = {count for count in shown if count}
    assert min(parts) >= 3 and len(parts) > 1, "some are parted"


@pytest.mark.soffice
def test_a_long_name_of_bulletin_and_issuer_stay_in_the_masthead(tmp_path: Path) -> None:
    pdf = printed(
        tmp_path,
        units=1,
        sections=(Section("总体情况", ("短。",)),),
        简报名称="岚县优化营商环境个体工商户培育工作简报",
        编发单位="岚县优化营商环境实施个体工商户培育及完善信用监管机制工作专班办公室",
    )
    head = lines(pdf, 1)
    assert all(left > LEFT - 0.5 and right < RIGHT + 0.5 for _, _, left, right in head[:5])
    words = [words for _, words, _, _ in head]
    assert words[0] == "岚县优化营商环境个体工商户培育工作简报"
    assert any("监管机制工作专班办公室" in line for line in words), "two lines, no character left alone"
    assert "2022年7月5日" in "".join(words[:5])
    assert page_count(pdf) in (3, 4)
