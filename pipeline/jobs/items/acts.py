"""The jobs ``items open``, ``items assign`` and all the others that do something to one item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pipeline.adapters.register import open_register
from pipeline.domain.items.book import ItemBook, as_on
from pipeline.domain.items.item import Item, Opening
from pipeline.domain.items.number import ItemNumbers
from pipeline.domain.items.plain import actable_object
from pipeline.domain.items.steps import STEPS
from pipeline.domain.journal import Act, Journal
from pipeline.domain.period import Month
from pipeline.domain.wording import chinese_date
from pipeline.errors import UsageFault
from pipeline.jobs.items.naming import (
    evidence_file,
    figure_reached,
    read_number,
    refuse_changed_evidence,
    refuse_future,
    responsible,
)
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Wish:
    """An item that is to be opened, as typed."""

    unit: str
    """Name or code of the responsible unit."""
    kind: str
    """类别."""
    problem: str
    """问题描述."""
    standard: str
    """验收标准."""
    deadline: date
    """时限."""
    more: Mapping[str, str] = field(default_factory=dict)
    """source, partners, leader, person, measures: what else is known."""
    by: str = ""
    """Who opens it."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be done to an item, as typed."""

    number: str
    """Which item."""
    act: str
    """One of :data:`~pipeline.domain.items.steps.STEPS`."""
    by: str = ""
    """Who does it."""
    said: Mapping[str, str] = field(default_factory=dict)
    """reason, deadline (ISO), head, way: what is said."""
    evidence: Sequence[str] = ()
    """Files that prove it."""
    figure: Month | None = None
    """The month whose bulletin proves it."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What has been entered."""

    closing: str
    """One sentence for the clerk."""
    item: Mapping[str, object]
    """The item as it is now, as JSON values."""


def open_item(workspace: Workspace, wish: Wish, today: date, now: datetime) -> Entered:
    """Open an item; where the same of the unit is open, it is named again.

    :raises UsageFault: there is no such unit or kind.
    :raises RegisterFault: the rules do not allow it.
    """
    refuse_future(today, now)
    rules, numbers = workspace.settings.items, workspace.item_numbers
    if wish.kind not in rules.kinds:
        raise UsageFault(f"没有“{wish.kind}”这一类。可写的有：{'、'.join(rules.kinds)}。")
    code, name = responsible(workspace, wish.unit, today)
    about = Opening(code, name, wish.kind, wish.problem, wish.standard, wish.deadline, **wish.more)
    made: list[Item] = []

    def plan(journal: Journal) -> Sequence[Act]:
        book = ItemBook(journal, rules)
        made.append(book.open(about, today, wish.by))
        return book.acts

    with open_register(workspace.register) as register:
        [entry] = register.enter(numbers.year, plan, now)
    item, which = made[-1], _named(made[-1], numbers)
    if entry.act == "again":
        closing = f"{which}还没有销号，没有另立，登记为再次点名（第{len(item.named)}次）。"
    else:
        after = f"，前账号{numbers.text(item.previous)}号" if item.previous else ""
        closing = f"立账：{which}，时限{chinese_date(item.deadline)}{after}。"
    return _entered(closing, item, workspace, today)


def do(workspace: Workspace, request: Request, today: date, now: datetime) -> Entered:
    """Do something to one item.

    :raises UsageFault: the number cannot be read.
    :raises RegisterFault: the rules do not allow it, or the evidence does not do.
    """
    refuse_future(today, now)
    numbers, rules = workspace.item_numbers, workspace.settings.items
    year, number = read_number(request.number, numbers)
    evidence = [evidence_file(workspace, each) for each in request.evidence]
    made: list[Item] = []

    def plan(journal: Journal) -> Sequence[Act]:
        book = ItemBook(journal, rules)
        item = book.items.get(number)
        proofs = [*evidence]
        if item and request.figure:
            proofs.append(figure_reached(workspace, item, request.figure))
        if item and request.act == "close":
            refuse_changed_evidence(workspace, item)
        details: dict[str, object] = {name: text for name, text in request.said.items() if text}
        if proofs:
            details["evidence"] = proofs
        made.append(book.do(number, request.act, today, request.by, details))
        return book.acts

    with open_register(workspace.register) as register:
        register.enter(year, plan, now)
    item = made[-1]
    closing = (
        f"{STEPS[request.act].title}：{_named(item, numbers)}，现在{item.state}{_more(item, request.act)}。"
    )
    return _entered(closing, item, workspace, today)


def _named(item: Item, numbers: ItemNumbers) -> str:
    return f"{numbers.text(item.number, item.year)}号（{item.about.unit_name}，{item.about.kind}）"


def _more(item: Item, act: str) -> str:
    if act in {"assign", "grant", "refuse", "return", "resume"}:
        return f"，时限{chinese_date(item.deadline)}"
    if act == "extend" and item.asked:
        return f"，申请延到{chinese_date(item.asked.deadline)}，等答复"
    return ""


def _entered(closing: str, item: Item, workspace: Workspace, today: date) -> Entered:
    shown = as_on(item, today, workspace.settings.items)
    return Entered(closing, actable_object(shown, workspace.item_numbers, today))
