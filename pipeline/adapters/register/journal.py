"""The journal's rows: read, appended each with its event in the chain, and held against the chain."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from pipeline.adapters.register.makes.base import Database
from pipeline.adapters.register.seals import append, digest
from pipeline.domain.assessment.course import SERIES as ASSESSMENT
from pipeline.domain.assessment.steps import folded as folded_assessment
from pipeline.domain.items.course import folded
from pipeline.domain.items.item import SERIES
from pipeline.domain.journal import Act, Entry, Journal
from pipeline.domain.supervision.papers import faults as faults_of_papers
from pipeline.errors import RegisterFault, Remedy
from pipeline.whoami import operator

_COLUMNS = "series, year, number, act, unit, day, who, details"
RULES: tuple[Callable[[int, Sequence[Entry]], list[str]], ...] = (
    lambda year, entries: folded(year, entries)[1],
    lambda year, entries: folded_assessment(year, entries)[1],
    lambda year, entries: list(faults_of_papers(Journal(year, tuple(entries)))),
)
"""Of each series: what no rule of its own allows among a year's acts."""
_TITLES = {SERIES: "挂账", ASSESSMENT: "考核"}
"""Series whose name is not what clerks call it → that."""
_EVENT = "what, year, unit, first, last, batch, day, who, why, content"


def read(database: Database, year: int) -> tuple[Entry, ...]:
    """All that was entered for a year, in order.

    :raises RegisterFault: a row is not what this program writes.
    """
    columns = ", ".join(f"journal.{column}" for column in _COLUMNS.split(", "))
    rows = database.execute(
        f"SELECT {columns}, at, operator FROM journal JOIN events ON id = event WHERE journal.year = ? ORDER BY event",
        (year,),
    )
    return tuple(_entry(row) for row in rows)


def _entry(row: Sequence[Any]) -> Entry:
    series, year, number, act, unit, day, who, details, at, by = row
    try:
        told = json.loads(details)
        if isinstance(told, dict):
            done, entered = date.fromisoformat(day), datetime.fromisoformat(at)
            return Entry(series, year, number, act, unit, done, who, told, entered, by)
    except ValueError:
        pass
    raise RegisterFault(
        f"{_named(series, year, number)} 的流水读不懂，台账可能被改动过。", Remedy.CHECK_REGISTER
    )


def enter(database: Database, year: int, acts: Sequence[Act], at: datetime) -> tuple[Entry, ...]:
    """Append acts, in the caller's transaction; the guards refuse a number beyond the next of its series."""
    entered: list[Entry] = []
    last = Counter(
        dict(
            database.execute(
                "SELECT series, max(number) FROM journal WHERE year = ? GROUP BY series", (year,)
            ).fetchall()
        )
    )
    rows = []
    for act in acts:
        number = act.number or last[act.series] + 1
        last[act.series] = max(last[act.series], number)
        details = json.dumps(act.details, ensure_ascii=False, separators=(",", ":"))
        rows.append((act.series, year, number, act.act, act.unit, act.day.isoformat(), act.who, details))
        entered.append(
            Entry(
                act.series,
                year,
                number,
                act.act,
                act.unit,
                act.day,
                act.who,
                json.loads(details),
                at,
                operator(),
            )
        )
    stamp = at.isoformat(timespec="seconds")
    events = append(database, [(stamp, *_event_of(row)) for row in rows])
    database.executemany(
        f"INSERT INTO journal (event, {_COLUMNS}) VALUES ({', '.join('?' * 9)})",
        [(event, *row) for event, row in zip(events, rows, strict=True)],
    )
    return tuple(entered)


def faults(database: Database) -> list[str]:
    """Rows that are not what the chain says, events without a row, numbers left out, acts that no rule allows; Chinese."""
    events = {
        identity: tuple(event)
        for identity, *event in database.execute(
            f"SELECT id, {_EVENT} FROM events WHERE what = 'journal' ORDER BY id"
        )
    }
    found = []
    last: Counter[tuple[str, int]] = Counter()
    for identity, *row in database.execute(f"SELECT event, {_COLUMNS} FROM journal ORDER BY event"):
        series, year, number, *_ = row
        if events.pop(identity, None) != _event_of(row):
            found.append(f"{_named(series, year, number)} 的流水（第{identity}条事件）与事件不符。")
        if number > last[series, year] + 1:
            found.append(f"{_named(series, year, number)} 断号：前面只到{last[series, year]:04d}号。")
        last[series, year] = max(last[series, year], number)
    found += [
        f"{_named(why.partition(' ')[0], year, number)} 有事件记录（第{identity}条），流水里却没有。"
        for identity, (_, year, _, number, *_, why, _) in events.items()
    ]
    return found or _unruly(database)


def _unruly(database: Database) -> list[str]:
    years = database.execute("SELECT DISTINCT year FROM journal ORDER BY year").fetchall()
    try:
        return [fault for (year,) in years for rule in RULES for fault in rule(year, read(database, year))]
    except RegisterFault as fault:
        return [str(fault)]


def _event_of(row: Sequence[object]) -> tuple[object, ...]:
    """The event of a journal's row, from what happened to its content."""
    series, year, number, act, unit, day, who, _ = row
    return ("journal", year, unit, number, number, 0, day, who, f"{series} {act}", digest(*row))


def _named(series: str, year: int, number: int) -> str:
    return f"{_TITLES.get(series, series)} {year}-{number:04d}"
