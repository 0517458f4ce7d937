"""The days of a table, column by column: what one cell leaves open, all the others of its column may tell.

A column whose every cell stands at 16:00:00 was not approved at that very second for months: it holds midnights of
Beijing that a program kept as UTC. And beside 「13/05/22」 nobody knows whether 「22/05/07」 begins with the year.
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

from pipeline.domain.model import Problem
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.grid import column as column_of
from pipeline.domain.values.beijing import is_nearly_midnight, is_next_midnight
from pipeline.domain.values.cell import Value
from pipeline.domain.values.dates import day_of, named, says_no_day
from pipeline.domain.values.text import typed
from pipeline.domain.values.written import Order, Written, order_of, tidy

ENOUGH = 3
"""Cells at the strange hour, in all columns of a sheet that know no other, that are no chance; one or two may be."""
_ORDINARY = re.compile(
    r"[0-9]{4}([-/])[0-9]{1,2}\1[0-9]{1,2}[ T][0-9]{1,2}:(?!00|59)[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
)
"""A text at whose hour nothing is strange; it need not be read twice."""
_SHOWN = 5
_WRITE = "请改成 2022-05-07 的样子。"


@dataclass(slots=True)
class _Column:
    """What the cells of a column have in common."""

    filled: int = 0
    """Cells that name a day."""
    timeless: int = 0
    """Those of them that stand at midnight."""
    strange: Counter[Value] = field(default_factory=Counter)
    """Those at the next day's midnight by another clock."""
    ends: Counter[Value] = field(default_factory=Counter)
    """Those at the very end of their day, or a bit before the next one's midnight."""
    moved: Counter[Value] = field(default_factory=Counter)
    """Those whose zone puts them into another day, and not at its midnight."""
    orders: Counter[tuple[str, Order]] = field(default_factory=Counter)
    """Of days whose year has two figures: the sign between the parts, and whether the year comes first."""

    @property
    def is_strange(self) -> bool:
        """Whether every cell is."""
        return 0 < self.filled == self.strange.total()

    def is_doubtful(self, cells: Counter[Value]) -> bool:
        """Whether the hour of some cells is the rule, or the only one there is."""
        count = cells.total()
        return count > 0 and (2 * count > self.filled or count + self.timeless == self.filled)

    def unclear(self) -> set[str]:
        """Signs with which the days that may end with the year are not outnumbered by those that surely begin with it."""
        orders = self.orders
        return {
            sign
            for sign, _ in orders
            if 0 < orders[sign, "open"] + orders[sign, "unlikely"] >= orders[sign, "certain"]
        }

    def take(self, value: Value, count: int, found: Written) -> None:
        """Enter cells that name a day."""
        moment = found.moment
        if says_no_day(moment):
            return
        self.filled += count
        if not (moment.hour or moment.minute or moment.second):
            self.timeless += count
        elif is_next_midnight(moment):
            self.strange[value] += count
        elif is_nearly_midnight(moment):
            self.ends[value] += count
        elif moment.date() != found.printed:
            self.moved[value] += count


