"""``pipeline.toml`` → :class:`Settings`, and the folders of a workspace.

Frozen and checked on reading; a key that is not known is refused, so that a slip of the pen in the plan
cannot be passed over in silence.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.domain.items.number import ItemNumbers
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.period import Calendar
from pipeline.errors import FileFault, Remedy, UsageFault
from pipeline.settings import SCHEMES, Letters, Plan, Server, Settings, named
from pipeline.settings.bounds import BOUNDS
from pipeline.settings.checks import FILE_NAME, check, check_cluster, refuse_outside
from pipeline.settings.cluster import TLS, Cluster

__all__ = ["WAITING", "WAIT_S", "Letters", "Settings", "Workspace", "open_workspace"]

WAIT_S = 1800
"""How long a run waits for another one that is numbering."""
WAITING = "另一次编号正在进行，等它结束……"
"""What is said meanwhile."""
_NO_COUNTY = f'{FILE_NAME} 的 [plan] 里没有写地名。请加一行 county = "本县（市、区）的名称"，它印在表格和简报的标题上。'


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
    def reprints(self) -> Path:
        """Letters printed again (补打), a folder for each time."""
        return self.outputs / "letters" / "补打"

    @property
    def register(self) -> Path | Server:
        """The numbered letters: a file of this workspace, or a server that several offices share; must never be lost."""
        folder = self.root / "register"
        url = self.settings.register
        return Server(url, folder) if url else folder / "register.db"

    @property
    def serials(self) -> SerialFormat:
        """How the plan year's letters are numbered."""
        return SerialFormat(self.settings.plan.year, self.settings.letters.serial)

    @property
    def item_numbers(self) -> ItemNumbers:
        """How the plan year's open items are numbered."""
        return ItemNumbers(self.settings.plan.year, self.settings.items.serial)

    @property
    def calendar(self) -> Calendar:
        """Which days the plan year's months have."""
        return Calendar(self.settings.plan.month_end)

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
    def publications(self) -> Path:
        """What was published, frozen, bulletins and all later kinds; must never be lost."""
        return self.root / "register" / "bulletins"

    @property
    def forms(self) -> Path:
        """Forms of letters as measured, for later runs; may be deleted at any time."""
        return self.root / "register" / "forms"

    @property
    def cluster(self) -> Cluster:
        """Other machines that share the work, the paths of its files below this folder where they are not absolute."""
        told = self.settings.cluster
        below = {name: str(self.root / path) for name in TLS if (path := getattr(told, name))}
        return replace(told, **below)

    @property
    def fonts(self) -> Path:
        """The county's own licensed fonts, preferred to the free substitutes."""
        return self.root / "fonts"

    def rules(self, name: str) -> dict[str, Any]:
        """What a file of rules beside ``pipeline.toml`` says, decimals exact; nothing where there is none.

        :raises UsageFault: it is not TOML.
        :raises FileFault: it cannot be read.
        """
        path = self.root / name
        return _toml(path, parse_float=Decimal) if name and path.exists() else {}

    def template(self, name: str) -> Path:
        """Path of a Word template, e.g. ``letter.docx``."""
        return self.root / "templates" / name


def open_workspace(root: Path) -> Workspace:
    """Read ``root/pipeline.toml``.

    :raises UsageFault: no such file, not TOML, an unknown key, a value of the wrong type or out of range.
    :raises FileFault: the file cannot be read.
    """
    path = root.resolve() / FILE_NAME
    if not path.exists():
        raise UsageFault(f"{path.parent} 不是工作目录：里面没有 {FILE_NAME}。", Remedy.NAME_WORKSPACE)
    return Workspace(path.parent, _settings(_toml(path)))


def on_cluster(workspace: Workspace, address: str) -> Workspace:
    """The same with other machines to share the work than its ``pipeline.toml`` names.

    :raises UsageFault: not an address.
    """
    settings = workspace.settings
    cluster = replace(settings.cluster, scheduler=address)
    check_cluster(cluster)
    return replace(workspace, settings=replace(settings, cluster=cluster))


_TWICE = re.compile(r"(Cannot declare .* twice|Cannot overwrite a value) \(at line (\d+), column \d+\)")
"""What tomllib says of a section or a setting that is pasted below one of that name."""


def _toml(path: Path, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """What a file of settings says.

    :raises UsageFault: it is not TOML.
    :raises FileFault: it cannot be read.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=parse_float)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        why = _TWICE.sub(r"第\2行写的，前面已经写过一次，两处只留一处", str(fault))
        raise UsageFault(f"{path.name} 写法有误：{why}。请按操作手册“设置”一节改正。") from fault
    except OSError as fault:
        raise FileFault(f"读不了 {path}：{fault.strerror}。") from fault


def _settings(data: dict[str, Any]) -> Settings:
    sections = {section.name: section.type for section in fields(Settings)}
    _refuse_unknown(data, sections, "")
    register = data.pop("register", "")
    if not isinstance(register, str) or (register and not register.startswith(SCHEMES)):
        raise UsageFault(  # without the value, which can hold a password
            f'{FILE_NAME} 的 register 应是数据库的地址，像 postgresql://用户名@服务器/数据库名；台账放在本机的，写成空的 ""。'
        )
    told = {name: _section(sections[name], name, table) for name, table in data.items()}
    if "plan" not in told:
        raise UsageFault(_NO_COUNTY)
    settings = named(Settings(register=register, **told))
    check(settings)
    return settings


def _section(kind: Any, name: str, table: Any) -> Any:
    if not isinstance(table, dict):
        raise UsageFault(f"{FILE_NAME} 的 {name} 应写成一节 [{name}]。")
    known = {key.name: key for key in fields(kind)}
    _refuse_unknown(table, known, f"[{name}] ")
    for key, value in table.items():
        wanted, is_right = _TYPES[known[key].type]
        if not is_right(value):
            raise UsageFault(f"{FILE_NAME} 的 [{name}] {key} 写成了 {value!r}，应为{wanted}。")
        if bounds := known[key].metadata.get(BOUNDS):
            refuse_outside(f"[{name}] {key}", value, bounds)
    if kind is Plan and not table.get("county", "").strip():
        raise UsageFault(_NO_COUNTY)
    return kind(**table)


def _are_numbers(value: Any) -> bool:
    return isinstance(value, list) and all(type(item) is int for item in value)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


_TYPES: dict[Any, tuple[str, Callable[[Any], bool]]] = {
    str: ("文字（加引号）", lambda value: isinstance(value, str)),
    int: ("整数", lambda value: type(value) is int),
    float: ("数，如 0.95", lambda value: type(value) in {int, float}),
    bool: ("true 或 false", lambda value: isinstance(value, bool)),
    list[int]: ("几个整数，如 [1, 2, 3]", _are_numbers),
    list[str]: ('几个加引号的文字，如 ["甲", "乙"]', _are_texts),
    dict[str, str]: (
        '代码和名称，如 { "01" = "东阳县" }',
        lambda value: isinstance(value, dict) and all(isinstance(item, str) for item in value.values()),
    ),
    dict[str, list[str]]: (
        '名称和它的其他写法，如 { "联系方式" = ["电话机"] }',
        lambda value: isinstance(value, dict) and all(map(_are_texts, value.values())),
    ),
}
"""Type of a setting → what to call it, and whether a value is one."""


def _refuse_unknown(table: dict[str, Any], known: dict[str, Any], where: str) -> None:
    for key in table:
        if key not in known:
            raise UsageFault(f"{FILE_NAME} 的 {where}{key} 不认识。可用的有：{'、'.join(known)}。")
