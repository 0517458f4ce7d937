"""Publications, frozen: what each was made of, sealed so that a later change shows.

``register/bulletins/2022-06-1/`` holds the first bulletin of June 2022: ``issue.json`` (figures, words, records), the
templates that it was set in, and ``seal`` (its digest, chained to the publication before it). All kinds are one chain:
``dispatch-2022-06-1`` is the first dispatch sheet of that month. Bulletins were there before the others, so their
folders are named by the month alone, and the folder of all is named after them.
"""

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.disk import sync
from pipeline.errors import RegisterFault, writing

GENESIS = "0" * 64
"""What the first publication is chained to."""
_FIRST_KIND = "bulletin"
_NAME = re.compile(r"(?:(?P<kind>[a-z]+)-)?(?P<period>\d{4}(?:-(?:\d{2}|Q\d))?)-(?P<revision>\d+)")
_ISSUE, _SEAL = "issue.json", "seal"
_NEW = ".new-"
_MANY = 5_000
"""Values of a list that become text at a time."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A report as it was published."""

    kind: str
    """What it is: ``bulletin``."""
    period: str
    """What it speaks of: ``2022-06``, ``2022-Q2``, ``2022``."""
    revision: int
    """From 1; higher ones are marked 更正."""
    content: Mapping[str, Any]
    """What it says, as JSON values."""
    templates: Mapping[str, bytes]
    """File name → the Word template."""
    seal: str
    """SHA-256 over content, templates and the seal before it, in hexadecimal; empty until it is kept."""


