"""A workspace in the making: its files, and what the program has to say of them."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from examples.build.county import ROOT, units
from examples.build.files import Fault, Sheet

_README = """# 示例的表格

里面的人、店铺、号码全部是编造的，见 [示例说明](../../README.md)。
"""


@dataclass
class Workspace:
    """A folder below ``examples/``."""

    folder: Path
    planted: list[dict[str, Any]] = field(default_factory=list)
    """Faults, as the program has to report them."""
    files: list[dict[str, Any]] = field(default_factory=list)
    """For each file and kind of table in it how many lines it has, and how many of them are people or businesses that can be used."""

    def begin(self, plan: str = "") -> None:
        """Put in what every workspace has, in the place of what was made before; not touched is what commands made.

        :param plan: its ``pipeline.toml``; empty for the repository's own.
        """
        for name in ("inputs", "templates"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        (self.folder / "templates").mkdir(parents=True)
        for template in sorted((ROOT / "templates").glob("[!~.]*.docx")):
            shutil.copy(template, self.folder / "templates")
        plan = plan or (ROOT / "pipeline.toml").read_text(encoding="utf-8")
        (self.folder / "pipeline.toml").write_text(plan, encoding="utf-8")
        self._write("README.md", _README.encode())

    def take(self, name: str, kind: str) -> None:
        """One of the repository's own tables."""
        path = ROOT / "inputs" / name
        self._write(name, path.read_bytes())
        rows = sum(any(line) for line in load_workbook(path).worksheets[0].iter_rows(values_only=True))
        self.files.append({"file": name, "kind": kind, "rows": rows, "good": len(units())})

    def put(self, file: str, data: bytes, *sheets: Sheet, kind: str | None = None) -> None:
        """A file with these sheets, or one that cannot be read.

        :param kind: of its tables; None where they are of none.
        """
        self._write(file, data)
        alone = len(sheets) == 1 and not data.startswith((b"PK", b"\xd0\xcf"))
        for sheet in sheets:
            for fault in sheet.faults:
                self._plant(file, None if alone or not sheet.name else sheet.name, fault)
        lost = [sheet for sheet in sheets if sheet.is_lost]
        self._account(file, kind, [sheet for sheet in sheets if not sheet.is_lost])
        if lost:
            self._account(file, None, lost)

    def leave(self, file: str, data: bytes) -> None:
        """A file that is nobody's table, and of which nothing is to be said."""
        self._write(file, data)

    def plant(self, file: str, code: str, severity: str = "problem") -> None:
        """Something is wrong with a whole file."""
        self._plant(file, None, Fault(None, None, code, severity))

    def finish(self, **more: Any) -> None:
        """Write down what the program has to say and to make of it.

        :param more: besides each file's lines.
        """
        self._note("planted.json", self.planted)
        self._note("expected.json", {"files": self.files, **more})

    def _account(self, file: str, kind: str | None, sheets: Sequence[Sheet]) -> None:
        rows, good = sum(sheet.filled for sheet in sheets), sum(sheet.good for sheet in sheets)
        self.files.append({"file": file, "kind": kind, "rows": rows, "good": good})

    def _note(self, name: str, content: Any) -> None:
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (self.folder / name).write_text(text + "\n", encoding="utf-8")

    def _plant(self, file: str, sheet: str | None, fault: Fault) -> None:
        self.planted.append({"file": file, "sheet": sheet, **asdict(fault)})

    def _write(self, file: str, data: bytes) -> None:
        path = self.folder / "inputs" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
