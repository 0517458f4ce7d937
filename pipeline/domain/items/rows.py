"""Rows of a sheet of items → the acts that they ask for: what the ledger does not have yet, nothing twice."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.domain.items.book import ItemBook, personal
from pipeline.domain.items.item import Item, Opening, State
from pipeline.domain.items.number import ItemNumbers
from pipeline.domain.items.steps import WAYS
from pipeline.domain.model import Problem
from pipeline.domain.records.items import COLUMNS, ItemRow
from pipeline.domain.tables.findings import Findings
from pipeline.domain.values.text import plain
from pipeline.errors import RegisterFault

_ORDER = (State.OPENED, State.ASSIGNED, State.WORKING, State.REVIEW, State.CLOSED)
_DONE = ("opened", "assigned", "accepted", "applied", "closed")
"""Fields that are days on which something was done."""
_NO_DETAILS: Mapping[str, object] = {}
Evidence = Callable[[str], Mapping[str, object]]
"""The name of a file → its name and digest; raises RegisterFault where there is none."""


@dataclass(slots=True)
class RowPlan:
    """Enters rows into a book, one after another; what cannot be is gathered at its cell."""

    book: ItemBook
    """The items so far."""
    numbers: ItemNumbers
    """How they are numbered."""
    kinds: Collection[str]
    """Kinds of items that the county has."""
    today: date
    """For what the row names no day of."""
    latest: date
    """The day on which they are entered: nothing can have been done after it."""
    evidence: Evidence
    """Where evidence is looked up."""
    findings: Findings = field(default_factory=Findings)
    """What is wrong."""

    def enter(self, row: ItemRow) -> None:
        """Enter what a row says and the ledger does not have.

        Problem codes: ``unknown-kind``, ``item-unknown``, ``item-changed``, ``item-refused``, ``item-state``.
        """
        before = len(self.findings.problems)
        if row.texts["kind"] and row.texts["kind"] not in self.kinds:
            self._problem(row, "kind", "unknown-kind", f"没有这一类。可写的有：{'、'.join(self.kinds)}。")
            return
        for name, text in row.texts.items():
            if why := personal(text):
                self._problem(row, name, "item-refused", f"{why}。")
        late = [name for name in _DONE if row.days.get(name, self.latest) > self.latest]
        for name in late:
            self._problem(row, name, "item-refused", f"这一天还没有到（今天是{self.latest}）。请核对年月日。")
        item = self._known(row) if row.texts["number"] else self._alike(row)
        if len(self.findings.problems) > before:
            return
        if item is None:
            item = self._opened(row)
        elif self._is_named_again(item, row):
            return
        else:
            self._compare(item, row)
        if item is not None and len(self.findings.problems) == before:
            self._go_on(item.number, row)

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the rows."""
        return tuple(self.findings.problems)

    def _problem(self, row: ItemRow, name: str, code: str, advice: str) -> None:
        self.findings.problem(row.table, row.row, name, code, advice)

    def _known(self, row: ItemRow) -> Item | None:
        found = self.numbers.read(row.texts["number"])
        item = self.book.items.get(found[1]) if found and found[0] == self.book.year else None
        if item is None:
            advice = (
                f"这是{found[0]}年的账号，表里只能登记{self.book.year}年的；{found[0]}年的请单独登记那一项。"
                if found and found[0] < self.book.year
                else f"台账里没有这个账号。{self.book.year}年的账号像 {self.numbers.text(1)}；新立的账，请把账号空着。"
            )
            self._problem(row, "number", "item-unknown", advice)
        return item

    def _alike(self, row: ItemRow) -> Item | None:
        """The item that a row without a number has opened before, or for which its unit was named again."""
        wanted, opened = plain(row.texts["problem"]), row.days.get("opened")
        for item in self.book.items.values():
            if (item.about.unit, item.about.kind) == (row.unit, row.texts["kind"]) and any(
                plain(text) == wanted and opened in {None, day}
                for day, text in ((item.opened, item.about.problem), *item.named)
            ):
                return item
        return None

    @staticmethod
    def _is_named_again(item: Item, row: ItemRow) -> bool:
        return not row.texts["number"] and plain(item.about.problem) != plain(row.texts["problem"])

    def _opened(self, row: ItemRow) -> Item | None:
        """A new item; None where the row names an open one again."""
        texts, day = row.texts, row.days.get("opened", self.today)
        about = Opening(
            row.unit, row.unit_name, texts["kind"], texts["problem"], texts["standard"], row.days["original"],
            *(texts[name] for name in ("source", "partners", "leader", "person", "measures")),
        )  # fmt: skip
        try:
            item = self.book.open(about, day)
        except RegisterFault as fault:
            self._problem(row, "opened" if "opened" in row.days else "original", "item-refused", str(fault))
            return None
        return item if plain(item.about.problem) == plain(about.problem) and not item.named else None

    def _compare(self, item: Item, row: ItemRow) -> None:
        about = item.about
        told = {
            "kind": about.kind,
            "problem": about.problem,
            "standard": about.standard,
            "unit": about.unit_name,
        }
        written = {**row.texts, "unit": row.unit_name}
        for name, known in told.items():
            if written[name] and plain(written[name]) != plain(known):
                self._changed(row, name, known)
        for name, day in (("original", about.deadline), ("opened", item.opened)):
            if row.days.get(name, day) != day:
                self._changed(row, name, str(day))

    def _changed(self, row: ItemRow, name: str, known: str) -> None:
        advice = (
            f"台账里的{COLUMNS[name][0]}是“{known}”，登记过的不能在表里改。请改回来；立错了的，撤账再重立。"
        )
        self._problem(row, name, "item-changed", advice)

    def _go_on(self, number: int, row: ItemRow) -> None:
        """What the row says of the item's course, in its order; the first thing that cannot be ends it."""
        before = len(self.findings.problems)
        for enter in (self._assign, self._accept, self._extension, self._report, self._apply, self._close):
            enter(number, row)
            if len(self.findings.problems) > before:
                return
        state = self.book.on(number, self.today).state
        claimed = next((each for each in State if each == row.texts["state"]), None)
        is_more = (
            claimed in _ORDER and state in _ORDER and _ORDER.index(claimed) > _ORDER.index(state)
            if claimed
            else bool(row.texts["state"])
        )
        if is_more or (claimed in {State.WITHDRAWN, State.SUSPENDED} and claimed is not state):
            advice = f"照这一行的日期，登记后是“{state}”。要变成别的，请填上相应的日期，或单独登记那一项。"
            self._problem(row, "state", "item-state", advice)

    def _do(
        self, number: int, row: ItemRow, at: str, act: str, day: date, who: str = "",
        details: Mapping[str, object] = _NO_DETAILS,
    ) -> None:  # fmt: skip
        try:
            self.book.do(number, act, day, who, details)
        except RegisterFault as fault:
            self._problem(row, at, "item-refused", str(fault))

    def _assign(self, number: int, row: ItemRow) -> None:
        day, item = row.days.get("assigned"), self.book.items[number]
        if day and item.assigned is None:
            self._do(number, row, "assigned", "assign", day)
        elif day and item.assigned != day:
            self._changed(row, "assigned", str(item.assigned))

    def _accept(self, number: int, row: ItemRow) -> None:
        day, item = row.days.get("accepted"), self.book.items[number]
        if day and item.accepted is None:
            self._do(number, row, "accepted", "accept", day, row.texts["person"])
        elif day and item.accepted != day:
            self._changed(row, "accepted", str(item.accepted))

    def _extension(self, number: int, row: ItemRow) -> None:
        day, item = row.days.get("deadline"), self.book.items[number]
        if day and day not in {item.deadline, item.about.deadline}:
            advice = f"现在的时限是{item.deadline}。延期要先申请、再同意，请单独登记那一项。"
            self._problem(row, "deadline", "item-changed", advice)

    def _report(self, number: int, row: ItemRow) -> None:
        text, item = row.texts["progress"], self.book.items[number]
        known = {plain(each) for _, each in item.progress} | (
            {plain(item.application.result)} if item.application else set()
        )
        if text and plain(text) not in known and "applied" not in row.days:
            self._do(number, row, "progress", "progress", self.today, row.texts["person"], {"reason": text})

    def _apply(self, number: int, row: ItemRow) -> None:
        day, item, texts = row.days.get("applied"), self.book.items[number], row.texts
        if day is None or (item.application and item.application.day >= day):
            return
        try:
            names = [name for name in texts["evidence"].replace("；", "、").split("、") if name.strip()]
            evidence = [dict(self.evidence(name.strip())) for name in names]
        except RegisterFault as fault:
            self._problem(row, "evidence", "item-refused", str(fault))
            return
        details = {"head": texts["leader"], "reason": texts["progress"], "evidence": evidence}
        at = "evidence" if not evidence else "leader" if not texts["leader"] else "applied"
        self._do(number, row, at, "apply", day, texts["person"], details)

    def _close(self, number: int, row: ItemRow) -> None:
        day, item, texts = row.days.get("closed"), self.book.items[number], row.texts
        if day and item.closed is None:
            details = {"way": texts["way"] or "资料", "reason": texts["opinion"]}
            at = "closed"
            if item.state is State.REVIEW and day >= item.last_day:
                at = "reviewer" if details["way"] in WAYS else "way"
            self._do(number, row, at, "close", day, texts["reviewer"], details)
        elif day and item.closed != day:
            self._changed(row, "closed", str(item.closed))
