"""The signed receipt sheet (领取签收表), typed into its workbook: who received which letters, and when.

A row counts once it has both the day and the receiver; one that has neither was not signed for yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.domain.letters.lifecycle import Note
from pipeline.domain.letters.model import Serial
from pipeline.domain.model import Unit
from pipeline.domain.records.reading import Known, Reader, Reading, counted
from pipeline.domain.records.unit_names import find_unit, unknown_unit
from pipeline.domain.tables.columns.days import Days
from pipeline.domain.tables.findings import Findings, what_to_do
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import PHONE, SEQ, Kind
from pipeline.domain.values.cell import Unreadable
from pipeline.domain.values.dates import objection, says_no_day
from pipeline.domain.values.text import one_line, text_of, whole_number

UNSIGNED = "没有签收"
"""Why a row is left out that has neither day nor receiver."""
_FAULTY, _FOOTNOTE, _TOTAL = "有问题", "填报说明", "合计"
_NAMED = ("unit", "first", "last", "date", "receiver")

_KIND = Kind(
    "receipts",
    "领取签收表",
    {
        "seq": SEQ,
        "unit": ("领用单位", "领取单位", "单位名称", "单位"),
        "first": ("起始号", "起始编号", "起号", "开始号"),
        "last": ("终止号", "终止编号", "止号", "截止号", "结束号"),
        "count": ("份数",),
        "capital": ("份数(大写)", "份数大写", "大写份数"),
        "books": ("本数",),
        "date": ("领用日期", "领取日期", "签收日期", "发放日期", "日期"),
        "receiver": (
            "领用人(签字)", "领用人", "领用人签字", "领取人", "领取人(签字)", "签收人", "签收人(签字)", "签领人",
        ),
        "phone": PHONE,
        "giver": ("发放人", "经办人"),
        "note": ("备注", "说明"),
    },
    (("first",), ("last",), ("date",), ("receiver",)),
    printed=("unit", "receiver"),
    weighed=("unit", "first", "last", "count", "date", "receiver"),
)  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Receipts:
    """What the sheets say."""

    rows: tuple[Receipt, ...]
    """What was signed for, in file and row order."""
    unsigned: int
    """Rows that nobody has signed for."""


def _read(tables: Sequence[Table], known: Known) -> Reading[Receipts]:
    """What the sheets say.

    Problem codes: ``empty-cell``, ``letter-unreadable``, ``wrong-range``, ``wrong-count``, ``bad-date``, ``unknown-unit``,
    ``range-other-unit``, an unreadable cell's own, the tables' doubts and faults. Notices: those of
    :class:`~pipeline.domain.tables.columns.days.Days`.
    """
    reader = _Reader(known)
    for table in tables:
        reader.read(table)
    unsigned = sum(reason == UNSIGNED for _, reason in reader.left_out)
    findings = reader.findings
    return Reading(
        Receipts(tuple(reader.rows), unsigned),
        tuple(findings.problems),
        tuple(findings.notices),
        counted(reader.left_out),
    )


RECEIPTS = Reader(_KIND, _read)
"""领取签收表 → :class:`Receipts`."""


@dataclass(slots=True)
class _Reader:
    """Reads rows one after another."""

    known: Known
    rows: list[Receipt] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """File and reason, row by row."""

    def read(self, table: Table) -> None:
        days = Days(table, ("date",), date(self.known.serials.year + 1, 12, 31))
        self.findings.notices += days.notices
        self.findings.problems += (*table.doubts, *table.faults)
        for row in table.rows:
            reason = self._read_row(table, row, days.of(row, "date"))
            self.left_out.append((row.source.file, reason))

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
            whose = next((each.name for each in self.known.units if each.code == first.unit), "别的单位")
            advice = f"这一段号是{whose}的，不是{unit.name}的。请核对单位和编号。"
            self.findings.problem(table, row, "first", "range-other-unit", advice)
        return Receipt(table, row, first, last, Note(day, one_line(told["receiver"])))

    def _unit(self, table: Table, row: Row, name: str) -> Unit | None:
        unit = find_unit(name, self.known.units)
        if name and self.known.units and unit is None:
            self.findings.problem(table, row, "unit", "unknown-unit", unknown_unit(name, self.known.units))
        return unit

    def _serial(self, table: Table, row: Row, name: str, unit: Unit | None) -> Serial | None:
        value = row.cells.get(name)
        serial = self.known.serials.read(value, unit.code if unit else None)
        if serial is None and text_of(value):
            advice = "认不出是哪一份介绍信。请写成 2022-01-0001 的样子。"
            self.findings.problem(table, row, name, "letter-unreadable", advice)
        return serial
