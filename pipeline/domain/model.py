"""What travels between the stages: frozen values, nothing else crosses a module."""

from dataclasses import dataclass, field
from typing import NamedTuple

UNITS = "单位"
"""Folder below ``inputs/`` in which each unit's own files lie, in a folder that is called by its code."""


class Source(NamedTuple):
    """Where something stands in what the clerk dragged in."""

    file: str
    """Path of the file below ``inputs/``."""
    sheet: str | None = None
    """Name of the sheet; None for a fault of the whole file."""
    row: int | None = None
    """Row as Excel and WPS number it, from 1; None for a fault of the whole file or sheet."""

    @property
    def owner(self) -> str:
        """Code of the unit in whose own folder the file lies; empty for the office's."""
        parts = self.file.split("/")
        return parts[1] if len(parts) > 2 and parts[0] == UNITS else ""

    def __str__(self) -> str:
        sheet = f" › {self.sheet}" if self.sheet else ""
        return f"{self.file}{sheet}" + (f" › 第{self.row}行" if self.row else "")


@dataclass(frozen=True, slots=True)
class Problem:
    """A clerk's mistake, told with its place and what to do."""

    source: Source
    """File, sheet and row."""
    column: str | None
    """The clerk's own header text."""
    seen: str
    """What stands there; ID numbers and phones masked."""
    code: str
    """Stable, lower-case, hyphenated; documented in the guide."""
    advice: str
    """What is wrong and what to do, in Chinese."""
    place: int | None = None
    """The column's number, from 1; None for a fault of a whole row, sheet or file."""
    whose: tuple[str, str, str] = field(default=("", "", ""), compare=False)
    """What the row itself says of its unit, name and unified code."""
    period: str = ""
    """Name of the first period whose paper is missing, ``2022-04``; empty for what is wrong in a table."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A township, a bureau or, for a city, a county (责任单位) with its share of the whole target."""

    code: str
    """Its number in annex 1, two digits: ``01``."""
    name: str
    """Short name as in annex 1."""
    full_name: str
    """Full name, as it signs (落款)."""
    group: str
    """What it is ranked among (类别), as the roster calls it: 乡镇, 县直, 街道, 县（市、区）."""
    aliases: tuple[str, ...] = ()
    """Other names under which clerks write it."""
    target: int = 0
    """Businesses to gain net (任务数)."""
    source: Source | None = field(default=None, compare=False)
    """Its row in the roster."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """A person whom a unit has won over."""

    name: str
    """姓名."""
    id_no: str
    """身份证号, 18 characters."""
    phone: str
    """联系方式."""
    business: str
    """名称 of the business."""
    scope: str
    """主要经营."""
    address: str
    """经营地址."""
    source: Source | None = field(default=None, compare=False)
    """Its row in the list; not kept in the register."""
