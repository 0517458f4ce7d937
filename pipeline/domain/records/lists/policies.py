"""The policies that the plan holds out to businesses (政策), for the list of them; what was handed out stands with the measures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from pipeline.domain.model import Source
from pipeline.domain.records.cells import Cells
from pipeline.domain.records.lists.measures import MOST
from pipeline.domain.records.reading import Known, Reader, Reading, counted
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.values.text import plain

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("政策名称",),
    "document": ("文号", "政策文号"),
    "key": ("措施编号", "措施序号"),
    "receivers": ("对象", "享受对象"),
    "benefit": ("标准", "补助标准", "优惠标准"),
    "units": ("责任单位", "兑现单位"),
    "way": ("办理方式",),
    "until": ("政策期限", "期限", "截止日期"),
    "reason": ("未兑现原因",),
    "note": ("备注",),
}
"""Field → header texts, the first being the one of our own form."""
_FAULTY, _FOOTNOTE = "有问题", "填报说明"
_FOR_EVER = {"长期", "长期有效", "长期执行", "永久", "不限"}
"""What clerks write of a policy without a last day."""
_KIND = Kind(
    "policies",
    "清单素材（政策）",
    COLUMNS,
    (("name",), ("receivers", "benefit")),
    printed=tuple(name for name in COLUMNS if name != "until"),
    weighed=("name", "key", "units", "until"),
)


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy."""

    row: Source
    """Its line."""
    name: str
    """政策名称."""
    units: tuple[str, ...]
    """责任单位, as of :class:`~pipeline.domain.records.lists.measures.Measure`; empty where nobody is named."""
    until: date | None
    """The last day on which it holds; None for no end."""
    texts: Mapping[str, str]
    """Each other field of :data:`COLUMNS` → what stands there, on one line; empty where nothing does."""

    def is_over(self, day: date) -> bool:
        """Whether it no longer holds on a day (已到期)."""
        return self.until is not None and self.until < day


def _read(tables: Sequence[Table], known: Known) -> Reading[tuple[Policy, ...]]:
    """Every policy once, in file and row order.

    Problem codes: ``duplicate-policy``, and those of :class:`~pipeline.domain.records.cells.Cells`; the tables' doubts and faults.
    """
    findings = Findings()
    found: dict[str, Policy] = {}
    reasons: list[tuple[str, str]] = []
    for table in tables:
        cells = Cells(table, known, findings, ("until",), MOST)
        for row in table.rows:
            policy = _policy(cells, row)
            if isinstance(policy, Policy) and found.setdefault(plain(policy.name), policy) is not policy:
                cells.problem(row, "name", "duplicate-policy", f"“{policy.name}”不止一行，请只留一行。")
                policy = _FAULTY
            reasons.append((row.source.file, policy if isinstance(policy, str) else ""))
    faults = chain.from_iterable((*table.doubts, *table.faults) for table in tables)
    return Reading(
        tuple(found.values()), (*faults, *findings.problems), tuple(findings.notices), counted(reasons)
    )


POLICIES = Reader(_KIND, _read)
"""清单素材 → each :class:`Policy`."""


def _policy(cells: Cells, row: Row) -> Policy | str:
    """A line's policy, or why it is left out."""
    before = len(cells.findings.problems)
    said = cells.texts(row, COLUMNS)
    if row.total or not said["name"]:
        return _FAULTY if len(cells.findings.problems) > before else _FOOTNOTE
    units = cells.offices(row, said["units"])
    until = None if plain(said["until"]) in _FOR_EVER else cells.day(row, "until")
    if len(cells.findings.problems) > before:
        return _FAULTY
    return Policy(row.source, said["name"], units, until, said)
