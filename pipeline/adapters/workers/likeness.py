"""What two machines must have alike to make the same files: this program, Python, and the packages it works with."""

import sys
import zlib
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from pathlib import Path
from re import match

from pipeline.errors import ToolFault

DISTRIBUTION = "lanxian-pipeline"
SHOWN = 12
"""Digits of a digest that are shown."""


@cache
def own() -> Mapping[str, str]:
    """This machine's: what it is called → its version, or a digest."""
    return {
        "本程序": _program(),
        "Python": ".".join(map(str, sys.version_info[:2])),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **_packages(),
    }


def difference(theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """What differs, in Chinese; empty where nothing does."""
    names = [name for name in {**ours, **theirs} if theirs.get(name) != ours.get(name)]
    return "，".join(
        f"{name} 那里是 {theirs.get(name, '没有')}、本机是 {ours.get(name, '没有')}" for name in names
    )


def unlike(what: str) -> ToolFault:
    """That a worker is not as this machine is."""
    return ToolFault(
        f"有一台机器装的和本机不一样，印出来的会不同：{what}。没有用它。请在那台机器上装同一版本的本程序再试。"
    )


def _program() -> str:
    root = Path(str(files("pipeline")))
    digest = sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(f"{path.relative_to(root).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:SHOWN]


def _packages() -> dict[str, str]:
    """The packages that the program cannot do without; what comes with an extra makes no file."""
    try:
        wanted = [line for line in requires(DISTRIBUTION) or () if "extra ==" not in line]
        names = [found[0] for line in wanted if (found := match(r"[\w.-]+", line))]
        return {name: version(name) for name in sorted(names)}
    except PackageNotFoundError:
        return {}
