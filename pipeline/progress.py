"""How a job tells how far it is."""

import json
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

PROGRESS = "PIPELINE_PROGRESS"
"""The environment variable in which whoever starts a command names the file where it wants to read how far it is."""
_EVERY_S = 0.2


class ProgressBar(Protocol):
    """Who tells the clerk how far the work is."""

    def say(self, text: str) -> None:
        """Show one line."""

    def expect(self, text: str, pages: int) -> None:
        """Announce what is going to be done now, to so many pages."""

    def advance(self, pages: int) -> None:
        """Tell that so many more are done."""


class ProgressFile:
    """How far the work is, as one JSON object in a file: ``{"text", "done", "total"}``, ``total`` null until it is known.

    The file is replaced whole, for counts alone five times a second at most. A file that cannot be written stops
    nothing. Any thread may tell.
    """

    def __init__(self, path: Path | None) -> None:
        """Write to ``path``; nowhere where it is None."""
        self._path = path
        self._text, self._done = "", 0
        self._total: int | None = None
        self._at = 0.0
        self._lock = threading.Lock()

    def say(self, text: str) -> None:
        """What is being done now."""
        with self._lock:
            self._text = text
            self._write()

    def expect(self, text: str, pages: int) -> None:
        """What is being done now, and of how many pages."""
        with self._lock:
            self._text, self._done, self._total = text, 0, pages
            self._write()

    def advance(self, pages: int) -> None:
        """So many more are done."""
        with self._lock:
            self._done += pages
            if self._done == self._total or time.monotonic() - self._at >= _EVERY_S:
                self._write()

    def _write(self) -> None:
        if self._path is None:
            return
        told = {"text": self._text, "done": self._done, "total": self._total}
        new = self._path.with_name(f"{self._path.name}.new")
        with suppress(OSError):
            new.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8", errors="backslashreplace")
            new.replace(self._path)
        self._at = time.monotonic()
