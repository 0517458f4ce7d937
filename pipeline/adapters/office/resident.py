"""A LibreOffice that stays: a document takes it 0.2 s, where starting one for each takes half a second.

It keeps an empty text open and so does not end. A second ``soffice`` with the same profile would hand its document over
to it and wait; what that one says, and where, is said here without starting one, which takes longer than to print a page.
"""

import os
import shutil
import signal
import socket
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
_START = 'pid=$1; shift; "$@" --terminate_after_init; exec "$@" --pidfile="$pid" private:factory/swriter'
"""A new profile is made first: with that, soffice asks to be started again, and whoever waits for it waits in vain."""
_ASKED, _ARGUMENTS, _DONE = (
    f"InternalIPC::{word}".encode() for word in ("SendArguments", "Arguments", "ProcessingDone")
)
"""What LibreOffice asks for, gets and says in the end (``desktop/source/app/officeipcthread.cxx``); a NUL ends each."""
_FOLDER = "1"
"""What stands before the folder in which the second process would work."""
_OWN = "-env:"
"""How an option begins that a process keeps for itself."""
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
            time.sleep(0.005)

    def convert(self, arguments: Sequence[str], timeout_s: float) -> bool:
        """Have it do what a second ``soffice`` with these arguments would, besides :attr:`options`; whether it says so.

        :raises TimeoutError: it has been at it for so many seconds.
        """
        process = self._process
        path = next(iter(_sockets(process.pid)), None) if process else None
        if path is None:
            return False
        own = (each for each in self.options if not each.startswith(_OWN))
        said = (f"{_FOLDER}{self._pid.parent.as_uri()}", *own, *arguments)
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(timeout_s)
                connection.connect(os.fspath(path))
                if _heard(connection) != _ASKED:
                    return False
                connection.sendall(_ARGUMENTS + b",".join(map(_escaped, said)) + b"\0")
                return _heard(connection) == _DONE
        except TimeoutError:
            raise
        except OSError:  # it is gone
            return False

    def end(self) -> None:
        """Kill it; its calls do without it from now on."""
        if self._process:
            sockets = _sockets(self._process.pid)
            kill(self._process)
            for path in sockets:
                path.unlink(missing_ok=True)
        self._process = None


def _escaped(argument: str) -> bytes:
    return os.fsencode(argument).replace(b"\\", b"\\\\").replace(b",", b"\\,")


def _heard(connection: socket.socket) -> bytes:
    """What is said up to a NUL; nothing where the other one has hung up."""
    said = b""
    while not said.endswith(b"\0"):
        piece = connection.recv(1024)
        if not piece:
            return b""
        said += piece
    return said[:-1]


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
