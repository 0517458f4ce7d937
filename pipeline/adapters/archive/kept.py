"""What a publication says, read from its file when somebody asks for it, and only as it was sealed."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors import RegisterFault

ISSUE = "issue.json"
"""The file, in the publication's folder."""
MANY = 5_000
"""Values of a list that are held at a time."""


class Kept(Mapping[str, Any]):
    """What a publication says, read from its file when somebody asks for it: most are of another year, or of another kind."""

    def __init__(self, path: Path, digest: str) -> None:
        """Read nothing yet.

        :param path: the publication's folder.
        :param digest: SHA-256 of the file, as it was when the seal was looked at.
        """
        self._path, self._digest = path, digest

    @cached_property
    def _says(self) -> dict[str, Any]:
        return {
            name: _LongList(self._path, name, len(value), self._digest)
            if isinstance(value, list) and len(value) > MANY
            else value
            for name, value in _read_sealed(self._path, self._digest).items()
        }

    def __len__(self) -> int:
        return len(self._says)

    def __iter__(self) -> Iterator[str]:
        return iter(self._says)

    def __getitem__(self, name: str) -> Any:
        return self._says[name]


@dataclass(frozen=True, slots=True)
class _LongList(Sequence[Any]):
    """A list of a publication that is read from its file when somebody asks for it: a city's businesses are 200 MB.

    Nearly always only the figures of earlier publications are asked for.
    """

    path: Path
    """The publication's folder."""
    name: str
    """What the list is called in it."""
    length: int
    """How long it is."""
    digest: str
    """SHA-256 of the file."""

    def _all(self) -> list[Any]:
        found: list[Any] = _read_sealed(self.path, self.digest)[self.name]
        return found

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())

    def __getitem__(self, place: Any) -> Any:
        return self._all()[place]


def _read_sealed(path: Path, digest: str) -> dict[str, Any]:
    """What a publication's file says.

    :raises RegisterFault: it is another one than when the seal was looked at.
    """
    try:
        content = (path / ISSUE).read_bytes()
    except OSError as fault:
        raise incomplete(path) from fault
    if hashlib.sha256(content).hexdigest() != digest:
        raise altered(path)
    found: dict[str, Any] = json.loads(content)
    return found


def altered(path: Path) -> RegisterFault:
    """A publication is not as it was sealed."""
    return RegisterFault(
        f"{path} 里的印发记录被改动过，与当初发布的不一样。请从备份恢复，不要自己改里面的文件。"
    )


def incomplete(path: Path) -> RegisterFault:
    """A file of a publication is missing."""
    return RegisterFault(f"{path} 里的印发记录不完整。请从备份恢复。")
