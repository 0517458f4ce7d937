"""Work shared with a second process. This machine has more than one processor, and Python uses one at a time."""

import ctypes
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager, suppress
from multiprocessing import active_children, get_context
from threading import Lock
from typing import TypeVar

LISTEN_S = 0.5
"""The longest wait before a signal is listened to: the kernel may hand it to another thread, which wakes nobody."""
AHEAD = 2
"""Calls that the second process has been given at any time, so that it need not wait for the next one."""
_PR_SET_PDEATHSIG = 1
Result = TypeVar("Result")


class Workers:
    """This process and, where there is one, a second. Use :func:`workers`."""

    def __init__(self, second: Executor | None) -> None:
        self._second = second

    def map(
        self, call: Callable[..., Result], each: Sequence[tuple[object, ...]],
        meanwhile: Callable[[], object] = lambda: None,
    ) -> list[Result]:  # fmt: skip
        """Call a function with each tuple of arguments; the results, in order.

        The second process begins with the first ones at once; this one, when ``meanwhile`` is done, makes the last ones
        until both have met.

        :param meanwhile: what is to be done here first.
        """
        left = deque(enumerate(each))
        given: dict[int, Future[Result]] = {}
        lock = Lock()

        def give(before: Future[Result] | None = None) -> None:
            """One more for the second process, unless the one before it failed: then no other matters."""
            with lock, suppress(RuntimeError):  # the block has ended badly meanwhile
                if self._second is None or not left:
                    return
                if before is not None and (before.cancelled() or before.exception()):
                    left.clear()
                    return
                place, arguments = left.popleft()
                given[place] = future = self._second.submit(call, *arguments)
            future.add_done_callback(give)

        for _ in range(AHEAD):
            give()
        meanwhile()
        done: dict[int, Result] = {}
        while True:
            with lock:
                if not left:
                    break
                place, arguments = left.pop()
            done[place] = call(*arguments)
        done |= {place: result_of(future) for place, future in given.items()}
        return [done[place] for place in sorted(done)]


@contextmanager
def workers(*, of_two: bool) -> Iterator[Workers]:
    """One process or two; the second is killed when the block ends.

    It is forked off, so nothing is loaded a second time. Call this before the process has threads: what one of them
    holds at that moment, nobody lets go in the other process.

    :param of_two: whether there is enough to do for a second process.
    """
    if not of_two:
        yield Workers(None)
        return
    with ProcessPoolExecutor(1, get_context("fork"), initializer=_die_with_parent) as second:
        second.submit(os.getpid)  # it starts with the first call
        try:
            yield Workers(second)
        finally:  # whatever it is doing, nobody waits for it any more
            for process in active_children():
                process.kill()


def result_of(future: Future[Result]) -> Result:
    """What another thread or process gives back, waited for in such a way that Ctrl-C is heard."""
    while not future.done():
        wait([future], LISTEN_S)
    return future.result()


def _die_with_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
