"""The life of a numbered letter: to which state it may go from which, and why it may not go to another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.domain.letters.model import BatchId, Letter, Order, Serial
from pipeline.errors import Remedy

STATES = {
    "reserved": "未印好",
    "printed": "未发放",
    "distributed": "已发放",
    "used": "已办照",
    "returned": "已退回",
    "lost": "遗失",
    "void": "作废",
}
"""State → what clerks call it, in the order of a letter's life."""
MOVES: Mapping[str, frozenset[str]] = {
    "reserved": frozenset({"printed"}),
    "printed": frozenset({"distributed", "used", "lost", "void"}),
    "distributed": frozenset({"returned", "used", "lost", "void"}),
    "returned": frozenset({"distributed", "used", "lost", "void"}),
    "used": frozenset({"void"}),
    "lost": frozenset({"void"}),
    "void": frozenset(),
}
"""State → states to which a letter may go from there; a number never comes back to life."""
OUT = ("printed", "distributed", "returned")
"""States of a printed letter with which nothing has been done yet: it can be printed again, or be replaced."""
FORCED = ("used", "void")
"""The one move that takes force: a business has been registered with the letter."""
FINAL = ("used", "lost", "void")
"""States of a letter with which all has been done: its applicant's data may be erased."""
HAPPENINGS = {
    "reserved": "编号",
    "released": "退号",
    "printed": "印好",
    "rebuilt": "重做文件",
    "reprinted": "补打",
    "sealed": "补打文件",
    "distributed": "发放",
    "returned": "退回",
    "used": "办照",
    "lost": "遗失",
    "void": "作废",
    "forgotten": "删除个人信息",
}
"""What an event says has happened → its name for clerks."""
_COMMANDS = {"distributed": "distribute", "returned": "return", "lost": "lost", "void": "void"}
"""State → the command by which clerks bring letters there."""
_BECAUSE = {
    "reserved": "还没有印好",
    "printed": "还没有发放，不用退回",
    "distributed": "已经发放；要换领用人，请先退回再发",
    "returned": "已经退回",
    "used": "已经办照",
    "lost": "已报遗失，找到了也不能再用；可以作废",
    "void": "已经作废",
}
"""State → why a letter in it cannot make a move that is not in the table."""
_TOLD = 5


@dataclass(frozen=True, slots=True)
class Note:
    """What is written down with a move."""

    day: date
    """When it happened, as the clerk says."""
    who: str = ""
    """Who received the letters."""
    why: str = ""
    """The reason; of a use, the code of the business."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to consecutive letters of one unit and batch."""

    at: datetime
    """When it was entered."""
    what: str
    """One of :data:`HAPPENINGS`."""
    first: Serial
    """The first letter."""
    last: int
    """Number of the last one."""
    batch: BatchId
    """Their batch."""
    day: date | None
    """When it happened, as the clerk says; None for what the program did itself."""
    who: str
    """Who received the letters."""
    why: str
    """The reason, the words of the command, or a manifest's digest."""
    operator: str = ""
    """Who entered it; empty where nobody kept it."""

    def serials(self) -> list[Serial]:
        """The letters that it happened to, in order."""
        year, unit = self.first.year, self.first.unit
        return [Serial(year, unit, number) for number in range(self.first.number, self.last + 1)]


def refusal(state: str, to: str, *, force: bool = False) -> str | None:
    """Why a letter cannot go from one state to another, in Chinese; None when it can."""
    if to not in MOVES[state]:
        return _BECAUSE[state]
    if (state, to) == FORCED and not force:
        return "已经办照"
    return None


def acts(letter: Letter, year: int, *, is_replaced: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The commands that a letter takes as it is, and those that it takes by force.

    :param year: plan year.
    :param is_replaced: whether another one was numbered in its place.
    """
    free = [word for to, word in _COMMANDS.items() if refusal(letter.state, to) is None]
    forced = [
        word
        for to, word in _COMMANDS.items()
        if word not in free and not refusal(letter.state, to, force=True)
    ]
    if letter.state in OUT:
        free.append("reprint")
    if replace_refusal(letter, letter if is_replaced else None, year) is None:
        free.append("replace")
    return tuple(free), tuple(forced)


def refusals(letters: Iterable[Letter], to: str, *, force: bool = False) -> str | None:
    """Why some of the letters cannot make a move, the first few named, in Chinese; None when all can."""
    found = [
        f"{letter.printed}号{reason}"
        for letter in letters
        if (reason := refusal(letter.state, to, force=force))
    ]
    return _told(found)


def what_first(letters: Iterable[Letter]) -> Remedy | None:
    """What to do first where a letter cannot be dealt with because it is not printed."""
    return Remedy.FINISH_BATCH if any(letter.state == "reserved" for letter in letters) else None


def _told(found: Sequence[str]) -> str | None:
    rest = f"；还有{len(found) - _TOLD}份也不行" if len(found) > _TOLD else ""
    return "；".join(found[:_TOLD]) + rest if found else None


def reprint_refusals(letters: Iterable[Letter]) -> str | None:
    """Why some of the letters cannot be printed again under their numbers, in Chinese; None when all can."""
    return _told([f"{each.printed}号{_BECAUSE[each.state]}" for each in letters if each.state not in OUT])


def replace_refusal(letter: Letter, replacement: Letter | None, year: int) -> str | None:
    """Why a letter cannot have a new number in its place, in Chinese; None when it can.

    One that is void or lost already can: the new one then refers to it.

    :param replacement: the letter that was numbered in its place before.
    :param year: plan year.
    """
    if replacement:
        return f"{letter.printed}号已经换成{replacement.printed}号"
    if letter.is_forgotten:
        return f"{letter.printed}号上的人，信息已经按期删除，不能照原样换"
    if letter.serial.year != year:
        return f"{letter.printed}号不是{year}年的，不能换"
    is_possible = letter.state in {*OUT, "lost", "void"}
    return None if is_possible else f"{letter.printed}号{_BECAUSE[letter.state]}"


def replace_order(serial: Serial, reason: str) -> Order:
    """What is asked for when a letter is replaced, as it is kept with its batch."""
    return Order(f"register replace {serial.key} --reason {reason}", reason=reason)


def forgettable(
    letters: Sequence[Letter], events: Sequence[Event], before: date
) -> tuple[list[Letter], list[Letter]]:
    """Letters whose applicants' data may go, as all was done with them before a day; those that are still out.

    :param letters: with applicants.
    :param events: all of their years.
    """
    found = latest(events)
    done = [each for each in letters if each.state in FINAL and found[each.serial].at.date() < before]
    return done, [each for each in letters if each.state not in FINAL]


def first_handed_out(events: Sequence[Event]) -> dict[Serial, date]:
    """The day on which each letter was handed out for the first time; none that never was."""
    found: dict[Serial, date] = {}
    for event in events:
        if event.what == "distributed" and event.day:
            for serial in event.serials():
                found.setdefault(serial, event.day)
    return found


def latest(events: Sequence[Event]) -> dict[Serial, Event]:
    """The last event by which each letter came into its state."""
    found: dict[Serial, Event] = {}
    for event in events:
        if event.what in STATES:
            found |= dict.fromkeys(event.serials(), event)
    return found
