"""Figures that nobody can count and the office knows (考核实绩表); written by the assessment and dragged back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.domain.model import Source, Unit
from pipeline.domain.records.assessment.lines import read_lines
from pipeline.domain.records.cells import Cells
from pipeline.domain.records.reading import Known, Reader, Reading
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.values.text import amount

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "unit": ("单位名称", "单位", "被考核单位"),
    "item": ("考核项目", "考核指标"),
    "target": ("目标",),
    "actual": ("考核实绩", "实绩"),
    "asked": ("调查人数",),
    "source": ("数据来源",),
}
"""Field → header texts, the first being the one of our own form."""
_KIND = Kind(
    "actuals",
    "考核实绩表",
    COLUMNS,
    (("unit",), ("item",), ("actual",)),
    printed=tuple(COLUMNS),
    weighed=("unit", "item", "actual", "asked"),
)


@dataclass(frozen=True, slots=True)
class ActualLine:
    """A line that has been filled in."""

    row: Source
    """The line."""
    unit: str
    """Code."""
    item: str
    """As it stands there."""
    actual: Fraction
    """实绩; what is shown in percent is so many: 95.5% → 95.5."""
    asked: int | None
    """People whom a survey has asked; None where nothing stands there."""
    source: str
    """Who says so (数据来源)."""


def _read(tables: Sequence[Table], known: Known) -> Reading[tuple[ActualLine, ...]]:
    """Every line that has a figure, once for each unit and item.

    Problem codes: ``bad-actual``, ``bad-asked``, and those of
    :func:`~pipeline.domain.records.assessment.lines.read_lines`.
    """
    return read_lines(tables, known, COLUMNS, "actual", _line)


ACTUALS = Reader(_KIND, _read)
"""考核实绩表 → each :class:`ActualLine`."""


def _line(cells: Cells, row: Row, unit: Unit, said: Mapping[str, str]) -> ActualLine | None:
    shown = row.printed("actual")
    actual = amount(shown.rstrip().rstrip("%％") if isinstance(shown, str) else shown)
    if actual is None:
        advice = "应是数字，0 或正数，百分数写 95 或 95%。还不知道的空着。"
        cells.problem(row, "actual", "bad-actual", advice)
    asked = amount(row.printed("asked"), "人") if said["asked"] else None
    if said["asked"] and (asked is None or asked.denominator != 1):
        cells.problem(row, "asked", "bad-asked", "应是人数，0 或正整数，如 101。")
        return None
    if actual is None:
        return None
    return ActualLine(
        row.source, unit.code, said["item"], actual, None if asked is None else int(asked), said["source"]
    )
