"""Numbering, confirming, looking up."""

import fcntl
import hashlib
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, dataclass
from datetime import date, datetime
from pathlib import Path

from pipeline.adapters.register.audit import faults
from pipeline.adapters.register.base import guarded, make, prepare
from pipeline.adapters.register.seals import GENESIS, LETTER_COLUMNS, columns_of, digest, sealed
from pipeline.domain.model import Applicant, Batch, BatchId, Draft, Imprint, Letter, Range, Serial
from pipeline.domain.numbering import Issued, numbered, ranges
from pipeline.errors import RegisterFault, writing

Planner = Callable[[Issued], Sequence[Draft]]
"""From what is issued to what is missing; called inside the numbering transaction."""
Printer = Callable[[Serial], str]
"""From a number to the serial as printed."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What one unit has in the register."""

    unit_code: str
    """Two-digit code."""
    unit_name: str
    """Short name, as on its latest letter."""
    live: int
    """Letters that are neither void nor lost."""
    ranges: tuple[Range, ...]
    """Runs of consecutive numbers."""
    batches: tuple[BatchId, ...]
    """Batches in which it got letters."""


class Register:
    """One open register. Use :func:`open_register`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._db = connection

    @contextmanager
    def exclusive(self, wait_s: float, on_wait: Callable[[], None]) -> Iterator[None]:
        """Hold the right to number letters until the block ends; the kernel lets go of it when the process dies.

        :param on_wait: called once when somebody else holds it.
        :raises RegisterFault: still held after ``wait_s`` seconds.
        """
        with writing(), (self._path.parent / "numbering.lock").open("a") as lock:
            deadline = time.monotonic() + wait_s
            told = False
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise RegisterFault(
                            "另一次编号一直没有结束。请确认没有别的窗口在运行，再试一次。"
                        ) from None
                    if not told:
                        on_wait()
                    told = True
                    time.sleep(0.1)
            yield

    def preview(self, year: int, planner: Planner, printer: Printer) -> tuple[Letter, ...]:
        """The letters that :meth:`reserve` would number now; writes nothing."""
        with self._transaction("BEGIN"):
            return self._number(year, planner, printer)

    def next_batch(self, year: int) -> BatchId:
        """The number that the next batch will have."""
        last = self._db.execute(
            "SELECT coalesce(max(number), 0) FROM batches WHERE year = ?", (year,)
        ).fetchone()[0]
        return BatchId(year, last + 1)

    def reserve(
        self, year: int, planner: Planner, printer: Printer, imprint: Imprint, request: str, at: datetime
    ) -> Batch | None:  # fmt: skip
        """Number what ``planner`` finds missing, as one batch, in one transaction; None when nothing is missing.

        :param request: the words of the command, so that a rerun after a crash knows its own.
        """
        with self._transaction("BEGIN IMMEDIATE"):
            letters = self._number(year, planner, printer)
            if not letters:
                return None
            batch = self.next_batch(year)
            self._db.execute(
                "INSERT INTO batches (year, number, request, reserved_at, county, office, book_size)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*astuple(batch), request, _stamp(at), *astuple(imprint)),
            )
            self._db.executemany(
                f"INSERT INTO letters ({LETTER_COLUMNS}, salt, person, content) VALUES ({', '.join('?' * 17)})",
                (sealed(columns_of(letter, batch), secrets.token_hex(16)) for letter in letters),
            )
            self._record("reserved", batch, at, request)
        return self.batch(batch)

    def unfinished(self, year: int) -> Batch | None:
        """The batch that was numbered but never published because the program or the machine died."""
        row = self._db.execute(
            "SELECT year, number FROM batches WHERE year = ? AND published_at IS NULL ORDER BY number",
            (year,),
        ).fetchone()
        return self.batch(BatchId(*row)) if row else None

    def release(self, batch: BatchId, at: datetime, why: str) -> None:
        """Give back the numbers of a batch of which nothing was published."""
        with self._transaction("BEGIN IMMEDIATE"):
            self._record("released", batch, at, why)
            self._db.execute("DELETE FROM letters WHERE year = ? AND batch = ?", astuple(batch))
            self._db.execute("DELETE FROM batches WHERE year = ? AND number = ?", astuple(batch))

    def use_templates(self, batch: BatchId, letter: bytes, receipt: bytes) -> None:
        """Keep the templates with which a batch is about to be printed, so that it can be made again."""
        with self._transaction("BEGIN IMMEDIATE"):
            digests = []
            for docx in (letter, receipt):
                digests.append(hashlib.sha256(docx).hexdigest())
                known = self._db.execute("SELECT 1 FROM templates WHERE sha256 = ?", digests[-1:]).fetchone()
                if not known:
                    self._db.execute("INSERT INTO templates VALUES (?, ?)", (digests[-1], docx))
            self._db.execute(
                "UPDATE batches SET letter = ?, receipt = ? WHERE year = ? AND number = ?",
                (*digests, *astuple(batch)),
            )

    def confirm(self, batch: BatchId, at: datetime, manifest_sha256: str) -> None:
        """The files of a batch are out: its letters are printed, for good."""
        with self._transaction("BEGIN IMMEDIATE"):
            self._db.execute(
                "UPDATE letters SET state = 'printed' WHERE year = ? AND batch = ?", astuple(batch)
            )
            self._db.execute(
                "UPDATE batches SET published_at = ?, manifest = ? WHERE year = ? AND number = ?",
                (_stamp(at), manifest_sha256, *astuple(batch)),
            )
            self._record("printed", batch, at, manifest_sha256)

    def batch(self, batch: BatchId) -> Batch:
        """A batch with its letters.

        :raises RegisterFault: there is none of that number.
        """
        with guarded():
            row = self._db.execute(
                "SELECT county, office, book_size, request, reserved_at FROM batches WHERE year = ? AND number = ?",
                astuple(batch),
            ).fetchone()
            head = self._db.execute(
                "SELECT hash FROM events WHERE year = ? AND batch = ? AND what = 'reserved' ORDER BY id DESC",
                astuple(batch),
            ).fetchone()
            if not row or not head:
                raise RegisterFault(f"台账里没有批次 {batch}。用 pipeline register status 查看已有批次。")
            letters = tuple(self._letters("year = ? AND batch = ?", astuple(batch)))
        *imprint, request, reserved_at = row
        return Batch(batch, Imprint(*imprint), request, datetime.fromisoformat(reserved_at), letters, head[0])

    def find(self, serial: Serial) -> Letter | None:
        """The letter of that number; None when there is none."""
        with guarded():
            found = self._letters("year = ? AND unit = ? AND number = ?", astuple(serial))
            return next(found, None)

    def letters(self, year: int) -> tuple[Letter, ...]:
        """All of the year's letters, by unit and number."""
        with guarded():
            return tuple(self._letters("year = ?", (year,)))

    def filled(self, year: int) -> tuple[Letter, ...]:
        """The year's letters that have been filled for somebody."""
        with guarded():
            return tuple(self._letters("year = ? AND id_no IS NOT NULL", (year,)))

    def published_with(self, batch: BatchId) -> tuple[bytes, bytes, str] | None:
        """Letter template, receipt template and manifest's SHA-256 of a published batch; None if it is not."""
        row: tuple[bytes, bytes, str] | None = self._db.execute(
            "SELECT l.docx, r.docx, manifest FROM batches JOIN templates l ON letter = l.sha256"
            " JOIN templates r ON receipt = r.sha256 WHERE year = ? AND number = ? AND published_at IS NOT NULL",
            astuple(batch),
        ).fetchone()
        return row

    def record_rebuild(self, batch: BatchId, at: datetime, manifest_sha256: str) -> None:
        """Note that a published batch's files were made again."""
        with self._transaction("BEGIN IMMEDIATE"):
            self._record("rebuilt", batch, at, manifest_sha256)

    def holdings(self, year: int) -> tuple[Holding, ...]:
        """What each unit has, by unit code."""
        with guarded():
            letters = list(self._letters("year = ?", (year,)))
            batches = self._db.execute(
                "SELECT DISTINCT unit, batch FROM letters WHERE year = ? ORDER BY unit, batch", (year,)
            ).fetchall()
        return tuple(
            Holding(
                code,
                own[-1].unit_name,
                len(own),
                ranges(own),
                tuple(BatchId(year, n) for c, n in batches if c == code),
            )
            for code in sorted({letter.serial.unit for letter in letters})
            if (own := [letter for letter in letters if letter.serial.unit == code])
        )

    def published(self, year: int) -> tuple[BatchId, ...]:
        """Batches whose files are out."""
        rows = self._db.execute(
            "SELECT year, number FROM batches WHERE year = ? AND published_at IS NOT NULL ORDER BY number",
            (year,),
        )
        return tuple(BatchId(*row) for row in rows)

    def faults(self) -> list[str]:
        """Everything that is wrong with the register, in Chinese; empty when it is sound."""
        with guarded():
            return faults(self._db)

    def _number(self, year: int, planner: Planner, printer: Printer) -> tuple[Letter, ...]:
        live = dict(
            self._db.execute("SELECT unit, count(*) FROM letters WHERE year = ? GROUP BY unit", (year,))
        )
        last = dict(
            self._db.execute("SELECT unit, max(number) FROM letters WHERE year = ? GROUP BY unit", (year,))
        )
        applicants = set(
            self._db.execute(
                "SELECT id_no, business FROM letters WHERE year = ? AND id_no IS NOT NULL", (year,)
            )
        )
        return tuple(numbered(planner(Issued(live, applicants)), year, last, printer))

    def _record(self, what: str, batch: BatchId, at: datetime, why: str) -> None:
        contents = self._db.execute(
            "SELECT unit, number, content FROM letters WHERE year = ? AND batch = ? ORDER BY unit, number",
            astuple(batch),
        )
        runs: list[tuple[str, list[tuple[int, str]]]] = []
        for unit, number, content in contents:
            if runs and runs[-1][0] == unit and runs[-1][1][-1][0] == number - 1:
                runs[-1][1].append((number, content))
            else:
                runs.append((unit, [(number, content)]))
        last = self._db.execute("SELECT id, hash FROM events ORDER BY id DESC LIMIT 1").fetchone()
        previous, identity = (last[1], last[0]) if last else (GENESIS, 0)
        for identity, (unit, run) in enumerate(runs, identity + 1):  # noqa: B020
            sealed = digest(*(content for _, content in run))
            event = (
                _stamp(at),
                what,
                batch.year,
                unit,
                run[0][0],
                run[-1][0],
                batch.number,
                why,
                sealed,
                previous,
            )
            previous = digest(*event)
            self._db.execute(
                f"INSERT INTO events VALUES ({', '.join('?' * 12)})", (identity, *event, previous)
            )

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with guarded():
            self._db.execute(begin)
            try:
                yield
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _letters(self, where: str, parameters: tuple[object, ...]) -> Iterator[Letter]:
        rows = self._db.execute(
            f"SELECT {LETTER_COLUMNS}, state FROM letters WHERE {where} ORDER BY year, unit, number",
            parameters,
        )
        for year, unit, number, _, printed, unit_name, signature, day, *person, state in rows:
            applicant = None if person[0] is None else Applicant(*person)
            printed_day = date.fromisoformat(day) if day else None
            yield Letter(
                Serial(year, unit, number), printed, unit_name, signature, applicant, printed_day, state
            )


@contextmanager
def open_register(path: Path, wait_s: float = 30) -> Iterator[Register]:
    """Open the register, making it (mode 0600, its folder 0700) when there is none.

    :param wait_s: how long to wait while another process writes.
    :raises RegisterFault: locked, damaged, not a register, or written by a newer version.
    :raises FileFault: the folder cannot be written.
    """
    with writing():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        make(path)
    with guarded(), closing(sqlite3.connect(path, timeout=wait_s, isolation_level=None)) as connection:
        prepare(connection)
        yield Register(path, connection)


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
