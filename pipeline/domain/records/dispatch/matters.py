"""What a dispatch meeting has agreed upon (议定事项), as its secretary types it; each becomes an open item."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from pipeline.domain.model import Source
from pipeline.domain.records.cells import Cells
from pipeline.domain.records.reading import Known, Reader, Reading, counted
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.values.text import plain

HEADERS = {
    "label": "编号", "text": "议定事项", "leader": "牵头领导", "unit": "责任单位", "helpers": "配合单位",
    "demand": "有关要求", "deadline": "完成时限",
}  # fmt: skip
"""Field → its column's header, in the order of the form."""
_SYNONYMS = {
    "label": ("序号",), "text": ("议定的事项", "跟踪督办事项"), "leader": ("责任领导",), "unit": ("主办单位", "牵头单位", "单位"),
    "helpers": ("协办单位",), "demand": ("工作要求", "要求"), "deadline": ("时限", "办结时限"),
}  # fmt: skip
_FAULTY, _BLANK, _TWICE = "有问题", "没有填写", "重复"
_LABEL = re.compile(r"(\d{1,3})[-—–](\d{1,3})")
"""编号 of the form: the meeting's number of the year, and the matter's within it."""
_KIND = Kind(
    "matters",
    "议定事项",
    {field: (header, *_SYNONYMS[field]) for field, header in HEADERS.items()},
    (("text",), ("unit",), ("deadline",)),
    printed=tuple(HEADERS),
    weighed=("text", "unit", "deadline"),
)


@dataclass(frozen=True, slots=True)
class Matter:
    """Something agreed upon."""

    source: Source
    """Its row."""
    label: str
    """编号, as the secretary has it; empty for none."""
    text: str
    """议定事项."""
    leader: str
    """牵头领导; empty for none."""
    unit: str
    """Code of the 责任单位; the name of an office that has no share of the target."""
    unit_name: str
    """Its short name."""
    helpers: str
    """配合单位; empty for none."""
    demand: str
    """有关要求; empty for none."""
    deadline: date
    """完成时限."""

    @property
    def meeting(self) -> int | None:
        """Which meeting of the year agreed upon it, where its 编号 is the form's: 1-3 is the first one's."""
        found = _LABEL.fullmatch(plain(self.label))
        return int(found[1]) if found else None

    @property
    def key(self) -> tuple[int | None, str, str]:
        """What it is known by: the meeting, whose it is, and what it says."""
        return self.meeting, self.unit, plain(self.text)


def _read(tables: Sequence[Table], known: Known) -> Reading[tuple[Matter, ...]]:
    """All matters in file and row order; what stands there twice, once.

    Problem codes: ``empty-cell``, and those of :class:`~pipeline.domain.records.cells.Cells`; the tables' doubts
    and faults.
    """
    findings = Findings()
    reasons: list[tuple[str, str]] = []
    matters: dict[object, Matter] = {}
    for table in tables:
        cells = Cells(table, known, findings)
        for row in table.rows:
            found = _matter(cells, row)
            if isinstance(found, Matter):
                reason = _TWICE if found.key in matters else ""
                matters.setdefault(found.key, found)
            else:
                reason = found
            reasons.append((row.source.file, reason))
    faults = chain.from_iterable((*table.doubts, *table.faults) for table in tables)
    return Reading(
        tuple(matters.values()), (*faults, *findings.problems), tuple(findings.notices), counted(reasons)
    )


MATTERS = Reader(_KIND, _read)
"""议定事项 → each :class:`Matter`."""


def _matter(cells: Cells, row: Row) -> Matter | str:
    """A row's matter, or why it is left out."""
    before = len(cells.findings.problems)
    said = cells.texts(row, HEADERS)
    if not any(text for name, text in said.items() if name != "label"):
        return _BLANK
    wanting = [name for name in ("text", "unit", "deadline") if not said[name]]
    for name in wanting:
        cells.problem(row, name, "empty-cell", f"议定事项要写明{HEADERS[name]}，才能立账。请补上。")
    office = cells.office(row, said["unit"]) if said["unit"] else None
    day = cells.day(row)
    if len(cells.findings.problems) > before or office is None or day is None:
        return _FAULTY
    texts = (said["leader"], *office, said["helpers"], said["demand"])
    return Matter(row.source, said["label"], said["text"], *texts, day)
