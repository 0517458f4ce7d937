"""Python's collector of garbage, kept out of the way of values that all stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let nothing be looked through for garbage meanwhile; around what makes values by the million and throws none away.

    Memory for all of them is there anyway. What makes documents is no such thing: each of those leaves a circle behind.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
