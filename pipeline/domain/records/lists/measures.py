"""The plan's numbered measures (工作措施) and the amounts that they promise, with what was done.

One line for each amount; a measure without any has one line. 岚政办发〔2022〕20号 四 has 23 measures, 晋市市监〔2022〕67号 三 has 20.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import chain

from pipeline.domain.model import Source
from pipeline.domain.records.cells import Cells
from pipeline.domain.records.lists.nodes import Node, read_nodes
from pipeline.domain.records.reading import Known, Reader, Reading, counted
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.values.text import plain

MOST = 500
"""Characters of a cell."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "key": ("措施编号", "措施序号"),
    "title": ("工作措施", "措施名称"),
    "units": ("责任单位", "牵头单位和配合单位"),
    "steps": ("具体措施", "定措施"),
    "indicator": ("量化指标", "指标"),
    "unit_of_measure": ("计量单位",),
    "target": ("目标值", "目标"),
    "actual": ("完成数", "完成值", "当前值"),
    "source": ("数据来源",),
    "day": ("数据日期", "统计截止日期"),
    "reporter": ("填报人",),
    "policy": ("兑现政策", "对应政策"),
    "nodes": ("月度节点", "进度节点"),
    "start": ("开始日期", "起始日期"),
    "deadline": ("完成时限", "完成期限"),
    "leader": ("责任领导", "分管领导"),
    "person": ("责任人", "经办人"),
    "phone": ("联系电话",),
    "progress": ("进展", "进展情况"),
    "obstacle": ("存在困难", "困难"),
    "standard": ("验收标准", "定标准"),
    "evidence": ("佐证材料", "佐证"),
    "verdict": ("验收结论",),
    "note": ("备注",),
}  # fmt: skip
"""Field → header texts, the first being the one of our own form."""
DAYS = ("day", "start", "deadline")
"""Fields that are days."""
_OF_ALL = (
    "title",
    "units",
    "steps",
    "leader",
    "person",
    "phone",
    "progress",
    "obstacle",
    "standard",
)
"""Fields, besides the days, that a measure's further lines take from its first one where they are empty."""
_LENT, _GIVEN = re.compile("贷款|信贷|授信"), re.compile("贴息|补贴|补助|奖|减免|免收|免征")
"""Words of money that comes back, and of money that is given even where a loan is its occasion (贷款贴息)."""
_PART = "其中"
_FAULTY, _FOOTNOTE = "有问题", "填报说明"
_KIND = Kind(
    "measures",
    "清单素材（措施）",
    COLUMNS,
    (("key",), ("title",)),
    printed=tuple(name for name in COLUMNS if name not in DAYS),
    weighed=("key", "title", "units", "indicator", "unit_of_measure", "target", "actual"),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the plan, with one of the amounts that it promises."""

    row: Source
    """Its line."""
    key: str
    """措施编号: ``C6-2``."""
    title: str
    """工作措施, in the plan's own words."""
    units: tuple[str, ...]
    """责任单位 in the plan's order, the first in the lead: short names of units, other offices, several together (各乡镇…)."""
    indicator: str
    """量化指标; empty for a measure that promises no amount."""
    unit_of_measure: str
    """计量单位: 户, 人, 万元, %; empty without an indicator."""
    target: Fraction | None
    """目标值; None where the plan names none."""
    actual: Fraction | None
    """完成数; None where nobody has reported it (未报), which is not 0."""
    source: str
    """Who says so (数据来源); empty for nobody."""
    day: date | None
    """As of which day."""
    policy: str
    """兑现政策: the policy by whose name that is handed out; empty for none."""
    start: date | None
    """From when."""
    deadline: date | None
    """完成时限."""
    nodes: tuple[Node, ...]
    """月度节点 of its own, rising to the target; empty where it has none, or only words."""
    texts: Mapping[str, str]
    """Each other field of :data:`COLUMNS` → what stands there, on one line; empty where nothing does."""

    @property
    def completion_rate(self) -> Fraction | None:
        """Actual to target (完成率); None without either."""
        return self.actual / self.target if self.target and self.actual is not None else None

    @property
    def is_loan(self) -> bool:
        """Whether it is lent and not given, so that no sum of what was spent has it.

        The words of its indicator decide, and where they tell neither, those of its policy.
        """
        told = (
            words for words in (self.indicator, self.policy) if _GIVEN.search(words) or _LENT.search(words)
        )
        words = next(told, "")
        return bool(_LENT.search(words)) and not _GIVEN.search(words)

    @property
    def is_part(self) -> bool:
        """Whether the amount above contains it (其中：…): a sum has that one already."""
        return self.indicator.startswith(_PART)


def promises(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Those that promise an amount, for reports: each is to be told as done or as 未报."""
    return tuple(each for each in measures if each.indicator)


def _read(tables: Sequence[Table], known: Known) -> Reading[tuple[Measure, ...]]:
    """Every measure with each of its amounts, in file and row order.

    A line without a number and title of its own goes on with the measure above.

    Problem codes: ``empty-cell``, ``bad-amount``, ``duplicate-measure``, those of
    :func:`~pipeline.domain.records.lists.nodes.read_nodes`, and those of
    :class:`~pipeline.domain.records.cells.Cells`; the tables' doubts and faults.
    """
    reader = _Reader()
    reasons: list[tuple[str, str]] = []
    for table in tables:
        cells = Cells(table, known, reader.findings, DAYS, MOST)
        reasons += [(row.source.file, reader.take(cells, row)) for row in table.rows]
    faults = chain.from_iterable((*table.doubts, *table.faults) for table in tables)
    findings = reader.findings
    return Reading(
        tuple(reader.measures), (*faults, *findings.problems), tuple(findings.notices), counted(reasons)
    )


MEASURES = Reader(_KIND, _read)
"""清单素材 → each :class:`Measure`."""


@dataclass(slots=True)
class _Reader:
    """Reads lines one after another."""

    measures: list[Measure] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    firsts: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """Number of a measure → what its first line says."""
    amounts: set[tuple[str, str]] = field(default_factory=set)
    key: str = ""
    """Of the line above."""

    def take(self, cells: Cells, row: Row) -> str:
        """Take a line; why it is left out, or nothing."""
        before = len(self.findings.problems)
        said = cells.texts(row, COLUMNS)
        if row.total or not (said["key"] or said["title"] or said["indicator"]):
            return _FAULTY if len(self.findings.problems) > before else _FOOTNOTE
        self.key = said["key"] or ("" if said["title"] else self.key)
        if not self.key:
            cells.problem(row, "key", "empty-cell", "没有措施编号。请补上，如 C1-1。")
            return _FAULTY
        first = self.firsts.setdefault(self.key, said)
        self._look_at(cells, row, said, first)
        days = {name: cells.day(row, name) for name in DAYS}
        target, actual = cells.amount(row, "target"), cells.amount(row, "actual")
        if actual is not None:
            for name in ("source", "day"):
                if not said[name]:
                    advice = f"报了完成数，没有写{COLUMNS[name][0]}。请补上。"
                    cells.problem(row, name, "empty-cell", advice)
        whole = said | {name: said[name] or first[name] for name in _OF_ALL}
        units = cells.offices(row, whole["units"])
        above = next((each for each in self.measures if each.key == self.key), None)
        start = days["start"] or (above.start if above else None)
        deadline = days["deadline"] or (above.deadline if above else None)
        year = cells.known.serials.year
        nodes, faults = read_nodes(said["nodes"], said["unit_of_measure"], target, deadline, year)
        for code, advice in faults:
            cells.problem(row, "nodes", code, advice)
        if len(self.findings.problems) > before:
            return _FAULTY
        self.measures.append(
            Measure(
                row.source, self.key, whole["title"], units, said["indicator"], said["unit_of_measure"], target, actual,
                said["source"], days["day"], said["policy"], start, deadline, nodes, whole,
            )
        )  # fmt: skip
        return ""

    def _look_at(self, cells: Cells, row: Row, said: Mapping[str, str], first: Mapping[str, str]) -> None:
        """Whether a line says what it must, and nothing that another one has said."""
        for name in ("title", "units"):
            if not first[name] and first is said:
                cells.problem(row, name, "empty-cell", f"措施{self.key}没有写{COLUMNS[name][0]}。请补上。")
        if said["title"] and plain(said["title"]) != plain(first["title"]):
            advice = f"措施编号{self.key}上面已经是“{first['title']}”。一个编号一项措施，请改正编号。"
            cells.problem(row, "key", "duplicate-measure", advice)
        amount = (self.key, plain(said["indicator"]))
        if amount in self.amounts:
            advice = f"措施{self.key}的“{said['indicator'] or said['title']}”不止一行，请只留一行。"
            cells.problem(row, "indicator" if said["indicator"] else "key", "duplicate-measure", advice)
        self.amounts.add(amount)
        if said["indicator"] and not said["unit_of_measure"]:
            cells.problem(
                row, "unit_of_measure", "empty-cell", "有量化指标，没有写计量单位。请补上，如 户、人、万元。"
            )
        if not said["indicator"] and (said["target"] or said["actual"]):
            cells.problem(row, "indicator", "empty-cell", "有目标值或完成数，没有写量化指标。请补上。")
