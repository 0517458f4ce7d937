"""Disks that are small, full or read-only."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READ_ONLY, REMOUNT = 1, 32


def mount_small(folder: Path, size: str) -> bool:
    """Put a disk of so many bytes (``400k``) where a folder is; False without the right to."""
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.mount(b"none", os.fsencode(folder), b"tmpfs", 0, f"size={size}".encode()) == 0)


def unmount(folder: Path) -> None:
    assert ctypes.CDLL(None).umount2(os.fsencode(folder), 2) == 0


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Not a byte is left on the disk that the folder is on."""
    filler = folder / "填满"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1024))
        except OSError:
            pass
    yield
    filler.unlink()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The disk has been made read-only, as a system does with one that fails."""
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.mount(None, os.fsencode(folder), None, REMOUNT | READ_ONLY, None) == 0
    yield
    assert libc.mount(None, os.fsencode(folder), None, REMOUNT, None) == 0
