"""What ``pipeline.toml`` can say, with what holds where it says nothing; read and checked in :mod:`pipeline.workspace`."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.settings.analysis import Analysis
from pipeline.settings.bounds import within
from pipeline.settings.cluster import Cluster
from pipeline.settings.doubts import Doubts
from pipeline.settings.page import Page
from pipeline.settings.report import QuarterlyReport
from pipeline.settings.supervise import Supervise


@dataclass(frozen=True, slots=True)
class Plan:
    """``[plan]``: who does what, in which year."""

    county: str
    """The place, as titles name it: 岚县, a city, a district; the one thing that must be written."""
    code: str = ""
    """Its code, by which a city's roll-up knows it."""
    year: int = within(2000, 2999, default=2022)
    """Plan year, four digits; letters are numbered per unit and year."""
    office: str = ""
    """The office that prints, numbers and hands out the letters; empty for the usual name after the county's."""
    month_end: int = within(0, 28, default=0)
    """Last day of every month as the registry counts, 20 to 28; 0 for the calendar's months."""


@dataclass(frozen=True, slots=True)
class Letters:
    """``[letters]``: how a letter is numbered and how many a unit gets."""

    serial: str = ""
    """Printed serial; the template adds 「号」. Must hold {year}, {unit} and {number}; empty for the usual after the county's."""
    spare_percent: int = within(0, 100, default=0)
    """Letters beyond the target, in percent of it, rounded up."""
    book_size: int = within(1, 1000, default=50)
    """Letters bound into one book (本)."""
    date_on_blank: bool = False
    """Whether a blank letter carries the day it was made; otherwise month and day stay open for the pen."""
    answer_days: int = within(1, 90, default=10)
    """Days within which a unit answers a letter of inquiry (函询)."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """``[bulletin]``: the month's work bulletin."""

    name: str = ""
    """Its name, in the masthead; empty for the usual after the county's."""
    basis: str = ""
    """The document that it goes by, with its number; empty: none is named."""
    requirement: str = ""
    """What that asks for in its own words: 一月一通报; empty: it is not quoted."""
    system: str = ""
    """The routine that units are reminded of: 一月一通报、一月一调度、一季一汇报; empty: they are not."""
    campaigns: dict[str, list[str]] = field(default_factory=dict)
    """Campaigns (专项行动) with a part of their own, in their order → what clerks call each besides."""
    report_office: str = ""
    """Where units report to; empty: to the office itself."""
    report_to: str = ""
    """报: superior offices; empty: the line is left out."""
    send_to: str = ""
    """送: offices of the same level; empty: the line is left out."""
    issue_to: str = ""
    """发: subordinate offices; empty: the line is left out."""
    copies: int = within(1, 10_000, default=60)
    """Copies printed (共印份数)."""
    threshold_points: int = within(0, 100, default=10)
    """Percentage points below pace within which a unit is still 基本达标."""
    first_month: int = within(1, 12, default=1)
    """First month of the period in which the targets are to be met, for pace."""
    last_month: int = within(1, 12, default=12)
    """Its last month."""
    base_count: int = within(0, 10_000_000, default=0)
    """Businesses on the register at the end of last year; 0 where it is not known, and then it is not spoken of."""
    deadline_day: int = within(1, 28, default=10)
    """Day of the following month by which units that lag report what they will do."""
    letter_days: int = within(0, 3650, default=0)
    """Days for which a letter is valid; 0 for no end. A business registered later counts, and is a doubt."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """``[dispatch]``: the monthly dispatch sheet (调度表)."""

    obstacles: list[str] = field(
        default_factory=lambda: [
            "场地", "许可证照", "资金", "政策未兑现", "人员力量", "数据归属", "季节行业", "其他",
        ]
    )  # fmt: skip
    """堵点类别 that a unit can choose from."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """``[inputs]``: words of the county's own."""

    other_units: list[str] = field(default_factory=list)
    """Offices that may be named in a table although they have no share of the target."""
    headers: dict[str, list[str]] = field(default_factory=dict)
    """A column's recommended header text → other texts for it."""


@dataclass(frozen=True, slots=True)
class Items:
    """``[items]``: open items (挂账销号)."""

    serial: str = ""
    """Printed number; 「号」 follows. Must hold {year} and {number}; empty for the usual after the county's."""
    kinds: list[str] = field(
        default_factory=lambda: ["进度滞后", "政策未兑现", "数据问题", "议定事项", "诉求", "专项行动"]
    )
    """Kinds of items; a unit has one open item of a kind at a time, but of what a meeting agreed on."""
    extensions: int = within(0, 10, default=1)
    """How often an item's deadline may be extended."""
    due_soon: int = within(0, 60, default=3)
    """Days before its deadline from which an item is due soon (临期)."""
    objection_days: int = within(0, 30, default=3)
    """Working days within which a unit may object to an assignment."""
    sign_days: int = within(0, 30, default=2)
    """Working days after which a unit that is silent is taken to have signed."""


