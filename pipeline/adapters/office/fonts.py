"""Which fonts there are, asked of fontconfig as LibreOffice asks it."""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterable, Mapping

from pipeline.errors import Remedy, ToolFault

_STAND_INS = {
    "仿宋_GB2312": ("FandolFang", "texlive-lang-chinese"),
    "方正小标宋简体": ("Noto Serif CJK", "fonts-noto-cjk"),
}
"""An official font → the free one that stands in for it, and its package."""
_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Mn", "Me")
"""Categories of Unicode: controls, formats, private use, halves of pairs, marks that stand on other characters."""


def demand_fonts(environment: Mapping[str, str]) -> None:
    """Refuse to go on where a page would silently be set in another font.

    :raises ToolFault: one of the official fonts is missing, and so is what stands in for it.
    """
    for official, (stand_in, package) in _STAND_INS.items():
        found = _asked("fc-match", environment, "-f", "%{family}", official)
        if stand_in not in found and official not in found:
            raise ToolFault(f"没有“{official}”，也没有代替它的 {stand_in}。请安装 {package}。", Remedy.SET_UP)


def listed(environment: Mapping[str, str], *asked: str) -> str:
    """What ``fc-list`` says."""
    return _asked("fc-list", environment, *asked)


def without_glyph(characters: Iterable[str], environment: Mapping[str, str]) -> set[str]:
    """Those of some characters that no font shows, and those that show nothing by their nature.

    Fonts are asked only for what a font of official documents need not have.
    """
    unusual = {char for char in characters if not char.isascii() and not _is_in_gb2312(char)}
    invisible = {char for char in unusual if unicodedata.category(char) in _INVISIBLE}
    return invisible | {
        char for char in unusual - invisible if not listed(environment, f":charset={ord(char):x}", "family")
    }


def _asked(program: str, environment: Mapping[str, str], *arguments: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise ToolFault(f"没有 fontconfig（{program}）。请安装 fontconfig。", Remedy.SET_UP)
    return subprocess.run(
        [found, *arguments], env=dict(environment), capture_output=True, text=True, check=False
    ).stdout


def _is_in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
