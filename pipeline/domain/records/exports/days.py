"""The days that a row of a registration export names: 成立, 核准, 注销, 吊销 and 撤销日期, each checked at its cell."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from pipeline.domain.period import Calendar, Year
from pipeline.domain.records.exports.columns import Columns, Odd
from pipeline.domain.tables.columns.days import Days
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.dates import objection, says_no_day
from pipeline.domain.wording import chinese_date

EARLIEST = date(1980, 1, 1)
"""No individual business is older: the first licence is of December 1980."""
_NOT_COUNTED = {
    "cancel_date": "没有算注销；", "revoke_date": "没有算吊销；", "strike_date": "没有算核减；",
}  # fmt: skip
"""Days without which the establishment still stands, and what comes of it when one cannot be read."""


class EntryDays:
    """The days of a table's rows, and what is wrong with them."""

    def __init__(self, table: Table, year: int, calendar: Calendar, findings: Findings) -> None:
        """Look at the table's columns.

        Notices: those of :class:`~pipeline.domain.tables.columns.days.Days`.
        """
        self._table, self._findings = table, findings
        self._last_day, self._new_year_eve = calendar.last(Year(year)), date(year, 12, 31)
        fields = ("est_date", *_NOT_COUNTED)
        self._days = self._looked_at((*fields, "appr_date") if "biz_type" in table.headers else fields)
        self._approvals = self._days if "biz_type" in table.headers else None

    def _looked_at(self, fields: tuple[str, ...]) -> Days:
        days = Days(self._table, fields, self._new_year_eve)
        self._findings.notices += days.notices
        return days

    def approvals(self, rows: Columns, places: Sequence[int]) -> list[date | None]:
        """核准日期 of the rows at some places, None for all others: when the latest change took effect, which the status tells.

        None too where nothing there can be read, and nobody is troubled with that: most exports have such a column, and it
        is of no use but beside 注销 and 撤销.
        """
        found: list[date | None] = [None] * len(rows)
        values = rows.values("appr_date") if places else []
        for place in places:
            if (value := values[place]) is not None:
                if self._approvals is None:
                    self._approvals = self._looked_at(("appr_date",))
                day = self._approvals.read(value, "appr_date")
                found[place] = day if day and day >= EARLIEST else None
        return found

    def seen(self, row: Row, name: str) -> date | None:
        """The day in a field of a row that does not count, so that nothing is told of it; None for none."""
        return self._days.of(row, name)

    def read(self, rows: Columns, name: str) -> list[date | None]:
        """The day in a field of each row; None where it says that there is none, or says nothing that can be used.

        Problem codes: ``bad-date``, an unreadable cell's own; of a cancellation or of either revocation they are notices. Notice:
        ``late-date``.
        """
        return rows.read(name, partial(self._day, name)) if rows.has(name) else [None] * len(rows)

    def read_where(self, rows: Columns, name: str, places: Sequence[int]) -> list[date | None]:
        """The same at some places; None for all others, of which nothing is told."""
        found: list[date | None] = [None] * len(rows)
        for place, day in zip(places, self.read(rows.at(places), name) if places else (), strict=True):
            found[place] = day
        return found

    def _day(self, name: str, value: Value) -> date | Odd[date | None] | None:
        if value is None:
            return None
        day = self._days.read(value, name)
        if day and EARLIEST <= day <= self._last_day:
            return day
        if says_no_day(value):
            return None
        if day and day > self._last_day:
            return Odd(day, "late-date", f"在{self._whole_year()}之后，不计入。请核对。")
        code, what = "bad-date", f"{objection(value)}。"
        if isinstance(value, Unreadable):
            code, what = value.code, "格子里没有可读的日期。"
        elif day:
            what = f"读出来是{day}，早于{EARLIEST.year}年，不可能。"
        advice = f"{what}{_NOT_COUNTED.get(name, '')}请写成 2022-05-07 的样子，年、月、日都要有。"
        return Odd(None, code, advice, stops=name not in _NOT_COUNTED)

    def _whole_year(self) -> str:
        last = self._last_day
        return (
            f"{last.year}年" if last == self._new_year_eve else f"{chinese_date(last)}（{last.year}年度末）"
        )
