"""What both sheets have in common: a line for each unit and item; lines with nothing filled in say nothing."""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from pipeline.domain.model import Unit
from pipeline.domain.records.cells import Cells
from pipeline.domain.records.reading import Known, Reading, counted
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Row, Table

MOST = 500
"""Characters of a cell."""
Line = TypeVar("Line")
_FAULTY, _FOOTNOTE, _EMPTY = "有问题", "填报说明", "没有填"


def read_lines(
    tables: Sequence[Table],
    known: Known,
    columns: Mapping[str, tuple[str, ...]],
    filled: str,
    line: Callable[[Cells, Row, Unit, Mapping[str, str]], Line | None],
) -> Reading[tuple[Line, ...]]:
    """Every unit and item once, in file and row order.

    Problem codes: ``empty-cell``, ``unknown-unit``, ``filled-twice``, those of ``line`` and of
    :class:`~pipeline.domain.records.cells.Cells`; the tables' doubts and faults.

    :param filled: the column without which a line says nothing.
    :param line: a line that says something → what it says; None, and a problem, where it cannot be used.
    """
    findings = Findings()
    found: dict[tuple[str, str], Line] = {}
    reasons: list[tuple[str, str]] = []
    for table in tables:
        cells = Cells(table, known, findings, (), MOST)

        def take(cells: Cells, row: Row) -> str:
            before = len(findings.problems)
            said = cells.texts(row, columns)
            if why := _says_nothing(row, said, filled):
                return _FAULTY if len(findings.problems) > before else why
            unit = _unit(cells, row, said, columns)
            one = line(cells, row, unit, said) if unit else None
            if unit is None or one is None or len(findings.problems) > before:
                return _FAULTY
            if found.setdefault((unit.code, said["item"]), one) is not one:
                advice = f"{unit.name}的“{said['item']}”不止一行填了数，请只留一行。"
                cells.problem(row, filled, "filled-twice", advice)
                return _FAULTY
            return ""

        reasons += [(row.source.file, take(cells, row)) for row in table.rows]
    faults = chain.from_iterable((*table.doubts, *table.faults) for table in tables)
    return Reading(
        tuple(found.values()), (*faults, *findings.problems), tuple(findings.notices), counted(reasons)
    )


def _says_nothing(row: Row, said: Mapping[str, str], filled: str) -> str:
    if row.total or not (said["unit"] or said["item"]):
        return _FOOTNOTE
    return "" if said[filled] else _EMPTY


def _unit(
    cells: Cells, row: Row, said: Mapping[str, str], columns: Mapping[str, tuple[str, ...]]
) -> Unit | None:
    for name in ("unit", "item"):
        if not said[name]:
            cells.problem(row, name, "empty-cell", f"没有写{columns[name][0]}。请补上。")
            return None
    return cells.unit(row, said["unit"])
