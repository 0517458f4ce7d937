"""Files that clerks drag into ``inputs/``, read only when nobody is writing them; names and digests of files."""

import hashlib
import re
import time
from pathlib import Path

from pipeline.domain.items.item import EVIDENCE
from pipeline.domain.model import Problem, Source
from pipeline.errors import FileFault

SETTLED_S = 2.0
"""A file that changed less than this ago may still be being copied."""
PATIENCE_S = 5.0
"""How long such a file is waited for."""
HISTORY = "历史"
"""Folder below ``inputs/`` of what another file has taken the place of."""
LONGEST_NAME = 255
"""Bytes of the longest name that a file or folder can have on Linux."""


def input_files(folder: Path) -> dict[str, Path]:
    """Files below ``inputs/`` by their relative path as :func:`readable` has it, in its natural order.

    ``2月`` stands before ``10月``, and ``登记数据(1).xlsx``, the same downloaded again, after ``登记数据.xlsx``. Left out
    is what :func:`passed_over` says, and the folders of evidence (佐证) and of what was replaced (历史).

    :raises FileFault: the folder cannot be read.
    """
    if not folder.is_dir():
        raise FileFault(f"没有 {folder} 文件夹。请新建它，并放入任务分解表和单位名录。")
    paths = {path: path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    names = {
        path: readable(str(own))
        for path, own in paths.items()
        if not passed_over(own) and own.parts[0] not in {EVIDENCE, HISTORY}
    }
    found: dict[str, Path] = {}
    for path in sorted(names, key=lambda path: (_natural_path(names[path]), path)):
        name = names[path]
        while name in found:  # one in UTF-8, one in GBK
            name += "（另一个）"
        found[name] = path
    return found


def evidence_files(folder: Path) -> dict[str, str]:
    """Files in the folder of evidence (佐证) below ``inputs/``, by their path in it, in natural order; each its SHA-256.

    :raises FileFault: one cannot be read.
    """
    base = folder / EVIDENCE
    paths = {path: path.relative_to(base) for path in base.rglob("*") if path.is_file()}
    named = {readable(str(own)): path for path, own in paths.items() if not passed_over(own)}
    try:
        return {name: sha256_of(named[name]) for name in sorted(named, key=_natural_path)}
    except OSError as fault:
        raise FileFault(f"佐证读不了（{fault.filename}：{fault.strerror}）。请检查后再办。") from fault


def readable(text: str) -> str:
    """A path, or any text, without the lone surrogates that stand for bytes of a file's name which are no UTF-8.

    Archives packed on a Chinese Windows and unpacked on Linux leave names in GBK.
    """
    return "/".join(map(_decoded, text.split("/")))


def _decoded(name: str) -> str:
    if name.isprintable() or not any("\ud800" <= sign <= "\udfff" for sign in name):
        return name
    try:
        return name.encode("utf-8", "surrogateescape").decode("gb18030")
    except UnicodeError:
        return name.encode("utf-8", "backslashreplace").decode()


def passed_over(path: Path) -> bool:
    """Whether a relative path is of a temporary file, a README or what systems leave behind, and so nobody's table."""
    parts = [part.lower() for part in path.parts]
    return (
        any(part.startswith(_TEMPORARY) or part in _OF_SYSTEMS for part in parts)
        or parts[-1].startswith("readme")
        or parts[-1].endswith(".tmp")
    )


def is_half_downloaded(file: str) -> bool:
    """Whether a path below ``inputs/`` is of a file that a browser or download program has not got whole yet."""
    return any(part.endswith(_HALF) for part in file.lower().split("/"))


_TEMPORARY = (".", "~$", "~wr")
_OF_SYSTEMS = frozenset((
    "desktop.ini", "thumbs.db", "ehthumbs.db", "icon\r", "$recycle.bin", "recycler", "system volume information", "found.000",
    "lost+found", "lost.dir", "__macosx", "@eadir", "@tmp", "#recycle", "#snapshot", "@recycle", "@recently-snapshot",
))  # fmt: skip
"""Files and folders of Windows, macOS, Linux, phones and network storage, in lower case."""
_HALF = (
    ".part", ".partial", ".crdownload", ".download", ".downloading", ".opdownload", ".filepart", ".!ut", ".aria2", ".td", ".xltd",
)  # fmt: skip


def _natural_path(name: str) -> list[tuple[list[tuple[int, int, str]], bool, list[tuple[int, int, str]]]]:
    """To sort by: folder by folder; a file's suffix counts after its whole name."""
    *folders, last = name.split("/")
    stem, dot, suffix = last.rpartition(".") if "." in last else (last, "", "")
    return [
        *((_natural(folder), True, []) for folder in folders),
        (_natural(stem), False, _natural(dot + suffix)),
    ]


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
    return shortened(clean, 150) or "未命名"


def shortened(name: str, size: int = LONGEST_NAME) -> str:
    """A name cut so that it has at most so many bytes in UTF-8."""
    return name.encode()[:size].decode(errors="ignore")
