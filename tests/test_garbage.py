"""Python's collector is out of the way only as long as it is asked to be."""

import gc
from contextlib import suppress

from pipeline.garbage import uncollected


def test_nothing_is_looked_through_meanwhile_and_everything_afterwards() -> None:
    was_on = gc.isenabled()
    try:
        gc.enable()
        with uncollected():
            with uncollected():
                assert not gc.isenabled()
            assert not gc.isenabled()
        assert gc.isenabled()
        with suppress(KeyError), uncollected():
            raise KeyError
        assert gc.isenabled()
        gc.disable()
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        (gc.enable if was_on else gc.disable)()
