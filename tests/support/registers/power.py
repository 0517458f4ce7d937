"""The power fails while SQLite writes: what could then be on the disk, made up from what it asked the system to do.

Every write, truncation and sync of the register's files is noted, at the layer at which SQLite hands them to the
operating system, and done. A failure after any of them leaves behind: of each file, all that was written before its last
sync; of what came after that, any part: each write done, not done, or done in some of its sectors of 512 bytes and not in
others, each truncation done or not. That is what a disk promises that keeps fsync's word. Not made up: a disk that lies
about fsync; a file system that loses the name of a file which has been there since before; bits that rot.
"""

import ctypes
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECTOR = 512
_VOID, _INT, _WIDE = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
_OPEN = ctypes.CFUNCTYPE(_INT, _VOID, _VOID, _VOID, _INT, ctypes.POINTER(_INT))
_WRITE = ctypes.CFUNCTYPE(_INT, _VOID, _VOID, _INT, _WIDE)
_TRUNCATE = ctypes.CFUNCTYPE(_INT, _VOID, _WIDE)
_SYNC = ctypes.CFUNCTYPE(_INT, _VOID, _INT)


class _Vfs(ctypes.Structure):
    """The beginning of ``sqlite3_vfs``."""

    _fields_ = (
        ("iVersion", _INT), ("szOsFile", _INT), ("mxPathname", _INT), ("pNext", _VOID), ("zName", _VOID), ("pAppData", _VOID),
        ("xOpen", _VOID),
    )  # fmt: skip


class _Methods(ctypes.Structure):
    """``sqlite3_io_methods``, version 3."""

    _fields_ = (
        ("iVersion", _INT), ("xClose", _VOID), ("xRead", _VOID), ("xWrite", _VOID), ("xTruncate", _VOID), ("xSync", _VOID),
        ("others", _VOID * 13),
    )  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """One thing that SQLite asked for."""

    file: str
    kind: str
    """``write``, ``truncate`` or ``sync``."""
    offset: int = 0
    """Where; of a truncation the new length."""
    data: bytes = b""


@dataclass
class Diary:
    """What was done to the files of a folder, in order."""

    before: dict[str, bytes]
    """The files as they were."""
    deeds: list[Deed] = field(default_factory=list)

    def after_failure(self, count: int, chance: random.Random) -> dict[str, bytes]:
        """What could be in the files when the power fails after so many deeds."""
        files = {name: bytearray(data) for name, data in self.before.items()}
        done = self.deeds[:count]
        last = {deed.file: place for place, deed in enumerate(done) if deed.kind == "sync"}
        for place, deed in enumerate(done):
            content = files.setdefault(deed.file, bytearray())
            is_safe = place < last.get(deed.file, -1)
            fate = "done" if is_safe else chance.choice(("done", "lost", "torn"))
            if deed.kind == "truncate" and fate != "lost":
                del content[deed.offset :]
            elif deed.kind == "write":
                _write(content, deed, fate, chance)
        return {name: bytes(data) for name, data in files.items()}


def _write(content: bytearray, deed: Deed, fate: str, chance: random.Random) -> None:
    for start in range(0, len(deed.data), SECTOR):
        if fate == "done" or (fate == "torn" and chance.random() < 0.5):
            piece = deed.data[start : start + SECTOR]
            place = deed.offset + start
            content.extend(bytes(max(0, place - len(content))))
            content[place : place + len(piece)] = piece


def _library() -> Any:
    import _sqlite3

    library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    return library


@contextmanager
def noted(folder: Path) -> Iterator[Diary]:
    """Note what SQLite does to the files of a folder in this process; connections must be opened and closed inside."""
    diary = Diary({path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()})
    vfs = _library().sqlite3_vfs_find(None).contents
    real = vfs.xOpen
    open_file = _OPEN(real)
    kept: list[Any] = []

    def opened(own: int, name: int, file: int, flags: int, out: Any) -> int:
        code = open_file(own, name, file, flags, out)
        methods = ctypes.cast(file, ctypes.POINTER(_VOID))
        path = Path((ctypes.string_at(name) if name else b"").decode())
        if code == 0 and methods[0] and path.parent == folder:
            ours = _noting(_Methods.from_address(methods[0]), path.name, diary, kept)
            methods[0] = ctypes.addressof(ours)
        return int(code)

    hook = _OPEN(opened)
    vfs.xOpen = ctypes.cast(hook, _VOID).value
    try:
        yield diary
    finally:
        vfs.xOpen = real


def _noting(real: _Methods, name: str, diary: Diary, kept: list[Any]) -> _Methods:
    """The methods of an open file, which note what they do."""
    write, truncate, sync = _WRITE(real.xWrite), _TRUNCATE(real.xTruncate), _SYNC(real.xSync)

    def noted_write(file: int, data: int, count: int, offset: int) -> int:
        diary.deeds.append(Deed(name, "write", offset, ctypes.string_at(data, count)))
        return int(write(file, data, count, offset))

    def noted_truncate(file: int, length: int) -> int:
        diary.deeds.append(Deed(name, "truncate", length))
        return int(truncate(file, length))

    def noted_sync(file: int, flags: int) -> int:
        code = int(sync(file, flags))
        diary.deeds.append(Deed(name, "sync"))
        return code

    ours = _Methods.from_buffer_copy(real)
    hooks = (_WRITE(noted_write), _TRUNCATE(noted_truncate), _SYNC(noted_sync))
    ours.xWrite, ours.xTruncate, ours.xSync = (ctypes.cast(hook, _VOID).value for hook in hooks)
    kept.append((ours, hooks, write, truncate, sync))
    return ours
