"""Numbering, confirming, moving, entering: all that changes the register, each step one transaction with its events."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from pipeline.adapters.register import journal
from pipeline.adapters.register.backup import copy, thin_out
from pipeline.adapters.register.ledger import LIVE, Ledger, SealedRow
from pipeline.adapters.register.makes.base import Rows
from pipeline.adapters.register.seals import (
    BATCH_COLUMNS,
    LETTER_COLUMNS,
    append,
    batch_seals,
    columns_of,
    digest,
    sealed,
)
from pipeline.domain.journal import Entry, Journal, JournalPlan
from pipeline.domain.letters.lifecycle import OUT, Note, refusals, what_first
from pipeline.domain.letters.many import Letters
from pipeline.domain.letters.model import Batch, BatchId, Imprint, Order, Serial
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.letters.numbering import Issued, Planner, numbered, runs
from pipeline.errors import RegisterFault, Remedy, writing


class Register(Ledger):
    """One open register. Use :func:`open_register`."""

    @contextmanager
    def exclusive(self, wait_s: float, on_wait: Callable[[], None]) -> Iterator[None]:
        """Hold the right to number letters until the block ends; it is free again when the process dies.

        :param on_wait: called once when somebody else holds it.
        :raises RegisterFault: still held after ``wait_s`` seconds.
        """
        with self._db.exclusive(wait_s, on_wait):
            yield

    def back_up(self, folder: Path, at: datetime, *, thorough: bool = False, thin: bool = True) -> Path:
        """Copy the register into a folder under the time's name; the right to number is held.

        :param thorough: audit the copy.
        :param thin: keep only the newest copies there.
        :raises RegisterFault: the register is not sound.
        """
        with writing():
            while (path := folder / f"{at:%Y-%m-%d-%H%M%S}.db").exists():  # another one in the same second
                at += timedelta(seconds=1)
        copy(self._db, path, thorough=thorough)
        if thin:
            thin_out(folder)
        return path

    def preview(self, planner: Planner, serials: SerialFormat) -> Letters:
        """The letters that :meth:`reserve` would number now; writes nothing."""
        with self._db.transaction(writing=False):
            return self._number(planner, serials)

    def reserve(
        self, planner: Planner, serials: SerialFormat, imprint: Imprint, order: Order, at: datetime
    ) -> Batch | None:
        """Number what ``planner`` finds missing, as one batch, in one transaction; None when nothing is missing."""
        with self._db.transaction(writing=True):
            letters = self._number(planner, serials)
            if not letters:
                return None
            batch = self.next_batch(serials.year)
            self._db.execute(
                "INSERT INTO batches (year, number, request, engine, reason, reserved_at, county, office, book_size)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *astuple(batch),
                    order.request,
                    order.engine or "",
                    order.reason,
                    _stamp(at),
                    *astuple(imprint),
                ),
            )
            self._db.executemany(
                f"INSERT INTO letters ({LETTER_COLUMNS}, salt, person, content) VALUES ({', '.join('?' * 18)})",
                (sealed(columns_of(letter, batch), secrets.token_hex(16)) for letter in letters),
            )
            self._record_batch("reserved", batch, at, order.request)
        return self.batch(batch)

    def release(self, batch: BatchId, at: datetime, why: str) -> None:
        """Give back the numbers of a batch of which nothing was published."""
        with self._db.transaction(writing=True):
            self._record_batch("released", batch, at, why)
            self._db.execute("DELETE FROM letters WHERE year = ? AND batch = ?", astuple(batch))
            self._db.execute("DELETE FROM batches WHERE year = ? AND number = ?", astuple(batch))

    def use_templates(self, batch: BatchId, letter: bytes, receipt: bytes) -> None:
        """Keep the templates with which a batch is about to be printed, so that it can be made again."""
        with self._db.transaction(writing=True):
            self._db.execute(
                "UPDATE batches SET letter = ?, receipt = ? WHERE year = ? AND number = ?",
                (self._kept(letter), self._kept(receipt), *astuple(batch)),
            )

    def confirm(self, batch: BatchId, at: datetime, manifest_sha256: str) -> None:
        """The files of a batch are out: its letters are printed, for good, and those that they replace are void."""
        with self._db.transaction(writing=True):
            self._db.execute(
                "UPDATE letters SET state = 'printed' WHERE year = ? AND batch = ?", astuple(batch)
            )
            self._db.execute(
                "UPDATE batches SET published_at = ?, manifest = ? WHERE year = ? AND number = ?",
                (_stamp(at), manifest_sha256, *astuple(batch)),
            )
            self._record_batch("printed", batch, at, manifest_sha256)
            self._retire_replaced(batch, at)

    def record_rebuild(self, batch: BatchId, at: datetime, manifest_sha256: str) -> None:
        """Note that a published batch's files were made again."""
        with self._db.transaction(writing=True):
            self._record_batch("rebuilt", batch, at, manifest_sha256)

    def move(self, to: str, notes: Mapping[Serial, Note], at: datetime, *, force: bool = False) -> None:
        """Bring letters into another state, all of them or none.

        :param notes: each letter, with what is written down of its move.
        :param force: let even a used letter become void.
        :raises RegisterFault: a letter does not exist or cannot make the move; nothing has changed.
        """
        serials = sorted(notes)
        with self._db.transaction(writing=True):
            letters = [letter for run in runs(serials) for letter in self.span(*run)]
            reason = refusals(letters, to, force=force)
            if reason:
                by_force = not refusals(letters, to, force=True)
                remedy = Remedy.VOID_BY_FORCE if by_force else what_first(letters)
                raise RegisterFault(f"没有登记，一份也没有改：{reason}。", remedy)
            self._move(to, notes, at)

    def enter(
        self, year: int, plan: JournalPlan, at: datetime, *, templates: Sequence[bytes] = ()
    ) -> tuple[Entry, ...]:
        """Enter acts into a year's journal, all of them or none, in one transaction.

        :param plan: told all that was entered for the year while every other writer waits.
        :param templates: kept for good, so that papers made with them can be made again; see :meth:`template`.
        :raises RegisterFault: ``plan`` refuses; nothing has changed.
        """
        with self._db.transaction(writing=True):
            acts = plan(Journal(year, journal.read(self._db, year)))
            for docx in templates:
                self._kept(docx)
            return journal.enter(self._db, year, acts, at)

    def record_reprint(
        self, serials: Sequence[Serial], note: Note, at: datetime, manifest_sha256: str
    ) -> None:
        """Note that letters are printed again under their numbers, and the manifest of their file."""
        with self._db.transaction(writing=True):
            rows = self._rows_of(sorted(serials))
            self._record("reprinted", rows, at, _parts(note))
            self._record("sealed", rows, at, ("", "", manifest_sha256))

    def forget(self, serials: Sequence[Serial], why: str, at: datetime) -> None:
        """Erase the applicants of filled letters with which all has been done; numbers and chain stay as they are."""
        with self._db.transaction(writing=True):
            rows = self._rows_of(sorted(serials))
            self._record(
                "forgotten", rows, at, _parts(Note(at.date(), "", why))
            )  # first: the guard looks for it
            self._db.executemany(
                "UPDATE letters SET name = NULL, id_no = NULL, phone = NULL, business = NULL, scope = NULL,"
                " address = NULL, salt = '' WHERE year = ? AND unit = ? AND number = ?",
                (astuple(serial) for serial in serials),
            )

    def scrub(self) -> None:
        """See that nothing of what was erased is left in the database's free places."""
        with self._db.guarded():
            self._db.scrub()

    def _kept(self, docx: bytes) -> str:
        own = hashlib.sha256(docx).hexdigest()
        if not self._db.execute("SELECT 1 FROM templates WHERE sha256 = ?", (own,)).fetchone():
            self._db.execute("INSERT INTO templates VALUES (?, ?)", (own, docx))
        return own

    def _retire_replaced(self, batch: BatchId, at: datetime) -> None:
        rows = self._db.execute(
            "SELECT old.year, old.unit, old.number, reason FROM letters new JOIN letters old"
            " ON (old.year, old.unit, old.number) = (new.year, new.unit, new.replaces)"
            " JOIN batches ON (batches.year, batches.number) = (new.year, new.batch)"
            f" WHERE new.year = ? AND new.batch = ? AND old.state IN {OUT}",
            astuple(batch),
        ).fetchall()
        self._move("void", {Serial(*serial): Note(at.date(), "", why) for *serial, why in rows}, at)

    def _move(self, to: str, notes: Mapping[Serial, Note], at: datetime) -> None:
        serials = sorted(notes)
        self._db.executemany(
            "UPDATE letters SET state = ? WHERE year = ? AND unit = ? AND number = ?",
            ((to, *astuple(serial)) for serial in serials),
        )
        for note, group in groupby(serials, notes.__getitem__):
            self._record(to, self._rows_of(group), at, _parts(note))

    def _number(self, planner: Planner, serials: SerialFormat) -> Letters:
        def asked(columns: str, condition: str = "") -> Rows:
            statement = f"SELECT {columns} FROM letters WHERE year = ? {condition}"
            return self._db.execute(statement, (serials.year,))

        live = self.live(serials.year)
        last = dict(asked("unit, max(number)", "GROUP BY unit"))
        applicants = set(asked("id_no, business", f"AND {LIVE} AND id_no IS NOT NULL"))
        return Letters(numbered(planner(Issued(live, applicants)), serials, last))

    def _record_batch(self, what: str, batch: BatchId, at: datetime, why: str) -> None:
        row = self._db.execute(
            f"SELECT {BATCH_COLUMNS} FROM batches WHERE year = ? AND number = ?", astuple(batch)
        ).fetchone()
        note = ("", batch_seals(row).get(what, ""), why)
        self._record(what, self._rows("year = ? AND batch = ?", astuple(batch)), at, note)

    def _record(self, what: str, rows: Iterable[SealedRow], at: datetime, note: tuple[str, str, str]) -> None:
        """Append an event for each run of consecutive letters of one unit and batch.

        :param rows: the letters, in order.
        :param note: day, who and why.
        """
        groups = groupby(enumerate(rows), lambda each: (*each[1][:2], each[1][3], each[1][2] - each[0]))
        events = []
        for (year, unit, batch, _), run in groups:
            letters = [row for _, row in run]
            first, end, content = letters[0][2], letters[-1][2], digest(*(row[4] for row in letters))
            events.append((_stamp(at), what, year, unit, first, end, batch, *note, content))
        append(self._db, events)


def _parts(note: Note) -> tuple[str, str, str]:
    return note.day.isoformat(), note.who, note.why


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
