"""What units give themselves (自评表), item by item, with what shows it; written by the assessment and dragged back."""

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
    "weight": ("权重", "分值"),
    "score": ("自评得分", "自评分", "自评分数"),
    "remark": ("自评说明", "自评依据"),
    "evidence": ("佐证", "佐证材料"),
}
"""Field → header texts, the first being the one of our own form."""
_KIND = Kind(
    "self-scores",
    "自评表",
    COLUMNS,
    (("unit",), ("item",), ("score",)),
    printed=tuple(COLUMNS),
    weighed=("unit", "item", "score"),
)


@dataclass(frozen=True, slots=True)
class SelfLine:
    """A line that a unit has filled in."""

    row: Source
    """The line."""
    unit: str
    """Code."""
    unit_name: str
    """Short name."""
    item: str
    """As it stands there."""
    score: Fraction
    """自评得分; a deduction is written as it is taken off, without a sign."""
    remark: str
    """Why."""
    evidence: str
    """Names of files below ``inputs/佐证``, as they stand there."""


def _read(tables: Sequence[Table], known: Known) -> Reading[tuple[SelfLine, ...]]:
    """Every line that has a score, once for each unit and item.

    Problem codes: ``bad-score``, and those of :func:`~pipeline.domain.records.assessment.lines.read_lines`.
    """
    return read_lines(tables, known, COLUMNS, "score", _line)


SELF_SCORES = Reader(_KIND, _read)
"""自评表 → each :class:`SelfLine`."""


def _line(cells: Cells, row: Row, unit: Unit, said: Mapping[str, str]) -> SelfLine | None:
    score = amount(row.printed("score"), "分")
    if score is None:
        advice = "应是分数，0 或正数，如 13.5。没有自评的空着。"
        cells.problem(row, "score", "bad-score", advice)
        return None
    return SelfLine(row.source, unit.code, unit.name, said["item"], score, said["remark"], said["evidence"])
