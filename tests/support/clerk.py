"""A clerk at a desk: what he types, where tests type it often, and the jobs that do it, called without a command line.

A rule is tried by its job; what a command makes of it (exit code, text, ``--json``) is tried in ``tests/cli``.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime

from pipeline.adapters.register import open_register
from pipeline.domain.letters.lifecycle import Note
from pipeline.domain.outcome import Outcome
from pipeline.jobs.register import audit, listing, lookup, movements, reconcile, reissue
from pipeline.jobs.register.selection import Choice
from pipeline.workspace import Workspace, open_workspace
from support import desk as typed
from support.desk import Desk

VOID = ("register", "void", "--reason", "填错")
REPRINT = ("register", "reprint", "--reason", "卡纸")
REPLACE = ("register", "replace", "--reason", "填错")
DATE = ("--date", "2022-06-01")
DAY = date(2022, 6, 1)


def at_once(*commands: tuple[Desk, Sequence[str]]) -> list[typed.Outcome]:
    """Commands, each at its desk, that are all begun before any has ended."""
    commands[0][0].run("--help")
    with ThreadPoolExecutor(len(commands)) as clerks:
        return list(clerks.map(lambda command: command[0].run(*command[1]), commands))


class Quiet:
    """Nobody is told; what would have been said is kept."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.pages = self.expected = 0

    def say(self, text: str) -> None:
        self.said.append(text)

    def expect(self, _text: str, pages: int) -> None:
        self.expected, self.pages = pages, 0

    def advance(self, pages: int) -> None:
        self.pages += pages


@contextmanager
def at(desk: Desk) -> Iterator[Workspace]:
    """The desk's workspace, with its office on PATH and files that only their owner may read, as a command has it."""
    path, mask = os.environ["PATH"], os.umask(0o077)
    os.environ["PATH"] = desk.environment()["PATH"]
    try:
        yield open_workspace(desk.root)
    finally:
        os.environ["PATH"] = path
        os.umask(mask)


def now() -> datetime:
    return datetime.now().astimezone()


def enter(desk: Desk, to: str, choice: Choice, note: Note, *, force: bool = False) -> Outcome:
    """Enter what has become of letters.

    :raises RegisterFault: it cannot be.
    """
    with at(desk) as workspace:
        return movements.run(workspace, movements.Request(to, choice, note, force), now(), Quiet().say)


def distribute(desk: Desk, *numbers: str, who: str = "张三", day: date = DAY, **ready: str) -> Outcome:
    """Hand letters out, by number, or all that lie ready of a ``unit`` or a ``batch``."""
    return enter(desk, "distributed", Choice(numbers, **ready), Note(day, who, ""))


def give_back(desk: Desk, *numbers: str, why: str = "", day: date = DAY) -> Outcome:
    return enter(desk, "returned", Choice(numbers), Note(day, "", why))


def void(desk: Desk, *numbers: str, day: date = DAY, force: bool = False) -> Outcome:
    return enter(desk, "void", Choice(numbers), Note(day, "", "填错"), force=force)


def lose(desk: Desk, *numbers: str, why: str = "丢失", day: date = DAY) -> Outcome:
    return enter(desk, "lost", Choice(numbers), Note(day, "", why))


def use(desk: Desk, *numbers: str) -> None:
    """As if the letters had become businesses."""
    with open_register(desk.register) as register:
        for number in numbers:
            letter = lookup.history(open_workspace(desk.root), number).letter
            register.move("used", {letter.serial: Note(DAY, "", "92140000")}, now())


def reprint(desk: Desk, *numbers: str) -> Outcome:
    with at(desk) as workspace:
        return reissue.reprint(workspace, reissue.Request(numbers, "卡纸"), now(), Quiet())


def replace(desk: Desk, *numbers: str, day: date | None = None) -> Outcome:
    with at(desk) as workspace:
        return reissue.replace_letter(workspace, reissue.Request(numbers, "填错", day), now(), Quiet())


def reconciled(desk: Desk, month: int | None = None) -> reconcile.Reconciled:
    with at(desk) as workspace:
        return reconcile.reconcile(workspace, month, now(), Quiet().say)


def history(desk: Desk, number: str) -> lookup.Story:
    return lookup.history(open_workspace(desk.root), number)


def happened(desk: Desk, number: str) -> list[str]:
    """What happened to a letter, in order."""
    return [event.what for event in history(desk, number).events]


def listed(desk: Desk, **wanted: object) -> list[str]:
    """The letters of a list, without the year; by the fields of a filter."""
    found = listing.listing(open_workspace(desk.root), listing.Filter(**wanted))  # type: ignore[arg-type]
    return [row.letter.serial.key.removeprefix("2022-") for row in found]


def soundness(desk: Desk) -> audit.Soundness:
    """What ``register check`` would tell."""
    return audit.check(open_workspace(desk.root))
