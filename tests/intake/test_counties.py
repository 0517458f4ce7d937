"""What counties sent, among a city's own tables: read alike by one process and by two, each file in its place."""

import json
from datetime import date
from pathlib import Path

import pytest
from support.desk import Desk, settle
from support.figures.counties import COUNTIES, figures, file_of

from pipeline.domain.period import Month
from pipeline.intake import Intake, files, read_inputs
from pipeline.workspace import open_workspace


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk.laid(tmp_path / "desk")
    for month in (4, 5):
        for code in COUNTIES:
            drop(desk, f"{month}月/{code}.json", file_of(figures(code, month)))
    changed = json.loads(file_of(figures("01", 6))) | {"revision": 2}
    drop(desk, "6月/动过.json", json.dumps(changed).encode())
    drop(desk, "6月/断了.json", file_of(figures("02", 6))[:900])
    return desk


def drop(desk: Desk, name: str, data: bytes) -> None:
    path = desk.root / "inputs" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    settle(path)


def intake_of(desk: Desk) -> Intake:
    return read_inputs(open_workspace(desk.root), date(2022, 6, 1), with_counties=True)


@pytest.mark.parametrize("together", [1, 5_000, 10**9], ids=["each", "some", "all"])
def test_two_processes_say_the_same_as_one_in_the_same_order(
    desk: Desk, together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = intake_of(desk)
    monkeypatch.setattr(files, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(files, "_AT_ONCE", together)
    assert intake_of(desk) == alone
    assert [(each.month, each.code) for each in alone.counties] == [
        (Month(2022, month), code) for month in (4, 5) for code in COUNTIES
    ]
    assert [(each.source.file, each.code) for each in alone.problems] == [
        ("6月/动过.json", "figures-seal"), ("6月/断了.json", "figures-broken"),
    ]  # fmt: skip
    assert {unit.name for unit in alone.units} == {"东村镇", "普明镇", "县民政局"}
