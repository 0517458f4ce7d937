"""The command line: Click, the clock and the exit codes, known nowhere else."""
