"""A whole process measured from outside: wall clock, processor, memory of the largest process and of all together."""

import ctypes
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SAMPLE_S = 0.05
"""Time between two looks at the memory."""
SHARE = 0.05
"""Looking takes no more than this share of one processor; where it is slow, looks are rarer."""
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Reading:
    """What a process took, its children counted in."""

    wall_s: float
    """From start to end."""
    cpu_s: float
    """Processor time, user and system."""
    largest_mb: float
    """Peak resident memory of its largest process."""
    tree_mb: float
    """Peak of all its processes together, shared pages counted once (sum of PSS)."""
    disturbed: float
    """Share of the machine's processors that others used meanwhile."""


class Failed(Exception):
    """A measured process did not end well."""


def adopt_orphans() -> None:
    """Make processes whose parent has died ours, so that none escapes the count."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def measure(
    command: Sequence[str],
    log: Path,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Reading:
    """Run a command to its end.

    :param log: what it writes goes there.
    :raises Failed: its exit code is not 0; with the end of the log.
    """
    with log.open("wb") as out, _Watch() as watch:
        started, busy_s = time.monotonic(), _busy_s()
        process = subprocess.Popen(
            command, env=os.environ | (environment or {}), cwd=folder,
            stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        wall_s, busy_s = time.monotonic() - started, _busy_s() - busy_s
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"exit {process.returncode}: {' '.join(command)}\n{log.read_text('utf-8')[-2000:]}")
    cpu_s = usage.ru_utime + usage.ru_stime + sum(_reaped())
    disturbed = max(0.0, busy_s - cpu_s - watch.cpu_s) / wall_s / (os.cpu_count() or 1)
    return Reading(wall_s, cpu_s, watch.largest_mb, watch.tree_mb, disturbed)


def _reaped() -> Iterator[float]:
    """Processor seconds of adopted processes that have ended."""
    with suppress(ChildProcessError):
        while True:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
            if not pid:
                return
            yield usage.ru_utime + usage.ru_stime


def _busy_s() -> float:
    """Seconds for which the machine's processors have been at work since it started."""
    user, nice, system, _, _, irq, softirq = map(int, Path("/proc/stat").read_text("ascii").split()[1:8])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


class _Watch:
    """Looks at the memory of all our descendants until the block ends."""

    def __init__(self) -> None:
        self.largest_mb = self.tree_mb = self.cpu_s = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "_Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        pause_s = SAMPLE_S
        while not self._stop.wait(pause_s):
            started = time.thread_time()
            pids = list(_descendants(os.getpid()))
            self.tree_mb = max(
                self.tree_mb, sum(_kilobytes(pid, "smaps_rollup", "Pss:") for pid in pids) / 1024
            )
            peaks = (_kilobytes(pid, "status", "VmHWM:") for pid in pids)
            self.largest_mb = max(self.largest_mb, max(peaks, default=0) / 1024)
            taken_s = time.thread_time() - started
            self.cpu_s += taken_s
            pause_s = max(SAMPLE_S, taken_s / SHARE)


def _descendants(root: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                stat = (entry / "stat").read_text("utf-8", "replace")
                children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    left = children.get(root, [])
    while left:
        yield (pid := left.pop())
        left += children.get(pid, [])


def _kilobytes(pid: int, file: str, key: str) -> int:
    """A figure that the kernel gives for a process; 0 when it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/{file}").read_text("utf-8", "replace").splitlines():
            if line.startswith(key):
                return int(line.split()[1])
    return 0
