"""The same table reads the same, whatever make of file it is in."""

import makes
import pytest

from pipeline.adapters.sheet import read_sheets
from pipeline.domain.model import Area, Grid, Source

TYPED = {
    "xlsxwriter": makes.by_xlsxwriter(),
    "openpyxl": makes.by_openpyxl(),
    "xlwt": makes.by_xlwt(),
    "XML 2003": makes.xml_2003(),
    "XML 2003 in GBK": makes.xml_2003("gb18030"),
    "XML 2003 in UTF-16": makes.xml_2003("utf-16"),
    **{f"Calc {name}": (makes.CALC / f"名单.{name}").read_bytes() for name in ("xlsx", "xls", "ods", "fods")},
}
SEPARATORS = {"comma": ",", "tab": "\t", "semicolon": ";", "bar": "|", "顿号": "、"}


def grids(data: bytes) -> tuple[Grid, ...]:
    found = read_sheets("表", data)
    assert isinstance(found, tuple), found
    return found


@pytest.mark.parametrize("make", TYPED)
def test_values_rows_merges_and_hidden_rows_and_sheets_of_every_make(make: str) -> None:
    first, old, blank = grids(TYPED[make])
    assert first.source == Source("表", "名单")
    assert dict(first.rows) == makes.ROWS
    assert [type(value) for value in dict(first.rows)[4]] == [type(value) for value in makes.ROWS[4]]
    assert first.merged == (Area(1, 1, 1, 10),)
    assert first.concealed == {6}
    assert (first.is_hidden, old.is_hidden, blank.is_hidden) == (False, True, False)
    assert (old.source.sheet, old.rows, blank.rows) == ("旧表", ((1, ("旧",)),), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("separator", SEPARATORS)
def test_text_tables_in_every_encoding_and_with_every_separator(encoding: str, separator: str) -> None:
    [grid] = grids(makes.csv_text(SEPARATORS[separator]).encode(encoding))
    assert dict(grid.rows) == makes.SHOWN
    assert grid.source == Source("表")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
def test_a_web_page_whatever_it_says_of_its_encoding(encoding: str, charset: str) -> None:
    [grid] = grids(makes.html_page(charset).encode(encoding))
    assert dict(grid.rows) == makes.SHOWN
    assert (grid.merged, grid.concealed) == ((Area(1, 1, 1, 10),), {6})


def test_the_web_page_that_calc_writes() -> None:
    [grid] = grids((makes.CALC / "名单.html").read_bytes())
    assert dict(grid.rows) == {row: values for row, values in makes.SHOWN.items() if row != 6}


def test_a_web_archive() -> None:
    [grid] = grids(makes.web_archive())
    assert dict(grid.rows) == makes.SHOWN


def test_old_excel_in_the_code_page_that_it_names() -> None:
    texts = {(0, 0): "单位".encode("gbk"), (2, 1): "东村镇".encode("gbk")}
    [grid] = grids(makes.biff5(texts))
    assert grid.rows == ((1, ("单位",)), (3, (None, "东村镇")))


@pytest.mark.parametrize("codepage", [None, 1252])
def test_old_excel_that_names_no_or_a_western_code_page_is_taken_for_chinese(codepage: int | None) -> None:
    [grid] = grids(makes.biff5({(0, 0): "单位".encode("gbk")}, codepage))
    assert grid.rows == ((1, ("单位",)),)


def test_a_sheet_keeps_its_name_and_a_file_its_path() -> None:
    found = read_sheets("二月/甲.et", TYPED["xlwt"])
    assert isinstance(found, tuple)
    assert found[1].source == Source("二月/甲.et", "旧表")
