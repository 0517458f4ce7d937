"""Work shared by two processes of one machine: every call made once, results in order, nobody left behind."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing import active_children
from pathlib import Path

import pytest
from support.desk import processes_at, until

from pipeline.adapters.workers import Workers, as_done, workers
from pipeline.settings.cluster import Cluster

ALONE = Cluster()
SLOWLY_TOLD = "__import__('time').sleep(0.05) or __import__('os').getpid()"


@pytest.mark.parametrize("of_two", [False, True])
def test_results_come_in_the_order_of_the_calls(of_two: bool) -> None:
    with workers(ALONE, of_two=of_two) as hands:
        assert hands.map(pow, [(2, number) for number in range(50)]) == [2**number for number in range(50)]
        assert hands.map(pow, []) == []


def test_both_processes_take_part_and_the_second_does_not_wait_for_the_first() -> None:
    with workers(ALONE, of_two=True) as hands:
        hands.map(os.getpid, [()])
        started = time.monotonic()
        hands.map(time.sleep, [(0.1,)] * 10, meanwhile=lambda: time.sleep(0.3))
        assert time.monotonic() - started < 1.2
        processes = hands.map(eval, [(SLOWLY_TOLD,)] * 20)
    assert len(set(processes)) == 2 and os.getpid() in processes


def test_results_are_seen_as_they_come_each_with_its_place() -> None:
    with workers(ALONE, of_two=True) as hands:
        seen = hands.as_made(pow, [(2, number) for number in range(20)])
        assert sorted(seen) == [(number, 2**number) for number in range(20)]


def test_nothing_more_is_begun_once_nobody_looks_any_more() -> None:
    made: list[int] = []
    seen = Workers(None).as_made(made.append, [(number,) for number in range(9)])
    next(seen)
    seen.close()  # type: ignore[attr-defined]
    assert made == [8]


def test_alone_what_is_to_be_done_meanwhile_is_done_first() -> None:
    made: list[int] = []
    Workers(None).map(made.append, [(1,), (2,)], meanwhile=lambda: made.append(0))
    assert made[0] == 0 and sorted(made) == [0, 1, 2]


@pytest.mark.parametrize("of_two", [False, True])
@pytest.mark.parametrize("call", [int, os.listdir])
def test_a_fault_is_raised_here_wherever_it_happened(of_two: bool, call: Callable[[str], object]) -> None:
    with pytest.raises((ValueError, OSError)), workers(ALONE, of_two=of_two) as hands:
        hands.map(call, [("/nowhere",)] * 5)


def test_the_second_process_is_gone_when_the_block_ends_badly() -> None:
    def broken_off() -> None:
        raise KeyError

    with pytest.raises(KeyError), workers(ALONE, of_two=True) as hands:
        hands.map(time.sleep, [(60,)], meanwhile=broken_off)
    deadline = time.monotonic() + 5
    while active_children() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not active_children()


def test_a_second_process_whose_parent_is_killed_before_it_has_begun_does_not_stay(tmp_path: Path) -> None:
    killed = (
        "import os, time\n"
        "from pipeline.adapters.workers import workers\n"
        "from pipeline.settings.cluster import Cluster\n"
        "if __name__ == '__main__':\n"
        "    with workers(Cluster(), of_two=True):\n"
        "        os.kill(os.getpid(), 9)\n"
    )
    program = tmp_path / "killed.py"
    program.write_text(killed, encoding="utf-8")
    assert subprocess.run([sys.executable, str(program)], cwd=tmp_path, check=False).returncode == -9
    until(lambda: not processes_at(tmp_path), 60, "nobody left behind")


def test_what_is_done_first_comes_first_and_a_fault_stays_with_its_own() -> None:
    slow, quick, broken = Future[int](), Future[int](), Future[int]()
    quick.set_result(2)
    came = as_done((slow, quick, broken))
    assert next(came) is quick
    broken.set_exception(KeyError("x"))
    assert next(came) is broken
    slow.set_result(1)
    assert [each.result() for each in came] == [1]
