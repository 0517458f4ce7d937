"""The right to number letters: held by one process at a time."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import RegisterFault, writing


@contextmanager
def exclusive(path: Path, wait_s: float, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold it until the block ends; the kernel lets go of it when the process dies.

    :param path: the register.
    :param on_wait: called once when somebody else holds it.
    :raises RegisterFault: still held after ``wait_s`` seconds.
    """
    with writing(), (path.parent / "numbering.lock").open("a") as lock:
        deadline = time.monotonic() + wait_s
        told = False
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise RegisterFault(
                        "另一次编号一直没有结束。请确认没有别的窗口在运行，再试一次。"
                    ) from None
                if not told:
                    on_wait()
                told = True
                time.sleep(0.1)
        yield
