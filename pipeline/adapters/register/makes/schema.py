"""What a register is made of: its version, its tables and guards for each make."""

import sqlite3
from collections.abc import Iterator
from importlib.resources import files

VERSION = 4
"""Of the schema that this program writes."""
SQLITE, POSTGRESQL = "sqlite", "postgresql"
"""The makes."""
_OF_BATCHES = (
    "year, number, request, reserved_at, county, office, book_size, letter, receipt, published_at, manifest, engine,"
    " reason"
)
_OF_LETTERS = (
    "year, unit, number, batch, printed, unit_name, signature, day, replaces, name, id_no, phone, business, scope,"
    " address, salt, person, content, state"
)
TABLES = {
    "templates": ("sha256, docx", "sha256"),
    "batches": (_OF_BATCHES, "year, number"),
    "letters": (_OF_LETTERS, "year, unit, number"),
    "events": (
        "id, at, what, year, unit, first, last, batch, day, who, why, content, previous, hash, operator",
        "id",
    ),
    "journal": ("event, series, year, number, act, unit, day, who, details", "event"),
}
"""Table → its columns and its key; each table comes after those that it refers to."""
_FILES = {SQLITE: "schema.sql", POSTGRESQL: "schema_postgresql.sql"}


def tables(make: str) -> Iterator[str]:
    """The statements that make the bare tables."""
    return (statement for statement in statements(make) if "CREATE TABLE" in statement)


def guards(make: str) -> Iterator[str]:
    """The statements that come after a table's rows are in: indexes, triggers."""
    return (statement for statement in statements(make) if "CREATE TABLE" not in statement)


def statements(make: str) -> Iterator[str]:
    """The statements of the make's schema file, in order."""
    return split((files(__package__) / _FILES[make]).read_text(encoding="utf-8"), make)


def split(script: str, make: str) -> Iterator[str]:
    """The statements of a script, each of which ends with a line; a ``;`` in a trigger or a function ends none."""
    whole = sqlite3.complete_statement if make == SQLITE else _is_whole
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if whole(statement):
            yield statement
            statement = ""


def _is_whole(statement: str) -> bool:
    return statement.endswith(";\n") and statement.count("$$") % 2 == 0
