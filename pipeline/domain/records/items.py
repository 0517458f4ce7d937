"""Open items as clerks keep them in a sheet (挂账事项): a row for each, with what has become of it so far.

Columns as in 岚县's ledger (问题台账), which can be filled in and dragged back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.domain.records.reading import Known, Reader, Reading, counted
from pipeline.domain.records.unit_names import find_unit, unknown_unit
from pipeline.domain.tables.columns.days import Days
from pipeline.domain.tables.findings import Findings, what_to_do
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.values.cell import Unreadable
from pipeline.domain.values.dates import objection, says_no_day
from pipeline.domain.values.text import one_line, plain, text_of

DAYS = ("opened", "assigned", "accepted", "original", "deadline", "applied", "closed")
"""Fields that are days."""
_FAULTY, _FOOTNOTE, _TOTAL = "有问题", "填报说明", "合计"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "seq": ("序号", "行号", "No."),
    "number": ("账号", "挂账编号", "挂账号", "事项编号", "台账编号"),
    "kind": ("类别", "问题类别", "事项类别", "类型"),
    "source": ("来源", "问题来源", "事项来源"),
    "problem": ("问题描述", "问题", "存在问题", "问题事项", "具体问题", "挂账事项", "事项内容"),
    "unit": ("责任单位", "主办单位", "牵头单位", "承办单位", "整改单位"),
    "partners": ("配合单位", "协办单位"),
    "leader": ("责任领导", "包联领导", "分管领导", "单位负责人"),
    "person": ("责任人", "具体责任人", "承办人", "经办人", "联系人"),
    "standard": ("验收标准", "整改目标", "整改目标/验收标准", "整改目标(验收标准)", "销号标准", "完成标准", "整改要求"),
    "measures": ("整改措施", "措施", "主要措施"),
    "opened": ("立账日", "立账日期", "立账时间", "挂账日期", "挂账时间"),
    "assigned": ("交办日", "交办日期", "交办时间"),
    "accepted": ("签收日", "签收日期", "签收时间"),
    "original": ("原时限", "时限", "完成时限", "整改时限", "整改期限", "完成期限", "办结时限"),
    "deadline": ("现时限", "延期后时限", "最新时限"),
    "extended": ("延期次数",),
    "progress": ("最新进展", "进展", "进展情况", "整改进展", "整改情况", "落实情况"),
    "state": ("状态", "办理状态", "当前状态"),
    "applied": ("申请日", "申请销号日", "申请日期", "申请销号日期", "申请销号时间"),
    "reviewer": ("复核人", "销号人", "验收人"),
    "way": ("复核方式", "验收方式"),
    "opinion": ("复核意见", "验收意见"),
    "returns": ("退回次数",),
    "closed": ("销号日", "销号日期", "销号时间"),
    "evidence": ("佐证", "佐证材料", "佐证资料", "销号佐证"),
    "previous": ("前账号", "原账号"),
}  # fmt: skip
"""Field → header texts, the first being the one of our own ledger."""
_KIND = Kind(
    "items",
    "挂账事项",
    COLUMNS,
    (("problem",), ("unit",), ("original",), ("standard", "number", "opened")),
    printed=tuple(name for name in COLUMNS if name not in DAYS),
    weighed=("number", "unit", "kind", "original", "deadline"),
)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row of a sheet of items."""

    table: Table
    """Its table."""
    row: Row
    """The row itself."""
    texts: Mapping[str, str]
    """Field → what stands there, on one line; empty where nothing does."""
    days: Mapping[str, date]
    """Field → its day, where there is one."""
    unit: str
    """Code of the responsible unit; the name of an office without a target."""
    unit_name: str
    """Its short name."""


def _read(tables: Sequence[Table], known: Known) -> Reading[tuple[ItemRow, ...]]:
    """What the sheets say.

    Problem codes: ``empty-cell``, ``bad-date``, ``unknown-unit``, an unreadable cell's own, the tables' doubts and faults.
    Notices: those of :class:`~pipeline.domain.tables.columns.days.Days`.
    """
    reader = _Reader(known)
    for table in tables:
        reader.read(table)
    findings = reader.findings
    return Reading(
        tuple(reader.rows), tuple(findings.problems), tuple(findings.notices), counted(reader.left_out)
    )


ITEMS = Reader(_KIND, _read)
"""挂账事项 → :class:`ItemRow`."""


@dataclass(slots=True)
class _Reader:
    """Reads rows one after another."""

    known: Known
    rows: list[ItemRow] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """File and reason, row by row."""

    def read(self, table: Table) -> None:
        days = Days(table, DAYS, date(self.known.serials.year + 5, 12, 31))
        self.findings.notices += days.notices
        self.findings.problems += (*table.doubts, *table.faults)
        for row in table.rows:
            found = {name: day for name in DAYS if (day := days.of(row, name))}
            self.left_out.append((row.source.file, self._read_row(table, row, found)))

    def _read_row(self, table: Table, row: Row, days: Mapping[str, date]) -> str:
        before = len(self.findings.problems)
        for name in COLUMNS:
            value = row.printed(name)
            if isinstance(value, Unreadable):
                advice = what_to_do(value, "格子里没有可读的值，请直接填上。")
                self.findings.problem(table, row, name, value.code, advice)
        if len(self.findings.problems) > before:
            return _FAULTY
        texts = {name: one_line(row.printed(name)) for name in COLUMNS}
        if not (texts["problem"] or texts["number"]) and (
            row.total or not (texts["unit"] and texts["original"])
        ):
            return _TOTAL if row.total else _FOOTNOTE
        for name in DAYS:
            if text_of(row.cells.get(name)) and not says_no_day(row.cells.get(name)) and name not in days:
                advice = f"{objection(row.cells.get(name))}。请写成 2022-07-20 的样子。"
                self.findings.problem(table, row, name, "bad-date", advice)
        unit, name = self._unit(table, row, texts["unit"])
        if not texts["number"]:
            self._complete(table, row, texts, days)
        if len(self.findings.problems) > before:
            return _FAULTY
        self.rows.append(ItemRow(table, row, texts, days, unit, name))
        return ""

    def _unit(self, table: Table, row: Row, name: str) -> tuple[str, str]:
        unit = find_unit(name, self.known.units)
        if unit:
            return unit.code, unit.name
        others = {plain(other): other for other in self.known.other_units}
        other = others.get(plain(name), "")
        if name and self.known.units and not other:
            self.findings.problem(table, row, "unit", "unknown-unit", unknown_unit(name, self.known.units))
        return other, other

    def _complete(self, table: Table, row: Row, texts: Mapping[str, str], days: Mapping[str, date]) -> None:
        """A new item says all that it is about."""
        for name in ("kind", "problem", "unit", "standard"):
            if not texts[name]:
                self._empty(table, row, name)
        if "original" not in days and not texts["original"]:
            self._empty(table, row, "original")

    def _empty(self, table: Table, row: Row, name: str) -> None:
        advice = f"新立的账没有写{COLUMNS[name][0]}。请补上；是以前立的账，请写上账号。"
        self.findings.problem(table, row, name, "empty-cell", advice)
