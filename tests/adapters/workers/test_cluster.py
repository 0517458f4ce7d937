"""Calls made on the machines of a cluster: real schedulers and workers of Dask, each a process of its own."""

import gc
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from distributed import KilledWorker
from support.programs import cluster as real

from pipeline.adapters.workers import Workers, cluster, workers
from pipeline.adapters.workers.cluster import Far
from pipeline.errors import ConversionFault, ExitCode, FileFault, Stop, ToolFault
from pipeline.settings.cluster import Cluster

SLOWLY_TOLD = "__import__('time').sleep(0.1) or __import__('os').getpid()"


@contextmanager
def hands_of(scheduler: str, **settings: str) -> Iterator[Workers]:
    with workers(Cluster(scheduler, **settings), of_two=False) as hands:
        yield hands


def test_calls_are_made_there_and_here_and_results_come_in_their_order(dask: real.Cluster) -> None:
    with hands_of(dask.address) as hands:
        assert hands.map(pow, [(2, number) for number in range(50)]) == [2**number for number in range(50)]
        assert hands.map(pow, []) == []
        makers = set(hands.map(eval, [(SLOWLY_TOLD,)] * 12))
        assert os.getpid() in makers and len(makers) > 1
        assert set(hands.map_here(eval, [(SLOWLY_TOLD,)] * 2)) == {os.getpid()}


def test_a_file_goes_along_and_a_large_one_once_for_all_calls(
    dask: real.Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = tmp_path / "small.txt", tmp_path / "large.bin"
    small.write_bytes(b"abc")
    large.write_bytes(os.urandom(cluster.WORTH_SENDING_ONCE))
    sent: list[object] = []
    once = Far.once
    monkeypatch.setattr(Far, "once", lambda far, argument: sent.append(argument) or once(far, argument))
    with hands_of(dask.address) as hands:
        read = hands.map(Path.read_bytes, [(small,), (large,)] * 6, meanwhile=lambda: time.sleep(1))
        assert read == [small.read_bytes(), large.read_bytes()] * 6
        assert sent == [large]
        there = hands.far.submit(str, small).result(60) if hands.far else ""
    assert Path(there).name == "small.txt" and there != str(small) and not Path(there).exists()


@pytest.mark.parametrize(
    "call, argument, fault", [(int, "x", ValueError), (os.listdir, "/nowhere", FileNotFoundError)]
)
def test_what_a_call_fails_with_there_is_raised_here(
    dask: real.Cluster, call: Callable[[str], object], argument: str, fault: type[Exception]
) -> None:
    with hands_of(dask.address) as hands:
        assert hands.far
        with pytest.raises(fault):
            hands.far.submit(call, argument).result(60)


def test_a_worker_that_is_killed_in_the_middle_costs_no_result(dask: real.Cluster) -> None:
    (extra,) = dask.work(1)
    with hands_of(dask.address) as hands:
        makers = set(hands.map(eval, [(SLOWLY_TOLD,)] * 24, meanwhile=lambda: real.kill(extra)))
        assert hands.map(pow, [(2, number) for number in range(30)]) == [2**number for number in range(30)]
    assert len(makers) >= 2


def test_a_worker_of_another_version_is_named_and_nothing_is_done(dask: real.Cluster, tmp_path: Path) -> None:
    (other,) = dask.work(1, PYTHONPATH=real.other_version(tmp_path))
    try:
        with (
            pytest.raises(ToolFault, match=r"tcp://127\.0\.0\.1:\d+ 的本程序 那里是 .+、本机是") as found,
            hands_of(dask.address),
        ):
            pass
    finally:
        real.kill(other)
    assert found.value.exit_code == ExitCode.TOOL


def test_one_that_comes_later_makes_nothing_either(
    dask: real.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hands_of(dask.address) as hands:
        assert hands.far
        monkeypatch.setattr(
            cluster, "own", lambda: {"本程序": "another"}
        )  # as if the workers were not like us
        with pytest.raises(ToolFault, match=r"本程序 那里是 .+、本机是 another"):
            hands.far.submit(pow, 2, 3).result(60)


def test_where_no_scheduler_is_nothing_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "REACH_S", 0.3)
    with (
        pytest.raises(FileFault, match=r"连不上 tcp://127\.0\.0\.1:9，") as found,
        hands_of("tcp://127.0.0.1:9"),
    ):
        pass
    assert found.value.exit_code == ExitCode.FILES


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_with_certificates_nobody_without_the_right_one_is_let_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, others = real.certified(tmp_path / "ours"), real.certified(tmp_path / "others")
    with real.cluster(tmp_path / "dask", ours) as made:
        with monkeypatch.context() as hurry:
            hurry.setattr(cluster, "REACH_S", 1)
            for party in (ours, others):  # nobody is there to work; not let in
                with pytest.raises(FileFault, match="没有干活的机器"), hands_of(made.address, **party):
                    pass
        made.work(1)
        with hands_of(made.address, **ours) as hands:
            assert hands.far and hands.far.submit(pow, 2, 5).result(60) == 32
    gc.collect()  # Dask leaves the socket of a client that was refused to the collector


class NoClient:
    """A client whose every call ends in one way; where it is None, in none."""

    def __init__(self, fault: BaseException | None) -> None:
        self._fault = fault

    def nthreads(self) -> dict[str, int]:
        return {}

    def submit(self, *_: object, **__: object) -> "NoClient":
        return self

    def add_done_callback(self, call: Callable[[Any], None]) -> None:
        if self._fault:
            call(self)

    def result(self) -> bytes:
        assert self._fault
        raise self._fault


@pytest.mark.parametrize(
    "fault, told",
    [
        (KilledWorker("a call", None, 3), ConversionFault),  # type: ignore[arg-type]
        (CancelledError(), FileFault),
        (OSError(), FileFault),
        (ModuleNotFoundError("pipeline"), ToolFault),
    ],
)
def test_what_becomes_of_a_cluster_is_told_in_chinese(fault: BaseException, told: type[Stop]) -> None:
    far = Far(NoClient(fault), "tcp://x:1")  # type: ignore[arg-type]
    with pytest.raises(told, match=r"[一-鿿]"):
        far.submit(pow, 2, 3).result(5)
    far.close()


def test_a_cluster_whose_workers_are_all_gone_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "LOOK_S", 0.01)
    monkeypatch.setattr(cluster, "EMPTY_S", 0.03)
    far = Far(NoClient(None), "tcp://x:1")  # type: ignore[arg-type]
    with pytest.raises(FileFault, match="tcp://x:1 上的机器都停了"):
        far.submit(pow, 2, 3).result(60)
    far.close()
    with pytest.raises(FileFault):
        far.submit(pow, 2, 3).result(0)
