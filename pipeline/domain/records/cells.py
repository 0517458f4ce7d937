"""What readers of tables that clerks write, not machines, ask of a cell: texts, days, amounts, units."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from pipeline.domain.model import Source, Unit
from pipeline.domain.records.reading import Known
from pipeline.domain.records.unit_names import NOT_OWN, find_unit, unknown_unit
from pipeline.domain.tables.columns.days import Days
from pipeline.domain.tables.findings import Findings, what_to_do
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.cell import Unreadable
from pipeline.domain.values.dates import objection, says_no_day
from pipeline.domain.values.text import amount, one_line, plain

MOST = 200
"""Characters of a cell: the sheets speak of a matter in a sentence or two, and are printed."""
UNREPORTED = "未报"
"""What stands in the place of an amount that nobody has reported; never 0."""
UNREAD = "？"
"""What is put for a cell that cannot be read; the row is of no use then."""
_NOTHING = ("无", "暂无", "没有", "未填")
_BETWEEN_UNITS = re.compile(r"[、,，;；\n](?![^（(]*[）)])")
"""Signs between two units, but for those within brackets: 各县（市、区）."""


def _says(character: str) -> bool:
    return character.isalnum() or character in "%％‰"


class Cells:
    """Cells of a table, told as they are printed; what is wrong with one is found."""

    def __init__(
        self,
        table: Table,
        known: Known,
        findings: Findings,
        days: Sequence[str] = ("deadline",),
        most: int = MOST,
    ) -> None:
        """Of a table.

        :param days: its columns that hold days.
        :param most: characters that a cell may have.
        """
        self.table, self.known, self.findings, self._most = table, known, findings, most
        self._spoilt: set[tuple[Source, str]] = set()
        """Cells that cannot be read or are too long; nothing more is found wrong with them."""
        self._days = Days(table, days, date(known.serials.year + 2, 12, 31))
        findings.notices += self._days.notices

    def texts(self, row: Row, names: Iterable[str]) -> dict[str, str]:
        """What fields say, each on one line, 「无」 and 「—」 as nothing; of a cell that cannot be read, :data:`UNREAD`.

        Problem codes: an unreadable cell's own, ``too-long``; once for each cell, of which nothing else is told then.
        """
        found: dict[str, str] = {}
        for name in names:
            value = row.printed(name)
            if isinstance(value, Unreadable):
                found[name] = UNREAD
                advice = what_to_do(value, "格子里没有可读的值，请直接填上。")
                self._spoil(row, name, value.code, advice)
                continue
            text = one_line(value)
            found[name] = "" if text in _NOTHING or not any(map(_says, text)) else text
            if len(text) > self._most:
                advice = f"有{len(text)}个字，最多{self._most}个字。请写成一两句话。"
                self._spoil(row, name, "too-long", advice)
        return found

    def day(self, row: Row, name: str = "deadline") -> date | None:
        """The day in a field; None where there is none.

        Problem code: ``bad-date``, where it is no day.
        """
        value = row.cells.get(name)
        if says_no_day(value):
            return None
        day = self._days.of(row, name)
        if day is None and self.texts(row, (name,))[name]:
            self.problem(row, name, "bad-date", f"{objection(value)}。请写成 2022-06-02 的样子。")
        return day

    def amount(self, row: Row, name: str) -> Fraction | None:
        """The amount in a field; None where there is none, or 未报 stands there.

        Problem code: ``bad-amount``, where it is no number, or a negative one.
        """
        text = self.texts(row, (name,))[name]
        if not text or text == UNREPORTED:
            return None
        found = amount(row.cells.get(name))
        if found is None:
            where = (
                "，单位写在“计量单位”列里" if "unit_of_measure" in self.table.places else "，只写数，不写单位"
            )
            advice = f"应是数字，0 或正数{where}；没有报来的空着。"
            self.problem(row, name, "bad-amount", advice)
        return found

    def offices(self, row: Row, text: str) -> tuple[str, ...]:
        """The units that the field ``units`` names, in its order, each by its short name.

        An office without a share of the target, and several together (各乡镇、各有关部门), go by what stands there; problem
        code ``unknown-unit`` for any other.
        """
        found: list[str] = []
        for each in filter(None, (part.strip() for part in _BETWEEN_UNITS.split(text))):
            if not self.known.units or "各" in each:
                found.append(each)
            elif office := self.office(row, each, "units"):
                found.append(office[1])
        return tuple(dict.fromkeys(found))

    def unit(self, row: Row, name: str, column: str = "unit") -> Unit | None:
        """The unit that goes by a name; problem codes ``unknown-unit`` where none does, ``other-unit``."""
        unit = find_unit(name, self.known.units)
        if unit is None and self.known.units:
            self.problem(row, column, "unknown-unit", unknown_unit(name, self.known.units))
        if unit and row.source.owner not in {"", unit.code}:
            self.problem(row, column, "other-unit", NOT_OWN.format(unit.name))
            return None
        return unit

    def office(self, row: Row, name: str, column: str = "unit") -> tuple[str, str] | None:
        """Code and name of a unit, or the name twice of an office without a share of the target; else as :meth:`unit`."""
        other = next((each for each in self.known.other_units if plain(each) == plain(name)), None)
        if other and find_unit(name, self.known.units) is None:
            return other, other
        unit = self.unit(row, name, column)
        return (unit.code, unit.name) if unit else None

    def problem(self, row: Row, name: str, code: str, advice: str) -> None:
        """A field's cell makes the row unusable."""
        if (row.source, name) not in self._spoilt:
            self.findings.problem(self.table, row, name, code, advice)

    def _spoil(self, row: Row, name: str, code: str, advice: str) -> None:
        self.problem(row, name, code, advice)
        self._spoilt.add((row.source, name))
