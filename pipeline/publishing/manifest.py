"""``manifest.json``, which lies beside the files of a published folder: their digests, and by what it is known as ours.

A batch's and a reprint's are known by their digest, which the register's chain of events keeps; a report's by its code
(HMAC-SHA256 with the secret of the marks), as the register has no events of it.
"""

import hmac
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.adapters.inputs import passed_over, sha256_of
from pipeline.domain.letters.model import Batch, BatchId, Letter

_NAME = "manifest.json"
_HERE, _BETWEEN = "*", "\n  "
"""Where the letters' entries go, and what stands between them."""
_string = json.JSONEncoder(ensure_ascii=False).encode
_NOT_OURS = f"{_NAME} 不是印发时的那一个。"


def write_manifest(batch: Batch, folder: Path) -> str:
    """Tell which letter of a batch is on which page, and the digest of each file; the SHA-256 of that.

    :raises OSError: the disk refuses.
    """
    head = {
        "batch": str(batch.id),
        "reserved_at": batch.reserved_at.isoformat(timespec="seconds"),
        "chain_head": batch.chain_head,
    }
    return _write_letters(head, batch.letters, folder)


def write_reprint_manifest(batch: BatchId, letters: Sequence[Letter], folder: Path) -> str:
    """The same of letters printed again, all of one batch.

    :raises OSError: the disk refuses.
    """
    return _write_letters({"batch": str(batch)}, letters, folder)


def _write_letters(head: Mapping[str, str], letters: Sequence[Letter], folder: Path) -> str:
    pages = (
        {
            "key": letter.serial.key, "serial": letter.printed, "unit": letter.unit_name, "page": page, "kind": letter.kind,
        }
        | ({"reprint": letter.reprint} if letter.reprint else {})
        for page, letter in enumerate(letters, 1)
    )  # fmt: skip
    told = _encoded({**head, "letters": [_HERE], "files": _digests(folder)})
    before, _, after = told.partition(f'"{_HERE}"')
    with (folder / _NAME).open("w", encoding="utf-8") as file:
        file.write(before)
        for place, page in enumerate(pages):
            file.write(f"{',' + _BETWEEN if place else ''}{_member(page)}")
        file.write(after)
    return digest_of(folder)


def _member(page: Mapping[str, object]) -> str:
    """An entry of a letter as :func:`_encoded` would have it, which takes twenty times as long where it indents."""
    told = f",{_BETWEEN} ".join([f"{_string(key)}: {_string(value)}" for key, value in page.items()])
    return f"{{{_BETWEEN} {told}{_BETWEEN}}}"


def seal_report(kind: str, folder: Path, secret: bytes) -> None:
    """Give a report's files a manifest with the code that only this office can make.

    :param kind: of the report; enters into the code.
    :raises OSError: the disk refuses.
    """
    files = _digests(folder)
    told = _encoded({"files": files, "code": _code(kind, files, secret)})
    (folder / _NAME).write_text(f"{told}\n", encoding="utf-8")


def _code(kind: str, files: Mapping[str, str], secret: bytes) -> str:
    words = "\n".join(f"{digest} {name}" for name, digest in sorted(files.items()))
    return hmac.digest(secret, f"{kind}\n{words}".encode(), "sha256").hex()


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256_of(path) for path in files}


def _encoded(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)


def _read(folder: Path) -> Any:
    return json.loads((folder / _NAME).read_text(encoding="utf-8"))


def digest_of(folder: Path) -> str:
    """SHA-256 of a folder's manifest, in hexadecimal.

    :raises OSError: there is none, or it cannot be read.
    """
    return sha256_of(folder / _NAME)


def is_published(folder: Path) -> bool:
    """Whether a folder has a manifest."""
    return (folder / _NAME).is_file()


def is_of(batch: Batch, folder: Path) -> bool:
    """Whether a folder holds this batch, numbered at that moment."""
    try:
        told = _read(folder)
        return (told["batch"], told["chain_head"]) == (str(batch.id), batch.chain_head)
    except (OSError, ValueError, LookupError, TypeError):
        return False


def keys_in(folder: Path) -> frozenset[str]:
    """Keys of the letters in a folder; none where its manifest cannot be read."""
    try:
        return frozenset(letter["key"] for letter in _read(folder)["letters"])
    except (OSError, ValueError, LookupError, TypeError):
        return frozenset()


def letter_differences(folder: Path, digests: set[str]) -> Iterator[str]:
    """How a batch or a reprint is not as it was published, in Chinese; files are read as a stream.

    :param digests: of the manifests with which it came out; a rebuilt batch has several.
    """
    return _differences(folder, lambda: digest_of(folder) in digests)


def report_differences(kind: str, folder: Path, secret: bytes) -> Iterator[str]:
    """The same of a report.

    :param kind: of the report, as it was sealed.
    """
    return _differences(folder, partial(_is_sealed, kind, folder, secret))


def _is_sealed(kind: str, folder: Path, secret: bytes) -> bool:
    told = _read(folder)
    return hmac.compare_digest(told["code"], _code(kind, told["files"], secret))


def _differences(folder: Path, is_ours: Callable[[], bool]) -> Iterator[str]:
    try:
        if not is_ours():
            yield _NOT_OURS
            return
        files: Mapping[str, str] = _read(folder)["files"]
    except OSError as fault:
        yield f"{_NAME} 读不了（{fault.strerror}）。"
        return
    except (ValueError, LookupError, TypeError, AttributeError):
        yield _NOT_OURS
        return
    there = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    names = {path.as_posix() for path in there if not passed_over(path)} - {_NAME}
    for name in sorted(files.keys() | names):
        if name not in names:
            yield f"{name} 不见了。"
        elif name not in files:
            yield f"{name} 不是印发的，多出来了。"
        elif (reason := _change(folder / name, files[name])) is not None:
            yield f"{name} {reason}。"


def _change(path: Path, digest: str) -> str | None:
    try:
        return None if sha256_of(path) == digest else "被改动"
    except OSError as fault:
        return f"读不了（{fault.strerror}）"
