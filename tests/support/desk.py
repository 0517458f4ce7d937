"""A clerk's desk for tests: a workspace of its own, its tables, and the command run as a process of its own."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from support.programs import ready
from support.programs.ready import heed_interrupts

ROOT = Path(__file__).resolve().parents[2]
ROSTER = (
    ("01", "东村镇", "岚县东村镇人民政府", "乡镇", "东村、东村乡"),
    ("02", "普明镇", "岚县普明镇人民政府", "乡镇", "普明"),
    ("03", "县民政局", "岚县民政局", "县直", "民政局"),
)
TARGETS = (("东村镇", 2), ("普明镇", 3), ("县民政局", 4))
KEYS = [
    f"2022-{unit}-{number:04d}"
    for unit, count in (("01", 2), ("02", 3), ("03", 4))
    for number in range(1, count + 1)
]
"""What a run on the small desk numbers."""


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def said(self) -> str:
        """Everything it told, white space left out, so that line breaks of a table do not matter."""
        return "".join((self.out + self.err).split())


class Desk:
    """A workspace."""

    def __init__(self, root: Path, office: Path | None = None) -> None:
        """Use ``root``.

        :param office: folder whose ``soffice`` comes before the real one.
        """
        self.root = root
        self.office = office

    @classmethod
    def laid(cls, root: Path, office: Path | None = None) -> "Desk":
        """A small workspace with the project's own templates: three units, nine letters."""
        desk = cls(root, office)
        root.mkdir(parents=True, exist_ok=True)
        shutil.copytree(ROOT / "templates", root / "templates", ignore=shutil.ignore_patterns("build"))
        shutil.copy(ROOT / "pipeline.toml", root)
        desk.write_roster()
        desk.write_targets()
        return desk

    def copy(self, root: Path) -> "Desk":
        """The same desk again, with its register and outputs."""
        shutil.copytree(self.root, root, symlinks=True)
        return Desk(root, self.office)

    @property
    def outputs(self) -> Path:
        return self.root / "outputs"

    @property
    def register(self) -> Path:
        return self.root / "register" / "register.db"

    def batch(self, name: str = "2022-001") -> Path:
        return self.outputs / "letters" / name

    def write_roster(self, units: Sequence[Sequence[object]] = ROSTER) -> None:
        header = ("编号", "单位名称", "全称", "类别", "别名")
        write_sheet(self.root / "inputs" / "单位名录.xlsx", [("单位名录",), header, *units])

    def write_targets(
        self,
        targets: Sequence[Sequence[object]] = TARGETS,
        total: object = None,
        name: str = "任务分解表.xlsx",
    ) -> None:
        """The target table in the shape of annex 1: titles in rows 1–2, header in 3, units from row 4."""
        if total is None:
            total = sum(row[1] for row in targets if isinstance(row[1], int))
        rows = [(number, *row) for number, row in enumerate(targets, 1)]
        head = [("附件1：",), ("任务分解表",), ("序号", "单位名称", "任务数/户", "备注")]
        write_sheet(self.root / "inputs" / name, [*head, *rows, ("合计", None, total)])

    def settings(self, old: str, new: str) -> None:
        """Change ``pipeline.toml``."""
        path = self.root / "pipeline.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def environment(self, **more: str) -> dict[str, str]:
        path = f"{self.office}{os.pathsep}" if self.office else ""
        return (
            os.environ
            | {
                "PATH": path + os.environ["PATH"],
                "COLUMNS": "200",
                "PYTHONFAULTHANDLER": "1",
                "PYTHONDONTWRITEBYTECODE": "",
                "PYTHONPATH": str(ROOT / "tests"),
            }
            | more
        )

    def start(
        self, *arguments: str, program: Sequence[str] = ("-m", "pipeline"), **environment: str
    ) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, *program, "--root", str(self.root), *arguments],
            env=self.environment(**environment), cwd=self.root.parent, text=True, encoding="utf-8",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed_interrupts,  # noqa: PLW1509 - it only sets a signal
        )  # fmt: skip

    def run(
        self, *arguments: str, program: Sequence[str] = ("-m", "pipeline"), timeout_s: float = 280,
        **environment: str,
    ) -> Outcome:  # fmt: skip
        command = [*program, "--root", str(self.root), *arguments]
        return Outcome(*ready.run(command, self.environment(**environment), self.root.parent, timeout_s))

    def numbered(self) -> list[tuple[str, str, str]]:
        """Key, state and batch of each letter, read past the product."""
        rows = self.ask("SELECT year, unit, number, state, batch FROM letters ORDER BY year, unit, number")
        return [
            (f"{year}-{unit}-{number:04d}", state, f"{year}-{batch:03d}")
            for year, unit, number, state, batch in rows
        ]

    def events(self) -> list[str]:
        """What has happened, once for each step."""
        names = [row[0] for row in self.ask("SELECT what FROM events ORDER BY id")]
        return [name for name, before in zip(names, [None, *names], strict=False) if name != before]

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        if not self.register.exists():
            return []
        with closing(
            sqlite3.connect(self.register.as_uri() + "?mode=ro", uri=True, timeout=10)
        ) as connection:
            try:
                return connection.execute(question).fetchall()
            except sqlite3.OperationalError as fault:
                if "no such table" in str(fault):
                    return []
                raise

    def manifest(self, name: str = "2022-001") -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.batch(name) / "manifest.json").read_text(encoding="utf-8"))
        return found


def ended(process: "subprocess.Popen[str]", timeout_s: float = 280) -> Outcome:
    """Wait for a command."""
    try:
        out, err = process.communicate(timeout=timeout_s)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)  # PYTHONFAULTHANDLER tells where it hangs
        out, err = process.communicate()
        raise AssertionError(f"still running after {timeout_s} s\n{out}\n{err}") from None
    return Outcome(process.returncode, out, err)


def write_sheet(path: Path, rows: Sequence[Sequence[object]], title: str = "Sheet1") -> Path:
    """A workbook of one sheet that nobody is writing any more."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    settle(path)
    return path


def settle(path: Path) -> None:
    """As if it had been copied a minute ago."""
    then = time.time() - 60
    os.utime(path, (then, then))


def until(true: Any, timeout_s: float = 30, what: str = "") -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < deadline, f"not so after {timeout_s} s: {what}"
        time.sleep(0.02)


def processes_of(folder: Path) -> list[str]:
    """Command lines of the living processes that name a folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            try:
                line = (entry / "cmdline").read_bytes()
                if (
                    os.fsencode(folder) in line
                    and (entry / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
                ):
                    found.append(line.replace(b"\0", b" ").decode(errors="replace"))
            except OSError:
                continue
    return found


def processes_at(folder: Path) -> list[int]:
    """Living processes whose current folder is this one."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                if (entry / "cwd").readlink() == folder:
                    found.append(int(entry.name))
            except OSError:
                continue
    return found
