"""Stand-ins for ``soffice``: one that remembers what the real one made, and one for each way of failing.

Each way is a program of its own: those in ``never/`` give no letter, those in ``sometimes/`` fail at something or for a
while. The remembering one makes the suite fast without making it false: a document that it has not seen goes to the
real LibreOffice, and only what that one made is handed out again.
"""

import os
import shutil
import sys
from pathlib import Path
from shlex import join, quote

HERE = Path(__file__).parent
REAL = (
    Path(shutil.which("soffice") or shutil.which("libreoffice") or "/missing")
    .resolve()
    .with_name("soffice.bin")
)

_LAUNCHER = """#!/bin/sh
{told}
case " $* " in *" --convert-to "*) exec {command} "$@" ;; esac
for option; do
    case $option in --pidfile=*) echo $$ > "${{option#*=}}"; exec tail -f "${{option#*=}}" ;; esac
done
"""
"""The one that stays has nothing to do: it notes its number and waits, under a name that tells whose it is, and no call
is handed over to it. Each run starts it twice, so it is no Python."""


def office(folder: Path, behaviour: str, memory: Path) -> Path:
    """A folder with a ``soffice`` that behaves so, to be put before PATH; notes its calls in ``calls``.

    :param behaviour: a file's name, spaces for its underscores.
    :param memory: where what the real one made is kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    memory.mkdir(parents=True, exist_ok=True)
    [program] = HERE.rglob(f"{behaviour.replace(' ', '_')}.py")
    told = {"OFFICE_CALLS": folder / "calls", "OFFICE_MEMORY": memory, "OFFICE_REAL": REAL}
    exports = "\n".join(f"export {name}={quote(str(value))}" for name, value in told.items())
    command = join([sys.executable, "-SE", str(HERE / "soffice.py"), str(program)])
    launcher = folder / "soffice"
    text = _LAUNCHER.format(told=exports, command=command)
    if (
        not launcher.exists() or launcher.read_text("utf-8") != text
    ):  # laid anew, it would pass for another version
        launcher.write_text(text, encoding="utf-8")
        launcher.chmod(0o755)
    return folder


def calls(folder: Path) -> list[str]:
    """The documents that an office was asked to convert."""
    path = folder / "calls"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def path_without_office(folder: Path) -> str:
    """A PATH on which everything is but LibreOffice."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("fc-match", "setpriv", "sh", "env"):
        found = shutil.which(name)
        if found and not (folder / name).exists():
            (folder / name).symlink_to(found)
    return os.fspath(folder)
