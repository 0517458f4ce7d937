"""What follows from an item's dates on a day: overdue, due soon, days, totals, the one sentence. Never stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pipeline.domain.items.item import Item, State
from pipeline.domain.wording import chinese_date, rate_text

_RUNNING = (State.OPENED, State.ASSIGNED, State.WORKING)


def overdue_days(item: Item, day: date) -> int:
    """Days by which an open item's deadline has passed; 0 where it has not or time does not run.

    It does not while an application that came in time is reviewed, while an extension asked in time is undecided, and
    while the item is suspended.
    """
    runs = item.state in _RUNNING and item.asked is None
    applied = item.application
    if item.state is State.REVIEW and applied:
        runs = applied.since > item.deadline
    return max(0, (day - item.deadline).days) if runs else 0


def is_due_soon(item: Item, day: date, days: int) -> bool:
    """Whether an item that is worked on is to be done within so many days (临期)."""
    return item.state in _RUNNING and item.asked is None and 0 <= (item.deadline - day).days <= days


def days_taken(item: Item, day: date) -> int | None:
    """Calendar days from its assignment to its closing, or to a day (办理天数); None where it was not assigned.

    Time in which it was suspended does not count.
    """
    if item.assigned is None:
        return None
    end = item.closed or item.suspended or day
    return max(0, (end - item.assigned).days - item.rested_days)


def is_on_time(item: Item) -> bool:
    """Whether a closed item was closed by the deadline in force."""
    return item.closed is not None and item.closed <= item.deadline


def urgency(item: Item, day: date, due_soon: int) -> tuple[int, int, date, int]:
    """To sort open items by: overdue ones first, then those that are due soon, then by deadline."""
    late = overdue_days(item, day)
    rank = 0 if late else 1 if is_due_soon(item, day, due_soon) else 2
    return rank, -late, item.deadline, item.number


@dataclass(frozen=True, slots=True)
class Totals:
    """Items together, as papers speak of them."""

    open: int
    """Not closed and not withdrawn (未销号)."""
    overdue: int
    """Of these, beyond their deadline (逾期)."""
    due_soon: int
    """Of these, to be done in a few days (临期)."""
    closed: int
    """已销号."""
    closing_rate: Fraction | None
    """Closed of closed and open (销号率); None without any."""
    on_time_rate: Fraction | None
    """Closed by the deadline in force of all whose deadline has come (按期销号率); None where none has."""


def fallen_due(items: Iterable[Item], day: date) -> list[Item]:
    """Those whose deadline in force has come by a day: what the rate of closing on time goes by."""
    resting = (State.WITHDRAWN, State.SUSPENDED)
    return [item for item in items if item.deadline <= day and item.state not in resting]


def totals(items: Iterable[Item], day: date, due_soon: int) -> Totals:
    """What items come to on a day; withdrawn ones count nowhere."""
    counted = [item for item in items if item.state is not State.WITHDRAWN]
    left = [item for item in counted if item.is_open]
    closed = len(counted) - len(left)
    due = fallen_due(counted, day)
    return Totals(
        len(left),
        sum(overdue_days(item, day) > 0 for item in left),
        sum(is_due_soon(item, day, due_soon) for item in left),
        closed,
        Fraction(closed, len(counted)) if counted else None,
        Fraction(sum(map(is_on_time, due)), len(due)) if due else None,
    )


def sentence(items: Sequence[Item], day: date, due_soon: int) -> str:
    """The ledger in one sentence, for a bulletin, a report or a wall chart; empty where there never was an item."""
    found = totals(items, day, due_soon)
    if found.closing_rate is None:
        return ""
    every = "均" if found.open + found.closed > 1 else ""
    said = f"截至{chinese_date(day)}，挂账事项共{found.open + found.closed}项"
    late = f"，其中逾期{found.overdue}项" if found.overdue else "，没有逾期的"
    if found.overdue == found.open:
        late = f"，{'均' if found.open > 1 else ''}已逾期"
    if not found.closed:
        return f"{said}，{every or '尚'}未销号{late}。"
    said += f"，已销号{found.closed}项，销号率{rate_text(found.closing_rate)}"
    return f"{said}；未销号{found.open}项{late}。" if found.open else f"{said}。"
