"""An open item as it is: what it is about, and in which state its acts have left it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SERIES = "items"
"""Its numbers in the journal."""
LAG = "进度滞后"
"""The kind that bulletin and supervision speak of."""
AGREED = "议定事项"
"""What a dispatch meeting agreed on; the one kind of which a unit can have several, each a matter of its own."""


class State(StrEnum):
    """Where an item stands."""

    OPENED = "已立账"
    ASSIGNED = "已交办"
    WORKING = "整改中"
    REVIEW = "待复核"
    SUSPENDED = "已中止"
    CLOSED = "已销号"
    WITHDRAWN = "已撤账"


OPEN = (State.OPENED, State.ASSIGNED, State.WORKING, State.REVIEW, State.SUSPENDED)
"""States of an item with which not all has been done (未销号)."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What an item is to be about."""

    unit: str
    """Code of the responsible unit; the name of an office that the roster does not have."""
    unit_name: str
    """Its short name (责任单位)."""
    kind: str
    """类别."""
    problem: str
    """问题描述."""
    standard: str
    """验收标准: by what it is seen that all has been done."""
    deadline: date
    """原时限."""
    source: str = ""
    """来源: 第6期简报, 第2次调度."""
    partners: str = ""
    """配合单位."""
    leader: str = ""
    """责任领导."""
    person: str = ""
    """责任人."""
    measures: str = ""
    """整改措施."""


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension that has been asked for (申请延期)."""

    day: date
    """When."""
    deadline: date
    """Until when."""
    reason: str
    """Why."""


EVIDENCE = "佐证"
"""Folder right below ``inputs/`` for files that prove that an item is done."""


def proof_words(proof: Mapping[str, object]) -> str:
    """What a piece of evidence is called."""
    return str(proof.get("name") or proof.get("figure")).removeprefix(f"{EVIDENCE}/")


@dataclass(frozen=True, slots=True)
class Application:
    """An application to close an item (申请销号)."""

    since: date
    """When the first of those that replaced each other came in: by it the review is in time."""
    day: date
    """When this one did."""
    by: str
    """Who applied."""
    head: str
    """The unit's head who agreed."""
    result: str
    """What was done (成效)."""
    evidence: tuple[Mapping[str, object], ...]
    """Each a file's ``name`` and ``sha256``, or a ``figure`` reached."""

    def evidence_words(self) -> str:
        """The names of the evidence, for a list."""
        return "、".join(map(proof_words, self.evidence))


@dataclass(frozen=True, slots=True)
class Item:
    """An item as its acts have left it."""

    year: int
    """Plan year."""
    number: int
    """From 1 within the year."""
    about: Opening
    """What it is about."""
    opened: date
    """立账日."""
    last_day: date
    """Day of the latest act; none may come before it."""
    deadline: date
    """时限 in force: the first one, or as extended, moved on by the time of suspensions."""
    state: State = State.OPENED
    """Where it stands."""
    previous: int | None = None
    """前账号: number of the closed one of the same unit and kind that it follows (反弹)."""
    relapses: int = 0
    """How many closed ones it follows, one after another."""
    named: tuple[tuple[date, str], ...] = ()
    """When its unit was named for the same again (再次点名), and what for."""
    assigned: date | None = None
    """交办日, of the last time."""
    accepted: date | None = None
    """签收日."""
    clock: date | None = None
    """From when the unit's time to sign or object runs: assigned, or resumed."""
    extended: int = 0
    """Extensions granted."""
    asked: Extension | None = None
    """One that nobody has decided on."""
    progress: tuple[tuple[date, str], ...] = ()
    """What the unit has reported, in order."""
    application: Application | None = None
    """The latest application."""
    returns: int = 0
    """退回次数."""
    demand: str = ""
    """补充整改要求 of the latest return."""
    suspended: date | None = None
    """Since when it rests."""
    before: State | None = None
    """The state to which it comes back from its rest."""
    rested_days: int = 0
    """Days of all suspensions that are over."""
    closed: date | None = None
    """销号日."""
    reviewer: str = ""
    """复核人."""
    way: str = ""
    """复核方式: 资料, 现场 or 数据."""
    opinion: str = ""
    """复核意见."""

    @property
    def key(self) -> str:
        """``2022-0001``: what machines call it."""
        return f"{self.year}-{self.number:04d}"

    @property
    def is_open(self) -> bool:
        """Whether not all has been done with it."""
        return self.state in OPEN
