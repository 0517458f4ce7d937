"""Files that arrive through the browser → files below ``inputs/``: whole or not at all, and nothing is overwritten.

A file is first complete on the disk in ``page/incoming``, then gets its name below ``inputs/``. What had that name goes
to ``inputs/历史`` first, under the day and time of the replacement, so that no moment is left in which a name stands
for half a file or for none.
"""

import os
import re
import shutil
import threading
import time
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from errno import EEXIST
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.adapters.inputs import (
    HISTORY,
    LONGEST_NAME,
    SETTLED_S,
    input_files,
    passed_over,
    readable,
    sha256_of,
    shortened,
)
from pipeline.disk import sync
from pipeline.domain.model import UNITS
from pipeline.errors import FileFault, writing
from pipeline.page.serving.site import Folders
from pipeline.workspace import Workspace


class Verdict(Enum):
    """What became of a file that arrived."""

    KEPT = "收下了"
    """It is below ``inputs/``; there was none of that name."""
    REPLACED = "替换了原来的"
    """It is below ``inputs/``; the one of that name is in the history."""
    SAME = "和已有的一模一样"
    """It is what lies there already; nothing was done."""
    ASKS = "已有同名文件"
    """It waits in ``page/incoming`` until somebody says whether it replaces the other."""


class Unwanted(Exception):
    """A name that no file below ``inputs/`` may have; the message is for the clerk."""


_ONE_AT_A_TIME = threading.Lock()
"""Two files of one name that arrive together: the second finds the first."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Takes files into one workspace; the only process that does."""

    workspace: Workspace

    @property
    def incoming(self) -> Path:
        """Where files grow while they arrive; on the file system of ``inputs/``, so that a rename moves them."""
        return Folders(self.workspace).incoming

    def target(self, name: str, unit_code: str = "") -> PurePosixPath:
        """Path below ``inputs/`` for a file that the browser calls so.

        :param name: as the browser sends it; of a dropped folder with the path in it.
        :param unit_code: whose own the file is; empty for the office's.
        :raises Unwanted: nobody's table can have that name.
        """
        path = cleaned(name)
        if len(path.parts) == 1:
            path = self._corrected(path.name, unit_code) or path
        if unit_code:
            return PurePosixPath(UNITS, unit_code, *path.parts)
        if path.parts[0] in {HISTORY, UNITS}:
            raise Unwanted(f"“{path.parts[0]}”文件夹由程序自己用，不能往里放。请换个文件夹名再拖。")
        return path

    def _corrected(self, name: str, unit_code: str) -> PurePosixPath | None:
        """The one table of a bare name that lies in some folder: dropped alone, it is that one, corrected."""
        own = PurePosixPath(UNITS, unit_code) if unit_code else PurePosixPath()
        there = [
            PurePosixPath(path).relative_to(own)
            for path in input_files(self.workspace.inputs)
            if PurePosixPath(path).is_relative_to(own)
            and (unit_code or PurePosixPath(path).parts[0] != UNITS)
        ]
        found = [path for path in there if path.name == name]
        return found[0] if len(found) == 1 else None

    def whole(self, sent: Any) -> Path:
        """A file that Django has received, under a name of its own: Django removes what has the name that it gave."""
        arrived = Path(sent.temporary_file_path())
        return arrived.rename(arrived.with_name(f"{arrived.name}.whole"))

    def take(
        self, arrived: Path, target: PurePosixPath, at: datetime, *, replace: bool = False, over: str = ""
    ) -> Verdict:
        """Put a complete file in its place below ``inputs/``.

        :param arrived: in :attr:`incoming`; gone afterwards, unless the answer is :attr:`Verdict.ASKS`.
        :param replace: whether it takes the place of another of that name.
        :param over: digest of the only one whose place it takes unasked.
        :raises FileFault: the disk refuses, or there is a folder of that name.
        """
        place = self.workspace.inputs / target
        with writing():
            above = next((each for each in target.parents if (self.workspace.inputs / each).is_file()), None)
            if above:
                raise FileFault(f"inputs 里“{above}”是一个文件，不能再当文件夹用。请改名后再拖。")
            sync(arrived)  # the long part, which many can do at once
            with _ONE_AT_A_TIME:
                place.parent.mkdir(parents=True, exist_ok=True)
                verdict = self._put(arrived, place, target, at, replace=replace, over=over)
            if verdict is not Verdict.ASKS:
                arrived.unlink(missing_ok=True)
            self._settle(place)
        return verdict

    def _put(
        self, arrived: Path, place: Path, target: PurePosixPath, at: datetime, *, replace: bool, over: str
    ) -> Verdict:
        if not place.exists():
            _date(arrived)
            arrived.rename(place)
            return Verdict.KEPT
        if not place.is_file():
            raise FileFault(f"inputs 里“{target}”是一个文件夹，文件不能叫这个名字。请改名后再拖。")
        there = sha256_of(place)
        if sha256_of(arrived) == there:
            return Verdict.SAME
        if not replace and there != over:
            return Verdict.ASKS
        self._remember(place, target, at)
        _date(arrived)
        arrived.replace(place)
        return Verdict.REPLACED

    def keep_beside(self, sent: Any, folder: PurePosixPath, at: datetime, name: str = "") -> str:
        """Keep a file below ``inputs/`` under its own name or, where another has it, under a new one; its name there.

        :param folder: where, below ``inputs/``.
        :param name: what it is to be called, if not as the browser calls it.
        :raises Unwanted: nobody's file can have that name.
        :raises FileFault: the disk refuses.
        """
        wanted = cleaned(name or sent.name or "").name
        own = self.whole(sent)  # swept when the server starts again, should it not be kept
        names = (shortened(wanted if place == 1 else f"{place} {wanted}") for place in count(1))
        return next(each for each in names if self.take(own, folder / each, at) is not Verdict.ASKS)

    def remove(self, target: PurePosixPath, at: datetime) -> None:
        """Take a file out of ``inputs/`` into the history.

        :raises FileFault: it is not there, or the disk refuses.
        """
        with writing(), _ONE_AT_A_TIME:
            place = self.workspace.inputs / target
            if not place.is_file():
                raise FileFault(f"inputs 里已经没有“{target}”了。")
            self._remember(place, target, at)
            place.unlink()
            self._settle(place)

    def _remember(self, place: Path, target: PurePosixPath, at: datetime) -> None:
        """A copy of a file in the history, there only once it is whole; nothing there is ever written over."""
        kept = self.workspace.inputs / HISTORY / f"{at:%Y-%m-%d %H%M%S.%f}" / target
        copy = self.incoming / f"{at:%Y-%m-%d %H%M%S.%f}.history"
        shutil.copy2(place, copy)
        sync(copy)
        kept.parent.mkdir(parents=True, exist_ok=True)
        if kept.exists():
            raise FileExistsError(EEXIST, os.strerror(EEXIST), str(kept))
        copy.rename(kept)
        self._settle(kept)

    def _settle(self, path: Path) -> None:
        """See that a name below ``inputs/`` is on the disk, with the folders that were made for it."""
        for folder in path.relative_to(self.workspace.inputs).parents:
            sync(self.workspace.inputs / folder)

    def sweep(self, waiting: Collection[str] = ()) -> set[str]:
        """Remove what a killed server left half arrived; not while one is serving.

        :param waiting: names in :attr:`incoming` of files that are whole and wait for an answer.
        :returns: those of them that are there.
        """
        with writing():
            self.incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
            left = set()
            for path in self.incoming.iterdir():
                if path.name in waiting:
                    left.add(path.name)
                else:
                    path.unlink()
        return left


