"""``pipeline.toml`` → :class:`Settings`, and the folders of a workspace.

Frozen and checked on reading; a key that is not known is refused, so that a slip of the pen in the plan
cannot be passed over in silence.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from string import Formatter
from typing import Any

from pipeline.errors import FileFault, UsageFault
from pipeline.server import SCHEMES, Server

FILE_NAME = "pipeline.toml"
WAIT_S = 1800
"""How long a run waits for another one that is numbering."""
WAITING = "另一次编号正在进行，等它结束……"
"""What is said meanwhile."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``[plan]``: who does what, in which year."""

    county: str = "岚县"
    """County, as titles name it."""
    year: int = 2022
    """Plan year, four digits; letters are numbered per unit and year."""
    office: str = "岚县个体工商户培育工作专班办公室"
    """The office that prints, numbers and hands out the letters."""


@dataclass(frozen=True, slots=True)
class Letters:
    """``[letters]``: how a letter is numbered and how many a unit gets."""

    serial: str = "岚个培〔{year}〕{unit}-{number:04d}"
    """Printed serial; the template adds 「号」. Must hold {year}, {unit} and {number}."""
    spare_percent: int = 0
    """Letters beyond the target, in percent of it, rounded up; 0 to 100."""
    book_size: int = 50
    """Letters bound into one book (本)."""
    date_on_blank: bool = False
    """Whether a blank letter carries the day it was made; otherwise month and day stay open for the pen."""
    answer_days: int = 10
    """Days within which a unit answers a letter of inquiry (函询); 1 to 90."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """``[bulletin]``: the month's work bulletin."""

    name: str = "岚县个体工商户培育工作简报"
    """Its name, in the masthead."""
    basis: str = (
        "《岚县优化营商环境实施个体工商户培育及完善信用监管机制工作实施方案》（岚政办发〔2022〕20号）"
    )
    """The document that it goes by, with its number."""
    report_office: str = "专班办公室（设在县市场监管局）"
    """Where units report to."""
    report_to: str = "县委、县政府，市市场主体倍增工作专班"
    """报: superior offices."""
    send_to: str = "县人大、县政协"
    """送: offices of the same level."""
    issue_to: str = "各乡镇人民政府，县直各有关单位"
    """发: subordinate offices."""
    copies: int = 60
    """Copies printed (共印份数)."""
    threshold_points: int = 10
    """Percentage points below pace within which a unit is still 基本达标."""
    first_month: int = 1
    """First month of the period in which the targets are to be met, for pace."""
    last_month: int = 12
    """Its last month."""
    base_count: int = 0
    """Businesses on the register at the end of last year; 0 where it is not known, and then it is not spoken of."""
    deadline_day: int = 10
    """Day of the following month by which units that lag report what they will do."""
    letter_days: int = 0
    """Days for which a letter is valid; 0 for no end. A business registered later counts, and is a doubt."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """``[inputs]``: words of the county's own."""

    other_units: list[str] = field(
        default_factory=lambda: [
            "县行政审批局", "县行政审批服务管理局", "县审批局", "县税务局", "县公安局", "交警队", "城建执法大队", "县司法局",
            "县水利局", "县能源局", "县乡村振兴局", "县自然资源局", "中小企业服务中心", "县人行", "银保监分局岚县监管组",
            "邮储银行", "宣传部", "社区办", "检验检测中心", "人民法院",
        ]
    )  # fmt: skip
    """Offices that may be named in a table although they have no share of the target."""
    headers: dict[str, list[str]] = field(default_factory=dict)
    """A column's recommended header text → other texts for it."""


@dataclass(frozen=True, slots=True)
class Office:
    """``[office]``: how LibreOffice is run."""

    workers: int = 2
    """LibreOffice processes at the same time; 1 to 8."""
    timeout_s: int = 90
    """Seconds that one call may take before it is killed; each letter in it adds half a second."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of ``pipeline.toml``."""

    register: str = field(default="", repr=False)
    """Connection URL of the PostgreSQL database that keeps the register; empty for a file. It can hold a password."""
    plan: Plan = field(default_factory=Plan)
    """Who does what, in which year."""
    letters: Letters = field(default_factory=Letters)
    """How letters are numbered."""
    bulletin: Bulletin = field(default_factory=Bulletin)
    """What the month's bulletin says besides its figures."""
    inputs: Inputs = field(default_factory=Inputs)
    """Words of the county's own."""
    office: Office = field(default_factory=Office)
    """How LibreOffice is run."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with ``pipeline.toml`` in which everything that a command reads or writes lies."""

    root: Path
    """The folder itself, absolute."""
    settings: Settings
    """What its ``pipeline.toml`` says."""

    @property
    def inputs(self) -> Path:
        """What clerks drag in."""
        return self.root / "inputs"

    @property
    def outputs(self) -> Path:
        """What the program makes; may be deleted at any time."""
        return self.root / "outputs"

    @property
    def register(self) -> Path | Server:
        """The numbered letters: a file of this workspace, or a server that several offices share; must never be lost."""
        folder = self.root / "register"
        url = self.settings.register
        return Server(url, folder) if url else folder / "register.db"

    @property
    def office(self) -> str | None:
        """Whose unfinished batches are this workspace's to finish; None for all, where the register is its own."""
        return self.settings.plan.office if self.settings.register else None

    @property
    def backups(self) -> Path:
        """Copies of the register, made before each batch."""
        return self.root / "register" / "backups"

    @property
    def secret(self) -> Path:
        """What verification marks are made with; must never be lost, nor given away."""
        return self.root / "register" / "verify.key"

    @property
    def bulletins(self) -> Path:
        """Published bulletins, frozen; must never be lost."""
        return self.root / "register" / "bulletins"

    @property
    def fonts(self) -> Path:
        """The county's own licensed fonts, preferred to the free substitutes."""
        return self.root / "fonts"

    def template(self, name: str) -> Path:
        """Path of a Word template, e.g. ``letter.docx``."""
        return self.root / "templates" / name


