"""What must be on the disk before it is told as done."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """See that a file or folder is on the disk, whatever happens to the power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
