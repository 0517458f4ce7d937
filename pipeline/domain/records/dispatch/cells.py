"""What the readers of both tables of a dispatch meeting ask of a cell."""

from collections.abc import Iterable, Mapping
from datetime import date

from pipeline.domain.model import Unit
from pipeline.domain.records.reading import Known
from pipeline.domain.records.unit_names import find_unit, unknown_unit
from pipeline.domain.tables.columns.days import Days
from pipeline.domain.tables.findings import Findings, what_to_do
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.cell import Unreadable
from pipeline.domain.values.dates import objection, says_no_day
from pipeline.domain.values.text import one_line, plain

MOST = 200
"""Characters of a cell: the sheets speak of a matter in a sentence or two, and are printed."""
_NOTHING = ("无", "暂无", "没有", "未填")


class Cells:
    """Cells of a table, told as they are printed; what is wrong with one is found."""

    def __init__(self, table: Table, known: Known, findings: Findings) -> None:
        """Of a table whose days are in the column ``deadline``."""
        self.table, self.known, self.findings = table, known, findings
        self._days = Days(table, ("deadline",), date(known.serials.year + 2, 12, 31))
        findings.notices += self._days.notices

    def texts(self, row: Row, names: Iterable[str]) -> Mapping[str, str] | None:
        """What fields say, each on one line, 「无」 and 「—」 as nothing; None where one cannot be read or is too long.

        Problem codes: an unreadable cell's own, ``too-long``.
        """
        found: dict[str, str] = {}
        before = len(self.findings.problems)
        for name in names:
            value = row.printed(name)
            if isinstance(value, Unreadable):
                self.problem(row, name, value.code, what_to_do(value, "格子里没有可读的值，请直接填上。"))
                continue
            text = one_line(value)
            found[name] = "" if text in _NOTHING or not any(map(str.isalnum, text)) else text
            if len(text) > MOST:
                advice = f"有{len(text)}个字，最多{MOST}个字。请写成一两句话。"
                self.problem(row, name, "too-long", advice)
        return found if len(self.findings.problems) == before else None

    def deadline(self, row: Row) -> date | None:
        """The day by which it is to be done; None where there is none.

        Problem code: ``bad-date``, where it is no day.
        """
        value = row.cells.get("deadline")
        if says_no_day(value):
            return None
        day = self._days.of(row, "deadline")
        if day is None and (told := self.texts(row, ("deadline",))) and told["deadline"]:
            self.problem(row, "deadline", "bad-date", f"{objection(value)}。请写成 2022-06-02 的样子。")
        return day

    def unit(self, row: Row, name: str) -> Unit | None:
        """The unit that goes by a name; problem code ``unknown-unit`` where none does."""
        unit = find_unit(name, self.known.units)
        if unit is None and self.known.units:
            self.problem(row, "unit", "unknown-unit", unknown_unit(name, self.known.units))
        return unit

    def office(self, row: Row, name: str) -> tuple[str, str] | None:
        """Code and name of a unit, or the name twice of an office without a share of the target; else as :meth:`unit`."""
        other = next((each for each in self.known.other_units if plain(each) == plain(name)), None)
        if other and find_unit(name, self.known.units) is None:
            return other, other
        unit = self.unit(row, name)
        return (unit.code, unit.name) if unit else None

    def problem(self, row: Row, name: str, code: str, advice: str) -> None:
        """A field's cell makes the row unusable."""
        self.findings.problem(self.table, row, name, code, advice)
