"""What no county allows to be done to an item, whatever its settings: the audit holds the journal against it too."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from pipeline.domain.items.item import Item
from pipeline.domain.items.steps import STEPS, WAYS, WORDS, Step, hint
from pipeline.domain.journal import Act, Entry
from pipeline.domain.values.text import plain

Done = Act | Entry
"""An act, entered or about to be."""


def said(done: Done, name: str) -> str:
    """What an act says of something; empty where nothing."""
    return str(done.details.get(name, ""))


def day_said(done: Done) -> date:
    """The deadline that an act names."""
    return date.fromisoformat(said(done, "deadline"))


def acts(item: Item, day: date) -> tuple[str, ...]:
    """Names of the acts that an item takes as it is on a day; what each says may still be objected to."""
    left_out = {"again"} if item.asked else {"again", "grant", "refuse"}
    if item.asked or day > item.deadline:
        left_out.add("extend")
    return tuple(name for name, step in STEPS.items() if item.state in step.sources and name not in left_out)


def new_deadline(item: Item, done: Done) -> date:
    """As it was asked for, unless another day is granted."""
    assert item.asked is not None
    return day_said(done) if _is_day(done.details.get("deadline")) else item.asked.deadline


def objection(item: Item | None, done: Done) -> str | None:
    """Why an act is never allowed, whatever the county's settings, in Chinese; None where it may be."""
    step = STEPS.get(done.act)
    if step is None:
        return f"没有“{done.act}”这种登记"
    if item is None:
        return _to_open(done) if done.act == "open" else "还没有立账"
    return (
        _out_of_place(item, step, done) or _untold(step, done) or _OBJECTIONS.get(done.act, _none)(item, done)
    )


def _out_of_place(item: Item, step: Step, done: Done) -> str | None:
    """Why it cannot be done to the item as it is."""
    if not step.sources:
        return "已经立账"
    if item.state not in step.sources:
        why = hint(done.act, item.state) if item.is_open else ""
        return f"现在是{item.state}，不能登记{step.title}" + (f"：{why}" if why else "")
    return f"日期{done.day}早于上一步（{item.last_day}）" if done.day < item.last_day else None


def _untold(step: Step, done: Done) -> str | None:
    """What it should say and does not."""
    lacking = [WORDS[name] for name in step.needs if not _has(done, name)]
    return f"{step.title}要写明{'、'.join(lacking)}" if lacking else None


def _none(_: Item, __: Done) -> str | None:
    return None


def _has(done: Done, name: str) -> bool:
    if name == "deadline":
        return _is_day(done.details.get(name))
    return bool(done.who if name == "by" else done.details.get(name))


def _is_day(value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _to_open(done: Done) -> str | None:
    is_whole = all(done.details.get(name) for name in ("unit_name", "kind", "problem", "standard"))
    return None if is_whole and _is_day(done.details.get("deadline")) else "立账没有写全"


def _to_extend(item: Item, done: Done) -> str | None:
    if item.asked:
        return "已经申请过延期，还没有答复"
    if done.day > item.deadline:
        return f"时限{item.deadline}已过，延期要在到期以前申请"
    return (
        None if day_said(done) > item.deadline else f"新时限{day_said(done)}没有晚于现在的时限{item.deadline}"
    )


def _to_decide(item: Item, _: Done) -> str | None:
    return None if item.asked else "没有等待答复的延期申请"


def _to_grant(item: Item, done: Done) -> str | None:
    if item.asked and done.day > item.deadline:
        return f"时限{item.deadline}已过，过期才同意的延期不算数"
    if item.asked and (new := new_deadline(item, done)) <= item.deadline:
        return f"新时限{new}没有晚于现在的时限{item.deadline}"
    return _to_decide(item, done)


def _to_review(item: Item, done: Done) -> str | None:
    applied = item.application
    own = {_person(name) for name in (applied.by, applied.head)} if applied else set()
    names = {_person(name) for name in _LISTED.split(done.who) if plain(name)}
    if own & (names | {_person(part) for part in _LISTED.sub(" ", done.who).split()}):
        return "复核人不能是申请人或者申请单位的负责人"
    way = said(done, "way")
    if way and way not in WAYS:
        return f"复核方式应是{'、'.join(WAYS)}之一"
    return "现场复核要有两个人，姓名用顿号隔开" if way == "现场" and len(names) < 2 else None


_LISTED = re.compile("[、，,；;/和]")
"""What stands between two names."""
_REMARK = re.compile(r"[（(].*?[）)]")
"""What is told of a person behind the name."""
_TITLE = re.compile(
    "(?<=..)(?:副?(?:局长|主任|科长|股长|所长|站长|队长|镇长|乡长|县长|市长|区长|书记|主席|组长|部长)|同志|科员|干事)$"
)
"""What a person is called behind a whole name; a surname alone keeps it (刘主任)."""


def people(text: str) -> set[str]:
    """The people whom a text names, as they are compared."""
    return {_person(name) for name in _LISTED.split(_REMARK.sub("", text)) if plain(name)}


def _person(name: str) -> str:
    """A name as it is compared: without blanks, remarks and titles."""
    return _TITLE.sub("", plain(_REMARK.sub("", name)))


_OBJECTIONS: Mapping[str, Callable[[Item, Done], str | None]] = {
    "extend": _to_extend,
    "grant": _to_grant,
    "refuse": _to_decide,
    "close": _to_review,
    "return": _to_review,
}
