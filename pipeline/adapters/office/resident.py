"""A LibreOffice that stays: a document takes it 0.1 s, where starting one for each takes half a second.

It keeps an empty text open and so does not end. A second one, or its starter, with the same profile hands its document
over to it and waits; where it is gone, that one does the work itself.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>99.0</value></prop></item>
</oor:items>
"""
"""A profile last used by a later version. Otherwise every start without a screen takes itself for an update and tries
out how shapes are drawn, on pictures of 64 MB: 0.8 s of 1.2."""
READY_S = 20
"""The longest wait for one to be ready."""
LOOK_S = 0.005
"""From one look whether it is ready, or has done, to the next."""
_START = """pid=$1; shift; "$@" --terminate_after_init
case $1 in *.bin) PATH=${1%/*};; esac
exec "$@" --pidfile="$pid" private:factory/swriter"""
"""A new profile is made first: with that, soffice asks to be started again, and whoever waits for it waits in vain.

Then it finds no programs but its own. Before its first document it would have ``gpgconf`` and ``gpg`` started five times, one
after another, to know whether it could check a signature. What is no ``.bin`` is a script, which needs others.
"""
_STARTER = "oosplash"
"""Beside ``soffice.bin`` wherever LibreOffice runs under Linux: the script ``soffice`` ends in it."""
_UNLESS_ORPHANED = '[ "$PPID" = "$0" ] && exec "$@"'
"""Who dies before ``setpriv`` has asked to be told is not told of any more; then nothing is started."""


class Resident:
    """One LibreOffice with a profile of its own, which serves one document at a time."""

    def __init__(
        self, program: str, profile: Path, environment: Mapping[str, str], bound: Sequence[str] = ()
    ) -> None:
        """Begin to start it.

        :param profile: a folder that is made; private.
        :param bound: what stands before its command.
        """
        self.options = (
            "--headless", "--norestore", "--nologo", "--nolockcheck", f"-env:UserInstallation={profile.as_uri()}",
        )  # fmt: skip
        self.pages = 0
        """How many it has converted."""
        self._program = program
        self._pid = profile.with_suffix(".pid")
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):  # a call of its own will tell what is wrong
            (profile / "user").mkdir(mode=0o700, parents=True)
            (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "ascii")
            self._process = subprocess.Popen(
                [*bound, *dying_with_us(), "sh", "-c", _START, "sh", str(self._pid), program, *self.options],
                env=dict(environment), cwd=profile.parent, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip

    def wait(self) -> None:
        """Wait until it takes documents; one that does not is ended, and calls do without."""
        deadline = time.monotonic() + READY_S
        while self._process and not self._pid.exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.end()
            time.sleep(LOOK_S)

    @property
    def messenger(self) -> str:
        """The program that brings it a document: LibreOffice's own starter, or one of its kind where it is gone.

        The starter does nothing else and needs 5 ms for it, where ``soffice.bin`` is half started, in 90, before it finds
        the other. By itself it would start ``soffice.bin`` as a child, which does not die with us.
        """
        starter = Path(self._program).with_name(_STARTER)
        is_there = self._process and self._process.poll() is None
        return str(starter) if is_there and starter.is_file() else self._program

    def end(self) -> None:
        """Kill it; its calls do without it from now on."""
        if self._process:
            sockets = _sockets(self._process.pid)
            kill(self._process)
            for path in sockets:
                path.unlink(missing_ok=True)
        self._process = None


def bound(memory_mb: int) -> list[str]:
    """What stands before a command that may have so much data; nothing for 0, or where no program bounds it."""
    limiter = shutil.which("prlimit")
    return [limiter, f"--data={memory_mb * 1_000_000}"] if limiter and memory_mb else []


def dying_with_us() -> list[str]:
    """What stands before a command that is to die when the thread that started it does."""
    guardian = shutil.which("setpriv")
    return (
        [guardian, "--pdeathsig", "KILL", "sh", "-c", _UNLESS_ORPHANED, str(os.getpid())] if guardian else []
    )


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process and all that it has started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _sockets(pid: int) -> list[Path]:
    """Where a process listens: soffice puts a socket into /tmp, whatever TMPDIR says, and killed, leaves it there."""
    with suppress(OSError):
        own = {
            link.readlink().name.removeprefix("socket:[").removesuffix("]")
            for link in Path(f"/proc/{pid}/fd").iterdir()
            if link.is_symlink()
        }
        lines = [line.split() for line in Path("/proc/net/unix").read_text("utf-8").splitlines()[1:]]
        return [Path(line[7]) for line in lines if len(line) > 7 and line[6] in own and "OSL_PIPE" in line[7]]
    return []
