"""The job ``register verify``: marks that come back, typed in or in pictures, held against the secret and the register."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.adapters.register import open_register
from pipeline.adapters.scans import read_scans
from pipeline.adapters.secret import known_secret
from pipeline.domain.letters.mark import is_genuine, read_mark
from pipeline.domain.letters.model import DEAD, Letter
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification mark turned out to be."""

    kind: str
    """``genuine``, ``forged``, ``void`` or ``unknown``."""
    text: str
    """What the mark says."""
    letter: Letter | None
    """The letter of that number, where there is one."""

    @property
    def title(self) -> str:
        """What it means, for the clerk."""
        return _TITLES[self.kind]


_TITLES = {
    "genuine": "真：由本台账编号并印发。",
    "forged": "假：验证码不是本台账的密钥做的，或者被改动过。",
    "void": "已作废或已挂失：号是真的，但不再有效。",
    "unknown": "不认识：不是本系统的验证码，或台账里没有这个号。",
}


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page of a scan, or a photo, and what its marks turned out to be."""

    number: int
    """From 1."""
    verdicts: tuple[Verdict, ...]
    """One for each of its marks; none where no mark could be read."""
    is_coloured: bool
    """Whether it has any colour."""


def verify(workspace: Workspace, text: str) -> Verdict:
    """Hold a mark's text against the secret and the register.

    :raises FileFault: the secret is missing or broken.
    """
    mark = read_mark(text)
    if mark is None:
        return Verdict("unknown", text, None)
    if not is_genuine(mark, known_secret(workspace.secret)):
        return Verdict("forged", text, None)
    with open_register(workspace.register) as register:
        letter = register.find(mark.serial)
    if letter is None or mark.printed not in {"", letter.printed} or letter.state == "reserved":
        return Verdict("unknown", text, letter)
    return Verdict("void" if letter.state in DEAD else "genuine", text, letter)


def verify_scans(workspace: Workspace, path: Path, say: Callable[[str], None]) -> list[ScannedPage]:
    """Hold every mark in a picture or a PDF against the secret and the register, page by page.

    :raises FileFault: it cannot be read; the secret is missing or broken.
    """
    say("正在找验证码……")
    return [
        ScannedPage(scan.number, tuple(verify(workspace, text) for text in scan.texts), scan.is_coloured)
        for scan in read_scans(path)
    ]
