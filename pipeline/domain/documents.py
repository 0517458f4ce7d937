"""What a paper is made of besides its text: worksheets, formulas, charts. No file format."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a written table."""

    header: str
    """Its header text."""
    width: float
    """In characters of the default font."""
    is_open: bool = False
    """Whether its cells are for others to fill in. A sheet that has such a column is locked everywhere else."""
    is_long: bool = False
    """Whether its texts may take several lines; then rows are as high as they need."""
    places: int = 2
    """With how many decimals its decimals are shown, 1 or 2."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that the clerk's program calculates."""

    text: str
    """As in Excel, with ``{row}`` for the number of its own row: ``=C{row}-D{row}``."""
    value: float | None
    """What it comes to; None for an empty text."""
    is_percent: bool = False
    """Whether it is shown in percent, with one decimal."""


Cell = str | int | Decimal | Fraction | Formula
"""Text stays text, so that long numbers keep their digits; a decimal is shown with its column's places, a fraction with its own."""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A table on a sheet of its own."""

    name: str
    """On the sheet's tab, 31 characters at most."""
    title: str
    """Above the table."""
    columns: Sequence[Column]
    """Its columns."""
    rows: Iterable[Sequence[Cell]]
    """Its rows; the first stands in row 3."""
    faded: Collection[int] = ()
    """Places of rows, from 0, that are shown in grey: what they tell of is over."""
    pages_wide: int = 1
    """Pages that lie beside each other in print; with more than one, the fixed columns stand on each."""
    is_dense: bool = False
    """Whether it has so many columns that print needs narrow margins, and its rows some height."""
    fixed: int = 1
    """Columns, from the left, that stay on the screen whatever is looked at."""


@dataclass(frozen=True, slots=True)
class Series:
    """The values of a chart that have one look."""

    name: str
    """Of the template's series whose look they get. That may go on where the label does: 序时进度50.0%."""
    label: str
    """As the legend has it."""
    values: tuple[Decimal | None, ...]
    """One for each category; None where nothing is drawn."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What a template's chart shows, whatever its look: bars, columns, lines."""

    heading: str
    """What the categories are; in the table that opens when a clerk edits the data."""
    categories: tuple[str, ...]
    """In their order along the axis."""
    series: tuple[Series, ...]
    """At least one; by the first is the template's chart known. Their order in the drawing is the template's."""


@dataclass(frozen=True, slots=True)
class Template:
    """A Word template of the workspace, and what may be asked for in it."""

    name: str
    """Its file: ``bulletin.docx``."""
    fields: tuple[str, ...]
    """Names of its placeholders."""
    optional: tuple[str, ...] = ()
    """Those that a clerk may leave out."""
    is_page: bool = False
    """Whether it is one page, filled many times into one document."""
    version: str = ""
    """SHA-256 of the one that was kept of it, where several are in use at a time; empty where there is one."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A filled template, as a PDF."""

    name: str
    """Its file, without a suffix."""
    title: str
    """In the PDF's properties."""
    template: Template
    """What it is set in."""
    fields: Mapping[str, object]
    """By the template's names."""
    charts: Sequence[Chart] = ()
    """What is drawn into the template's charts, each known by its first series."""
    keeps_docx: bool = False
    """Whether the Word file goes out too."""
    folder: str = ""
    """Below the report's own; empty to lie beside the others."""
    pages: int | None = None
    """How many it must have; None for as many as it takes."""
    at: datetime | None = None
    """When it was issued, if not with the others."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Papers of the same report one after another in one PDF, to be printed at one go."""

    name: str
    """Its file, without a suffix."""
    title: str
    """In the PDF's properties."""
    papers: Sequence[Paper]
    """In order, made before; without any, there is no bundle."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a booklet; its heading begins a page."""

    mark: str
    """Its bookmark; empty for none."""
    rows: Sequence[Sequence[str]]
    """Its cells, read back row by row."""


@dataclass(frozen=True, slots=True)
class Booklet:
    """A long table on paper, cut into parts."""

    name: str
    """Its file, without a suffix."""
    title: str
    """In the PDF's properties."""
    parts: Sequence[Part]
    """At least one."""


@dataclass(frozen=True, slots=True)
class Booklets:
    """Several booklets set as one document, as a call of LibreOffice takes longer to start than most of them to print."""

    title: str
    """What all of them are called together: 台账."""
    template: Template
    """What they are set in."""
    fields: Mapping[str, object]
    """By the template's names."""
    booklets: Sequence[Booklet]
    """In the template's order."""
    headings: str
    """What the template must keep to, so that it can be seen where a part begins, in Chinese."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a unit's page says, and what it has no room for."""

    fields: Mapping[str, object]
    """By the template's names."""
    annex: tuple[Worksheet, ...] = ()
    """A workbook of the unit's own."""


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit's page; the first version that fits is printed."""

    code: str
    """The unit's code."""
    unit: str
    """Its short name."""
    versions: Sequence[Version]
    """The longest first."""


@dataclass(frozen=True, slots=True)
class PaperPerUnit:
    """One page for each unit: all in one file to print, and a file for each."""

    name: str
    """The file of all, without a suffix."""
    title: str
    """In the PDFs' properties."""
    noun: str
    """What one page is called: 函."""
    template: Template
    """What a page is set in."""
    pages: Sequence[UnitPage]
    """In order; without any, there is no paper."""
    headings: str
    """What the template must keep to, so that it can be seen where a page begins, in Chinese."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """Tables in one file."""

    name: str
    """Its file, without a suffix."""
    sheets: Sequence[Worksheet]
    """At least one."""
    folder: str = ""
    """Below the report's own: ``各单位``; empty to lie beside the others."""


@dataclass(frozen=True, slots=True)
class Data:
    """What other programs read, as JSON."""

    name: str
    """Its file, without a suffix."""
    content: Mapping[str, object]
    """JSON values."""
    is_sealed: bool = False
    """Whether it gets a seal, by which others see that it is what was published."""


Document = Paper | Bundle | Booklets | PaperPerUnit | Workbook | Data
"""What a report is made of."""
