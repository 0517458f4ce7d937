"""The benchmark's way into the product: it wraps names from outside, and these change with the product."""

import json
import subprocess
import sys
import time
from pathlib import Path

from desk import ROOT, Desk


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
