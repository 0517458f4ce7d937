"""What clerks dragged into ``inputs/`` → units with their targets, and every problem found on the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.adapters.files import input_files, read_settled
from pipeline.adapters.sheet import read_sheets
from pipeline.domain.checks import read_roster, read_targets, unlisted
from pipeline.domain.headers import recognise
from pipeline.domain.kinds import KINDS
from pipeline.domain.model import Grid, Problem, Source, Table, Unit
from pipeline.settings import Workspace


@dataclass(frozen=True, slots=True)
class Intake:
    """All that ``inputs/`` says."""

    units: tuple[Unit, ...]
    """In roster order, with their targets; complete only where there are no problems."""
    problems: tuple[Problem, ...]
    """In file and row order."""
    notices: tuple[str, ...]
    """What the clerk should know."""
    tables: tuple[Table, ...]
    """Every recognised table."""


def read_inputs(workspace: Workspace) -> Intake:
    """Read every file, recognise every table, check every row.

    :raises FileFault: there is no ``inputs/``.
    """
    grids, problems, notices = _grids(workspace)
    tables = []
    for grid in grids:
        match recognise(grid):
            case Table() as table:
                tables.append(table)
            case Problem() as problem:
                problems.append(problem)
    units: tuple[Unit, ...] = ()
    match _only(tables, "roster"):
        case Table() as roster:
            units, faults = read_roster(roster)
            problems += faults
        case Problem() as problem:
            problems.append(problem)
    match _only(tables, "targets"):
        case Table() as targets if units:
            units, faults = read_targets(targets, units)
            problems += faults
            missing = unlisted(units, targets)
            notices += [f"任务分解表里没有“{name}”，按没有任务处理。" for name in missing if not faults]
        case Problem() as problem:
            problems.append(problem)
    return Intake(units, tuple(problems), tuple(notices), tuple(tables))


def _grids(workspace: Workspace) -> tuple[list[Grid], list[Problem], list[str]]:
    grids: list[Grid] = []
    problems: list[Problem] = []
    notices: list[str] = []
    for path in input_files(workspace.inputs):
        file = path.relative_to(workspace.inputs).as_posix()
        data = read_settled(path, file)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        found = read_sheets(file, data)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        shown = [grid for grid in found if grid.rows and not grid.is_hidden]
        notices += [f"{file}：隐藏的工作表“{grid.source.sheet}”没有读。" for grid in found if grid.is_hidden]
        if not shown:
            advice = "表里没有内容。请补上，或把文件移出 inputs。"
            problems.append(Problem(Source(file), None, "", "empty-file", advice))
        grids += shown
    return grids, problems, notices


def _only(tables: Sequence[Table], kind: str) -> Table | Problem:
    title = next(known.title for known in KINDS if known.name == kind)
    found = [table for table in tables if table.kind == kind]
    if not found:
        return Problem(Source("inputs"), None, "", "missing-table", f"没有{title}，请把它放进 inputs。")
    if len(found) > 1:
        places = "、".join(f"{table.source.file}（{table.source.sheet}）" for table in found)
        return Problem(
            found[1].source, None, places, "duplicate-table", f"{title}有{len(found)}份，请只留一份。"
        )
    return found[0]
