"""What a meeting agreed upon, as the secretary types it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from support.reading.tables import recognise

from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Source, Unit
from pipeline.domain.records.dispatch.matters import HEADERS, MATTERS, Matter
from pipeline.domain.records.reading import Known, Reading
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.settings import Letters

EAST = Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇", ("东村",), 180)
KNOWN = Known((EAST,), SerialFormat(2022, Letters().serial), date(2022, 7, 1), ("县税务局",))
FIRST = (
    "1-1", "集贸市场东区先行启用", "刘某", "东村镇", "县住建局", "月底前进场", "2022-07-31",
)  # fmt: skip


def read(*rows: Sequence[Value], header: Sequence[Value] = tuple(HEADERS.values()), units: tuple[Unit, ...] = (EAST,)) -> Reading[tuple[Matter, ...]]:  # fmt: skip
    lines = tuple((number, tuple(cells)) for number, cells in enumerate((("议定事项",), header, *rows), 1))
    table = recognise(Grid(Source("议定事项.xlsx", "议定事项"), lines))
    assert isinstance(table, Table) and table.kind == "matters"
    return MATTERS.read([table], replace(KNOWN, units=units))


def test_a_matter_is_read_with_its_meeting() -> None:
    found = read(FIRST, ("1-2", *[None] * 6), (None,) * 7)
    [matter] = found.says
    assert (matter.unit, matter.unit_name) == ("01", "东村镇")
    assert (matter.text, matter.deadline) == ("集贸市场东区先行启用", date(2022, 7, 31))
    assert (matter.leader, matter.helpers, matter.demand) == ("刘某", "县住建局", "月底前进场")
    assert matter.meeting == 1 and found.problems == ()
    assert found.left_out == {"议定事项.xlsx": {"没有填写": 2}}


@pytest.mark.parametrize("label, meeting", [("12-3", 12), ("１—3", 1), ("3", None), ("", None), ("一", None)])
def test_a_number_of_the_form_names_its_meeting(label: str, meeting: int | None) -> None:
    [matter] = read((label, *FIRST[1:])).says
    assert matter.meeting == meeting


def test_the_same_line_twice_is_one_matter_and_another_text_another() -> None:
    found = read(FIRST, FIRST, ("1-1", "集贸市场西区也启用", *FIRST[2:]))
    assert len(found.says) == 2 and len({each.key for each in found.says}) == 2
    assert found.left_out == {"议定事项.xlsx": {"重复": 1}}


def test_several_units_where_one_has_to_stand_are_told_as_several() -> None:
    west = Unit("02", "普明镇", "岚县普明镇人民政府", "乡镇", (), 140)
    for text in ("东村镇、普明镇", "东村 普明镇"):
        [problem] = read((*FIRST[:3], text, *FIRST[4:]), units=(EAST, west)).problems
        assert problem.code == "unknown-unit" and f"“{text}”是2个单位，这里只能写一个" in problem.advice
    [problem] = read((*FIRST[:3], "东村镇、西村镇", *FIRST[4:])).problems
    assert "单位名录里没有“东村镇、西村镇”" in problem.advice


def test_a_cell_that_is_too_long_or_unreadable_hides_no_other() -> None:
    line = ("1-1", "事" * 201, None, Unreadable("#REF!", "error-value"), None, None, "月底")
    assert {(each.column, each.code) for each in read(line).problems} == {
        ("议定事项", "too-long"), ("责任单位", "error-value"), ("完成时限", "bad-date"),
    }  # fmt: skip


def test_an_office_without_a_target_can_be_responsible() -> None:
    [matter] = read((*FIRST[:3], "县税务局", *FIRST[4:])).says
    assert (matter.unit, matter.unit_name) == ("县税务局", "县税务局")


@pytest.mark.parametrize(
    "changed, problem",
    [
        ({1: None}, ("empty-cell", "议定事项")),
        ({3: ""}, ("empty-cell", "责任单位")),
        ({6: None}, ("empty-cell", "完成时限")),
        ({6: "长期"}, ("bad-date", "完成时限")),
        ({3: "东村镇、普明镇"}, ("unknown-unit", "责任单位")),
        ({1: "字" * 201}, ("too-long", "议定事项")),
    ],
)
def test_what_is_wanting_is_told_at_its_cell(changed: dict[int, Any], problem: tuple[str, str]) -> None:
    found = read(tuple(changed.get(place, value) for place, value in enumerate(FIRST)))
    assert [(each.code, each.column) for each in found.problems] == [problem]
    assert found.problems[0].source.row == 3 and found.says == ()
