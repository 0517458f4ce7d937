"""A folder with the exporters' packages in it, and what each of them writes there."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.exporters.pins import NPM, PYPI, ZONE
from tests.support.inputs import truth

SCRIPTS = Path(__file__).with_name("scripts")
NODE_SCRIPTS = ("workbooks", "texts", "downloads", "pages")


@dataclass(frozen=True)
class Made:
    """What an exporter wrote."""

    by: str
    """Its package."""
    suffix: str
    """Kind of file, as its name ends."""
    how: str
    """How it was used, where it can be used in several ways."""
    files: Mapping[str, Path]
    """``registrations`` and ``applicants`` → the file."""
    error: str
    """Why it wrote nothing; empty where it did."""

    @property
    def version(self) -> str:
        """The package's; empty for what is no package."""
        return NPM.get(self.by) or PYPI.get(self.by, "")


def install(folder: Path) -> None:
    """Put all packages into a folder that is there."""
    (folder / "package.json").write_text('{"private": true}', "utf-8")
    wanted = [f"{name}@{version}" for name, version in NPM.items()]
    quiet = (
        "--no-audit",
        "--no-fund",
        "--no-package-lock",
        "--ignore-scripts",
        "--legacy-peer-deps",
        "--loglevel=error",
    )
    _run(["npm", "install", *quiet, *wanted], folder)
    _run([sys.executable, "-m", "venv", "python"], folder)
    wanted = [f"{name}=={version}" for name, version in PYPI.items()]
    _run(
        ["python/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted],
        folder,
    )


def write_all(folder: Path) -> Iterator[Made]:
    """Both tables by every exporter, in ``folder/out``."""
    shutil.copytree(SCRIPTS, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    (folder / "tables.json").write_text(json.dumps(_tables(), ensure_ascii=False), "utf-8")
    for script in NODE_SCRIPTS:
        _run(["node", "run.js", script, "tables.json", "out"], folder)
        yield from _made(out / f"{script}.json", folder)
    _run(["python/bin/python", "run.py", "tables.json", "out"], folder)
    yield from _made(out / "python.json", folder)


def _tables() -> dict[str, object]:
    told = {}
    for kind, head, lines in (
        ("registrations", truth.REGISTRATIONS, truth.registrations()),
        ("applicants", truth.APPLICANTS, truth.applicants()),
    ):
        rows = [
            [value if isinstance(value, int | None) else str(value) for value in map(line.get, head)]
            for line in lines
        ]
        told[kind] = {"head": head, "days": [name for name in head if name in truth.DAYS], "rows": rows}
    return told


def _made(report: Path, folder: Path) -> Iterator[Made]:
    for one in json.loads(report.read_text("utf-8")):
        files = {kind: folder / file for kind, file in one["files"].items()}
        yield Made(one["by"], one["as"], one["how"], files, one.get("error", ""))


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, env={**os.environ, "TZ": ZONE}, check=True)
