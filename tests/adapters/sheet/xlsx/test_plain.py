"""Rows and texts that are skimmed past the parser say what the parser would say; whatever is odd goes to it."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from unittest import mock

import pytest
import xlsxwriter

from pipeline.adapters.sheet import read_sheets
from pipeline.adapters.sheet.skimming import Parse, Skimmer
from pipeline.adapters.sheet.xlsx.plain import PlainRows
from pipeline.domain.model import Problem
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.domain.tables.grid import Grid
from pipeline.intake import Intake, read_inputs
from pipeline.workspace import open_workspace

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
EXAMPLES = Path("examples")
ROW = '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c><c r="B{0}" s="1"><v>44{0:03}</v></c><c r="C{0}"><v>1.5</v></c></row>'
TEXTS = '<si><t>甲</t></si><si><t xml:space="preserve"> 乙 </t></si><si><t/></si><si><t>&lt;丙&amp;_x000D_</t></si>'
ODD = {
    "a style whose number ends as the row's does": '<row r="4"><c r="A4" s="114"><v>1</v></c><c r="B4" s="14"><v>44500</v></c></row>',
    "a style of the row's number": '<row r="1"><c r="A1" s="1"><v>44500</v></c></row>',
    "a hidden row": '<row r="3" hidden="1"><c r="A3"><v>1</v></c></row>',
    "a look of the row's own": '<row r="3" spans="1:3" s="1" customFormat="1" ht="20" customHeight="1"><c r="B3"><v>1</v></c></row>',
    "a text of its own": '<row r="3"><c r="A3" t="inlineStr"><is><t>甲&lt;乙</t></is></c><c r="B3" t="str"><v>丙 </v></c></row>',
    "a text in runs": '<row r="3"><c r="A3" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c></row>',
    "a formula": '<row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3"><f>A9</f></c></row>',
    "an error and a truth": '<row r="3"><c r="A3" t="e"><v>#N/A</v></c><c r="B3" t="b"><v>1</v></c></row>',
    "blank cells": '<row r="3"><c r="A3"/><c r="B3" s="1"></c><c r="E3"><v>7</v></c><c r="F3" t="s"><v>2</v></c></row>',
    "a time of day": '<row r="3"><c r="A3" s="1"><v>0.5</v></c></row>',
    "no references": "<row><c><v>1</v></c><c><v>2</v></c></row>",
    "blanks between": '<row r="3">\n <c r="A3"><v>1</v></c>\n</row>',
    "a comment": '<!-- <row r="3"><c r="A3"><v>1</v></c></row> --><row r="4"><c r="A4"><v>1</v></c></row>',
    "another order of rows": '<row r="9"><c r="A9"><v>1</v></c></row><row r="8"><c r="A8"><v>1</v></c></row>',
    "a line feed of Windows": '<row r="3"><c r="A3" t="str"><v>甲\r\n乙</v></c></row>',
    "a mark of quotation": '<row r="3"><c r="A3" t="str"><v>3" 甲3"</v></c></row>',
}  # fmt: skip
BROKEN = {
    "a row twice": '<row r="3"><c r="A3"><v>1</v></c></row>' * 2,
    "a cell twice": '<row r="3"><c r="A3"><v>1</v></c><c r="A3"><v>1</v></c></row>',
    "an attribute twice": '<row r="3"><c r="A3" s="1" s="0"><v>1</v></c></row>',
    "no number": '<row r="3"><c r="A3"><v>一</v></c></row>',
    "no such text": '<row r="3"><c r="A3" t="s"><v>99</v></c></row>',
    "a text before the first": '<row r="3"><c r="A3" t="s"><v>-1</v></c></row>',
    "an entity": '<row r="3"><c r="A3" t="str"><v>&xxe;</v></c></row>',
    "a control character": '<row r="3"><c r="A3" t="str"><v>\x02</v></c></row>',
    "a row beyond the last": '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
    "a column beyond the last": '<row r="3"><c r="XFE3"><v>1</v></c></row>',
    "an element without its end": '<row r="3"><c r="A3"><v>1</c></row>',
}


def workbook(rows: str, texts: str = TEXTS) -> bytes:
    """A workbook of one sheet, its rows as they are given; 115 styles, of which every odd one shows days."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    book.add_worksheet("表").write_string(0, 0, "甲")
    book.close()
    styles = "".join(f'<xf numFmtId="{14 * (number % 2)}" fontId="0"/>' for number in range(115))
    parts = {
        "xl/worksheets/sheet1.xml": f'<worksheet {MAIN}><sheetData>{rows}</sheetData><mergeCells><mergeCell ref="A90:B91"/></mergeCells></worksheet>',
        "xl/sharedStrings.xml": f"<sst {MAIN}>{texts}</sst>",
        "xl/styles.xml": f"<styleSheet {MAIN}><cellXfs>{styles}</cellXfs></styleSheet>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return made.getvalue()


@contextmanager
def parsed() -> Iterator[None]:
    """All goes to the parser."""

    def feed(_: Skimmer, chunk: bytes, parse: Parse) -> None:
        parse(chunk)

    with mock.patch.object(Skimmer, "feed", feed):
        yield


def said(data: bytes) -> object:
    found = read_sheets("甲.xlsx", data)
    return found if isinstance(found, Problem) else [all_of(grid) for grid in found]


def all_of(grid: Grid) -> object:
    kinds = [[type(cell) for cell in cells] for _, cells in grid.rows]
    return grid.rows, kinds, grid.merged, grid.concealed, grid.struck, dict(grid.shown.items())


def rows_between(odd: str) -> str:
    first = "" if '<row r="1"' in odd else ROW.format(1)
    return first + odd + "".join(map(ROW.format, range(20, 24)))


def test_plain_rows_are_taken_without_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    take, parsed = PlainRows.take, []

    def watched(rows: PlainRows, piece: str, parse: Parse) -> None:
        take(rows, piece, lambda row: parsed.append(row) or parse(row))

    monkeypatch.setattr(PlainRows, "take", watched)
    others = (
        ROW.replace(' s="1"', ' s="0"'),
        ROW.replace('<c r="C{0}"><v>1.5</v></c>', '<c r="D{0}" t="str"><v>丁</v></c>'),
    )
    rows = [(ROW, *others)[number % 3].format(number) for number in range(1, 50)]
    found = said(workbook("".join(rows)))
    assert parsed == []
    assert isinstance(found, list) and found[0][0][:3] == (
        (1, ("甲", 44001, 1.5)),
        (2, ("甲", datetime(2020, 6, 20), None, "丁")),
        (3, ("甲", datetime(2020, 6, 21), 1.5)),
    )


def test_rows_of_more_looks_than_are_kept_in_mind_say_what_they_said() -> None:
    rows = [
        f'<row r="{number}"><c r="A{number}" s="{number % 115}"><v>44500</v></c><c r="B{number}" t="s"><v>1</v></c></row>'
        for number in range(1, 200)
    ]
    data = workbook("".join(rows))
    with parsed():
        before = said(data)
    assert said(data) == before and isinstance(before, list)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_rows_say_what_they_said(odd: str) -> None:
    data = workbook(rows_between(odd))
    with parsed():
        before = said(data)
    assert said(data) == before and isinstance(before, list)


@pytest.mark.parametrize("rows", BROKEN.values(), ids=BROKEN)
def test_what_was_broken_is_broken(rows: str) -> None:
    data = workbook(rows_between(rows))
    with parsed():
        before = said(data)
    assert said(data) == before and isinstance(before, Problem)


@pytest.mark.parametrize(
    "texts",
    [
        "<si><r><t>甲</t></r></si>",
        "<si><t>甲&#33;</t></si>",
        "<si><t>a&lt;b</t></si>\n",
        "<si><t>]]></t></si>",
        "",
    ],
)
def test_texts_in_any_form_are_what_they_were(texts: str) -> None:
    data = workbook(
        '<row r="1"><c r="A1" t="s"><v>4</v></c><c r="B1" t="s"><v>1</v></c></row>', TEXTS + texts
    )
    with parsed():
        before = said(data)
    assert said(data) == before


def intake_of(example: Path) -> Intake:
    return read_inputs(open_workspace(example), date(2022, 6, 30), (REGISTRATIONS,))


@pytest.mark.parametrize("name", ["2022", "2022-dirty", "jincheng"])
def test_examples_say_the_same_to_every_sign_skimmed_or_parsed_by_one_process_or_two(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with parsed():
        before = intake_of(EXAMPLES / name)
    assert intake_of(EXAMPLES / name) == before
    if name == "2022":
        monkeypatch.setattr("pipeline.intake.files.WORTH_A_PROCESS", 1)
        assert intake_of(EXAMPLES / name) == before
