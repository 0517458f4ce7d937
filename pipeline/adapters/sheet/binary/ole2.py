"""OLE2 files: the container of .xls, .et, .doc, .wps and of files with a password."""

import struct

from pipeline.adapters.sheet.refusal import broken

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How such a file begins."""
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_MAX_ENTRIES = 100_000
_SHIFTS = (9, 12)


class Container:
    """The streams of an OLE2 file that do not lie in folders, by name in lower case.

    xlrd has a reader of its own for these, but it follows a chain that bites its tail forever.
    """

    def __init__(self, data: bytes) -> None:
        """Read the directory.

        :raises SheetProblem: ``broken-file``.
        """
        self._data = data
        try:
            shift, small_shift = struct.unpack_from("<HH", data, 30)
            if shift not in _SHIFTS or small_shift != 6:
                raise broken("旧版文件的结构不对")
            self._size = 1 << shift
            directory, self._smallest, small_table = struct.unpack_from("<I4xII", data, 48)
            self._table = self._allocation()
            self._streams, root = self._directory(directory)
            self._small_table = _numbers(self._chain(small_table))
            self._small = self._chain(root[0])[: root[1]] if root[1] else b""
        except struct.error:
            raise broken("旧版文件不完整") from None

    @property
    def names(self) -> frozenset[str]:
        """Names of the streams."""
        return frozenset(self._streams)

    def stream(self, name: str) -> bytes:
        """A stream's content.

        :raises SheetProblem: ``broken-file``.
        """
        start, length = self._streams[name]
        if length < self._smallest:
            content = _joined(self._small, 0, 64, self._small_table, start)
        else:
            content = self._chain(start)
        if len(content) < length:
            raise broken("旧版文件不完整")
        return content[:length]

    def _allocation(self) -> tuple[int, ...]:
        """For each sector the one that follows it."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        sector, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, len(self._data) // self._size)):
            numbers = _numbers(self._sector(sector))
            listed += numbers[:-1]
            sector = numbers[-1]
        count = struct.unpack_from("<I", self._data, 44)[0]
        return _numbers(b"".join(self._sector(sector) for sector in listed[:count]))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._data[start : start + self._size]
        if not sector:
            raise broken("旧版文件不完整")
        return sector

    def _chain(self, first: int) -> bytes:
        return _joined(self._data, self._size, self._size, self._table, first)

    def _directory(self, first: int) -> tuple[dict[str, tuple[int, int]], tuple[int, int]]:
        """Start and length of the streams beside the root's first child, and of the root itself."""
        content = self._chain(first)
        count = min(len(content) // _ENTRY, _MAX_ENTRIES)
        entries = [content[at * _ENTRY : (at + 1) * _ENTRY] for at in range(count)]
        if not entries or entries[0][66] != _ROOT:
            raise broken("旧版文件的目录不对")
        streams: dict[str, tuple[int, int]] = {}
        waiting = [struct.unpack_from("<I", entries[0], 76)[0]]
        seen: set[int] = set()
        while waiting:
            number = waiting.pop()
            if number >= len(entries) or number in seen:
                continue
            seen.add(number)
            entry = entries[number]
            length, kind = struct.unpack_from("<HB", entry, 64)
            if kind == _STREAM:
                name = entry[: max(0, length - 2)].decode("utf-16-le", "replace").lower()
                streams[name] = struct.unpack_from("<II", entry, 116)
            waiting += struct.unpack_from("<II", entry, 68)
        return streams, struct.unpack_from("<II", entries[0], 116)


def _numbers(content: bytes) -> tuple[int, ...]:
    count = len(content) // 4
    return struct.unpack_from(f"<{count}I", content)


def _joined(data: bytes, base: int, size: int, table: tuple[int, ...], first: int) -> bytes:
    """The sectors of a chain, one after the other.

    :raises SheetProblem: ``broken-file`` for a chain longer than the table, which goes in a circle.
    """
    pieces = []
    sector = first
    while sector < len(table):
        pieces.append(data[base + sector * size : base + (sector + 1) * size])
        sector = table[sector]
        if len(pieces) > len(table):
            raise broken("旧版文件的结构绕成了圈")
    return b"".join(pieces)
