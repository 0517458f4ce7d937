"""Signed receipts held against the register: what is to be entered as handed out, and what cannot be."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.letters.lifecycle import Event, Note, refusal
from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.model import Problem, Source
from pipeline.domain.records.receipts import Receipt
from pipeline.domain.tables.findings import Findings
from pipeline.domain.values.text import plain


@dataclass(frozen=True, slots=True)
class Matched:
    """Receipts held against the register."""

    notes: Mapping[Serial, Note]
    """Letters to be entered as handed out."""
    entered: int
    """Letters that were entered before, with the same receiver and day."""
    used: int
    """Letters that became a business before anybody entered that they were handed out; that stays."""
    problems: tuple[Problem, ...]
    """Codes: ``letter-unknown``, ``already-distributed``, ``cannot-distribute``, ``signed-twice``, ``bad-date``."""


def matched(
    receipts: Sequence[Receipt], letters: Mapping[Serial, Letter], events: Sequence[Event], today: date
) -> Matched:
    """What of the receipts is to be entered, and what cannot be; of a row at most one problem of each code.

    :param letters: all of the plan year.
    :param events: theirs, in order.
    """
    notes: dict[Serial, Note] = {}
    known: Counter[str] = Counter()
    problems: dict[tuple[Source, str], Problem] = {}
    handed = _handed_out(events)
    for receipt in receipts:
        if receipt.note.day > today:
            late = _problem(receipt, "date", "bad-date", f"领用日期在今天（{today}）以后。请核对。")
            problems[receipt.row.source, late.code] = late
        for serial in receipt.serials():
            letter, before = letters.get(serial), handed.get(serial, ())
            problem = _objection(serial, receipt, letter, before, notes.get(serial))
            if problem or letter is None:
                if problem:
                    problems.setdefault((receipt.row.source, problem.code), problem)
            elif any(_are_same(receipt.note, one) for one in before):
                known["entered"] += 1
            elif letter.state == "used":
                known["used"] += 1
            else:
                notes[serial] = receipt.note
    return Matched(notes, known["entered"], known["used"], tuple(problems.values()))


def _handed_out(events: Sequence[Event]) -> Mapping[Serial, list[Note]]:
    handed: defaultdict[Serial, list[Note]] = defaultdict(list)
    for event in events:
        if event.what == "distributed" and event.day:
            for serial in event.serials():
                handed[serial].append(Note(event.day, event.who))
    return handed


def _objection(
    serial: Serial, receipt: Receipt, letter: Letter | None, handed: Sequence[Note], other: Note | None
) -> Problem | None:
    """Why a letter cannot be entered as signed for.

    :param handed: when it was handed out before, and to whom.
    :param other: what another row says.
    """
    note = receipt.note
    if letter is None or letter.state == "reserved":
        advice = f"台账里没有印发过 {serial.key}。请核对编号。"
        return _problem(receipt, "first", "letter-unknown", advice)
    if any(_are_same(note, before) for before in handed):
        return None
    if other and not _are_same(note, other):
        advice = f"{serial.key} 在另一行里是{other.who}{other.day}领用的。请只留对的一行。"
        return _problem(receipt, "receiver", "signed-twice", advice)
    if handed and letter.state != "returned":
        who = f"{handed[-1].who}{handed[-1].day}"
        advice = f"{serial.key} 已登记由{who}领用，与这里的不一样。请核对；要换领用人，先登记退回再发。"
        return _problem(receipt, "receiver", "already-distributed", advice)
    reason = None if letter.state == "used" else refusal(letter.state, "distributed")
    advice = f"{serial.key}{reason}。请把这一行拆成不含这一份的两行，份数也改对。"
    return _problem(receipt, "first", "cannot-distribute", advice) if reason else None


def _are_same(one: Note, other: Note) -> bool:
    return (plain(one.who), one.day) == (plain(other.who), other.day)


def _problem(receipt: Receipt, name: str, code: str, advice: str) -> Problem:
    one = Findings()
    one.problem(receipt.table, receipt.row, name, code, advice)
    return one.problems[0]
