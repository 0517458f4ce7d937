"""Work folders, and finished ones put in their place: all or nothing, whoever is killed or waits."""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.disk import locked, sync
from pipeline.errors import FileFault, writing

PERSISTENCE = 20
"""How often, a tenth of a second apart, a folder is tried to be removed."""


@contextmanager
def work_folder(outputs: Path) -> Iterator[Path]:
    """A private folder (mode 0700) below ``outputs/``, gone when the block ends.

    What a killed run left behind is removed, before and again after: its LibreOffice may outlive it a moment and write
    once more. The folder itself is locked, not a file in it: so no moment is
    left, neither while it is made nor while it is removed, in which a killed run's folder looks like a living one's.

    :raises FileFault: the disk refuses, be it in the block.
    """
    with writing():
        base = outputs / ".work"
        was_there = outputs.exists()
        folder, lock = _claim(base)
        try:
            yield folder
        finally:
            for _ in range(PERSISTENCE):  # a LibreOffice just killed may still be writing into it
                shutil.rmtree(folder, ignore_errors=True)
                if not folder.exists():
                    break
                time.sleep(0.1)
            os.close(lock)
            with contextlib.suppress(OSError):
                _clear(base)
                if not was_there:
                    outputs.rmdir()  # refused where something is in it


def sweep(outputs: Path) -> None:
    """Remove what killed runs left below ``outputs/``, drafts of letters among it."""
    with writing(), contextlib.suppress(FileNotFoundError):
        _clear(outputs / ".work")


def _clear(base: Path) -> None:
    """Remove what nobody uses in ``base``, and ``base`` when nothing is left."""
    guard = _guard(base)  # or another run could be making its own folder in it
    try:
        _sweep(base)
        with contextlib.suppress(OSError):
            base.rmdir()
    finally:
        os.close(guard)


def _claim(base: Path) -> tuple[Path, int]:
    """A new locked folder in ``base``, the abandoned ones swept."""
    for _ in range(100):
        with contextlib.suppress(FileNotFoundError):  # another run has just removed the empty base
            with contextlib.suppress(FileExistsError):
                base.mkdir(mode=0o700, parents=True)
            guard = _guard(base)
            try:
                _sweep(base)
                folder = Path(tempfile.mkdtemp(dir=base))
                return folder, locked(folder, fcntl.LOCK_EX)
            finally:
                os.close(guard)
    raise FileFault(f"{base} 建不了工作文件夹。请把它移走后再试。")


def _guard(base: Path) -> int:
    """A descriptor that holds the folder which has that name now: one may be removed and made anew while it is waited for.

    :raises FileNotFoundError: there is none any more.
    """
    while True:
        guard = locked(base, fcntl.LOCK_EX)
        try:
            if os.path.samestat(os.fstat(guard), base.stat()):
                return guard
        except BaseException:
            os.close(guard)
            raise
        os.close(guard)


def _sweep(base: Path) -> None:
    for folder in base.iterdir():
        with contextlib.suppress(OSError):
            lock = locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder, made if need be, against other runs; waits for them.

    :raises FileFault: the disk refuses.
    """
    with writing():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = locked(folder, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(lock)


def publish(folder: Path, target: Path) -> None:
    """Make a finished folder appear under its name, whole or not at all, safe against power loss.

    :raises FileFault: something of that name is there already, or the disk refuses.
    """
    with writing():
        for path in [*folder.rglob("*"), folder]:
            sync(path)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.exists():
            raise FileFault(f"{target} 已经有了，没有覆盖。请把它移到别处再试。")
        folder.rename(target)
        sync(target.parent)


def replace_folder(folder: Path | None, target: Path) -> None:
    """Put a finished folder in the place of the one of that name, or of none; half a folder is never seen.

    :param folder: in a work folder, which takes the old one too.
    :raises FileFault: the disk refuses.
    """
    with writing():
        if folder is None:
            shutil.rmtree(target, ignore_errors=not target.exists())
            return
        for path in [*folder.rglob("*"), folder]:
            sync(path)
        if target.exists():
            target.rename(folder.with_name(f"{folder.name}.old"))
        folder.rename(target)
        sync(target.parent)


def replace_file(file: Path, target: Path) -> None:
    """Put a finished file in the place of the one of that name, or of none.

    :raises FileFault: the disk refuses.
    """
    with writing():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.replace(target)
