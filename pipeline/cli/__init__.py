"""The command line: Click, the clock and the exit codes, known nowhere else."""

from pipeline.cli.app import main

__all__ = ["main"]
