"""Which papers a clerk means by the names of units."""

from collections.abc import Sequence

from pipeline.domain.model import Unit
from pipeline.domain.records.unit_names import find_unit
from pipeline.domain.supervision.cases import PROPOSED, Case
from pipeline.domain.supervision.papers import Paper
from pipeline.domain.wording import near
from pipeline.errors import RegisterFault, UsageFault
from pipeline.reports.supervision.papers import NAMES
from pipeline.reports.supervision.situation import Situation

ALL = {"all", "全部"}
"""In the place of units: every paper that lacks nothing."""


def to_confirm(now: Situation, names: Sequence[str]) -> tuple[list[Case], tuple[str, ...]]:
    """The papers that are to be issued; and, in Chinese, which of those that were named had been before.

    :raises UsageFault: no unit has such a name.
    :raises RegisterFault: one has no paper to be issued, or not yet.
    """
    if ALL & set(names):
        proposed = [case for case in now.cases if case.state == PROPOSED]
        return [case for case in proposed if not now.occasion.lacks(case.level)], ()
    chosen, told = [], []
    for unit in _units(now, names):
        case, month = _case(now, unit), f"{now.occasion.figures.month}月"
        if case is None:
            raise RegisterFault(f"没有签发：{unit.name}{month}没有应当发出的督查文书。")
        paper, name = case.paper, NAMES[case.level]
        if paper is None and (lacks := now.occasion.lacks(case.level)):
            raise RegisterFault(
                f"没有签发：给{unit.name}的是{name}，pipeline.toml 的 [supervise] 里{lacks}。"
            )
        if paper is None:
            chosen.append(case)
        elif paper.withdrawn:
            raise RegisterFault(f"没有签发：{unit.name}{month}的{name}已撤回，同一个月不再发。")
        else:
            told.append(f"{unit.name}{month}的{name}已按{paper.serial}签发，没有再编号。")
    return chosen, tuple(told)


def to_withdraw(now: Situation, names: Sequence[str]) -> tuple[list[Paper], tuple[str, ...]]:
    """The papers that are to be taken back; and, in Chinese, which of those that were named had been before.

    :raises UsageFault: no unit has such a name.
    :raises RegisterFault: one has no paper that was issued.
    """
    chosen, told = [], []
    for unit in _units(now, names):
        case, month = _case(now, unit), f"{now.occasion.figures.month}月"
        if case is None or case.paper is None:
            raise RegisterFault(f"没有撤回：{unit.name}{month}没有已签发的督查文书。")
        if case.paper.withdrawn:
            told.append(f"{unit.name}{month}的{NAMES[case.level]}已经撤回，没有再登记。")
        else:
            chosen.append(case.paper)
    return chosen, tuple(told)


def _case(now: Situation, unit: Unit) -> Case | None:
    return next((each for each in now.cases if each.standing.unit.code == unit.code), None)


def _units(now: Situation, names: Sequence[str]) -> list[Unit]:
    units = [each.unit for each in now.occasion.figures.units]
    found = {}
    for name in names:
        unit = find_unit(name, units)
        if unit is None:
            raise UsageFault(f"简报里没有“{name}”这个单位{near(name, [each.name for each in units])}")
        found[unit.code] = unit
    return list(found.values())
