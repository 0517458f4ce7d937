"""The register of numbered letters: a number is never given twice, never vanishes, and its history can be proved.

SQLite with a rollback journal (TRUNCATE) and ``synchronous=FULL``; not WAL, which before SQLite 3.51.3 can corrupt
a database when its log is reset. Letters are numbered inside ``BEGIN IMMEDIATE``; every move is an event in an
append-only chain of hashes. This package hides SQLite: nothing else imports it.

``store``  numbering, confirming, moving
``ledger`` looking up
``seals``  the digests that bind a letter's content and the chain of events
``audit``  what is wrong with a register
``backup`` copies, and putting one back
``lock``   the right to number, held by one process at a time
``base``   opening, versions, SQLite's errors in the clerk's words
"""

from pipeline.adapters.register.backup import put_back
from pipeline.adapters.register.base import VERSION
from pipeline.adapters.register.ledger import Holding
from pipeline.adapters.register.lock import exclusive
from pipeline.adapters.register.store import Planner, Printer, Register, open_register

__all__ = [
    "VERSION",
    "Holding",
    "Planner",
    "Printer",
    "Register",
    "exclusive",
    "open_register",
    "put_back",
]
