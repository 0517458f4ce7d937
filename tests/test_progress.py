"""How far a job is, as another program reads it."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.screen import Screen
from pipeline.progress import PROGRESS, ProgressFile


def told(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, in seconds, as its only element."""
    now = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    return now


def test_a_command_s_screen_tells_it_in_the_file_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "progress"
    monkeypatch.setenv(PROGRESS, str(path))
    with Screen() as bar:
        assert told(path) == {"text": "", "done": 0, "total": None}
        bar.say("正在试排……")
        assert told(path) == {"text": "正在试排……", "done": 0, "total": None}
        bar.expect("正在排版", 3)
        bar.advance(1)
        bar.advance(2)
        assert told(path) == {"text": "正在排版", "done": 3, "total": 3}
        bar.say("正在装订、核对……")
        assert told(path) == {"text": "正在装订、核对……", "done": 3, "total": 3}
    assert [each.name for each in tmp_path.iterdir()] == ["progress"]


def test_counts_alone_are_written_five_times_a_second_and_the_last_one_always(
    tmp_path: Path, clock: list[float]
) -> None:
    path = tmp_path / "progress"
    file = ProgressFile(path)
    file.expect("正在排版", 1000)
    seen = set()
    for _ in range(1000):
        clock[0] += 0.001
        file.advance(1)
        seen.add(told(path)["done"])
    assert 5 <= len(seen) <= 7 and max(seen) == 1000


def test_any_thread_may_tell(tmp_path: Path) -> None:
    file = ProgressFile(tmp_path / "progress")
    file.expect("正在排版", 400)
    with ThreadPoolExecutor(4) as crew:
        list(crew.map(file.advance, [1] * 400))
    assert told(tmp_path / "progress")["done"] == 400


@pytest.mark.parametrize("place", ["没有/这个/文件夹", "."])
def test_a_file_that_cannot_be_written_stops_nothing(place: str, tmp_path: Path) -> None:
    file = ProgressFile(tmp_path / place)
    file.say("正在试排……")
    file.expect("正在排版", 1)
    file.advance(1)


def test_names_of_files_that_are_no_text_do_not_either(tmp_path: Path) -> None:
    ProgressFile(tmp_path / "progress").say("名单\udcd2.xlsx")
    assert "名单" in told(tmp_path / "progress")["text"]
