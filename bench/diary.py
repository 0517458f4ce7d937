"""What has been measured so far, on the disk: a run that is stopped loses nothing and is taken up by the next."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.meter import Reading


class Diary:
    """Readings in a file, one on each line."""

    def __init__(self, path: Path, product: str) -> None:
        """Open it; what was measured with another product is thrown away.

        :param product: what is measured, to the letter.
        """
        self._path = path
        self._product = product
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        entries = [entry for entry in map(json.loads, lines) if entry["product"] == product]
        self._entries = {(entry["task"], entry["round"]): entry for entry in entries}
        if not entries:
            path.unlink(missing_ok=True)
        self.taken_over = len(entries)
        """Readings of runs that were stopped."""

    def find(self, task: str, number: int) -> tuple[Reading, int, dict[str, Any]] | None:
        """Reading, size and report of a task's run in a round; None when it has still to be made."""
        entry = self._entries.get((task, number))
        return (Reading(**entry["reading"]), entry["size"], entry["report"]) if entry else None

    def add(self, task: str, number: int, reading: Reading, size: int, report: dict[str, Any]) -> None:
        """Write a run down."""
        entry = {
            "product": self._product, "task": task, "round": number, "reading": asdict(reading), "size": size,
            "report": report,
        }  # fmt: skip
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """All has been measured and is told elsewhere."""
        self._path.unlink(missing_ok=True)
