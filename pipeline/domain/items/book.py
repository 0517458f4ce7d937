"""The items of a year, and the acts that are about to be entered: each is refused, or goes on from the last."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from pipeline.domain.items.course import advanced, details_of, folded
from pipeline.domain.items.item import AGREED, SERIES, Item, Opening, State
from pipeline.domain.items.objections import objection
from pipeline.domain.journal import Act, Journal
from pipeline.domain.values.text import plain
from pipeline.domain.workdays import working_day_after
from pipeline.errors import RegisterFault

_PERSONAL = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")
"""An ID number or a mobile: what stands in the journal cannot be erased."""


class Rules(Protocol):
    """What a county sets: ``[items]``."""

    @property
    def extensions(self) -> int:
        """How often an item's deadline may be extended."""

    @property
    def objection_days(self) -> int:
        """Working days within which a unit may object."""

    @property
    def sign_days(self) -> int:
        """Working days after which silence counts as signing."""


def as_on(item: Item, day: date, rules: Rules) -> Item:
    """An item as it is on a day: a unit that has not signed in time is taken to have (视同签收)."""
    return replace(item, state=State.WORKING) if _silent_since(item, day, rules) else item


def _silent_since(item: Item, day: date, rules: Rules) -> date | None:
    if item.state is not State.ASSIGNED or item.clock is None:
        return None
    last = working_day_after(item.clock, rules.sign_days)
    return last if day > last else None


def items_on(journal: Journal, day: date, rules: Rules) -> tuple[Item, ...]:
    """A year's items as they were on a day, by number: what was done later is left out."""
    items, _ = folded(journal.year, (entry for entry in journal.entries if entry.day <= day))
    return tuple(as_on(item, day, rules) for item in items.values())


class ItemBook:
    """What ``Register.enter`` is told about items: made from the journal, asked for acts, its ``acts`` handed back."""

    def __init__(self, journal: Journal, rules: Rules) -> None:
        self.year = journal.year
        self._rules = rules
        self._next = journal.next_number(SERIES)
        self.items, _ = folded(journal.year, journal.entries)
        self.acts: list[Act] = []
        """To be entered, in order."""

    def open(self, about: Opening, day: date, who: str = "") -> Item:
        """Open an item; where the same of the unit is open already, that one is named again.

        :raises RegisterFault: the deadline lies before the day, or a person's data is in the text.
        """
        same = [item for item in self.items.values() if is_same(item.about, about)]
        for item in same:
            if item.is_open:
                told = {"problem": about.problem, "source": about.source}
                return self.do(item.number, "again", day, who, {k: text for k, text in told.items() if text})
        if about.deadline < day:
            raise RegisterFault(f"没有立账：时限{about.deadline}早于立账日{day}。")
        previous = max(
            (item for item in same if item.state is State.CLOSED), key=lambda each: each.number, default=None
        )
        number, self._next = self._next, self._next + 1
        return self._enter(
            Act(SERIES, number, "open", about.unit, day, who, details_of(about, previous)), None
        )

    def do(
        self, number: int, name: str, day: date, who: str = "", details: Mapping[str, object] = {}
    ) -> Item:
        """Do something to an item.

        :param details: what the act says: reason, deadline (ISO), head, evidence, way.
        :raises RegisterFault: there is no such item, or it cannot have this done to it now.
        """
        item = self.items.get(number)
        if item is None:
            raise RegisterFault(f"没有登记：{self.year}年没有账号{number:04d}。")
        silent = _silent_since(item, day, self._rules)
        if silent and name not in {"accept", "object"}:
            if name == "withdraw":
                raise self._refused(item, "到期没有签收，已视同签收，不能撤账")
            accepted = Act(SERIES, number, "accept", item.about.unit, silent, "", {"silent": True})
            self._enter(accepted, item)
        try:
            act = Act(SERIES, number, name, item.about.unit, day, who, dict(details))
            return self._enter(act, self.items[number])
        except RegisterFault:
            if self.items[number] is not item:
                self.items[number] = item
                self.acts.pop()
            raise

    def on(self, number: int, day: date) -> Item:
        """An item as it is on a day, with what is about to be entered."""
        return as_on(self.items[number], day, self._rules)

    def _enter(self, act: Act, item: Item | None) -> Item:
        reason = objection(item, act) or (item and self._against_rules(item, act)) or personal_act(act)
        if reason:
            raise self._refused(item, reason)
        after = advanced(item, self.year, act)
        self.acts.append(act)
        self.items[after.number] = after
        return after

    def _against_rules(self, item: Item, act: Act) -> str | None:
        if act.act == "extend" and item.extended >= self._rules.extensions:
            return (
                f"已经延期{item.extended}次，最多{self._rules.extensions}次"
                if item.extended
                else "规定不许延期"
            )
        if act.act == "object" and item.clock:
            last = working_day_after(item.clock, self._rules.objection_days)
            if act.day > last:
                return f"异议要在交办后{self._rules.objection_days}个工作日内（{last}以前）提出"
        return None

    def _refused(self, item: Item | None, reason: str) -> RegisterFault:
        which = f"账号{item.number:04d}（{item.about.unit_name}，{item.about.kind}）" if item else ""
        return RegisterFault(f"没有登记：{which}{reason}。")


def is_same(one: Opening, other: Opening) -> bool:
    """Whether two are the same: unit and kind, never the text; of what a meeting agreed on each matter is one."""
    if (one.unit, one.kind) != (other.unit, other.kind):
        return False
    return one.kind != AGREED or plain(one.problem) == plain(other.problem)


def personal_act(act: Act) -> str | None:
    """The same as :func:`personal` of all that an act says."""
    return next(filter(None, map(personal, (act.who, *_texts(act.details)))), None)


def personal(text: str) -> str | None:
    """Why a text is not entered that holds a person's ID number or mobile, in Chinese."""
    return "文字里有身份证号或手机号，登记以后删不掉，请去掉再登记" if _PERSONAL.search(text) else None


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from () if name == "sha256" else _texts(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _texts(part)
