"""Programs that run a command as the tests need it: killed, refused, cut off, on a later day, or without waiting for Python."""

from pathlib import Path

_HERE = Path(__file__).parent
KILLER, REFUSER, LATER, CUTTER = (
    (str(_HERE / f"{name}.py"),) for name in ("killer", "refuser", "later", "cutter")
)
"""What :meth:`support.desk.Desk.run` takes as its program."""
