"""What a report speaks of: a month, a quarter or a year."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Self


@dataclass(frozen=True, slots=True)
class Month:
    """A month."""

    year: int
    month: int
    """1 to 12."""
    option: ClassVar[str] = "month"
    """What a command's option is called."""
    form: ClassVar[str] = "%Y-%m"
    """How it is typed, for :meth:`datetime.datetime.strptime`."""
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
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @classmethod
    def read(cls, text: str) -> Self:
        """What ``2022-06`` says.

        :raises ValueError: it is no month.
        """
        day = datetime.strptime(text, cls.form)  # noqa: DTZ007 - a month has no zone
        return cls(day.year, day.month)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter."""

    year: int
    quarter: int
    """1 to 4."""
    option: ClassVar[str] = "quarter"
    form: ClassVar[str] = "%Y-Qn"
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
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.quarter - 2, 1)

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
    form: ClassVar[str] = "%Y"
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
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1, 1)

    @classmethod
    def read(cls, text: str) -> Self:
        """What ``2022`` says.

        :raises ValueError: it is no year.
        """
        return cls(datetime.strptime(text, cls.form).year)  # noqa: DTZ007 - nor has a year


Period = Month | Quarter | Year
"""Any of them; names of one kind come in the order of time."""
