"""六定表: target, tasks, measures, progress, responsibility and standard, of each unit and of each measure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.model import Unit
from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.records.lists.progress import MONTHS
from pipeline.reports.lists.cells import (
    INTERNAL,
    NONE,
    UNPRINTED,
    UNTOLD,
    actual_cell,
    day_cell,
    long,
    node_cell,
    rate_cell,
    sheet,
    target_cell,
)
from pipeline.reports.lists.content import Content, names
from pipeline.reports.lists.nodes import amount_text, in_words

_UNITS = (
    Column("序号", 5), long("单位", 13), long("类别", 8), Column("定目标（净增户数）", 10), long("定任务", 38),
    long("定措施", 20), long("定进度（逐月节点）", 24), Column("定责任（领导）", 8), Column("定责任（经办）", 8),
    long("定标准", 16), Column("当前值", 8), Column("完成率", 8), Column("本期节点", 6), Column("节点状态", 10),
    Column("简报档次", 10), Column("未销号", 7),
)  # fmt: skip
_MEASURES = (
    Column("序号", 5), Column("措施编号", 6), long("定任务", 18), long("责任单位", 24), long("定目标", 18),
    long("定措施", 20), long("定进度", 22), Column("定责任（领导）", 8), Column("定责任（经办）", 8), long("定标准", 16),
    long("当前值", 18), long("状态", 16), Column("未销号", 7),
)  # fmt: skip
_AMOUNTS = (
    Column("序号", 5), Column("措施编号", 6), long("任务", 16), long("量化指标", 16), Column("计量单位", 6), Column("目标值", 8),
    *(Column(f"{month}月", 7) for month in MONTHS), Column("节点由来", 8), Column("完成时限", 12), Column("当前值", 8), Column("数据日期", 12),
    Column("本期节点", 7), Column("状态", 10),
)  # fmt: skip
_QUARTERS = (3, 6, 9, 12)
_TEXTS = ("steps", "leader", "person", "standard")


def six_tables(content: Content) -> tuple[Worksheet, ...]:
    """A row for each unit, a row for each measure, and the nodes of both month by month."""
    head = f"{content.county}{content.period.year}年个体工商户培育"
    months = [Column(f"{month}月", 8) for month in MONTHS]
    columns = (
        Column("序号", 6), Column("单位", 20), Column("任务数", 9), *months, Column("节点由来", 12),
    )  # fmt: skip
    nodes = sheet("进度节点", f"{head}逐月节点（累计净增户数）", columns, _nodes(content))
    amounts = list(_amounts(content))
    return (
        sheet("单位", f"{head}六定表（单位）{INTERNAL}", _UNITS, _units(content)),
        sheet("措施", f"{head}六定表（措施）{INTERNAL}", _MEASURES, _measures(content)),
        replace(nodes, rows=[*nodes.rows, _sums(content)]),
        *([sheet("措施节点", f"{head}措施逐月节点（累计）", _AMOUNTS, amounts)] if amounts else []),
    )


def _units(content: Content) -> Iterator[Sequence[Cell]]:
    for unit in content.units:
        plan, standing = content.plans.get(unit.code), content.standing(unit)
        steps, leader, person, standard = (plan.texts[name] if plan else "" for name in _TEXTS)
        months = content.nodes[unit.code]
        now: list[Cell] = [UNTOLD if content.is_rolled_up else UNPRINTED, NONE, "", "", ""]
        if standing:
            node, state = node_cell(content.node_of(months)), content.progress(standing, months)
            now = [standing.tally.net, rate_cell(standing.completion_rate), node, state, standing.band]
        yield [
            unit.name, unit.group, unit.target, _tasks(unit, content), steps,
            in_words(months), leader, person, standard, *now,
            content.open_items_of(unit),
        ]  # fmt: skip


def _tasks(unit: Unit, content: Content) -> str:
    """What a unit is to do: its share of the target, the measures that it leads and those in which it takes part."""
    firsts = [lines[0] for lines in content.by_measure.values()]
    own = [each for each in firsts if names(each.units, unit)]
    led = [each for each in own if each.units[0] == unit.name]
    told = [f"净增{unit.target}户"] * bool(unit.target)
    for word, some in (("牵头", led), ("配合", [each for each in own if each not in led])):
        if some:
            told.append(f"{word}：{'、'.join(f'{each.key}{each.title}' for each in some)}")
    return "；".join(told)


def _measures(content: Content) -> Iterator[Sequence[Cell]]:
    for lines in content.by_measure.values():
        first = lines[0]
        steps, leader, person, standard = (first.texts[name] for name in _TEXTS)
        amounts = [each for each in lines if each.indicator]
        progress = "；".join(filter(None, (*(_progress(each, content) for each in lines), _until(first))))
        targets = "；".join(_amount(each, target_cell(each)) for each in amounts)
        actuals = "；".join(_amount(each, actual_cell(each)) for each in amounts)
        states = "；".join(f"{each.indicator}{content.state_of(each)}" for each in amounts)
        yield [
            first.key, first.title, "、".join(first.units), targets, steps, progress, leader, person, standard, actuals,
            states, content.open_items_about(first.key),
        ]  # fmt: skip


def _progress(measure: Measure, content: Content) -> str:
    """An amount's own nodes or words, else what its target comes to at the quarters' ends: 培训：3月595、6月1190……"""
    nodes = measure.texts["nodes"] or in_words(content.nodes_for(measure), _QUARTERS)
    return f"{measure.indicator}：{nodes}" if nodes and measure.indicator else nodes


def _until(measure: Measure) -> str:
    return f"{day_cell(measure.deadline)}前完成" if measure.deadline else ""


def _amount(measure: Measure, cell: Cell) -> str:
    """One of a measure's amounts: 培训2380人; 培训未报; 培训 where there is none to tell."""
    if cell == NONE:
        return measure.indicator
    told = f"{amount_text(cell)}{measure.unit_of_measure}" if isinstance(cell, int | Fraction) else cell
    return f"{measure.indicator}{told}"


def _nodes(content: Content) -> Iterator[Sequence[Cell]]:
    for unit in content.units:
        plan = content.plans.get(unit.code)
        origin = "单位自定" if plan and plan.nodes else "平均分"
        yield [unit.name, unit.target, *content.nodes[unit.code], origin]


def _amounts(content: Content) -> Iterator[Sequence[Cell]]:
    """A line for each amount that has nodes."""
    for each in content.measures:
        if nodes := content.nodes_for(each):
            yield [
                each.key, each.title, each.indicator, each.unit_of_measure, target_cell(each), *map(node_cell, nodes),
                "自定" if each.nodes else "平均分", day_cell(each.deadline), actual_cell(each), day_cell(each.day),
                node_cell(content.due(each)), content.state_of(each),
            ]  # fmt: skip


def _sums(content: Content) -> Sequence[Cell]:
    return ["", "合计", content.target, *content.nodes_of_all, ""]
