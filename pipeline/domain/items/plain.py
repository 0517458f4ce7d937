"""Items as JSON values: ``items.json``, ``items list --json``."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from pipeline.domain.items.item import Item
from pipeline.domain.items.number import ItemNumbers
from pipeline.domain.items.objections import acts
from pipeline.domain.items.standing import Totals, days_taken, overdue_days, totals
from pipeline.domain.items.steps import STEPS
from pipeline.domain.journal import Entry


def ledger_object(items: Sequence[Item], numbers: ItemNumbers, day: date, due_soon: int) -> dict[str, object]:
    """Items as they are on a day, and their totals; rates exact to 1e-9."""
    return {
        "as_of": day.isoformat(),
        "items": [item_object(item, numbers, day) for item in items],
        "totals": totals_object(totals(items, day, due_soon)),
    }


def totals_object(found: Totals) -> dict[str, object]:
    """What items come to."""
    return {
        "open": found.open, "overdue": found.overdue, "due_soon": found.due_soon, "closed": found.closed,
        "closing_rate": _rate(found.closing_rate), "on_time_rate": _rate(found.on_time_rate),
    }  # fmt: skip


def item_object(item: Item, numbers: ItemNumbers, day: date) -> dict[str, object]:
    """One item as it is on a day; ``extended`` and ``returns`` are how often."""
    about, previous = item.about, item.previous
    return {
        "number": numbers.text(item.number, item.year), "key": item.key, "unit": about.unit_name, "code": about.unit,
        "kind": about.kind, "source": about.source, "problem": about.problem, "standard": about.standard,
        "state": item.state.value, "opened": item.opened.isoformat(), "assigned": _day(item.assigned),
        "accepted": _day(item.accepted), "original_deadline": about.deadline.isoformat(),
        "deadline": item.deadline.isoformat(), "extended": item.extended,
        "extension_asked": item.asked.deadline.isoformat() if item.asked else None,
        "overdue_days": overdue_days(item, day), "days_taken": days_taken(item, day), "returns": item.returns,
        "named_again": len(item.named), "closed": _day(item.closed), "reviewer": item.reviewer or None,
        "previous": None if previous is None else numbers.text(previous, item.year), "relapses": item.relapses,
    }  # fmt: skip


def actable_object(item: Item, numbers: ItemNumbers, day: date) -> dict[str, object]:
    """One item as it is on a day, with the acts that it takes then."""
    return item_object(item, numbers, day) | {"acts": list(acts(item, day))}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _rate(rate: Fraction | None) -> float | None:
    return None if rate is None else round(float(rate), 9)


def history_object(
    item: Item, entries: Sequence[Entry], numbers: ItemNumbers, day: date
) -> dict[str, object]:
    """One item with all that was done to it, in order."""
    events = [
        {
            "at": entry.at.isoformat(), "act": entry.act, "title": STEPS[entry.act].title, "day": entry.day.isoformat(),
            "by": entry.who, "operator": entry.operator, "details": dict(entry.details),
        }
        for entry in entries
    ]  # fmt: skip
    return (
        {"exit_code": 0, "closing": "", "folders": []}
        | actable_object(item, numbers, day)
        | {"events": events}
    )
