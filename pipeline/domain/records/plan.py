"""Rows → records, or problems: every mistake of a table at once, each at its own cell."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.domain.model import Problem, Unit
from pipeline.domain.records.unit_names import find_unit
from pipeline.domain.tables.catalogue import Catalogue
from pipeline.domain.tables.findings import what_to_do
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import ROSTER, TARGETS
from pipeline.domain.tables.totals import Total, total_named
from pipeline.domain.values.cell import Unreadable
from pipeline.domain.values.text import plain, text_of, whole_number
from pipeline.domain.wording import near

GROUPS = ("乡镇", "县直")
"""Units are ranked within their group."""
_FOOTER = re.compile(r"填报|填表|制表|审核|负责人|联系人|注\d*[.、:]|注$|说明")
_FOOTNOTE = "填报说明"
_TOTAL = "合计"


def read_plan(catalogue: Catalogue) -> tuple[Unit, ...]:
    """The units with their targets (岚政办发〔2022〕20号 附件1); what is wrong is a plan problem."""
    units: tuple[Unit, ...] = ()
    roster, targets = catalogue.only(ROSTER), catalogue.only(TARGETS)
    if roster:
        units, faults, left_out = read_roster(roster)
        catalogue.blame([*roster.doubts, *faults])
        catalogue.enter(roster, left_out)
    if targets and units:
        units, faults, left_out = read_targets(targets, units)
        catalogue.blame([*targets.doubts, *faults])
        catalogue.enter(targets, left_out)
        for name in () if faults else unlisted(units, targets):
            advice = f"任务分解表里没有“{name}”，按没有任务处理。"
            catalogue.notices.append(Problem(targets.source, None, "", "unlisted-unit", advice))
    return units


def read_roster(table: Table) -> tuple[tuple[Unit, ...], list[Problem], Counter[str]]:
    """Units in the roster's order, what is wrong, and why a row is no unit → how many.

    Problem codes: ``unit-code``, ``empty-cell``, ``unit-group``, ``duplicate-unit``, ``control-character``,
    ``empty-table``, an unreadable cell's own; and those of the table's faults.
    """
    units: list[Unit] = []
    problems: list[Problem] = [*table.faults]
    left_out: Counter[str] = Counter()
    seen: dict[str, Row] = {}
    for row in table.rows:
        texts = {field: text_of(row.printed(field)) for field in row.cells}
        if row.total or (not texts["unit"] and not texts["full_name"]):
            left_out[_TOTAL if row.total else _FOOTNOTE] += 1
            continue
        faults = list(_roster_faults(table, row, texts))
        unit = _unit(texts, row)
        for name in {plain(name) for name in (unit.code, unit.name, unit.full_name, *unit.aliases)} - {""}:
            other = seen.setdefault(name, row)
            if other is not row:
                advice = f"“{name}”在第{other.source.row}行已有，一个编号或名称只能属于一个单位，请改正。"
                faults.append(_problem(table, row, "unit", "duplicate-unit", advice))
        left_out["有问题"] += bool(faults)
        problems += faults
        units.append(unit)
    if not table.rows or not units:
        problems.append(Problem(table.source, None, "", "empty-table", "单位名录里没有单位，请补上。"))
    return tuple(units), problems, +left_out


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


def read_targets(
    table: Table, roster: Sequence[Unit]
) -> tuple[tuple[Unit, ...], list[Problem], Counter[str]]:
    """Units of the roster with their targets (岚政办发〔2022〕20号 附件1), what is wrong, and rows left out.

    A unit without a row has target 0.

    Problem codes: ``empty-cell``, ``bad-target``, ``unknown-unit``, ``duplicate-unit``, ``wrong-total``,
    ``empty-table``; and those of the table's faults.
    """
    targets: dict[str, int] = {}
    problems: list[Problem] = [*table.faults]
    left_out: Counter[str] = Counter()
    everything = since = 0
    above: list[tuple[Row, Total]] = []
    for row in table.rows:
        total = total_named(row.total)
        number = whole_number(row.cells["target"])
        if total and find_unit(text_of(row.cells["unit"]), roster) is None:
            right = [since] * total.of_part + [everything] * total.of_all
            if above or not targets:
                above.append((row, total))
            else:
                problems += _total_faults(table, row, total, right)
            left_out[_TOTAL] += 1
            since = 0
        elif _is_footer(row, roster):
            left_out[_FOOTNOTE] += 1
        else:
            unit = find_unit(text_of(row.printed("unit")), roster)
            faults = list(_target_faults(table, row, roster))
            if unit and unit.code in targets:
                advice = f"“{unit.name}”在表里不止一行，请只留一行。"
                faults.append(_problem(table, row, "unit", "duplicate-unit", advice))
            left_out["有问题"] += bool(faults)
            problems += faults
            everything, since = everything + (number or 0), since + (number or 0)
            if unit:
                targets.setdefault(unit.code, number or 0)
    for row, total in above:
        problems += () if total.of_part else _total_faults(table, row, total, [everything])
    if not targets and not problems:
        problems.append(Problem(table.source, None, "", "empty-table", "任务分解表里没有单位，请补上。"))
    return tuple(replace(unit, target=targets.get(unit.code, 0)) for unit in roster), problems, +left_out


def _target_faults(table: Table, row: Row, roster: Sequence[Unit]) -> Iterable[Problem]:
    name, target = text_of(row.printed("unit")), text_of(row.cells["target"])
    if not name:
        yield _problem(table, row, "unit", "empty-cell", "有任务数，没有单位名称，请补上。")
    elif find_unit(name, roster) is None:
        names = [known for unit in roster for known in (unit.name, *unit.aliases)]
        advice = f"单位名录里没有“{name}”{near(name, names)}请改正，或在名录里加上别名。"
        yield _problem(table, row, "unit", "unknown-unit", advice)
    if not target:
        yield _problem(table, row, "target", "empty-cell", "任务数空着，请补上；没有任务的写 0。")
    elif whole_number(row.cells["target"]) is None:
        yield _problem(table, row, "target", "bad-target", "任务数应是 0 或正整数。")


def _total_faults(table: Table, row: Row, total: Total, right: Sequence[int]) -> Iterable[Problem]:
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
    return any(_FOOTER.match(unicodedata.normalize("NFKC", text)) for text in texts)


def unlisted(units: Sequence[Unit], table: Table) -> tuple[str, ...]:
    """Short names of the units that the roster has and the target table has not."""
    listed = {unit for row in table.rows if (unit := find_unit(text_of(row.printed("unit")), units))}
    return tuple(unit.name for unit in units if unit not in listed)


def _problem(table: Table, row: Row, field: str, code: str, advice: str) -> Problem:
    seen = text_of(row.printed(field))
    return Problem(row.source, table.headers[field], seen, code, advice, table.places.get(field))
