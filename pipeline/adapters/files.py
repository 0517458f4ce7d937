"""Files that clerks drag into ``inputs/``, read only when nobody is writing them; names and digests of files."""

import hashlib
import re
import time
from pathlib import Path

from pipeline.domain.model import Problem, Source
from pipeline.errors import FileFault

SETTLED_S = 2.0
"""A file that changed less than this ago may still be being copied."""
PATIENCE_S = 5.0
"""How long such a file is waited for."""


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


def sha256_of(path: Path) -> str:
    """Digest of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def safe_name(name: str) -> str:
    """A unit's name as part of a file name on Linux and Windows: forbidden signs become their full-width twins."""
    twins = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
    clean = re.sub(r"[\x00-\x1f\x7f]", "", name.translate(twins)).replace("..", "．．").strip(" .")
    return clean.encode()[:150].decode(errors="ignore") or "未命名"
