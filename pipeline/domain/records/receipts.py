"""The signed receipt sheet (领取签收表), typed into its workbook: who received which letters, and when.

A row counts once it has both the day and the receiver; one that has neither was not signed for yet.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.domain.letters.lifecycle import Event, Note, refusal
from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Problem, Unit
from pipeline.domain.records.unit_names import find_unit
from pipeline.domain.tables.day_columns import Days
from pipeline.domain.tables.findings import Findings, what_to_do
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.cell import Unreadable
from pipeline.domain.values.dates import objection, says_no_day
from pipeline.domain.values.text import one_line, plain, text_of, whole_number
from pipeline.domain.wording import near

UNSIGNED = "没有签收"
"""Why a row is left out that has neither day nor receiver."""
_FAULTY, _FOOTNOTE, _TOTAL = "有问题", "填报说明", "合计"
_NAMED = ("unit", "first", "last", "date", "receiver")


@dataclass(frozen=True, slots=True)
class Receipt:
    """A row that was signed for."""

    table: Table
    """Its table."""
    row: Row
    """The row itself."""
    first: Serial
    """The first letter."""
    last: Serial
    """The last one, of the same unit and year."""
    note: Note
    """Who received them and when."""

    def serials(self) -> list[Serial]:
        """The letters, in order."""
        year, unit = self.first.year, self.first.unit
        return [Serial(year, unit, number) for number in range(self.first.number, self.last.number + 1)]


@dataclass(slots=True)
class Receipts:
    """What the sheets say."""

    units: Sequence[Unit]
    """The roster; empty where it could not be read, and then no unit is looked for."""
    serials: SerialFormat
    """How the plan year's letters are numbered."""
    rows: list[Receipt] = field(default_factory=list)
    """What was signed for, in file and row order."""
    findings: Findings = field(default_factory=Findings)
    """Problems: ``two-columns``, ``empty-cell``, ``letter-unreadable``, ``wrong-range``, ``wrong-count``, ``bad-date``,
    ``unknown-unit``, ``range-other-unit``, an unreadable cell's own. Notices: those of
    :class:`~pipeline.domain.tables.day_columns.Days`."""
    unsigned: int = 0
    """Rows that nobody has signed for."""

    def read(self, table: Table) -> Mapping[str, int]:
        """Read a table; why a row was left out → how many."""
        left_out: Counter[str] = Counter()
        days = Days(table, ("date",), date(self.serials.year + 1, 12, 31))
        self.findings.notices += days.notices
        self.findings.problems += (*table.doubts, *table.faults)
        for row in table.rows:
            left_out[self._read_row(table, row, days.of(row, "date"))] += 1
        self.unsigned += left_out[UNSIGNED]
        del left_out[""]
        return left_out

    def _read_row(self, table: Table, row: Row, day: date | None) -> str:
        for name in _NAMED:
            value = row.printed(name)
            if isinstance(value, Unreadable):
                advice = what_to_do(value, "格子里没有可读的值，请直接填上。")
                self.findings.problem(table, row, name, value.code, advice)
                return _FAULTY
        told = {name: text_of(row.printed(name)) for name in _NAMED}
        if says_no_day(row.cells.get("date")):
            told["date"] = ""
        if row.total and not told["first"]:
            return _TOTAL
        if not (told["date"] or told["receiver"]):
            return UNSIGNED if told["first"] or told["last"] else _FOOTNOTE
        before = len(self.findings.problems)
        receipt = self._receipt(table, row, told, day)
        if receipt is None or len(self.findings.problems) > before:
            return _FAULTY
        self.rows.append(receipt)
        return ""

    def _receipt(self, table: Table, row: Row, told: Mapping[str, str], day: date | None) -> Receipt | None:
        for name, word in (
            ("first", "起始号"),
            ("last", "终止号"),
            ("date", "领用日期"),
            ("receiver", "领用人"),
        ):
            if not told[name]:
                self.findings.problem(table, row, name, "empty-cell", f"签收了，没有{word}。请补上。")
        unit = self._unit(table, row, told["unit"])
        if told["date"] and day is None:
            advice = f"{objection(row.cells.get('date'))}。请写成 2022-06-02 的样子。"
            self.findings.problem(table, row, "date", "bad-date", advice)
        first, last = (self._serial(table, row, name, unit) for name in ("first", "last"))
        if first is None or last is None or day is None:
            return None
        if (first.year, first.unit) != (last.year, last.unit) or first.number > last.number:
            self.findings.problem(
                table, row, "last", "wrong-range", "终止号应与起始号是同一个单位的，而且不比它小。"
            )
            return None
        count, written = last.number - first.number + 1, row.cells.get("count")
        if text_of(written) and whole_number(written) != count:
            advice = f"起止号共{count}份，与份数不一致。请核对是哪个写错了。"
            self.findings.problem(table, row, "count", "wrong-count", advice)
        if unit and unit.code != first.unit:
            whose = next((each.name for each in self.units if each.code == first.unit), "别的单位")
            advice = f"这一段号是{whose}的，不是{unit.name}的。请核对单位和编号。"
            self.findings.problem(table, row, "first", "range-other-unit", advice)
        return Receipt(table, row, first, last, Note(day, one_line(told["receiver"])))

    def _unit(self, table: Table, row: Row, name: str) -> Unit | None:
        unit = find_unit(name, self.units)
        if name and self.units and unit is None:
            names = [known for each in self.units for known in (each.name, *each.aliases)]
            advice = f"单位名录里没有“{name}”{near(name, names)}请改正，或在名录里加上别名。"
            self.findings.problem(table, row, "unit", "unknown-unit", advice)
        return unit

    def _serial(self, table: Table, row: Row, name: str, unit: Unit | None) -> Serial | None:
        value = row.cells.get(name)
        serial = self.serials.read(value, unit.code if unit else None)
        if serial is None and text_of(value):
            advice = "认不出是哪一份介绍信。请写成 2022-01-0001 的样子。"
            self.findings.problem(table, row, name, "letter-unreadable", advice)
        return serial


