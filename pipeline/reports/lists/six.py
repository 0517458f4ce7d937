"""六定表: target, tasks, measures, progress, responsibility and standard, of each unit and of each measure."""

from collections.abc import Iterator, Sequence

from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.model import Unit
from pipeline.domain.records.cells import UNREPORTED
from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.records.lists.progress import state_of
from pipeline.reports.lists.cells import (
    INTERNAL,
    NONE,
    UNPRINTED,
    actual_cell,
    day_cell,
    long,
    rate_cell,
    target_cell,
)
from pipeline.reports.lists.content import Content, names
from pipeline.reports.lists.nodes import in_words

_UNITS = (
    Column("序号", 5), Column("单位", 15), Column("类别", 8), Column("定目标（净增户数）", 10), long("定任务", 44),
    long("定措施", 26), long("定进度（逐月节点）", 26), Column("定责任（领导）", 9), Column("定责任（经办）", 9),
    long("定标准", 20), Column("当前值", 8), Column("完成率", 8), Column("状态", 9), Column("未销号", 7),
)  # fmt: skip
_MEASURES = (
    Column("序号", 5), Column("措施编号", 9), long("定任务", 20), long("责任单位", 28), long("定目标", 22),
    long("定措施", 26), long("定进度", 16), Column("定责任（领导）", 9), Column("定责任（经办）", 9), long("定标准", 20),
    long("当前值", 22), long("状态", 18), Column("未销号", 7),
)  # fmt: skip
_TEXTS = ("steps", "leader", "person", "standard")


def six_tables(content: Content) -> tuple[Worksheet, ...]:
    """A row for each unit, a row for each measure, and the units' nodes month by month."""
    head = f"{content.county}{content.period.year}年个体工商户培育"
    months = [Column(f"{month}月", 8) for month in range(1, 13)]
    columns = (
        Column("序号", 6), Column("单位", 20), Column("任务数", 9), *months, Column("节点由来", 12),
    )  # fmt: skip
    rows = [[place, *row] for place, row in enumerate(_nodes(content), 1)]
    return (
        Worksheet("单位", f"{head}六定表（单位）{INTERNAL}", _UNITS, [[n, *row] for n, row in enumerate(_units(content), 1)]),
        Worksheet(
            "措施", f"{head}六定表（措施）{INTERNAL}", _MEASURES, [[n, *row] for n, row in enumerate(_measures(content), 1)]
        ),
        Worksheet("进度节点", f"{head}逐月节点（累计净增户数）", columns, [*rows, _sums(content)]),
    )  # fmt: skip


def _units(content: Content) -> Iterator[Sequence[Cell]]:
    for unit in content.units:
        plan, standing = content.plans.get(unit.code), content.standing(unit)
        steps, leader, person, standard = (plan.texts[name] if plan else "" for name in _TEXTS)
        now: list[Cell] = [UNPRINTED, NONE, ""]
        if standing:
            now = [standing.tally.net, rate_cell(standing.completion_rate), standing.band]
        yield [
            unit.name, unit.group, unit.target, _tasks(unit, content), steps,
            in_words(content.nodes[unit.code], content.yardstick), leader, person, standard, *now,
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
        progress = "；".join(filter(None, (first.texts["nodes"], _until(first))))
        amounts = [each for each in lines if each.indicator]
        targets = "；".join(_amount(each, target_cell(each)) for each in amounts)
        actuals = "；".join(_amount(each, actual_cell(each)) for each in amounts)
        states = "；".join(f"{each.indicator}{state_of(each, content.day)}" for each in amounts)
        yield [
            first.key, first.title, "、".join(first.units), targets, steps, progress, leader, person, standard, actuals,
            states, content.open_items_about(first.key),
        ]  # fmt: skip


def _until(measure: Measure) -> str:
    return f"{day_cell(measure.deadline)}前完成" if measure.deadline else ""


def _amount(measure: Measure, cell: Cell) -> str:
    """One of a measure's amounts: 培训2380人; 培训未报; 培训 where there is none to tell."""
    if cell == NONE:
        return measure.indicator
    is_number = cell != UNREPORTED
    return f"{measure.indicator}{cell}{measure.unit_of_measure if is_number else ''}"


def _nodes(content: Content) -> Iterator[Sequence[Cell]]:
    for unit in content.units:
        plan = content.plans.get(unit.code)
        origin = "单位自定" if plan and plan.nodes else "平均分"
        yield [unit.name, unit.target, *content.nodes[unit.code], origin]


def _sums(content: Content) -> Sequence[Cell]:
    return ["", "合计", sum(unit.target for unit in content.units), *content.nodes_of_all, ""]
