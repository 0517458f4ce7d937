"""The course of an item: which acts the rules allow, and what it is after each."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from pipeline.domain.items.item import SERIES, Application, Extension, Item, Opening, State
from pipeline.domain.items.steps import FIRST, STEPS, WAYS, WORDS
from pipeline.domain.journal import Act, Entry
from pipeline.domain.values.text import plain

Done = Act | Entry
"""An act, entered or about to be."""


def advanced(item: Item | None, year: int, done: Done) -> Item:
    """An item after an act that is allowed.

    :param item: None where the act opens it.
    """
    if item is None:
        return _opened(year, done)
    after = _AFTER[done.act](item, done) if done.act in _AFTER else item
    to = STEPS[done.act].to
    return replace(after, state=to or after.state, last_day=done.day)


def details_of(about: Opening, previous: Item | None) -> dict[str, object]:
    """What the journal keeps of an opening, beside the unit's code."""
    told = {
        "unit_name": about.unit_name, "kind": about.kind, "problem": about.problem, "standard": about.standard,
        "deadline": about.deadline.isoformat(), "source": about.source, "partners": about.partners, "leader": about.leader,
        "person": about.person, "measures": about.measures,
    }  # fmt: skip
    kept: dict[str, object] = {name: text for name, text in told.items() if text}
    return kept | ({"previous": previous.number, "relapses": previous.relapses + 1} if previous else {})


def _opened(year: int, done: Done) -> Item:
    told = cast("Mapping[str, Any]", done.details)
    texts = {name: str(told.get(name, "")) for name in _TEXTS}
    deadline = date.fromisoformat(told["deadline"])
    about = Opening(done.unit, deadline=deadline, **texts)
    number = done.number or 0
    return Item(
        year, number, about, done.day, done.day, deadline, previous=told.get("previous"),
        relapses=told.get("relapses", 0),
    )  # fmt: skip


_TEXTS = (
    "unit_name", "kind", "problem", "standard", "source", "partners", "leader", "person", "measures",
)  # fmt: skip


def _told(done: Done, name: str) -> str:
    return str(done.details.get(name, ""))


def _day(done: Done) -> date:
    return date.fromisoformat(_told(done, "deadline"))


def _assigned(item: Item, done: Done) -> Item:
    return replace(item, assigned=done.day, clock=done.day)


def _objected(item: Item, _: Done) -> Item:
    return replace(item, assigned=None, clock=None)


def _reported(item: Item, done: Done) -> Item:
    return replace(item, progress=(*item.progress, (done.day, _told(done, "reason"))))


def _asked(item: Item, done: Done) -> Item:
    return replace(item, asked=Extension(done.day, _day(done), _told(done, "reason")))


def _granted(item: Item, done: Done) -> Item:
    return replace(item, deadline=_new_deadline(item, done), extended=item.extended + 1, asked=None)


def _new_deadline(item: Item, done: Done) -> date:
    """As it was asked for, unless another day is granted."""
    assert item.asked is not None
    return _day(done) if done.details.get("deadline") else item.asked.deadline


def _applied(item: Item, done: Done) -> Item:
    pending = item.application if item.state is State.REVIEW else None
    since = pending.since if pending else done.day
    evidence = tuple(cast("Sequence[Mapping[str, object]]", done.details.get("evidence", ())))
    head = _told(done, "head")
    application = Application(since, done.day, done.who or head, head, _told(done, "reason"), evidence)
    return replace(item, application=application)


def _closed(item: Item, done: Done) -> Item:
    way, opinion = _told(done, "way"), _told(done, "reason")
    return replace(item, closed=done.day, reviewer=done.who, way=way, opinion=opinion)


def _returned(item: Item, done: Done) -> Item:
    return replace(item, returns=item.returns + 1, demand=_told(done, "reason"))


def _suspended(item: Item, done: Done) -> Item:
    return replace(item, suspended=done.day, before=item.state)


def _resumed(item: Item, done: Done) -> Item:
    assert item.suspended is not None
    assert item.before is not None
    rest = done.day - item.suspended
    asked = replace(item.asked, deadline=item.asked.deadline + rest) if item.asked else None
    return replace(
        item, state=item.before, suspended=None, before=None, deadline=item.deadline + rest, asked=asked,
        clock=done.day if item.clock else None, rested_days=item.rested_days + rest.days,
    )  # fmt: skip


