"""五清单: of tasks, responsibilities, measures, results and policies, five views of the plan's measures."""

from collections.abc import Iterator, Sequence

from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.period import Month
from pipeline.domain.place import whole
from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.values.identity import masked
from pipeline.reports.lists.cells import (
    INTERNAL,
    NONE,
    UNPRINTED,
    actual_cell,
    day_cell,
    long,
    node_cell,
    rate_cell,
    sheet,
    target_cell,
)
from pipeline.reports.lists.content import Content
from pipeline.reports.lists.nodes import in_words
from pipeline.reports.lists.policies import policies

_HEAD = (Column("序号", 5), Column("措施编号", 6), long("任务", 20))
_TASKS = (
    *_HEAD, long("责任单位", 28), long("量化指标", 17), Column("计量单位", 6), Column("目标值", 8), long("月度节点", 30),
    Column("本期节点", 8), Column("当前值", 8), Column("完成时限", 12), Column("状态", 10), long("备注", 14),
)  # fmt: skip
_DUTIES = (
    *_HEAD, Column("牵头单位", 18), long("配合单位", 40), Column("责任领导", 10), Column("责任人", 10), Column("联系电话", 15),
    Column("未销号", 8),
)  # fmt: skip
_STEPS = (
    *_HEAD, long("具体措施", 44), long("起止时间", 14), long("进展", 36), long("存在困难", 28),
)  # fmt: skip
_RESULTS = (
    *_HEAD, long("量化指标", 17), Column("计量单位", 6), Column("目标值", 8), Column("当前值", 8), Column("完成率", 9),
    Column("状态", 10), long("数据来源", 16), Column("数据日期", 12), long("佐证材料", 18), long("验收结论", 16),
)  # fmt: skip


def five_lists(content: Content) -> tuple[Worksheet, ...]:
    """任务清单, 责任清单, 措施清单, 结果清单, 政策清单."""
    head = f"{content.county}{content.period.year}年个体工商户培育"
    return (
        sheet("任务清单", f"{head}任务清单", _TASKS, _tasks(content)),
        sheet("责任清单", f"{head}责任清单{INTERNAL}", _DUTIES, _duties(content)),
        sheet("措施清单", f"{head}措施清单", _STEPS, _steps(content)),
        sheet("结果清单", f"{head}结果清单（截至{content.day}）", _RESULTS, _results(content)),
        policies(content, f"{head}政策清单"),
    )


def _whole(content: Content) -> tuple[str, str]:
    """What stands in the place of a number, and the task that all units have together."""
    return NONE, f"{whole(content.county)}净增个体工商户"


def _tasks(content: Content) -> Iterator[Sequence[Cell]]:
    last = content.yardstick.calendar.last(Month(content.period.year, content.yardstick.last_month))
    net: Cell = content.figures.county.tally.net if content.figures else UNPRINTED
    yield [
        *_whole(content), "任务分解表所列各单位", "净增户数", "户", content.target, in_words(content.nodes_of_all),
        node_cell(content.node_of(content.nodes_of_all)), net, day_cell(last), _state(content), _remark(content),
    ]  # fmt: skip
    for each in content.measures:
        yield [
            each.key, each.title, "、".join(each.units), each.indicator, each.unit_of_measure, target_cell(each),
            _nodes(each, content), node_cell(content.due(each)), actual_cell(each), day_cell(each.deadline),
            content.state_of(each), masked(each.texts["note"]),
        ]  # fmt: skip


def _nodes(measure: Measure, content: Content) -> str:
    """A measure's own nodes or words, else those that its target comes to."""
    return masked(measure.texts["nodes"]) or in_words(content.nodes_for(measure))


def _remark(content: Content) -> str:
    missing = [unit.name for unit in content.added if content.standing(unit) is None]
    without = f"，当前值不含未报的{'、'.join(missing)}" if missing and content.is_rolled_up else ""
    return f"逐单位的见六定表{without}"


def _state(content: Content) -> str:
    if content.figures is None:
        return UNPRINTED
    return content.progress(content.figures.county, content.nodes_of_all)


def _firsts(content: Content) -> Iterator[Measure]:
    return (lines[0] for lines in content.by_measure.values())


def _duties(content: Content) -> Iterator[Sequence[Cell]]:
    for each in _firsts(content):
        lead, *others = each.units
        people = (each.texts[name] for name in ("leader", "person", "phone"))
        yield [
            each.key, each.title, lead, "、".join(others), *people, content.open_items_about(each.key),
        ]  # fmt: skip


def _steps(content: Content) -> Iterator[Sequence[Cell]]:
    for each in _firsts(content):
        days = [str(day) for day in (each.start, each.deadline) if day]
        span = " 至 ".join(days) if each.start else f"{days[0]}前" if days else ""
        texts = (masked(each.texts[name]) for name in ("steps", "progress", "obstacle"))
        steps, progress, obstacle = texts
        yield [each.key, each.title, steps, span, progress, obstacle]


def _results(content: Content) -> Iterator[Sequence[Cell]]:
    figures = content.figures
    now: list[Cell] = [UNPRINTED, NONE, _state(content), "", ""]
    if figures:
        county = figures.county
        now = [
            county.tally.net, rate_cell(county.completion_rate), _state(content), f"{figures.period.words}{'县区汇总' if content.is_rolled_up else '简报'}",
            day_cell(figures.as_of),
        ]  # fmt: skip
    yield [*_whole(content), "净增户数", "户", content.target, *now, "", ""]
    for each in content.measures:
        yield [
            each.key, each.title, each.indicator, each.unit_of_measure, target_cell(each), actual_cell(each),
            rate_cell(each.completion_rate), content.state_of(each), masked(each.source), day_cell(each.day),
            masked(each.texts["evidence"]), masked(each.texts["verdict"]),
        ]  # fmt: skip