def open_workspace(root: Path) -> Workspace:
    """Read ``root/pipeline.toml``.

    :raises UsageFault: no such file, not TOML, an unknown key, a value of the wrong type or out of range.
    :raises FileFault: the file cannot be read.
    """
    path = root.resolve() / FILE_NAME
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UsageFault(
            f"{path.parent} 不是工作目录：里面没有 {FILE_NAME}。请用 --root 指明工作目录。"
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise UsageFault(f"{FILE_NAME} 写法有误：{fault}。请按操作手册“设置”一节改正。") from fault
    except OSError as fault:
        raise FileFault(f"读不了 {path}：{fault.strerror}。") from fault
    return Workspace(path.parent, _settings(data))


def _settings(data: dict[str, Any]) -> Settings:
    sections = {section.name: section.default_factory for section in fields(Settings)}
    _refuse_unknown(data, sections, "")
    register = data.pop("register", "")
    if not isinstance(register, str) or (register and not register.startswith(SCHEMES)):
        raise UsageFault(  # without the value, which can hold a password
            f'{FILE_NAME} 的 register 应是数据库的地址，像 postgresql://用户名@服务器/数据库名；台账放在本机的，写成空的 ""。'
        )
    settings = Settings(
        register, **{name: _section(sections[name], name, table) for name, table in data.items()}
    )
    _check(settings)
    return settings


def _section(kind: Any, name: str, table: Any) -> Any:
    if not isinstance(table, dict):
        raise UsageFault(f"{FILE_NAME} 的 {name} 应写成一节 [{name}]。")
    known = {key.name: key.type for key in fields(kind)}
    _refuse_unknown(table, known, f"[{name}] ")
    for key, value in table.items():
        wanted, is_right = _TYPES[known[key]]
        if not is_right(value):
            raise UsageFault(f"{FILE_NAME} 的 [{name}] {key} 写成了 {value!r}，应为{wanted}。")
    return kind(**table)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


_TYPES: dict[Any, tuple[str, Callable[[Any], bool]]] = {
    str: ("文字（加引号）", lambda value: isinstance(value, str)),
    int: ("整数", lambda value: type(value) is int),
    bool: ("true 或 false", lambda value: isinstance(value, bool)),
    list[str]: ('几个加引号的文字，如 ["甲", "乙"]', _are_texts),
    dict[str, list[str]]: (
        '表头和它的其他写法，如 { "联系方式" = ["电话机"] }',
        lambda value: isinstance(value, dict) and all(map(_are_texts, value.values())),
    ),
}
"""Type of a setting → what to call it, and whether a value is one."""


def _refuse_unknown(table: dict[str, Any], known: dict[str, Any], where: str) -> None:
    for key in table:
        if key not in known:
            raise UsageFault(f"{FILE_NAME} 的 {where}{key} 不认识。可用的有：{'、'.join(known)}。")


def _check(settings: Settings) -> None:
    plan, letters, bulletin, office = settings.plan, settings.letters, settings.bulletin, settings.office
    ranges = (
        ("[plan] year", plan.year, 2000, 2999),
        ("[letters] spare_percent", letters.spare_percent, 0, 100),
        ("[letters] book_size", letters.book_size, 1, 1000),
        ("[letters] answer_days", letters.answer_days, 1, 90),
        ("[bulletin] copies", bulletin.copies, 1, 10_000),
        ("[bulletin] threshold_points", bulletin.threshold_points, 0, 100),
        ("[bulletin] first_month", bulletin.first_month, 1, 12),
        ("[bulletin] last_month", bulletin.last_month, bulletin.first_month, 12),
        ("[bulletin] base_count", bulletin.base_count, 0, 10_000_000),
        ("[bulletin] deadline_day", bulletin.deadline_day, 1, 28),
        ("[bulletin] letter_days", bulletin.letter_days, 0, 3650),
        ("[office] workers", office.workers, 1, 8),
        ("[office] timeout_s", office.timeout_s, 1, 3600),
    )
    for key, value, least, most in ranges:
        if not least <= value <= most:
            raise UsageFault(f"{FILE_NAME} 的 {key} 写成了 {value}，应在 {least} 至 {most} 之间。")
    try:
        names = {name for _, name, _, _ in Formatter().parse(letters.serial) if name is not None}
        letters.serial.format(year=2022, unit="01", number=1)
    except (KeyError, IndexError, ValueError, AttributeError):
        names = set()
    if names != {"year", "unit", "number"}:
        raise UsageFault(
            f"{FILE_NAME} 的 [letters] serial 写成了 {letters.serial!r}：应含 {{year}}、{{unit}}、{{number}} 三项，"
            "不能有别的，例如 岚个培〔{year}〕{unit}-{number:04d}。"
        )