@dataclass(slots=True)
class Matched:
    """Receipts held against the register."""

    notes: dict[Serial, Note] = field(default_factory=dict)
    """Letters to be entered as handed out."""
    entered: int = 0
    """Letters that were entered before, with the same receiver and day."""
    used: int = 0
    """Letters that became a business before anybody entered that they were handed out; that stays."""
    findings: Findings = field(default_factory=Findings)
    """Problems: ``letter-unknown``, ``already-distributed``, ``cannot-distribute``, ``signed-twice``, ``bad-date``."""


def matched(
    receipts: Sequence[Receipt], letters: Mapping[Serial, Letter], events: Sequence[Event], today: date
) -> Matched:
    """What of the receipts is to be entered, and what cannot be; of a row at most one problem of each code.

    :param letters: all of the plan year.
    :param events: theirs, in order.
    """
    found = Matched()
    handed: defaultdict[Serial, list[Note]] = defaultdict(list)
    for event in events:
        if event.what == "distributed" and event.day:
            for serial in event.serials():
                handed[serial].append(Note(event.day, event.who))
    for receipt in receipts:
        told: set[str] = set()
        if receipt.note.day > today:
            advice = f"领用日期在今天（{today}）以后。请核对。"
            found.findings.problem(receipt.table, receipt.row, "date", "bad-date", advice)
        for serial in receipt.serials():
            problem = _enter(serial, receipt, letters.get(serial), handed[serial], found)
            if problem and problem.code not in told:
                told.add(problem.code)
                found.findings.problems.append(problem)
    return found


def _enter(
    serial: Serial, receipt: Receipt, letter: Letter | None, handed: Sequence[Note], found: Matched
) -> Problem | None:
    """Enter one letter, or say why it cannot be."""
    problem = _objection(serial, receipt, letter, handed, found.notes.get(serial))
    if problem or letter is None:
        return problem
    if any(_are_same(receipt.note, before) for before in handed):
        found.entered += 1
    elif letter.state == "used":
        found.used += 1
    else:
        found.notes[serial] = receipt.note
    return None


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
