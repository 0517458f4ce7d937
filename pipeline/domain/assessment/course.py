"""The course of a year's assessment: what has been settled, fed back, objected to and approved, folded from its acts.

方案定版 → 自评 → 初评 and 反馈 → 申诉 → 复核 → 审定; evidence (佐证) lies in its folder, and what was approved is published
(公布) and frozen as every report is. All acts of a year are those of one thing, number 1 of its series.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, cast

from pipeline.domain.journal import Act, Entry

SERIES = "assess"
NUMBER = 1
SETTLE, SELF, FEED_BACK, OBJECT, ANSWER, APPROVE, LATE = (
    "settle", "self", "feedback", "object", "answer", "approve", "late",
)  # fmt: skip
TITLES = {
    SETTLE: "方案定版", SELF: "自评", FEED_BACK: "反馈", OBJECT: "申诉", ANSWER: "复核", APPROVE: "审定", LATE: "结转",
}  # fmt: skip
"""Act → what clerks call it, in the order in which they come."""
Done = Act | Entry
"""An act, entered or about to be."""


class State(StrEnum):
    """How far an assessment has come."""

    BEGUN = "未定版"
    SETTLED = "已定版"
    FED_BACK = "已反馈"
    OBJECTED = "申诉待复核"
    APPROVED = "已审定"


@dataclass(frozen=True, slots=True)
class Settled:
    """A scheme as it was settled (定版)."""

    day: date
    who: str
    """Who approved it; empty where nobody had to."""
    reason: str
    """Why it was settled, or changed, after the day until which that is free."""
    scheme: Mapping[str, Any]
    digest: str
    """SHA-256 of the scheme."""


@dataclass(frozen=True, slots=True)
class FedBack:
    """The first results as the units were told them (初评、反馈)."""

    day: date
    who: str
    """初评人."""
    last: date
    """Until when a unit may object."""
    conclusions_last: date | None
    """The same of conclusions of supervision; None where the scheme goes by none."""
    totals: Mapping[str, str | None]
    """Code of a unit → its total, with two decimals; None where it had none."""

    def last_of(self, *, is_conclusion: bool) -> date:
        """Until when a unit may object to an item."""
        return self.conclusions_last or self.last if is_conclusion else self.last

    @property
    def closes(self) -> date:
        """The last day on which anything may be objected to."""
        return max(self.last, self.conclusions_last or self.last)


@dataclass(frozen=True, slots=True)
class Objection:
    """What a unit has objected to (申诉), and what it was answered (复核)."""

    unit: str
    """Code."""
    day: date
    who: str
    """The unit's head; empty where nobody was named."""
    item: str
    """Empty: all of it."""
    reason: str
    answered: date | None = None
    reviewer: str = ""
    answer: str = ""
    value: Fraction | None = None
    """The figure that counts from now on; None where all was kept."""


@dataclass(frozen=True, slots=True)
class Approved:
    """What was approved (审定)."""

    day: date
    who: str
    reason: str
    """Why again, where it had been approved before."""
    results: Sequence[Mapping[str, Any]]
    """As :mod:`pipeline.domain.assessment.kept` has them."""


@dataclass(frozen=True, slots=True)
class SelfScore:
    """What a unit gives itself for an item (自评)."""

    score: str
    """Points, as it wrote them."""
    remark: str = ""
    evidence: str = ""
    """Names of files below ``inputs/佐证``."""


@dataclass(frozen=True, slots=True)
class Course:
    """A year's assessment as its acts have left it."""

    year: int
    settled: tuple[Settled, ...] = ()
    """Every time that the scheme was, the last counts."""
    selves: Mapping[str, Mapping[str, SelfScore]] | None = None
    """Code of a unit → item → what it gives itself."""
    fed_back: FedBack | None = None
    objections: tuple[Objection, ...] = ()
    approved: Approved | None = None
    late: tuple[str, ...] = ()
    """What came after the approval and goes to the next year, in Chinese."""
    last_day: date | None = None

    @property
    def state(self) -> State:
        """How far it has come."""
        if self.approved:
            return State.APPROVED
        if self.fed_back:
            return State.OBJECTED if self.open_objections else State.FED_BACK
        return State.SETTLED if self.settled else State.BEGUN

    @property
    def is_begun(self) -> bool:
        """Whether any step has been taken; without one, a name in ``assessment.toml`` approves the result."""
        return bool(self.settled)

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        """Those that wait for an answer."""
        return tuple(each for each in self.objections if each.answered is None)

    def open_of(self, unit: str) -> Objection | None:
        """A unit's that waits for an answer."""
        return next((each for each in self.open_objections if each.unit == unit), None)

    @property
    def changed(self) -> dict[str, dict[str, Fraction]]:
        """Item → code of a unit → the figure that a review has put in the place of what was typed."""
        found: dict[str, dict[str, Fraction]] = {}
        for each in self.objections:
            if each.value is not None:
                found.setdefault(each.item, {})[each.unit] = each.value
        return found


def advanced(course: Course, done: Done) -> Course:
    """An assessment after an act that is allowed."""
    last = max(done.day, course.last_day or done.day)
    return replace(_AFTER[done.act](course, done, cast("Any", done.details)), last_day=last)


def _settled(course: Course, done: Done, told: Any) -> Course:
    """A new scheme: what was fed back by the old one no longer holds."""
    scheme = Settled(done.day, done.who, told["reason"], told["scheme"], told["digest"])
    return replace(course, settled=(*course.settled, scheme), fed_back=None)


def _self(course: Course, done: Done, told: Any) -> Course:
    scores = {item: SelfScore(*said) for item, said in told["scores"].items()}
    return replace(course, selves={**(course.selves or {}), done.unit: scores})


def _fed_back(course: Course, done: Done, told: Any) -> Course:
    conclusions = date.fromisoformat(told["conclusions_last"]) if told["conclusions_last"] else None
    last = date.fromisoformat(told["last"])
    return replace(course, fed_back=FedBack(done.day, done.who, last, conclusions, told["totals"]))


def _objected(course: Course, done: Done, told: Any) -> Course:
    objection = Objection(done.unit, done.day, done.who, told["item"], told["reason"])
    return replace(course, objections=(*course.objections, objection))


def _answered(course: Course, done: Done, told: Any) -> Course:
    value = Fraction(told["value"]) if told["value"] else None

    def after(each: Objection) -> Objection:
        if each.unit != done.unit or each.answered is not None:
            return each
        item = told["item"] or each.item
        return replace(
            each, item=item, answered=done.day, reviewer=done.who, answer=told["reason"], value=value
        )

    return replace(course, objections=tuple(map(after, course.objections)))


def _approved(course: Course, done: Done, told: Any) -> Course:
    approved = Approved(done.day, done.who, told["reason"], told["results"])
    return replace(course, approved=approved, late=())


def _late(course: Course, _: Done, told: Any) -> Course:
    return replace(course, late=(*course.late, *told["facts"]))


_AFTER = {
    SETTLE: _settled, SELF: _self, FEED_BACK: _fed_back, OBJECT: _objected, ANSWER: _answered, APPROVE: _approved, LATE: _late,
}  # fmt: skip


def of_series(acts: Iterable[Done]) -> list[Done]:
    """Those of an assessment."""
    return [each for each in acts if each.series == SERIES]
