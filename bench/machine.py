"""What the measurements were made on."""

import hashlib
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from bench.docx_file import ROOT

PACKAGES = (
    "docxtpl", "python-docx", "lxml", "pypdf", "pypdfium2", "XlsxWriter", "zxing-cpp", "docx-mailmerge2", "typst",
)  # fmt: skip
MEASURED = ("pipeline", "templates", "bench")
FONTS = ("仿宋_GB2312", "方正小标宋简体", "Times New Roman")


def description(font_map: Path) -> Iterator[tuple[str, str]]:
    """What → which, row by row."""
    yield "processor", f"{_first('/proc/cpuinfo', 'model name')}, {os.cpu_count()} cores"
    yield "memory", f"{int(_first('/proc/meminfo', 'MemTotal').split()[0]) / 2**20:.1f} GB"
    yield "system", f"{_first('/etc/os-release', 'PRETTY_NAME').strip(chr(34))}, Linux {platform.release()}"
    yield "LibreOffice", _output("soffice", "--version").removeprefix("LibreOffice ")
    yield "Python", platform.python_version()
    yield "packages", ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    yield "fonts", "; ".join(_font(name, font_map) for name in FONTS)
    yield "product", _commit()


def load() -> float:
    """Processes that wanted to run in the last minute."""
    return os.getloadavg()[0]


def product() -> str:
    """What is measured, and with what, to the letter: other commits leave it as it is."""
    committed = [f"HEAD:{folder}" for folder in MEASURED]
    told = _output("git", "rev-parse", *committed) + _output("git", "diff", "HEAD", "--", *MEASURED)
    return hashlib.sha256(told.encode()).hexdigest()


def _first(path: str, key: str) -> str:
    found = re.search(rf"^{key}\s*[:=]\s*(.*)$", Path(path).read_text("utf-8"), re.MULTILINE)
    return found[1].strip() if found else "unknown"


def _commit() -> str:
    changed = _output("git", "status", "--porcelain", "--", *MEASURED)
    return f"commit {_output('git', 'rev-parse', '--short', 'HEAD')}{' with uncommitted changes' if changed else ''}"


def _output(*command: str, **environment: str) -> str:
    if shutil.which(command[0]) is None:
        return "unknown"
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | environment, cwd=ROOT
    )
    return done.stdout.strip()


def _font(name: str, font_map: Path) -> str:
    found: Sequence[str] = _output(
        "fc-match", "-f", "%{family[0]}|%{fontversion}", name, FONTCONFIG_FILE=str(font_map)
    ).split("|")
    return f"{name} → {found[0]} {int(found[1] or 0) / 65536:.3f}" if len(found) == 2 else name
