"""Files and folders: what lies in ``inputs/``, work folders, and publishing all or nothing."""

import contextlib
import fcntl
import hashlib
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.disk import sync
from pipeline.domain.model import Problem, Source
from pipeline.errors import FileFault, writing

SETTLED_S = 2.0
"""A file that changed less than this ago may still be being copied."""
PATIENCE_S = 5.0
"""How long such a file is waited for."""
PERSISTENCE = 20
"""How often, a tenth of a second apart, a folder is tried to be removed."""


def input_files(folder: Path) -> list[Path]:
    """Files below ``inputs/`` in the natural order of their relative path (``2月`` before ``10月``).

    Left out: temporary files (``~$*``, ``.~*``, dot-files) and the README that comes with the folder.

    :raises FileFault: the folder cannot be read.
    """
    if not folder.is_dir():
        raise FileFault(f"没有 {folder} 文件夹。请新建它，并放入任务分解表和单位名录。")
    paths = [
        path for path in folder.rglob("*") if path.is_file() and not passed_over(path.relative_to(folder))
    ]
    return sorted(paths, key=lambda path: _natural(path.relative_to(folder).as_posix()))


def passed_over(path: Path) -> bool:
    """Whether a relative path is of a temporary file or a README, and so nobody's table."""
    return any(part.startswith((".", "~$")) for part in path.parts) or path.name.upper().startswith("README")


def _natural(text: str) -> list[tuple[int, int, str]]:
    return [
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", text) if part
    ]


def read_settled(path: Path, file: str) -> bytes | Problem:
    """The whole content of a file that nobody is writing.

    :param file: its path below ``inputs/``, for the problem (codes ``file-changing``, ``unreadable-file``).
    """
    deadline = time.monotonic() + PATIENCE_S
    try:
        while True:
            before = path.stat()
            if not 0 <= time.time() - before.st_mtime < SETTLED_S:
                data = path.read_bytes()
                after = path.stat()
                if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size):
                    return data
            if time.monotonic() > deadline:
                return Problem(
                    Source(file), None, "", "file-changing", "文件还在变化，请等复制完或关闭后再试。"
                )
            time.sleep(0.1)
    except OSError as fault:
        return Problem(
            Source(file), None, fault.strerror or "", "unreadable-file", "文件读不了，请检查权限。"
        )


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
                return folder, _locked(folder, fcntl.LOCK_EX)
            finally:
                os.close(guard)
    raise FileFault(f"{base} 建不了工作文件夹。请把它移走后再试。")


def _guard(base: Path) -> int:
    """A descriptor that holds the folder which has that name now: one may be removed and made anew while it is waited for.

    :raises FileNotFoundError: there is none any more.
    """
    while True:
        guard = _locked(base, fcntl.LOCK_EX)
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
            lock = _locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _locked(folder: Path, how: int) -> int:
    """A descriptor that holds a lock on a folder until it is closed or the process dies."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, how)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder, made if need be, against other runs; waits for them.

    :raises FileFault: the disk refuses.
    """
    with writing():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = _locked(folder, fcntl.LOCK_EX)
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


def sha256_of(path: Path) -> str:
    """Digest of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def secret_of(path: Path) -> bytes:
    """The secret kept in a file, made (32 random bytes, mode 0600) on first use.

    :raises FileFault: it cannot be read or written, or is not one.
    """
    with writing():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        guard = _locked(path.parent, fcntl.LOCK_EX)
        try:
            if not path.exists():
                fresh = path.with_name(
                    f"{path.name}.new"
                )  # the same name again after a crash leaves nothing behind
                fresh.unlink(missing_ok=True)
                fresh.touch(mode=0o600)
                fresh.write_text(secrets.token_hex(32) + "\n", "ascii")
                sync(fresh)
                fresh.rename(path)
        finally:
            os.close(guard)
    return known_secret(path)


def known_secret(path: Path) -> bytes:
    """The secret kept in a file.

    :raises FileFault: there is none, it cannot be read, or is not one.
    """
    try:
        secret = bytes.fromhex(path.read_text("ascii"))
    except OSError as fault:
        raise FileFault(
            f"读不了验证码的密钥 {path}：{fault.strerror}。请从备份找回；没有它就验不了真伪。"
        ) from fault
    except ValueError:
        secret = b""
    if len(secret) != 32:
        raise FileFault(f"验证码的密钥 {path} 已损坏。请从备份找回；没有它就验不了真伪。")
    return secret


def safe_name(name: str) -> str:
    """A unit's name as part of a file name on Linux and Windows: forbidden signs become their full-width twins."""
    twins = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
    clean = re.sub(r"[\x00-\x1f\x7f]", "", name.translate(twins)).replace("..", "．．").strip(" .")
    return clean.encode()[:150].decode(errors="ignore") or "未命名"
