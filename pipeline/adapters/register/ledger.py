"""What the register holds: looked up, never changed."""

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from datetime import date, datetime
from sys import intern

from pipeline.adapters.register import journal
from pipeline.adapters.register.audit import faults
from pipeline.adapters.register.makes.base import Database, Parameters
from pipeline.adapters.register.seals import LETTER_COLUMNS
from pipeline.domain.journal import Entry, Journal
from pipeline.domain.letters.lifecycle import Event
from pipeline.domain.letters.many import Letters
from pipeline.domain.letters.model import DEAD, Batch, BatchId, Holding, Imprint, Letter, Order, Serial
from pipeline.domain.letters.numbering import ranges, runs
from pipeline.domain.model import Applicant
from pipeline.errors import RegisterFault, Remedy

LIVE = f"state NOT IN {DEAD}"
"""What a letter that counts is like."""
SealedRow = tuple[int, str, int, int, str]
"""Year, unit, number, batch and content of a letter."""
_EVENT_COLUMNS = "at, what, year, unit, first, last, batch, day, who, why, operator"


class Ledger:
    """What can be asked of an open register."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def next_batch(self, year: int) -> BatchId:
        """The number that the next batch will have."""
        asked = "SELECT coalesce(max(number), 0) FROM batches WHERE year = ?"
        return BatchId(year, self._db.execute(asked, (year,)).fetchone()[0] + 1)

    def head(self) -> str | None:
        """Hash of the last event; None where nothing has happened yet."""
        row = self._db.execute("SELECT hash FROM events ORDER BY id DESC LIMIT 1").fetchone()
        return row[0] if row else None

    def unfinished(self, year: int, office: str | None = None) -> Batch | None:
        """The batch that was numbered but never published because the program or the machine died.

        :param office: only one of this office's: what another office has numbered lies on its own machine.
        """
        rows = self._db.execute(
            "SELECT year, number, office FROM batches WHERE year = ? AND published_at IS NULL ORDER BY number",
            (year,),
        ).fetchall()
        mine = [BatchId(year, number) for year, number, whose in rows if office in (None, whose)]
        return self.batch(mine[0]) if mine else None

    def batch(self, batch: BatchId) -> Batch:
        """A batch with its letters.

        :raises RegisterFault: there is none of that number.
        """
        with self._db.guarded():
            row = self._db.execute(
                "SELECT reserved_at, request, engine, reason, county, office, book_size FROM batches"
                " WHERE year = ? AND number = ?",
                astuple(batch),
            ).fetchone()
            head = self._db.execute(
                "SELECT hash FROM events WHERE year = ? AND batch = ? AND what = 'reserved' ORDER BY id DESC",
                astuple(batch),
            ).fetchone()
            if not row or not head:
                raise RegisterFault(f"台账里没有批次 {batch}。", Remedy.SHOW_RANGES)
            letters = Letters(self._letters("year = ? AND batch = ?", astuple(batch)))
        reserved_at, request, engine, reason, *imprint = row
        order = Order(request, engine or None, reason)
        return Batch(batch, Imprint(*imprint), order, datetime.fromisoformat(reserved_at), letters, head[0])

    def find(self, serial: Serial) -> Letter | None:
        """The letter of that number; None when there is none."""
        with self._db.guarded():
            found = self._letters("year = ? AND unit = ? AND number = ?", astuple(serial))
            return next(found, None)

    def replacement(self, serial: Serial) -> Letter | None:
        """The letter that was numbered in the place of this one; None when none was."""
        with self._db.guarded():
            return next(self._letters("year = ? AND unit = ? AND replaces = ?", astuple(serial)), None)

    def span(self, first: Serial, last: Serial) -> tuple[Letter, ...]:
        """All letters from one number to another of the same unit.

        :raises RegisterFault: one of them does not exist.
        """
        with self._db.guarded():
            found = tuple(
                self._letters(
                    "year = ? AND unit = ? AND number BETWEEN ? AND ?", (*astuple(first), last.number)
                )
            )
        if len(found) <= last.number - first.number:
            missing = first if not found else Serial(first.year, first.unit, found[-1].serial.number + 1)
            raise RegisterFault(f"台账里没有 {missing.key}。", Remedy.SHOW_RANGES)
        return found

    def letters(self, year: int) -> tuple[Letter, ...]:
        """All of the year's letters, by unit and number."""
        with self._db.guarded():
            return tuple(self._letters("year = ?", (year,)))

    def filled(self, year: int) -> tuple[Letter, ...]:
        """The year's live letters that have been filled for somebody."""
        with self._db.guarded():
            return tuple(self._letters(f"year = ? AND id_no IS NOT NULL AND {LIVE}", (year,)))

    def names(self, serial: Serial) -> tuple[tuple[str, str], ...]:
        """Short and full name of each unit with a letter numbered with this one or before; the year's, if it is not numbered."""
        until = "coalesce((SELECT batch FROM letters WHERE year = ? AND unit = ? AND number = ?), batch)"
        statement = f"SELECT DISTINCT unit_name, signature FROM letters WHERE year = ? AND batch <= {until}"
        with self._db.guarded():
            rows = self._db.execute(statement, (serial.year, *astuple(serial)))
            return tuple((short, full) for short, full in rows)

    def people(self, before: int) -> tuple[Letter, ...]:
        """The letters of the years before one that hold somebody's data, by year, unit and number."""
        with self._db.guarded():
            return tuple(self._letters("year < ? AND name IS NOT NULL", (before,)))

    def events(self, year: int) -> tuple[Event, ...]:
        """All that happened to the year's letters, in order."""
        with self._db.guarded():
            return tuple(self._events("year = ?", (year,)))

    def history(self, serial: Serial) -> tuple[Event, ...]:
        """All that happened to one letter, in order."""
        with self._db.guarded():
            year, unit, number = astuple(serial)
            return tuple(
                self._events("year = ? AND unit = ? AND ? BETWEEN first AND last", (year, unit, number))
            )

    def published_with(self, batch: BatchId) -> tuple[bytes, bytes, str] | None:
        """Letter template, receipt template and manifest's SHA-256 of a published batch; None if it is not."""
        row: tuple[bytes, bytes, str] | None = self._db.execute(
            "SELECT l.docx, r.docx, manifest FROM batches JOIN templates l ON letter = l.sha256"
            " JOIN templates r ON receipt = r.sha256 WHERE year = ? AND number = ? AND published_at IS NOT NULL",
            astuple(batch),
        ).fetchone()
        return row

    def journal(self, series: str, year: int) -> tuple[Entry, ...]:
        """All acts that were entered in a series for a year, in order."""
        return self.entered(year).of(series)

    def entered(self, year: int) -> Journal:
        """All that was entered for a year."""
        with self._db.guarded():
            return Journal(year, journal.read(self._db, year))

    def template(self, sha256: str) -> bytes:
        """A template that was kept, by its digest.

        :raises RegisterFault: there is none.
        """
        with self._db.guarded():
            row = self._db.execute("SELECT docx FROM templates WHERE sha256 = ?", (sha256,)).fetchone()
        if not row:
            raise RegisterFault(f"台账里没有存档的模板 {sha256[:12]}。", Remedy.CHECK_REGISTER)
        return bytes(row[0])

    def holdings(self, year: int) -> tuple[Holding, ...]:
        """What each unit has, by unit code."""
        with self._db.guarded():
            letters = list(self._letters("year = ?", (year,)))
            batches = self._db.execute(
                "SELECT DISTINCT unit, batch FROM letters WHERE year = ? ORDER BY unit, batch", (year,)
            ).fetchall()
            states = self._db.execute(
                "SELECT unit, state, count(*) FROM letters WHERE year = ? GROUP BY unit, state", (year,)
            ).fetchall()
        return tuple(
            Holding(
                code,
                own[-1].unit_name,
                {state: count for unit, state, count in states if unit == code},
                ranges(own),
                tuple(BatchId(year, n) for c, n in batches if c == code),
            )
            for code in sorted({letter.serial.unit for letter in letters})
            if (own := [letter for letter in letters if letter.serial.unit == code])
        )

    def live(self, year: int) -> dict[str, int]:
        """Unit code → letters that are neither void nor lost."""
        asked = f"SELECT unit, count(*) FROM letters WHERE year = ? AND {LIVE} GROUP BY unit ORDER BY unit"
        return dict(self._db.execute(asked, (year,)).fetchall())

    def published(self, year: int, office: str | None = None) -> tuple[BatchId, ...]:
        """Batches whose files are out.

        :param office: only those of this office.
        """
        rows = self._db.execute(
            "SELECT number, office FROM batches WHERE year = ? AND published_at IS NOT NULL ORDER BY number",
            (year,),
        )
        return tuple(BatchId(year, number) for number, whose in rows if office in (None, whose))

    def asides(self) -> list[str]:
        """Where registers are that were put aside when a copy took their place; words for the clerk."""
        with self._db.guarded():
            return self._db.asides()

    def faults(self) -> list[str]:
        """Everything that is wrong with the register, in Chinese; empty when it is sound."""
        with self._db.transaction(writing=False):
            return faults(self._db)

    def _letters(self, where: str, parameters: tuple[object, ...]) -> Iterator[Letter]:
        asked = f"SELECT {LETTER_COLUMNS}, person, state FROM letters WHERE {where}"
        rows = self._db.execute(f"{asked} ORDER BY year, unit, number", parameters)
        for year, unit, number, _, printed, unit_name, signature, day, old, *who, sealed, state in rows:
            applicant = None if who[0] is None else Applicant(*who)
            printed_day = date.fromisoformat(day) if day else None
            replaces = Serial(year, unit, old) if old else None
            yield Letter(
                Serial(year, intern(unit), number), printed, intern(unit_name), intern(signature), applicant, printed_day,
                intern(state), replaces, is_forgotten=bool(sealed) and applicant is None,
            )  # fmt: skip

    def _rows_of(self, serials: Iterable[Serial]) -> list[SealedRow]:
        between = "year = ? AND unit = ? AND number BETWEEN ? AND ?"
        return [
            row
            for first, last in runs(serials)
            for row in self._rows(between, (*astuple(first), last.number))
        ]

    def _rows(self, where: str, parameters: Parameters) -> Iterator[SealedRow]:
        asked = f"SELECT year, unit, number, batch, content FROM letters WHERE {where} ORDER BY unit, number"
        return iter(self._db.execute(asked, parameters))

    def _events(self, where: str, parameters: tuple[object, ...]) -> Iterator[Event]:
        rows = self._db.execute(
            f"SELECT {_EVENT_COLUMNS} FROM events WHERE what <> 'journal' AND {where} ORDER BY id", parameters
        )
        for at, what, year, unit, first, last, batch, day, who, why, operator in rows:
            yield Event(
                datetime.fromisoformat(at), what, Serial(year, unit, first), last, BatchId(year, batch),
                date.fromisoformat(day) if day else None, who if day else "", why, operator,
            )  # fmt: skip