class Days:
    """The days of a table's rows."""

    def __init__(self, table: Table, fields: Collection[str], latest: date) -> None:
        """Look at every column that will be asked for.

        :param fields: those that hold days; the table may lack some.
        :param latest: the last day that may be meant.
        """
        self._from_1904, self._latest = table.from_1904, latest
        columns = {name: _column(table, name, latest) for name in fields if name in table.headers}
        strange = [name for name, column in columns.items() if column.is_strange]
        is_enough = sum(columns[name].filled for name in strange) >= ENOUGH
        self._shifted = frozenset(strange) if is_enough else frozenset[str]()
        self._unclear = {name: column.unclear() for name, column in columns.items() if column.orders}
        self.notices: list[Problem] = []
        """A few for a column: ``shifted-days`` where it was read otherwise than it stands, ``doubtful-days`` where it may
        have to be."""
        for name, column in columns.items():
            self._tell_of_the_hour(table, name, column)
            self._tell_of_ends(table, name, column)
            self._tell_of_zones(table, name, column)

    def of(self, row: Row, name: str) -> date | None:
        """The day in a field of a row; None as of :func:`~pipeline.domain.values.dates.day_of`."""
        return self.read(row.cells.get(name), name)

    def read(self, value: Value, name: str) -> date | None:
        """The day in a cell of a field."""
        year_first = None
        if name in self._unclear and (order := _order(value, self._latest)):
            year_first = True if order[1] == "certain" else False if order[0] in self._unclear[name] else None
        day = day_of(value, self._from_1904, year_first)
        return day + timedelta(1) if day and name in self._shifted and day < date.max else day

    def _tell_of_the_hour(self, table: Table, name: str, column: _Column) -> None:
        if not column.is_doubtful(column.strange):
            return
        rows, first = self._where(table, name, column.strange)
        clock, count = f"{first:%H:%M:%S}", column.strange.total()
        if name in self._shifted:
            advice = (
                f"这一列{count}格的时刻都是{clock}（{rows}），是导出时把北京时间的零点换算早了，日期少了一天。已都按后一天读，"
                f"如{first.date()}读作{first.date() + timedelta(1)}。请抽几户核对；不该这样的，{_WRITE}"
            )
            self._notice(table, name, clock, "shifted-days", advice)
            return
        why = "这样的太少，不能断定" if column.is_strange else "别的格子不是这样"
        advice = (
            f"{count}格的时刻是{clock}（{rows}），可能是导出时把北京时间的零点换算早了，日期少了一天；{why}，"
            f"没有改，按写着的日期读。请核对；少了一天的，{_WRITE}"
        )
        self._notice(table, name, clock, "doubtful-days", advice)

    def _tell_of_ends(self, table: Table, name: str, column: _Column) -> None:
        if column.is_doubtful(column.ends):
            rows, first = self._where(table, name, column.ends)
            clock = first.isoformat(timespec="milliseconds")[11:]
            advice = (
                f"{column.ends.total()}格的时刻是{clock}（{rows}），看不出是当天的末尾，还是导出时把后一天的零点写早了一点；"
                f"没有改，按写着的日期读，如{first.date()}。请核对；应当是后一天的，{_WRITE}"
            )
            self._notice(table, name, clock, "doubtful-days", advice)

    def _tell_of_zones(self, table: Table, name: str, column: _Column) -> None:
        if column.moved:
            rows, first = self._where(table, name, column.moved)
            advice = (
                f"{column.moved.total()}格写明了时区（{rows}），换算成北京时间不在写着的那一天，按北京时间读，"
                f"如{first}。请核对；写的本来就是北京时间的，{_WRITE}"
            )
            self._notice(table, name, str(first), "doubtful-days", advice)

    def _where(self, table: Table, name: str, cells: Counter[Value]) -> tuple[str, datetime]:
        """The first rows of some cells, as text, and the moment in the first."""
        rows = list(islice((row for row in table.rows if row.cells.get(name) in cells), _SHOWN))
        found = named(rows[0].cells[name], self._from_1904)
        assert found
        etc = "等" * (cells.total() > len(rows))
        return f"第{'、'.join(str(row.source.row) for row in rows)}{etc}行", found.moment

    def _notice(self, table: Table, name: str, seen: str, code: str, advice: str) -> None:
        place = table.places.get(name)
        self.notices.append(Problem(table.source, table.headers[name], seen, code, advice, place))


def _column(table: Table, name: str, latest: date) -> _Column:
    column = _Column()
    for value, count in Counter(column_of(table.rows, name)).items():
        if isinstance(value, str) and _ORDINARY.fullmatch(value):
            column.filled += count
            continue
        if order := _order(value, latest):
            column.orders[order] += count
        if found := named(value, table.from_1904):
            column.take(value, count, found)
    return column


def _order(value: Value, latest: date) -> tuple[str, Order] | None:
    if not isinstance(value, str) or value[:4].isdecimal():
        return None
    return order_of(tidy(typed(value)), latest)