@dataclass(frozen=True, slots=True)
class Office:
    """``[office]``: how LibreOffice is run."""

    workers: int = within(1, 8, default=2)
    """LibreOffice processes at the same time."""
    timeout_s: int = within(1, 3600, default=90)
    """Seconds that one call may take before it is killed; each letter in it adds half a second."""


@dataclass(frozen=True, slots=True)
class Rollup:
    """``[rollup]``: how a city puts its counties' figures together."""

    counties: dict[str, str] = field(default_factory=dict)
    """Code of each county → its name; empty where this is no city."""
    name: str = ""
    """Name of the paper, in the masthead; empty for the usual after the city's."""
    inside: dict[str, str] = field(default_factory=dict)
    """Code of a development zone → code of the county whose figures already hold its own."""
    county_due: int = within(1, 28, default=5)
    """Day of the following month by which a county's figures are to be there."""
    keys: dict[str, str] = field(default_factory=dict)
    """Code of a county → the only key with which its figures may be sealed; who is not in it may use any."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of ``pipeline.toml``."""

    plan: Plan
    """Who does what, in which year."""
    register: str = field(default="", repr=False)
    """Connection URL of the PostgreSQL database that keeps the register; empty for a file. It can hold a password."""
    letters: Letters = field(default_factory=Letters)
    """How letters are numbered."""
    bulletin: Bulletin = field(default_factory=Bulletin)
    """What the month's bulletin says besides its figures."""
    dispatch: Dispatch = field(default_factory=Dispatch)
    """What units can say on the dispatch sheet."""
    items: Items = field(default_factory=Items)
    """How open items are numbered, and which time they are given."""
    doubts: Doubts = field(default_factory=Doubts)
    """From where on registrations are doubtful."""
    supervise: Supervise = field(default_factory=Supervise)
    """When a unit that lags is written to."""
    analysis: Analysis = field(default_factory=Analysis)
    """What the analysis of all individual businesses tells."""
    report: QuarterlyReport = field(default_factory=QuarterlyReport)
    """Who signs the quarterly report, and to whom it goes."""
    inputs: Inputs = field(default_factory=Inputs)
    """Words of the county's own."""
    rollup: Rollup = field(default_factory=Rollup)
    """How a city puts its counties' figures together."""
    page: Page = field(default_factory=Page)
    """How the page is served in the browser."""
    office: Office = field(default_factory=Office)
    """How LibreOffice is run."""
    cluster: Cluster = field(default_factory=Cluster)
    """Other machines that share the work."""


def named(settings: Settings) -> Settings:
    """The settings with every name that was left empty made from the county's: 岚县个体工商户培育工作简报, 岚个培〔2022〕…."""
    letters, bulletin, supervise = settings.letters, settings.bulletin, settings.supervise
    plan = replace(settings.plan, county="".join(settings.plan.county.split()))
    office = plan.office or f"{plan.county}个体工商户培育工作专班办公室"
    lead = f"{plan.county[:1]}个培"
    serial = letters.serial or f"{lead}〔{{year}}〕{{unit}}-{{number:04d}}"
    return replace(
        settings,
        plan=replace(plan, office=office),
        letters=replace(letters, serial=serial),
        items=replace(settings.items, serial=settings.items.serial or f"{lead}账〔{{year}}〕{{number:04d}}"),
        bulletin=replace(
            bulletin,
            name=bulletin.name or f"{plan.county}个体工商户培育工作简报",
            report_office=bulletin.report_office or office,
        ),
        supervise=replace(
            supervise,
            notice_from=supervise.notice_from or f"{plan.year}-{min(bulletin.first_month + 2, 12):02d}",
            reminder_serial=supervise.reminder_serial or f"{lead}提函〔{{year}}〕{{number}}",
            supervision_serial=supervise.supervision_serial or f"{lead}督函〔{{year}}〕{{number}}",
            interview_serial=supervise.interview_serial or f"{lead}约函〔{{year}}〕{{number}}",
        ),
        report=replace(
            settings.report,
            issuer=settings.report.issuer or office,
            printed_by=settings.report.printed_by or office,
            report_to=settings.report.report_to or f"{plan.county}人民政府",
        ),
        rollup=replace(
            settings.rollup, name=settings.rollup.name or f"{plan.county}个体工商户培育工作汇总简报"
        ),
    )


SCHEMES = ("postgresql://", "postgres://")
"""How the address of such a server begins."""


@dataclass(frozen=True, slots=True)
class Server:
    """A register that several offices share."""

    url: str = field(repr=False)
    """libpq's connection URL; it can hold a password, so it is never shown."""
    folder: Path
    """This office's own folder: the secret of the marks, copies of the register, published bulletins."""
