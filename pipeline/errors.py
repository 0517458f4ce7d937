"""Exit codes and the few exceptions that end a run.

A clerk's mistake in a table is not an exception: it is a :class:`~pipeline.domain.model.Problem`, collected
and shown with all the others. What is raised here is what nobody can go on from.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, IntEnum, auto
from typing import ClassVar, NamedTuple


class ExitCode(IntEnum):
    """What a command tells the shell; never renumbered."""

    DONE = 0
    """Everything asked for is there."""
    USAGE = 2
    """Wrong option, wrong argument, or a ``pipeline.toml`` that cannot be used."""
    DATA = 3
    """Problems in the spreadsheets."""
    TOOL = 4
    """A program, font or template is missing or broken."""
    CONVERSION = 5
    """LibreOffice did not give the pages it should have."""
    REGISTER = 6
    """The register of letters refused."""
    FILES = 7
    """A file or folder cannot be read or written."""
    BUG = 70
    """A fault of this program."""
    INTERRUPTED = 130
    """Stopped by the user."""


class Remedy(Enum):
    """What to do about it where that is an option or a command: each front has its own words or button for it."""

    NAME_WORKSPACE = auto()
    """Say which folder is the workspace."""
    MAKE_BULLETIN = auto()
    """Have the bulletin made that a report goes by."""
    REVISE = auto()
    """Have a report published again, with a reason."""
    ASSESS_STEPS = auto()
    """Take the assessment's steps one after another."""
    CONFIRM_PAPERS = auto()
    """Look through the drafts, and issue them."""
    WITHDRAW_PAPERS = auto()
    """Take back papers that have lost their ground."""
    ERASE = auto()
    """Say once more, and by which day, that data is to be erased."""
    SKIP_ROWS = auto()
    """Have all letters numbered but those of the rows with problems."""
    NUMBER_AGAIN = auto()
    """Have the letters numbered that are wanting now."""
    FINISH_BATCH = auto()
    """Have the batch printed that was numbered and not printed."""
    ANY_ENGINE = auto()
    """Leave to the program how the letters are printed."""
    VOID_BY_FORCE = auto()
    """Say that a letter becomes void although a business is registered with it."""
    REPLACE_LETTER = auto()
    """Have a new letter numbered in this one's place, and mend the template."""
    NAME_LETTERS = auto()
    """Say which letters are meant, or drag a receipt sheet in."""
    LIST_LETTERS = auto()
    """Look at the state of each letter."""
    SHOW_RANGES = auto()
    """Look at the batches and the numbers that each unit has."""
    CHECK_REGISTER = auto()
    """Have the register audited."""
    RESTORE_BY_FORCE = auto()
    """Say that the register gives way although it knows more than the copy."""
    MOVE_REGISTER = auto()
    """Move this workspace's own register to the server."""
    CONFIRM_DAY = auto()
    """Say the day once more, the same."""
    SET_UP = auto()
    """Have what is missing on this machine installed."""
    SET_UP_SERVER = auto()
    """Have what speaks to a server installed."""
    SET_UP_CLUSTER = auto()
    """Have what speaks to other machines installed."""
    SET_UP_PAGE = auto()
    """Have what serves the page installed."""


class Edition(NamedTuple):
    """A paper for which something is to be done."""

    kind: str
    """Name of its kind of report: ``bulletin``."""
    period: str
    """Name of what it speaks of: ``2022-06``, ``2022-Q2``, ``2022``; empty for the last that there is."""


class Stop(Exception):
    """Ends the run with one message for the clerk (Chinese: what is wrong, then what to do).

    :param remedy: what the front adds in its own words; None where the message says it all.
    :param edition: the paper that it is for; None where it is for none.
    """

    exit_code: ClassVar[ExitCode]

    def __init__(self, message: str, remedy: Remedy | None = None, edition: Edition | None = None) -> None:
        super().__init__(message)
        self.remedy = remedy
        self.edition = edition


class UsageFault(Stop):
    """The command or ``pipeline.toml`` cannot be understood."""

    exit_code = ExitCode.USAGE


class ToolFault(Stop):
    """A program or font is missing."""

    exit_code = ExitCode.TOOL


class TemplateFault(Stop):
    """A Word template is missing, broken or has the wrong placeholders."""

    exit_code = ExitCode.TOOL


class ConversionFault(Stop):
    """LibreOffice failed, hung, or its pages do not say what they must."""

    exit_code = ExitCode.CONVERSION


class RegisterFault(Stop):
    """The register is locked, damaged, of a newer version, or the move is not allowed."""

    exit_code = ExitCode.REGISTER


class FileFault(Stop):
    """A file or folder cannot be read or written."""

    exit_code = ExitCode.FILES


@contextmanager
def writing() -> Iterator[None]:
    """Disk full, read-only, no permission → one message.

    :raises FileFault: instead of any OSError.
    """
    try:
        yield
    except OSError as fault:
        where = f"{fault.filename}：" if fault.filename else ""
        raise FileFault(
            f"写不了文件（{where}{fault.strerror}）。请检查磁盘空间和文件夹权限后再试。"
        ) from fault
