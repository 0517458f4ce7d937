"""What the screen shows of problems."""

import pytest

from pipeline.cli.screen import show_problems
from pipeline.domain.model import Problem, Source


def test_of_a_cell_with_a_whole_essay_only_its_beginning_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    show_problems(
        [Problem(Source("调度表.xlsx", "调度表", 4), "堵点", "缺" * 201, "too-long", "最多200个字。")]
    )
    shown = capsys.readouterr().err
    assert shown.count("缺") == 60 and "……" in shown and "最多200个字。" in shown.replace("\n", "")
