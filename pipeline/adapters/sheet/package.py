"""Zip packages, of which nobody knows who made them."""

import io
import zipfile
import zlib
from typing import IO

from pipeline.adapters.sheet.refusal import MAX_PARTS, MAX_RATIO, MAX_UNPACKED, broken, encrypted, too_big

UNPACKING = (zipfile.BadZipFile, zlib.error, EOFError, OSError)
"""What may be raised while a part is read."""
_LARGE = 20_000_000
_LOCAL_HEADER = 30
_IS_ENCRYPTED = 0x1


class Package:
    """A zip file's parts, under names with ``/`` and in lower case."""

    def __init__(self, data: bytes) -> None:
        """List what is in a zip file.

        :raises SheetProblem: ``broken-file`` for an incomplete or contradictory one, ``too-big``.
        """
        if data.count(b"PK\1\2") > MAX_PARTS:
            raise too_big(f"压缩包里的文件超过{MAX_PARTS}个")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise broken("开头是 .xlsx 或压缩包的样子，后面缺了或坏了") from None
        self._entries = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}
        entries.sort(key=lambda entry: entry.header_offset)
        ends = [entry.header_offset + _LOCAL_HEADER + entry.compress_size for entry in entries]
        overlap = any(end > after.header_offset for end, after in zip(ends, entries[1:], strict=False))
        if overlap or len(self._entries) < len(entries):
            raise broken("压缩包里的文件互相重叠")
        self._left = MAX_UNPACKED

    @property
    def names(self) -> frozenset[str]:
        """Names of the parts."""
        return frozenset(self._entries)

    @property
    def mime_type(self) -> bytes:
        """What an OpenDocument package says that it is; empty where there is none."""
        if "mimetype" not in self._entries:
            return b""
        try:
            with self.open("mimetype") as part:
                return part.read(200).strip()
        except UNPACKING:
            raise broken("mimetype 打不开") from None

    def open(self, name: str) -> IO[bytes]:
        """A part, to be unpacked while it is read.

        Never more comes out than the directory says, so what it says is enough to be judged by.

        :raises SheetProblem: ``broken-file``: there is no such part, or it cannot be unpacked; ``too-big``;
            ``encrypted-file``.
        """
        entry = self._entries.get(name.lower())
        if entry is None:
            raise broken(f"缺少 {name}")
        if entry.flag_bits & _IS_ENCRYPTED:
            raise encrypted()
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise broken("压缩方法不认得")
        self._left -= entry.file_size
        if self._left < 0 or entry.file_size > max(_LARGE, MAX_RATIO * entry.compress_size):
            raise too_big(f"解压后超过{MAX_UNPACKED // 1_000_000}MB，或压缩得不正常")
        try:
            return self._zip.open(entry)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise broken(f"{name} 打不开") from None
