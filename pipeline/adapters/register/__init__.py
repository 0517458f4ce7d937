"""The register of numbered letters: a number is never given twice, never vanishes, and its history can be proved.

It is kept in a SQLite file, or by a PostgreSQL server where several offices number at the same time. Letters are
numbered in one transaction for which every other writer waits; every move is an event in an append-only chain of
hashes. This package hides both databases: nothing else imports ``sqlite3`` or ``psycopg``.

``opening``    the register opened, and the right to number held
``store``      numbering, confirming, moving
``ledger``     looking up
``journal``    acts on numbered things that are not letters
``seals``      the digests that bind a letter's content and the chain of events
``audit``      what is wrong with a register
``backup``     copies; ``restoring`` puts one back
``migrating``  from an older version of the schema
``base``       what a register needs of a database
``schema``     what it is made of; ``steps`` from one version to the next
``making``     the file of one made
``sqlite``     kept in a file: rollback journal (TRUNCATE) and ``synchronous=FULL``; not WAL, which before SQLite 3.51.3
               can corrupt a database when its log is reset
``postgres``   kept by a server; ``connecting`` reaches it, ``shape`` sees whether its guards are whole
``homes``      which of the two
``lock``       waiting for the right to number
``network``    whether a file lies where locks cannot be relied on
"""

from pipeline.adapters.register.homes import Where, exclusive, exists
from pipeline.adapters.register.makes.schema import VERSION
from pipeline.adapters.register.network import share_warning
from pipeline.adapters.register.opening import hold_register, open_register
from pipeline.adapters.register.restoring import put_back
from pipeline.adapters.register.store import Register

__all__ = [
    "VERSION",
    "Register",
    "Where",
    "exclusive",
    "exists",
    "hold_register",
    "open_register",
    "put_back",
    "share_warning",
]