_AFTER: Mapping[str, Callable[[Item, Done], Item]] = {
    "again": lambda item, done: replace(item, named=(*item.named, (done.day, _told(done, "problem")))),
    "assign": _assigned,
    "accept": lambda item, done: replace(item, accepted=done.day),
    "object": _objected,
    "progress": _reported,
    "extend": _asked,
    "grant": _granted,
    "refuse": lambda item, _: replace(item, asked=None),
    "apply": _applied,
    "close": _closed,
    "return": _returned,
    "suspend": _suspended,
    "resume": _resumed,
}


def objection(item: Item | None, done: Done) -> str | None:
    """Why an act is never allowed, whatever the county's settings, in Chinese; None where it may be."""
    step = STEPS.get(done.act)
    if step is None:
        return f"没有“{done.act}”这种登记"
    if item is None or done.act == "open":
        return None if item is None and done.act == "open" else "还没有立账" if item is None else "已经立账"
    if item.state not in step.sources:
        first = FIRST.get(done.act, "") if item.is_open else ""
        return f"现在是{item.state}，不能{step.title}" + (f"：{first}" if first else "")
    if done.day < item.last_day:
        return f"日期{done.day}早于上一步（{item.last_day}）"
    lacking = [WORDS[name] for name in step.needs if not _has(done, name)]
    if lacking:
        return f"{step.title}要写明{'、'.join(lacking)}"
    check = _OBJECTIONS.get(done.act)
    return check(item, done) if check else None


def _has(done: Done, name: str) -> bool:
    return bool(done.who if name == "by" else done.details.get(name))


def _to_extend(item: Item, done: Done) -> str | None:
    if item.asked:
        return "已经申请过延期，还没有答复"
    if done.day > item.deadline:
        return f"时限{item.deadline}已过，延期要在到期以前申请"
    return None if _day(done) > item.deadline else f"新时限{_day(done)}没有晚于现在的时限{item.deadline}"


def _to_decide(item: Item, _: Done) -> str | None:
    return None if item.asked else "没有等待答复的延期申请"


def _to_grant(item: Item, done: Done) -> str | None:
    if item.asked and done.day > item.deadline:
        return f"时限{item.deadline}已过，过期才同意的延期不算数"
    if item.asked and (new := _new_deadline(item, done)) <= item.deadline:
        return f"新时限{new}没有晚于现在的时限{item.deadline}"
    return _to_decide(item, done)


def _to_review(item: Item, done: Done) -> str | None:
    applied = item.application
    own = {plain(name) for name in (applied.by, applied.head)} if applied else set()
    names = {plain(name) for name in _LISTED.split(done.who) if plain(name)}
    if own & (names | {plain(part) for part in _LISTED.sub(" ", done.who).split()}):
        return "复核人不能是申请人或者申请单位的负责人"
    way = _told(done, "way")
    if way and way not in WAYS:
        return f"复核方式应是{'、'.join(WAYS)}之一"
    return "现场复核要有两个人，姓名用顿号隔开" if way == "现场" and len(names) < 2 else None


_LISTED = re.compile("[、，,；;/和]")
"""What stands between two names."""


_OBJECTIONS: Mapping[str, Callable[[Item, Done], str | None]] = {
    "extend": _to_extend,
    "grant": _to_grant,
    "refuse": _to_decide,
    "close": _to_review,
    "return": _to_review,
}


def folded(year: int, acts: Iterable[Done]) -> tuple[dict[int, Item], list[str]]:
    """The items that acts have made, by number, and what no rule allows among the acts; Chinese."""
    items: dict[int, Item] = {}
    faults = []
    for done in acts:
        if done.series != SERIES or done.number is None:
            continue
        item = items.get(done.number)
        reason = objection(item, done)
        if reason:
            faults.append(f"挂账 {year}-{done.number:04d} 的“{done.act}”是规则不许的：{reason}。")
        else:
            items[done.number] = advanced(item, year, done)
    return items, faults
