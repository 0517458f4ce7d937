"""The units' targets (任务分解表)."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.domain.model import Problem, Unit
from pipeline.domain.records.plan.single import FOOTNOTE, TOTAL, Units, at_cell, only, unused
from pipeline.domain.records.reading import Reading
from pipeline.domain.records.unit_names import find_unit, unknown_unit
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.tables.lines.people import is_footer
from pipeline.domain.tables.lines.totals import Parts, Total, total_named
from pipeline.domain.values.text import plain, text_of, whole_number

TARGETS = Kind(
    "targets",
    "任务分解表",
    {
        "seq": ("序号", "编号"),
        "unit": ("单位名称", "单位", "责任单位", "乡镇(单位)", "单位(乡镇)", "乡镇/单位", "乡镇", "街道", "乡镇(街道)", "县(市、区)", "县区"),
        "target": (
            "任务数/户", "任务数", "年度任务数", "目标任务", "目标任务数", "目标数", "净增任务数", "调整后任务数", "任务数(调整后)",
            "调整任务数", "任务数(调整)", "任务",
        ),
        "note": ("备注", "说明"),
    },
    (("unit",), ("target",)),
    printed=("unit",),
    weighed=("unit", "target"),
    is_plan=True,
)  # fmt: skip


def read_targets(tables: Sequence[Table], units: tuple[Unit, ...]) -> Units:
    """Units of the roster with their targets (岚政办发〔2022〕20号 附件1); just one table of them there must be.

    A unit without a row has target 0 (notice ``unlisted-unit``). Without a roster nothing is read.

    Problem codes: ``empty-cell``, ``bad-target``, ``unknown-unit``, ``duplicate-unit``, ``wrong-total``,
    ``empty-table``; those of :func:`~pipeline.domain.records.plan.single.only`, and of the table's doubts and faults.
    """
    table = only(TARGETS, tables)
    if isinstance(table, Problem):
        return unused(tables, units, (table,))
    if not units:
        return unused(tables, units)
    found = _Targets(table, units)
    for row in table.rows:
        found.take(row)
    problems = [*table.doubts, *table.faults, *found.problems, *found.of_totals_above()]
    if not found.targets and not problems:
        problems.append(Problem(table.source, None, "", "empty-table", "任务分解表里没有单位，请补上。"))
    return Reading(
        tuple(replace(unit, target=found.targets.get(unit.code, 0)) for unit in units),
        tuple(problems),
        () if problems else tuple(_unlisted(units, table)),
        {table.source.file: +found.left_out},
    )


@dataclass(slots=True)
class _Targets:
    """The rows of a table of targets, taken one after another."""

    table: Table
    units: tuple[Unit, ...]
    targets: dict[str, int] = field(default_factory=dict)
    """Unit code → its target, of the first row that names it."""
    named: set[str] = field(default_factory=set)
    """Units that a row names; the roster may give two of them one code, which is told there."""
    problems: list[Problem] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    numbers: Parts[int] = field(default_factory=Parts)
    above: list[tuple[Row, Total]] = field(default_factory=list)
    """Totals of a table on which they stand above the lines that they are of."""

    def take(self, row: Row) -> None:
        unit, total = find_unit(text_of(row.printed("unit")), self.units), total_named(row.total)
        if total and find_unit(text_of(row.cells["unit"]), self.units) is None:
            self._close(row, total)
        elif _is_footer(row, self.units):
            self.left_out[FOOTNOTE] += 1
        else:
            faults = list(_target_faults(self.table, row, unit, self.units, self.named))
            self.left_out["有问题"] += bool(faults)
            self.problems += faults
            number = whole_number(row.cells["target"]) or 0
            self.numbers.add(number)
            if unit:
                self.targets.setdefault(unit.code, number)
                self.named.add(unit.name)

    def _close(self, row: Row, total: Total) -> None:
        if self.above or not self.targets:
            self.above.append((row, total))
        else:
            self.problems += _total_faults(self.table, row, total, self.numbers)
        self.left_out[TOTAL] += 1
        self.numbers.since = []

    def of_totals_above(self) -> Iterator[Problem]:
        """What is wrong in those; of the parts nobody knows which lines they are of."""
        for row, total in self.above:
            if not total.of_part:
                yield from _total_faults(self.table, row, total, self.numbers)


def _target_faults(
    table: Table, row: Row, unit: Unit | None, roster: Sequence[Unit], named: Collection[str]
) -> Iterable[Problem]:
    name, target = text_of(row.printed("unit")), text_of(row.cells["target"])
    if not name:
        yield at_cell(table, row, "unit", "empty-cell", "有任务数，没有单位名称，请补上。")
    elif unit is None:
        yield at_cell(table, row, "unit", "unknown-unit", unknown_unit(name, roster))
    if not target:
        yield at_cell(table, row, "target", "empty-cell", "任务数空着，请补上；没有任务的写 0。")
    elif whole_number(row.cells["target"]) is None:
        yield at_cell(table, row, "target", "bad-target", "任务数应是 0 或正整数。")
    if unit and unit.name in named:
        advice = f"“{unit.name}”在表里不止一行，请只留一行。"
        yield at_cell(table, row, "unit", "duplicate-unit", advice)


def _total_faults(table: Table, row: Row, total: Total, numbers: Parts[int]) -> Iterable[Problem]:
    right = list(map(sum, numbers.of(total)))
    if total.is_sum and whole_number(row.cells["target"]) not in right:
        seen = text_of(row.cells["target"]) or "空"
        advice = f"{plain(total.label)}写的是{seen}，各单位相加是{right[-1]}。请核对任务数后改正。"
        yield at_cell(table, row, "target", "wrong-total", advice)


def _is_footer(row: Row, roster: Sequence[Unit]) -> bool:
    """A line under the table (填报人 审核人 制表日期 注), or one with neither unit nor target.

    Never a line with a known unit or a number: a remark beside it must not make its target vanish.
    """
    unit, target = text_of(row.printed("unit")), text_of(row.cells["target"])
    if not unit and not target:
        return True
    if find_unit(unit, roster) or whole_number(row.cells["target"]) is not None:
        return False
    texts = (re.sub(r"\s", "", text_of(row.printed(field))) for field in ("seq", "unit", "target"))
    return any(is_footer(text) or text.startswith("负责人") for text in texts)


def _unlisted(units: Sequence[Unit], table: Table) -> Iterable[Problem]:
    """Units that the roster has and the target table has not."""
    listed = {unit for row in table.rows if (unit := find_unit(text_of(row.printed("unit")), units))}
    for unit in units:
        if unit not in listed:
            advice = f"任务分解表里没有“{unit.name}”，按没有任务处理。"
            yield Problem(table.source, None, "", "unlisted-unit", advice)
