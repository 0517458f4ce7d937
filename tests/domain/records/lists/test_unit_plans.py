"""What a unit has set itself: nodes that rise and end at its target."""

from collections.abc import Sequence
from datetime import date

import pytest
from support.reading.tables import recognise

from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Source, Unit
from pipeline.domain.records.lists.unit_plans import MONTHS, UNIT_PLANS, UnitPlan
from pipeline.domain.records.reading import Known, Reading
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.values.cell import Value
from pipeline.settings import Letters

EAST = Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇", ("东村",), 180)
RISING = [5, 10, 20, 40, 60, 80, 100, 120, 140, 160, 170, 180]


def read(*rows: Sequence[Value], months: tuple[int, int] = (1, 12)) -> Reading[tuple[UnitPlan, ...]]:
    known = Known((EAST,), SerialFormat(2022, Letters().serial), date(2022, 7, 1), months=months)
    lines = [("单位名称", "定措施", *MONTHS.values()), *rows]
    found = recognise(
        Grid(Source("素材.xlsx", "六定"), tuple((n, tuple(cells)) for n, cells in enumerate(lines, 1)))
    )
    assert isinstance(found, Table) and found.kind == "unit-plans"
    return UNIT_PLANS.read([found], known)


def test_nodes_of_one_s_own_are_taken_and_none_need_be_typed() -> None:
    [plan] = read(("东村", "逐村摸排", *RISING)).says
    assert plan.unit == "01" and list(plan.nodes) == RISING and plan.texts["steps"] == "逐村摸排"
    [plan] = read(("东村镇", None, *[None] * 12)).says
    assert plan.nodes == ()


def test_only_the_months_of_the_plan_s_period_are_asked_for() -> None:
    nodes = [*[None] * 4, 20, 60, 100, 140, 170, 180, None, None]
    [plan] = read(("东村镇", "", *nodes), months=(5, 10)).says
    assert plan.nodes == (0, 0, 0, 0, 20, 60, 100, 140, 170, 180, 180, 180)


@pytest.mark.parametrize(
    "month, value, code",
    [(3, 9, "falling-node"), (12, 179, "node-not-target"), (12, 181, "node-not-target"), (4, None, "bad-node"),
     (4, "四十", "bad-node"), (4, 40.5, "bad-node")],
)  # fmt: skip
def test_a_wrong_node_is_told_at_its_cell(month: int, value: Value, code: str) -> None:
    nodes: list[Value] = [*RISING]
    nodes[month - 1] = value
    found = read(("东村镇", "", *nodes))
    assert [(each.code, each.column) for each in found.problems] == [(code, f"{month}月节点")]
    assert found.says == ()


def test_many_blank_nodes_of_a_unit_are_told_once() -> None:
    nodes: list[Value] = [5, *[None] * 10, 180]
    [problem] = read(("东村镇", "", *nodes)).problems
    assert (problem.column, problem.code) == ("2月节点", "bad-node")
    assert problem.advice.startswith("2月节点等10格空着。")


def test_a_unit_stands_there_once_and_must_be_known() -> None:
    found = read(("东村镇", "", *RISING), ("东村", "", *RISING), ("西村镇", "", *RISING))
    assert [(each.source.row, each.code) for each in found.problems] == [
        (3, "duplicate-unit"),
        (4, "unknown-unit"),
    ]
    assert len(found.says) == 1
