"""What a unit has set itself (单位六定): measures, responsible people, by what it is seen, and nodes of its own month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.domain.model import Source, Unit
from pipeline.domain.records.cells import Cells
from pipeline.domain.records.lists.measures import MOST
from pipeline.domain.records.reading import Known, Reader, Reading, counted
from pipeline.domain.records.unit_names import find_unit
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.values.text import whole_number

MONTHS = {f"month_{month:02d}": f"{month}月节点" for month in range(1, 13)}
"""Field → its column's header: how much is to be reached by the end of that month, from the year's first day on."""
TEXTS: Mapping[str, tuple[str, ...]] = {
    "steps": ("定措施",),
    "leader": ("责任领导", "分管领导"),
    "person": ("责任人", "经办人"),
    "standard": ("定标准",),
}
"""Field → header texts, the first being the one of our own form."""
_FAULTY, _FOOTNOTE, _TWICE = "有问题", "填报说明", "重复"
_KIND = Kind(
    "unit-plans",
    "清单素材（单位六定）",
    {
        "seq": ("序号", "行号", "No."),
        "unit": ("单位名称", "单位"),
        **TEXTS,
        **{name: (header, f"{header[:-2]}底节点", f"{header[:-2]}末节点") for name, header in MONTHS.items()},
    },
    (("unit",), ("steps", "standard", *MONTHS)),
    printed=("unit", *TEXTS),
    weighed=("unit", *MONTHS),
)


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit's own plan."""

    row: Source
    """Its line."""
    unit: str
    """Code of the unit."""
    nodes: tuple[int, ...]
    """Net gain to be reached by the end of each month of the year, twelve of them; empty where the unit has not typed any."""
    texts: Mapping[str, str]
    """Field of :data:`TEXTS` → what stands there; empty where nothing does."""


def _read(tables: Sequence[Table], known: Known) -> Reading[tuple[UnitPlan, ...]]:
    """Every unit's plan, in file and row order.

    Nodes must be there for every month of the plan's period, must not fall, and end at the unit's target.

    Problem codes: ``bad-node``, ``falling-node``, ``node-not-target``, ``duplicate-unit``, and those of
    :class:`~pipeline.domain.records.cells.Cells`; the tables' doubts and faults.
    """
    findings = Findings()
    found: dict[str, UnitPlan] = {}
    reasons: list[tuple[str, str]] = []
    for table in tables:
        cells = Cells(table, known, findings, (), MOST)
        for row in table.rows:
            plan = _plan(cells, row)
            if isinstance(plan, UnitPlan) and found.setdefault(plan.unit, plan) is not plan:
                cells.problem(row, "unit", "duplicate-unit", "这个单位不止一行，请只留一行。")
                plan = _FAULTY
            reasons.append((row.source.file, plan if isinstance(plan, str) else ""))
    faults = chain.from_iterable((*table.doubts, *table.faults) for table in tables)
    return Reading(
        tuple(found.values()), (*faults, *findings.problems), tuple(findings.notices), counted(reasons)
    )


UNIT_PLANS = Reader(_KIND, _read)
"""清单素材 → each :class:`UnitPlan`."""


def _plan(cells: Cells, row: Row) -> UnitPlan | str:
    """A line's plan, or why it is left out."""
    before = len(cells.findings.problems)
    told = cells.texts(row, ("unit", *TEXTS, *MONTHS))
    if (row.total and find_unit(told["unit"], cells.known.units) is None) or not told["unit"]:
        return _FAULTY if len(cells.findings.problems) > before else _FOOTNOTE
    unit = cells.unit(row, told["unit"])
    nodes = _nodes(cells, row, unit, [told[name] for name in MONTHS]) if unit else ()
    if unit is None or len(cells.findings.problems) > before:
        return _FAULTY
    return UnitPlan(row.source, unit.code, nodes, {name: told[name] for name in TEXTS})


def _nodes(cells: Cells, row: Row, unit: Unit, typed: Sequence[str]) -> tuple[int, ...]:
    """The twelve nodes that a unit has typed; none where it has left all of them empty."""
    if not any(typed):
        return ()
    first, last = cells.known.months
    reached = 0
    nodes: list[int] = []
    blank = [name for name, text in list(zip(MONTHS, typed, strict=True))[first - 1 : last] if not text]
    if blank:
        which = f"{MONTHS[blank[0]]}等{len(blank)}格" if len(blank) > 1 else MONTHS[blank[0]]
        advice = f"{which}空着。要自己定节点的，{first}月到{last}月都要写；都空着的，按任务数平均分。"
        cells.problem(row, blank[0], "bad-node", advice)
    for month, (name, text) in enumerate(zip(MONTHS, typed, strict=True), 1):
        number = whole_number(row.cells.get(name)) if text else None
        if text and number is None:
            cells.problem(row, name, "bad-node", "节点应是累计净增的户数，0 或正整数。")
        elif number is not None and number < reached:
            advice = f"节点是累计数，不能比上个月的{reached}少。请改正。"
            cells.problem(row, name, "falling-node", advice)
        reached = max(reached, number or 0)
        nodes.append(reached)
        if month == last and number is not None and number != unit.target:
            advice = f"最后一个月的节点要等于任务数{unit.target}。请改正节点，或调整任务分解表。"
            cells.problem(row, name, "node-not-target", advice)
    return tuple(nodes)
