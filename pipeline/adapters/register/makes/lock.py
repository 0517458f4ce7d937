"""Waiting for the right to number letters."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.adapters.register.makes.base import still_numbering
from pipeline.errors import writing

RESTORED = "register.db.restored"
"""A copy on its way to the register's place, beside it."""


def wait_for(taken: Callable[[], bool], wait_s: float, on_wait: Callable[[], None]) -> None:
    """Try until it is taken.

    :param on_wait: called once when the first try fails.
    :raises RegisterFault: not taken after ``wait_s`` seconds.
    """
    deadline = time.monotonic() + wait_s
    told = False
    while not taken():
        if time.monotonic() > deadline:
            raise still_numbering()
        if not told:
            on_wait()
        told = True
        time.sleep(0.1)


@contextmanager
def file_lock(folder: Path, wait_s: float, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold a folder's lock until the block ends; the kernel lets go of it when the process dies.

    What a restore that was killed left behind is removed: nobody makes it without the lock.
    """
    with writing(), (folder / "numbering.lock").open("a") as lock:

        def taken() -> bool:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        wait_for(taken, wait_s, on_wait)
        for left in folder.glob(f"{RESTORED}*"):
            left.unlink(missing_ok=True)
        yield
