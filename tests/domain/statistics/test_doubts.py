"""The list of doubts: each line says whose it is, so that it can be filtered by unit and handed on."""

from datetime import date

import pytest
from support.figures.shops import UNITS, business, letter, serial

from pipeline.domain.model import Problem, Source
from pipeline.domain.statistics.attribution import attribute
from pipeline.domain.statistics.doubts import COLUMNS, doubts, lines
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.cell import Value

JUNE = date(2022, 6, 30)
HEADERS = {"unit": "引荐单位", "name": "名称", "uscc": "统一社会信用代码", "est_date": "成立日期"}
CODE = "92999999MA0000011X"


def found_in(cells: dict[str, Value]) -> Problem:
    """A finding in a row with these cells."""
    row = Row(Source("登记.xlsx", "Sheet1", 9), {name: cells.get(name) for name in HEADERS})
    table = Table("registrations", Source("登记.xlsx", "Sheet1", 1), HEADERS, (row,))
    findings = Findings()
    findings.problem(table, row, "est_date", "bad-date", "不是日期。")
    return findings.problems[0]


def whose(line: list[str | int]) -> tuple[str | int, ...]:
    return tuple(line[:3])


def test_a_line_has_what_its_columns_say() -> None:
    [line] = lines(
        [found_in({"unit": "东村镇", "name": "甲店", "uscc": CODE, "est_date": "五月"})], (), UNITS
    )
    assert dict(zip(COLUMNS, line, strict=True)) == {
        "单位": "东村镇", "名称": "甲店", "统一社会信用代码": CODE, "文件": "登记.xlsx", "工作表": "Sheet1", "行": 9, "列": "成立日期",
        "现在是": "五月", "问题和办法": "不是日期。", "代码": "bad-date",
    }  # fmt: skip


@pytest.mark.parametrize(
    "declared, unit",
    [(UNITS[0].name, UNITS[0].name), (UNITS[0].full_name, UNITS[0].name), (f" {UNITS[0].name}：", UNITS[0].name), ("某某镇", "某某镇"), (None, "")],
)  # fmt: skip
def test_a_row_of_no_business_is_its_declared_unit_s(declared: Value, unit: str) -> None:
    assert [whose(line) for line in lines([found_in({"unit": declared})], (), UNITS)] == [(unit, "", "")]


def test_a_doubt_is_the_unit_s_that_the_business_counts_for() -> None:
    shop = business(2, "5-7", letter=serial("01", 1), unit="26")._replace(name="甲店", uscc=CODE)
    letters = dict([letter("01", 1)])
    attributions = attribute([shop], letters, UNITS, JUNE)
    [line] = lines(doubts(attributions, letters, JUNE), attributions, UNITS)
    assert line[-1] == "letter-other-unit" and whose(line) == (UNITS[0].name, "甲店", CODE)


def test_a_finding_in_any_row_of_a_business_has_what_all_its_rows_say() -> None:
    found = found_in({"unit": None, "name": None})
    shop = business(2, "5-7", unit="26")._replace(name="甲店", uscc=CODE)
    shop = shop._replace(sources=(found.source, *shop.sources))
    last = next(unit for unit in UNITS if unit.code == "26")
    [line] = lines([found], attribute([shop], {}, UNITS, JUNE), UNITS)
    assert whose(line) == (last.name, "甲店", CODE)
    [early] = lines([found], attribute([shop], {}, UNITS, date(2022, 1, 31)), UNITS)
    assert whose(early) == (last.name, "甲店", CODE), "declared, though it does not count yet"


def test_a_number_of_a_person_in_the_wrong_column_is_hidden() -> None:
    [line] = lines([found_in({"uscc": "999999199001010118", "name": "甲店 13800000000"})], (), UNITS)
    assert "999999199001010118" not in str(line) and "13800000000" not in str(line)
