"""The course of an item: what it is after each act."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from pipeline.domain.items.item import SERIES, Application, Extension, Item, Opening, State
from pipeline.domain.items.objections import Done, day_said, new_deadline, objection, said
from pipeline.domain.items.steps import STEPS


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


def _assigned(item: Item, done: Done) -> Item:
    return replace(item, assigned=done.day, clock=done.day)


def _objected(item: Item, _: Done) -> Item:
    return replace(item, assigned=None, clock=None)


def _reported(item: Item, done: Done) -> Item:
    return replace(item, progress=(*item.progress, (done.day, said(done, "reason"))))


def _asked(item: Item, done: Done) -> Item:
    return replace(item, asked=Extension(done.day, day_said(done), said(done, "reason")))


def _granted(item: Item, done: Done) -> Item:
    return replace(item, deadline=new_deadline(item, done), extended=item.extended + 1, asked=None)


def _applied(item: Item, done: Done) -> Item:
    pending = item.application if item.state is State.REVIEW else None
    since = pending.since if pending else done.day
    evidence = tuple(cast("Sequence[Mapping[str, object]]", done.details.get("evidence", ())))
    head = said(done, "head")
    application = Application(since, done.day, done.who or head, head, said(done, "reason"), evidence)
    return replace(item, application=application)


def _closed(item: Item, done: Done) -> Item:
    way, opinion = said(done, "way"), said(done, "reason")
    return replace(item, closed=done.day, reviewer=done.who, way=way, opinion=opinion)


def _returned(item: Item, done: Done) -> Item:
    return replace(item, returns=item.returns + 1, demand=said(done, "reason"))


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
    "again": lambda item, done: replace(item, named=(*item.named, (done.day, said(done, "problem")))),
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
