"""What a command's process loads before it begins."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from pipeline.cli.app import pipeline

_PROGRAM = """
import sys
from pipeline.cli.app import pipeline
pipeline.main(sys.argv[1:], standalone_mode=False)
print(*sys.modules, file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    command = [sys.executable, "-c", _PROGRAM, *arguments, "--help"]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stderr.split())


@pytest.mark.parametrize("words", [("register", "status"), ("letters",), ("check",)])
def test_a_command_loads_no_report_and_no_other_command(words: tuple[str, ...]) -> None:
    names = loaded(*words)
    assert "pipeline.cli.options" in names and ("pipeline.cli.register" in names) == (words[0] == "register")
    assert (
        not {"pipeline.reports.kinds", "pipeline.cli.items", "pipeline.cli.page", "rich", "lxml", "xlrd"}
        & names
    )


def test_help_and_a_name_that_nobody_has_know_all_commands() -> None:
    listed = pipeline.list_commands(click.Context(pipeline))
    assert {"assess", "bulletin", "check", "items", "letters", "month", "page", "register", "supervise"} <= {
        *listed
    }
    for name in ("registr", "bulletn"):
        told = CliRunner().invoke(pipeline, [name])
        assert told.exit_code == 2 and f"'{name}'" in told.output
        assert ("register" if name == "registr" else "bulletin") in told.output.split("错误")[1]


def test_a_kind_of_report_loads_no_other() -> None:
    program = "import sys, pipeline.reports.dispatch; print(*sys.modules)"
    names = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout.split()
    kinds = {name for name in names if name.startswith("pipeline.reports.")}
    assert kinds and all(name.startswith("pipeline.reports.dispatch") for name in kinds)
