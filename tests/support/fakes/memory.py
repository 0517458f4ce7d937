"""What the real ``soffice`` made of a document, given out again.

Nearly every run of every test asks for two documents, so this loads hardly any module: pathlib, zipfile and the like take
six times as long to load as all that is done here.
"""

import os
import sys
import zlib
from collections.abc import Iterator
from hashlib import sha256

DOCX = sys.argv[-1]
PDF = os.path.join(sys.argv[sys.argv.index("--outdir") + 1], os.path.basename(DOCX)[:-5] + ".pdf")  # noqa: PTH118, PTH119
IS_RECEIPT = "receipt" in os.path.basename(DOCX)  # noqa: PTH119


def convert() -> int:
    """Hand out what LibreOffice made of the same document, or ask it now; its exit code."""
    known = f"{os.environ['OFFICE_MEMORY']}/{_key()}"
    try:
        _copy(known, PDF)
    except FileNotFoundError:
        return _really(known)
    if IS_RECEIPT:  # what it printed then, with the code of then
        _copy(f"{known}.docx", DOCX)
    return 0


def parts() -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each of the document's parts, by name."""
    package = _bytes(DOCX)

    def number(place: int, size: int) -> int:
        return int.from_bytes(package[place : place + size], "little")

    found, end = {}, package.rindex(b"PK\5\6")
    entry = number(end + 16, 4)
    for _ in range(number(end + 10, 2)):
        method, packed, name, extra, comment = (
            number(entry + at, size) for at, size in ((10, 2), (20, 4), (28, 2), (30, 2), (32, 2))
        )
        member = number(entry + 42, 4)
        start = member + 30 + number(member + 26, 2) + number(member + 28, 2)
        content = package[start : start + packed]
        found[package[entry + 46 : entry + 46 + name]] = zlib.decompress(content, -15) if method else content
        entry += 46 + name + extra + comment
    yield from sorted(found.items())


def _key() -> str:
    """The same for the same parts, whenever packed; a receipt's check code and date differ from run to run."""
    found = sha256()
    for name, content in parts():
        found.update(name + (_without_what_changes(content) if IS_RECEIPT else content))
    return found.hexdigest()


def _without_what_changes(content: bytes) -> bytes:
    import re

    return re.sub("[0-9A-F]{16}|20[0-9]{2}年[0-9]+月[0-9]+日".encode(), b"", content)


def _really(known: str) -> int:
    """Ask LibreOffice: the one that waits for that where there is one, or it would have to be started, and twice."""
    options, profile, program = (
        sys.argv[1:-1],
        os.environ.get("OFFICE_PROFILE", ""),
        os.environ["OFFICE_REAL"],
    )
    scratch = f"{known}.{os.getpid()}"  # what a kill leaves undone is written nowhere else
    os.mkdir(scratch)  # noqa: PTH102
    docx, pdf = (os.path.join(scratch, os.path.basename(path)) for path in (DOCX, PDF))  # noqa: PTH118, PTH119
    _copy(DOCX, docx)
    options[options.index("--outdir") + 1] = scratch
    if profile:
        turn = _turn(profile)  # noqa: F841 - kept until the end
        own = next(
            place for place, option in enumerate(options) if option.startswith("-env:UserInstallation=")
        )
        options[own] = f"-env:UserInstallation=file://{profile}"
        starter = f"{os.path.dirname(program)}/oosplash"  # noqa: PTH120
        program = starter if os.path.exists(starter) else program  # noqa: PTH110
    command = ["setpriv", "--pdeathsig", "KILL", program, *options, docx]
    code = os.spawnvp(os.P_WAIT, command[0], command)
    if code != 0:  # in a new profile it asks to be started again
        code = os.spawnvp(os.P_WAIT, command[0], command)
    if os.path.exists(pdf):  # noqa: PTH110
        _copy(pdf, PDF)
        os.rename(docx, f"{known}.docx")  # noqa: PTH104
        os.rename(pdf, known)  # noqa: PTH104
    return code


def _turn(profile: str) -> object:
    """One's turn with the LibreOffice of a profile, as long as what is given back is kept."""
    import fcntl
    import time

    turn = open(f"{profile}.turn", "w")  # noqa: PTH123, SIM115
    fcntl.flock(turn, fcntl.LOCK_EX)
    for _ in range(2000):
        if os.path.exists(f"{profile}.pid"):  # noqa: PTH110
            break
        time.sleep(0.01)
    return turn


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()


def _copy(source: str, target: str) -> None:
    content = _bytes(source)
    with open(target, "wb") as file:  # noqa: PTH123
        file.write(content)
