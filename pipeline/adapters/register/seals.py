"""Digests that bind what was printed: of a person, of a letter, of an event; and the chain that events make."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from pipeline.adapters.register.makes.base import Database
from pipeline.domain.letters.model import BatchId, Letter
from pipeline.whoami import operator

_told = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
GENESIS = "0" * 64
"""What the first event follows."""
LETTER_COLUMNS = "year, unit, number, batch, printed, unit_name, signature, day, replaces, name, id_no, phone, business, scope, address"
"""The columns of a letter that :func:`columns_of` gives, in order."""
_PERSON = 9
BATCH_COLUMNS = (
    "year, number, request, reserved_at, county, office, book_size, engine, reason, letter, receipt, published_at,"
    " manifest"
)
"""The columns of a batch that :func:`batch_seals` takes, in order."""
_FIRST, _RESERVED = 7, 9
"""So many columns of a batch are sealed when it is numbered: by version 1 of the schema, and now."""


def columns_of(letter: Letter, batch: BatchId) -> tuple[object, ...]:
    """A letter as the values of :data:`LETTER_COLUMNS`."""
    serial, who = letter.serial, letter.applicant
    person = (who.name, who.id_no, who.phone, who.business, who.scope, who.address) if who else (None,) * 6
    day = letter.day.isoformat() if letter.day else None
    numbers = (serial.year, serial.unit, serial.number, batch.number)
    replaces = letter.replaces.number if letter.replaces else None
    return (*numbers, letter.printed, letter.unit_name, letter.signature, day, replaces, *person)


def sealed(columns: tuple[object, ...], salt: str) -> tuple[object, ...]:
    """The columns with salt, digest of the person and digest of the content behind them.

    The content's digest holds the person's only as a salted digest: once person and salt are erased, nobody can
    guess them back from it, and the chain stays valid.
    """
    person = digest(salt, *columns[_PERSON:]) if columns[_PERSON] is not None else ""
    return (*columns, salt, person, digest(*columns[:_PERSON], person))


def batch_seals(row: Sequence[object]) -> dict[str, str]:
    """What happened to a batch → the digest of its row that goes with the event; of its beginning when numbered."""
    return {"reserved": digest(*row[:_RESERVED]), "printed": digest(*row)}


def first_batch_seals(row: Sequence[object]) -> dict[str, str]:
    """The same as version 1 of the schema sealed it: engine and reason were only in the words of the command."""
    beginning = row[:_FIRST]
    return {"reserved": digest(*beginning), "printed": digest(*beginning, *row[_RESERVED:])}


def is_sealed(row: Sequence[object], *, forgotten: bool) -> bool:
    """Whether a letter's columns agree with salt, digest of the person and digest of the content behind them.

    :param forgotten: the person must have been erased, with the salt.
    """
    *columns, salt, person, content = row
    if not forgotten:
        return sealed(tuple(columns), str(salt)) == tuple(row)
    is_erased = columns[_PERSON:] == [None] * 6 and salt == ""
    return is_erased and content == digest(*columns[:_PERSON], person)


def append(database: Database, events: Iterable[Sequence[object]]) -> list[int]:
    """Append events to the chain, each bound to the one before it and to who does it, in the caller's transaction.

    :param events: of each, its values from the time to the content.
    :return: their ids.
    """
    last = database.execute("SELECT id, hash FROM events ORDER BY id DESC LIMIT 1").fetchone()
    before, previous = last or (0, GENESIS)
    who = operator()
    identity = before
    for identity, event in enumerate(events, before + 1):
        own = link(event, previous, who)
        database.execute(
            f"INSERT INTO events VALUES ({', '.join('?' * 15)})", (identity, *event, previous, own, who)
        )
        previous = own
    return list(range(before + 1, identity + 1))


def link(event: Sequence[object], previous: object, who: object) -> str:
    """The hash of an event: of its values, the hash before it, and who did it.

    Of an event of a version before 4 nobody kept who did it; its hash stays what it was.
    """
    return digest(*event, previous, who) if who else digest(*event, previous)


def digest(*parts: object) -> str:
    """SHA-256 of the parts, in hexadecimal."""
    return hashlib.sha256(_told(parts).encode()).hexdigest()
