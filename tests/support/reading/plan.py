"""A roster of two units and their targets, read."""

from collections.abc import Sequence

from pipeline.domain.model import Problem, Source, Unit
from pipeline.domain.records.plan.roster import read_roster
from pipeline.domain.records.plan.targets import read_targets
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.values.cell import Value
from support.reading.tables import recognise

DONG = ("01", "东村镇", "岚县东村镇人民政府", "乡镇", "东村、东村乡")
MIN = ("02", "县民政局", "岚县民政局", "县直", "民政局")


def table(header: Sequence[Value], *rows: Sequence[Value]) -> Table:
    cells = [
        (number, tuple(row))
        for number, row in enumerate([header, *rows], 3)
        if any(value is not None for value in row)
    ]
    found = recognise(Grid(Source("表.xlsx", "Sheet1"), tuple(cells)))
    assert isinstance(found, Table), found
    return found


def roster(*rows: Sequence[Value]) -> tuple[tuple[Unit, ...], Sequence[Problem]]:
    found = read_roster([table(("编号", "单位名称", "全称", "类别", "别名"), *rows)])
    return found.says, found.problems


UNITS, _ = roster(DONG, MIN)


def targets(
    *rows: Sequence[Value], header: Sequence[Value] = ("序号", "单位名称", "任务数/户", "备注")
) -> tuple[dict[str, int], Sequence[Problem]]:
    found = read_targets([table(header, *rows)], UNITS)
    return {unit.code: unit.target for unit in found.says}, found.problems


def codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]