class Archive:
    """All publications below a folder, in the order in which they were made."""

    def __init__(self, folder: Path) -> None:
        """Read and verify them.

        :raises RegisterFault: one has been changed, is incomplete, or is missing from the chain.
        """
        self._folder = folder
        self.publications = _chained(folder)

    def of_kind(self, kind: str) -> dict[str, Publication]:
        """Period → the publication that counts, in the order of the first ones."""
        return {one.period: one for one in self.publications if one.kind == kind}

    def each_of(self, kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Period and content of every publication of a kind, those that no longer count too, in order."""
        return ((one.period, one.content) for one in self.publications if one.kind == kind)

    def latest(self, kind: str, period: str) -> Publication | None:
        """The publication that counts for a period; None when there is none."""
        return self.of_kind(kind).get(period)

    def drafted(
        self, kind: str, period: str, content: Mapping[str, Any], templates: Mapping[str, bytes]
    ) -> Publication:
        """A publication that is not kept yet.

        :param content: JSON values only.
        :param templates: file name, ending in ``.docx`` → template.
        """
        latest = self.latest(kind, period)
        revision = latest.revision + 1 if latest else 1
        return Publication(kind, period, revision, content, templates, "")

    def keep(self, publication: Publication) -> None:
        """Seal and freeze a publication just drafted; it appears whole or not at all, and nobody else may be doing so.

        :raises FileFault: the disk refuses.
        """
        name = f"{_named(publication.kind, publication.period)}{publication.revision}"
        with writing():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for left in self._folder.glob(f"{_NEW}*"):  # by a run that was killed
                shutil.rmtree(left, ignore_errors=True)
            new = Path(tempfile.mkdtemp(prefix=_NEW, dir=self._folder))
            try:
                digest = hashlib.sha256()
                with (new / _ISSUE).open("wb") as file:
                    for piece in _pieces(publication.content):
                        digest.update(piece)
                        file.write(piece)
                seal = _seal(digest.hexdigest(), publication.templates, self._last_seal)
                for template, data in publication.templates.items():
                    (new / template).write_bytes(data)
                (new / _SEAL).write_text(f"{seal} {self._last_seal}\n", encoding="ascii")
                for path in (*new.iterdir(), new):
                    sync(path)
                new.rename(self._folder / name)
                sync(self._folder)
            except BaseException:
                shutil.rmtree(new, ignore_errors=True)
                raise
        self.publications = (*self.publications, replace(publication, seal=seal))

    @property
    def _last_seal(self) -> str:
        return self.publications[-1].seal if self.publications else GENESIS


def is_kept(folder: Path, kind: str, period: str) -> bool:
    """Whether something of a kind was published for a period; nothing is verified for that."""
    return any(folder.glob(f"{_named(kind, period)}[0-9]*"))


def _named(kind: str, period: str) -> str:
    """How the folder of a publication is called, without its revision."""
    return f"{period}-" if kind == _FIRST_KIND else f"{kind}-{period}-"


def _pieces(content: Mapping[str, Any]) -> Iterator[bytes]:
    """What is kept of a publication, as one JSON text in pieces: a city's businesses are a hundred megabytes of it."""
    before = "{"
    for name, value in content.items():
        yield f"{before}{_json(name)}: ".encode()
        before = ", "
        if isinstance(value, list) and len(value) > _MANY:
            for first in range(0, len(value), _MANY):
                yield f"{', ' if first else '['}{_json(value[first : first + _MANY])[1:-1]}".encode()
            yield b"]"
        else:
            yield _json(value).encode()
    yield b"}" if content else b"{}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _seal(content: str, templates: Mapping[str, bytes], before: str) -> str:
    """:param content: SHA-256 of it."""
    lines = [f"{_ISSUE} {content}"]
    lines += [f"{name} {hashlib.sha256(data).hexdigest()}" for name, data in sorted(templates.items())]
    return hashlib.sha256("\n".join((*lines, before)).encode()).hexdigest()


def _chained(folder: Path) -> tuple[Publication, ...]:
    """Every publication, each after the one that its seal names."""
    after: dict[str, Publication] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match:
            key = (match["kind"] or _FIRST_KIND, match["period"], int(match["revision"]))
            before, publication = _read(path, key)
            after[before] = publication
    chain: list[Publication] = []
    seal = GENESIS
    while seal in after:
        publication = after.pop(seal)
        chain.append(publication)
        seal = publication.seal
    if after:
        raise RegisterFault(
            f"{folder} 里的印发记录不完整：有被删掉或改动过的。请从备份恢复，不要自己改里面的文件。"
        )
    return tuple(chain)


@dataclass(frozen=True, slots=True)
class _LongList(Sequence[Any]):
    """A list of a publication that is read from its file when somebody asks for it: a city's businesses are 200 MB.

    Nearly always only the figures of earlier publications are asked for.
    """

    path: Path
    """The publication's folder."""
    name: str
    """What the list is called in it."""
    length: int
    """How long it is."""
    digest: str
    """SHA-256 of the file, as it was when the seal was looked at."""

    def _all(self) -> list[Any]:
        content = (self.path / _ISSUE).read_bytes()
        if hashlib.sha256(content).hexdigest() != self.digest:
            raise _altered(self.path)
        found: list[Any] = json.loads(content)[self.name]
        return found

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())

    def __getitem__(self, place: Any) -> Any:
        return self._all()[place]


def _altered(path: Path) -> RegisterFault:
    return RegisterFault(
        f"{path} 里的印发记录被改动过，与当初发布的不一样。请从备份恢复，不要自己改里面的文件。"
    )


def _read(path: Path, key: tuple[str, str, int]) -> tuple[str, Publication]:
    try:
        content = (path / _ISSUE).read_bytes()
        templates = {file.name: file.read_bytes() for file in sorted(path.glob("*.docx"))}
        seal, before = (path / _SEAL).read_text("ascii").split()
    except (OSError, ValueError) as fault:
        raise RegisterFault(f"{path} 里的印发记录不完整。请从备份恢复。") from fault
    digest = hashlib.sha256(content).hexdigest()
    if seal != _seal(digest, templates, before):
        raise _altered(path)
    says = {
        name: _LongList(path, name, len(value), digest)
        if isinstance(value, list) and len(value) > _MANY
        else value
        for name, value in json.loads(content).items()
    }
    return before, Publication(*key, says, templates, seal)
