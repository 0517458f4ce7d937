"""A Dask cluster: a call and its arguments go to a worker as bytes, its result comes back as bytes.

Nothing is taken from a machine that does not have this very program. What leaves here is packed by this module: Dask
sees bytes only, and a worker looks whether it is alike before it unpacks them.
"""

import logging
import pickle
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from os import PathLike
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, TypeVar

from pipeline.adapters.workers.likeness import difference, own, unlike
from pipeline.errors import ConversionFault, FileFault, Remedy, ToolFault
from pipeline.settings.cluster import Cluster

try:
    from distributed import Client, KilledWorker, LocalCluster, Security

    from pipeline.adapters.workers.there import Failed, Often, Unlike, made, packed, unchanged
except ImportError:
    raise ToolFault("没有安装和别的机器分工要用的软件包。", Remedy.SET_UP_CLUSTER) from None

LOCAL = "local:"
"""Before the number of workers that are started on this machine."""
REACH_S = 10
"""The longest wait for the scheduler, and for its first worker."""
EMPTY_S = 60
"""How long a cluster may be without any worker before it is given up."""
LOOK_S = 5
"""How often it is looked at."""
AHEAD = 2
"""Calls that each worker has been given at any time."""
WORTH_SENDING_ONCE = 16_000
"""Bytes from which on an argument of several calls is sent once, and handed on among the workers."""
Result = TypeVar("Result")


class Far:
    """The workers of a cluster. Use :func:`far_workers`."""

    def __init__(self, client: Client, address: str) -> None:
        self._client = client
        self._address = address
        self._open: set[Future[Any]] = set()
        self._guard = Lock()
        self._over = Event()
        Thread(target=self._look, daemon=True).start()

    @property
    def ahead(self) -> int:
        """Calls to be given at any time."""
        threads: dict[str, int] = self._client.nthreads()
        return AHEAD * max(1, sum(threads.values()))

    def submit(self, call: Callable[..., Result], /, *arguments: Any) -> Future[Result]:
        """Have a call made by some worker.

        :return: fails with FileFault where the cluster is lost, with ToolFault where the worker is not alike, with
            ConversionFault where the call ends one worker after another; else with what the call fails with.
        """
        return self.send(call, lambda: [packed(argument) for argument in arguments])

    def send(
        self, call: Callable[..., Result], parts: Callable[[], list[Any]], often: Sequence[Any] = ()
    ) -> Future[Result]:
        """The same with arguments that are packed only now.

        :param often: where they are that ``parts`` has left out, known once it was called.
        """
        promise: Future[Result] = Future()
        promise.set_running_or_notify_cancel()
        with self._guard:
            self._open.add(promise)
        if self._over.is_set():
            self._end(promise, self._told(CancelledError()))
            return promise
        try:
            whole = pickle.dumps((call, parts()))
            given = self._client.submit(made, dict(own()), whole, *often, pure=False)
            given.add_done_callback(partial(self._fulfil, promise))
        except Exception as fault:  # noqa: BLE001 - told to whoever waits for the result
            self._end(promise, fault)
        return promise

    def for_calls(self, each: Sequence[tuple[Any, ...]]) -> "FarCalls":
        """For calls with these arguments."""
        return FarCalls(self, each)

    def once(self, argument: Any) -> Any:
        """Where an argument is that is sent once."""
        return self._client.submit(unchanged, packed(argument), pure=False)

    def close(self) -> None:
        """Wait for nothing any more."""
        self._over.set()
        self._fail_all(self._told(CancelledError()))

    def _fulfil(self, promise: Future[Any], given: Any) -> None:
        try:
            result = pickle.loads(given.result())  # noqa: S301 - from a worker that runs what we send it
        except Exception as fault:  # noqa: BLE001 - told to whoever waits for the result
            self._end(promise, self._told(fault))
        else:
            self._end(promise, result.fault if isinstance(result, Failed) else None, result)

    def _end(self, promise: Future[Any], fault: Exception | None, result: Any = None) -> None:
        with self._guard:
            if promise not in self._open:
                return
            self._open.discard(promise)
        if fault is None:
            promise.set_result(result)
        else:
            promise.set_exception(fault)

    def _told(self, fault: Exception) -> Exception:
        """A fault of the cluster in the clerk's words; any other is a bug."""
        if isinstance(fault, Unlike | ImportError):
            return unlike(str(fault))
        if isinstance(fault, KilledWorker):
            return ConversionFault(
                "有一部分活几台机器做到一半都停了（可能是内存不够，请看各台 worker 的记录）"
            )
        if isinstance(fault, CancelledError | OSError):
            return FileFault(f"和 {self._address} 的联系断了。请检查网络和那里的调度程序，再试一次。")
        return fault

    def _look(self) -> None:
        """Fail all calls once nobody has been there to make them for a while."""
        empty_s = 0
        while not self._over.wait(LOOK_S):
            with suppress(Exception):
                empty_s = 0 if self._client.nthreads() else empty_s + LOOK_S
            if empty_s >= EMPTY_S:
                self._fail_all(FileFault(f"{self._address} 上的机器都停了。请启动以后再试一次。"))

    def _fail_all(self, fault: Exception) -> None:
        with self._guard:
            left = list(self._open)
        for promise in left:
            self._end(promise, fault)


