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
from pipeline.domain.wording import nearest

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


def read_roster(tables: Sequence[Table]) -> Units:
    """The units in the roster's order; just one roster there must be.

    A unit's group (类别) is whatever stands there; the same in other widths or with spaces is the same, called as it is first.
    A group of one unit that is nearly called like another is a notice ``unit-group``.

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
    groups: dict[str, str] = {}
    for row in table.rows:
        texts = {field: text_of(row.printed(field)) for field in row.cells}
        if row.total or (not texts["unit"] and not texts["full_name"]):
            left_out[TOTAL if row.total else FOOTNOTE] += 1
            continue
        unit = _unit(texts, row, groups)
        faults = [*_roster_faults(table, row, texts), *_taken(table, row, unit, seen)]
        left_out["有问题"] += bool(faults)
        problems += faults
        units.append(unit)
    if not units:
        problems.append(Problem(table.source, None, "", "empty-table", "单位名录里没有单位，请补上。"))
    return Reading(
        tuple(units), tuple(problems), tuple(_odd_groups(table, units)), {table.source.file: +left_out}
    )


def _taken(table: Table, row: Row, unit: Unit, seen: dict[str, Row]) -> Iterable[Problem]:
    """Names of a unit that one before it has.

    :param seen: name → the row that has it; the unit's own are put in.
    """
    for name in {plain(name) for name in (unit.code, unit.name, unit.full_name, *unit.aliases)} - {""}:
        other = seen.setdefault(name, row)
        if other is not row:
            advice = f"“{name}”在第{other.source.row}行已有，一个编号或名称只能属于一个单位，请改正。"
            yield at_cell(table, row, "unit", "duplicate-unit", advice)


def _odd_groups(table: Table, units: Sequence[Unit]) -> Iterable[Problem]:
    """Units that are alone in a group which may be another's, written wrong."""
    sizes = Counter(unit.group for unit in units)
    rows = {row.source: row for row in table.rows}
    for unit in units:
        others = [group for group in sizes if group != unit.group]
        if sizes[unit.group] == 1 and unit.source and (like := nearest(unit.group, others)):
            advice = (
                f"“{unit.group}”这一类只有这一个单位，是不是“{like}”？写错了的请改正；另成一类的，不用改。"
            )
            yield at_cell(table, rows[unit.source], "group", "unit-group", advice)


def _unit(texts: dict[str, str], row: Row, groups: dict[str, str]) -> Unit:
    """:param groups: group as compared → as it was first written; the unit's own is put in."""
    code = unicodedata.normalize("NFKC", texts["code"])
    return Unit(
        code=code.zfill(2) if code.isdigit() else code,
        name=texts["unit"],
        full_name=texts["full_name"],
        group=groups.setdefault(plain(texts["group"]), re.sub(r"\s", "", texts["group"])),
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
    if not plain(texts["group"]):
        advice = "类别空着。请写单位属于哪一类，如 乡镇、县直、街道，同一类的写法要一样：各类分开排名。"
        yield at_cell(table, row, "group", "unit-group", advice)
