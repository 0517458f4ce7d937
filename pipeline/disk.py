"""What must be on the disk before it is told as done, and folders held against other processes."""

import fcntl
import os
from pathlib import Path


def sync(path: Path) -> None:
    """See that a file or folder is on the disk, whatever happens to the power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def locked(folder: Path, how: int) -> int:
    """A descriptor that holds a lock on a folder until it is closed or the process dies."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, how)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
