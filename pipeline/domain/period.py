"""What a report speaks of: a month, a quarter or a year; and which days that has (:class:`Calendar`)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Self


@dataclass(frozen=True, slots=True)
class Month:
    """A month."""

    year: int
    month: int
    """1 to 12."""
    option: ClassVar[str] = "month"
    """What a command's option is called."""
    noun: ClassVar[str] = "月"
    """In Chinese."""

    @property
    def name(self) -> str:
        """``2022-06``."""
        return f"{self.year}-{self.month:02d}"

    @property
    def words(self) -> str:
        """2022年6月."""
        return f"{self.year}年{self.month}月"

    @property
    def months(self) -> tuple["Month", "Month"]:
        """Its first month and its last: itself."""
        return self, self

    @classmethod
    def read(cls, text: str) -> Self:
        """What ``2022-06`` says.

        :raises ValueError: it is no month.
        """
        day = datetime.strptime(text, "%Y-%m")  # noqa: DTZ007 - a month has no zone
        return cls(day.year, day.month)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter."""

    year: int
    quarter: int
    """1 to 4."""
    option: ClassVar[str] = "quarter"
    noun: ClassVar[str] = "季度"

    @property
    def name(self) -> str:
        """``2022-Q2``."""
        return f"{self.year}-Q{self.quarter}"

    @property
    def words(self) -> str:
        """2022年第2季度."""
        return f"{self.year}年第{self.quarter}季度"

    @property
    def months(self) -> tuple[Month, Month]:
        """Its first month and its last."""
        return Month(self.year, 3 * self.quarter - 2), Month(self.year, 3 * self.quarter)

    @classmethod
    def read(cls, text: str) -> Self:
        """What ``2022-Q2`` says.

        :raises ValueError: it is no quarter.
        """
        year, _, quarter = text.partition("-Q")
        if len(year) != 4 or quarter not in {"1", "2", "3", "4"}:
            raise ValueError(text)
        return cls(int(year), int(quarter))


@dataclass(frozen=True, slots=True)
class Year:
    """A year."""

    year: int
    option: ClassVar[str] = "year"
    noun: ClassVar[str] = "年度"

    @property
    def name(self) -> str:
        """``2022``."""
        return str(self.year)

    @property
    def words(self) -> str:
        """2022年."""
        return f"{self.year}年"

    @property
    def months(self) -> tuple[Month, Month]:
        """Its first month and its last."""
        return Month(self.year, 1), Month(self.year, 12)

    @classmethod
    def read(cls, text: str) -> Self:
        """What ``2022`` says.

        :raises ValueError: it is no year.
        """
        return cls(datetime.strptime(text, "%Y").year)  # noqa: DTZ007 - nor has a year


@dataclass(frozen=True, slots=True)
class Now:
    """No period: how things stand, in the place of how they stood."""

    name: ClassVar[str] = ""
    """Its folder is the report's own."""


Period = Month | Quarter | Year
"""Any of them; names of one kind come in the order of time."""


def read_period(name: str) -> Period:
    """The month, quarter or year of a name.

    :raises ValueError: it is none.
    """
    return (Quarter if "Q" in name else Month if "-" in name else Year).read(name)


def months_until(period: Period, before: int = 0) -> tuple[Month, ...]:
    """The months of a period, and so many of its year before them, as far as the year has them."""
    first, last = period.months
    return tuple(Month(last.year, each) for each in range(max(1, first.month - before), last.month + 1))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days a period has: the calendar's own months, or months that a registry closes on one day of each.

    A registry that closes on the 25th counts 26 May to 25 June as June, and its year begins on 26 December.
    """

    month_end: int = 0
    """Last day of every month, 20 to 28; 0 for the last that it has."""

    def first(self, period: Period) -> date:
        """The first day of a period."""
        month = period.months[0]
        begin = date(month.year, month.month, 1)
        return self._last(begin - timedelta(1)) + timedelta(1) if self.month_end else begin

    def last(self, period: Period) -> date:
        """The last day of a period."""
        month = period.months[1]
        return self._last(date(month.year, month.month, 1))

    def month(self, day: date) -> Month:
        """The month that a day belongs to; its year is the plan year that the day counts in."""
        if day <= self._last(day):
            return Month(day.year, day.month)
        return Month(day.year + day.month // 12, day.month % 12 + 1)

    def _last(self, day: date) -> date:
        """Where the month ends that the calendar has on a day."""
        return day.replace(day=self.month_end or monthrange(day.year, day.month)[1])


BY_CALENDAR = Calendar()
"""The calendar's own months."""
