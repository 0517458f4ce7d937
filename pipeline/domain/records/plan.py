"""The plan: the roster of the units (单位名录) and their targets (任务分解表), every mistake at its own cell."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from pipeline.domain.model import Problem, Source, Unit
from pipeline.domain.records.reading import Reading, counted
from pipeline.domain.records.unit_names import find_unit, unknown_unit
from pipeline.domain.tables.findings import what_to_do
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.tables.lines.people import is_footer
from pipeline.domain.tables.lines.totals import Parts, Total, total_named
from pipeline.domain.values.cell import Unreadable
from pipeline.domain.values.text import plain, text_of, whole_number

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
TARGETS = Kind(
    "targets",
    "任务分解表",
    {
        "seq": ("序号", "编号"),
        "unit": ("单位名称", "单位", "责任单位", "乡镇(单位)", "单位(乡镇)", "乡镇/单位"),
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
GROUPS = ("乡镇", "县直")
"""Units are ranked within their group."""
_FOOTNOTE = "填报说明"
_TOTAL = "合计"


Units = Reading[tuple[Unit, ...]]


def read_roster(tables: Sequence[Table]) -> Units:
    """The units in the roster's order; just one roster there must be.

    Problem codes: ``unit-code``, ``empty-cell``, ``unit-group``, ``duplicate-unit``, ``control-character``,
    ``empty-table``, an unreadable cell's own; those of :func:`_only`, and of the table's doubts and faults.
    """
    table = _only(ROSTER, tables)
    if isinstance(table, Problem):
        return _unused(tables, (), (table,))
    units: list[Unit] = []
    problems = [*table.doubts, *table.faults]
    left_out: Counter[str] = Counter()
    seen: dict[str, Row] = {}
    for row in table.rows:
        texts = {field: text_of(row.printed(field)) for field in row.cells}
        if row.total or (not texts["unit"] and not texts["full_name"]):
            left_out[_TOTAL if row.total else _FOOTNOTE] += 1
            continue
        unit = _unit(texts, row)
        faults = [*_roster_faults(table, row, texts), *_taken(table, row, unit, seen)]
        left_out["有问题"] += bool(faults)
        problems += faults
        units.append(unit)
    if not units:
        problems.append(Problem(table.source, None, "", "empty-table", "单位名录里没有单位，请补上。"))
    return Reading(tuple(units), tuple(problems), left_out={table.source.file: +left_out})


def _only(kind: Kind, tables: Sequence[Table]) -> Table | Problem:
    """The one table of a kind of the plan, or why there is none (codes ``missing-table``, ``duplicate-table``)."""
    if not tables:
        advice = f"没有{kind.title}，请把它放进 inputs。"
        return Problem(Source("inputs"), None, "", "missing-table", advice)
    if len(tables) > 1:
        places = "、".join(f"{table.source.file}（{table.source.sheet}）" for table in tables)
        advice = f"{kind.title}有{len(tables)}份，请只留一份。"
        return Problem(tables[1].source, None, places, "duplicate-table", advice)
    return tables[0]


def _unused(tables: Sequence[Table], units: tuple[Unit, ...], problems: tuple[Problem, ...] = ()) -> Units:
    """What comes of tables that cannot be read."""
    rows = ((row.source.file, "没有用到") for table in tables for row in table.rows)
    return Reading(units, problems, left_out=counted(rows))


def _taken(table: Table, row: Row, unit: Unit, seen: dict[str, Row]) -> Iterable[Problem]:
    """Names of a unit that one before it has.

    :param seen: name → the row that has it; the unit's own are put in.
    """
    for name in {plain(name) for name in (unit.code, unit.name, unit.full_name, *unit.aliases)} - {""}:
        other = seen.setdefault(name, row)
        if other is not row:
            advice = f"“{name}”在第{other.source.row}行已有，一个编号或名称只能属于一个单位，请改正。"
            yield _problem(table, row, "unit", "duplicate-unit", advice)


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
            yield _problem(
                table, row, field, value.code, what_to_do(value, "格子里没有可读的值，请直接填上。")
            )
    for field in ("unit", "full_name"):
        if not texts[field]:
            yield _problem(table, row, field, "empty-cell", f"“{table.headers[field]}”空着，请补上。")
        if re.search(r"[\x00-\x1f\x7f]", texts[field]):
            yield _problem(table, row, field, "control-character", "含有看不见的控制字符或换行，请删去重写。")
    if not re.fullmatch(r"0?[1-9]|[1-9][0-9]", unicodedata.normalize("NFKC", texts["code"])):
        yield _problem(table, row, "code", "unit-code", "编号应是 01 至 99 的两位数。")
    if texts["group"] not in GROUPS:
        yield _problem(table, row, "group", "unit-group", f"类别应是{'或'.join(GROUPS)}。")


def read_targets(tables: Sequence[Table], units: tuple[Unit, ...]) -> Units:
    """Units of the roster with their targets (岚政办发〔2022〕20号 附件1); just one table of them there must be.

    A unit without a row has target 0 (notice ``unlisted-unit``). Without a roster nothing is read.

    Problem codes: ``empty-cell``, ``bad-target``, ``unknown-unit``, ``duplicate-unit``, ``wrong-total``,
    ``empty-table``; those of :func:`_only`, and of the table's doubts and faults.
    """
    table = _only(TARGETS, tables)
    if isinstance(table, Problem):
        return _unused(tables, units, (table,))
    if not units:
        return _unused(tables, units)
    targets: dict[str, int] = {}
    problems: list[Problem] = []
    left_out: Counter[str] = Counter()
    numbers = Parts[int]()
    above: list[tuple[Row, Total]] = []
    for row in table.rows:
        total = total_named(row.total)
        unit = find_unit(text_of(row.printed("unit")), units)
        if total and find_unit(text_of(row.cells["unit"]), units) is None:
            if above or not targets:
                above.append((row, total))
            else:
                problems += _total_faults(table, row, total, numbers)
            left_out[_TOTAL] += 1
            numbers.since = []
        elif _is_footer(row, units):
            left_out[_FOOTNOTE] += 1
        else:
            faults = list(_target_faults(table, row, unit, units, targets))
            left_out["有问题"] += bool(faults)
            problems += faults
            number = whole_number(row.cells["target"]) or 0
            numbers.add(number)
            if unit:
                targets.setdefault(unit.code, number)
    for row, total in above:
        problems += () if total.of_part else _total_faults(table, row, total, numbers)
    problems = [*table.doubts, *table.faults, *problems]
    if not targets and not problems:
        problems.append(Problem(table.source, None, "", "empty-table", "任务分解表里没有单位，请补上。"))
    return Reading(
        tuple(replace(unit, target=targets.get(unit.code, 0)) for unit in units),
        tuple(problems),
        () if problems else tuple(_unlisted(units, table)),
        {table.source.file: +left_out},
    )


def _target_faults(
    table: Table, row: Row, unit: Unit | None, roster: Sequence[Unit], targets: Collection[str]
) -> Iterable[Problem]:
    name, target = text_of(row.printed("unit")), text_of(row.cells["target"])
    if not name:
        yield _problem(table, row, "unit", "empty-cell", "有任务数，没有单位名称，请补上。")
    elif unit is None:
        yield _problem(table, row, "unit", "unknown-unit", unknown_unit(name, roster))
    if not target:
        yield _problem(table, row, "target", "empty-cell", "任务数空着，请补上；没有任务的写 0。")
    elif whole_number(row.cells["target"]) is None:
        yield _problem(table, row, "target", "bad-target", "任务数应是 0 或正整数。")
    if unit and unit.code in targets:
        advice = f"“{unit.name}”在表里不止一行，请只留一行。"
        yield _problem(table, row, "unit", "duplicate-unit", advice)


def _total_faults(table: Table, row: Row, total: Total, numbers: Parts[int]) -> Iterable[Problem]:
    right = list(map(sum, numbers.of(total)))
    if total.is_sum and whole_number(row.cells["target"]) not in right:
        seen = text_of(row.cells["target"]) or "空"
        advice = f"{plain(total.label)}写的是{seen}，各单位相加是{right[-1]}。请核对任务数后改正。"
        yield _problem(table, row, "target", "wrong-total", advice)


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


def _problem(table: Table, row: Row, field: str, code: str, advice: str) -> Problem:
    seen = text_of(row.printed(field))
    return Problem(row.source, table.headers[field], seen, code, advice, table.places.get(field))