def _date(arrived: Path) -> None:
    """Say that a whole file came now, as a county's figures are dated; old enough that nobody waits for it to settle."""
    now = time.time() - SETTLED_S
    os.utime(arrived, (now, now))


def came(about: os.stat_result) -> datetime:
    """When a file got its place, for the eye, from what the disk knows of it: :func:`_date` dated it back."""
    return datetime.fromtimestamp(min(about.st_mtime + SETTLED_S, about.st_ctime))  # noqa: DTZ006 - the machine's own time


def cleaned(name: str) -> PurePosixPath:
    """A relative path from what a browser calls a file: its parts as typed, without what no file system should be given.

    :raises Unwanted: nothing is left of it, or it is a temporary file or what a system leaves behind.
    """
    parts = [part for each in re.split(r"[/\\]", readable(name)) if (part := _part(each))]
    if not parts:
        raise Unwanted("这个文件没有名字，没有收。请先起个名字再拖。")
    path = PurePosixPath(*parts)
    if passed_over(Path(path)):
        raise Unwanted(f"“{path.name}”是临时文件、说明文件或系统文件，不是表格，没有收。")
    if len(str(path).encode()) > _LONGEST_PATH:
        raise Unwanted(f"“{path.name}”所在的文件夹层数太多，没有收。请只拖表格所在的那个文件夹。")
    return path


_LONGEST_PATH = 1000
"""Bytes of a relative path that leave room for the workspace's own."""


def _part(text: str) -> str:
    """A folder's or file's name; macOS sends it decomposed."""
    plain = unicodedata.normalize("NFC", text)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in {"Cc", "Cs"}).strip()
    if plain in {".", ".."} or (len(plain) == 2 and plain[1] == ":"):
        return ""
    stem, dot, suffix = plain.rpartition(".")
    if not stem or len(suffix) > 10:
        return shortened(plain, LONGEST_NAME)
    return shortened(stem, LONGEST_NAME - len((dot + suffix).encode())) + dot + suffix
