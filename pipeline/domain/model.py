"""What travels between the stages: frozen values, nothing else crosses a module."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell whose value is not there to be read."""

    seen: str
    """What stands in its place: ``#N/A``, ``=VLOOKUP(…)``."""
    code: str
    """``error-value``, or ``no-cached-value`` for a formula that was never calculated; of what a cell shows,
    ``unclear-format`` where that is not certain, and ``struck-text`` where some or all of it is struck out."""

    def __str__(self) -> str:
        return self.seen


Value = str | int | float | bool | datetime | Unreadable | None
"""What a spreadsheet cell can hold."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands in what the clerk dragged in."""

    file: str
    """Path of the file below ``inputs/``."""
    sheet: str | None = None
    """Name of the sheet; None for a fault of the whole file."""
    row: int | None = None
    """Row as Excel and WPS number it, from 1; None for a fault of the whole file or sheet."""

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


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells; rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as it is, before anybody has said what it means."""

    source: Source
    """File and sheet; a file without sheets (CSV) has None for it."""
    rows: tuple[tuple[int, tuple[Value, ...]], ...]
    """Row number from 1, and its cells from column A; wholly blank rows are left out."""
    merged: tuple[Area, ...] = ()
    """Merged cells. Their value stands in the top left one, the others are blank."""
    concealed: frozenset[int] = frozenset()
    """Numbers of the rows that are hidden or filtered away."""
    is_hidden: bool = False
    """Whether the sheet itself is hidden."""
    from_1904: bool = False
    """Whether a day's number counts from 1904 instead of 1900."""
    hidden_columns: frozenset[int] = frozenset()
    """Numbers of the columns that are hidden, or have no width; none beyond the widest row."""
    radicals: Mapping[int, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    """Column → its rows that had radicals or compatibility ideographs, and which; what is read has hanzi instead."""
    widths: tuple[int, ...] = ()
    """Of delimited text: how many fields each of the rows was written with, blank ones included; else empty."""
    faults: tuple[Problem, ...] = ()
    """Rows whose cells cannot be told apart for certain; they stand among the rows as far as they can be shown."""
    shown: Mapping[tuple[int, int], str | Unreadable] = field(default_factory=dict)
    """Row number and column, both from 1 → what the cell shows, where that is not its value's text."""
    struck: frozenset[int] = frozenset()
    """Numbers of the rows in which everything is struck out."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a recognised table."""

    source: Source
    """File, sheet and row."""
    cells: Mapping[str, Value]
    """Canonical field → what stands there."""
    total: str = ""
    """What a line of totals calls itself (合计, 汇总); empty for any other. A list has no such lines among its rows."""
    shown: Mapping[str, str | Unreadable] = field(default_factory=dict)
    """Field that gets on paper → what its cell shows, where that is not its value's text."""

    def printed(self, name: str) -> Value:
        """What is to be printed of a field: what its cell shows, as on the screen.

        Of a number of twelve digits that is 1.23457E+11, which nobody means.
        """
        value = self.shown[name] if name in self.shown else self.cells.get(name)
        if isinstance(value, int | float) and abs(value) >= 1e11:
            return Unreadable(f"{value:.0f}", "unclear-format")
        return value


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose header row said what it is."""

    kind: str
    """``roster``, ``targets``, ``applicants``, ``registrations``, ``notes`` or ``receipts``."""
    source: Source
    """File and sheet, and the header's row."""
    headers: Mapping[str, str]
    """Canonical field → the clerk's own header text."""
    rows: tuple[Row, ...]
    """The rows below the header; of a list without totals and footers."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Canonical field → the column's number, from 1."""
    from_1904: bool = False
    """Whether a day's number counts from 1904 instead of 1900."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Why a line of the sheet is no row (标题, 表头, 合计 …) → how many."""
    doubts: tuple[Problem, ...] = ()
    """Totals that do not agree with the rows; rows whose columns contradict each other."""
    remarks: tuple[Problem, ...] = ()
    """What is to be told of its columns."""
    faults: tuple[Problem, ...] = ()
    """Lines whose cells cannot be told apart; none of them is among the rows."""
    width: int = 0
    """Columns of its header, up to the last that has a text."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A township or bureau (责任单位) with its share of the county's target."""

    code: str
    """Its number in annex 1, two digits: ``01``."""
    name: str
    """Short name as in annex 1."""
    full_name: str
    """Full name, as it signs (落款)."""
    group: str
    """乡镇 or 县直."""
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


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter wanted, not yet numbered."""

    unit: Unit
    """Whose letter."""
    applicant: Applicant | None = None
    """Whom it is for; None for a blank letter."""
    day: date | None = None
    """Date printed on it; None leaves month and day open."""
    replaces: "Serial | None" = None
    """The letter in whose place it is wanted."""


@dataclass(frozen=True, slots=True, order=True)
class Serial:
    """The number of a letter: per unit and year from 1 without gaps."""

    year: int
    """Plan year."""
    unit: str
    """Two-digit unit code."""
    number: int
    """Running number, from 1."""

    @property
    def key(self) -> str:
        """``2022-01-0001``: what machines call the letter."""
        return f"{self.year}-{self.unit}-{self.number:04d}"


DEAD = ("void", "lost")
"""States in which a letter no longer counts, nor serves."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A numbered letter as it is, or will be, printed."""

    serial: Serial
    """Its number."""
    printed: str
    """The serial as printed, without 「号」."""
    unit_name: str
    """The unit's short name when the letter was numbered."""
    signature: str
    """The unit's full name when the letter was numbered (落款)."""
    applicant: Applicant | None
    """Whom it is for; None for a blank letter."""
    day: date | None
    """Date printed on it; None leaves month and day open."""
    state: str = "reserved"
    """One of :data:`~pipeline.domain.life.STATES`."""
    replaces: Serial | None = None
    """The letter in whose place it was numbered."""
    reprint: int = 0
    """Which time it is being printed again (补打); 0 for the first print."""
    is_forgotten: bool = False
    """Whether it was for somebody whose data has been erased."""

    @property
    def kind(self) -> str:
        """``filled`` or ``blank``."""
        return "filled" if self.applicant or self.is_forgotten else "blank"


@dataclass(frozen=True, slots=True, order=True)
class BatchId:
    """A batch (批次): the letters numbered by one run."""

    year: int
    """Plan year."""
    number: int
    """From 1 within the year."""

    def __str__(self) -> str:
        return f"{self.year}-{self.number:03d}"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on a batch's papers besides the letters; kept with it so that they can be made again."""

    county: str
    """County, as titles name it."""
    office: str
    """The office that hands the letters out."""
    book_size: int
    """Letters bound into one book (本)."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch with its letters, in unit order and then by number."""

    id: BatchId
    """Year and number."""
    imprint: Imprint
    """What stands on its papers besides."""
    request: str
    """What was asked for; the same words again after a crash mean the same letters."""
    reserved_at: datetime
    """When it was numbered; every file of the batch carries this time."""
    letters: tuple[Letter, ...]
    """Its letters."""
    chain_head: str
    """Hash of the register's event chain when the batch was numbered."""


@dataclass(frozen=True, slots=True)
class Range:
    """Consecutive letters of one unit."""

    unit_code: str
    """Two-digit code."""
    unit_name: str
    """Short name."""
    first: Letter
    """The first letter."""
    last: Letter
    """The last letter."""
    count: int
    """How many, both ends included."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a job made, left out and found."""

    exit_code: int
    """One of :class:`~pipeline.errors.ExitCode`."""
    closing: str
    """One sentence for the clerk."""
    problems: tuple[Problem, ...] = ()
    """What stopped the job, or was skipped."""
    notices: tuple[str, ...] = ()
    """What the clerk should know."""
    ranges: tuple[Range, ...] = ()
    """The letters numbered (or, in a dry run, to be numbered), unit by unit."""
    batches: tuple[str, ...] = ()
    """The batches that are published now."""
    folders: tuple[str, ...] = ()
    """Where their files are."""
