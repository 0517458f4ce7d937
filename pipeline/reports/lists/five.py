"""五清单: of tasks, responsibilities, measures, results and policies, five views of the plan's measures."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.place import whole
from pipeline.domain.records.cells import UNREPORTED
from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.records.lists.policies import Policy
from pipeline.domain.records.lists.progress import YUAN, amount_in, state_of
from pipeline.domain.values.identity import masked
from pipeline.reports.lists.cells import (
    INTERNAL,
    NONE,
    UNPRINTED,
    actual_cell,
    day_cell,
    long,
    number,
    rate_cell,
    target_cell,
)
from pipeline.reports.lists.content import Content
from pipeline.reports.lists.nodes import in_words

_HEAD = (Column("序号", 6), Column("措施编号", 9), long("任务", 24))
_TASKS = (
    *_HEAD, long("责任单位", 30), long("量化指标", 20), Column("计量单位", 9), Column("目标值", 10), long("月度节点", 24),
    Column("完成时限", 12), Column("状态", 12), long("备注", 18),
)  # fmt: skip
_DUTIES = (
    *_HEAD, Column("牵头单位", 18), long("配合单位", 40), Column("责任领导", 10), Column("责任人", 10), Column("联系电话", 14),
    Column("未销号", 8),
)  # fmt: skip
_STEPS = (
    *_HEAD, long("具体措施", 44), Column("起止时间", 24), long("进展", 36), long("存在困难", 28),
)  # fmt: skip
_RESULTS = (
    *_HEAD, long("量化指标", 22), Column("计量单位", 9), Column("目标值", 10), Column("当前值", 10), Column("完成率", 10),
    Column("状态", 12), long("数据来源", 20), Column("数据日期", 12), long("佐证材料", 20), long("验收结论", 18),
)  # fmt: skip
_POLICIES = (
    Column("序号", 6), long("政策名称", 24), Column("文号", 20), long("对象", 28), long("标准", 32), long("责任单位", 30),
    Column("办理方式", 14), Column("期限", 12), Column("兑现户数", 10), Column("兑现金额（万元）", 12), Column("状态", 10),
    long("未兑现原因", 24),
)  # fmt: skip


def five_lists(content: Content) -> tuple[Worksheet, ...]:
    """任务清单, 责任清单, 措施清单, 结果清单, 政策清单."""
    head = f"{content.county}{content.period.year}年个体工商户培育"
    return (
        Worksheet("任务清单", f"{head}任务清单", _TASKS, _numbered(_tasks(content))),
        Worksheet("责任清单", f"{head}责任清单{INTERNAL}", _DUTIES, _numbered(_duties(content))),
        Worksheet("措施清单", f"{head}措施清单", _STEPS, _numbered(_steps(content))),
        Worksheet("结果清单", f"{head}结果清单（截至{content.day}）", _RESULTS, _numbered(_results(content))),
        Worksheet("政策清单", f"{head}政策清单", _POLICIES, _numbered(_policies(content))),
    )


def _numbered(rows: Iterator[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """With a running number, and numbers of people in what was typed hidden."""
    return [[place, *row] for place, row in enumerate(rows, 1)]


def _whole(content: Content) -> tuple[str, str]:
    """What stands in the place of a number, and the task that all units have together."""
    return NONE, f"{whole(content.county)}净增个体工商户"


def _tasks(content: Content) -> Iterator[Sequence[Cell]]:
    target = sum(unit.target for unit in content.units)
    nodes = in_words(content.nodes_of_all, content.yardstick)
    last = content.yardstick.calendar.last(content.period)
    yield [
        *_whole(content), "任务分解表所列各单位", "净增户数", "户", target, nodes, day_cell(last), _state(content),
        "逐单位的见六定表",
    ]  # fmt: skip
    for each in content.measures:
        yield [
            each.key, each.title, "、".join(each.units), each.indicator, each.unit_of_measure, target_cell(each),
            masked(each.texts["nodes"]), day_cell(each.deadline), state_of(each, content.day),
            masked(each.texts["note"]),
        ]  # fmt: skip


def _state(content: Content) -> str:
    progress = content.figures.county if content.figures else None
    if progress is None or progress.lead is None:
        return UNPRINTED
    return "已完成" if progress.tally.net >= progress.target else "进行中"


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
    target, figures = sum(unit.target for unit in content.units), content.figures
    now: list[Cell] = [UNPRINTED, NONE, _state(content), "", ""]
    if figures:
        county = figures.county
        now = [
            county.tally.net, rate_cell(county.completion_rate), _state(content), f"{figures.period.words}简报",
            day_cell(figures.as_of),
        ]  # fmt: skip
    yield [*_whole(content), "净增户数", "户", target, *now, "", ""]
    for each in content.measures:
        yield [
            each.key, each.title, each.indicator, each.unit_of_measure, target_cell(each), actual_cell(each),
            rate_cell(each.completion_rate), state_of(each, content.day), masked(each.source), day_cell(each.day),
            masked(each.texts["evidence"]), masked(each.texts["verdict"]),
        ]  # fmt: skip


def _policies(content: Content) -> Iterator[Sequence[Cell]]:
    for each in content.policies:
        own = [measure for measure in content.measures if measure.policy == each.name]
        texts = {name: masked(text) for name, text in each.texts.items()}
        yield [
            each.name, texts["document"], texts["receivers"], texts["benefit"], "、".join(each.units), texts["way"],
            day_cell(each.until), _sum(own, {"户": Fraction(1)}), _sum(own, YUAN), _policy_state(each, content),
            texts["reason"],
        ]  # fmt: skip


def _policy_state(policy: Policy, content: Content) -> str:
    return "已到期" if policy.is_over(content.day) else "执行中"


def _sum(measures: Sequence[Measure], factors: dict[str, Fraction]) -> Cell:
    """What was handed out by a policy, of amounts in some units of measure; 未报 where none of them was reported."""
    if not any(each.unit_of_measure in factors for each in measures):
        return NONE
    found = amount_in(measures, factors)
    return UNREPORTED if found is None else number(found)
