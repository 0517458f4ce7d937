"""What a register needs of a database, whichever make it is: one open connection, and the place where it is kept.

The SQL of this package is written once, for both: ``?`` for a parameter, nothing that only one make understands.
What differs between the makes is behind these two classes.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Protocol

from pipeline.adapters.register.makes import schema
from pipeline.errors import RegisterFault, Stop

Parameters = Sequence[object]
"""Values for the ``?`` of a statement."""


class Rows(Protocol):
    """What a statement found; each row a tuple."""

    def fetchone(self) -> Any:
        """The next row; None after the last."""

    def fetchall(self) -> list[Any]:
        """The rest of them."""

    def __iter__(self) -> Iterator[Any]: ...


class Database(ABC):
    """One open connection to a register."""

    make: ClassVar[str]
    """Which schema it has."""
    errors: ClassVar[type[Exception]]
    """What the driver raises."""

    @abstractmethod
    def execute(self, statement: str, parameters: Parameters = ()) -> Rows:
        """Run one statement."""

    @abstractmethod
    def executemany(self, statement: str, rows: Iterable[Parameters]) -> None:
        """Run one statement for each row."""

    @abstractmethod
    def begin(self, *, writing: bool) -> None:
        """Begin a transaction.

        :param writing: whoever else wants to write waits until it ends; otherwise it sees the register as it is now
            and nobody waits.
        """

    @abstractmethod
    def told(self, fault: Exception) -> Stop:
        """The driver's error in the clerk's words."""

    @abstractmethod
    def version(self) -> int:
        """Version of the schema that the register has."""

    @abstractmethod
    def set_version(self, version: int) -> None:
        """Note which version the schema is now."""

    @abstractmethod
    def damage(self) -> list[str]:
        """What the database itself finds wrong with what it keeps; Chinese."""

    @abstractmethod
    def altered(self) -> list[str]:
        """Names of tables, indexes, triggers and functions that are not as this program makes them."""

    @abstractmethod
    def exclusive(self, wait_s: float, on_wait: Callable[[], None]) -> AbstractContextManager[None]:
        """Hold the right to number letters until the block ends or the process dies.

        :param on_wait: called once when somebody else holds it.
        :raises RegisterFault: still held after ``wait_s`` seconds.
        """

    @abstractmethod
    def scrub(self) -> None:
        """Write the tables anew, without anything that was erased from them; in no transaction."""

    @abstractmethod
    def asides(self) -> list[str]:
        """Where registers are that were put aside when a copy took their place; words for the clerk."""

    @abstractmethod
    def copy(self, new: Path) -> None:
        """Copy the register, as it is at this moment, to a file that is there and empty; a register of its own."""

    @abstractmethod
    def keep(self, name: str) -> None:
        """Copy the register, whatever its version, to its side under a name; once for each name."""

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """The driver's errors → exit code and words.

        :raises FileFault: disk full, read-only, no permission, no connection.
        :raises RegisterFault: locked, damaged, or the database refuses.
        """
        try:
            yield
        except self.errors as fault:
            raise self.told(fault) from fault

    @contextmanager
    def transaction(self, *, writing: bool) -> Iterator[None]:
        """All of it or nothing; see :meth:`begin`."""
        with self.guarded():
            self.begin(writing=writing)
            try:
                yield
            except BaseException:
                with suppress(self.errors):
                    self.execute("ROLLBACK")
                raise
            self.execute("COMMIT")


class Home(ABC):
    """The place where a register is kept."""

    folder: Path
    """For what is copied of it."""

    @abstractmethod
    def exists(self) -> bool:
        """Whether there is something already; makes nothing."""

    @abstractmethod
    def events(self) -> list[str]:
        """The hashes of all events of the register, in order; empty where there is none, and makes none.

        :raises RegisterFault: nothing can be read of it.
        """

    @abstractmethod
    def opened(self, wait_s: float) -> AbstractContextManager[Database]:
        """A connection, the register made when there is none.

        :param wait_s: how long to wait while another process writes.
        """

    @abstractmethod
    def exclusive(self, wait_s: float, on_wait: Callable[[], None]) -> AbstractContextManager[None]:
        """As :meth:`Database.exclusive`, also where no register can be opened."""

    @abstractmethod
    def replace(self, new: Path, at: datetime) -> str | None:
        """Put a sound copy in the place of the register, all of it or nothing.

        :return: where the old register is kept now; None where there was none.
        """


def hashes(database: Database) -> list[str]:
    """The hashes of all events, in order."""
    return [row[0] for row in database.execute("SELECT hash FROM events ORDER BY id")]


def refuse_newer(version: int) -> None:
    """Refuse a register that a later program has written.

    :raises RegisterFault: it is newer than this program.
    """
    if version > schema.VERSION:
        raise RegisterFault(
            f"台账是更新版本的程序写的（第{version}版），本程序只认到第{schema.VERSION}版。请用新版程序。"
        )


def in_use() -> RegisterFault:
    """Somebody else writes, and does not end."""
    return RegisterFault("台账正被别的程序占用，等了很久仍未放开。请关闭其他窗口后再试。")


def still_numbering() -> RegisterFault:
    """Somebody else holds the right to number, and does not end."""
    return RegisterFault("另一次编号一直没有结束。请确认没有别的窗口在运行，再试一次。")
