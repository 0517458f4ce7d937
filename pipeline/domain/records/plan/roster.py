"""The roster of the units (单位名录)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.domain.model import Problem, Unit
from pipeline.domain.records.plan.single import FOOTNOTE, TOTAL, Units, at_cell, only, unused
from pipeline.domain.records.reading import Reading
from pipeline.domain.tables.findings import what_to_do
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.values.cell import Unreadable
from pipeline.domain.values.text import plain, text_of

ROSTER = Kind(
    "roster",
    "单位名录",
    {
        "code": ("编号", "单位编号", "代码", "单位代码", "序号"),
        "unit": ("单位名称", "简称", "单位简称", "单位"),
        "full_name": ("全称", "单位全称", "落款", "落款名称"),
        "group": ("类别", "分组", "单位类别"),
        "aliases": ("别名", "其他名称", "又名"),
    },
    (("code",), ("unit",), ("full_name",), ("group",)),
    printed=("unit", "full_name", "group", "aliases"),
    weighed=("code", "unit", "full_name", "group"),
    is_plan=True,
)
GROUPS = ("乡镇", "县直")
"""Units are ranked within their group."""


def read_roster(tables: Sequence[Table]) -> Units:
    """The units in the roster's order; just one roster there must be.

    Problem codes: ``unit-code``, ``empty-cell``, ``unit-group``, ``duplicate-unit``, ``control-character``,
    ``empty-table``, an unreadable cell's own; those of :func:`~pipeline.domain.records.plan.single.only`, and of the table's doubts and faults.
    """
    table = only(ROSTER, tables)
    if isinstance(table, Problem):
        return unused(tables, (), (table,))
    units: list[Unit] = []
    problems = [*table.doubts, *table.faults]
    left_out: Counter[str] = Counter()
    seen: dict[str, Row] = {}
    for row in table.rows:
        texts = {field: text_of(row.printed(field)) for field in row.cells}
        if row.total or (not texts["unit"] and not texts["full_name"]):
            left_out[TOTAL if row.total else FOOTNOTE] += 1
            continue
        unit = _unit(texts, row)
        faults = [*_roster_faults(table, row, texts), *_taken(table, row, unit, seen)]
        left_out["有问题"] += bool(faults)
        problems += faults
        units.append(unit)
    if not units:
        problems.append(Problem(table.source, None, "", "empty-table", "单位名录里没有单位，请补上。"))
    return Reading(tuple(units), tuple(problems), left_out={table.source.file: +left_out})


def _taken(table: Table, row: Row, unit: Unit, seen: dict[str, Row]) -> Iterable[Problem]:
    """Names of a unit that one before it has.

    :param seen: name → the row that has it; the unit's own are put in.
    """
    for name in {plain(name) for name in (unit.code, unit.name, unit.full_name, *unit.aliases)} - {""}:
        other = seen.setdefault(name, row)
        if other is not row:
            advice = f"“{name}”在第{other.source.row}行已有，一个编号或名称只能属于一个单位，请改正。"
            yield at_cell(table, row, "unit", "duplicate-unit", advice)


def _unit(texts: dict[str, str], row: Row) -> Unit:
    code = unicodedata.normalize("NFKC", texts["code"])
    return Unit(
        code=code.zfill(2) if code.isdigit() else code,
        name=texts["unit"],
        full_name=texts["full_name"],
        group=texts["group"],
        aliases=tuple(name for name in re.split(r"[、，,;；\n]", texts.get("aliases", "")) if name.strip()),
        source=row.source,
    )


def _roster_faults(table: Table, row: Row, texts: dict[str, str]) -> Iterable[Problem]:
    for field in row.cells:
        value = row.printed(field)
        if isinstance(value, Unreadable):
            yield at_cell(
                table, row, field, value.code, what_to_do(value, "格子里没有可读的值，请直接填上。")
            )
    for field in ("unit", "full_name"):
        if not texts[field]:
            yield at_cell(table, row, field, "empty-cell", f"“{table.headers[field]}”空着，请补上。")
        if re.search(r"[\x00-\x1f\x7f]", texts[field]):
            yield at_cell(table, row, field, "control-character", "含有看不见的控制字符或换行，请删去重写。")
    if not re.fullmatch(r"0?[1-9]|[1-9][0-9]", unicodedata.normalize("NFKC", texts["code"])):
        yield at_cell(table, row, "code", "unit-code", "编号应是 01 至 99 的两位数。")
    if texts["group"] not in GROUPS:
        yield at_cell(table, row, "group", "unit-group", f"类别应是{'或'.join(GROUPS)}。")
