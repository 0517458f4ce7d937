"""Published folders held against their manifests, and these against what the register keeps of them.

A bulletin's manifest is known by its code (HMAC-SHA256 with the secret of the marks), as the register has no events of it.
"""

import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.adapters.archive import Archive
from pipeline.adapters.inputs import passed_over, sha256_of
from pipeline.adapters.register import Register
from pipeline.adapters.secret import known_secret
from pipeline.domain.letters.lifecycle import Event
from pipeline.domain.letters.model import BatchId
from pipeline.domain.letters.numbering import parse_batch_id
from pipeline.errors import FileFault, RegisterFault
from pipeline.workspace import Workspace

REPRINTS = "补打"
"""The folder below ``outputs/letters`` that has one for each reprint."""
MANIFEST = "manifest.json"
_DIGESTED = ("printed", "rebuilt")


@dataclass(frozen=True, slots=True)
class Differences:
    """What became of the files that were published."""

    altered: tuple[str, ...]
    """Folders and files that are not as they were published, in Chinese."""
    missing: tuple[BatchId, ...]
    """The plan year's published batches whose folder is not there."""


def inspect(workspace: Workspace, register: Register) -> Differences:
    """Hold each published folder that lies in ``outputs`` against the register; files are read as a stream.

    A folder that is not there is no fault: it can be made again, or lies in an archive.
    """
    base = workspace.outputs / "letters"
    folders = _folders(base)
    reprints = _folders(base / REPRINTS)
    batches = {identity: path for path in folders if (identity := parse_batch_id(path.name))}
    year = workspace.settings.plan.year
    # The folders were looked up first: each was numbered, or entered, before it could appear.
    events = {each: register.events(each) for each in {year, *(batch.year for batch in batches)}}
    told = [event for one in events.values() for event in one]
    reserved, digests = {event.batch for event in told}, _digests(told)
    altered = [
        line
        for identity, path in sorted(batches.items())
        if identity not in reserved or identity in digests
        for line in _of_batch(path, digests.get(identity))
    ]
    for path in reprints:
        entered = {
            event.why
            for event in told
            if event.what == "sealed" and f"{event.at:%Y-%m-%d-%H%M%S}" == path.name
        }
        altered += _named(f"{REPRINTS} {path.name}", _differences(path, _digest_in(entered)))
    altered += _bulletin_differences(workspace)
    missing = [batch for batch in register.published(year, workspace.office) if batch not in batches]
    return Differences(tuple(altered), tuple(missing))


def archive_fault(workspace: Workspace) -> str | None:
    """What is wrong with the published bulletins kept beside the register, in Chinese; None when they are whole."""
    try:
        Archive(workspace.bulletins)
    except RegisterFault as fault:
        return str(fault)
    return None


def seal_bulletin(folder: Path, secret: bytes) -> None:
    """Put a manifest beside the files of a bulletin, with the code that only this office can make."""
    files = {path.name: sha256_of(path) for path in sorted(folder.iterdir())}
    text = json.dumps({"files": files, "code": _code(files, secret)}, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _code(files: Mapping[str, str], secret: bytes) -> str:
    words = "\n".join(f"{digest} {name}" for name, digest in sorted(files.items()))
    return hmac.digest(secret, f"bulletin\n{words}".encode(), "sha256").hex()


def _bulletin_differences(workspace: Workspace) -> Iterator[str]:
    folders = _folders(workspace.outputs / "bulletin")
    if not folders:
        return
    try:
        secret = known_secret(workspace.secret)
    except FileFault as fault:
        yield f"简报没有核对：{fault}"
        return

    def is_ours(manifest: Path) -> bool:
        told = json.loads(manifest.read_text(encoding="utf-8"))
        return hmac.compare_digest(told["code"], _code(told["files"], secret))

    for folder in folders:
        yield from _named(f"简报 {folder.name}", _differences(folder, is_ours))


def _folders(base: Path) -> list[Path]:
    return sorted(path for path in base.iterdir() if path.is_dir()) if base.is_dir() else []


def _digests(events: list[Event]) -> Mapping[BatchId, set[str]]:
    """Published batch → digests of the manifests with which it came out; a rebuilt one has several."""
    found: dict[BatchId, set[str]] = {}
    for event in events:
        if event.what in _DIGESTED:
            found.setdefault(event.batch, set()).add(event.why)
    return found


def _named(name: str, differences: Iterator[str]) -> Iterator[str]:
    return (f"{name}：{each}" for each in differences)


def _of_batch(folder: Path, digests: set[str] | None) -> Iterator[str]:
    if digests is None:
        return iter([f"批次 {folder.name}：台账里没有这一批，文件来历不明。"])
    return _named(f"批次 {folder.name}", _differences(folder, _digest_in(digests)))


def _digest_in(digests: set[str]) -> Callable[[Path], bool]:
    return lambda manifest: sha256_of(manifest) in digests


def _differences(folder: Path, is_ours: Callable[[Path], bool]) -> Iterator[str]:
    """How a folder's files are not those of its manifest, or that this is not the one with which they came out."""
    manifest = folder / MANIFEST
    try:
        if not is_ours(manifest):
            yield f"{MANIFEST} 不是印发时的那一个。"
            return
        files: Mapping[str, str] = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    except OSError as fault:
        yield f"{MANIFEST} 读不了（{fault.strerror}）。"
        return
    except (ValueError, LookupError, TypeError, AttributeError):
        yield f"{MANIFEST} 不是印发时的那一个。"
        return
    there = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    names = {path.as_posix() for path in there if not passed_over(path)} - {MANIFEST}
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
