"""Work shared with a second process. This machine has more than one processor, and Python uses one at a time."""

import ctypes
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager, suppress
from multiprocessing import active_children, get_context, parent_process
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pipeline.settings.cluster import Cluster

if TYPE_CHECKING:
    from pipeline.adapters.workers.cluster import Far

LISTEN_S = 0.5
"""The longest wait before a signal is listened to: the kernel may hand it to another thread, which wakes nobody."""
AHEAD = 2
"""Calls that the second process has been given at any time, so that it need not wait for the next one."""
_PR_SET_PDEATHSIG = 1
Result = TypeVar("Result")
Call = Callable[..., Result]
Each = Sequence[tuple[Any, ...]]


class Hand(Protocol):
    """Makes calls beside this process."""

    def submit(self, call: Callable[..., Result], /, *arguments: Any) -> Future[Result]:
        """Have a call made."""


class Workers:
    """This process; where there is one, a second; where a cluster is named, its machines. Use :func:`workers`."""

    def __init__(self, second: Hand | None, far: "Far | None" = None) -> None:
        self._second = second
        self.far = far
        """The machines of the cluster, for a single call; None where there is none."""

    def map(
        self, call: Call[Result], each: Each, meanwhile: Callable[[], object] = lambda: None
    ) -> list[Result]:
        """Call a function with each tuple of arguments, wherever somebody is free; the results, in order.

        Others begin with the first ones at once; this process, when ``meanwhile`` is done, makes the last ones until
        both have met.

        :param call: goes by its arguments alone, as another machine has nothing else. It may read a file whose path is
            an argument by itself, or an argument that says where it lies (``os.PathLike``): there it finds the path of a
            copy instead. It writes none.
        :param meanwhile: what is to be done here first.
        :raises FileFault: the cluster is lost.
        :raises ToolFault: one of its machines differs from this one.
        """
        made = dict(self.as_made(call, each, meanwhile))
        return [made[place] for place in sorted(made)]

    def as_made(
        self, call: Call[Result], each: Each, meanwhile: Callable[[], object] = lambda: None
    ) -> Iterator[tuple[int, Result]]:
        """The same, each result with its place as soon as it is seen, so that not all have to be held at once."""
        if self.far is None:
            return _shared(self._second, AHEAD, call, each, meanwhile)
        others = self.far.for_calls(each)
        return _shared(others, others.ahead, call, each, meanwhile)

    def map_here(
        self, call: Call[Result], each: Each, meanwhile: Callable[[], object] = lambda: None
    ) -> list[Result]:
        """As :meth:`map`, on this machine alone: for calls that write its files."""
        made = dict(_shared(self._second, AHEAD, call, each, meanwhile))
        return [made[place] for place in sorted(made)]


def _shared(
    other: Hand | None, ahead: int, call: Call[Result], each: Each, meanwhile: Callable[[], object]
) -> Iterator[tuple[int, Result]]:
    """Results as they are seen, with their places.

    :param ahead: calls that the other has been given at any time.
    """
    left = deque(enumerate(each))
    given: dict[int, Future[Result]] = {}
    lock = Lock()

    def give(before: Future[Result] | None = None) -> None:
        """One more for the other, unless the one before it failed: then no other matters."""
        with lock, suppress(RuntimeError):  # the block has ended badly meanwhile
            if other is None or not left:
                return
            if before is not None and (before.cancelled() or before.exception()):
                left.clear()
                return
            place, arguments = left.popleft()
            given[place] = future = other.submit(call, *arguments)
        future.add_done_callback(give)

    def came() -> list[tuple[int, Future[Result]]]:
        with lock:
            done = [place for place, future in given.items() if future.done()]
            return [(place, given.pop(place)) for place in done]

    try:
        for _ in range(ahead):
            give()
        meanwhile()
        while True:
            for place, future in came():
                yield place, future.result()
            with lock:
                if not left:
                    break
                place, arguments = left.pop()
            yield place, call(*arguments)
        while given:
            place = next(iter(given))
            yield place, result_of(given.pop(place))
    finally:
        with lock:
            left.clear()


@contextmanager
def workers(cluster: Cluster, *, of_two: bool) -> Iterator[Workers]:
    """One process or two, or the machines of a cluster; a second process is killed when the block ends.

    It is forked off, so nothing is loaded a second time. Call this before the process has threads: what one of them
    holds at that moment, nobody lets go in the other process. Dask has many; so with a cluster there is no second.

    :param cluster: where its scheduler is, if there is one.
    :param of_two: whether there is enough to do for a second process.
    :raises FileFault: the cluster is not reached.
    :raises ToolFault: what speaks to it is not installed, or one of its machines differs from this one.
    """
    if cluster.scheduler:
        from pipeline.adapters.workers.cluster import far_workers  # noqa: PLC0415 - takes half a second

        with far_workers(cluster) as far:
            yield Workers(None, far)
        return
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


def as_done(futures: Iterable[Future[Result]]) -> Iterator[Future[Result]]:
    """Others' work as it is done, waited for likewise; what is done at the same time in order."""
    left = list(futures)
    while left:
        wait(left, LISTEN_S, FIRST_COMPLETED)
        done = [future for future in left if future.done()]
        left = [future for future in left if future not in done]
        yield from done


def _die_with_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = parent_process()
    if parent is None or not parent.is_alive():  # of whoever died before nobody is told any more
        os._exit(1)
