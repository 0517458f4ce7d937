"""What a stand-in for ``soffice`` that fails was asked to convert, and at what time."""

import os
import sqlite3
from pathlib import Path

import memory
from memory import IS_RECEIPT, convert, parts

__all__ = ["CALLS", "COUNT", "DOCX", "IS_RECEIPT", "PDF", "body", "convert", "reserved"]

CALLS = Path(os.environ["OFFICE_CALLS"])
DOCX, PDF = Path(memory.DOCX), Path(memory.PDF)
COUNT = len(CALLS.read_text(encoding="utf-8").splitlines())
"""How often it has been asked, this time included."""


def body() -> str:
    """The document's text, as it is stored."""
    return dict(parts())[b"word/document.xml"].decode()


def reserved() -> int:
    """How many letters are numbered and not printed."""
    try:
        root = next(path for path in DOCX.parents if path.name == "outputs").parent
        register = root / "register" / "register.db"
        with sqlite3.connect(f"file:{register}?mode=ro", uri=True) as connection:
            question = "SELECT count(*) FROM letters WHERE state = 'reserved'"
            return int(connection.execute(question).fetchone()[0])
    except (sqlite3.Error, StopIteration):
        return 0
