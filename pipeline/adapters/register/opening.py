"""A register opened, brought to this program's version, and the right to number held."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipeline.adapters.register.homes import Where, home_of
from pipeline.adapters.register.migrating import migrate
from pipeline.adapters.register.store import Register


@contextmanager
def open_register(where: Where, wait_s: float = 30) -> Iterator[Register]:
    """Open the register, making it when there is none (a file gets mode 0600, its folder 0700).

    :param wait_s: how long to wait while another process writes.
    :raises UsageFault: the server's address is none.
    :raises ToolFault: what speaks to the server is not installed.
    :raises RegisterFault: locked, damaged, not a register, or written by a newer version.
    :raises FileFault: the folder cannot be written, or the server not reached.
    """
    home = home_of(where)
    with home.opened(wait_s) as database, database.guarded():
        migrate(database)
        yield Register(database)


@contextmanager
def hold_register(where: Where, wait_s: float, on_wait: Callable[[], None]) -> Iterator[Register]:
    """Open the register and hold the right to number letters until the block ends; see :func:`open_register`.

    :param on_wait: called once when somebody else holds it.
    :raises RegisterFault: still held after ``wait_s`` seconds.
    """
    with open_register(where) as register, register.exclusive(wait_s, on_wait):
        yield register
