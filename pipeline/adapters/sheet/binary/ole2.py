"""OLE2 files, by olefile: the container of .xls, .et, .doc, .wps and of files with a password."""

import io
from collections.abc import Sequence

from olefile import STGTY_STREAM, OleFileIO

from pipeline.adapters.sheet.refusal import broken

_DIRECTORY = 2**19
"""Bytes that the directory may take, about 4,000 streams; the sectors' table takes the 128th part of a file."""
_SEEN = "开头是 .xls 或有密码的文件的样子，后面缺了或坏了"
_LEAST = 512
"""What a reading counts for at least, so that sectors of no size do not last for ever."""


class Container:
    """The streams of an OLE2 file that do not lie in folders, by name in lower case."""

    def __init__(self, data: bytes) -> None:
        """Read the directory.

        :raises SheetProblem: ``broken-file``.
        """
        self._file = _Sparing(data)
        self._file.allow(_DIRECTORY + len(data) // 100)
        try:
            self._container = OleFileIO(self._file)
        except Exception:  # noqa: BLE001 - olefile raises whatever its unpacking meets in a damaged file
            raise broken(_SEEN) from None
        _refuse_circle(self._container.fat, self._container.first_dir_sector)
        entries = self._container.root.kids_dict.items()
        self._streams = {name: entry for name, entry in entries if entry.entry_type == STGTY_STREAM}

    @property
    def names(self) -> frozenset[str]:
        """Names of the streams."""
        return frozenset(self._streams)

    def stream(self, name: str) -> bytes:
        """A stream's content.

        :raises SheetProblem: ``broken-file``.
        """
        entry = self._streams[name]
        self._file.allow(2 * self._file.size + _LEAST)
        try:
            content: bytes = self._container.openstream([name]).getvalue()
        except Exception:  # noqa: BLE001 - as above
            raise broken(_SEEN) from None
        if len(content) < entry.size:
            raise broken(_SEEN)
        _refuse_circle(self._container.minifat if entry.is_minifat else self._container.fat, entry.isectStart)
        return content


def _refuse_circle(table: Sequence[int], sector: int) -> None:
    """Follow a chain of sectors, of which olefile reads as many as it expects, the same ones again if need be.

    :raises SheetProblem: ``broken-file`` for a chain without end.
    """
    for _ in table:
        if sector >= len(table):
            return
        sector = table[sector]
    if sector < len(table):
        raise broken("旧版文件的结构绕成了圈")


class _Sparing(io.BytesIO):
    """A file of which only so much is read: a chain of sectors that bites its tail, or is said to be endless, ends."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.size = len(data)
        self._left = 0

    def allow(self, count: int) -> None:
        """Let so many bytes be read from now on."""
        self._left = count

    def read(self, size: int | None = -1, /) -> bytes:
        """Read as a file does.

        :raises EOFError: more is read than is allowed.
        """
        content = super().read(size)
        self._left -= max(len(content), _LEAST)
        if self._left < 0:
            raise EOFError
        return content
