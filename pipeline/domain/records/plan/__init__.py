"""The plan: the roster of the units (单位名录) and their targets (任务分解表), every mistake at its own cell."""