class FarCalls:
    """The same for calls that are known beforehand: what is large and the same in several of them is sent once."""

    def __init__(self, far: Far, each: Sequence[tuple[Any, ...]]) -> None:
        self._far = far
        self.ahead = far.ahead
        self._left = Counter(id(argument) for arguments in each for argument in arguments)
        several = {
            id(argument): argument
            for arguments in each
            for argument in arguments
            if self._left[id(argument)] > 1
        }
        self._large = {key for key, argument in several.items() if _size(argument) >= WORTH_SENDING_ONCE}
        self._sent: dict[int, Any] = {}

    def submit(self, call: Callable[..., Result], /, *arguments: Any) -> Future[Result]:
        """As :meth:`Far.submit`."""
        often: list[Any] = []
        return self._far.send(call, lambda: [self._part(argument, often) for argument in arguments], often)

    def _part(self, argument: Any, often: list[Any]) -> Any:
        key = id(argument)
        if key not in self._large:
            return packed(argument)
        often.append(self._sent.get(key) or self._far.once(argument))
        self._left[key] -= 1
        if self._left[key]:
            self._sent[key] = often[-1]
        else:
            self._sent.pop(key, None)
        return Often(len(often) - 1)


@contextmanager
def far_workers(cluster: Cluster) -> Iterator[Far]:
    """The workers of a cluster, all of which are found to be alike.

    :raises FileFault: the scheduler is not reached, or has no workers.
    :raises ToolFault: one of them is not as this machine is.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")  # of what Dask warns, no clerk can understand anything
        try:
            client = stack.enter_context(_client(cluster, stack))
            client.wait_for_workers(1, REACH_S)
        except (OSError, ValueError, CancelledError) as fault:
            raise FileFault(
                f"连不上 {cluster.scheduler}，或者那里没有干活的机器。请检查网络、证书、调度程序和各台机器上的 dask worker；"
                "要只用本机，把 pipeline.toml 的 [cluster] scheduler 写成空的。一个编号也没有用掉。"
            ) from fault
        _refuse_unlike(client)
        far = Far(client, cluster.scheduler)
        stack.callback(far.close)
        yield far


def _client(cluster: Cluster, stack: ExitStack) -> Client:
    if cluster.scheduler.startswith(LOCAL):
        count = int(cluster.scheduler.removeprefix(LOCAL))
        own_cluster = LocalCluster(
            n_workers=count, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL,
            security=Security.temporary(),  # or whoever else works on this machine could have it run what he likes
        )  # fmt: skip
        return Client(stack.enter_context(own_cluster), timeout=REACH_S)
    security = None
    if cluster.ca:
        for path in (cluster.ca, cluster.certificate, cluster.key):
            if not Path(path).is_file():
                raise FileFault(f"没有 [cluster] 里写的证书文件 {path}。")
        security = Security(
            tls_ca_file=cluster.ca, tls_client_cert=cluster.certificate, tls_client_key=cluster.key,
            require_encryption=True,
        )  # fmt: skip
    return Client(cluster.scheduler, timeout=REACH_S, security=security)


def _refuse_unlike(client: Client) -> None:
    for address, found in client.run(own, on_error="return").items():
        if isinstance(found, OSError):
            continue  # it has just been lost
        what = "没有装本程序，或者版本太旧" if isinstance(found, BaseException) else difference(found, own())
        if what:
            raise unlike(f"{address} 的{what}")


def _size(argument: object) -> int:
    return Path(argument).stat().st_size if isinstance(argument, PathLike) else len(pickle.dumps(argument))
