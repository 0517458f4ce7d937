"""The benchmark's way into the product: it wraps names from outside, and these change with the product."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from inspect import signature
from pathlib import Path

import pytest
from support.desk import ROOT, Desk

from bench.filled import Silent
from bench.unchanged.differences import says_as_much
from pipeline.progress import ProgressBar


def test_the_time_of_a_run_is_told_stage_by_stage(desk: Desk, tmp_path: Path) -> None:
    report = tmp_path / "stages.json"
    command = [sys.executable, "-m", "bench.stages", str(desk.root), str(report), str(time.time())]
    run = subprocess.run(
        command, env=desk.environment(), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run
    spent = json.loads(report.read_text("utf-8"))
    assert len(spent) > 12 and all(seconds > 0 for seconds in spent.values()), spent
    assert len(desk.manifest()["letters"]) == 9


@pytest.mark.parametrize(
    "change, word",
    [
        (lambda text: text, "读对"),
        (lambda text: text.replace("13800001005", "1380"), "拒绝并说明"),
        (lambda text: text.replace("编造5号", "编造6号"), "读错"),
        (lambda text: text[:0], "拒绝并说明"),
    ],
    ids=["as it is", "a phone that is told", "another name in silence", "nothing"],
)
def test_what_an_exporter_wrote_is_right_or_told_or_wrong(
    change: Callable[[str], str], word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(ROOT)
    from bench.exporters import making, reading
    from tests.support.inputs import truth

    files = {}
    for kind, lines in (("registrations", truth.registrations()), ("applicants", truth.applicants())):
        rows = [
            ",".join(lines[0]),
            *(",".join(str(value or "") for value in line.values()) for line in lines),
        ]
        files[kind] = tmp_path / f"{kind}.csv"
        files[kind].write_text(change("\n".join(rows)), "utf-8")
    outcome = reading.read(making.Made("（编造）", "csv", "", files, ""))
    assert outcome.word == word, outcome


@pytest.mark.parametrize(
    "was, now, is_same",
    [
        ({"a": [{"b": 1}]}, {"a": [{"b": 1, "c": 2}], "d": None}, True),
        ({"a": [1, 2]}, {"a": [1, 2, 3]}, False),
        ({"a": 1}, {"a": True}, False),
        ({"a": 1, "b": 2}, {"a": 1}, False),
    ],
)
def test_what_is_told_to_programs_may_say_more_and_nothing_else(
    was: object, now: object, is_same: bool
) -> None:
    assert says_as_much(was, now) is is_same


def test_who_looks_on_for_the_benchmark_hears_all_that_a_job_tells() -> None:
    for name in ("say", "expect", "advance"):
        heard, told = (list(signature(getattr(each, name)).parameters) for each in (Silent, ProgressBar))
        assert heard == told, name
