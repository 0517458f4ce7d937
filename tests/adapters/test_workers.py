"""Work shared by two processes: every call made once, results in order, nobody left behind."""

import os
import time
from collections.abc import Callable
from multiprocessing import active_children

import pytest

from pipeline.adapters.workers import Workers, crew

SLOWLY_TOLD = "__import__('time').sleep(0.05) or __import__('os').getpid()"


@pytest.mark.parametrize("of_two", [False, True])
def test_results_come_in_the_order_of_the_calls(of_two: bool) -> None:
    with crew(of_two=of_two, warm_up=time.time) as hands:
        assert hands.begin(pow, [(2, number) for number in range(50)])() == [
            2**number for number in range(50)
        ]
        assert hands.begin(pow, [])() == []


def test_both_processes_take_part_and_what_is_begun_runs_meanwhile() -> None:
    with crew(of_two=True, warm_up=time.time) as hands:
        hands.begin(os.getpid, [()])()
        finish = hands.begin(time.sleep, [(0.2,)] * 10)
        started = time.monotonic()
        time.sleep(0.5)
        finish()
        assert time.monotonic() - started < 1.7
        processes = hands.begin(eval, [(SLOWLY_TOLD,)] * 20)()
    assert len(set(processes)) == 2 and os.getpid() in processes


def test_alone_nothing_is_begun_before_its_end_is_asked_for() -> None:
    made: list[int] = []
    finish = Workers(None).begin(made.append, [(1,), (2,)])
    assert made == []
    finish()
    assert sorted(made) == [1, 2]


@pytest.mark.parametrize("of_two", [False, True])
@pytest.mark.parametrize("call", [int, os.listdir])
def test_a_fault_is_raised_here_wherever_it_happened(of_two: bool, call: Callable[[str], object]) -> None:
    with pytest.raises((ValueError, OSError)), crew(of_two=of_two, warm_up=time.time) as hands:
        hands.begin(call, [("/nowhere",)] * 5)()


def test_the_second_process_is_gone_when_the_block_ends_badly() -> None:
    def broken_off() -> None:
        with crew(of_two=True, warm_up=time.time) as hands:
            hands.begin(time.sleep, [(60,)])
            time.sleep(0.5)
            raise KeyError

    with pytest.raises(KeyError):
        broken_off()
    deadline = time.monotonic() + 5
    while active_children() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not active_children()
